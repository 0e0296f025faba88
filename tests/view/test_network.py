"""The graph as networkx and pyvis see it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from kg.graph import Graph
from kg.model import Fact, Modality, Polarity, Value
from kg.view.network import MOODS, mood, network, rank, to_networkx, value_text


def test_every_fact_is_an_edge_with_its_mood(small: Graph) -> None:
    net = to_networkx(small)
    assert net.number_of_edges() == len(small.facts_all)
    edge = net.edges["Velloce", "Nordvik_Robotics", "acquires (denied)"]
    assert (edge["mood"], edge["polarity"], edge["asserted"]) == ("denied", "negative", False)
    assert {data["mood"] for _, _, data in net.edges(data=True)} == set(MOODS)


def test_nodes_carry_type_aliases_and_counts(small: Graph) -> None:
    node = to_networkx(small).nodes["Orrin_Group"]
    assert (node["label"], node["type"], node["kind"]) == ("Orrin Group", "Company", "entity")
    assert "Orrin" in node["aliases"]
    assert (node["facts"], node["articles"]) == (7, 2)


def test_evidence_of_two_articles_is_one_edge(small: Graph) -> None:
    edge = to_networkx(small).edges["Orrin_Group", "Velloce", "depends_on"]
    assert (edge["evidence"], edge["articles"], edge["confidence"]) == (2, 2, 0.9)


def test_values_are_nodes_of_their_subject_only(small: Graph) -> None:
    net = to_networkx(small)
    values = [name for name, data in net.nodes(data=True) if data["kind"] != "entity"]
    assert {net.nodes[name]["label"] for name in values} >= {
        "$412",
        "12 Mar 2026",
        "about 12%",
        "€85 million",
    }
    assert all(net.degree(name) == 1 for name in values)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Value("date", "last Thursday", iso="2026-03-12"), "12 Mar 2026"),
        (Value("date", "this March", iso="2026-03"), "Mar 2026"),
        (Value("date", "third quarter", iso="2025-Q3"), "Q3 2025"),
        (Value("date", "the year", iso="2025"), "2025"),
        (Value("date", "someday"), "someday"),
        (Value("date", "odd", iso="2025-99-99"), "2025-99-99"),
        (Value("money", "$5 billion", "5000000000", "USD"), "$5 billion"),
        ("win back buyers", "win back buyers"),
    ],
)
def test_values_read_well(value: Value | str, text: str) -> None:
    assert value_text(value) == text


@pytest.mark.parametrize(
    ("polarity", "modality", "asserted", "word"),
    [
        (Polarity.POSITIVE, Modality.ASSERTED, True, "stated"),
        (Polarity.POSITIVE, Modality.ASSERTED, False, "reported"),
        (Polarity.NEGATIVE, Modality.PLANNED, False, "denied"),
        (Polarity.POSITIVE, Modality.EXPECTED, False, "planned"),
        (Polarity.POSITIVE, Modality.ALLEGED, False, "uncertain"),
    ],
)
def test_one_word_for_a_mood(polarity: Polarity, modality: Modality, asserted: bool, word: str) -> None:
    assert mood(Fact("a", "r", "b", polarity, modality, asserted, ())) == word


def test_rank_is_pagerank() -> None:
    """A star and a loose node: shares by hand from the equations of PageRank, d = 0.85."""
    net = nx.MultiDiGraph([("hub", leaf, {"asserted": True}) for leaf in "abc"])
    net.add_node("alone")
    score = rank(net)
    assert sum(score.values()) == pytest.approx(1)
    loose = 0.15 / 5 + 0.85 * score["alone"] / 5
    assert score["alone"] == pytest.approx(loose)
    assert score["hub"] == pytest.approx(loose + 0.85 * 3 * score["a"], abs=1e-4)
    assert rank(nx.MultiDiGraph()) == {}


def test_pyvis_network_is_placed_and_still(small: Graph) -> None:
    net = network(small)
    assert net.num_nodes() == len(net.nodes) == len({(node["x"], node["y"]) for node in net.nodes})
    assert net.num_edges() == len(small.facts_all)
    assert net.options.physics.enabled is False
    dashed = {(edge["from"], edge["to"]) for edge in net.edges if edge["dashes"]}
    assert ("Velloce", "Halden_Motors") in dashed


def test_same_page_in_every_process() -> None:
    """Sets of strings iterate differently from process to process; the page must not."""
    code = (
        "import hashlib; from tests.view.synthetic import large, ontology; from kg.graph import Graph;"
        "from kg.view.page import to_html;"
        "print(hashlib.sha256(to_html(Graph.of(large(300, 700, 9), ontology())).encode()).hexdigest())"
    )
    root = Path(__file__).parents[2]
    digests = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert digests[0] == digests[1]
