"""Linking a made-up world in which it is known who is meant: floors of precision, recall and growth."""

from __future__ import annotations

import pytest

import kg
from kg.graph import Graph
from tests.benchmarks.identity_world import measure
from tests.resolve.world import World, make, pairs


@pytest.fixture(scope="module")
def world() -> World:
    return make(400, 2000, seed=2)


def test_a_world_is_the_same_in_every_run(world: World) -> None:
    again = make(400, 2000, seed=2)
    assert again == world
    assert len(world.meant) == len(
        {(r.article, r.key) for reading in world.readings for r in reading.referents}
    )


def test_precision_and_recall(world: World) -> None:
    precision, recall = pairs(world, Graph.of(world.readings, kg.load_ontology()).entities)
    assert precision >= 0.98
    assert recall >= 0.90


def test_two_halves_merged_are_the_whole(world: World) -> None:
    ontology = kg.load_ontology()
    readings = world.readings[:600]
    halves = (Graph.of(readings[::2], ontology), Graph.of(readings[1::2], ontology))
    assert kg.merge(*halves).entities == Graph.of(readings, ontology).entities


@pytest.mark.slow
def test_the_whole_world_and_the_time_for_it() -> None:
    small, _ = measure(make(2000, 2000))
    world = make(2000, 20000)
    large, graph = measure(world)
    precision, recall = pairs(world, graph.entities)
    assert precision >= 0.98
    assert recall >= 0.90
    assert large <= 1.3 * small
