"""Notions out of Turtle: `kg:Notion` with labels, addresses, classes and cues, and each shipped relation as one."""

from __future__ import annotations

from collections.abc import Iterator

from kg.derive.notions import Notion, plain_address, plain_label
from kg.ontology import Ontology
from kg.rdf.cues import cues
from kg.rdf.turtle import Statements
from kg.rdf.vocabulary import KG, OWL, RDFS, SKOS, local_name


def read_notions(said: Statements) -> Iterator[Notion]:
    """Every `kg:Notion`.

    Its names are `rdfs:label`, those of it turned round `kg:turnedLabel`; `skos:exactMatch` are its addresses in schema.org, Wikidata
    or DBpedia; `owl:equivalentProperty` is the shipped relation that means the same, `owl:inverseOf` the one that means it turned round.
    """
    for iri in said.subjects(KG + "Notion"):
        classes = [
            tuple(sorted(local_name(kind) for kind in said.iris(iri, KG + side)))
            for side in ("subjectClass", "objectClass")
        ]
        same, turned = (said.iris(iri, OWL + word) for word in ("equivalentProperty", "inverseOf"))
        yield Notion(
            name=(said.english(iri, SKOS + "prefLabel") or [local_name(iri).replace("_", " ")])[0],
            labels=frozenset(map(plain_label, said.texts(iri, RDFS + "label", SKOS + "prefLabel"))),
            turned_labels=frozenset(map(plain_label, said.texts(iri, KG + "turnedLabel"))),
            addresses=frozenset(map(plain_address, said.iris(iri, SKOS + "exactMatch"))),
            domain=classes[0],
            range=classes[1],
            cues=cues(said, iri),
            shipped=local_name(same[0]) if same else "",
            shipped_turned=local_name(turned[0]) if turned else "",
            strict=said.text(iri, KG + "strict") == "true",
        )


def notions_of(shipped: Ontology) -> Iterator[Notion]:
    """Each relation of the shipped ontology by its name and label, and turned round by the name of its inverse.

    Relations about nothing in particular say too little to be taken over, and so do those that stand in only where nothing else does.
    """
    for relation in shipped.relations.values():
        if relation.fallback or {"Any", ""} & {*(relation.domain or ("",)), *(relation.range or ("",))}:
            continue
        yield Notion(
            name=relation.label,
            labels=frozenset(map(plain_label, (relation.name, relation.label))),
            turned_labels=frozenset({plain_label(relation.inverse)} if relation.inverse else ()),
            addresses=frozenset({plain_address(KG + relation.name)}),
            domain=relation.domain,
            range=relation.range,
            cues=relation.cues,
            shipped=relation.name,
        )
