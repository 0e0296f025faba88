"""The names of one article by their spelling, with the kind of thing each names: what the sieves for names work on.

One name keeps one meaning within a text (Gale, Church and Yarowsky, "One Sense Per Discourse", 1992), so kinds are voted by
spelling, not by mention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from kg.extract.coref.seen import SAID, Seen, Sight
from kg.model import Form
from kg.resolve.ladder import rung
from kg.resolve.link import KINDS, Clusters
from kg.resolve.names import NameReader


class Surfaces:
    """Spelling -> mentions (`of`), kind (`kinds`) and name taken apart (`names`). `sets` are joined in place; `rungs` gets a reason
    for each joined mention."""

    def __init__(
        self, seen: Sequence[Seen], sight: Sight, reader: NameReader, sets: Clusters, rungs: dict[int, str]
    ) -> None:
        self.sight = sight
        self.reader = reader
        self.sets = sets
        self.rungs = rungs
        self.mentions = [s for s in seen if s.mention.form is Form.NAME]
        self.of: dict[str, list[Seen]] = {}
        for item in self.mentions:
            self.of.setdefault(item.mention.text, []).append(item)
        self.kinds = {text: self._vote(items) for text, items in self.of.items()}
        self.names = {text: reader.read(text, person=self.kinds[text] == "Person") for text in self.of}

    @cached_property
    def families(self) -> frozenset[tuple[str, ...]]:
        """The family names of those whose full names the article has."""
        full = (self.names[t] for t in self.of if self.kinds[t] == "Person")
        return frozenset(name.family for name in full if len(name.core) > len(name.family))

    def _vote(self, items: Iterable[Seen]) -> str:
        items = list(items)
        given_away = self.reader.read(items[0].mention.text).kind
        if given_away == "organisation":
            return "Organization"
        if given_away == "person" or any(s.gender for s in items):
            return "Person"
        votes = Counter(s.kind for s in items if s.kind)
        votes["Organization"] += SAID * self.reader.read(items[0].mention.text).trade
        return min(
            (k for k in votes if votes[k]), key=lambda kind: (-votes[kind], KINDS.index(kind)), default=""
        )

    def set_kind(self, text: str, kind: str) -> None:
        """Correct the kind of a spelling."""
        if self.kinds[text] != kind:
            self.kinds[text] = kind
            self.names[text] = self.reader.read(text, person=kind == "Person")

    def root(self, text: str) -> int:
        """The number of the cluster of a spelling's first mention."""
        return self.sets.root(self.of[text][0].index)

    def join(self, first: Seen, other: Seen, reason: str) -> None:
        """Two mentions mean one thing; the later gets the reason."""
        if self.sets.root(first.index) != self.sets.root(other.index):
            self.sets.join(first.index, other.index)
            later = max(first, other, key=lambda s: s.head.i)
            self.rungs.setdefault(later.index, reason)

    def join_all(self, texts: Sequence[str]) -> None:
        """All mentions of these spellings, each with the rung of the ladder on which it meets the first."""
        items = sorted((s for t in texts for s in self.of[t]), key=lambda s: s.head.i)
        for item in items[1:]:
            reason = rung(self.names[items[0].mention.text], self.names[item.mention.text]) or "spelling"
            self.join(items[0], item, "same name" if reason == "identical" else reason)

    def join_if_one(self, full: Sequence[str], short: str, reason: str) -> bool:
        """Join the mentions of `short` to those of the full name, if all full names are one thing. False if they are not."""
        if len({self.root(text) for text in full}) != 1:
            return False
        for item in self.of[short]:
            self.join(self.of[full[0]][0], item, reason)
        return True

    def foremost(self, texts: Sequence[str]) -> list[str]:
        """Of relatives the one whom the article is about: named most often and in a sentence before all others. Otherwise all."""
        counts: Counter[int] = Counter()
        first: dict[int, int] = {}  # cluster -> sentence
        for text in texts:
            for item in self.of[text]:
                root = self.sets.root(item.index)
                counts[root] += 1
                first[root] = min(item.mention.sentence, first.get(root, item.mention.sentence))
        best = min(first, key=lambda root: (-counts[root], first[root], root), default=-1)
        if any(first[root] <= first[best] for root in first if root != best):
            return list(texts)
        return [text for text in texts if self.root(text) == best]
