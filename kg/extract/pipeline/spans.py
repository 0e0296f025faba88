"""Cutting a long text into windows that fit the encoder, and joining what the windows say.

Windows end at paragraph ends where they can. A paragraph longer than a window is covered by overlapping ones, and each
word listens to the window in which it stands furthest from an edge. Work grows linearly with the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Words and pieces of a window; two pieces are kept for the marks at its ends.
WINDOW_WORDS = 160
WINDOW_PIECES = 500
OVERLAP = 50
#: Texts are worked on in segments of about this many words, so that memory does not grow with the text.
SEGMENT_WORDS = 6000
_TERMINAL = frozenset('.!?:;"”’)')


@dataclass(frozen=True, slots=True)
class Window:
    """Words *first* to *end* (exclusive) of a text; it decides the words *own_first* to *own_end*."""

    first: int
    end: int
    own_first: int
    own_end: int


def paragraph_starts(words: Sequence[str], gaps: Sequence[int]) -> list[int]:
    """Words that open a paragraph: after a blank line, or on a new line after a sentence's end."""
    starts = [0]
    for index in range(1, len(words)):
        if gaps[index] == 4 or (gaps[index] == 3 and words[index - 1][-1] in _TERMINAL):
            starts.append(index)
    return starts


def plan_segments(words: Sequence[str], gaps: Sequence[int], pieces: Sequence[int]) -> list[list[Window]]:
    """Plan the windows of a text, grouped into segments; sentences never cross a segment's end."""
    if not words:
        return []
    starts = paragraph_starts(words, gaps)
    units = list(zip(starts, [*starts[1:], len(words)], strict=True))
    segments: list[list[Window]] = [[]]
    first = end = units[0][0]
    room = 0
    for start, stop in units:
        size = sum(pieces[start:stop])
        if end > first and (stop - first > WINDOW_WORDS or room + size > WINDOW_PIECES):
            segments[-1].append(Window(first, end, first, end))
            first, room = start, 0
        if segments[-1] and start - segments[-1][0].first >= SEGMENT_WORDS and first == start:
            segments.append([])
        if stop - start > WINDOW_WORDS or size > WINDOW_PIECES:
            for window in _slide(start, stop, pieces):
                if segments[-1] and window.first - segments[-1][0].first >= SEGMENT_WORDS:
                    segments.append([])
                    window = Window(window.own_first, window.end, window.own_first, window.own_end)
                segments[-1].append(window)
            first, room = stop, 0
        else:
            room += size
        end = stop
    if end > first:
        segments[-1].append(Window(first, end, first, end))
    return segments


def _slide(start: int, stop: int, pieces: Sequence[int]) -> list[Window]:
    """Overlapping windows over one long paragraph."""
    bounds: list[tuple[int, int]] = []
    first = start
    while True:
        end, room = first, 0
        while end < stop and end - first < WINDOW_WORDS and room + pieces[end] <= WINDOW_PIECES:
            room += pieces[end]
            end += 1
        bounds.append((first, end))
        if end >= stop:
            break
        first = end - min(OVERLAP, (end - first) // 3)
    windows: list[Window] = []
    for number, (first, end) in enumerate(bounds):
        own_first = start if number == 0 else (first + bounds[number - 1][1]) // 2
        own_end = stop if number == len(bounds) - 1 else (bounds[number + 1][0] + end) // 2
        windows.append(Window(first, end, own_first, own_end))
    return windows
