"""All constructions kg can read, in one written list."""

from __future__ import annotations

from kg.extract.frames import Rule
from kg.extract.rules import copulas, measures, nouns, verbs

RULES: tuple[Rule, ...] = (*verbs.RULES, *copulas.RULES, *nouns.RULES, *measures.RULES)

__all__ = ["RULES", "Rule"]
