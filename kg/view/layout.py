"""Where nodes stand on the page: computed once in Python, so that the page opens at once, looks the same every time and never wobbles.

Connected parts of up to `WHOLE` nodes are laid out by forces (Fruchterman and Reingold 1991) as they are; larger ones are first
cut into Louvain communities (Blondel et al. 2008). Each part is then a disc; the discs are placed by the same forces on the graph
*of* parts and packed on a spiral. Values sit around their subject like satellites. Everything is seeded and ordered: same graph,
same picture. Units are CSS pixels at zoom 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

WHOLE = 140  # nodes of a connected part that forces lay out well without cutting it
FORCE_LIMIT = 450  # networkx needs scipy for forces on 500 nodes and more
EDGE = 150.0  # wanted length of an edge
GAP = 44.0  # free space between two nodes: room for a label
ORBIT = 58.0  # distance of a satellite from the rim of its subject
WIDE = 1.15  # what two side panels leave of a screen is a little wider than high
SEED = 20251127


@dataclass(frozen=True, slots=True)
class Layout:
    """x and y of every node, and the community (0 = largest) of every entity."""

    positions: Mapping[str, tuple[int, int]]
    communities: Mapping[str, int]


def layout(
    nodes: Sequence[str],
    edges: Sequence[tuple[str, str, float]],
    sizes: Mapping[str, float],
    satellites: Mapping[str, str],
) -> Layout:
    """Positions for `nodes` (in drawing order, most important first).

    `edges` are undirected with weights, `sizes` radii, `satellites` maps a value to the subject it circles (both must be nodes).
    """
    core = [name for name in nodes if name not in satellites]
    place = {name: i for i, name in enumerate(core)}
    # Whole numbers as nodes: sets of strings iterate in a different order in every process, sets of small numbers do not.
    graph = nx.Graph()
    graph.add_nodes_from(range(len(core)))
    for one, two, weight in edges:
        if one in place and two in place and one != two:
            a, b = sorted((place[one], place[two]))
            graph.add_edge(a, b, weight=weight + (graph[a][b]["weight"] if graph.has_edge(a, b) else 0.0))
    moons: dict[str, list[str]] = {}
    for name in nodes:
        if name in satellites:
            moons.setdefault(satellites[name], []).append(name)
    tight = float(
        np.clip(1.1 - len(nodes) / 1000, 0.5, 1.0)
    )  # large graphs are read zoomed in: less air between nodes
    radii = np.array([_reach(sizes[name], len(moons.get(name, ())), tight) for name in core])

    communities = _communities(graph)
    cells = [
        cell
        for part in sorted(map(sorted, nx.connected_components(graph)), key=lambda part: (-len(part), part))
        for cell in ([part] if len(part) <= WHOLE else _split(part, communities))
    ]
    points = (
        _lying(_pack(graph, cells, [_arrange(graph, cell, radii) for cell in cells], radii))
        if cells
        else np.zeros((0, 2))
    )
    if len(cells) > 1:  # discs leave much of the page empty: draw all together, then make room again
        room = 2.3 * np.pi * float((radii**2).sum()) / max(float(np.prod(np.ptp(points, axis=0))), 1.0)
        points = _apart(points * np.sqrt(min(room, 1.0)), radii, rounds=70)
    positions = {name: points[i] for name, i in place.items()}
    for subject in core:
        around = [positions[core[n]] for n in sorted(graph[place[subject]])]
        for name, point in zip(
            moons.get(subject, ()),
            _orbit(positions[subject], sizes[subject], len(moons.get(subject, ())), around, tight),
            strict=True,
        ):
            positions[name] = point
    whole = {name: (round(float(p[0])), round(float(p[1]))) for name, p in positions.items()}
    return Layout(whole, {name: communities[i] for name, i in place.items()})


def _lying(points: Points) -> Points:
    """The picture turned so that its long side (first principal axis) is horizontal, as screens are, and not too long."""
    points = points - points.mean(axis=0)
    x, y = points.T
    angle = 0.5 * float(np.arctan2(2 * (x * y).sum(), (x * x).sum() - (y * y).sum()))
    points = _rotated(points, -angle)
    width, height = np.maximum(np.ptp(points, axis=0), EDGE)
    squeeze = min(max(float(np.sqrt(width / height / WIDE)), 1.0), 1.5)
    return _points(points * np.array([1 / squeeze, squeeze]))


def _rotated(points: Points, angle: float) -> Points:
    """Points turned around (0, 0), without BLAS: its sums depend on the number of threads."""
    (x, y), cos, sin = points.T, np.cos(angle), np.sin(angle)
    return np.stack((x * cos - y * sin, x * sin + y * cos), axis=1)


def _points(found: object) -> Points:
    """numpy's operators are typed as Any; this says what they give."""
    return np.asarray(found, dtype=np.float64)


