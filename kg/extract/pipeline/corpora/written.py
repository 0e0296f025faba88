"""Sentences written for the training of kg, with every name and every fact marked: `sentences`, `articles`, `selection`.

One line is one passage and its facts; in the two folders of articles a `#` line begins a new article:

    [1o Norda], a Danish [2 packaging group], agreed to buy [3o Velox]. || 1 is_a 2; 1 acquires 3 planned: agreed to buy

A bracket opens a mention: its number where a fact names it, a letter where it is a name (`NAMES`), `=` and the number
of the mention it goes back to (`[4=1 It]`). A fact is subject, relation, object, where needed the mood, and after a
colon the words that say it. Every name is marked, and every fact of the vocabulary: other pairs are counterexamples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KGError
from kg.extract.pipeline.corpora.ner import Tokenize
from kg.extract.pipeline.corpora.passage import Name, Pair, Passage
from kg.extract.pipeline.corpora.relations import (
    MOODS,
    PRONOUNS,
    SYMMETRIC,
    mood_class,
    surface_places,
    word_place,
)

NAMES = {"p": "PERSON", "o": "ORG", "l": "PLACE", "r": "PRODUCT", "e": "EVENT", "n": "NORP", "m": "MISC"}
SEPARATOR = " || "
DETERMINERS = frozenset("the a an this that these those its their his her our my".split())
_OPEN = re.compile(r"\[(?P<number>\d*)(?P<name>[polrenm]?)(?:=(?P<same>\d+))? ")
_FACT = re.compile(
    r"(?P<subject>\d+) (?P<relation>[a-z_]+) (?P<object>\d+)(?: (?P<mood>[a-z]+))?(?:: (?P<cue>.+))?"
)

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """One line: the plain text, its names, its numbered mentions with what they go back to, and its facts."""

    text: str
    names: tuple[tuple[Place, str], ...]  # characters, end exclusive; the label
    mentions: dict[str, Place]
    same: dict[str, str]
    facts: tuple[tuple[str, str, str, str, Place | None], ...]  # subject, relation, object, mood, cue


def parse(line: str) -> Marked:
    """Read one line.

    Raises:
        ValueError: saying what in the line is no mark, mention or mood.
    """
    marked, found, stated = line.partition(SEPARATOR)
    if not found:
        raise ValueError(f"no {SEPARATOR!r} between sentence and facts")
    text = ""
    names: list[tuple[Place, str]] = []
    mentions: dict[str, Place] = {}
    same: dict[str, str] = {}
    open_: list[tuple[int, re.Match[str]]] = []
    position = 0
    while position < len(marked):
        opening = _OPEN.match(marked, position)
        if opening is not None:
            open_.append((len(text), opening))
            position = opening.end()
            continue
        if marked[position] == "[":
            raise ValueError(f"not a mark: {marked[position : position + 12]!r}")
        if marked[position] == "]":
            if not open_:
                raise ValueError("a bracket closes that never opened")
            start, mark = open_.pop()
            if mark["name"]:
                names.append(((start, len(text)), NAMES[mark["name"]]))
            if mark["number"]:
                if mark["number"] in mentions:
                    raise ValueError(f"mention {mark['number']} is there twice")
                mentions[mark["number"]] = (start, len(text))
                if mark["same"]:
                    same[mark["number"]] = mark["same"]
        else:
            text += marked[position]
        position += 1
    if open_:
        raise ValueError("a bracket never closes")
    facts = tuple(_facts(stated, text, mentions))
    if unknown := sorted(set(same.values()) - set(mentions)):
        raise ValueError(f"'=' names no mention: {', '.join(unknown)}")
    return Marked(text, tuple(sorted(names)), mentions, same, facts)


def _facts(
    stated: str, text: str, mentions: dict[str, Place]
) -> Iterator[tuple[str, str, str, str, Place | None]]:
    for part in filter(None, map(str.strip, stated.split(";"))):
        fact = _FACT.fullmatch(part)
        if fact is None:
            raise ValueError(f"not a fact: {part!r}")
        if missing := [n for n in (fact["subject"], fact["object"]) if n not in mentions]:
            raise ValueError(f"no mention {missing[0]}: {part!r}")
        mood = fact["mood"] or "asserted"
        if mood not in MOODS:
            raise ValueError(f"no such mood: {part!r}")
        cue = None
        if fact["cue"]:
            start = text.find(fact["cue"])
            if start < 0:
                raise ValueError(f"the sentence does not hold these words: {part!r}")
            cue = (start, start + len(fact["cue"]))
        yield fact["subject"], fact["relation"], fact["object"], mood, cue


def read_written(folder: Path, source: str, tokenize: Tokenize) -> list[Passage]:
    """All sentences of a folder's `*.txt` files as passages of *source* with names and typed pairs.

    Their ``document`` is file, number of the `#` lines so far, and after a hyphen the line.

    Raises:
        KGError: naming file and line of the first mistake.
    """
    passages: list[Passage] = []
    for path in sorted(folder.glob("*.txt")):
        articles = 0
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            articles += line.startswith("#")
            if not line.strip() or line.startswith("#"):
                continue
            try:
                marked = parse(line)
            except ValueError as error:
                raise KGError(f"{path}:{number}: {error}") from error
            passages.append(_passage(source, f"{path.stem}/{articles}-{number}", marked, tokenize))
    return passages


def _passage(source: str, ident: str, marked: Marked, tokenize: Tokenize) -> Passage:
    tokens = tokenize(marked.text)
    names: list[Name] = []
    for span, label in marked.names:
        place = word_place(tokens, span)
        if place is not None and (not names or place[0] >= names[-1].end):
            names.append(Name(*place, frozenset({label})))
    return Passage(source, ident, marked.text, tokens, None, names, pairs=_pairs(marked, tokens))


def _pairs(marked: Marked, tokens: list[Place]) -> tuple[Pair, ...]:
    """The pairs of the facts; of the others those whose mentions are no other words for a pair of a fact."""
    words = [marked.text[start:end] for start, end in tokens]
    placed = ((n, word_place(tokens, span)) for n, span in marked.mentions.items())
    places = {n: _without_determiner(place, words) for n, place in placed if place is not None}
    first = {number: marked.same.get(number, number) for number in places}
    stated: dict[tuple[str, str], tuple[set[str], str, Place | None]] = {}
    for subject, relation, other, mood, cue in marked.facts:
        for pair in ((subject, other), (other, subject))[: 2 if relation in SYMMETRIC else 1]:
            stated.setdefault(pair, (set(), mood_class(mood), word_place(tokens, cue)))[0].add(relation)
    pairs = [
        Pair(places[one], places[other], frozenset(relations), mood, cue)
        for (one, other), (relations, mood, cue) in stated.items()
        if one in places and other in places and _apart(places[one], places[other])
    ]
    said = {(first.get(one), first.get(other)) for one, other in stated}
    unsaid = [
        Pair(places[one], places[other])
        for one in places
        for other in places
        if (first[one], first[other]) not in said
        and first[one] != first[other]
        and _apart(places[one], places[other])
    ]
    marked_places = sorted(places.values())
    free = [
        place
        for place in surface_places(words)
        # a pronoun nobody marked may stand for what a fact is about
        if words[place[0]].lower() not in PRONOUNS and all(_apart(place, other) for other in marked_places)
    ]
    spans = [*marked_places, *free]
    unsaid += [
        Pair(one, other)
        for one in spans
        for other in spans
        if (one in free or other in free) and _apart(one, other)
    ]
    return tuple(pairs + unsaid)


def _without_determiner(place: Place, words: list[str]) -> Place:
    """Writers differ in whether "the" and "its" belong to a mention; the mentions of kg begin behind them."""
    first, end = place
    return (first + 1, end) if end - first > 1 and words[first].lower() in DETERMINERS else place


def _apart(one: Place, other: Place) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]
