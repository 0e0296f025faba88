"""What an ontology does with texts, for whoever writes one: cues and the sentences they fired on, examples run, words unmatched."""

from __future__ import annotations

from kg.rulebook.candidates import Candidate, unmatched
from kg.rulebook.examples import Outcome, run_examples
from kg.rulebook.show import overview, relation_lines
from kg.rulebook.suggest import suggest
from kg.rulebook.turtle import to_turtle

__all__ = [
    "Candidate",
    "Outcome",
    "overview",
    "relation_lines",
    "run_examples",
    "suggest",
    "to_turtle",
    "unmatched",
]
