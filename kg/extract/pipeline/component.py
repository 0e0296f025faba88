"""The spaCy component that lets the network fill a ``Doc``: sentences, tags, lemmas, dependencies and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.parts_of_speech import IDS
from spacy.tokens import Doc, Span

from kg.extract.pipeline.mends import mends
from kg.extract.pipeline.model import Network, Reading, Text

SHIPPED = Path(__file__).parent / "weights"
#: Key in ``doc.user_data``: the probability of every token's arc, a list of floats (1.0 for whitespace).
ARC_PROBABILITY = "kg.arc_probability"
#: Keys in ``doc.user_data``: an array [tokens, d] each, zero for whitespace. The product of an anaphor's vector and an
#: antecedent's tells how well the mentions that the two tokens head corefer; the anaphor's last number, how new it is.
ANAPHORS, ANTECEDENTS = "kg.anaphors", "kg.antecedents"
#: Key in ``doc.user_data``: an array [tokens, d], zero for whitespace, from which pairs of spans are typed.
TYPED = "kg.typed"
_ATTRIBUTES = [TAG, POS, MORPH, LEMMA, DEP, HEAD]


class NetworkReader:
    """Predicts every layer of a ``Doc`` at once. ``nlp.pipe`` shares runs of the encoder between texts."""

    def __init__(self, nlp: Language, network: Network) -> None:
        self.network = network
        classes, strings = network.classes, nlp.vocab.strings
        self._upos = np.array([IDS[name] for name in classes.upos], dtype=np.uint64)
        self._xpos = np.array([strings.add(name) for name in classes.xpos], dtype=np.uint64)
        labels = ["ROOT" if name == "root" else name for name in classes.labels]
        self._labels = np.array([strings.add(name) for name in labels], dtype=np.uint64)
        self._feats = np.array([nlp.vocab.morphology.add(feats) for feats in classes.feats], dtype=np.uint64)
        self._space = np.array(
            [strings.add("_SP"), IDS["SPACE"], nlp.vocab.morphology.add(""), 0, strings.add("dep"), 0],
            dtype=np.uint64,
        )
        for name in classes.names:
            strings.add(name[2:])

    def __call__(self, doc: Doc) -> Doc:
        self._fill([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Fill the docs of *stream*, *batch_size* at a time, in order."""
        source = iter(stream)
        while docs := list(islice(source, batch_size)):
            self._fill(docs)
            yield from docs

    def to_disk(self, path: str | Path, *, exclude: Any = ()) -> None:
        """Nothing to write: the configuration names the weights."""

    def from_disk(self, path: str | Path, *, exclude: Any = ()) -> NetworkReader:
        return self

    def to_bytes(self, *, exclude: Any = ()) -> bytes:
        return b""

    def from_bytes(self, data: bytes, *, exclude: Any = ()) -> NetworkReader:
        return self

    def _fill(self, docs: list[Doc]) -> None:
        places = [[token.i for token in doc if not token.is_space] for doc in docs]
        texts = [_text_of(doc, place) for doc, place in zip(docs, places, strict=True)]
        for doc, place, reading in zip(docs, places, self.network.read(texts), strict=True):
            self._write(doc, np.array(place, dtype=np.int64), reading)

    def _mended(self, reading: Reading) -> Reading:
        """The reading with impossible trees mended (see `mends`)."""
        classes = self.network.classes
        changes = list(
            mends(
                reading.heads,
                [classes.labels[n] for n in reading.labels],
                [classes.upos[n] for n in reading.upos],
                [classes.xpos[n] for n in reading.xpos],
            )
        )
        heads, labels = reading.heads.copy(), reading.labels.copy()
        for word, head, label in changes:
            heads[word], labels[word] = head, classes.labels.index(label)
        return replace(reading, heads=heads, labels=labels) if changes else reading

    def _write(self, doc: Doc, place: Any, reading: Reading) -> None:
        count = len(doc)
        table = np.tile(self._space, (count, 1))
        strings = doc.vocab.strings
        for index, token in enumerate(doc):
            table[index, 3] = token.orth
        heads = np.arange(count, dtype=np.int64) - 1  # whitespace hangs on the word before it
        if len(place):
            reading = self._mended(reading)
            heads[: place[0]] = place[0]
            table[place, 0] = self._xpos[reading.xpos]
            table[place, 1] = self._upos[reading.upos]
            table[place, 2] = self._feats[reading.feats]
            table[place, 4] = self._labels[reading.labels]
            heads[place] = place[reading.heads]
            for index, scripts, xpos in zip(place, reading.lemmas, reading.xpos, strict=True):
                lemma = self.network.lemma(doc[int(index)].text, scripts, int(xpos))
                table[index, 3] = strings.add(lemma or "_")
        elif count:
            heads[0] = 0
        table[:, 5] = (heads - np.arange(count)).astype(np.uint64)
        if count:
            doc.from_array(_ATTRIBUTES, table)  # type: ignore[arg-type]
        spans = [
            Span(doc, int(place[first]), int(place[end - 1]) + 1, label=label)
            for first, end, label in reading.names
        ]
        doc.set_ents(spans, default="outside")
        certainty = np.ones(count, dtype=np.float64)
        certainty[place] = np.round(reading.certainty, 4)
        doc.user_data[ARC_PROBABILITY] = certainty.tolist()
        for name, vectors in reading.vectors.items():
            rows = np.zeros((count, vectors.shape[1]), dtype=np.float32)
            rows[place] = vectors
            doc.user_data[f"kg.{name}"] = rows


def _text_of(doc: Doc, place: list[int]) -> Text:
    """Words without whitespace tokens, and the whitespace that stands before each."""
    text = doc.text
    words: list[str] = []
    gaps: list[str] = []
    end = 0
    for index in place:
        token = doc[index]
        gaps.append(text[end : token.idx])
        words.append(token.text)
        end = token.idx + len(token)
    return Text(words, gaps)


@Language.factory(
    "kg_network",
    assigns=[
        "token.head",
        "token.dep",
        "token.tag",
        "token.pos",
        "token.morph",
        "token.lemma",
        "doc.ents",
        "doc.sents",
    ],
    default_config={"weights": None},
)
def create_reader(nlp: Language, name: str, weights: str | None) -> NetworkReader:
    """Factory of the component; *weights* is a folder of exported weights, None the ones shipped with kg."""
    return NetworkReader(nlp, Network(Path(weights) if weights else SHIPPED))
