"""CoNLL-U treebanks (Universal Dependencies 2, https://universaldependencies.org/format.html) as passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.extract.pipeline.corpora.gum import gum_chains, gum_names
from kg.extract.pipeline.corpora.passage import Name, Passage, Syntax, read_lines


@dataclass(slots=True)
class Word:
    """One syntactic word; ``head`` counts from 1 within the sentence, 0 is the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    label: str
    misc: dict[str, str]
    space_after: bool = True


@dataclass(slots=True)
class Sentence:
    words: list[Word] = field(default_factory=list)
    text: str = ""
    new_document: str | None = None
    new_paragraph: bool = False


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of one ``.conllu.gz`` file in order."""
    sentence = Sentence()
    range_end, range_space = 0, True
    for line in read_lines(path):
        if not line:
            if sentence.words:
                yield sentence
            sentence, range_end = Sentence(), 0
            continue
        if line.startswith("#"):
            if line.startswith("# newdoc"):
                sentence.new_document = line.partition("=")[2].strip() or "?"
            elif line.startswith("# newpar") and not line.startswith("# newpar_"):
                sentence.new_paragraph = True
            elif line.startswith("# text = "):
                sentence.text = line[len("# text = ") :]
            continue
        cells = line.split("\t")
        misc = dict(pair.split("=", 1) for pair in cells[9].split("|") if "=" in pair)
        if "-" in cells[0]:
            range_end = int(cells[0].split("-")[1])
            range_space = misc.get("SpaceAfter") != "No"
            continue
        if "." in cells[0]:
            continue
        number = int(cells[0])
        if number < range_end:
            space = False
        elif number == range_end:
            space = range_space
        else:
            space = misc.get("SpaceAfter") != "No"
        sentence.words.append(
            Word(cells[1], cells[2], cells[3], cells[4], cells[5], int(cells[6]), cells[7], misc, space)
        )
    if sentence.words:
        yield sentence


def paragraphs(sentences: Iterable[Sentence]) -> Iterator[tuple[str, list[list[Sentence]]]]:
    """Group sentences: document name, then its paragraphs."""
    name, blocks = "?", list[list[Sentence]]()
    for sentence in sentences:
        if sentence.new_document is not None and blocks:
            yield name, blocks
            blocks = []
        if sentence.new_document is not None:
            name = sentence.new_document
        if sentence.new_paragraph or not blocks:
            blocks.append([])
        blocks[-1].append(sentence)
    if blocks:
        yield name, blocks


def to_passage(source: str, document: str, blocks: list[list[Sentence]], gap: str = "\n\n") -> Passage:
    """Write paragraphs as one raw text (joined by *gap*) with all their annotation."""
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    syntax = Syntax([], [], [], [], [], [], [])
    names: list[Name] = []
    unknown: set[int] = set()
    chains: list[int] = []
    entities: dict[str, int] = {}
    length = 0
    for block in blocks:
        if pieces:
            if pieces[-1] == " ":
                pieces.pop()
                length -= 1
            pieces.append(gap)
            length += len(gap)
        for sentence in block:
            base = len(spans)
            for number, word in enumerate(sentence.words):
                spans.append((length, length + len(word.form)))
                pieces.append(word.form)
                length += len(word.form)
                if word.space_after:
                    pieces.append(" ")
                    length += 1
                syntax.sentence_starts.append(number == 0)
                syntax.upos.append(word.upos)
                syntax.xpos.append(word.xpos)
                syntax.feats.append("" if word.feats == "_" else word.feats)
                syntax.lemmas.append(word.lemma)
                syntax.heads.append(base + (word.head - 1 if word.head else number))
                syntax.labels.append(word.label)
            if source == "gum":
                found, doubtful = gum_names(sentence.words, base)
                names.extend(found)
                unknown.update(doubtful)
                chains += gum_chains(sentence.words, entities)
    text = "".join(pieces)
    if source != "gum":
        return Passage(source, document, text, spans, syntax)
    return Passage(source, document, text, spans, syntax, names, frozenset(unknown), chains=chains)


def read_treebank(path: Path, source: str) -> list[Passage]:
    """Read one treebank file: a passage per document, paragraphs parted by a blank line."""
    return [to_passage(source, name, blocks) for name, blocks in paragraphs(read_sentences(path))]
