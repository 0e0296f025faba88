"""Passages as arrays of targets, grouped into padded batches of similar length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kg.extract.pipeline.classes import IGNORED, Classes, positions
from kg.extract.pipeline.corpora.augment import gaps, vary, windows
from kg.extract.pipeline.corpora.passage import NO_NAME, Pair, Passage
from kg.extract.pipeline.inputs import PieceMaker, WordInputs, gap_class, pad_batch, shape_class
from kg.extract.pipeline.labels import ENTITY_LABELS
from kg.extract.pipeline.lemmas import derive_script

#: Labels that a source leaves out although its texts hold such names: there "no name" may hide one of them.
UNANNOTATED: dict[str, frozenset[str]] = {
    "wnut17": frozenset({"EVENT", "NORP", "MISC"}),
    "uner": frozenset({"PRODUCT", "EVENT", "NORP", "MISC"}),
    "re3d": frozenset({"PRODUCT", "EVENT", "MISC"}),
    "sec": frozenset({"PRODUCT", "EVENT", "NORP", "MISC"}),
}
WINDOW_WORDS = 150
#: Pairs without relation drawn anew for each sentence in each epoch.
COUNTEREXAMPLES = 16
#: The same for pairs of things that other facts of the sentence are about: who did what to whom is learned from them.
HARD = 24


@dataclass(frozen=True, slots=True)
class Example:
    """One window: its inputs, class targets per word (``IGNORED`` where unknown), allowed name tags."""

    inputs: WordInputs
    targets: dict[str, NDArray[np.int64]]
    names: NDArray[np.bool_] | None
    pairs: Pairs
    sentences: NDArray[np.int64]  # of a gathered passage, the number of each word's sentence


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of spans: places [P, 4], choices allowed among none and the relations [P, 1 + R], moods [P], cues [P, 2]."""

    places: NDArray[np.int64]
    relations: NDArray[np.bool_]
    moods: NDArray[np.int64]
    cues: NDArray[np.int64]  # first word and index after the last; both 0 where no words are the cue


class ExampleMaker:
    """Turns passages into examples; a new seed gives new windows, spacing and case."""

    def __init__(self, classes: Classes, pieces: PieceMaker) -> None:
        self.classes = classes
        self.pieces = pieces
        self.index = {
            key: positions(getattr(classes, key))
            for key in ("upos", "xpos", "feats", "lemmas", "labels", "relations", "moods")
        }
        self.tags = positions(classes.names)

    def examples(self, passages: Sequence[Passage], rng: random.Random | None) -> list[Example]:
        """Cut, vary (where *rng* is given) and convert."""
        made: list[Example] = []
        for passage in passages:
            opening = True
            for piece in [passage] if passage.parts else windows(passage, WINDOW_WORDS, rng):
                made.append(self.example(vary(piece, rng) if rng is not None else piece, opening, rng))
                opening = rng is not None  # a training window stands for a text of its own
        return [example for example in made if example.inputs.words]

    def example(self, passage: Passage, opening: bool = True, rng: random.Random | None = None) -> Example:
        words = passage.words
        spacing = [gap_class(gap, opening and i == 0) for i, gap in enumerate(gaps(passage))]
        inputs = WordInputs(self.pieces, words, [shape_class(word) for word in words], spacing)
        targets: dict[str, NDArray[np.int64]] = {}
        syntax = passage.syntax
        if syntax is not None:
            for key in ("upos", "xpos", "feats", "labels"):
                targets[key] = _indices(self.index[key], getattr(syntax, key))
            scripts = [
                derive_script(form, lemma) if lemma != "_" else ""
                for form, lemma in zip(words, syntax.lemmas, strict=True)
            ]
            targets["lemmas"] = _indices(self.index["lemmas"], scripts)
            heads = [head + 1 if head != i else 0 for i, head in enumerate(syntax.heads)]
            targets["heads"] = np.asarray(heads, dtype=np.int64)
            targets["starts"] = np.asarray(syntax.sentence_starts, dtype=np.int64)
        if passage.chains is not None:
            targets["chains"] = np.asarray(passage.chains, dtype=np.int64)
        sentences = np.zeros(len(words), dtype=np.int64)
        for first in passage.parts[1:]:
            sentences[first:] += 1
        return Example(inputs, targets, self._allowed(passage), self.pairs(passage, rng), sentences)

    def pairs(self, passage: Passage, rng: random.Random | None) -> Pairs:
        """All pairs with a relation, and without *rng* all others, else a few: above all such of things that facts speak of."""
        stated = [pair for pair in passage.pairs if pair.relations]
        others = [pair for pair in passage.pairs if not pair.relations]
        if rng is not None:
            spoken_of = {place for pair in stated for place in (pair.subject, pair.object)}
            hard = [pair for pair in others if pair.subject in spoken_of and pair.object in spoken_of]
            easy = [pair for pair in others if not (pair.subject in spoken_of and pair.object in spoken_of)]
            sentences = max(1, len(passage.parts))
            others = _few(hard, HARD * sentences, rng) + _few(easy, COUNTEREXAMPLES * sentences, rng)
        chosen = stated + others
        relations = np.zeros((len(chosen), 1 + len(self.index["relations"])), dtype=np.bool_)
        for row, pair in enumerate(chosen):
            relations[row, [1 + self.index["relations"][name] for name in pair.relations] or 0] = True
        places = [(*pair.subject, *pair.object) for pair in chosen]
        moods = _indices(self.index["moods"], [pair.mood for pair in chosen])
        cues = np.asarray([pair.cue or (0, 0) for pair in chosen], dtype=np.int64).reshape(-1, 2)
        return Pairs(np.asarray(places, dtype=np.int64).reshape(-1, 4), relations, moods, cues)

    def _allowed(self, passage: Passage) -> NDArray[np.bool_] | None:
        """Which name tags each word may bear."""
        if passage.names is None:
            return None
        allowed = np.zeros((len(passage.spans), len(self.tags)), dtype=np.bool_)
        hidden = UNANNOTATED.get(passage.source, frozenset())
        outside = [0, *(self.tags[f"{place}-{label}"] for label in sorted(hidden) for place in "BILU")]
        covered: set[int] = set()
        for name in passage.names:
            covered.update(range(name.first, name.end))
            for index in range(name.first, name.end):
                place = "I"
                if name.end - name.first == 1:
                    place = "U"
                elif index == name.first:
                    place = "B"
                elif index == name.end - 1:
                    place = "L"
                for label in ENTITY_LABELS:
                    if label in name.labels:
                        allowed[index, self.tags[f"{place}-{label}"]] = True
                if NO_NAME in name.labels:
                    allowed[index, 0] = True
        for index in range(len(allowed)):
            if index in passage.unknown:
                allowed[index] = True
            elif index not in covered:
                allowed[index, outside] = True
        return allowed


