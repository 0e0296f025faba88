"""Every example sentence of the ontology is read by the shipped pipeline as the ontology says; none is let off."""

from __future__ import annotations

import pytest

import kg
from kg.ontology import Ontology
from tests.ontology.examples import run

EXAMPLES, COUNTEREXAMPLES = 3, 2  # of each relation, at least


def test_every_relation_shows_what_says_it_and_what_does_not(ontology: Ontology) -> None:
    poor = [
        name
        for name, relation in sorted(ontology.relations.items())
        if len(relation.examples) < EXAMPLES or len(relation.counterexamples) < COUNTEREXAMPLES
    ]
    assert poor == []


@pytest.mark.slow
def test_examples_are_read_as_the_ontology_says(ontology: Ontology) -> None:
    wrong = [f"{o.relation}: {o.text}" for o in run(ontology, kg.load_pipeline()) if not o.passed]
    assert wrong == []
