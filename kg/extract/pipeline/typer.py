"""The typing head at run time: pairs of spans of one sentence in, probabilities of relations and moods out.

The same sums as ``train/typing.py``, in numpy: a pair attends to the words around it, knowing which lie on the way from
one span to the other through the tree, and is judged by both spans, their product and what it attended to.
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
_DEPTH = 16  # steps up a tree that are followed; as in training

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

    >>> typer.rate(vectors, [1, 1, 3, 1], [(0, 1, 2, 4)]).relations.shape   # words 0 and 2 to 3, in this order # doctest: +SKIP
    (1, 131)
    """

    def __init__(self, path: Path, relations: Sequence[str], moods: Sequence[str]) -> None:
        self.relations, self.moods = tuple(relations), tuple(moods)
        with np.load(path, allow_pickle=False) as stored:
            self._weights: dict[str, Floats] = {
                name: stored[name].astype(np.float32) for name in stored.files
            }

    def rate(
        self, words: Floats, heads: Sequence[int], places: Sequence[tuple[int, int, int, int]]
    ) -> Ratings:
        """Rate ordered pairs of spans.

        Args:
            words: a vector per word of the sentence, [W, d].
            heads: the head of each word, of a root the word itself.
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
        seen_from = np.array(places, dtype=np.int64)
        kinds = _kinds(len(words), seen_from) + 2 * _KINDS * _way(np.array(heads, dtype=np.int64), seen_from)
        scores = self._attention(words, seen_from, kinds, _gelu(pair))
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

    def _attention(self, words: Floats, places: Ints, kinds: Ints, pair: Floats) -> Floats:
        """How much each pair looks at each word, [P, W]."""
        left, right = np.minimum(places[:, 0], places[:, 2]), np.maximum(places[:, 1], places[:, 3])
        index = np.arange(len(words))[None]
        seeker = self._linear("seeker", pair)
        by_kind = seeker @ self._weights["place.weight"].T
        scores = seeker @ words.T + np.take_along_axis(by_kind, kinds, axis=1)
        scores *= np.float32(words.shape[1] ** -0.5)
        near = (index >= left[:, None] - MARGIN) & (index < right[:, None] + MARGIN)
        return _softmax(np.where(near, scores, np.float32(-1e4)))


def _kinds(words: int, places: Ints) -> Ints:
    """Where each word stands for each pair, [P, W]: between, before, after, in the subject, in the object; turned or not."""
    start, end, other_start, other_end = (column[:, None] for column in places.T)
    index = np.arange(words)[None]
    left, right = np.minimum(start, other_start), np.maximum(end, other_end)
    kinds = np.where(index < left, 1, np.where(index >= right, 2, 0))
    kinds = np.where((index >= start) & (index < end), 3, kinds)
    kinds = np.where((index >= other_start) & (index < other_end), 4, kinds)
    turned: Ints = kinds + _KINDS * (start > other_start)
    return turned


def _way(heads: Ints, places: Ints) -> Ints:
    """Of each word for each pair, [P, W]: 1 on the way from one span to the other, 2 the word above both, else 0."""
    words = np.arange(len(heads))
    above = np.eye(len(heads), dtype=np.bool_)
    reached = words
    for _ in range(_DEPTH):
        reached = heads[reached]
        above[words, reached] = True
    one = above[[_top(heads, start, end) for start, end, _, _ in places]]
    other = above[[_top(heads, start, end) for _, _, start, end in places]]
    way = (one ^ other).astype(np.int64)
    both = one & other
    highest = (both * above.sum(1)).argmax(1)
    joined = both.any(1)
    way[np.flatnonzero(joined), highest[joined]] = 2
    return way


def _top(heads: Ints, start: int, end: int) -> int:
    """The first word of a span whose head lies outside of it; else its last."""
    for word in range(start, end):
        if not start <= heads[word] < end or heads[word] == word:
            return word
    return end - 1


def _gelu(x: Floats) -> Floats:
    """Gaussian error linear unit by its usual approximation (Hendrycks and Gimpel, 2016)."""
    inner = np.float32(0.7978845608) * (x + np.float32(0.044715) * (x * x * x))
    return np.asarray(np.float32(0.5) * x * (np.float32(1) + np.tanh(inner)), dtype=np.float32)


def _softmax(x: Floats) -> Floats:
    shares = np.exp(x - x.max(-1, keepdims=True))
    result: Floats = shares / shares.sum(-1, keepdims=True)
    return result
