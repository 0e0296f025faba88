"""The chains of the GUM corpus (Zeldes 2017), on its own trees or on those of a pipeline, mentions known by their head words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha1
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.extract.coref import View, look
from kg.extract.coref.detect import every_mention
from kg.extract.coref.pairs import mentions_of
from kg.extract.mentions import Mentions
from kg.extract.pipeline import load_pipeline
from kg.extract.pipeline.corpora.gum import _BRACKET, gum_names
from kg.extract.pipeline.corpora.ud import Sentence, read_sentences
from kg.extract.pipeline.corpora.whole import NOTHING, TOGETHER, Mark, read_marks
from kg.extract.pipeline.labels import ENTITY_LABELS
from kg.model import Mention
from kg.ontology import Ontology
from kg.resolve.ladder import rung
from kg.resolve.names import NameReader


@dataclass(slots=True)
class Text:
    """One GUM document: its tree, and the gold entity number of each mention's head token."""

    name: str
    doc: Doc
    gold: dict[int, str] = field(default_factory=dict)

    def places(self, doc: Doc) -> list[int]:
        """For each token of another parse of the same text the token here that holds its first character; -1 if none."""
        starts = {token.idx + k: token.i for token in self.doc for k in range(len(token))}
        return [starts.get(token.idx, -1) for token in doc]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document as the shipped pipeline and the ranker see it, and the gold entity of each row ("" for none)."""

    view: View
    gold: tuple[str, ...]
    unmarked: frozenset[int] = frozenset()  # rows of which nobody has said what they mean

    def right(self) -> NDArray[np.bool_]:
        """Which pairs are right: those of one entity, and "nothing mentioned before" where there is no such pair; all of a row that
        is unmarked."""
        pairs = self.view.pairs
        numbers = {key: number for number, key in enumerate(sorted({*self.gold} - {""}), 1)}
        entity = np.array([numbers.get(key, -row) for row, key in enumerate(self.gold, 1)], dtype=np.int64)
        new = pairs.candidate < 0
        right = ~new & (entity[pairs.anaphor] == entity[pairs.candidate])
        starts, sizes = mentions_of(pairs)
        known = np.add.reduceat(right.astype(np.int64), starts) > 0
        anything = np.isin(pairs.anaphor, sorted(self.unmarked))
        found: NDArray[np.bool_] = right | (new & ~np.repeat(known, sizes)) | anything
        return found


def read_views(
    path: Path, ontology: Ontology, detect: Callable[[Mentions], list[Mention]] = every_mention
) -> list[Annotated]:
    """The documents of one conllu file, parsed anew by the shipped pipeline. `detect` finds the mentions: those of full chains or
    those of the graph."""
    nlp = load_pipeline()
    found = []
    for text in read_texts(path):
        doc = nlp(text.doc.text)
        view = look(detect(Mentions(doc, ontology, ())), doc, ontology)
        places = text.places(doc)
        found.append(
            Annotated(view, tuple(text.gold.get(places[item.head.i], "") for item in view.columns.order))
        )
    return found


def part_of(article: str) -> str:
    """Which of our marked articles train ("train"), choose ("dev") and measure ("test"): by their names."""
    return ("test", "dev", "train", "train", "train")[int(sha1(article.encode()).hexdigest(), 16) % 5]


def read_own(
    part: str, ontology: Ontology, detect: Callable[[Mentions], list[Mention]] = every_mention
) -> list[Annotated]:
    """The same for articles written for kg whose pronouns and descriptions are marked."""
    nlp, reader = load_pipeline(), NameReader(ontology)
    found = []
    for article, marks in read_marks():
        if part_of(article.name) != part:
            continue
        doc = nlp(article.text)
        view = look(detect(Mentions(doc, ontology, ())), doc, ontology)
        keys = Keys({article.text[slice(*place)] for place in article.names()}, marks, reader)
        gold = {place: keys.of(article.text[slice(*place)]) for place in article.names()}
        for number, mark in enumerate(marks):
            alone = mark.name == NOTHING or TOGETHER in mark.name
            gold[mark.place] = f"{NOTHING}{number}" if alone else keys.of(mark.name)
        spans = ((doc.char_span(*place, alignment_mode="expand"), key) for place, key in gold.items())
        heads = {span.root.i: key for span, key in spans if span is not None}
        keyed = tuple(heads.get(item.head.i, "") for item in view.columns.order)
        told = view.columns["copular"] + view.columns["appos"]  # predicates and appositions have no marks
        unmarked = frozenset(row for row in np.flatnonzero(told).tolist() if not keyed[row])
        found.append(Annotated(view, keyed, unmarked))
    return found


class Keys:
    """One key for all names an article has for a thing: the longest of those that hold the words of one, or spell it out."""

    def __init__(self, names: set[str], marks: Sequence[Mark], reader: NameReader) -> None:
        self.reader = reader
        self.names = {name: reader.read(name) for name in sorted(names)}
        self.told = {mark.name for mark in marks}  # the fullest names, as the marks have them

    def of(self, text: str) -> str:
        """ "Ann Lee" for "Lee" and "Ms Lee", "European Union" for "EU"; what a mark calls a thing is its key."""
        for _ in range(3):  # from "ECB" to its full name, and from that to a fuller one
            if text in self.told:
                break
            text = self._fuller(text)
        return text

    def _fuller(self, text: str) -> str:
        name, words = self.reader.read(text), set(text.split())
        if name.kind == "person":  # "Ms Lee" is Ann Lee, not Lee Robotics
            same = [
                other for other, known in self.names.items() if known.core[-len(name.core) :] == name.core
            ]
        else:
            same = [other for other in self.names if words <= set(other.split()) and not name.known]
        same += [
            other
            for other, known in self.names.items()
            if rung(known, name) in ("title", "acronym", "known alias", "legal form")
        ]
        return max(same, key=lambda n: (n in self.told, len(n), n), default=text)


def read_texts(path: Path) -> Iterator[Text]:
    """The documents of one conllu file as spaCy docs with gold trees and names."""
    name, block = "", list[Sentence]()
    for sentence in read_sentences(path):
        if sentence.new_document is not None and block:
            yield _build(name, block)
            block = []
        name = sentence.new_document or name
        block.append(sentence)
    yield _build(name, block)


def _build(name: str, sentences: Sequence[Sentence]) -> Text:
    """A Doc from gold annotation; entity labels are those the pipeline would be trained on."""
    words, pos, tags, lemmas, deps, feats = (list[str]() for _ in range(6))
    spaces, heads = list[bool](), list[int]()
    for sentence in sentences:
        base = len(words)
        for word in sentence.words:
            words.append(word.form)
            spaces.append(word.space_after)
            pos.append(word.upos)
            tags.append(word.xpos)
            lemmas.append(word.lemma)
            feats.append("" if word.feats == "_" else word.feats)
            deps.append("ROOT" if word.head == 0 else word.label)
            heads.append(base + (word.head - 1 if word.head else len(words) - base - 1))
        spaces[-1] = True
    doc = Doc(Vocab(), words, spaces, pos=pos, tags=tags, lemmas=lemmas, deps=deps, heads=heads, morphs=feats)
    text = Text(name, doc)
    spans, taken, base = [], set[int](), 0
    open_mentions: dict[str, list[int]] = defaultdict(list)
    for sentence in sentences:
        for found in gum_names(sentence.words, base)[0]:
            label = next((label for label in ENTITY_LABELS if label in found.labels), "MISC")
            if not taken & set(range(found.first, found.end)):
                taken |= set(range(found.first, found.end))
                spans.append(Span(doc, found.first, found.end, label=label))
        for offset, word in enumerate(sentence.words):
            for part in _BRACKET.findall(word.misc.get("Entity", "")):
                key = part.strip("()").split("-")[0].split("[")[0]
                if part.startswith("("):
                    open_mentions[key].append(base + offset)
                if part.endswith(")") and open_mentions[key]:
                    start = open_mentions[key].pop()
                    head = doc[start : base + offset + 1].root
                    text.gold.setdefault(head.i, key)
        base += len(sentence.words)
    doc.set_ents(spans)
    return text
