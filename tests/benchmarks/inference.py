"""How long inference takes on a synthetic graph and on one ten times as large: time and conclusions must grow alike.

    python -m tests.benchmarks.inference [--facts 5000]

Uses the shipped ontology: firms use products that others make or develop, subsidiaries of subsidiaries, places in places,
rivals, customers. Not a test: nothing here fails for being slow.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter

from kg.graph import Graph
from kg.rdf.infer import infer
from kg.rdf.schema import load_ontology
from tests.rdf.facts import Said, reading

RELATIONS = (
    "uses",
    "uses",
    "manufactures",
    "develops",
    "launches",
    "supplies_to",
    "competes_with",
    "partners_with",
    "headquartered_in",
)


def synthetic(facts: int, seed: int = 7) -> Graph:
    """`facts` triples about a tenth as many firms and products, with short chains of ownership and of places."""
    rng = random.Random(seed)
    count = max(10, facts // 10)
    said: list[Said] = []
    while len(said) < facts:
        relation = rng.choice(RELATIONS)
        one = rng.randrange(count)
        other = {
            "uses": "Product",
            "manufactures": "Product",
            "develops": "Product",
            "launches": "Product",
            "headquartered_in": "Town",
        }
        said.append((f"Firm {one}", relation, f"{other.get(relation, 'Firm')} {rng.randrange(count)}"))
        if one % 5:
            said.append((f"Firm {one}", "subsidiary_of", f"Firm {one - 1}"))
            said.append((f"Town {one}", "located_in", f"Town {one - one % 5}"))
    kinds = {"Firm": "Company", "Product": "Product", "Town": "Place"}
    types = {f"{kind} {n}": kinds[kind] for kind in kinds for n in range(count)}
    parts = [reading(said[n : n + 50], types, article=f"a{n:07}") for n in range(0, len(said), 50)]
    return Graph.of(parts, load_ontology())


def main() -> None:
    """Print facts, conclusions, seconds, and seconds per thousand facts for both sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=5000)
    size = parser.parse_args().facts
    print(f"{'facts':>8} {'conclusions':>12} {'seconds':>8} {'ms/fact':>8}")
    for facts in (size, 10 * size):
        graph = synthetic(facts)
        stated = sum(1 for _ in graph.facts())
        started = time.process_time()
        found = infer(graph)
        seconds = time.process_time() - started
        kinds = dict(sorted(Counter(fact.axiom.kind for fact in found.facts).items()))
        print(
            f"{stated:>8} {len(found.facts):>12} {seconds:>8.2f} {1000 * seconds / stated:>8.3f}  {kinds} given up: {len(found.given_up)}"
        )


if __name__ == "__main__":
    main()
