"""Whole articles written for kg: their sentences with marks, and whom their pronouns and descriptions mean (`coreference/*.tsv`).

After `@a3-12` (file and number of an article in `articles`) follows one line per pronoun or description, tab-separated:
number of the sentence, words (`its#2` for the second of its kind), the fullest name of what it goes back to, several
joined by ` + `, or `-` where that has no name in the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KGError
from kg.extract.pipeline.corpora.passage import Place
from kg.extract.pipeline.corpora.written import Marked, parse

ARTICLES, SELECTION, MARKS = (
    Path(__file__).with_name(name) for name in ("articles", "selection", "coreference")
)
NOTHING = "-"
TOGETHER = " + "
_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Whole:
    """An article: its name, its marked sentences, and where each begins in its text."""

    name: str
    sentences: tuple[Marked, ...]

    @property
    def text(self) -> str:
        return _GAP.join(sentence.text for sentence in self.sentences)

    @property
    def starts(self) -> list[int]:
        starts = [0]
        for sentence in self.sentences[:-1]:
            starts.append(starts[-1] + len(sentence.text) + len(_GAP))
        return starts

    def names(self) -> list[Place]:
        """Where the marked names stand in the text."""
        return [
            (start + first, start + end)
            for start, sentence in zip(self.starts, self.sentences, strict=True)
            for (first, end), _ in sentence.names
        ]


@dataclass(frozen=True, slots=True)
class Mark:
    """A pronoun or description in the text of an article, and the name of what it goes back to."""

    place: Place
    words: str
    name: str  # `NOTHING` for none


def read_articles(folder: Path) -> Iterator[Whole]:
    """The articles of a folder's files; a `#` line begins a new one, and they are numbered by these lines."""
    for path in sorted(folder.glob("*.txt")):
        sentences: list[Marked] = []
        number = 0
        for line in [*path.read_text(encoding="utf-8").splitlines(), "#"]:
            if line.startswith("#"):
                if sentences:
                    yield Whole(f"{path.stem}-{number}", tuple(sentences))
                sentences, number = [], number + 1
            elif line.strip():
                sentences.append(parse(line))


def read_marks(folder: Path = MARKS) -> Iterator[tuple[Whole, list[Mark]]]:
    """Each article of ours whose coreference is marked, and the marks.

    Raises:
        KGError: for an article or words that are not there.
    """
    articles = {article.name: article for article in read_articles(ARTICLES)}
    for path in sorted(folder.glob("*.tsv")):
        for block in path.read_text(encoding="utf-8").split("@")[1:]:
            name, *lines = block.splitlines()
            article = articles.get(name)
            if article is None:
                raise KGError(f"{path}: there is no article {name!r} in {ARTICLES}")
            yield article, [_mark(article, line, path) for line in filter(None, lines)]


def _mark(article: Whole, line: str, path: Path) -> Mark:
    number, words, name = line.split("\t")
    words, _, nth = words.partition("#")
    index = int(number) - 1
    text = article.sentences[index].text if index < len(article.sentences) else ""
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if len(found) < int(nth or 1):
        raise KGError(f"{path}: {article.name}: sentence {number} does not hold {words!r}")
    first, end = found[int(nth or 1) - 1]
    start = article.starts[index]
    return Mark((start + first, start + end), words, name)
