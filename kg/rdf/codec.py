"""Graph <-> text: N-Quads (everything) and Turtle (the facts, to read). Same graph, same bytes, whatever the order of articles."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.graph import Graph
from kg.rdf.decode import decode
from kg.rdf.encode import ALIAS, encode, facts
from kg.rdf.iris import Iris
from kg.rdf.literals import LABEL, TYPE
from kg.rdf.vocabulary import BASE

__all__ = ["decode", "encode", "to_nquads", "to_turtle"]


def to_nquads(graph: Graph, *, base: str = BASE, inference: bool = True) -> str:
    """All of a graph as N-Quads (W3C), one statement a line, sorted, "\\n" at each end. What `decode` reads.

    `inference=False` leaves out what follows from the facts by the ontology's axioms.

    >>> decode(to_nquads(graph)) == graph
    True
    """
    text = _serialize(encode(graph, base=base, inference=inference), ox.RdfFormat.N_QUADS)
    return "".join(
        sorted(f"{line}\n" for line in text.split("\n") if line)
    )  # not splitlines: U+2028 may be inside one


def to_turtle(graph: Graph, *, base: str = BASE) -> str:
    """The facts as Turtle, grouped by subject and sorted: entities, asserted facts, value nodes. Evidence is left out.

    >>> print(to_turtle(graph))  # doctest: +SKIP
    ent:Alibaba a kg:Company ;
        rdfs:label "Alibaba" ;
        kg:launches ent:S1 .
    """
    prefixes = Iris(base, graph.ontology.namespace).prefixes()
    triples = sorted(facts(graph, base=base), key=_order)
    body = _serialize(triples, ox.RdfFormat.TURTLE, prefixes)
    lines = [line.replace("\t", "    ", 1) for line in body.split("\n") if not line.startswith("@prefix ")]
    blocks = "\n".join(f"{line}\n" if line.endswith(" .") else line for line in lines)
    used = sorted(prefix for prefix in prefixes if f"{prefix}:" in blocks)
    return (
        "\n".join(f"@prefix {prefix}: <{prefixes[prefix]}> ." for prefix in used) + f"\n\n{blocks.rstrip()}\n"
    )


def _serialize(
    statements: Iterable[ox.Quad] | Iterable[ox.Triple],
    format: ox.RdfFormat,
    prefixes: dict[str, str] | None = None,
) -> str:
    return (ox.serialize(statements, format=format, prefixes=prefixes) or b"").decode()


def _order(triple: ox.Triple) -> tuple[int, str, int, str, str]:
    """Entities, values, vocabulary; in each by subject: type, label, other names, then the rest by predicate and object."""
    subject, predicate = str(triple.subject), str(triple.predicate)
    group = 0 if "/entity/" in subject else 1 if "/value/" in subject else 2
    rank = next((i for i, word in enumerate((TYPE, LABEL, ALIAS)) if triple.predicate == word), 3)
    return group, subject, rank, predicate, str(triple.object)
