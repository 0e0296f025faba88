"""Turtle ontologies -> `Ontology`. The format is OWL classes and properties plus a few words of kg's own (`kg:cue`, `kg:noun`, …).

Domains and ranges are filters on candidates, never inference: `schema:domainIncludes` lists alternatives (schema.org's
reading), `owl:unionOf` is read the same way; of several `rdfs:domain` values (an intersection in RDFS) the most special count.
"""

from __future__ import annotations

import functools
import importlib.resources
from collections import Counter
from pathlib import Path

from kg.derive import Notions, words_of
from kg.errors import OntologyError
from kg.ontology import EntityType, Ontology, Relation
from kg.rdf.cues import FRAMES, cues, examples, word_classes
from kg.rdf.derived import classes_underneath, is_derived, with_derived_cues
from kg.rdf.notions import notions_of, read_notions
from kg.rdf.rings import rings
from kg.rdf.turtle import FORMATS, Statements
from kg.rdf.vocabulary import (
    KG,
    ONTOLOGY_WORDS,
    OWL,
    RDF,
    RDFS,
    RESERVED,
    SCHEMA,
    SKOS,
    XSD,
    local_name,
    namespace_of,
)

ANY = "Any"
NOTION_FILES = "notions"  # what the names of the shipped files with kg:Notion begin with
_CLASS_TYPES = (OWL + "Class", RDFS + "Class")
_PROPERTY_TYPES = (
    *(
        OWL + name
        for name in (
            "ObjectProperty",
            "DatatypeProperty",
            "SymmetricProperty",
            "TransitiveProperty",
            "FunctionalProperty",
        )
    ),
    RDF + "Property",
)
_META = {KG + name for name in (*FRAMES, "WordClass", "LiteralClass", "PhraseClass", "CommonClass", "Notion")}
_BUILT_IN = (RDF, RDFS, OWL, XSD, SKOS)
_DATES = {XSD + name for name in ("date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth", "time")}
_TEXTS = {XSD + "string", XSD + "anyURI", RDFS + "Literal", RDF + "langString", XSD + "boolean"}


def load_ontology(path: str | Path | None = None) -> Ontology:
    """Read an ontology from a file (`.ttl`, `.nt`, `.rdf`, `.owl`) or a folder of them (all merged).

    None reads the ontology that ships with kg. Another one gets cues from the labels and comments of its relations and the
    shipped classes underneath its own (`kg.derive`) unless it says `kg:derive false`; one without any `kg:WordClass` keeps the
    shipped words.
    `Ontology.digest` is the SHA-256 over the files' contents, whatever their names.

    Raises OntologyError (one line: file, line where known, subject, what to do).

    >>> "launches" in load_ontology().relations
    True
    """
    return _shipped() if path is None else _read(Path(path))


@functools.cache
def _shipped() -> Ontology:
    return _read(shipped_folder())


@functools.cache
def _notions() -> Notions:
    """The notions of the shipped files, and the shipped relations themselves."""
    files = [file for file in ontology_files(shipped_folder()) if file.name.startswith(NOTION_FILES)]
    return Notions([*read_notions(Statements(files)), *notions_of(_shipped())])


def _read(path: Path) -> Ontology:
    said = Statements(ontology_files(path))
    classes = _classes(said)
    properties = _properties(said, classes)
    if not properties:
        raise OntologyError(
            f"{path}: defines no relations; add at least one, such as: kg:buys a owl:ObjectProperty ."
        )
    shipped = _shipped() if is_derived(said) else None
    types = _types(said, classes)
    if shipped is not None:
        types = classes_underneath(said, classes, types, shipped)
    relations = _relations(said, properties, types)
    if shipped is not None:
        relations = with_derived_cues(said, properties, relations, types, shipped, _notions())
    spaces = Counter(namespace_of(iri) for iri in properties.values())
    return Ontology(
        types=types,
        relations=relations,
        words=word_classes(said) or (_shipped().words if path != shipped_folder() else {}),
        digest=said.digest,
        namespace=min(spaces, key=lambda space: (-spaces[space], space)),
    )


def shipped_folder() -> Path:
    """The folder of the ontology that ships with kg: inside the wheel, else beside `kg/` in a source checkout."""
    package = Path(str(importlib.resources.files("kg")))
    inside = package / "_ontology"
    return inside if inside.is_dir() else package.parent / "ontology"


