"""One piece of raw text with what is known about it: the common form of all training and test data."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import KGError

Place = tuple[int, int]

#: Allowed-label set of a span that may also be no name at all.
NO_NAME = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A span of words that is one name. ``labels`` may hold several candidates, and ``NO_NAME``.

    ``gold`` is the label of the source, upper case; empty where kg adds the span itself.
    """

    first: int
    end: int  # index of the word after the last
    labels: frozenset[str]
    gold: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two spans of words in order, the relations stated of them (none for a counterexample), their mood and its words."""

    subject: tuple[int, int]  # first word, index of the word after the last
    object: tuple[int, int]
    relations: frozenset[str] = frozenset()
    mood: str = ""
    cue: tuple[int, int] | None = None  # the words that say it


@dataclass(frozen=True, slots=True)
class Syntax:
    """Syntactic annotation, one entry per word; heads are word indices, a root is its own head."""

    sentence_starts: list[bool]
    upos: list[str]
    xpos: list[str]
    feats: list[str]
    lemmas: list[str]
    heads: list[int]
    labels: list[str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text, its words (``text[start:end]``), and the layers its source annotates.

    ``names is None``: the source knows no names. ``unknown`` lists words whose name layer is not to be trusted;
    ``lost`` counts names of the source that no words of kg's tokenizer cover exactly. ``chains`` gives, for each word,
    the number of the entity whose mention it heads, counted from 1, or 0; None: the source knows no coreference.
    ``parts`` are the first words of the sentences that :mod:`gather` put together: a pair is judged by the words of its own.
    """

    source: str
    document: str
    text: str
    spans: list[tuple[int, int]]
    syntax: Syntax | None = None
    names: list[Name] | None = None
    unknown: frozenset[int] = field(default_factory=frozenset)
    lost: int = 0
    chains: list[int] | None = None
    pairs: tuple[Pair, ...] = ()
    parts: tuple[int, ...] = ()

    @property
    def words(self) -> list[str]:
        return [self.text[start:end] for start, end in self.spans]


def read_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a gzipped UTF-8 corpus file without their newline."""
    if not path.is_file():
        raise KGError(
            f"{path}: corpus file not found; --data must name the folder that holds ud/, ner/ and docred/"
        )
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


_NO_SPACE_BEFORE = frozenset(
    {".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "'s", "n't", "'", "’s", "’", "'re"}
)
_NO_SPACE_BEFORE |= {"'ve", "'ll", "'d", "'m", "...", "”"}
_NO_SPACE_AFTER = frozenset({"(", "[", "{", "$", "£", "€", "“", "‘", "#"})


def join_words(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Write tokenised words as running text; return it with the span of each word.

    >>> join_words(["Smith", "'s", "firm", "(", "est.", ")"])[0]
    "Smith's firm (est.)"
    """
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    open_quote = False
    glue = True
    for word in words:
        closes = word == '"' and open_quote
        if not glue and word not in _NO_SPACE_BEFORE and not closes:
            pieces.append(" ")
            length += 1
        pieces.append(word)
        spans.append((length, length + len(word)))
        length += len(word)
        glue = word in _NO_SPACE_AFTER or (word == '"' and not open_quote)
        if word == '"':
            open_quote = not open_quote
    return "".join(pieces), spans
