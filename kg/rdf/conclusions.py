"""Inferred facts -> quads, in two graphs of their own, so that nothing inferred is ever taken for something an article says.

`kg:inferred` holds the conclusions as plain triples, the classes above each entity's own among them. `kg:premises` says of each
conclusion (but those classes) from what it follows: `fact:… kg:premise fact:…, fact:… ; kg:axiom "uses ∘ ^develops → depends_on"`.
A premise is a fact node of `kg:evidence`, which has its sentences, or again a conclusion. Labels of relations that only occur
inferred join the default graph: they are vocabulary, no facts.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.graph import Graph
from kg.ontology import Ontology
from kg.rdf.infer import Inference, Statement, infer
from kg.rdf.iris import INFERRED, PREMISES, Iris, Node
from kg.rdf.literals import LABEL, TYPE, WORD, object_term, text
from kg.rdf.vocabulary import OWL, RDF

SUBJECT, PREDICATE, OBJECT = (Node(RDF + name) for name in ("subject", "predicate", "object"))
INVERSE = Node(OWL + "inverseOf")


def conclusions(graph: Graph, iris: Iris, inference: Inference | None = None) -> Iterator[ox.Quad]:
    """What follows from a graph's stated facts, and why. Some quads may come twice. `inference` saves inferring it anew.

    >>> {quad.graph_name for quad in conclusions(graph, Iris())} == {INFERRED, PREMISES, ox.DefaultGraph()}
    True
    """

    def triple(said: Statement) -> tuple[Node, Node, Node | ox.Literal]:
        return iris.entity(said.subject), iris.relation(said.relation, False), object_term(said.object, iris)

    inverses: dict[str, str] = {}  # of relations that occur, where the inverse is no relation of the ontology
    for inferred in (inference or infer(graph)).facts:
        subject, relation, target = triple(inferred.statement)
        yield ox.Quad(subject, relation, target, INFERRED)
        node = iris.fact(subject, relation, target)
        yield ox.Quad(node, SUBJECT, subject, PREMISES)
        yield ox.Quad(node, PREDICATE, relation, PREMISES)
        yield ox.Quad(node, OBJECT, target, PREMISES)
        yield ox.Quad(node, WORD["axiom"], text(str(inferred.axiom)), PREMISES)
        for premise in inferred.premises:
            yield ox.Quad(node, WORD["premise"], iris.fact(*triple(premise)), PREMISES)
        if inferred.axiom.kind == "inverse":
            inverses[inferred.axiom.relation] = inferred.axiom.path[0].removeprefix("^")
        yield _label(relation, inferred.statement.relation, graph.ontology)
    for name, of in inverses.items():
        yield ox.Quad(iris.relation(name, False), INVERSE, iris.relation(of, False), ox.DefaultGraph())
    for entity in graph.entities:
        for above in sorted(graph.ontology.ancestors(entity.type) - {entity.type}):
            yield ox.Quad(iris.entity(entity.id), TYPE, iris.type(above), INFERRED)


def _label(relation: Node, name: str, ontology: Ontology) -> ox.Quad:
    known = ontology.relations.get(name)
    return ox.Quad(relation, LABEL, text(known.label if known else name.replace("_", " ")), ox.DefaultGraph())
