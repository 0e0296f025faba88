"""What the network sees of a word: its word pieces, its shape and the whitespace before it.

The encoder is uncased, so case enters as a class of its own; line breaks enter as the class of the gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

#: No word becomes more pieces than this (long URLs), so that a window of words always fits the encoder.
MAX_PIECES = 10
SHAPES = 10
GAPS = 6
GAP_START = 5
_CACHE_LIMIT = 200_000


def shape_class(word: str) -> int:
    """Class of the letters: 1 lower, 2 Title, 3 one capital, 4 CAPITALS, 5 miXed, 6 digits, 7 digits+letters, 8 marks.

    0 is kept for padding, 9 for letters without case.
    """
    if word.islower():
        return 1 if not any(c.isdigit() for c in word) else 7
    letters = any(c.isalpha() for c in word)
    if not letters:
        return 6 if any(c.isdigit() for c in word) else 8
    if any(c.isdigit() for c in word):
        return 7
    if word.isupper():
        return 3 if len(word) == 1 else 4
    if not any(c.isupper() for c in word):
        return 9
    return 2 if word[0].isupper() and not any(c.isupper() for c in word[1:]) else 5


def gap_class(gap: str, first: bool = False) -> int:
    """Class of the whitespace before a word: 1 none, 2 space, 3 one line break, 4 blank line, 5 start of text."""
    if first:
        return GAP_START
    breaks = gap.count("\n") or gap.count("\r")
    if breaks:
        return 3 if breaks == 1 else 4
    return 2 if gap else 1


class PieceMaker:
    """Turns words into word-piece ids of the encoder's vocabulary; every word gets at least one piece."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._cache: dict[str, list[int]] = {}
        vocabulary = self._tokenizer.get_vocab()
        #: Whole words of the vocabulary: some 20,000 common English words, lower case.
        self.known: frozenset[str] = frozenset(
            word for word in vocabulary if word.isalpha() and len(word) > 1
        )
        self.start, self.end, self.unknown = (vocabulary[mark] for mark in ("[CLS]", "[SEP]", "[UNK]"))

    def pieces(self, word: str) -> list[int]:
        """Ids of one word's pieces, 1 to ``MAX_PIECES`` of them."""
        found = self._cache.get(word)
        if found is None:
            ids = self._tokenizer.encode(word[:200], add_special_tokens=False).ids
            found = ids[:MAX_PIECES] or [self.unknown]
            if len(self._cache) >= _CACHE_LIMIT:
                self._cache.clear()
            self._cache[word] = found
        return found


Ints = NDArray[np.int64]


class WordInputs:
    """Arrays of one window: piece ids and features with the special pieces, and where each word's pieces lie."""

    __slots__ = ("first", "gaps", "ids", "last", "shapes", "words")

    def __init__(
        self, maker: PieceMaker, words: Sequence[str], shapes: Sequence[int], gaps: Sequence[int]
    ) -> None:
        ids, piece_shapes, piece_gaps = [maker.start], [0], [0]
        first: list[int] = []
        last: list[int] = []
        for word, shape, gap in zip(words, shapes, gaps, strict=True):
            pieces = maker.pieces(word)
            first.append(len(ids))
            ids += pieces
            last.append(len(ids) - 1)
            piece_shapes += [shape] * len(pieces)
            piece_gaps.append(gap)
            piece_gaps += [0] * (len(pieces) - 1)
        ids.append(maker.end)
        self.ids: Ints = np.asarray(ids, dtype=np.int64)
        self.shapes: Ints = np.asarray([*piece_shapes, 0], dtype=np.int64)
        self.gaps: Ints = np.asarray([*piece_gaps, 0], dtype=np.int64)
        self.first: Ints = np.asarray(first, dtype=np.int64)
        self.last: Ints = np.asarray(last, dtype=np.int64)
        self.words = len(first)


def pad_batch(windows: Sequence[WordInputs]) -> dict[str, Ints]:
    """Stack windows into the named inputs of the network; ids and words beyond a window's end are 0."""
    length = max(len(window.ids) for window in windows)
    width = max(window.words for window in windows)
    batch: dict[str, Ints] = {
        "ids": np.zeros((len(windows), length), dtype=np.int64),
        "shapes": np.zeros((len(windows), length), dtype=np.int64),
        "gaps": np.zeros((len(windows), length), dtype=np.int64),
        "mask": np.zeros((len(windows), length), dtype=np.int64),
        "first": np.zeros((len(windows), width), dtype=np.int64),
        "last": np.zeros((len(windows), width), dtype=np.int64),
    }
    for row, window in enumerate(windows):
        for name in ("ids", "shapes", "gaps"):
            batch[name][row, : len(window.ids)] = getattr(window, name)
        batch["mask"][row, : len(window.ids)] = 1
        batch["first"][row, : window.words] = window.first
        batch["last"][row, : window.words] = window.last
    return batch
