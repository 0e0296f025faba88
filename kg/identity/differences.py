"""What differs between two graphs: so that a person sees what a decision, a rule or another article has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Entity, Fact, Ref, Value

if TYPE_CHECKING:
    from kg.graph import Graph


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One line of a difference."""

    what: str  # "entity" or "fact"
    change: str  # "added", "removed", "merged", "split", "changed"
    subject: str  # label of the entity; of a fact its subject's
    detail: str


def differences(old: Graph, new: Graph) -> tuple[Change, ...]:
    """What `new` has that `old` has not, and the other way round; sorted, entities first.

    An entity is followed by its mentions, so a new name or id is a change, not a loss and a gain, and the facts of two
    entities that were merged are compared under their new name.

    >>> [(c.change, c.subject, c.detail) for c in differences(before, after)]
    [('merged', 'Facebook', 'now part of Meta')]
    """
    heirs = _heirs(old, new)
    return tuple(sorted({*_entities(old, new, heirs), *_facts(old, new, heirs)}))


def _heirs(old: Graph, new: Graph) -> dict[str, str]:
    """Old id -> id of the new entity that has most of its mentions."""
    now = {place: entity.id for entity in new.entities for place in entity.referents}
    found = {}
    for entity in old.entities:
        shares = Counter(now[place] for place in entity.referents if place in now)
        if shares:
            found[entity.id] = min(shares, key=lambda key: (-shares[key], key != entity.id, key))
    return found


def _entities(old: Graph, new: Graph, heirs: dict[str, str]) -> Iterator[Change]:
    before = {entity.id: entity for entity in old.entities}
    after = {entity.id: entity for entity in new.entities}
    ancestors: dict[str, list[str]] = {}
    for ancestor, survivor in heirs.items():
        ancestors.setdefault(survivor, []).append(ancestor)
    was = {place: entity.id for entity in old.entities for place in entity.referents}
    for identifier, entity in before.items():
        heir = heirs.get(identifier)
        if heir is None:
            yield Change(
                "entity", "removed", entity.label, f"{entity.type or 'unknown'}, {_articles(entity)}"
            )
        elif _first(ancestors[heir], heir) != identifier:
            yield Change("entity", "merged", entity.label, f"now part of {after[heir].label}")
        else:
            for detail in _changed(entity, after[heir]):
                yield Change("entity", "changed", entity.label, detail)
    for identifier, entity in after.items():
        if identifier in ancestors:
            continue
        places = [
            (article, key.partition("~")[0]) for article, key in entity.referents
        ]  # also of a part told apart
        origins = sorted({before[was[place]].label for place in places if place in was})
        change = "split" if origins else "added"
        detail = (
            f"was part of {', '.join(origins)}"
            if origins
            else f"{entity.type or 'unknown'}, {_articles(entity)}"
        )
        yield Change("entity", change, entity.label, detail)


def _first(ancestors: list[str], heir: str) -> str:
    """Which of several old entities lives on in the new one: the one of its id, else the first."""
    return heir if heir in ancestors else min(ancestors)


def _changed(old: Entity, new: Entity) -> Iterator[str]:
    for name, a, b in (("label", old.label, new.label), ("id", old.id, new.id), ("type", old.type, new.type)):
        if a != b:
            yield f"{name} {a or 'none'} is now {b or 'none'}"
    names = {old.label, *old.aliases}, {new.label, *new.aliases}
    for sign, some in (("also", names[1] - names[0]), ("no longer", names[0] - names[1])):
        if some:
            yield f"{sign} called {'; '.join(sorted(some))}"


def _articles(entity: Entity) -> str:
    count = len({article for article, _ in entity.referents})
    return f"{count} article{'s' * (count != 1)}"


def _facts(old: Graph, new: Graph, heirs: dict[str, str]) -> Iterator[Change]:
    before = {_key(fact, heirs): fact for fact in old.facts_all}
    after = {_key(fact, {}): fact for fact in new.facts_all}
    for key in before.keys() - after.keys():
        yield _change("removed", before[key], old)
    for key in after.keys() - before.keys():
        yield _change("added", after[key], new)
    for key in before.keys() & after.keys():
        counts = len(before[key].claims), len(after[key].claims)
        if before[key].asserted != after[key].asserted:
            state = "asserted" if after[key].asserted else "no longer asserted"
            yield _change("changed", after[key], new, f"; now {state}")
        elif counts[0] != counts[1]:
            yield _change("changed", after[key], new, f"; {counts[0]} claims are now {counts[1]}")


def _key(fact: Fact, heirs: dict[str, str]) -> tuple[str, ...]:
    target = fact.object
    subject = heirs.get(fact.subject, fact.subject)
    if isinstance(target, Ref):
        words = ("entity", heirs.get(target.key, target.key))
    else:
        words = ("literal", target.text if isinstance(target, Value) else target)
    return (subject, fact.relation, *words, fact.polarity.value, fact.modality.value)


def _change(change: str, fact: Fact, graph: Graph, more: str = "") -> Change:
    target = fact.object
    if isinstance(target, Ref):
        text = graph.entity(target.key).label
    else:
        text = target.text if isinstance(target, Value) else target
    mood = [
        word for word in (fact.polarity.value, fact.modality.value) if word not in ("positive", "asserted")
    ]
    mood += [] if fact.asserted or mood else ["reported"]
    shade = f" ({', '.join(mood)})" if mood else ""
    return Change("fact", change, graph.entity(fact.subject).label, f"{fact.relation} {text}{shade}{more}")
