"""What claims say about who a referent is: its employers and roles, its market symbols, its former names.

Which relations tell such things is written in the ontology (word class `telling_relation`), not here.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from kg.model import Claim, Modality, Polarity, Reading, Ref, Value
from kg.ontology import Ontology
from kg.resolve.kinds import kind_of
from kg.resolve.names import NameReader, split_words

Place = tuple[str, str]  # (article, key of a referent)


@dataclass(frozen=True, slots=True)
class Hint:
    """All that is told of one referent. Keys of organisations are those of `Name.key`."""

    employers: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()  # words of posts and professions, folded
    tickers: frozenset[str] = frozenset()
    other_names: frozenset[str] = frozenset()  # "formerly Castle Mills"
    asked: frozenset[tuple[str, str]] = frozenset()  # (class, relation that asks for it on this side)

    def __or__(self, other: Hint) -> Hint:
        return Hint(
            self.employers | other.employers,
            self.roles | other.roles,
            self.tickers | other.tickers,
            self.other_names | other.other_names,
            self.asked | other.asked,
        )


NOTHING = Hint()


def hints(readings: Iterable[Reading], ontology: Ontology) -> dict[Place, Hint]:
    """Hints of all referents of whom claims tell something."""
    reader = NameReader(ontology)
    telling = ontology.words.get("telling_relation", {})
    found: dict[Place, Hint] = {}
    for reading in readings:
        by_key = {referent.key: referent for referent in reading.referents}
        kinds = {key: kind_of(referent.type, ontology) for key, referent in by_key.items()}
        for claim in reading.claims:
            place = (reading.article, claim.subject)
            if claim.subject not in by_key or claim.polarity is Polarity.NEGATIVE:
                continue
            hint = _stated(claim, telling.get(claim.relation, ""))
            if isinstance(claim.object, Ref) and claim.object.key in by_key:
                pair = (claim.subject, claim.object.key)
                person, firm = pair if kinds[pair[0]] == "Person" else (pair[1], pair[0])
                if (kinds[person], kinds[firm]) == ("Person", "Organization"):
                    place = (reading.article, person)
                    employer = reader.read(by_key[firm].name).key
                    hint |= Hint(employers=frozenset({employer}), roles=_roles(claim, reader.links))
            if hint != NOTHING:
                found[place] = found.get(place, NOTHING) | hint
            for key, type_name in _asked(claim, ontology):
                place = (reading.article, key)
                hint = Hint(asked=frozenset({(type_name, claim.relation)}))
                found[place] = found.get(place, NOTHING) | hint
    return found


def _asked(claim: Claim, ontology: Ontology) -> Iterator[tuple[str, str]]:
    """(key, class): what a relation of the ontology asks of its subject and object, where it asks for one class only."""
    relation = None if claim.open else ontology.relations.get(claim.relation)
    if relation is None:
        return
    sides = [(claim.subject, relation.domain)]
    sides += [(claim.object.key, relation.range)] if isinstance(claim.object, Ref) else []
    for key, classes in sides:
        if len(classes) == 1 and classes[0] in ontology.types:
            yield key, classes[0]


def _stated(claim: Claim, what: str) -> Hint:
    """What a telling relation says of its subject."""
    target = claim.object
    if not what or isinstance(target, Ref) or claim.modality is not Modality.ASSERTED:
        return NOTHING
    text = target.text if isinstance(target, Value) else target
    if what == "ticker":
        symbol = re.sub(r"\W", "", text.rpartition(":")[2]).casefold()
        return Hint(tickers=frozenset({symbol} - {""}))
    return Hint(other_names=frozenset({text}))


def _roles(claim: Claim, small: Container[str]) -> frozenset[str]:
    """The words of the post in a claim, without small ones: "chief executive" -> chief, executive, ce."""
    words: set[str] = set()
    for key, value in claim.qualifiers:
        if key == "role" and isinstance(value, str):
            content = [w for w in split_words(value) if w not in small]
            words |= {*content, "".join(w[0] for w in content if w)} if len(content) > 1 else set(content)
    return frozenset(words)