def ontology_files(path: Path) -> list[Path]:
    """The files of an ontology, sorted. OntologyError where there are none."""
    allowed = ", ".join(sorted(FORMATS))
    if path.is_dir():
        found = sorted(f for f in path.rglob("*") if f.suffix.lower() in FORMATS and f.is_file())
        if not found:
            raise OntologyError(f"{path}: no ontology file in this folder; put one here (allowed: {allowed})")
        return found
    if not path.exists():
        raise OntologyError(f"{path}: no such file or folder; give a Turtle file or a folder of them")
    if path.suffix.lower() not in FORMATS:
        raise OntologyError(f"{path}: not an ontology file by its name; allowed: {allowed}")
    return [path]


def _names(said: Statements, iris: list[str], what: str) -> dict[str, str]:
    """Local name -> IRI; two IRIs of one local name are an error, and so are the words of kg's own vocabulary."""
    names: dict[str, str] = {}
    for iri in iris:
        name = local_name(iri)
        if not name:
            raise OntologyError(
                f"{said.place(iri)}: {what} <{iri}> has no local name; end its address with a name"
            )
        if name in RESERVED and iri == KG + name:
            raise OntologyError(
                f"{said.place(iri)}: kg:{name} is a word of kg's own vocabulary; call the {what} otherwise"
            )
        if names.setdefault(name, iri) != iri:
            raise OntologyError(
                f"{said.place(iri)}: <{iri}> and <{names[name]}> are both called {name}; rename one"
            )
    return names


def _classes(said: Statements) -> dict[str, str]:
    found = [c for c in said.subjects(*_CLASS_TYPES) if c not in _META and not c.startswith(_BUILT_IN)]
    return _names(said, found, "class")


def _properties(said: Statements, classes: dict[str, str]) -> dict[str, str]:
    own_words = {KG + word for word in ONTOLOGY_WORDS}
    found = {p for p in said.subjects(*_PROPERTY_TYPES) if p not in own_words and not p.startswith(_BUILT_IN)}
    notions = set(said.subjects(KG + "Notion"))
    for iri in said.subjects_with(KG + "cue"):
        if iri not in found and iri not in notions:
            raise OntologyError(
                f"{said.place(iri)}: {local_name(iri)} has cues but no type; add: a owl:ObjectProperty ;"
            )
    names = _names(said, sorted(found), "relation")
    for name in names:
        if name in classes:
            raise OntologyError(
                f"{said.place(names[name])}: {name} is both a class and a relation; rename one"
            )
    return names


def _types(said: Statements, classes: dict[str, str]) -> dict[str, EntityType]:
    types = {}
    known = set(classes.values())
    for name, iri in sorted(classes.items()):
        label = said.text(iri, RDFS + "label", SKOS + "prefLabel") or name
        kinds = said.iris(iri, RDF + "type")
        types[name] = EntityType(
            name=name,
            label=label,
            comment=said.text(iri, RDFS + "comment", SKOS + "definition"),
            parents=_parents(said, iri, RDFS + "subClassOf", known),
            nouns=frozenset(noun.lower() for noun in said.texts(iri, KG + "noun")),
            ner=frozenset(said.texts(iri, KG + "nerLabel")),
            literal=KG + "LiteralClass" in kinds,
            phrase=KG + "PhraseClass" in kinds,
            common=KG + "CommonClass" in kinds,
        )
    _refuse_cycles(said, {name: kind.parents for name, kind in types.items()}, classes, "rdfs:subClassOf")
    return types


def _relations(
    said: Statements, properties: dict[str, str], types: dict[str, EntityType]
) -> dict[str, Relation]:
    known = set(properties.values())
    inverses: dict[str, str] = {}
    for iri in properties.values():
        for other in said.iris(iri, OWL + "inverseOf"):
            inverses[iri] = other
            inverses.setdefault(other, iri)
    relations = {}
    for name, iri in sorted(properties.items()):
        label = said.text(iri, RDFS + "label", SKOS + "prefLabel") or name
        kinds = said.iris(iri, RDF + "type")
        relations[name] = Relation(
            name=name,
            label=label,
            comment=said.text(iri, RDFS + "comment", SKOS + "definition"),
            domain=_side(said, iri, types, RDFS + "domain", SCHEMA + "domainIncludes"),
            range=_side(said, iri, types, RDFS + "range", SCHEMA + "rangeIncludes"),
            inverse=local_name(inverses[iri]) if iri in inverses else "",
            symmetric=OWL + "SymmetricProperty" in kinds,
            transitive=OWL + "TransitiveProperty" in kinds,
            functional=OWL + "FunctionalProperty" in kinds,
            chains=_chains(said, iri, known, inverses),
            fallback=said.text(iri, KG + "fallback") == "true",
            expected_as=next(iter(_parents(said, iri, KG + "expectedAs", known)), ""),
            parents=_parents(said, iri, RDFS + "subPropertyOf", known),
            cues=cues(said, iri),
            examples=examples(said, iri),
            counterexamples=tuple(sorted(said.texts(iri, KG + "counterexample"))),
        )
    _refuse_cycles(said, {n: r.parents for n, r in relations.items()}, properties, "rdfs:subPropertyOf")
    return relations


