"""Every query of docs/queries.md: run on three engines, same answers, and the right ones."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import rdflib

import kg
from kg.rdf.store import Cell, Iri, Store, to_rdflib
from tests.rdf import world

pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib's own

MANUAL = Path(__file__).parents[2] / "docs" / "queries.md"
QUERIES = {
    f"{title} ({number})": sparql
    for title, body in re.findall(
        r"^## (.*?)\n(.*?)(?=^## |\Z)", MANUAL.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    for number, sparql in enumerate(re.findall(r"```sparql\n(.*?)```", body, re.DOTALL), 1)
}
NO = None
ANSWERS: dict[str, list[list[Cell]]] = {
    "What does a company launch? (1)": [["S1"]],
    "Everything about one thing, by whatever name (1)": [
        ["depends on", "TSMC"],
        ["has growth", "about 4.5%"],
        ["step into", "Brussels"],
    ],
    "Why do we believe it? (1)": [
        [
            "Alibaba still depends on Nvidia.",
            "art:chips%2Ftsmc",
            "2025-12-09",
            62,
            94,
            "verbs.clause",
            0.9,
            NO,
            NO,
            NO,
        ],
        [
            "Alibaba depends on Nvidia for chips.",
            "art:glasses",
            "2025-12-01",
            71,
            107,
            "verbs.clause",
            0.9,
            NO,
            NO,
            NO,
        ],
    ],
    "What was denied, planned or only said by somebody? (1)": [
        ["Meta", "acquires", "S1", "kg:modality", "planned", "Meta plans to buy S1."],
        ["Nvidia", "acquires", "TSMC", "kg:polarity", "negative", "Nvidia denied that it would buy TSMC."],
        ["Nvidia", "supply", "Alibaba", "kg:attribution", "Meta", "Meta said Nvidia supplies Alibaba."],
        ["S1", "causes", "lift margins", "kg:modality", "possible", "The launch may lift margins."],
    ],
    "Figures as numbers (1)": [["S1", 537, "USD"]],
    "Organisations of every kind (1)": [
        ["Alibaba", "company"],
        ["Competition Office", "regulator"],
        ["Meta", "company"],
        ["Nvidia", "company"],
        ["TSMC", "company"],
    ],
    "What do most articles agree on? (1)": [["Alibaba", "depends on", "Nvidia", 2]],
    "What is new since a day? (1)": [
        ["Nvidia", "acquires", "2025-12-09"],
        ["Nvidia", "depends on", "2025-12-09"],
        ["Nvidia", "has growth", "2025-12-09"],
        ["Nvidia", "step into", "2025-12-09"],
        ["Nvidia", "supply", "2025-12-09"],
        ["TSMC", "raises", "2025-12-09"],
    ],
    "On whom does it depend, directly or not? (1)": [["Nvidia"], ["TSMC"]],
    "On whom does it depend, directly or not? (2)": [["Nvidia"]],
    "What follows, though no article says it? (1)": [
        ["Alibaba", "depends on", "TSMC"],
        ["Alibaba", "offers", "S1"],
        ["S1", "launched by", "Alibaba"],
    ],
    "What follows, though no article says it? (2)": [
        ["depends_on ∘ depends_on → depends_on", "Alibaba depends on Nvidia for chips."],
        ["depends_on ∘ depends_on → depends_on", "Alibaba still depends on Nvidia."],
        ["depends_on ∘ depends_on → depends_on", "Nvidia depends on TSMC."],
    ],
    "What follows, though no article says it? (3)": [["Nvidia", True], ["TSMC", False]],
    "Which relations does the ontology not know yet? (1)": [["step into", 1], ["supply", 1]],
    "When did it happen? (1)": [["Alibaba unveiled the S1 last Thursday.", "2025-11-27"]],
    "What does an article call it, and where? (1)": [
        ["art:chips%2Ftsmc", "Nvidia", "0,6"],
        ["art:chips%2Ftsmc", "Nvidia", "105,111"],
        ["art:chips%2Ftsmc", "Nvidia", "130,136"],
        ["art:chips%2Ftsmc", "Nvidia", "38,44"],
        ["art:chips%2Ftsmc", "Nvidia", "87,93"],
        ["art:glasses", "Nvidia", "90,96"],
    ],
    "Which run made this graph? (1)": [[kg.__version__, "kg_test 1.0", world.ontology().digest, 3]],
    "A part of the graph, as triples (1)": [
        ["ent:Alibaba", "kg:depends_on", "ent:Nvidia"],
        ["ent:Nvidia", "kg:depends_on", "ent:TSMC"],
        ["ent:Nvidia", "kg:has_growth", "val:about-4.5-percent"],
        ["ent:Nvidia", "rdf:type", "kg:Company"],
        ["ent:Nvidia", "rel:step_into", "ent:Brussels"],
    ],
}


@pytest.fixture(scope="module")
def store() -> object:
    with Store(world.graph()) as opened:
        yield opened


@pytest.fixture(scope="module", params=["Memory", "Oxigraph"])
def dataset(request: pytest.FixtureRequest) -> rdflib.Dataset:
    return to_rdflib(world.graph(), store=request.param)


@pytest.mark.parametrize("name", QUERIES)
def test_each_query_of_the_manual_gives_its_answer(name: str, store: Store) -> None:
    rows = store.query(QUERIES[name]).rows
    found = [[cell.short if isinstance(cell, Iri) else cell for cell in row] for row in rows]
    if "ORDER BY" not in QUERIES[name]:
        found.sort(key=str)
    assert found == ANSWERS[name]


@pytest.mark.parametrize("name", QUERIES)
def test_rdflib_agrees(name: str, store: Store, dataset: rdflib.Dataset) -> None:
    ours = Counter(tuple(map(_plain, row)) for row in store.query(QUERIES[name]).rows)
    theirs = Counter(
        tuple(None if cell is None else _plain(cell.toPython()) for cell in row)
        for row in dataset.query(QUERIES[name])
    )
    assert theirs == ours


def _plain(cell: object) -> str | None:
    """A cell as text, numbers without trailing zeros."""
    text = None if cell is None else str(cell)
    return text.removesuffix(".0") if text else text


def test_the_manual_has_the_queries_tested_here() -> None:
    assert list(QUERIES) == list(ANSWERS)