def _reach(size: float, moons: int, tight: float) -> float:
    """Radius of the disc a node needs for itself, its label and its satellites."""
    return (
        size
        + GAP / 2 * tight
        + ORBIT * tight * (0.0 if not moons else 0.5 if moons <= 2 else 1.1 if moons <= 8 else 1.9)
    )


def _communities(graph: nx.Graph) -> list[int]:
    """Community number of each node, numbered by size."""
    found = (
        nx.community.louvain_communities(graph, weight="weight", seed=SEED) if graph.number_of_edges() else []
    )
    number = {}
    for i, members in enumerate(sorted(map(sorted, found), key=lambda members: (-len(members), members))):
        number.update(dict.fromkeys(members, i))
    return [number.get(node, len(found) + node) for node in graph]


def _split(part: list[int], communities: list[int]) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    for node in part:
        groups.setdefault(communities[node], []).append(node)
    return [groups[number] for number in sorted(groups)]


def _arrange(graph: nx.Graph, cell: list[int], radii: Points) -> Points:
    """Positions of one cell's nodes around (0, 0)."""
    if len(cell) == 1:
        return np.zeros((1, 2))
    inner = nx.Graph()
    inner.add_nodes_from(range(len(cell)))
    place = {node: i for i, node in enumerate(cell)}
    inner.add_weighted_edges_from(
        (place[a], place[b], min(weight, 3.0))
        for a, b, weight in graph.edges(cell, data="weight")
        if a in place and b in place
    )
    start = dict(enumerate(_sunflower(len(cell))))
    if len(cell) <= FORCE_LIMIT:
        found = nx.spring_layout(inner, pos=start, k=1.6 / np.sqrt(len(cell)), iterations=260, seed=SEED)
        points = np.array([found[i] for i in inner])
    else:
        points = np.array(list(start.values()))
    lengths = [float(np.hypot(*(points[a] - points[b]))) for a, b in inner.edges] or [1.0]
    edge = EDGE * min(1.0, float(np.median(radii)) / 34, 0.6 + len(cell) / 40)
    points = points * (edge / max(float(np.median(lengths)), 1e-6))
    points = _filled(points - points.mean(axis=0), radii[cell])
    points = _apart(points, radii[cell])
    return _points(points - points.mean(axis=0))


def _filled(points: Points, radii: Points) -> Points:
    """Points drawn in (directions kept) until they fill a disc evenly: forces leave long thin arms, and arms waste the page."""
    count = len(points)
    reach = 1.05 * float(np.sqrt((radii**2).sum()))
    distance = np.hypot(*points.T)
    place = np.empty(count)
    place[np.argsort(distance, kind="stable")] = np.arange(count)
    even = reach * np.sqrt((place + 0.5) / count)
    part = min(1.0, count / 40)  # a dozen nodes may keep their arms
    wanted = (1 - part) * distance + part * np.minimum(distance, 0.3 * distance + 0.7 * even)
    return _points(points * (wanted / np.maximum(distance, 1e-6))[:, None])


def _sunflower(count: int) -> Points:
    """Points spread evenly on a disc of radius 1 (Vogel 1979)."""
    index = np.arange(count)
    angle = index * np.pi * (3 - np.sqrt(5))
    return _points(np.sqrt((index + 0.5) / count)[:, None] * np.stack((np.cos(angle), np.sin(angle)), axis=1))


def _apart(points: Points, radii: Points, rounds: int = 90) -> Points:
    """Push overlapping discs apart until none overlap or the rounds are used up.

    Discs are compared in the order of x, each with its next, next but one … until no pair is near enough: far less than all pairs.
    """
    points = points.copy()
    reach = 2 * float(radii.max())
    for _ in range(rounds):
        order = np.argsort(points[:, 0], kind="stable")
        sorted_points, sorted_radii = points[order], radii[order]
        shift = np.zeros_like(points)
        worst = 0.0
        for step in range(1, len(points)):
            way = sorted_points[step:] - sorted_points[:-step]
            near = np.flatnonzero(way[:, 0] < reach)
            if not len(near):
                break
            way = way[near]
            distance = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-3)
            overlap = np.maximum(sorted_radii[near] + sorted_radii[near + step] - distance, 0.0)
            push = (0.3 * overlap / distance)[:, None] * way
            shift[near + step] += push  # every index once per step: plain addition is right
            shift[near] -= push
            worst = max(worst, float(overlap.max()))
        points[order] += shift
        if worst < 1.0:
            break
    return points


