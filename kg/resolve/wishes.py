"""A person's decisions, with every selector turned into the referents it means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

from kg.model import Entity, Referent
from kg.ontology import Ontology
from kg.resolve.decisions import Decisions, Selector
from kg.resolve.names import split_words


@dataclass(frozen=True, slots=True)
class Wishes:
    """Decisions as positions in the sorted list of referents."""

    same: tuple[tuple[int, ...], ...] = ()
    sides: dict[int, dict[str, int]] = field(default_factory=dict)  # position -> decision -> its side
    labels: dict[int, str] = field(default_factory=dict)
    types: dict[int, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        decisions: Decisions,
        items: Sequence[Referent],
        automatic: Iterable[Entity],
        ontology: Ontology,
    ) -> Self:
        """Look up every selector. One that names nothing, or a class that is unknown, becomes a problem and has no effect."""
        look = _Lookup(items, automatic)
        same = tuple(tuple(sorted({p for text in g for p in look.called(text)})) for g in decisions.same)
        sides: dict[int, dict[str, int]] = {}
        for number, group in enumerate(decisions.different):
            for position, side in look.sides(group).items():
                sides.setdefault(position, {})[f"different {number}"] = side
        labels = {p: label for text, label in decisions.rename for p in look.called(text)}
        types: dict[int, str] = {}
        for text, name in decisions.type:
            if name in ontology.types:
                types |= dict.fromkeys(look.called(text), name)
            else:
                look.problems.add(f"type {text!r}: {name!r} is no class of the ontology; left as it was")
        return cls(same, sides, labels, types, tuple(sorted(look.problems)))

    def label(self, members: Iterable[int]) -> str:
        """The name a person gave to the entity of these members, or ""."""
        return next((self.labels[p] for p in members if p in self.labels), "") if self.labels else ""

    def type(self, members: Iterable[int]) -> str:
        """The class a person gave to it, or ""."""
        return next((self.types[p] for p in members if p in self.types), "") if self.types else ""


class _Lookup:
    """Finds what selectors mean; remembers those that mean nothing."""

    def __init__(self, items: Sequence[Referent], automatic: Iterable[Entity]) -> None:
        self.problems: set[str] = set()
        self._items = items
        place_of = {(item.article, item.key): position for position, item in enumerate(items)}
        self._ids = {entity.id: {place_of[place] for place in entity.referents} for entity in automatic}
        self._names: dict[tuple[str, ...], set[int]] = {}
        self._aliases: dict[tuple[str, ...], set[int]] = {}
        for position, item in enumerate(items):
            self._names.setdefault(split_words(item.name), set()).add(position)
            for alias in item.aliases:
                self._aliases.setdefault(split_words(alias), set()).add(position)

    def called(self, text: str) -> set[int]:
        """What a selector means: the entity of this id, else what is named so, else what is also called so."""
        selector = Selector.read(text)
        found = self._ids.get(text) or self._in_article(selector, self._names, self._aliases)
        if not found:
            self.problems.add(
                f"{text!r} names nothing in these articles, so what is decided of it has no effect"
            )
        return found

    def sides(self, group: Sequence[str]) -> dict[int, int]:
        """Position -> number of the selector that means it: everything called so, else the entity of this id.

        Of two selectors that mean one referent the narrower goes first: one for an article, then an id that is nobody's name.
        """
        meant: list[tuple[bool, bool, int, set[int]]] = []
        for number, selector in enumerate(map(Selector.read, group)):
            named = self._in_article(selector, self._names) or self._in_article(selector, self._aliases)
            places = named or self._ids.get(selector.text, set())
            if not places:
                self.problems.add(
                    f"{selector.text!r} names nothing in these articles, so what is decided of it has no effect"
                )
            meant.append((selector.article is None, bool(named), number, places))
        found: dict[int, int] = {}
        for *_, number, places in sorted(meant, key=lambda row: row[:3]):
            for position in places:
                found.setdefault(position, number)
        return found

    def _in_article(self, selector: Selector, *indexes: dict[tuple[str, ...], set[int]]) -> set[int]:
        for index in indexes:
            found = {
                position
                for position in index.get(selector.words, ())
                if selector.article in (None, self._items[position].article)
            }
            if found:
                return found
        return set()
