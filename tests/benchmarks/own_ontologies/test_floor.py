"""The floor of the own-ontology benchmark: what is kept here keeps being read."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.rdf.schema import load_ontology
from tests.benchmarks.own_ontologies.score import HERE, items, report

FILES = sorted(HERE.glob("*/*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_triple_is_of_its_ontology_and_its_sentence(file: Path) -> None:
    relations = load_ontology(file.with_suffix(".ttl")).relations
    read = items(file)
    assert len(read) >= 25
    for item in read:
        for triple in item.triples:
            assert triple.relation in relations, triple
            assert triple.optional or triple.subject.split()[-1].lower() in item.text.lower(), triple


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("part", ["open", "held"])
def test_the_floor(part: str) -> None:
    total = report(part, kg.load_pipeline())[""]
    assert total.precision >= 0.82
    assert total.recall >= 0.68
