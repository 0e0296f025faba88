"""A reader's eye for ontologies: every mistake at once, with its place and what to do, where `load_ontology` stops at the first."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

from kg.derive.notions import KNOWN
from kg.errors import OntologyError
from kg.ontology import Ontology, Relation
from kg.rdf.derived import is_derived, lexicon_of
from kg.rdf.rings import rings
from kg.rdf.schema import load_ontology, ontology_files
from kg.rdf.turtle import Statements
from kg.rdf.vocabulary import KG, ONTOLOGY_WORDS, OWL, RDF, RDFS, SCHEMA, SKOS, XSD, local_name, namespace_of

SEVERITIES = ("error", "warning", "note")
_NAMES = (RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel")
_PATTERN = re.compile(r"[\\\[\](){}*+?|^$]")  # a full stop ends abbreviations: "licence no."
_MANY = 40  # problems of one kind listed one by one
_CLASSES = (OWL + "Class", RDFS + "Class")
_PROPERTIES = (OWL + "ObjectProperty", OWL + "DatatypeProperty", RDF + "Property")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct (error: kg cannot use the file) or to look at."""

    severity: str
    place: str  # "my.ttl:12"
    subject: str
    what: str
    advice: str

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.subject}: {self.what}; {self.advice}"


def check(path: str | Path) -> list[Problem]:
    """All problems of an ontology file or folder, errors first, then by place. Never raises for what is wrong inside the files.

    Raises OntologyError where the path itself is none.

    >>> [str(problem) for problem in check("my.ttl")]
    ['my.ttl:7: warning: founder: has no range; add rdfs:range, or anything may stand there']
    """
    files = ontology_files(Path(path))
    found: list[Problem] = []
    readable = []
    for file in files:
        try:
            Statements([file])
            readable.append(file)
        except OntologyError as error:
            found.append(_of_error(error, file.name))
    if len(readable) < len(files):
        return found
    said = Statements(files)
    found += [
        *_circles(said, RDFS + "subPropertyOf"),
        *_circles(said, RDFS + "subClassOf"),
        *_undefined(said),
    ]
    found += [*_languages(said), *_misspelt(said)]
    try:
        ontology = load_ontology(path)
    except OntologyError as error:
        if not any(problem.severity == "error" for problem in found):
            found.append(_of_error(error, ""))
    else:
        found += [*_sides(said, ontology), *_cues(said, ontology), *_same_cues(said, ontology)]
    return sorted(
        _shortened(found), key=lambda p: (SEVERITIES.index(p.severity), _by_line(p.place), p.subject)
    )


def _by_line(place: str) -> tuple[str, int]:
    file, _, line = place.rpartition(":")
    return (file, int(line)) if line.isdigit() else (place, 0)


def _of_error(error: OntologyError, subject: str) -> Problem:
    """The loader's one line taken apart: "my.ttl:3: what is wrong; what to do"."""
    head, _, advice = str(error).partition("; ")
    place, _, what = head.partition(": ")
    return Problem("error", place, subject or what.split()[0], what, advice or "correct it")


