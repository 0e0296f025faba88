"""Names of the RDF world: namespaces, prefixes, and the words of kg's own vocabulary.

`.example` is a reserved top-level domain (RFC 2606): the default addresses promise nothing. `kg:` holds kg's own words
(`kg:evidenceFor`, `kg:sentence`, …) and, by default, the shipped ontology's classes and relations.
"""

from __future__ import annotations

KG = "https://kg.example/ontology#"
BASE = "https://kg.example/"
WHEN = (
    BASE + "when/"
)  # when:launches – the dates of something's launching; made for checks (kg.rdf.sides), in no file

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"

#: Words kg itself gives a meaning to in Turtle; an ontology can have no relation or class of these names.
ONTOLOGY_WORDS = frozenset(
    {
        "cue", "derive", "lemma", "subject", "object", "qualifier", "modality", "polarity", "noun", "nerLabel", "strict", "negated", "fallback",
        "expectedAs", "subjectClass", "objectClass", "turnedLabel", "unit", "beside", "without", "bars",
        "example", "counterexample", "text", "word", "entry", "WordClass", "LiteralClass", "PhraseClass", "CommonClass", "Notion",
    }
)  # fmt: skip

#: Words of the evidence graph: predicates and classes that `kg.rdf.codec` writes.
EVIDENCE_WORDS = frozenset(
    {
        "evidence", "evidenceFor", "sentence", "rule", "confidence", "polarity", "modality", "attribution",
        "subjectSpan", "cueSpan", "objectSpan", "subjectReferent", "objectReferent", "relation", "phrase",
        "objectValue", "qualifiers", "sources", "firstSeen", "lastSeen", "refersTo", "key", "name", "form",
        "votes", "mention", "rungs", "description", "local", "rejected", "digest", "length", "source",
        "codeVersion", "ontologyDigest", "ontologyNamespace", "ontology", "identity", "pipeline", "base", "amount", "currency",
        "unit", "high", "approximate", "inferred", "premises", "premise", "axiom",
    }
)  # fmt: skip
#: Every word an ontology of the kg: namespace must leave alone.
RESERVED = ONTOLOGY_WORDS | EVIDENCE_WORDS


def local_name(iri: str) -> str:
    """The last part of an IRI: `local_name("https://kg.example/ontology#launches") == "launches"`."""
    return iri[len(namespace_of(iri)) :]


def namespace_of(iri: str) -> str:
    """The IRI up to and with its last "#", else its last "/", else its last ":"."""
    for mark in "#/:":
        if mark in iri:
            return iri[: iri.rindex(mark) + 1]
    return ""
