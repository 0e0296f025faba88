"""The chains of the GUM corpus (Zeldes 2017), on its own trees or on those of a pipeline, mentions known by their head words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.extract.pipeline.corpora.gum import _BRACKET, gum_names
from kg.extract.pipeline.corpora.ud import Sentence, read_sentences
from kg.extract.pipeline.labels import ENTITY_LABELS


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
