"""From the probability of a sentence start at every word to sentences."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

#: Probability above which a word opens a sentence, by the gap before it: a line break needs little, a blank line less.
_THRESHOLDS = np.array([0.5, 0.5, 0.5, 0.3, 0.1, 0.0], dtype=np.float32)
#: The same for a capital behind a full stop that ends a plain word, and so no abbreviation.
_AFTER_FULL_STOP = 0.1
#: The same inside a line behind a word in small letters: few texts end a sentence without a mark.
_BEHIND_A_WORD = 0.9
#: A sentence longer than this is cut at its likeliest boundary, so that trees stay affordable.
LONGEST_SENTENCE = 400
_OPENING = frozenset("“‘„«([{")
_CLOSING = frozenset({"”", "»", ")", "]", "}", ",", ";", "'s", "’s", "n't", "n’t", "%"})
_BULLETS = frozenset("•‣▪◦●■·*–—-")
_SPACE, _LINE_BREAK = 2, 3


def _is_label(words: Sequence[str]) -> bool:
    """Whether the words that open a line only number or mark it: "1.", "*", "(2)"."""
    return len(words) <= 3 and not any(c.isalpha() for word in words for c in word)


def _is_small_word(word: str) -> bool:
    return word.isalpha() and word.islower()


def _follows_full_stop(index: int, words: Sequence[str]) -> bool:
    """Whether a word with a capital stands behind a full stop and that behind a word in small letters, no abbreviation."""
    if index < 2 or words[index - 1] not in {".", "!", "?"} or not words[index][:1].isupper():
        return False
    ended = words[index - 2]
    return len(ended) > 3 and ended.isalpha() and ended.islower()


def sentence_starts(
    probabilities: NDArray[np.float32], words: Sequence[str], gaps: Sequence[int]
) -> NDArray[np.bool_]:
    """Mark the words that open a sentence; the first always does.

    *gaps* are the classes of :func:`kg.extract.pipeline.inputs.gap_class`. Inside a line no sentence starts with a
    closing mark, and an opening mark stays with what it opens; a bullet at the start of a line always opens one,
    and a number or mark there stays with what follows.
    """
    starts: NDArray[np.bool_] = probabilities > _THRESHOLDS[np.asarray(gaps, dtype=np.int64)]
    starts[0] = True
    for index, gap in enumerate(gaps):
        spaced = index + 1 < len(gaps) and gaps[index + 1] == _SPACE
        if gap >= _LINE_BREAK and spaced and words[index] in _BULLETS:
            starts[index] = True
        if gap == _SPACE and probabilities[index] <= _BEHIND_A_WORD and _is_small_word(words[index - 1]):
            starts[index] = False  # "built around" | "Qwen"
        if probabilities[index] > _AFTER_FULL_STOP and _follows_full_stop(index, words):
            starts[index] = True
    opened = 0
    for index in (int(i) for i in np.flatnonzero(starts)):
        if index == 0 or gaps[index] >= _LINE_BREAK:
            opened = index
            continue
        alone = words[index - 1] in _OPENING and starts[index - 1]
        label = gaps[opened] >= _LINE_BREAK and _is_label(words[opened:index])
        if words[index] in _CLOSING or alone or label:
            starts[index] = False
        else:
            opened = index
    edges = [int(i) for i in np.flatnonzero(starts)] + [len(starts)]
    for first, stop in pairwise(edges):
        while stop - first > LONGEST_SENTENCE:
            low, high = first + LONGEST_SENTENCE // 2, first + LONGEST_SENTENCE
            first = low + int(probabilities[low:high].argmax())
            starts[first] = True
    return starts
