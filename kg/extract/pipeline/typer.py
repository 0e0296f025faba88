"""The typing head at run time: pairs of spans of one sentence in, probabilities of relations and moods out.

The same sums as ``train/typing.py``, in numpy: a pair attends to the words around it and is judged by both spans, their
product and what it attended to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

#: Words on both sides of a pair that may hold its cue; the training uses the same number.
MARGIN = 8
_KINDS = 5  # of places of a word: between, before, after, inside the subject, inside the object

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ratings:
    """Of each pair: the probability of no relation, of each relation, of each mood, and the word it looked at most."""

    none: Floats  # [P]
    relations: Floats  # [P, R]
    moods: Floats  # [P, M]
    cues: Ints  # [P], index of a word


class Typer:
    """The head's weights with the names of its classes.

    >>> typer.rate(vectors, [(0, 1, 2, 4)]).relations.shape   # words 0 and 2 to 3, in this order # doctest: +SKIP
    (1, 129)
    """

    def __init__(self, path: Path, relations: Sequence[str], moods: Sequence[str]) -> None:
        self.relations, self.moods = tuple(relations), tuple(moods)
        with np.load(path, allow_pickle=False) as stored:
            self._weights: dict[str, Floats] = {
                name: stored[name].astype(np.float32) for name in stored.files
            }

    def rate(self, words: Floats, places: Sequence[tuple[int, int, int, int]]) -> Ratings:
        """Rate ordered pairs of spans.

        Args:
            words: a vector per word of the sentence, [W, d].
            places: first word and index after the last of the subject, then of the object.
        """
        spans = sorted({place[:2] for place in places} | {place[2:] for place in places})
        index = {span: number for number, span in enumerate(spans)}
        one = np.array([index[place[:2]] for place in places], dtype=np.int64)
        other = np.array([index[place[2:]] for place in places], dtype=np.int64)
        means = np.stack([words[start:end].mean(0) for start, end in spans])
        ends = np.array(spans, dtype=np.int64)
        vectors = np.concatenate([means, words[ends[:, 0]], words[ends[:, 1] - 1]], axis=1)
        # what does not depend on the pair is computed once per span
        pair = self._linear("subject", vectors)[one] + self._linear("object", vectors)[other]
        pair += (means[one] * means[other]) @ self._weights["product.weight"].T
        scores, kinds = self._attention(words, np.array(places, dtype=np.int64), _gelu(pair))
        classes = self._weights["place.weight"]
        shares = (kinds[:, :, None] == np.arange(len(classes))).astype(np.float32)
        seen = scores @ words + np.einsum("pw,pwk->pk", scores, shares) @ classes
        pair = _gelu(pair + seen @ self._weights["found.weight"].T)
        relations = _softmax(self._linear("relations", pair))
        outside = np.where(kinds % _KINDS < 3, scores, 0.0)
        return Ratings(
            relations[:, 0], relations[:, 1:], _softmax(self._linear("moods", pair)), outside.argmax(1)
        )

    def _linear(self, name: str, x: Floats) -> Floats:
        result: Floats = x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return result

    def _attention(self, words: Floats, places: Ints, pair: Floats) -> tuple[Floats, Ints]:
        """How much each pair looks at each word, [P, W], and the kind of place the word stands in."""
        start, end, other_start, other_end = (column[:, None] for column in places.T)
        index = np.arange(len(words))[None]
        left, right = np.minimum(start, other_start), np.maximum(end, other_end)
        kinds = np.where(index < left, 1, np.where(index >= right, 2, 0))
        kinds = np.where((index >= start) & (index < end), 3, kinds)
        kinds = np.where((index >= other_start) & (index < other_end), 4, kinds) + _KINDS * (
            start > other_start
        )
        seeker = self._linear("seeker", pair)
        by_kind = seeker @ self._weights["place.weight"].T
        scores = seeker @ words.T + np.take_along_axis(by_kind, kinds, axis=1)
        scores *= np.float32(words.shape[1] ** -0.5)
        near = (index >= left - MARGIN) & (index < right + MARGIN)
        return _softmax(np.where(near, scores, np.float32(-1e4))), kinds


def _gelu(x: Floats) -> Floats:
    """Gaussian error linear unit by its usual approximation (Hendrycks and Gimpel, 2016)."""
    inner = np.float32(0.7978845608) * (x + np.float32(0.044715) * (x * x * x))
    return np.asarray(np.float32(0.5) * x * (np.float32(1) + np.tanh(inner)), dtype=np.float32)


def _softmax(x: Floats) -> Floats:
    shares = np.exp(x - x.max(-1, keepdims=True))
    result: Floats = shares / shares.sum(-1, keepdims=True)
    return result
