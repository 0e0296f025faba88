"""How long saving, loading and asking a graph of about 100,000 quads take, store beside store.

    python -m tests.benchmarks.rdf_stores [--articles 300] [--rounds 5]

Times are medians; engines take turns inside each round, so that a busy machine slows all of them. The column "x" is the
ratio to Oxigraph in memory, the figure to compare between machines. Not a test: nothing here fails for being slow.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import rdflib

from kg.graph import Graph
from kg.model import Claim, Reading, Ref, Referent, Span, Value
from kg.rdf.codec import decode, encode, to_nquads, to_turtle
from kg.rdf.iris import Iris
from kg.rdf.store import Store, query, to_rdflib, write_store
from tests.rdf import world
from tests.rdf.test_queries import QUERIES

RELATIONS = ("launches", "depends_on", "acquires", "investigates", "raises", "has_price")
#: Queries that rdflib's own store does not finish in minutes: joins across graphs, and p+ over a random graph.
HARD = {
    "What was denied, planned or only said by somebody? (1)",
    "On whom does it depend, directly or not? (1)",
}


def synthetic(articles: int, seed: int = 7) -> Graph:
    """A random news world: 24 claims an article about a few hundred companies, some of them in most articles."""
    rng = random.Random(seed)
    names = ["Alibaba", "Nvidia", "TSMC", *(f"Company {n}" for n in range(3 + articles))]
    readings = []
    for number in range(articles):
        id_, claims = f"a{number:05}", []
        mentioned = sorted(
            {names[int(len(names) * rng.random() ** 3)] for _ in range(14)} | {"Alibaba", "Nvidia"}
        )
        for n in range(24):
            one, two = rng.sample(mentioned, 2)
            relation = rng.choice(RELATIONS)
            amount = rng.randint(1, 999)
            value = Value("money", f"${amount} million", f"{amount}000000", "USD")
            span = Span(n * 60, n * 60 + 55)
            claims.append(
                Claim(
                    article=id_,
                    subject=one,
                    relation=relation,
                    object=value if relation in ("raises", "has_price") else Ref(two),
                    sentence=span,
                    quote=f"{one} {relation} {two}, article {number} says.".ljust(55, "."),
                    rule="verbs.clause",
                    attribution="a spokesman" if rng.random() < 0.1 else "",
                    confidence=0.9,
                    subject_span=Span(span.start, span.start + len(one)),
                )
            )
        referents = tuple(
            Referent(id_, name, name, "name", (("Company", 2),), mentions=(Span(0, 5), Span(60, 65)))
            for name in mentioned
        )
        readings.append(Reading(id_, f"News {number}", "", None, f"{number}", 2000, referents, tuple(claims)))
    return Graph.of(readings, world.ontology())


def measure(tasks: dict[str, Callable[[], object]], rounds: int) -> None:
    """Run the tasks in turn, `rounds` times after a warm-up; print medians and ratios to the first."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for round_ in range(rounds + 1):
        for name, task in tasks.items():
            started = time.perf_counter()
            task()
            if round_:
                times[name].append(time.perf_counter() - started)
    medians = {name: statistics.median(found) for name, found in times.items()}
    first = next(iter(medians.values()))
    for name, median in medians.items():
        print(f"  {name:<44} {median * 1000:10.1f} ms {median / first:9.2f}x")


def main() -> None:
    """Make the graph, then time each step."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=300)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    graph = synthetic(given.articles)
    print(
        f"{len(graph.entities)} entities, {len(graph.facts_all)} facts, {sum(1 for _ in graph.claims())} claims"
    )
    text = to_nquads(graph)
    print(f"{text.count(chr(10)):,} quads, {len(text):,} characters of N-Quads")

    print("save and load")
    measure(
        {
            "encode": lambda: encode(graph),
            "to_nquads": lambda: to_nquads(graph),
            "to_turtle": lambda: to_turtle(graph),
            "decode": lambda: decode(text),
            "decode and derive": lambda: decode(text).facts_all,
        },
        given.rounds,
    )
    with tempfile.TemporaryDirectory() as folder:
        directory = write_store(graph, Path(folder, "store"))
        file = Path(folder, "graph.nq")
        file.write_text(text, encoding="utf-8")
        memory = ox.Store()
        memory.bulk_extend(encode(graph))
        disk = ox.Store.read_only(str(directory))
        views = {store: to_rdflib(graph, store=store) for store in ("Oxigraph", "Memory")}
        prefixes = Iris().prefixes()
        print("one query, from start to answer: kg.query")
        measure(
            {
                "an open Store": (
                    lambda store: lambda: store.query(QUERIES["What does a company launch? (1)"])
                )(Store(graph)),
                "a store directory": lambda: query(directory, "ASK {}"),
                "a graph.nq": lambda: query(file, "ASK {}"),
            },
            given.rounds,
        )
        for name, sparql in QUERIES.items():
            rows = len(list(memory.query(sparql, prefixes=prefixes)))  # type: ignore[arg-type]
            print(f"{name}: {rows} rows", flush=True)
            engines = _engines(sparql, memory, disk, views, prefixes)
            if name in HARD:
                del engines["rdflib, Memory"]
            measure(engines, given.rounds)


def _engines(
    sparql: str, memory: ox.Store, disk: ox.Store, views: dict[str, rdflib.Dataset], prefixes: dict[str, str]
) -> dict[str, Callable[[], object]]:
    return {
        "pyoxigraph, memory": lambda: list(memory.query(sparql, prefixes=prefixes)),  # type: ignore[arg-type]
        "pyoxigraph, disk": lambda: list(disk.query(sparql, prefixes=prefixes)),  # type: ignore[arg-type]
        "rdflib on Oxigraph": lambda: list(views["Oxigraph"].query(sparql)),
        "rdflib, Memory": lambda: list(views["Memory"].query(sparql)),
    }


if __name__ == "__main__":
    main()
