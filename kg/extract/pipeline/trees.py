"""From arc scores to trees: the best head for every word such that each sentence is one tree with one root."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]


def best_tree(scores: Scores) -> Heads:
    """Return the head of each of n words (own index for the root) of the highest-scoring tree.

    *scores* is [n, n + 1]: column 0 rates the word as root, column h + 1 rates word h as its head. Greedy heads are
    kept where they form a tree already (nine sentences in ten); otherwise Chu-Liu/Edmonds with a single root
    (McDonald et al., 2005) is run.

    >>> best_tree(np.array([[5.0, 0.0, 1.0], [4.0, 3.0, 0.0]], dtype=np.float32)).tolist()
    [0, 0]
    """
    count = len(scores)
    if count == 1:
        return np.zeros(1, dtype=np.int64)
    rated = scores.astype(np.float64, copy=True)
    rated[np.arange(count), np.arange(1, count + 1)] = -np.inf  # no word heads itself
    heads = rated.argmax(1) - 1
    if (heads < 0).sum() == 1 and _is_tree(heads):
        return _rooted(heads)
    return _rooted(_single_root(rated))


def _rooted(heads: Heads) -> Heads:
    return np.where(heads < 0, np.arange(len(heads)), heads)


def _is_tree(heads: Heads) -> bool:
    """Whether every word reaches the root (-1)."""
    state = [0] * len(heads)  # 1: on the present path, 2: reaches the root
    for word in range(len(heads)):
        path = []
        at = word
        while at >= 0 and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if at >= 0 and state[at] == 1:
            return False
        for seen in path:
            state[seen] = 2
    return True


def _single_root(rated: NDArray[np.float64]) -> Heads:
    """Best tree with exactly one root: make roots so dear that only one is bought."""
    count = len(rated)
    square = np.full((count + 1, count + 1), -np.inf)
    square[1:, :] = np.where(np.isfinite(rated), rated, -np.inf)
    finite = square[np.isfinite(square)]
    price = float(finite.max() - finite.min() + 1.0) * (count + 1)
    square[1:, 0] -= price
    return chu_liu_edmonds(square)[1:] - 1


def chu_liu_edmonds(scores: NDArray[np.float64]) -> Heads:
    """Maximum spanning arborescence from node 0; ``scores[d, h]`` rates h as head of d. Returns heads, [0] unused."""
    count = len(scores)
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    heads = np.full(count, -1, dtype=np.int64)
    heads[1:] = scores[1:].argmax(1)
    cycle = _find_cycle(heads)
    if cycle is None:
        heads[0] = 0
        return heads
    inside = np.zeros(count, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    nodes = np.asarray(cycle)
    # a cycle shrinks to one node: entering it at d costs the arc that d loses
    gain = scores[np.ix_(nodes, outside)] - scores[nodes, heads[nodes]][:, None]
    entry = gain.argmax(0)
    leave = scores[np.ix_(outside, nodes)].argmax(1)
    size = len(outside) + 1
    smaller = np.full((size, size), -np.inf)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    smaller[-1, :-1] = gain.max(0)
    smaller[:-1, -1] = scores[np.ix_(outside, nodes)].max(1)
    order = [int(i) for i in outside]
    found = chu_liu_edmonds(smaller)
    for small, node in enumerate(order):
        if small == 0:
            continue
        head = int(found[small])
        heads[node] = nodes[leave[small]] if head == size - 1 else order[head]
    above = int(found[-1])
    entered = int(nodes[entry[above]])
    heads[entered] = order[above]
    heads[0] = 0
    return heads


def _find_cycle(heads: Heads) -> list[int] | None:
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        at = start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if state[at] == 1:
            return path[path.index(at) :]
        for seen in path:
            state[seen] = 2
    return None
