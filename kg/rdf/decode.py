"""Quads -> Graph. Only the evidence graph is read: claims and referents; entities and facts are derived from them again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any, NoReturn

import pyoxigraph as ox

from kg.errors import GraphError
from kg.graph import Graph
from kg.model import Claim, Modality, Polarity, Reading, Reason, Ref, Referent, Rejection, Span, Value
from kg.ontology import Ontology
from kg.rdf.embedded import identity_from_data, ontology_from_data
from kg.rdf.encode import (
    ACTIVITY,
    ALIAS,
    ANCHOR,
    ARTICLE,
    BEGIN,
    CONTEXT,
    END,
    HEADLINE,
    IDENTIFIER,
    OBJECT,
    PREDICATE,
    PUBLISHED,
    USED,
)
from kg.rdf.iris import EVIDENCE, Iris, Node, unquote
from kg.rdf.literals import TYPE, WORD, value_from_data
from kg.rdf.schema import load_ontology
from kg.resolve.identity import Identity

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def decode(source: str | bytes | Iterable[ox.Quad], ontology: Ontology | None = None) -> Graph:
    """The graph that was encoded: from the text of a graph.nq, or from quads. `decode(encode(graph)) == graph`.

    Its ontology is the one it was built with: the shipped one, or another that was saved with it; `ontology` overrides.
    Raises GraphError, naming the line or the node, where the text is no graph of kg's or is damaged.
    """
    said = _Evidence(source)
    runs = said.of_type(ACTIVITY)
    if not runs:
        raise GraphError("no record of a kg run in it, so no graph that kg wrote; build it again")
    try:
        return _Decoder(said, runs).graph(ontology)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise GraphError(f"damaged ({type(error).__name__}: {str(error)[:120]}); build it again") from None


class _Evidence:
    """The triples of the evidence graph by subject and predicate (IRIs as text)."""

    def __init__(self, source: str | bytes | Iterable[ox.Quad]) -> None:
        self.index: dict[str, dict[str, list[Term]]] = {}
        try:
            quads = ox.parse(source, ox.RdfFormat.N_QUADS) if isinstance(source, str | bytes) else source
            for quad in quads:
                if quad.graph_name == EVIDENCE and isinstance(quad.subject, ox.NamedNode):
                    said = self.index.setdefault(quad.subject.value, {})
                    said.setdefault(quad.predicate.value, []).append(quad.object)
        except SyntaxError as error:
            raise GraphError(
                f"line {error.lineno}: not N-Quads, damaged or cut off; build the graph again"
            ) from None

    def of_type(self, kind: Node) -> list[str]:
        """Nodes of an rdf:type, sorted."""
        return sorted(node for node, said in self.index.items() if kind in said.get(TYPE.value, ()))

    def all(self, node: str, predicate: Node) -> list[str]:
        """The text of every object: an IRI's or a literal's."""
        return [_text(term) for term in self.index.get(node, {}).get(predicate.value, ())]

    def get(self, node: str, predicate: Node, default: str = "") -> str:
        """The text of the object, or `default`."""
        found = self.all(node, predicate)
        return found[0] if found else default

    def need(self, node: str, predicate: Node) -> str:
        """The text of the object. GraphError without one."""
        found = self.all(node, predicate)
        return found[0] if found else _damaged(node, predicate)


class _Decoder:
    def __init__(self, said: _Evidence, runs: list[str]) -> None:
        self.said = said
        self.runs = runs
        self.iris = Iris(said.need(runs[0], WORD["base"]), said.need(runs[0], WORD["ontologyNamespace"]))
        self.referents: dict[str, list[str]] = {}  # article -> its referents' nodes
        self.claims: dict[str, list[str]] = {}  # article -> its evidence nodes
        for node in said.index:
            if said.all(node, WORD["refersTo"]):
                self.referents.setdefault(said.need(node, CONTEXT), []).append(node)
            elif sentence := said.get(node, WORD["sentence"]):
                self.claims.setdefault(said.need(sentence, CONTEXT), []).append(node)

    def graph(self, ontology: Ontology | None) -> Graph:
        pipelines = {
            article: self.said.get(run, WORD["pipeline"])
            for run in self.runs
            for article in self.said.all(run, USED)
        }
        readings = [self._reading(node, pipelines[node]) for node in self.said.of_type(ARTICLE)]
        known = {reading.article for reading in readings}
        if len(known) < len(readings):
            raise GraphError("damaged (two articles of one id); build it again")
        return Graph.of(readings, ontology or self._ontology(), self._identity())

    def _ontology(self) -> Ontology:
        embedded = self.said.get(self.runs[0], WORD["ontology"])
        return ontology_from_data(json.loads(embedded)) if embedded else load_ontology()

    def _identity(self) -> Identity | None:
        embedded = self.said.get(self.runs[0], WORD["identity"])
        return identity_from_data(json.loads(embedded)) if embedded else None

    def _reading(self, node: str, pipeline: str) -> Reading:
        said, article = self.said, self.said.need(node, IDENTIFIER)
        published = said.get(node, PUBLISHED)
        refused = sorted(json.loads(text) for text in said.all(node, WORD["rejected"]))
        evidence = sorted((_number(claim), claim) for claim in self.claims.get(node, ()))
        if [number for number, _ in evidence] != list(range(len(evidence))):
            raise GraphError(f"damaged (<{node}> lacks some of its evidence); build it again")
        return Reading(
            article=article,
            title=said.get(node, HEADLINE),
            source=said.get(node, WORD["source"]),
            date=dt.date.fromisoformat(published) if published else None,
            digest=said.need(node, WORD["digest"]),
            length=int(said.need(node, WORD["length"])),
            referents=tuple(
                sorted(
                    (self._referent(article, r) for r in self.referents.get(node, ())), key=lambda r: r.key
                )
            ),
            claims=tuple(self._claim(article, claim) for _, claim in evidence),
            rejections=tuple(Rejection(article, Reason(r[1]), *r[2:]) for r in refused),
            pipeline=pipeline,
        )

    def _referent(self, article: str, node: str) -> Referent:
        said = self.said
        votes = [vote.split("=") for vote in said.get(node, WORD["votes"]).split()]
        return Referent(
            article=article,
            key=said.need(node, WORD["key"]),
            name=said.need(node, WORD["name"]),
            form=said.need(node, WORD["form"]),
            types=tuple((unquote(name), int(count)) for name, count in votes),
            aliases=tuple(sorted(said.all(node, ALIAS))),
            mentions=tuple(sorted(_span(text) for text in said.all(node, WORD["mention"]))),
            descriptions=tuple(sorted(said.all(node, WORD["description"]))),
            rungs=tuple(json.loads(said.get(node, WORD["rungs"], "[]"))),
            local=bool(said.all(node, WORD["local"])),
        )

    def _claim(self, article: str, node: str) -> Claim:
        said = self.said
        fact, sentence = said.get(node, WORD["evidenceFor"]), said.need(node, WORD["sentence"])
        relation, open_ = self.iris.relation_name(
            said.get(node, WORD["relation"]) or said.need(fact, PREDICATE)
        )
        return Claim(
            article=article,
            subject=said.need(said.need(node, WORD["subjectReferent"]), WORD["key"]),
            relation=relation,
            object=self._object(node, fact),
            sentence=Span(int(said.need(sentence, BEGIN)), int(said.need(sentence, END))),
            quote=said.need(sentence, ANCHOR),
            rule=said.need(node, WORD["rule"]),
            open=open_,
            polarity=Polarity(said.get(node, WORD["polarity"], Polarity.POSITIVE)),
            modality=Modality(said.get(node, WORD["modality"], Modality.ASSERTED)),
            attribution=said.get(node, WORD["attribution"]),
            qualifiers=self._qualifiers(node),
            confidence=float(said.need(node, WORD["confidence"])),
            subject_span=_optional_span(said.get(node, WORD["subjectSpan"])),
            cue_span=_optional_span(said.get(node, WORD["cueSpan"])),
            object_span=_optional_span(said.get(node, WORD["objectSpan"])),
        )

    def _object(self, node: str, fact: str) -> Ref | Value | str:
        said = self.said
        if referent := said.get(node, WORD["objectReferent"]):
            return Ref(said.need(referent, WORD["key"]))
        if value := said.get(node, WORD["objectValue"]):
            return value_from_data(json.loads(value))
        phrase = said.all(node, WORD["phrase"])
        return phrase[0] if phrase else said.need(fact, OBJECT)

    def _qualifiers(self, node: str) -> tuple[tuple[str, str | Value], ...]:
        whole: list[tuple[str, Any]]
        if data := self.said.get(node, WORD["qualifiers"]):
            whole = [(key, value) for key, value in json.loads(data)]
        else:
            found = self.said.index[node].items()
            keys = [(self.iris.qualifier_key(predicate), terms) for predicate, terms in found]
            whole = sorted((key, _text(terms[0])) for key, terms in keys if key is not None)
        return tuple(
            (key, value if isinstance(value, str) else value_from_data(value)) for key, value in whole
        )


def _text(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _span(text: str) -> Span:
    start, end = text.split(",")
    return Span(int(start), int(end))


def _optional_span(text: str) -> Span | None:
    return _span(text) if text else None


def _number(evidence: str) -> int:
    """The position of a claim among those of its article: the end of its IRI."""
    return int(evidence.rpartition("-")[2])


def _damaged(node: str, predicate: Node) -> NoReturn:
    raise GraphError(f"damaged (<{node}> has no <{predicate.value}>); build it again")
