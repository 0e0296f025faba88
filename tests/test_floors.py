"""The quality floors of tests/floors.json hold; see tests/floors.py."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from tests.conftest import SAMPLES
from tests.floors import (
    DEV,
    PAGE,
    below,
    gold,
    measure_dev,
    measure_open,
    measure_samples,
    read_floors,
    table,
)
from tests.scoring import score

pytestmark = pytest.mark.model


def test_the_samples(samples: kg.Result) -> None:
    assert below(measure_samples(samples), read_floors()["samples"]) == []


if (
    DEV.exists()
):  # users do not have these articles; conftest.py says in pytest's header whether they are there

    @pytest.mark.slow
    def test_the_development_articles() -> None:
        assert below(measure_dev(), read_floors()["dev"]) == []

    @pytest.mark.slow
    def test_open_extraction() -> None:
        assert below(measure_open(), read_floors()["open"]) == []


def test_the_page_shows_the_floors() -> None:
    assert table(read_floors()) in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", gold(), ids=lambda file: file["id"])
def test_gold_facts_are_about_their_article(file: dict[str, object]) -> None:
    text = Path(SAMPLES, f"{file['id']}.txt").read_text(encoding="utf-8")
    facts, wrong, entities = file["facts"], file["must_not"], file["entities"]
    assert isinstance(facts, list) and isinstance(wrong, list) and isinstance(entities, list)  # noqa: PT018
    names = {entity["name"] for entity in entities}
    assert len(facts) >= 7
    assert len(wrong) >= 3
    for fact in facts:
        assert fact["evidence"] in text, fact["id"]
        assert fact["subject"] in names, fact["id"]
    for entity in entities:
        for alias in entity["aliases"]:
            assert alias.casefold() in text.casefold(), alias


FILE = {
    "id": "x",
    "facts": [
        {
            "id": "1",
            "subject": "Acme",
            "relation": "acquires",
            "object": "Beta",
            "qualifiers": {"modality": "planned"},
        },
        {"id": "2", "subject": "Beta", "relation": "has_price", "object": "€2.3 billion", "qualifiers": {}},
        {"id": "3", "subject": "Beta", "relation": "partners_with", "object": "Acme", "qualifiers": {}},
    ],
    "must_not": [
        {
            "id": "N",
            "subject": "Acme",
            "relation": "acquires",
            "object": "Beta",
            "why": "",
            "unless": {"modality": "planned"},
        }
    ],
    "entities": [{"name": "Acme", "aliases": ["the buyer"]}, {"name": "Beta", "aliases": []}],
}


def record(subject: str, relation: str, target: str, **more: object) -> dict[str, object]:
    plain = {"polarity": None, "modality": None, "qualifiers": {}, "subject_type": None}
    names = {"article": "x", "subject": subject, "relation": relation, "object": target}
    return {**plain, **names, "subject_aliases": [], "object_aliases": [], **more}


@pytest.mark.parametrize(
    ("row", "found", "stated"),
    [
        (record("Acme Inc.", "acquires", "the Beta", modality="expected"), ("1",), ()),
        (record("ACME", "acquires", "Beta"), (), ("N",)),
        (record("Acme", "acquires", "Beta", polarity="negative"), (), ()),
        (record("Gamma", "acquires", "Beta", modality="planned"), (), ()),
        (record("Gamma", "acquires", "Beta", modality="planned", subject_aliases=["the buyer"]), ("1",), ()),
        (record("Beta", "acquires", "Acme", modality="planned"), (), ()),
        (record("Beta", "has_price", "cash", qualifiers={"value": 2300000000, "unit": "EUR"}), ("2",), ()),
        (record("Beta", "has_price", "€2.3 million"), (), ()),
        (record("Acme", "partners_with", "Beta"), ("3",), ()),
        (record("Acme", "acquires", "Beta", modality="planned", article="y"), (), ()),
    ],
)
def test_the_scorer(row: dict[str, object], found: tuple[str, ...], stated: tuple[str, ...]) -> None:
    result = score(FILE, [json.loads(json.dumps(row))])
    assert (result.found, result.stated) == (found, stated)


def test_a_worse_figure_is_told() -> None:
    floors = {"recall": 0.5, "stated": 1, "evidence_exact": 1.0}
    assert below({"recall": 0.49, "stated": 1, "evidence_exact": 1.0}, floors) == []
    assert below({"recall": 0.47, "stated": 2, "evidence_exact": 0.999}, floors) == [
        "recall is 0.47, less than 0.5",
        "stated is 2, more than 1",
        "evidence_exact is 0.999, less than 1.0",
    ]
