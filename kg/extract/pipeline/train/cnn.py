"""The small convolutional pipeline: ordinary spaCy training without static vectors.

``python -m kg.extract.pipeline.train.cnn --data DIR --out DIR`` writes a pipeline folder of about 6 MB.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run_training
from thinc.api import Config
from thinc.backends import NumpyOps, set_current_ops

import kg.extract.pipeline.tokens  # noqa: F401  (registers the tokenizer)
from kg.extract.pipeline.corpora.augment import gaps, vary, windows
from kg.extract.pipeline.corpora.load import training, treebank
from kg.extract.pipeline.corpora.passage import NO_NAME, Passage

CONFIG = Path(__file__).parent / "cnn.cfg"


def to_doc(nlp: Language, passage: Passage) -> Doc:
    """A reference Doc: gold words, gold spacing, and the layers the source annotates."""
    words: list[str] = []
    spaces: list[bool] = []
    place: list[int] = []  # word index -> token index
    for word, gap in zip(passage.words, gaps(passage), strict=True):
        if gap.startswith(" ") and words:
            spaces[-1], gap = True, gap[1:]
        if gap:
            words.append(gap)
            spaces.append(False)
        place.append(len(words))
        words.append(word)
        spaces.append(False)
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    if passage.syntax is not None:
        _set_syntax(doc, passage, place)
    missing = [doc[place[i] : place[i] + 1] for i in passage.unknown]
    names: list[Span] = []
    for name in passage.names or ():
        span = Span(doc, place[name.first], place[name.end - 1] + 1, label=_label(name.labels))
        (missing if NO_NAME in name.labels else names).append(span)
    if passage.names is None:
        doc.set_ents([], missing=[doc[:]], default="missing")
    else:
        doc.set_ents(names, missing=missing, default="outside")
    return doc


def _label(labels: frozenset[str]) -> str:
    return "MISC" if len(labels - {NO_NAME}) > 1 else next(iter(labels - {NO_NAME}))


def _set_syntax(doc: Doc, passage: Passage, place: list[int]) -> None:
    syntax = passage.syntax
    assert syntax is not None
    heads, labels = [max(0, token.i - 1) for token in doc], ["dep"] * len(doc)
    tags = ["_SP"] * len(doc)
    lemmas = [token.text for token in doc]
    for index, at in enumerate(place):
        heads[at] = place[syntax.heads[index]]
        labels[at] = "ROOT" if syntax.labels[index] == "root" else syntax.labels[index]
        tags[at] = syntax.xpos[index]
        if syntax.lemmas[index] != "_":
            lemmas[at] = syntax.lemmas[index]
        doc[at].pos_ = syntax.upos[index]
        doc[at].set_morph(syntax.feats[index])  # type: ignore[attr-defined]
    for token in doc:
        token.tag_, token.lemma_ = tags[token.i], lemmas[token.i]
        if token.i not in set(place):
            token.pos_ = "SPACE"
    copy = Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        heads=heads,
        deps=labels,
        tags=tags,
        pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        lemmas=lemmas,
    )
    layers = ["HEAD", "DEP", "TAG", "POS", "MORPH", "LEMMA", "SENT_START"]
    doc.from_array(layers, copy.to_array(layers))  # type: ignore[arg-type]


def _examples(nlp: Language, passages: list[Passage], seed: int | None) -> Iterator[Example]:
    rng = random.Random(seed) if seed is not None else None
    cut = [piece for passage in passages for piece in windows(passage, 120, rng)]
    if rng is not None:
        rng.shuffle(cut)
        cut = [vary(piece, rng) for piece in cut]
    for piece in cut:
        if piece.spans:
            doc = to_doc(nlp, piece)
            yield Example(nlp.make_doc(doc.text), doc)


@spacy.registry.readers("kg.training_passages.v1")
def _reader(data: str, part: str) -> Any:
    folder = Path(data)
    epoch = iter(range(1, 10_000))
    gold = (
        [*treebank(folder, "ewt", "dev"), *treebank(folder, "gum", "dev")]
        if part == "dev"
        else training(folder)
    )

    def read(nlp: Language) -> Iterator[Example]:
        return _examples(nlp, gold, None if part == "dev" else next(epoch))

    return read


def main() -> None:
    """Train and write the pipeline; scores of every evaluation are printed by spaCy's console logger."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=6000)
    options = parser.parse_args()
    set_current_ops(NumpyOps(use_blis=False))
    config = Config().from_disk(CONFIG, interpolate=False)
    config["paths"]["data"] = str(options.data)
    config["training"]["max_steps"] = options.steps
    nlp = init_nlp(config.interpolate())
    set_current_ops(NumpyOps(use_blis=False))
    options.out.mkdir(parents=True, exist_ok=True)
    run_training(nlp, options.out)


if __name__ == "__main__":
    main()
