"""What follows from the stated facts by the ontology's axioms, each conclusion with its premises (a small part of OWL 2 RL).

Every axiom is a path of relations that implies a relation, some steps read backwards ("^"):

    sub-property  (prp-spo1)   launches             → offers
    inverse       (prp-inv)    ^launches            → launched_by
    symmetric     (prp-symp)   ^partners_with       → partners_with
    transitive    (prp-trp)    part_of ∘ part_of    → part_of
    chain         (prp-spo2)   uses ∘ ^manufactures → depends_on

So there is one kind of rule: a SPARQL query for each step that may be new. Rounds are semi-naive: each joins what the last one
found with all that is known, until nothing is new; circles of axioms end there, too. Only stated facts (affirmed, unhedged, in
the article's own voice) are premises at the start. Equal graphs give equal conclusions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.graph import Graph
from kg.model import Ref, Value
from kg.ontology import Ontology
from kg.rdf.iris import Iris, Node, quote
from kg.rdf.literals import term as value_term

ROWS_PER_FACT, FREE_ROWS = (
    30,
    10_000,
)  # answers of all rules together: so time and size stay linear in the facts
_KNOWN, _NEW = Node("urn:kg:known"), Node("urn:kg:new")

Term = ox.NamedNode | ox.Literal
Triple = tuple[Term, Node, Term]
Nodes = tuple[Term, ...]  # along the path of an axiom: one more than it has steps


@dataclass(frozen=True, slots=True, order=True)
class Axiom:
    """`path` implies `relation`. `kind`: "sub-property", "inverse", "symmetric", "transitive" or "chain"."""

    kind: str
    path: tuple[str, ...]
    relation: str

    def __str__(self) -> str:
        return f"{' ∘ '.join(self.path)} → {self.relation}"


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact without its witnesses. Subject and `Ref.key` are ids of entities."""

    subject: str
    relation: str
    object: Ref | Value | str


@dataclass(frozen=True, slots=True)
class Inferred:
    """A conclusion that no article states. `premises` lie along the axiom's path: stated facts, or earlier conclusions."""

    statement: Statement
    axiom: Axiom
    premises: tuple[Statement, ...]


@dataclass(frozen=True)
class Inference:
    """All conclusions, sorted, and the axioms that were given up since they would have concluded too much."""

    facts: tuple[Inferred, ...] = ()
    given_up: tuple[Axiom, ...] = ()

    def conclusion(self, statement: Statement) -> Inferred | None:
        """The conclusion that says this; None where it is stated, or unknown."""
        return self._by_statement.get(statement)

    @cached_property
    def _by_statement(self) -> dict[Statement, Inferred]:
        return {fact.statement: fact for fact in self.facts}


def axioms(ontology: Ontology) -> tuple[Axiom, ...]:
    """The axioms of an ontology's relations, sorted. An inverse that is no relation itself is concluded under its own name.

    >>> sorted({axiom.kind for axiom in axioms(load_ontology())})
    ['chain', 'inverse', 'sub-property', 'symmetric', 'transitive']
    """
    found: set[Axiom] = set()
    for relation in ontology.relations.values():
        name = relation.name
        found |= {Axiom("sub-property", (name,), parent) for parent in relation.parents}
        found |= {Axiom("chain", chain, name) for chain in relation.chains}
        if relation.inverse and relation.inverse != name:
            found.add(Axiom("inverse", (f"^{name}",), relation.inverse))
        if relation.symmetric or relation.inverse == name:
            found.add(Axiom("symmetric", (f"^{name}",), name))
        if relation.transitive:
            found.add(Axiom("transitive", (name, name), name))
    return tuple(sorted(found))


def infer(graph: Graph) -> Inference:
    """Everything that follows from the stated facts of a graph and is not stated itself.

    A conclusion is dropped where its subject or object is of a class outside the relation's domain or range. An axiom whose
    answers would exceed the bound above is given up and named in the result. Of several derivations the one of the
    earliest round, the first axiom and the first premises in order is told.

        >>> fact = infer(graph).facts[0]  # Brightwell uses Tern OS, Tern Labs manufactures Tern OS
        >>> (fact.statement.subject, fact.statement.relation, fact.statement.object.key, str(fact.axiom))
        ('Brightwell', 'depends_on', 'Tern_Labs', 'uses ∘ ^manufactures → depends_on')
    """
    return _Rounds(graph).run()


