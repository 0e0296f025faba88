"""Typed pairs of the expression bank: which relation, and in which mood, a sentence states of two of its spans.

The bank lists the facts of a sentence; every other ordered pair of spans in it is therefore without relation. Spans
that are no argument of a fact are taken from the surface (runs of capitals, figures, content words), since the bank
has no parse.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.extract.pipeline.corpora.passage import Pair

#: Moods: asserted or denied, else the modality.
ASSERTED, DENIED = "asserted", "denied"
#: Relations that hold in both directions, so that the turned pair is no counterexample.
SYMMETRIC = frozenset({"competes_with", "partners_with", "merges_with", "compared_with", "integrates_with"})
#: Moods a fact may bear where it is written down; some are too rare to be learned apart.
MOODS = frozenset(
    """asserted not planned intended expected likely possible unlikely recommended obligatory alleged conditional
    hypothetical counterfactual question""".split()
)
_RARE_MOODS = {"recommended": "possible", "unlikely": "possible", "intended": "planned", "likely": "expected"}
_FUNCTION_WORDS = frozenset(
    """the a an all its their his her our this that these those some any each every no of in on at by for from to with
    without into over under after before since until during against between among through about as than and or but nor
    not if when while where which who whom whose what how that is are was were be been being am has have had having do
    does did will would can could may might must shall should it he she they we i you them him us me there here also
    only just still yet now then again more most less least very so too up down out off both either 's ’s n't""".split()
)
PRONOUNS = frozenset("it he she they we i you him us them its their his our my your".split())
_LONGEST = 4

Place = tuple[int, int]


def read_pairs(record: dict[str, Any], tokens: Sequence[Place]) -> tuple[Pair, ...]:
    """All ordered pairs of spans of one line of the bank, those of its facts first.

    *tokens* are the character spans of the words; places are word indices, the end exclusive.
    """
    text: str = record["text"]
    stated: dict[tuple[Place, Place], tuple[set[str], str, Place | None]] = {}
    names = {fact.get(f"{side}_name") for fact in record["facts"] for side in ("subject", "object")}
    for fact in record["facts"]:
        subject = word_place(tokens, fact.get("subject_span"))
        other = word_place(tokens, fact.get("object_span"))
        if subject is None or other is None or subject == other:
            continue
        for pair in ((subject, other), (other, subject))[: 2 if fact["relation"] in SYMMETRIC else 1]:
            cue = word_place(tokens, fact.get("cue_span"))
            stated.setdefault(pair, (set(), _mood(fact), cue))[0].add(fact["relation"])
    found = [Pair(*pair, frozenset(relations), mood, cue) for pair, (relations, mood, cue) in stated.items()]
    arguments = sorted({place for pair in stated for place in pair})
    words = [text[start:end] for start, end in tokens]
    free = [
        place
        for place in surface_places(words)
        # what a pronoun of a fact stands for takes part in that fact after all
        if text[tokens[place[0]][0] : tokens[place[1] - 1][1]] not in names
        and not any(place[0] < end and first < place[1] for first, end in arguments)
    ]
    places = arguments + free
    found += [
        Pair(one, other)
        for one in places
        for other in places
        if (one, other) not in stated and (one[1] <= other[0] or other[1] <= one[0])
    ]
    return tuple(found)


def word_place(tokens: Sequence[Place], span: Sequence[int] | None) -> Place | None:
    """Words that lie inside a character span; None without any."""
    if not span:
        return None
    inside = [i for i, (start, end) in enumerate(tokens) if start < span[1] and end > span[0]]
    return (inside[0], inside[-1] + 1) if inside else None


def surface_places(words: Sequence[str]) -> list[Place]:
    """Spans that may be a noun phrase, judged by function words and capitals alone.

    >>> surface_places("The bank bought Alpha Beta for 3 million dollars".split())
    [(1, 3), (1, 2), (2, 3), (3, 5), (6, 9), (6, 7), (8, 9)]
    """
    places: list[Place] = []
    first = 0
    for index in range(len(words) + 1):
        if index < len(words) and not _closes(words, first, index):
            continue
        if first < index:
            capitals = words[first][:1].isupper() and first > 0
            if index - first <= _LONGEST:
                places.append((first, index))
            if not capitals and index - first > 1:
                places += [(first, first + 1), (index - 1, index)]
        plain = index < len(words) and _plain(words[index])
        if index < len(words) and words[index].lower() in PRONOUNS:
            places.append((index, index + 1))
        first = index if plain else index + 1
    return places


def _plain(word: str) -> bool:
    return word.lower() not in _FUNCTION_WORDS and any(character.isalnum() for character in word)


def _closes(words: Sequence[str], first: int, index: int) -> bool:
    """Whether the run that began at *first* ends before *index*: a function word, or a change of case."""
    if not _plain(words[index]):
        return True
    return index > first > 0 and words[first][:1].isupper() != words[index][:1].isupper()


def _mood(fact: dict[str, Any]) -> str:
    return mood_class("not" if fact.get("polarity") == "negative" else fact.get("modality") or ASSERTED)


def mood_class(mood: str) -> str:
    """The class that stands for one of :data:`MOODS`."""
    return DENIED if mood == "not" else _RARE_MOODS.get(mood, mood)