def _few(pairs: list[Pair], most: int, rng: random.Random) -> list[Pair]:
    return rng.sample(pairs, most) if len(pairs) > most else pairs


def _indices(index: dict[str, int], values: Sequence[str]) -> NDArray[np.int64]:
    return np.asarray([index.get(value, IGNORED) for value in values], dtype=np.int64)


def batches(examples: Sequence[Example], pieces: int, rng: random.Random | None) -> Iterator[list[Example]]:
    """Group examples of similar length into batches of about *pieces* word pieces, in random order."""
    order = list(examples)
    if rng is not None:
        rng.shuffle(order)
    order.sort(key=lambda e: len(e.inputs.ids) + (rng.randint(0, 12) if rng is not None else 0))
    groups: list[list[Example]] = [[]]
    longest = 0
    for example in order:
        longest = max(longest, len(example.inputs.ids))
        if groups[-1] and longest * (len(groups[-1]) + 1) > pieces:
            groups.append([])
            longest = len(example.inputs.ids)
        groups[-1].append(example)
    if rng is not None:
        rng.shuffle(groups)
    yield from (group for group in groups if group)


def tensors(group: Sequence[Example], tags: int) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Inputs and targets of a batch as tensors; ``allowed`` is all true where names are unknown.

    ``pairs`` [P, 5] holds the row and the places of each pair, ``pair_relations``, ``pair_moods`` and ``pair_cues`` its
    targets.
    """
    inputs = {name: torch.from_numpy(array) for name, array in pad_batch([e.inputs for e in group]).items()}
    width = inputs["first"].shape[1]
    targets: dict[str, Tensor] = {}
    for key in ("upos", "xpos", "feats", "lemmas", "labels", "heads", "starts", "chains"):
        array = np.full((len(group), width), IGNORED, dtype=np.int64)
        for row, example in enumerate(group):
            if key in example.targets:
                array[row, : example.inputs.words] = example.targets[key]
        targets[key] = torch.from_numpy(array)
    allowed = np.ones((len(group), width, tags), dtype=np.bool_)
    for row, example in enumerate(group):
        if example.names is not None:
            allowed[row, : example.inputs.words] = example.names
    targets["allowed"] = torch.from_numpy(allowed)
    present = np.zeros((len(group), width), dtype=np.bool_)
    for row, example in enumerate(group):
        present[row, : example.inputs.words] = True
    targets["present"] = torch.from_numpy(present)
    sentences = np.full((len(group), width), IGNORED, dtype=np.int64)
    for row, example in enumerate(group):
        sentences[row, : example.inputs.words] = example.sentences
    targets["sentences"] = torch.from_numpy(sentences)
    targets |= pair_tensors([example.pairs for example in group])
    return inputs, targets


def pair_tensors(pairs: Sequence[Pairs]) -> dict[str, Tensor]:
    """The targets of :func:`tensors` that concern pairs, one entry of *pairs* per row of the batch."""
    rows = np.repeat(np.arange(len(pairs)), [len(found.places) for found in pairs])
    places = np.concatenate([found.places for found in pairs])
    arrays = {
        "pairs": np.concatenate([rows[:, None], places], 1),
        "pair_relations": np.concatenate([found.relations for found in pairs]),
        "pair_moods": np.concatenate([found.moods for found in pairs]),
        "pair_cues": np.concatenate([found.cues for found in pairs]),
    }
    return {name: torch.from_numpy(array) for name, array in arrays.items()}
