"""Graph -> quads. Facts are plain triples of the default graph; all that is known about them lies in ONE named graph, kg:evidence.

Default graph: entities (type, label, other names), asserted facts, value nodes, and the labels and parents of the classes and
relations in use. Evidence graph: fact nodes (rdf:subject, rdf:predicate, rdf:object; also of what is denied, hedged or only
reported), one evidence node for each claim, sentences (NIF), articles (schema.org), what each article speaks of, refusals,
and the run (PROV-O). One constant graph stays quick in every store, where a graph per article or per claim does not. What
follows from the facts lies in graphs of its own (`kg.rdf.conclusions`), inverse relations among it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.graph import Graph, asserted
from kg.model import Claim, Fact, Modality, Polarity, Reading, Ref, Referent, Value
from kg.rdf.conclusions import conclusions
from kg.rdf.embedded import identity_to_data, ontology_to_data
from kg.rdf.iris import EVIDENCE, Iris, Node, quote
from kg.rdf.literals import (
    LABEL,
    TYPE,
    WORD,
    date,
    describe,
    is_node,
    json_literal,
    number,
    object_term,
    text,
    value_to_data,
)
from kg.rdf.vocabulary import BASE, NIF, OWL, PROV, RDF, RDFS, SCHEMA, SKOS

Object = Node | ox.Literal
Triple = tuple[Node, Node, Object]

ALIAS = Node(SKOS + "altLabel")
SAME_AS = Node(OWL + "sameAs")
SUBJECT, PREDICATE, OBJECT = (Node(RDF + name) for name in ("subject", "predicate", "object"))
SUBCLASS, SUBPROPERTY = Node(RDFS + "subClassOf"), Node(RDFS + "subPropertyOf")
ANCHOR, BEGIN, END, CONTEXT = (
    Node(NIF + name) for name in ("anchorOf", "beginIndex", "endIndex", "referenceContext")
)
ARTICLE, HEADLINE, PUBLISHED, IDENTIFIER = (
    Node(SCHEMA + name) for name in ("NewsArticle", "headline", "datePublished", "identifier")
)
ACTIVITY, USED, GENERATED = (Node(PROV + name) for name in ("Activity", "used", "wasGeneratedBy"))


def encode(graph: Graph, *, base: str = BASE, inference: bool = True) -> list[ox.Quad]:
    """All quads of a graph, each once, in no particular order. `base` is where the IRIs of entities, articles … begin.

    `inference=False` leaves out what follows from the facts: the graphs kg:inferred and kg:premises.

    Raises GraphError for text that is not Unicode (a lone surrogate).

    >>> len(encode(graph)) > len(graph.facts_all)
    True
    """
    iris = Iris(base, graph.ontology.namespace)
    encoder = _Encoder(graph, iris)
    default = ox.DefaultGraph()
    quads = [ox.Quad(*triple, default) for triple in encoder.facts()]
    quads += [ox.Quad(*triple, EVIDENCE) for triple in encoder.evidence()]
    return list(dict.fromkeys([*quads, *(conclusions(graph, iris) if inference else ())]))


def facts(graph: Graph, *, base: str = BASE) -> list[ox.Triple]:
    """The default graph alone: what a reader wants to see. Raises GraphError as `encode`."""
    encoder = _Encoder(graph, Iris(base, graph.ontology.namespace))
    return [ox.Triple(*triple) for triple in dict.fromkeys(encoder.facts())]


@dataclass(slots=True)
class _FactNode:
    """One subject, relation and object, whatever the moods in which it was said."""

    triple: Triple
    articles: set[str] = field(default_factory=set)  # that speak of it in any mood
    sources: set[str] = field(default_factory=set)  # that assert it


class _Encoder:
    def __init__(self, graph: Graph, iris: Iris) -> None:
        self.graph = graph
        self.iris = iris
        self.triples = [(fact, self._triple(fact)) for fact in graph.facts_all]

    def _triple(self, fact: Fact) -> Triple:
        subject = self.iris.entity(fact.subject)
        return subject, self.iris.relation(fact.relation, fact.open), object_term(fact.object, self.iris)

    # The default graph.

    def facts(self) -> Iterator[Triple]:
        """Entities, asserted facts, value nodes, labels of the vocabulary in use."""
        for entity in self.graph.entities:
            node = self.iris.entity(entity.id)
            if entity.type:
                yield node, TYPE, self.iris.type(entity.type)
            yield node, LABEL, text(entity.label)
            for alias in entity.aliases:
                yield node, ALIAS, text(alias)
            for iri in entity.same_as:
                yield node, SAME_AS, Node(iri)
        for fact, triple in self.triples:
            if fact.asserted:
                yield triple
        yield from self._values(fact for fact, _ in self.triples if fact.asserted)
        yield from self._vocabulary()

    def _values(self, facts: Iterator[Fact]) -> Iterator[Triple]:
        """The value nodes of some facts, each under its shortest wording."""
        wordings: dict[Node, Value] = {}
        for fact in facts:
            value = fact.object
            if isinstance(value, Value) and is_node(value):
                node = self.iris.value(value)
                wordings[node] = min(wordings.get(node, value), value, key=lambda v: (len(v.text), v.text))
        for value in wordings.values():
            yield from describe(value, value.text, self.iris)

    def _vocabulary(self) -> Iterator[Triple]:
        """Labels and parents of the classes and relations that occur: so `a/rdfs:subClassOf*` works."""
        types, relations = self.graph.ontology.types, self.graph.ontology.relations
        for name in _closure(
            {entity.type for entity in self.graph.entities}, {n: t.parents for n, t in types.items()}
        ):
            yield self.iris.type(name), LABEL, text(types[name].label)
            for parent in types[name].parents:
                yield self.iris.type(name), SUBCLASS, self.iris.type(parent)
        used = {(fact.relation, fact.open) for fact, _ in self.triples}
        known = {name for name, open_ in used if not open_}
        for name in _closure(known, {n: r.parents for n, r in relations.items()}):
            yield self.iris.relation(name, False), LABEL, text(relations[name].label)
            for parent in relations[name].parents:
                yield self.iris.relation(name, False), SUBPROPERTY, self.iris.relation(parent, False)
        for name, open_ in sorted(used):
            if open_:
                yield self.iris.relation(name, True), LABEL, text(name.replace("_", " "))

    # The evidence graph.

    def evidence(self) -> Iterator[Triple]:
        """Fact nodes, claims, sentences, articles, referents, refusals, runs."""
        yield from self._fact_nodes()
        yield from self._values(fact for fact, _ in self.triples if not fact.asserted)
        found = {claim: pair for pair in self.triples for claim in pair[0].claims}
        for reading in self.graph.readings:
            yield from self._article(reading)
            for referent in reading.referents:
                yield from self._referent(referent)
            for position, claim in enumerate(reading.claims):
                node = self.iris.evidence(reading.article, position)
                yield from self._claim(node, claim, found.get(claim))
        yield from self._runs()

    def _fact_nodes(self) -> Iterator[Triple]:
        dates = {reading.article: reading.date for reading in self.graph.readings}
        nodes: dict[Node, _FactNode] = {}
        for fact, triple in self.triples:
            found = nodes.setdefault(self.iris.fact(*triple), _FactNode(triple))
            found.articles |= {claim.article for claim in fact.claims}
            found.sources |= {claim.article for claim in fact.claims if asserted(claim)}
        for node, found in nodes.items():
            subject, relation, target = found.triple
            yield node, SUBJECT, subject
            yield node, PREDICATE, relation
            yield node, OBJECT, target
            yield node, WORD["sources"], ox.Literal(len(found.sources))
            seen = sorted(day for article in found.articles if (day := dates[article]) is not None)
            if seen:
                yield node, WORD["firstSeen"], date(seen[0])
                yield node, WORD["lastSeen"], date(seen[-1])

    def _article(self, reading: Reading) -> Iterator[Triple]:
        node = self.iris.article(reading.article)
        yield node, TYPE, ARTICLE
        yield node, IDENTIFIER, text(reading.article)
        yield node, WORD["digest"], text(reading.digest)
        yield node, WORD["length"], ox.Literal(reading.length)
        if reading.title:
            yield node, HEADLINE, text(reading.title)
        if reading.source:
            yield node, WORD["source"], text(reading.source)
        if reading.date is not None:
            yield node, PUBLISHED, date(reading.date)
        for position, no in enumerate(reading.rejections):
            data = [position, no.reason.value, no.rule, no.cue, no.quote, no.detail]
            yield node, WORD["rejected"], json_literal(data)

    def _referent(self, referent: Referent) -> Iterator[Triple]:
        node = self.iris.referent(referent.article, referent.key)
        entity = self.graph.entity_of(referent.article, referent.key)
        yield node, WORD["refersTo"], self.iris.entity(entity)
        yield node, CONTEXT, self.iris.article(referent.article)
        yield node, WORD["key"], text(referent.key)
        yield node, WORD["name"], text(referent.name)
        yield node, WORD["form"], text(referent.form)
        if referent.types:
            yield (
                node,
                WORD["votes"],
                text(" ".join(f"{quote(name)}={count}" for name, count in referent.types)),
            )
        for alias in referent.aliases:
            yield node, ALIAS, text(alias)
        for description in referent.descriptions:
            yield node, WORD["description"], text(description)
        for span in referent.mentions:
            yield node, WORD["mention"], text(f"{span.start},{span.end}")
        if referent.rungs:
            yield node, WORD["rungs"], json_literal(referent.rungs)
        if referent.local:
            yield node, WORD["local"], ox.Literal(True)

    def _claim(self, node: Node, claim: Claim, found: tuple[Fact, Triple] | None) -> Iterator[Triple]:
        """One claim. What its fact node says already (relation, object) is said again only where the claim differs."""
        relation = self.iris.relation(claim.relation, claim.open)
        if found is not None:
            yield node, WORD["evidenceFor"], self.iris.fact(*found[1])
        if found is None or found[1][1] != relation:
            yield node, WORD["relation"], relation
        yield node, WORD["subjectReferent"], self.iris.referent(claim.article, claim.subject)
        if isinstance(claim.object, Ref):
            yield node, WORD["objectReferent"], self.iris.referent(claim.article, claim.object.key)
        elif isinstance(claim.object, Value):
            yield node, WORD["objectValue"], json_literal(value_to_data(claim.object))
        elif found is None or found[0].object != claim.object:
            yield node, WORD["phrase"], text(claim.object)
        yield from self._sentence(node, claim)
        yield node, WORD["rule"], text(claim.rule)
        yield node, WORD["confidence"], number(claim.confidence)
        if claim.polarity is not Polarity.POSITIVE:
            yield node, WORD["polarity"], text(claim.polarity.value)
        if claim.modality is not Modality.ASSERTED:
            yield node, WORD["modality"], text(claim.modality.value)
        if claim.attribution:
            yield node, WORD["attribution"], text(claim.attribution)
        yield from self._qualifiers(node, claim)

    def _sentence(self, node: Node, claim: Claim) -> Iterator[Triple]:
        sentence = self.iris.sentence(claim.article, claim.sentence)
        yield node, WORD["sentence"], sentence
        yield sentence, ANCHOR, text(claim.quote)
        yield sentence, BEGIN, ox.Literal(claim.sentence.start)
        yield sentence, END, ox.Literal(claim.sentence.end)
        yield sentence, CONTEXT, self.iris.article(claim.article)
        spans = (
            ("subjectSpan", claim.subject_span),
            ("cueSpan", claim.cue_span),
            ("objectSpan", claim.object_span),
        )
        for word, span in spans:
            if span is not None:
                yield node, WORD[word], text(f"{span.start},{span.end}")

    def _qualifiers(self, node: Node, claim: Claim) -> Iterator[Triple]:
        """Typed, for queries; where that does not tell all (values, a key twice), the whole list as JSON, too."""
        for key, value in claim.qualifiers:
            yield node, self.iris.qualifier(key), object_term(value, self.iris)
            if isinstance(value, Value) and is_node(value):
                yield from describe(value, value.text, self.iris)
        keys = [key for key, _ in claim.qualifiers]
        if len(set(keys)) < len(keys) or any(isinstance(value, Value) for _, value in claim.qualifiers):
            data = [[k, value_to_data(v) if isinstance(v, Value) else v] for k, v in claim.qualifiers]
            yield node, WORD["qualifiers"], json_literal(data)

    def _runs(self) -> Iterator[Triple]:
        """One prov:Activity for each pipeline that took part. No times: the same input gives the same bytes."""
        from kg import __version__

        ontology = self.graph.ontology
        embedded = ontology_to_data(ontology)
        for pipeline in sorted({reading.pipeline for reading in self.graph.readings}) or [""]:
            node = self.iris.run(__version__, ontology.digest, pipeline)
            yield EVIDENCE, GENERATED, node
            yield node, TYPE, ACTIVITY
            yield node, WORD["codeVersion"], text(__version__)
            yield node, WORD["ontologyDigest"], text(ontology.digest)
            yield node, WORD["ontologyNamespace"], text(ontology.namespace)
            yield node, WORD["base"], text(self.iris.base)
            if pipeline:
                yield node, WORD["pipeline"], text(pipeline)
            if embedded is not None:
                yield node, WORD["ontology"], json_literal(embedded)
            if self.graph.identity:
                yield node, WORD["identity"], json_literal(identity_to_data(self.graph.identity))
            for reading in self.graph.readings:
                if reading.pipeline == pipeline:
                    yield node, USED, self.iris.article(reading.article)


def _closure(names: set[str], parents: dict[str, tuple[str, ...]]) -> list[str]:
    """The known ones of these names and all their ancestors, sorted."""
    found: set[str] = set()
    waiting = [name for name in names if name in parents]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [parent for parent in parents[name] if parent in parents]
    return sorted(found)
