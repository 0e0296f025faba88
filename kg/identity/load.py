"""The files in which a person lays down who is who, read together."""

from __future__ import annotations

from pathlib import Path

from kg.identity.file import read_decisions
from kg.identity.tables import read_entities
from kg.ontology import Ontology
from kg.resolve.catalogue import Catalogue
from kg.resolve.decisions import Decisions
from kg.resolve.identity import Identity


def read_identity(
    decisions: str | Path | None = None,
    entities: str | Path | None = None,
    ontology: Ontology | None = None,
) -> Identity:
    """What `build` takes as `identity`: decisions of an `identity.yaml`, a list of known entities, or both.

    `ontology` says which classes there are; None is the one kg ships. Raises IdentityError, naming file and line.

    >>> build(articles, identity=read_identity("identity.yaml", "companies.csv"))
    """
    if entities is not None and ontology is None:
        from kg.rdf.schema import load_ontology

        ontology = load_ontology()
    return Identity(
        read_decisions(Path(decisions)) if decisions is not None else Decisions(),
        read_entities(entities, ontology) if entities is not None and ontology is not None else Catalogue(),
    )
