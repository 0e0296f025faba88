"""A user's own list of entities, against which the things of the articles are matched, offline.

An entry is matched by its names; where two entries share a name, by type and then by context words ("fruit" or "iPhone" for
Apple). What stays ambiguous is linked to none of them and reported: a wrong identifier is worse than a missing one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from kg.resolve.names import NameReader, split_words


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """An entry of the list. `id` becomes the id of the node: an IRI as it is, any other text below the graph's own base."""

    id: str
    names: tuple[str, ...]  # the first is the label
    type: str = ""  # class of the ontology, or ""
    context: tuple[str, ...] = ()  # words to expect near it
    same_as: tuple[str, ...] = ()  # other IRIs of it


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The entries in order of their ids. Two entries of one id are one, with the names of both."""

    entries: tuple[Known, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[Known]) -> Self:
        found: dict[str, Known] = {}
        for entry in sorted(entries):
            old = found.setdefault(entry.id, entry)
            if old is not entry:
                found[entry.id] = Known(
                    entry.id,
                    _union(old.names, entry.names),
                    old.type or entry.type,
                    _union(old.context, entry.context),
                    _union(old.same_as, entry.same_as),
                )
        return cls(tuple(found[key] for key in sorted(found)))

    def __bool__(self) -> bool:
        return bool(self.entries)

    def __or__(self, other: Catalogue) -> Catalogue:
        return Catalogue.of((*self.entries, *other.entries))

    def named(self, names: Iterable[str], reader: NameReader) -> Catalogue:
        """Only the entries that share a name with these: what a graph needs to keep of a long list."""
        keys = {key for name in names for key in _keys(name, reader)}
        return Catalogue(
            tuple(e for e in self.entries if any(k in keys for n in e.names for k in _keys(n, reader)))
        )


class Index:
    """The entries by name, to be asked for candidates."""

    def __init__(self, catalogue: Catalogue, reader: NameReader) -> None:
        self._reader = reader
        self._by_key: dict[tuple[str, ...], list[Known]] = {}
        for entry in catalogue.entries:
            for key in sorted({key for name in entry.names for key in _keys(name, reader)}):
                self._by_key.setdefault(key, []).append(entry)

    def candidates(self, name: str) -> Sequence[Known]:
        """Entries with this name: as it is written if there are any, else without legal form."""
        for key in _keys(name, self._reader):
            if found := self._by_key.get(key):
                return found
        return ()


def _keys(name: str, reader: NameReader) -> Iterator[tuple[str, ...]]:
    yield split_words(name)
    yield reader.read(name).core


def _union(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*a, *b)))
