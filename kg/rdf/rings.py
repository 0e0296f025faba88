"""Names that are above themselves: circles among classes or relations and their parents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping


def rings(parents: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """Every ring that a depth-first search meets, its first name once more at its end; iterative, since a hostile file may be deep.

    >>> list(rings({"a": ["b"], "b": ["c"], "c": ["b"]}))
    [['b', 'c', 'b']]
    """
    done: set[str] = set()
    for start in sorted(parents):
        path: list[str] = []
        waiting = [(start, False)]
        while waiting:
            name, leaving = waiting.pop()
            if leaving:
                path.pop()
                done.add(name)
            elif name in path:
                yield [*path[path.index(name) :], name]
            elif name not in done:
                path.append(name)
                waiting.append((name, True))
                waiting += [(parent, False) for parent in parents.get(name, ())]
