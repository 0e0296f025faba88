"""The seam between Turtle and `kg.derive`: labels, other labels and comments of an ontology handed over, its cues filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, replace

from kg.derive import Lexicon, Notions, comment_cues, label_cues, on_foundation, words_of
from kg.derive.comments import quoted_names
from kg.derive.notions import KNOWN
from kg.ontology import Cue, EntityType, Ontology, Relation
from kg.rdf.turtle import Statements
from kg.rdf.vocabulary import KG, OWL, RDFS, SKOS

_NAMES = (RDFS + "label", SKOS + "prefLabel")
_OTHER_NAMES = (SKOS + "altLabel", SKOS + "hiddenLabel")
_SAME = (
    OWL + "equivalentProperty",
    SKOS + "exactMatch",
    OWL + "sameAs",
)  # not rdfs:subPropertyOf: what says the wider relation does not say the narrower one


def is_derived(said: Statements) -> bool:
    """Whether cues are derived: unless the ontology itself (its owl:Ontology) says `kg:derive false`."""
    return not any(said.text(iri, KG + "derive") == "false" for iri in said.subjects(OWL + "Ontology"))


def lexicon_of(shipped: Ontology) -> Lexicon:
    """The word classes and verbs of the shipped ontology as derivation asks for them."""
    verbs = frozenset(lemma.split()[0] for frame, lemma in shipped.cue_index if frame == "verb")
    nouns = {noun: kind.name for kind in shipped.types.values() for noun in sorted(kind.nouns)}
    nouns |= {" ".join(words_of(kind.label)): name for name, kind in shipped.types.items() if not kind.phrase}
    return Lexicon({**shipped.words, "class_noun": nouns}, verbs)


def classes_underneath(
    said: Statements, classes: Mapping[str, str], own: Mapping[str, EntityType], shipped: Ontology
) -> dict[str, EntityType]:
    """The classes with their labels as nouns and the shipped classes underneath, unless the ontology has its own `kg:nerLabel`."""
    if any(kind.ner for kind in own.values()):
        return dict(own)
    names = {}
    for name, kind in own.items():
        called = (*_labels(said, classes[name]), name) if not kind.nouns else ()
        names[name] = [words for text in called if (words := " ".join(words_of(text)))]
    return on_foundation(own, names, shipped.types, lexicon_of(shipped))


def with_derived_cues(
    said: Statements,
    properties: Mapping[str, str],
    relations: Mapping[str, Relation],
    types: dict[str, EntityType],
    shipped: Ontology,
    notions: Notions,
) -> dict[str, Relation]:
    """The relations with the cues that their labels, other labels and comments imply, beside those written for them.

    One that means a notion kg knows (`kg.derive.notions`) is said by that one's cues as well.
    A domain or range that is not given is taken from the words of the label where they tell ("place of birth": of a Person, a Place).
    A relation that says `kg:derive false` is left as it is.
    """
    lexicon = lexicon_of(shipped)
    found = {}
    for name, relation in relations.items():
        iri = properties[name]
        if said.text(iri, KG + "derive") == "false":
            found[name] = relation
            continue
        literal = any(types[c].literal and c != "Date" for c in relation.range if c in types)
        said_so = [
            label_cues(label, lexicon, literal=literal, symmetric=relation.symmetric)
            for label in [*(_labels(said, iri) or [name]), *quoted_names(relation.comment)]
        ]
        main = said_so[: max(1, len(said.english(iri, *_NAMES)))]  # other names may mean special cases
        sides = [_words(classes, types) for classes in (relation.domain, relation.range)]
        told = bool(
            relation.domain and relation.range
        )  # a guessed class is too weak to let others say the same
        cues = [replace(cue, shared=cue.shared and told) for one in said_so for cue in one.cues]
        cues += comment_cues(relation.comment, sides[0], sides[1], lexicon)
        names = [*said.english(iri, *_NAMES), name]  # not the other names, which may mean something wider
        meanings = notions.meant(relation, names, [iri, *said.iris(iri, *_SAME)], types)
        cues += [replace(cue, shared=cue.shared and told) for one in meanings for cue in one.cues]
        sides_known = [one.sides for one in meanings]
        found[name] = replace(
            relation,
            cues=_once([*relation.cues, *cues]),
            heads=tuple(sorted({one.head for one in meanings} - {("", False)})),
            domain=relation.domain
            or _guess((one.domain for one in main), types, shipped)
            or _guess((d for d, _ in sides_known), types, shipped),
            range=relation.range
            or _guess((one.range for one in main), types, shipped)
            or _guess((r for _, r in sides_known), types, shipped),
        )
    return found


def _labels(said: Statements, iri: str) -> list[str]:
    """The label, then other labels, in English or without language."""
    return [*said.english(iri, *_NAMES), *said.english(iri, *_OTHER_NAMES)]


def _words(classes: Iterable[str], types: Mapping[str, EntityType]) -> list[str]:
    """The words a comment may use for these classes: their nouns, with those of the classes above."""
    return sorted(
        {noun for name in classes if name in types for noun in (*types[name].nouns, *words_of(name))}
    )


def _guess(
    sides: Iterable[tuple[str, ...]], types: dict[str, EntityType], shipped: Ontology
) -> tuple[str, ...]:
    names = next((names for names in sides if names), ())
    for name in names:
        if name not in types and shipped.types[name].literal:
            types[name] = shipped.types[name]
    return tuple(name for name in names if name in types)


def _once(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """Each cue once, sorted: a written one before a derived one, one without conditions before a strict one, its own before a notion's."""
    best: dict[tuple[object, ...], Cue] = {}
    for cue in sorted(
        cues, key=lambda c: (c.source != "", c.strict, not c.shared, c.source.startswith(KNOWN), c.source)
    ):
        key = (cue.frame, cue.lemma, cue.subject, cue.object, cue.negated)
        if cue.source == "" or key not in best:
            best[(*key, cue) if cue.source == "" else key] = cue
            best.setdefault(key, cue)
    return tuple(sorted(set(best.values()), key=astuple))