class _Rounds:
    """The state of one inference: a store of all that is known and of what the last round found."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.axioms = axioms(graph.ontology)
        self.terms = _Terms()
        self.known: dict[Triple, Statement] = {}
        self.found: dict[Triple, Inferred] = {}
        self.given_up: set[Axiom] = set()
        self.store = ox.Store()
        self.rows_left = FREE_ROWS

    def run(self) -> Inference:
        stated = (Statement(f.subject, f.relation, f.object) for f in self.graph.facts() if not f.open)
        new = {self.terms.triple(statement): statement for statement in stated}
        self.rows_left += ROWS_PER_FACT * len(new)
        while new:
            self._learn(new)
            found = self._round({statement.relation for statement in new.values()})
            self.found |= found
            new = {triple: inferred.statement for triple, inferred in found.items()}
        order = sorted(self.found, key=lambda triple: [term.value for term in triple])
        return Inference(tuple(self.found[triple] for triple in order), tuple(sorted(self.given_up)))

    def _learn(self, new: dict[Triple, Statement]) -> None:
        self.known |= new
        self.store.remove_graph(_NEW)
        self.store.bulk_extend(ox.Quad(s, p, o, graph) for s, p, o in new for graph in (_KNOWN, _NEW))  # type: ignore[arg-type]

    def _round(self, changed: set[str]) -> dict[Triple, Inferred]:
        """What follows now, by axioms with a relation that the last round found something of."""
        found: dict[Triple, Inferred] = {}
        for axiom in self.axioms:
            for step, name in enumerate(axiom.path):
                if name.removeprefix("^") in changed and axiom not in self.given_up:
                    for nodes in self._paths(axiom, step):
                        triple = (nodes[0], _relation(axiom.relation), nodes[-1])
                        if triple not in self.known and triple not in found and self._fits(*triple, axiom):
                            found[triple] = self._inferred(axiom, nodes)
        return found

    def _paths(self, axiom: Axiom, step: int) -> list[Nodes]:
        """The nodes of each path whose fact at `step` is new, sorted; [] once the axiom is given up."""
        rows = self.store.query(_query(axiom, step, self.rows_left + 1))
        assert isinstance(rows, ox.QuerySolutions)
        paths = [tuple(row) for row in rows]
        if len(paths) > self.rows_left:
            self.given_up.add(axiom)
            return []
        self.rows_left -= len(paths)
        return sorted(paths, key=lambda nodes: [node.value for node in nodes])

    def _inferred(self, axiom: Axiom, nodes: Nodes) -> Inferred:
        subject, target = self.terms.meaning(nodes[0]), self.terms.meaning(nodes[-1])
        assert isinstance(subject, Ref)
        steps = zip(axiom.path, nodes, nodes[1:], strict=False)
        premises = tuple(self.known[_step(name, left, right)] for name, left, right in steps)
        return Inferred(Statement(subject.key, axiom.relation, target), axiom, premises)

    def _fits(self, subject: Term, _: Node, target: Term, axiom: Axiom) -> bool:
        """Whether both sides are of classes the relation admits; unknown classes are."""
        relation = self.graph.ontology.relations.get(axiom.relation)
        if relation is None:
            return True
        return self._admits(relation.domain, subject) and self._admits(relation.range, target)

    def _admits(self, classes: tuple[str, ...], node: Term) -> bool:
        thing = self.terms.meaning(node)
        kind = self.graph.entity(thing.key).type if isinstance(thing, Ref) else ""
        return not classes or not kind or any(self.graph.ontology.is_a(kind, name) for name in classes)


class _Terms:
    """Entities as IRIs; values and texts as literals, so that no path leads on through "$1 billion"."""

    def __init__(self) -> None:
        self._meaning: dict[Term, Ref | Value | str] = {}

    def triple(self, statement: Statement) -> Triple:
        subject, target = self._term(Ref(statement.subject)), self._term(statement.object)
        return subject, _relation(statement.relation), target

    def meaning(self, term: Term) -> Ref | Value | str:
        return self._meaning[term]

    def _term(self, thing: Ref | Value | str) -> Term:
        if isinstance(thing, Ref):
            term: Term = Node(f"urn:kg:entity:{quote(thing.key)}")
        else:  # values that are one term in the graph's file are one here
            term = ox.Literal(str(value_term(thing, Iris())) if isinstance(thing, Value) else thing)
        self._meaning.setdefault(term, thing)
        return term


def _relation(name: str) -> Node:
    return Node(f"urn:kg:relation:{quote(name)}")


def _step(name: str, left: Term, right: Term) -> Triple:
    """The fact behind one step of a path: "^launches" from S1 to Alibaba is that Alibaba launches S1."""
    if name.startswith("^"):
        return right, _relation(name[1:]), left
    return left, _relation(name), right


def _query(axiom: Axiom, new: int, limit: int) -> str:
    """The paths of an axiom whose step number `new` was found in the last round."""
    last = len(axiom.path)
    variables = [f"?x{i}" for i in range(last + 1)]
    patterns = []
    for step, name in enumerate(axiom.path):
        left, right = (
            (f"?x{step + 1}", f"?x{step}") if name.startswith("^") else (f"?x{step}", f"?x{step + 1}")
        )
        where = _NEW if step == new else _KNOWN
        patterns.append(f"GRAPH {where} {{ {left} {_relation(name.removeprefix('^'))} {right} }}")
    things = " && ".join(f"isIRI(?x{i})" for i in range(last))
    return f"SELECT {' '.join(variables)} {{ {' '.join(patterns)} FILTER({things} && ?x0 != ?x{last}) }} LIMIT {limit}"
