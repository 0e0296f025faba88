"""All constructions kg can read, in one written list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.frames import Rule, Sentence
from kg.extract.rules import (
    attached,
    beside,
    blame,
    causes,
    copulas,
    duties,
    encyclopedic,
    lists,
    measures,
    nouns,
    places,
    results,
    undergoers,
    verbs,
)
from kg.model import Frame

RULES: tuple[Rule, ...] = (
    *verbs.RULES,
    *duties.RULES,
    *blame.RULES,
    *causes.RULES,
    *copulas.RULES,
    *results.RULES,
    *nouns.RULES,
    *undergoers.RULES,
    *attached.RULES,
    *beside.RULES,
    *measures.RULES,
    *lists.RULES,
    *places.RULES,
    *encyclopedic.RULES,
)


def find_all(sentence: Sentence, rules: Sequence[Rule] = RULES) -> Iterator[Frame]:
    """The frames of one sentence; rules that share a function (`verbs.clause`, `verbs.idiom`) are read in one go."""
    for find in dict.fromkeys(rule.find for rule in rules):
        yield from find(sentence)


__all__ = ["RULES", "Rule", "find_all"]
