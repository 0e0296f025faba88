"""From name-tag scores to names: the best sequence of BILOU tags that is well formed and crosses no barrier."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.extract.pipeline.labels import ENTITY_LABELS, GENERIC_ACRONYMS, is_norp

Scores = NDArray[np.float32]
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday tue tues wed thu thurs fri".split()
)
_MARKS = frozenset("\"',:;-–—([{“‘*#/|")
_TITLES = frozenset("mr mrs ms miss dr prof sir lord lady president minister chancellor judge".split())
#: Words from which on a text is expected to introduce its people, and what a lone word keeps of its chance to be one.
_LONG_TEXT, _LONE_PERSON = 150, 0.35
#: A lone word that ends a person's full name, and stands in no other name of the text, is so much likelier that person.
_FAMILY_NAME = 8.0
_NEVER = np.float32(-1e9)


def tidy(
    words: Sequence[str], gaps: Sequence[str], names: Sequence[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """Complete names cut at a hyphen ("Emelia Sithole-Matarise") and drop days of the week and acronyms such as "AI".

    *gaps* is the whitespace before each word: the hyphen and the capital after it must be glued to the name.
    """
    taken = {index for first, end, _ in names for index in range(first, end)}
    whole = [(*_trim(words, first, end, label), label) for first, end, label in names]
    kept: list[tuple[int, int, str]] = []
    for first, end, label in whole:
        if end == first:
            continue
        if end - first == 1 and (words[first].lower() in _DAYS or words[first] in GENERIC_ACRONYMS):
            continue
        while (
            label in {"PERSON", "ORG", "PRODUCT"}
            and end + 1 < len(words)
            and words[end] == "-"
            and not gaps[end]
            and not gaps[end + 1]
            and words[end + 1][:1].isupper()
            and not {end, end + 1} & taken
        ):
            end += 2
        kept.append((first, end, label))
    return kept


def _trim(words: Sequence[str], first: int, end: int, label: str) -> tuple[int, int]:
    """Leave out marks at either end of a name, and a day of the week after a person."""
    while first < end and not any(c.isalnum() for c in words[first]):
        first += 1
    while end > first and (
        words[end - 1] in _MARKS or (label == "PERSON" and words[end - 1].lower() in _DAYS)
    ):
        end -= 1
    return first, end


def agree(
    words: Sequence[str], names: list[tuple[int, int, str]], scores: Sequence[Scores]
) -> list[tuple[int, int, str]]:
    """Give names that are written alike in one text the label they get together (one sense per discourse; Gale, 1992)."""
    together: dict[tuple[str, ...], Scores] = {}
    titled: set[tuple[str, ...]] = set()
    for (first, end, _), rated in zip(names, scores, strict=True):
        key = tuple(words[first:end])
        if first and words[first - 1].rstrip(".").lower() in _TITLES:
            titled.add(key)
        together[key] = together.get(key, np.zeros(len(ENTITY_LABELS), dtype=np.float32)) + np.exp(rated)
    surnames = {
        word
        for first, end, label in names
        if label == "PERSON" and end - first > 1
        for word in words[first:end]
    }
    families = {words[end - 1] for first, end, label in names if label == "PERSON" and end - first > 1}
    families -= {
        word
        for first, end, label in names
        if label != "PERSON" and end - first > 1
        for word in words[first:end]
    }
    for key, rated in together.items():
        if len(key) == 1 and key[0] in families:
            rated[ENTITY_LABELS.index("PERSON")] *= _FAMILY_NAME
        # news introduces people by their full name: a lone word that belongs to none of these is rarely a person
        if len(key) == 1 and key[0] not in surnames and len(words) >= _LONG_TEXT and key not in titled:
            rated[ENTITY_LABELS.index("PERSON")] *= _LONE_PERSON
    agreed: list[tuple[int, int, str]] = []
    for first, end, _ in names:
        label = ENTITY_LABELS[int(together[tuple(words[first:end])].argmax())]
        # peoples among places: the list that told them apart in the training data decides
        if label == "PLACE" and end - first == 1 and is_norp(words[first]):
            label = "NORP"
        agreed.append((first, end, label))
    return agreed


class NameDecoder:
    """Viterbi search over BILOU tags. A *barrier* before a word (a line break) ends every name there."""

    def __init__(self, tags: Sequence[str]) -> None:
        self.tags = tuple(tags)
        size = len(tags)
        self.follows = np.full((size, size), _NEVER, dtype=np.float32)
        for left, before in enumerate(tags):
            for right, after in enumerate(tags):
                inside = before[0] in "BI"
                if (inside and after[0] in "IL" and before[2:] == after[2:]) or (
                    not inside and after[0] in "OBU"
                ):
                    self.follows[left, right] = 0
        self.ends = np.array([tag[0] in "OLU" for tag in tags])
        self.begins = np.array([tag[0] in "OBU" for tag in tags])

    def decode(self, scores: Scores, barriers: Sequence[bool]) -> list[tuple[int, int, str]]:
        """Names as (first word, end word, label) from log-probabilities [words, tags].

        ``barriers[i]`` says that no name may hold both word i - 1 and word i.
        """
        count = len(scores)
        names: list[tuple[int, int, str]] = []
        busy = np.flatnonzero(scores[:, 0] < -0.01)  # elsewhere "no name" is certain
        position = 0
        while position < len(busy):
            first = int(busy[position])
            last = first
            while position + 1 < len(busy) and int(busy[position + 1]) <= last + 1:
                position += 1
                last = int(busy[position])
            position += 1
            first, last = max(0, first - 1), min(count, last + 2)
            tags = self._best(scores[first:last], barriers[first:last])
            names += self._spans(tags, first)
        return [name for i, name in enumerate(names) if not i or name[0] >= names[i - 1][1]]

    def label_scores(self, scores: Scores) -> Scores:
        """Log-probability of each label of ``ENTITY_LABELS`` for the words of one name, position tags taken together."""
        chances = np.exp(scores[:, 1:]).reshape(len(scores), len(ENTITY_LABELS), 4).sum(2)
        found: Scores = np.log(np.maximum(chances, 1e-6)).mean(0)
        return found

    def _best(self, scores: Scores, barriers: Sequence[bool]) -> list[int]:
        best = np.where(self.begins, scores[0], _NEVER)
        back = np.zeros(scores.shape, dtype=np.int64)
        for index in range(1, len(scores)):
            if barriers[index]:
                source = int(np.argmax(np.where(self.ends, best, _NEVER)))
                back[index] = source
                best = np.where(self.begins, best[source] + scores[index], _NEVER)
                continue
            paths = best[:, None] + self.follows
            back[index] = paths.argmax(0)
            best = paths[back[index], np.arange(len(best))] + scores[index]
        tag = int(np.argmax(np.where(self.ends, best, _NEVER)))
        found = [tag]
        for index in range(len(scores) - 1, 0, -1):
            tag = int(back[index, tag])
            found.append(tag)
        return found[::-1]

    def _spans(self, tags: list[int], offset: int) -> list[tuple[int, int, str]]:
        spans: list[tuple[int, int, str]] = []
        first = 0
        for index, number in enumerate(tags):
            tag = self.tags[number]
            if tag[0] in "BU":
                first = index
            if tag[0] in "LU":
                spans.append((offset + first, offset + index + 1, tag[2:]))
        return spans
