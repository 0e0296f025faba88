"""The language side of an ontology: the cues of its relations, their examples, and word classes."""

from __future__ import annotations

import itertools

from kg.errors import OntologyError
from kg.model import Modality, Polarity
from kg.ontology import Cue, Example
from kg.rdf.turtle import Statements
from kg.rdf.vocabulary import KG, RDF, local_name

#: Cue class -> (frame, default slot of the subject, default slot of the object; "" = must be given).
FRAMES = {
    "VerbCue": ("verb", "subj", "obj"),
    "NounCue": ("noun", "subj", "obj"),
    "RoleCue": ("role", "subj", "of"),
    "AdjectiveCue": ("adjective", "subj", ""),
    "MeasureCue": ("measure", "holder", "value"),
    "PossessiveCue": ("possessive", "subj", "obj"),
    "PlaceCue": ("place", "subj", "in"),
    "DemonymCue": ("demonym", "subj", "of"),
    "KindCue": ("kind", "subj", "self"),
    "MetadataCue": ("metadata", "subj", "obj"),
}
_MODALITIES, _POLARITIES = tuple(map(str, Modality)), tuple(map(str, Polarity))


def cues(said: Statements, iri: str) -> tuple[Cue, ...]:
    """Every `kg:cue` of a relation, one Cue for each lemma and slot, sorted. OntologyError for a cue that cannot work."""
    found = {cue for node in said.nodes(iri, KG + "cue") for cue in _of_node(said, iri, node)}
    return tuple(sorted(found, key=_order))


def _order(cue: Cue) -> tuple[object, ...]:
    return (
        cue.frame,
        cue.lemma,
        cue.subject,
        cue.object,
        cue.qualifiers,
        cue.modality,
        cue.polarity,
        cue.domain,
        cue.range,
        cue.strict,
        cue.beside,
        cue.without,
        cue.bars,
        cue.units,
    )


def _of_node(said: Statements, iri: str, node: str) -> list[Cue]:
    """The cues of one `kg:cue` node: one for each lemma and each way its slots may be filled."""
    lemmas = [lemma.lower() for lemma in said.texts(node, KG + "lemma")]  # as the reader looks them up

    def wrong(what: str) -> OntologyError:
        return OntologyError(
            f"{said.place(iri)}: a kg:cue of {local_name(iri)} ({', '.join(lemmas[:2])}) {what}"
        )

    kinds = [local_name(kind) for kind in said.iris(node, RDF + "type")]
    frames = [FRAMES[kind] for kind in kinds if kind in FRAMES]
    if len(frames) != 1:
        raise wrong(f"must have one type of kg:{', kg:'.join(FRAMES)}; it has {', '.join(kinds) or 'none'}")
    if not lemmas or "" in lemmas:
        raise wrong('has no word; add kg:lemma "…"')
    frame, subject, object_ = frames[0]
    subjects = said.texts(node, KG + "subject") or [subject]  # several slots are alternatives
    objects = said.texts(node, KG + "object") or [object_]
    if objects == [""]:
        raise wrong('needs the preposition of its object; add kg:object "in", say')
    mood = []
    for word, allowed in (("modality", _MODALITIES), ("polarity", _POLARITIES)):
        mood.append(said.text(node, KG + word))
        if mood[-1] and mood[-1] not in allowed:
            raise wrong(f'has the unknown kg:{word} "{mood[-1]}"; use one of {", ".join(allowed)}')
    qualifiers = []
    for text in said.texts(node, KG + "qualifier"):
        slot, equals, name = (part.strip() for part in text.partition("="))
        if not (slot and equals and name):
            raise wrong(
                f'has kg:qualifier "{text}", which is not of the form "slot=name", such as "for=purpose"'
            )
        qualifiers.append((slot, name))
    one_slot = (
        subjects == objects
    )  # "X and Y merged": both in one slot; of alternatives such pairs mean nothing
    negated, strict = (said.text(node, KG + word) == "true" for word in ("negated", "strict"))
    domain, range_, bars = (
        tuple(sorted(local_name(kind) for kind in said.iris(node, KG + word)))
        for word in ("subjectClass", "objectClass", "bars")
    )
    beside, without = (tuple(sorted(said.texts(node, KG + word))) for word in ("beside", "without"))
    units = tuple(said.texts(node, KG + "unit"))
    return [
        Cue(
            frame,
            lemma,
            subject,
            object_,
            tuple(sorted(qualifiers)),
            mood[0],
            mood[1],
            negated,
            domain,
            range_,
            strict,
            beside,
            without,
            bars,
            units=units,
        )
        for lemma, subject, object_ in itertools.product(lemmas, subjects, objects)
        if subject != object_ or one_slot
    ]


def examples(said: Statements, iri: str) -> tuple[Example, ...]:
    """Sentences given as literals, or as nodes with a kg:text and the kg:subject and kg:object to be found in it."""
    found = {Example(text) for text in said.texts(iri, KG + "example")}
    for node in said.nodes(iri, KG + "example"):
        subject, object_ = said.text(node, KG + "subject"), said.text(node, KG + "object")
        found |= {Example(text, subject, object_) for text in said.texts(node, KG + "text")}
    return tuple(sorted(found))


def word_classes(said: Statements) -> dict[str, dict[str, str]]:
    """Word class -> word -> value ("" without one)."""
    classes: dict[str, dict[str, str]] = {}
    homes: dict[str, str] = {}
    for iri in said.subjects(KG + "WordClass"):
        words = dict.fromkeys(said.texts(iri, KG + "word"), "")
        for entry in said.texts(iri, KG + "entry"):
            word, equals, value = (part.strip() for part in entry.partition("="))
            if not (word and equals and value):
                raise OntologyError(
                    f'{said.place(iri)}: kg:entry "{entry}" is not of the form "word = value"'
                )
            if words.get(word, value) != value:
                raise OntologyError(
                    f'{said.place(iri)}: "{word}" has two values, "{words[word]}" and "{value}"; keep one'
                )
            words[word] = value
        name = local_name(iri)
        if homes.setdefault(name, iri) != iri:
            both = f"the word classes <{homes[name]}> and <{iri}>"
            raise OntologyError(
                f"{said.place(iri)}: {both} are both called {name}; rename one or give both one address"
            )
        classes[name] = words
    return classes
