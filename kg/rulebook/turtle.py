"""Candidate relations as Turtle, ready to be pasted into an ontology: text only, no RDF library is needed to write it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from kg.ontology import Ontology
from kg.rdf.vocabulary import KG, OWL, RDFS, RESERVED, XSD
from kg.rulebook.candidates import Candidate, counted, telling
from kg.terminal import harmless

_CUES = {"verb": "kg:VerbCue", "role": "kg:RoleCue"}
_USUAL = {"verb": "obj", "role": "of"}  # the slot of the object that a cue has by itself


def prefixes(ontology: Ontology) -> str:
    """The prefix lines that snippets for this ontology need; repeating them in a file does no harm."""
    lines = [f"@prefix kg: <{KG}> .", f"@prefix owl: <{OWL}> .", f"@prefix rdfs: <{RDFS}> ."]
    if ontology.namespace != KG:
        lines.append(f"@prefix : <{ontology.namespace}> .")
    lines += ["@prefix schema: <https://schema.org/> .", f"@prefix xsd: <{XSD}> ."]
    return "\n".join(lines) + "\n"


def to_turtle(name: str, members: Sequence[Candidate], whole: Candidate, ontology: Ontology) -> str:
    """One relation: label, classes of both sides as far as known, a cue for each member, sentences as examples.

    The name is changed where the ontology has it already or it is a word of kg's own. Paste it below `prefixes(ontology)`.

    >>> print(to_turtle("step_into", [candidate], candidate, ontology))
    # said 3 times in 2 articles; subject: Person 3; object: Company 2, unknown 1
    :step_into a owl:ObjectProperty ;
        rdfs:label "step into"@en ;
        …
    """
    taken = (
        ontology.relations.keys() | ontology.types.keys() | (RESERVED if ontology.namespace == KG else set())
    )
    while name in taken:
        name += "_"
    prefix = "kg:" if ontology.namespace == KG else ":"
    articles = len(whole.articles)
    lines = [
        f"# said {whole.count} times in {articles} article{'s' * (articles != 1)}; "
        f"subject: {', '.join(counted(whole.domain)) or 'unknown'}; object: {', '.join(counted(whole.range)) or 'unknown'}",
        f"{prefix}{name} a owl:ObjectProperty ;",
        f"    rdfs:label {_text(whole.words)} ;",
    ]
    for predicate, classes in (("domainIncludes", whole.domain), ("rangeIncludes", whole.range)):
        chosen = [c for c in telling(classes) if c in ontology.types]
        names = dict.fromkeys(_class(c, ontology, prefix) for c in chosen)
        if names:
            lines.append(f"    schema:{predicate} {', '.join(names)} ;")
    lines += [f"    kg:cue {_cue(member)} ;" for member in members]
    for sentence in whole.sentences[:3]:
        if sentence.subject and sentence.object:
            sides = f"kg:subject {_text(sentence.subject)} ; kg:object {_text(sentence.object)}"
            lines.append(f"    kg:example [ kg:text {_text(sentence.text)} ; {sides} ] ;")
    lines[-1] = lines[-1].removesuffix(" ;") + " ."
    return "\n".join(lines) + "\n"


def _cue(candidate: Candidate) -> str:
    slot = "" if candidate.slot == _USUAL[candidate.frame] else f" ; kg:object {_string(candidate.slot)}"
    return f"[ a {_CUES[candidate.frame]} ; kg:lemma {_string(candidate.lemma)}{slot} ]"


def _class(name: str, ontology: Ontology, prefix: str) -> str:
    """Own classes are in the ontology's namespace; one that kg put underneath has kg's; values have XML Schema's types."""
    if ontology.types[name].literal and ontology.namespace != KG:
        return "xsd:date" if name == "Date" else "xsd:decimal"
    return f"kg:{name}" if ontology.types[name].shipped else f"{prefix}{name}"


def _text(words: str) -> str:
    return f"{_string(words)}@en"


def _string(words: str) -> str:
    """A Turtle string: its escapes are JSON's, and what an article hides in control characters is spelled out."""
    return json.dumps(harmless(words), ensure_ascii=False)


def joined(snippets: Iterable[str], ontology: Ontology) -> str:
    """Snippets with their prefixes as one file."""
    return "\n".join([prefixes(ontology), *snippets])
