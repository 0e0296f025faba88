"""Which referents are entries of the user's own list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Form, Referent
from kg.ontology import Ontology
from kg.resolve.catalogue import Catalogue, Index, Known
from kg.resolve.draft import linkable, read_name
from kg.resolve.kinds import compatible, kind_of
from kg.resolve.names import NameReader, split_words

LIST = "your list"  # the decision under which entries of the list keep things apart


@dataclass(frozen=True, slots=True, order=True)
class Ambiguity:
    """A name of an article that fits several entries, none better than the others."""

    article: str
    name: str
    ids: tuple[str, ...]


class Matches:
    """The entries that referents were matched to, by position in the sorted list of referents."""

    def __init__(
        self, items: Sequence[Referent], catalogue: Catalogue, ontology: Ontology, reader: NameReader
    ) -> None:
        self.entries: dict[int, Known] = {}
        self.sides: dict[int, Mapping[str, int]] = {}
        self._ontology = ontology
        self._items = items
        found: list[Ambiguity] = []
        if catalogue:
            index = Index(catalogue, reader)
            number = {entry.id: i for i, entry in enumerate(catalogue.entries)}
            words = self._words()
            doubts: dict[tuple[str, ...], int] = {}
            for position, item in enumerate(items):
                if item.form != Form.NAME or not linkable(item, ontology, read_name(item, ontology, reader)):
                    continue
                fits = self._fits(item, index, words[item.article])
                if len(fits) == 1:
                    self.entries[position] = fits[0]
                    self.sides[position] = {LIST: number[fits[0].id]}
                elif fits:
                    ids = tuple(entry.id for entry in fits)
                    found.append(Ambiguity(item.article, item.name, ids))
                    self.sides[position] = {LIST: -1 - doubts.setdefault(ids, len(doubts))}
        self.ambiguities = tuple(sorted(found))

    def entry(self, members: Iterable[int]) -> Known | None:
        """The entry that the members of a cluster were matched to: at most one, since entries keep things apart."""
        if not self.entries:
            return None
        return next((self.entries[p] for p in members if p in self.entries), None)

    def _words(self) -> dict[str, set[str]]:
        """Article -> folded words of all it names and describes."""
        found: dict[str, set[str]] = {}
        for item in self._items:
            known = found.setdefault(item.article, set())
            for text in (item.name, *item.aliases, *item.descriptions):
                known.update(split_words(text))
        return found

    def _fits(self, item: Referent, index: Index, words: set[str]) -> Sequence[Known]:
        """Entries of the referent's name, else of an alias, that agree in kind; of several those with most context words."""
        kind = kind_of(item.type, self._ontology)
        for name in (item.name, *item.aliases):
            entries = [
                entry
                for entry in index.candidates(name)
                if compatible(kind, kind_of(entry.type, self._ontology))
            ]
            if len(entries) > 1:
                shared = {e.id: sum(set(split_words(text)) <= words for text in e.context) for e in entries}
                best = max(shared.values())
                entries = [entry for entry in entries if shared[entry.id] == best]
            if entries:
                return entries
        return ()
