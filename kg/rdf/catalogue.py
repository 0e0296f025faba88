"""A user's list of known entities as RDF: SKOS concepts, or anything with labels. The subject's IRI becomes the node's."""

from __future__ import annotations

from pathlib import Path

from kg.errors import IdentityError, OntologyError
from kg.ontology import Ontology
from kg.rdf.iris import is_iri
from kg.rdf.turtle import FORMATS, Statements
from kg.rdf.vocabulary import KG, OWL, RDF, RDFS, SCHEMA, SKOS, local_name
from kg.resolve.catalogue import Catalogue, Known

_LABELS = (SKOS + "prefLabel", RDFS + "label", SCHEMA + "name", SCHEMA + "legalName")
_OTHERS = (SKOS + "altLabel", SKOS + "hiddenLabel", SCHEMA + "alternateName", SCHEMA + "tickerSymbol")
_CONTEXT = (KG + "context", SCHEMA + "keywords", SKOS + "scopeNote")
_SAME = (OWL + "sameAs", SKOS + "exactMatch")

__all__ = ["FORMATS", "read_rdf"]


def read_rdf(path: Path, ontology: Ontology) -> Catalogue:
    """The entries of a Turtle, N-Triples or RDF/XML file: every subject with a label.

    Its class is the first `rdf:type` whose local name is a class of the ontology. Context words are those of `kg:context`,
    `schema:keywords` and `skos:scopeNote`, split at commas. Raises IdentityError where the file is not RDF.
    """
    try:
        said = Statements([path])
    except OntologyError as error:
        raise IdentityError(str(error)) from None
    entries = []
    for subject in sorted({s for label in _LABELS for s in said.subjects_with(label)}):
        if not is_iri(subject):
            continue
        label = next(text for text in (said.text(subject, p) for p in _LABELS) if text)
        names = dict.fromkeys([label, *said.texts(subject, *_LABELS), *said.texts(subject, *_OTHERS)])
        types = (local_name(iri) for iri in said.iris(subject, RDF + "type") if not iri.startswith(SKOS))
        words = (part.strip() for text in said.texts(subject, *_CONTEXT) for part in text.split(","))
        entries.append(
            Known(
                id=subject,
                names=tuple(names),
                type=next((name for name in types if name in ontology.types), ""),
                context=tuple(sorted({word for word in words if word})),
                same_as=tuple(sorted(iri for iri in set(said.iris(subject, *_SAME)) if is_iri(iri))),
            )
        )
    return Catalogue.of(entries)
