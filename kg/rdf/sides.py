"""What a check can show: for each node and relation the facts there, in words, with the sentences behind them.

Beside stated and inferred facts these are the times of what happened: `when:launches` are the dates on which, as a sentence says,
something launches something (the `time` of a stated claim), `when:launched_by` the same of the thing launched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.findings import Side
from kg.graph import Graph, asserted
from kg.model import Claim, Fact, Modality, Polarity, Ref, Value
from kg.rdf.infer import Inference, Statement, infer
from kg.rdf.iris import Iris, Node, quote
from kg.rdf.literals import object_term
from kg.rdf.vocabulary import WHEN

Triple = tuple[Node, Node, Node | ox.Literal]


class Sides:
    """The facts of a graph by node, direction and relation.

    `times` are the `when:` triples; `vague` those stated ones whose object is a date nobody can compare ("earlier this month").
    """

    def __init__(self, graph: Graph, inference: Inference, iris: Iris) -> None:
        self._graph, self._iris = graph, iris
        self._found: dict[tuple[str, str], dict[str, Side]] = {}  # node, relation -> other end -> fact
        self.times: list[Triple] = []
        self.vague: set[Triple] = set()
        stated: dict[Statement, tuple[Claim, ...]] = {}
        for fact in graph.facts():
            said = Statement(fact.subject, fact.relation, fact.object)
            stated[said] = tuple(claim for claim in fact.claims if asserted(claim))
            self._add(said, fact.open, Side(worded(graph, said), stated[said]))
            self._add_times(fact, said)
        for inferred in inference.facts:
            claims = tuple(dict.fromkeys(_claims(inferred.statement, inference, stated)))
            self._add(inferred.statement, False, Side(worded(graph, inferred.statement), claims, True))

    def at(self, node: str, relations: Iterable[str]) -> dict[str, Side]:
        """The facts of these relations at a node, by their other end; "^" before a relation: those that lead to the node."""
        return {
            other: side for name in relations for other, side in self._found.get((node, name), {}).items()
        }

    def of(self, said: Statement, open_: bool = False) -> Side | None:
        """The side that shows a fact; None where it is neither stated nor inferred."""
        subject, relation = self._iris.entity(said.subject), self._iris.relation(said.relation, open_)
        return self._found.get((subject.value, relation.value), {}).get(
            object_term(said.object, self._iris).value
        )

    def _add(self, said: Statement, open_: bool, side: Side) -> None:
        subject, target = self._iris.entity(said.subject), object_term(said.object, self._iris)
        triple = (subject, self._iris.relation(said.relation, open_), target)
        self._put(triple, side)
        if isinstance(said.object, Value) and said.object.kind == "date" and said.object.iso is None:
            self.vague.add(triple)

    def _put(self, triple: Triple, side: Side) -> None:
        subject, relation, target = triple
        self._found.setdefault((subject.value, relation.value), {}).setdefault(target.value, side)
        self._found.setdefault((target.value, f"^{relation.value}"), {}).setdefault(subject.value, side)

    def _add_times(self, fact: Fact, said: Statement) -> None:
        relation = self._graph.ontology.relations.get(fact.relation)
        ends = [(fact.subject, fact.relation)]
        back = (relation.name if relation.symmetric else relation.inverse) if relation is not None else ""
        if isinstance(fact.object, Ref) and back:
            ends.append((fact.object.key, back))
        for claim in fact.claims:
            for key, value in claim.qualifiers:
                if key == "time" and isinstance(value, Value) and value.iso and asserted(claim):
                    side = Side(f"{worded(self._graph, said)} ({value.iso})", (claim,))
                    for entity, name in ends:
                        node, date = self._iris.entity(entity), object_term(value, self._iris)
                        self.times.append((node, Node(WHEN + quote(name)), date))
                        self._put(self.times[-1], side)


def inferred_facts(graph: Graph) -> list[tuple[Fact, str]]:
    """Conclusions as facts with the claims of their premises, each with its axiom: what a page draws.

    Inverse and symmetric ones are left out, since an edge can be read from both ends; so are values, which stand beside theirs.

    >>> [(fact.subject, fact.relation, axiom) for fact, axiom in inferred_facts(graph)]
    [('S1', 'depends_on', 'uses ∘ ^develops → depends_on')]
    """
    inference = infer(graph)
    stated = {Statement(f.subject, f.relation, f.object): f.claims for f in graph.facts()}
    drawn = []
    for inferred in inference.facts:
        said = inferred.statement
        if inferred.axiom.kind not in ("inverse", "symmetric") and isinstance(said.object, Ref):
            claims = tuple(dict.fromkeys(_claims(said, inference, stated)))
            fact = Fact(
                said.subject, said.relation, said.object, Polarity.POSITIVE, Modality.ASSERTED, False, claims
            )
            drawn.append((fact, str(inferred.axiom)))
    return drawn


def worded(graph: Graph, said: Statement) -> str:
    """A fact in words: "S1 available from 2025-11"."""
    relation = graph.ontology.relations.get(said.relation)
    words = relation.label if relation else said.relation.replace("_", " ")
    target = said.object
    if isinstance(target, Ref):
        name = graph.entity(target.key).label
    else:
        name = (target.iso or target.text) if isinstance(target, Value) else target
    return f"{graph.entity(said.subject).label} {words} {name}"


def _claims(
    said: Statement, inference: Inference, stated: dict[Statement, tuple[Claim, ...]]
) -> Iterator[Claim]:
    """The claims a statement rests on, in the end. Premises are earlier conclusions, so this ends."""
    inferred = inference.conclusion(said)
    if inferred is None:
        yield from stated.get(said, ())
    else:
        for premise in inferred.premises:
            yield from _claims(premise, inference, stated)
