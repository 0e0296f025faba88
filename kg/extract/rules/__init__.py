"""All constructions kg can read, in one written list."""

from __future__ import annotations

from kg.extract.frames import Rule
from kg.extract.rules import attached, copulas, lists, measures, nouns, places, results, verbs

RULES: tuple[Rule, ...] = (
    *verbs.RULES,
    *copulas.RULES,
    *results.RULES,
    *nouns.RULES,
    *attached.RULES,
    *measures.RULES,
    *lists.RULES,
    *places.RULES,
)

__all__ = ["RULES", "Rule"]
