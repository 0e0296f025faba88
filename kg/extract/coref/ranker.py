"""The learned ranker: how well does each earlier mention, or "nothing mentioned before", explain a mention?

A network of two small hidden layers over the features of `features`, evaluated in numpy; trained by `train`. Mention ranking with a
candidate for new things: Denis and Baldridge, "Specialized Models and Ranking for Coreference Resolution" (EMNLP 2008).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from kg.errors import PipelineError
from kg.extract.coref.affinity import Affinity, Floats
from kg.extract.coref.columns import SLOTS, Columns
from kg.extract.coref.features import mention_features, pair_features
from kg.extract.coref.pairs import Pairs

SHIPPED = Path(__file__).parent / "ranker.npz"
CAUTIOUS = np.array([0.5, 0.5, 0.5], dtype=np.float32)  # until `calibrate` knows better


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the network sees of one article."""

    mentions: Floats  # one row for each mention
    words: np.ndarray  # numbers of the words of SLOTS; 0 is a word the ranker does not know
    pairs: Floats  # one row for each pair
    names: tuple[str, ...]  # of the columns of both


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights by name, and the words it knows."""

    weights: Mapping[str, Floats]
    vocabulary: Mapping[str, int]

    @property
    def least(self) -> Floats:
        """The chance from which on names, nominals and pronouns are resolved in the graph."""
        return self.weights.get("least", CAUTIOUS)

    def score(self, columns: Columns, pairs: Pairs, affinity: Affinity | None) -> Floats:
        """One number for each pair, in log odds within the pairs of one anaphor."""
        if not len(pairs):
            return np.zeros(0, dtype=np.float32)
        scores = forward(self.weights, inputs(columns, pairs, self.vocabulary), pairs)[-1]
        lead = affinity.lead(pairs) if affinity is not None else None
        mixture = self.weights["alone" if lead is None else "mixed"]
        return mix(mixture, scores, lead, columns, pairs)


def mix(mixture: Floats, scores: Floats, lead: Floats | None, columns: Columns, pairs: Pairs) -> Floats:
    """Scores as log odds that mean what they say, with the encoder's opinion where there is one.

    A row of `mixture` for names, nominals and pronouns each: scale of the score, share of the encoder's, bonus for any antecedent.
    """
    scale, share, bonus = mixture[columns["form"][pairs.anaphor]].T
    found: Floats = scale * scores + bonus * (pairs.candidate >= 0)
    return found if lead is None else found + share * lead


def inputs(columns: Columns, pairs: Pairs, vocabulary: Mapping[str, int]) -> Inputs:
    """The features of an article as the network wants them."""
    about, mentions = mention_features(columns)
    both, table = pair_features(columns, pairs)
    words = np.array([[vocabulary.get(w, 0) for w in row] for row in columns.lexical], dtype=np.int64)
    return Inputs(mentions, words.reshape(-1, len(SLOTS)), table, (*about, *both))


def forward(
    weights: Mapping[str, Floats], seen: Inputs, pairs: Pairs, kept: Floats | float = 1.0
) -> tuple[Floats, ...]:
    """First and second hidden layer and the scores. `kept` scales the units of the first layer (dropout in training).

    What depends on one mention alone is computed once for it and added up for its pairs.
    """
    anaphor = seen.mentions @ weights["anaphor"] + weights["bias"]
    for slot in range(len(SLOTS)):
        anaphor = anaphor + weights["anaphor words"][slot][seen.words[:, slot]]
    candidate = seen.mentions @ weights["candidate"] + weights["candidate words"][seen.words[:, 0]]
    candidate = np.concatenate([candidate, weights["new"][None]])  # row -1
    first = seen.pairs @ weights["pair"] + anaphor[pairs.anaphor] + candidate[pairs.candidate]
    first = np.maximum(first, 0) * kept
    second = np.maximum(first @ weights["second"] + weights["second bias"], 0)
    return first, second, second @ weights["out"]


def save(ranker: Ranker, names: tuple[str, ...], path: Path) -> None:
    """Write weights as half floats beside the names of the columns they belong to."""
    about = json.dumps(
        {"columns": names, "vocabulary": sorted(ranker.vocabulary, key=ranker.vocabulary.__getitem__)}
    )
    half = {name: array.astype(np.float16) for name, array in ranker.weights.items()}
    np.savez_compressed(path, about=np.frombuffer(about.encode(), dtype=np.uint8), **half)  # type: ignore[arg-type]


@cache
def load(path: Path = SHIPPED) -> Ranker:
    """The ranker of a file written by `save`. Raises PipelineError if it was trained on other features."""
    with np.load(path) as stored:
        about = json.loads(stored["about"].tobytes())
        weights = {name: stored[name].astype(np.float32) for name in stored.files if name != "about"}
    count = len(weights["anaphor"]) + len(weights["pair"])
    if count != len(about["columns"]):
        raise PipelineError(
            f"{path}: {count} columns of weights for {len(about['columns'])} features; train the ranker again"
        )
    return Ranker(weights, {word: number for number, word in enumerate(about["vocabulary"], 1)})
