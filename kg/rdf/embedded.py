"""A graph's own ontology and identity inside its file, each as one JSON literal, so that a saved graph can be read anywhere.

Entities are derived with the ontology at hand, so a graph must come back with the one it was built with. The shipped
ontology is not written (every kg has it); another one is, without the word classes where these are the shipped ones.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kg.ontology import Cue, EntityType, Example, Ontology, Relation
from kg.rdf.schema import load_ontology
from kg.resolve.catalogue import Catalogue, Known
from kg.resolve.decisions import Decisions
from kg.resolve.identity import Identity


def ontology_to_data(ontology: Ontology) -> dict[str, Any] | None:
    """An ontology as JSON data, sorted; None for the one that ships with kg."""
    if ontology.digest == load_ontology().digest:
        return None
    words: dict[str, dict[str, str]] | None = {name: dict(words) for name, words in ontology.words.items()}
    if words == load_ontology().words:
        words = None
    types = [
        {**asdict(kind), "nouns": sorted(kind.nouns), "ner": sorted(kind.ner)}
        for kind in ontology.types.values()
    ]
    return {
        "types": sorted(types, key=lambda kind: str(kind["name"])),
        "relations": sorted((asdict(r) for r in ontology.relations.values()), key=lambda r: str(r["name"])),
        "words": {name: dict(sorted(words[name].items())) for name in sorted(words)}
        if words is not None
        else None,
        "digest": ontology.digest,
        "namespace": ontology.namespace,
    }


def ontology_from_data(data: dict[str, Any]) -> Ontology:
    """`ontology_to_data` undone. KeyError, TypeError or ValueError where the data are damaged."""
    types = [
        EntityType(**(_tuples(k) | {key: frozenset(k[key]) for key in ("nouns", "ner")}))
        for k in data["types"]
    ]
    relations = [_relation(relation) for relation in data["relations"]]
    return Ontology(
        types={kind.name: kind for kind in types},
        relations={relation.name: relation for relation in relations},
        words=load_ontology().words if data["words"] is None else data["words"],
        digest=data["digest"],
        namespace=data["namespace"],
    )


def _relation(data: dict[str, Any]) -> Relation:
    cues = tuple(Cue(**_tuples(cue)) for cue in data["cues"])
    examples = tuple(Example(**example) for example in data["examples"])
    return Relation(**(_tuples(data) | {"cues": cues, "examples": examples}))


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    """JSON's lists as tuples again, two levels deep: `qualifiers` is a tuple of pairs."""

    def freeze(value: object) -> object:
        return tuple(freeze(item) for item in value) if isinstance(value, list) else value

    return {key: freeze(value) for key, value in data.items()}


def identity_to_data(identity: Identity) -> dict[str, Any]:
    """Decisions and known entities as JSON data."""
    return {
        "decisions": asdict(identity.decisions),
        "catalogue": [asdict(entry) for entry in identity.catalogue.entries],
    }


def identity_from_data(data: dict[str, Any]) -> Identity:
    """`identity_to_data` undone. KeyError, TypeError or ValueError where the data are damaged."""
    decisions = {
        key: tuple(tuple(part) for part in data["decisions"][key])
        for key in ("same", "different", "rename", "type")
    }
    entries = tuple(Known(**_tuples(entry)) for entry in data["catalogue"])
    return Identity(Decisions(**decisions), Catalogue(entries))
