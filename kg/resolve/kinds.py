"""Coarse kinds of things, which may be one thing with which, and the vote for an entity's class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.ontology import Ontology

# Kinds of things that must not be mixed up, in the order in which they may claim a plain id.
KINDS = ("Organization", "Thing", "Place", "Person")
FALLBACK_TYPES = ("Thing", "Concept")


def kind_of(type_name: str, ontology: Ontology) -> str:
    """The coarse kind of an ontology class: one of KINDS, or "" for an unknown type.

    >>> kind_of("Company", ontology)
    'Organization'
    """
    if not type_name:
        return ""
    return next(
        (kind for kind in ("Person", "Organization", "Place") if ontology.is_a(type_name, kind)), "Thing"
    )


def compatible(a: str, b: str) -> bool:
    """Whether things of two kinds may be one: never a person and anything else, never a place and a company.

    An organisation and a thing may: platforms and brands share the name of their company, and news does not tell them apart.
    """
    return a == b or not a or not b or {a, b} == {"Organization", "Thing"}


def vote(ballots: Iterable[Iterable[tuple[str, int]]], ontology: Ontology) -> str:
    """The class of an entity: first the kind with most votes, in it the class with most, the specific before the general.

    A vote for Company is one for Organization too, so three votes for Organization and one for Company make a Company; one
    for Agent ("Danone, owner of …") speaks neither for nor against a firm or a person.
    Without any vote the answer is the ontology's Thing or Concept, where it has one.
    """
    votes: Counter[str] = Counter()
    for ballot in ballots:
        for type_name, count in ballot:
            if type_name:
                votes[type_name] += count
    if not votes:
        return next((name for name in FALLBACK_TYPES if name in ontology.types), "")
    kinds: Counter[str] = Counter()
    for type_name, count in votes.items():
        kind = kind_of(type_name, ontology)
        if not any(kind_of(other, ontology) != kind and ontology.is_a(other, type_name) for other in votes):
            kinds[kind] += count
    kind = min(kinds, key=lambda k: (-kinds[k], KINDS.index(k)))
    inside = [name for name in votes if kind_of(name, ontology) == kind]
    leaves = [
        name for name in inside if not any(other != name and ontology.is_a(other, name) for other in inside)
    ]
    return min(leaves, key=lambda name: (-votes[name], name))