def _pack(graph: nx.Graph, cells: list[list[int]], local: list[Points], radii: Points) -> Points:
    """Put the cells side by side: connected ones near each other, none overlapping, the largest in the middle."""
    discs = np.array(
        [
            max(float(np.max(np.hypot(*points.T) + radii[cell])), 1.0) + GAP / 4
            for cell, points in zip(cells, local, strict=True)
        ]
    )
    owner = {node: i for i, cell in enumerate(cells) for node in cell}
    meta = nx.Graph()
    meta.add_nodes_from(range(len(cells)))
    for a, b, weight in graph.edges(data="weight"):
        if owner[a] != owner[b]:
            i, j = sorted((owner[a], owner[b]))
            meta.add_edge(i, j, weight=weight + (meta[i][j]["weight"] if meta.has_edge(i, j) else 0.0))
    linked = [i for i in meta if meta.degree(i)]
    wanted = np.zeros((len(cells), 2))
    if linked and len(linked) <= FORCE_LIMIT:
        for _, _, data in meta.edges(data=True):
            data["weight"] = float(np.log1p(data["weight"]))
        found = nx.spring_layout(meta.subgraph(linked), iterations=300, seed=SEED)
        spread = float(np.sqrt((discs[linked] ** 2).sum())) * 1.1
        for i in linked:
            wanted[i] = np.array(found[i]) * spread
    centres = np.full((len(cells), 2), np.nan)
    done: list[int] = []
    belt = 0.0
    for i in sorted(range(len(cells)), key=lambda i: (not meta.degree(i), -discs[i], i)):
        if meta.degree(i):
            centres[i] = _free(wanted[i], discs[i], centres[done], discs[done])
        else:  # loose parts come last, largest first: each starts about where the one before it found room
            centres[i] = _free(wanted[i], discs[i], centres[done], discs[done], belt - 2 * float(discs[i]))
            belt = float(np.hypot(*centres[i]))
        done.append(i)
    points = np.zeros((len(radii), 2))
    for i, cell in enumerate(cells):
        points[cell] = centres[i] + _turned(graph, cell, local[i], centres, owner, i)
    return points


def _free(wanted: Points, disc: float, centres: Points, discs: Points, since: float = 0.0) -> Points:
    """The free place nearest to the wanted one but `since` away, looked for on an ellipse-shaped spiral."""
    if not len(centres):
        return wanted
    step = max(disc * 0.35, 16.0)
    room = (discs + disc) ** 2
    first = int((max(since, 0.0) / WIDE / step) ** 2)
    for begin in range(first, first + 40_000, 50):
        turn = np.arange(begin, begin + 50)
        around = np.stack((np.cos(turn * 2.399963) * WIDE, np.sin(turn * 2.399963) / WIDE), axis=1)
        spots = wanted + (step * np.sqrt(turn))[:, None] * around
        square = (spots[:, :1] - centres[:, 0]) ** 2 + (spots[:, 1:] - centres[:, 1]) ** 2
        free = np.flatnonzero(np.all(square >= room, axis=1))
        if len(free):
            return _points(spots[free[0]])
    return _points(wanted + np.array([float(discs.sum()), 0.0]))


def _turned(
    graph: nx.Graph, cell: list[int], points: Points, centres: Points, owner: Mapping[int, int], own: int
) -> Points:
    """The cell turned so that nodes with edges to other cells face them (the angle of a 2-D Procrustes fit)."""
    dot = cross = 0.0
    for node, (x, y) in zip(cell, points, strict=True):
        for other in graph[node]:
            if owner[other] != own:
                dx, dy = centres[owner[other]] - centres[own]
                dot += x * dx + y * dy
                cross += x * dy - y * dx
    angle = float(np.arctan2(cross, dot)) if dot or cross else 0.0
    return _rotated(points, angle)


def _orbit(centre: Points, size: float, count: int, around: Sequence[Points], tight: float) -> list[Points]:
    """Places of `count` satellites: side by side, centred on the widest gap between the subject's neighbours, eight to a ring."""
    if not count:
        return []
    angles = sorted(float(np.arctan2(*(point - centre)[::-1])) for point in around) or [np.pi / 2]
    gaps = [
        (following - angle, angle)
        for angle, following in zip(angles, [*angles[1:], angles[0] + 2 * np.pi], strict=True)
    ]
    width, first = max(gaps, key=lambda gap: (round(gap[0], 6), -gap[1]))
    middle = first + width / 2
    places = []
    for ring, begin in enumerate(range(0, count, 8)):
        here = min(8, count - begin)
        step = min(2 * np.pi / here, max(0.62, min(1.1, width / (here + 1))))
        radius = size + ORBIT * tight * (1 + 0.8 * ring)
        for i in range(here):
            angle = middle + (i - (here - 1) / 2) * step + ring * step / 2
            places.append(centre + radius * np.array([np.cos(angle), np.sin(angle)]))
    return places
