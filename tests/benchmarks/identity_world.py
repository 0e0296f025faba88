"""Linking a made-up world: pairwise precision and recall, and time per mention at ten times the mentions.

    python -m tests.benchmarks.identity_world [--things 2000] [--articles 20000]

One run measures all sizes, so that the machine is the same. Floors: precision 0.98, recall 0.90, and at ten times the mentions of
the same things at most 1.3 times the time for each. With ten times the things, too, more names are nearly alike.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections import Counter

import kg
from kg.graph import Graph
from kg.resolve.context import hints
from kg.resolve.link import resolve
from tests.resolve.world import World, make, pairs


def measure(world: World, repeat: int = 3) -> tuple[float, Graph]:
    """Microseconds per referent to link a world, the best of some runs, and its graph."""
    ontology = kg.load_ontology()
    referents = [referent for reading in world.readings for referent in reading.referents]
    best = float("inf")
    gc.collect()
    gc.freeze()  # the made-up world is no garbage of the linking
    for _ in range(repeat):
        started = time.process_time()  # of this process alone: others may be busy
        resolve(referents, ontology, hints=hints(world.readings, ontology))
        best = min(best, time.process_time() - started)
    gc.unfreeze()
    return 1e6 * best / len(referents), Graph.of(world.readings, ontology)


def mistakes(world: World, graph: Graph, most: int = 15) -> list[str]:
    """The entities that hold most pairs of different things."""
    found = []
    for entity in graph.entities:
        inside = Counter(world.meant[place] for place in entity.referents if place in world.full)
        if len(inside) > 1:
            names = ", ".join(f"{world.things[n].name} ({c})" for n, c in inside.most_common(4))
            found.append((sum(inside.values()) - max(inside.values()), f"{entity.id}: {names}"))
    return [line for _, line in sorted(found, reverse=True)[:most]]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--things", type=int, default=2000)
    parser.add_argument("--articles", type=int, default=20000)
    parser.add_argument("--mistakes", action="store_true")
    options = parser.parse_args()
    tenth, _ = measure(make(options.things // 10, options.articles // 10))
    small, _ = measure(make(options.things, options.articles // 10))
    world = make(options.things, options.articles)
    large, graph = measure(world)
    precision, recall = pairs(world, graph.entities)
    print(f"{len(world.meant)} referents of {options.things} things in {options.articles} articles")
    print(f"pairwise precision {precision:.4f}, recall {recall:.4f}; {len(graph.entities)} entities")
    print(
        f"{large:.1f} microseconds per referent; {small:.1f} with a tenth of the articles: growth {large / small:.2f}"
    )
    print(f"{tenth:.1f} with a tenth of the articles and of the things: growth {large / tenth:.2f}")
    if options.mistakes:
        print(*mistakes(world, graph), sep="\n")
        rungs = Counter((join.rung, join.made) for join in graph.linking.joins)
        print(*(f"{rung}: {count}" for rung, count in sorted(rungs.items())), sep="\n")


if __name__ == "__main__":
    main()