def _shortened(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Of one kind of problem, told with one advice, the first `_MANY` and the number of the others."""
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.severity, problem.advice), []).append(problem)
    for (severity, advice), same in kinds.items():
        yield from same[:_MANY]
        if len(same) > _MANY:
            yield Problem(severity, same[_MANY].place, "…", f"{len(same) - _MANY} more of this kind", advice)


def _circles(said: Statements, predicate: str) -> Iterator[Problem]:
    """Every ring of parents, told once, at its first name."""
    for ring in rings({iri: said.iris(iri, predicate) for iri in said.subjects_with(predicate)}):
        around = " -> ".join(map(local_name, ring))
        what = f"{_short(predicate)} goes in a circle ({around})"
        yield Problem("error", said.place(ring[0]), local_name(ring[0]), what, "remove one step")


def _undefined(said: Statements) -> Iterator[Problem]:
    """Parents, domains and ranges of the ontology's own namespace that it does not define."""
    classes = set(said.subjects(*_CLASSES))
    properties = set(said.subjects(*_PROPERTIES))
    shipped = set(load_ontology().types)
    sides = (RDFS + "domain", RDFS + "range", SCHEMA + "domainIncludes", SCHEMA + "rangeIncludes")
    for known, owners, predicates in (
        (classes, properties, sides),
        (classes, classes, (RDFS + "subClassOf",)),
        (properties, properties, (RDFS + "subPropertyOf",)),
    ):
        for iri in sorted(owners):
            for predicate in predicates:
                for other in said.iris(iri, predicate):
                    name = local_name(other)
                    if other in known or namespace_of(other) != namespace_of(iri) or name == "Any":
                        continue
                    fine = known is classes and name in shipped
                    what = f"has the {_short(predicate)} {name}, which is not defined here"
                    near = difflib.get_close_matches(name, sorted(map(local_name, known)), n=1)
                    kind = "owl:Class" if known is classes else "owl:ObjectProperty"
                    advice = f"did you mean {near[0]}?" if near else f"add: {name} a {kind} ."
                    severity = "note" if fine else "error"
                    yield Problem(severity, said.place(iri), local_name(iri), what, advice)


def _languages(said: Statements) -> Iterator[Problem]:
    """Labels that kg cannot use: those of other languages, where there is none in English."""
    ignored: dict[str, int] = {}
    for iri in said.subjects(*_CLASSES, *_PROPERTIES):
        languages = said.languages(iri, *_NAMES)
        other = sorted(languages - {"", "en"})
        for language in other:
            ignored[language] = ignored.get(language, 0) + 1
        if other and not languages & {"", "en"}:
            what = f"is labelled in {', '.join(other)} only, and kg reads English"
            yield Problem("warning", said.place(iri), local_name(iri), what, 'add rdfs:label "…"@en')
    if ignored:
        counts = ", ".join(f"{language} of {count}" for language, count in sorted(ignored.items()))
        first = said.subjects(*_CLASSES, *_PROPERTIES)[0]
        what = f"labels in other languages are passed over ({counts} classes and relations)"
        yield Problem("note", said.place(first).rpartition(":")[0] or "", "labels", what, "nothing to do")


def _misspelt(said: Statements) -> Iterator[Problem]:
    """Predicates of kg's namespace that kg does not know, on relations, classes and their cues."""
    own = {local_name(iri) for iri in said.subjects(*_PROPERTIES) if namespace_of(iri) == KG}
    for subject, predicate in said.used():
        name = local_name(predicate)
        if namespace_of(predicate) != KG or name in ONTOLOGY_WORDS or name in own:
            continue
        near = difflib.get_close_matches(name, sorted(ONTOLOGY_WORDS), n=1)
        advice = (
            f"did you mean kg:{near[0]}?"
            if near
            else f"use one of kg:{', kg:'.join(sorted(ONTOLOGY_WORDS)[:8])} …"
        )
        owner = said.owner(subject)
        yield Problem(
            "warning", said.place(owner), local_name(owner), f"has kg:{name}, a word kg does not know", advice
        )


def _sides(said: Statements, ontology: Ontology) -> Iterator[Problem]:
    """Relations without a range or a domain: anything may then stand there, and cues of many meanings fire too often."""
    homes = {local_name(iri): iri for iri in said.subjects(*_PROPERTIES)}
    for name, iri in sorted(homes.items()):
        relation = ontology.relations.get(name)
        if relation is None:
            continue
        for side, told, predicates in (
            ("range", relation.range, (RDFS + "range", SCHEMA + "rangeIncludes")),
            ("domain", relation.domain, (RDFS + "domain", SCHEMA + "domainIncludes")),
        ):
            if said.nodes(iri, *predicates):
                continue
            if told:
                what = f"has no {side}; its label gives away {' or '.join(told)}"
                yield Problem("note", said.place(iri), name, what, f"add rdfs:{side} if that is wrong")
            else:
                what = f"has no {side}, so anything may stand there"
                yield Problem("warning", said.place(iri), name, what, f"add rdfs:{side}")


def _cues(said: Statements, ontology: Ontology) -> Iterator[Problem]:
    """Relations that nothing says, and written cues that can match nothing."""
    lexicon = lexicon_of(load_ontology())
    homes = {local_name(iri): iri for iri in said.subjects(*_PROPERTIES)}
    for name, relation in sorted(ontology.relations.items()):
        place = said.place(homes.get(name, ""))
        if not relation.cues:
            derived = "its label and comment imply none" if is_derived(said) else "none are derived here"
            yield Problem(
                "warning", place, name, f"has no cue words: {derived}", 'add rdfs:label "…"@en or kg:cue'
            )
        for cue in relation.cues:
            if cue.source:
                continue
            if _PATTERN.search(cue.lemma) and cue.lemma != "*":
                what = (
                    f"the cue “{cue.lemma}” looks like a pattern; cues are words, compared letter by letter"
                )
                yield Problem("warning", place, name, what, "write each word as a kg:lemma of its own")
            first, *rest = cue.lemma.split()
            base = next(iter(lexicon.participle(first)), "") or lexicon.third_person(first)
            if cue.frame == "verb" and not lexicon.is_verb(first) and lexicon.is_verb(base):
                what = (
                    f"the verb cue “{cue.lemma}” is no base form, and sentences are looked up by base forms"
                )
                yield Problem("warning", place, name, what, f"write “{' '.join((base, *rest))}”")


def _same_cues(said: Statements, ontology: Ontology) -> Iterator[Problem]:
    """Two relations with one cue in one direction whose sides do not tell them apart."""
    homes = {local_name(iri): iri for iri in said.subjects(*_PROPERTIES)}
    clashes: dict[tuple[str, str], list[str]] = {}
    for entries in ontology.cue_index.values():
        pairs = combinations(entries, 2) if len(entries) <= _MANY else pairwise(entries)
        for (one, cue), (other, second) in pairs:
            same = (cue.subject, cue.object, cue.negated) == (second.subject, second.object, second.negated)
            if (
                one.name != other.name
                and same
                and not (cue.shared or second.shared)
                and not (cue.source.startswith(KNOWN) or second.source.startswith(KNOWN))
                and _overlap(one, other, ontology)
            ):
                words = clashes.setdefault((one.name, other.name), [])
                if cue.lemma not in words:
                    words.append(cue.lemma)
    for (one_name, other_name), words in sorted(clashes.items()):
        shown = ", ".join(f"“{word}”" for word in words[:4]) + (" …" if len(words) > 4 else "")
        what = f"shares the cue{'s' * (len(words) > 1)} {shown} with {other_name}, and neither side tells them apart"
        advice = "narrow a domain or range, or reword one; else the better fit, then the narrower, then the first by name is taken"
        yield Problem("warning", said.place(homes.get(one_name, "")), one_name, what, advice)


def _overlap(one: Relation, other: Relation, ontology: Ontology) -> bool:
    """Whether one thing may stand on both subject sides and one on both object sides."""
    if one.name in other.parents or other.name in one.parents:
        return False
    return all(
        not a or not b or any(ontology.is_a(x, y) or ontology.is_a(y, x) for x in a for y in b)
        for a, b in ((one.domain, other.domain), (one.range, other.range))
    )


def _short(predicate: str) -> str:
    """ "rdfs:subClassOf" for messages."""
    known = {RDFS: "rdfs", OWL: "owl", SCHEMA: "schema", XSD: "xsd"}
    return f"{known.get(namespace_of(predicate), '')}:{local_name(predicate)}"
