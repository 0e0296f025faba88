"""Disjoint sets of positions, some of which a person has told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Sides = Mapping[str, int]  # decision -> on which side of it a position stands


class Clusters:
    """Disjoint sets of positions 0 … n-1 (union-find with path halving); the smallest position stands for a set.

    Two positions on different sides of one decision never come into one set, whatever else speaks for it.
    """

    def __init__(self, size: int, sides: Mapping[int, Sides] | None = None) -> None:
        self._above = list(range(size))
        self._sides = {position: dict(given) for position, given in (sides or {}).items()}

    def copy(self) -> Clusters:
        """The same sets, to be joined further without a trace here."""
        copied = Clusters(0, self._sides)
        copied._above = list(self._above)
        return copied

    def root(self, item: int) -> int:
        """The position that stands for the set of `item`."""
        while self._above[item] != item:
            self._above[item] = self._above[self._above[item]]
            item = self._above[item]
        return item

    def may_join(self, a: int, b: int) -> bool:
        """Whether no decision keeps the two sets apart."""
        one, other = (self._sides.get(self.root(item), {}) for item in (a, b))
        return all(other.get(decision, side) == side for decision, side in one.items())

    def join(self, a: int, b: int) -> bool:
        """Make one set of two; False where a decision forbids it."""
        low, high = sorted((self.root(a), self.root(b)))
        if low != high:
            if not self.may_join(low, high):
                return False
            self._above[high] = low
            if high in self._sides:
                self._sides[low] = self._sides.pop(high) | self._sides.get(low, {})
        return True

    def sets(self) -> list[list[int]]:
        """All sets, each sorted, in order of their smallest position."""
        found: dict[int, list[int]] = {}
        for item in range(len(self._above)):
            found.setdefault(self.root(item), []).append(item)
        return list(found.values())

    def roots(self, items: Iterable[int]) -> set[int]:
        """The sets that some positions are in."""
        return {self.root(item) for item in items}
