"""Positions: everything placed, nothing on top of anything else, related things near each other."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from kg.graph import Graph
from kg.view.data import view
from kg.view.layout import layout

Page = dict[str, Any]


@pytest.fixture(scope="module")
def page(large: Graph) -> Page:
    return view(large)


def placed(page: Page) -> list[Page]:
    return [node for node in page["nodes"] if "x" in node]


def test_dots_do_not_overlap(small: Graph) -> None:
    nodes = placed(view(small))
    for i, one in enumerate(nodes):
        for two in nodes[:i]:
            distance = math.hypot(one["x"] - two["x"], one["y"] - two["y"])
            assert distance > one["size"] + two["size"], (one["id"], two["id"])


def test_large_graph_is_drawn_within_its_budget(page: Page) -> None:
    nodes = placed(page)
    assert len(nodes) == 1500
    points = np.array([(node["x"], node["y"]) for node in nodes])
    sizes = np.array([node["size"] for node in nodes])
    distance = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    overlaps = np.triu(distance < sizes[:, None] + sizes[None, :], 1).sum()
    assert overlaps < 15, "of more than a million pairs"
    width, height = np.ptp(points, axis=0)
    assert 0.8 < width / height < 2.6, "the shape of a screen"


def test_neighbours_stand_nearer_than_strangers(page: Page) -> None:
    at = {i: (node["x"], node["y"]) for i, node in enumerate(page["nodes"]) if "x" in node}
    linked = [math.dist(at[f["s"]], at[f["o"]]) for f in page["facts"] if f["s"] in at and f["o"] in at]
    names = sorted(at)
    others = [math.dist(at[a], at[b]) for a, b in zip(names, names[len(names) // 2 :], strict=False)]
    assert np.median(linked) < 0.4 * np.median(others)


def test_values_circle_their_subject() -> None:
    found = layout(
        ["a", "v1", "v2", "b"], [("a", "b", 1)], {"a": 10, "b": 10, "v1": 4, "v2": 4}, {"v1": "a", "v2": "a"}
    )
    a, b = found.positions["a"], found.positions["b"]
    for value in ("v1", "v2"):
        assert math.dist(found.positions[value], a) < math.dist(found.positions[value], b)
    assert found.communities.keys() == {"a", "b"}


@pytest.mark.parametrize("count", [0, 1, 2, 3, 600])
def test_any_number_of_loose_nodes(count: int) -> None:
    names = [f"n{i}" for i in range(count)]
    found = layout(names, [], dict.fromkeys(names, 8.0), {})
    assert len(set(found.positions.values())) == count


def test_star_of_a_thousand() -> None:
    """One community larger than the forces can take."""
    names = [f"n{i}" for i in range(1000)]
    found = layout(names, [("n0", name, 1.0) for name in names[1:]], dict.fromkeys(names, 8.0), {})
    assert len(set(found.positions.values())) == 1000
