"""The example sentences of an ontology, each read alone: is it read as the ontology says?

An example passes when its sentence makes a claim of the relation between the subject and the object that the ontology gives it:
affirmed, in the article's own voice. A counterexample passes when its sentence asserts no such relation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph import asserted
from kg.model import Article, Claim, Polarity, Reading, Ref, Value
from kg.ontology import Example, Ontology, Relation

if TYPE_CHECKING:
    from spacy.language import Language

DETERMINERS = re.compile(r"^(?:the|a|an|its|his|her|their|one|new|own) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One sentence of the ontology and whether it was read as the ontology says."""

    relation: str
    text: str
    wanted: str  # "subject | object", or "" for a counterexample
    passed: bool
    said: tuple[str, ...]  # every claim of the sentence
    learned: bool = False  # a counterexample that no cue asserts, only a learned proposal


def run_examples(ontology: Ontology, nlp: Language, names: Iterable[str] = ()) -> Iterator[Outcome]:
    """The outcome of every example and counterexample of these relations (all, where none is named), in name order.

    >>> [outcome.passed for outcome in run_examples(ontology, load_pipeline(), ["acquires"])]
    [True, True, True, True, True]
    """
    from kg.extract.pairs import RULE as LEARNED
    from kg.extract.read import read_article

    for name in sorted(names or ontology.relations):
        relation = ontology.relations[name]
        for example in relation.examples:
            yield _example(relation, example, read_article(Article("example", example.text), ontology, nlp))
        for text in relation.counterexamples:
            reading = read_article(Article("example", text), ontology, nlp)
            rules = {claim.rule for claim in reading.claims if _asserts(claim, name)}
            yield Outcome(name, text, "", not rules, _said(reading), learned=rules == {LEARNED})


def _example(relation: Relation, example: Example, reading: Reading) -> Outcome:
    if not example.subject:  # a sentence alone: any two things will do
        passed = any(_asserts(claim, relation.name) for claim in reading.claims)
        return Outcome(relation.name, example.text, "anything | anything", passed, _said(reading))
    pairs = [(example.subject, example.object)]
    if relation.symmetric:
        pairs.append((example.object, example.subject))
    passed = any(
        claim.relation == relation.name
        and claim.polarity is Polarity.POSITIVE
        and any(
            _same(subject, _names(reading, claim.subject)) and _same(object_, _objects(reading, claim))
            for subject, object_ in pairs
        )
        for claim in reading.claims
    )
    wanted = f"{example.subject} | {example.object}"
    return Outcome(relation.name, example.text, wanted, passed, _said(reading))


def _asserts(claim: Claim, relation: str) -> bool:
    return claim.relation == relation and asserted(claim)


def _names(reading: Reading, key: str) -> list[str]:
    referent = next(r for r in reading.referents if r.key == key)
    return [referent.name, *referent.aliases, *referent.descriptions, key]


def _objects(reading: Reading, claim: Claim) -> list[str]:
    if isinstance(claim.object, Ref):
        return _names(reading, claim.object.key)
    return [claim.object.text if isinstance(claim.object, Value) else claim.object]


def _same(wanted: str, found: list[str]) -> bool:
    """Whether a name is the wanted one, or one of the two only says more before or after it ("court in Lyon", "court")."""
    words = _plain(wanted)
    for name in map(_plain, found):
        short, long = sorted((words, name), key=len)
        if short and short in (long[: len(short)], long[-len(short) :]):
            return True
    return False


def _plain(name: str) -> list[str]:
    """The words without determiners and case."""
    before = ""
    while before != name:
        before, name = name, DETERMINERS.sub("", name)
    return re.findall(r"[\w%$€£]+(?:[.,]\w+)*", name.lower())


def _said(reading: Reading) -> tuple[str, ...]:
    return tuple(
        f"{_names(reading, c.subject)[0]} | {c.relation} | {_objects(reading, c)[0]} | {c.polarity.value} {c.modality.value}"
        for c in reading.claims
    )