def _parents(said: Statements, iri: str, predicate: str, known: set[str]) -> tuple[str, ...]:
    """Direct parents by name, sorted. A parent of another vocabulary is an alignment and not followed."""
    parents = set()
    for parent in said.iris(iri, predicate):
        if parent in known:
            parents.add(local_name(parent))
        elif namespace_of(parent) == namespace_of(iri) and local_name(parent) != ANY:
            raise OntologyError(
                f"{said.place(iri)}: {local_name(iri)} has the {local_name(predicate)} {local_name(parent)}, "
                "which is not defined; define it or correct its name"
            )
    return tuple(sorted(parents))


def _chains(
    said: Statements, iri: str, known: set[str], inverses: dict[str, str]
) -> tuple[tuple[str, ...], ...]:
    """The property chains that imply a relation, sorted. A step names a relation, the inverse of one, or `[ owl:inverseOf … ]`."""
    backwards = {
        inverses[name]: name for name in sorted(known & inverses.keys()) if inverses[name] not in known
    }

    def step(node: str) -> str:
        turned = (
            next(iter(said.iris(node, OWL + "inverseOf")), "")
            if node.startswith("_:")
            else backwards.get(node, "")
        )
        if (turned or node) not in known:
            raise OntologyError(
                f"{said.place(iri)}: a chain of {local_name(iri)} has the step {local_name(node) or node}, "
                "which is no relation here; define it or correct its name"
            )
        return f"^{local_name(turned)}" if turned else local_name(node)

    chains = {
        tuple(step(node) for node in said.items(top)) for top in said.nodes(iri, OWL + "propertyChainAxiom")
    }
    return tuple(sorted(chain for chain in chains if chain))


def _side(
    said: Statements, relation: str, types: dict[str, EntityType], strict: str, alternatives: str
) -> tuple[str, ...]:
    """Class names a relation admits on one side, sorted; () admits anything. Unknown foreign classes join `types`."""
    classes: list[str] = []
    for node in said.nodes(relation, strict, alternatives):
        unions = [item for top in said.nodes(node, OWL + "unionOf") for item in said.items(top)]
        classes += unions or [node]
    names: set[str] = set()
    for iri in (c for c in classes if not c.startswith("_:")):
        names |= _class_names(said, relation, iri, types, local_name(strict))
    if names == {ANY}:
        return (ANY,) if ANY in types else ()  # beside other classes Any stays: those are the likelier ones
    if not said.nodes(relation, alternatives):
        above = {parent for name in names for parent in _ancestors(name, types)}
        names -= above
    return tuple(sorted(names))


def _class_names(
    said: Statements, relation: str, iri: str, types: dict[str, EntityType], side: str
) -> set[str]:
    if iri in {OWL + "Thing", RDFS + "Resource", KG + ANY, SCHEMA + "Thing"}:
        return {ANY}
    if iri in _DATES:
        return {_literal("Date", types)}
    if iri in _TEXTS:
        types.setdefault("Text", EntityType("Text", "text", phrase=True))
        return {"Text"}
    if iri.startswith(XSD):
        return {_literal(name, types) for name in ("Money", "Percent", "Quantity")}
    name = local_name(iri)
    if name not in types:
        if namespace_of(iri) == namespace_of(relation):
            known = ", ".join(sorted(types)[:12]) or "none"
            raise OntologyError(
                f"{said.place(relation)}: the {side} of {local_name(relation)} is {name}, which is no class here; "
                f"declare it ({name} a owl:Class) or use a known one ({known}, …)"
            )
        label = " ".join(words_of(name))
        types[name] = EntityType(name, label, nouns=frozenset({label}))
    return {name}


def _literal(name: str, types: dict[str, EntityType]) -> str:
    types.setdefault(name, EntityType(name, name.lower(), literal=True))
    return name


def _ancestors(name: str, types: dict[str, EntityType]) -> set[str]:
    found: set[str] = set()
    waiting = list(types[name].parents)
    while waiting:
        parent = waiting.pop()
        if parent not in found:
            found.add(parent)
            waiting += types[parent].parents
    return found


def _refuse_cycles(
    said: Statements, parents: dict[str, tuple[str, ...]], iris: dict[str, str], what: str
) -> None:
    for ring in rings(parents):
        around = " -> ".join(ring)
        raise OntologyError(
            f"{said.place(iris[ring[0]])}: {what} goes in a circle ({around}); remove one step"
        )
