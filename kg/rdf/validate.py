"""Which constraints a graph breaks, each with the facts that break it and the sentences behind them.

Checked is all that is stated and inferred, as one graph, and beside it when things happened (`kg.rdf.sides`), so that plain shapes
can put events in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.findings import Finding, Side
from kg.graph import Graph
from kg.rdf.conclusions import conclusions
from kg.rdf.constraints import to_sparql
from kg.rdf.encode import facts
from kg.rdf.infer import infer
from kg.rdf.iris import INFERRED, Iris, unquote
from kg.rdf.shapes import Constraint
from kg.rdf.sides import Sides

MAX_FINDINGS = 1000  # of one constraint: a shape that everything breaks is itself the mistake
MAX_SIDES = 20  # facts shown of one finding


def violations(graph: Graph, constraints: Iterable[Constraint]) -> Iterator[Finding]:
    """What breaks each constraint, in the order of the constraints and then of the nodes.

    >>> [finding.message for finding in violations(graph, shapes_of(graph.ontology))]
    ['more than one “was founded on”, of which there can be one at most']
    """
    iris = Iris(namespace=graph.ontology.namespace)
    inference = infer(graph)
    sides = Sides(graph, inference, iris)
    names = {iris.entity(entity.id).value: entity.id for entity in graph.entities}
    store = ox.Store()
    triples = ((t.subject, t.predicate, t.object) for t in facts(graph))
    store.bulk_extend(ox.Quad(*triple) for triple in triples if triple not in sides.vague)
    inferred = (quad for quad in conclusions(graph, iris, inference) if quad.graph_name == INFERRED)
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in inferred)
    store.bulk_extend(ox.Quad(*triple) for triple in sides.times)
    for constraint in constraints:
        for focus, *values in _rows(store, constraint):
            shown = _sides(sides, constraint, focus, values)
            message = constraint.message or _message(constraint, values)
            name = names.get(focus) or _short(focus)
            yield Finding(constraint.severity, constraint.shape, name, message, shown)


def _rows(store: ox.Store, constraint: Constraint) -> list[tuple[str, ...]]:
    """The answers of a constraint's query, sorted, each once."""
    answers = store.query(to_sparql(constraint))
    assert isinstance(answers, ox.QuerySolutions)
    found = {tuple(term.value for term in row if term is not None) for row in answers}
    return sorted(found)[:MAX_FINDINGS]


def _sides(sides: Sides, constraint: Constraint, focus: str, values: list[str]) -> tuple[Side, ...]:
    """The facts that lead from the focus to these values; all facts the constraint speaks of where none does."""
    pairs = constraint.component in ("lessThan", "lessThanOrEquals", "disjoint", "equals")
    others = [value.strip("<>") for value in constraint.values] if pairs else []
    there = sides.at(focus, constraint.predicates)
    beside = sides.at(focus, others)
    meant = [found[value] for found in (there, beside) for value in values if value in found]
    shown = meant or [*there.values(), *beside.values()]
    return tuple(sorted(dict.fromkeys(shown), key=lambda side: side.statement))[:MAX_SIDES]


def _message(constraint: Constraint, values: list[str]) -> str:
    """What is wrong, where the shape has no words for it: "founded_on: lessThan closed_on is broken by 2020 and 2019"."""
    path = ", ".join(map(_short, constraint.predicates)) or "the node itself"
    wanted = " or ".join(map(_short, constraint.values))
    return f"{path}: {constraint.component} {wanted} is broken" + (
        f" by {' and '.join(map(_short, values))}" if values else ""
    )


def _short(term: str) -> str:
    """The name in an IRI, the text of a literal."""
    if term.startswith('"'):
        return term[1 : term.rindex('"')]
    return unquote(term.strip("<>").rpartition("#")[2].rpartition("/")[2]) or term
