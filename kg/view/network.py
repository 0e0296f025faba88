"""A graph as networkx and pyvis see it: entities and values are nodes, facts are edges.

A value (money, date, phrase) becomes a node of its own *per subject*: two companies that both paid $1 billion are
not thereby related, so sharing the node would invent paths between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from kg.model import Fact, Modality, Polarity, Ref, Value

if TYPE_CHECKING:
    from pyvis.network import Network

    from kg.graph import Graph

STATED, DENIED, PLANNED, UNCERTAIN, REPORTED = MOODS = (
    "stated",
    "denied",
    "planned",
    "uncertain",
    "reported",
)
"""How a fact is meant, in one word; every mood but "stated" is drawn dashed and is no plain triple."""

_PLANS = frozenset({Modality.PLANNED, Modality.INTENDED, Modality.EXPECTED})
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def mood(fact: Fact) -> str:
    """One of `MOODS`. Denial outweighs hedging, hedging outweighs attribution."""
    if fact.asserted:
        return STATED
    if fact.polarity is Polarity.NEGATIVE:
        return DENIED
    if fact.modality in _PLANS:
        return PLANNED
    return REPORTED if fact.modality is Modality.ASSERTED else UNCERTAIN


def value_text(value: Value | str) -> str:
    """A value as people read it: money and amounts as worded, whole dates spelled out ("27 Nov 2025").

    >>> value_text(Value("date", "last Thursday", iso="2025-11-27"))
    '27 Nov 2025'
    """
    if isinstance(value, str):
        return value
    parts = (value.iso or "").split("-") if value.kind == "date" else []
    if len(parts) >= 2 and parts[1].isdigit() and 1 <= int(parts[1]) <= 12:
        day = f"{int(parts[2])} " if len(parts) == 3 and parts[2].isdigit() else ""
        return f"{day}{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    if len(parts) == 2 and parts[1].startswith("Q"):
        return f"{parts[1]} {parts[0]}"
    return value.iso or value.text if value.kind == "date" else value.text


def node_of(fact: Fact) -> str:
    """The node a fact points to: the entity's id, or a node for the value that belongs to this subject alone."""
    if isinstance(fact.object, Ref):
        return fact.object.key
    return f"{fact.subject} → {value_text(fact.object)}"


def relation_label(graph: Graph, relation: str) -> str:
    """The ontology's label of a relation, or its name with spaces ("step_into" -> "step into")."""
    known = graph.ontology.relations.get(relation)
    return known.label if known and known.label else relation.replace("_", " ")


def to_networkx(graph: Graph) -> nx.MultiDiGraph:
    """The whole graph, denied and hedged facts included, for graph algorithms and other viewers.

    Nodes carry `label`, `type` (ontology class; kind of value; "Phrase"), `kind` ("entity" | "value" | "phrase"), `aliases`
    (tuple), `named`, and the counts `facts`, `evidence`, `articles` over every fact they take part in. Edges are keyed
    "relation" or "relation (mood)" and carry `relation`, `label`, `mood` (see `MOODS`), `asserted`, `polarity`,
    `modality`, `open`, `evidence` (number of claims), `articles` (number of articles), `confidence` (of the best claim).

    Example: what is asserted, as a simple directed graph::

        g = kg.to_networkx(graph)
        stated = nx.DiGraph((s, o) for s, o, asserted in g.edges(data="asserted") if asserted)
    """
    net = nx.MultiDiGraph()
    for entity in graph.entities:
        net.add_node(
            entity.id,
            label=entity.label,
            type=entity.type,
            kind="entity",
            aliases=entity.aliases,
            named=entity.named,
        )
    heard: dict[str, set[str]] = {}
    for fact in graph.facts(asserted=None):
        target = node_of(fact)
        if not isinstance(fact.object, Ref) and target not in net:
            value = fact.object
            kind, type_ = (
                ("value", value.kind.capitalize()) if isinstance(value, Value) else ("phrase", "Phrase")
            )
            net.add_node(target, label=value_text(value), type=type_, kind=kind, aliases=(), named=False)
        how = mood(fact)
        key = free = fact.relation if how == STATED else f"{fact.relation} ({how})"
        number = 1
        while net.has_edge(fact.subject, target, free):  # denied plainly and denied as a plan, say
            number += 1
            free = f"{key} {number}"
        net.add_edge(
            fact.subject,
            target,
            key=free,
            relation=fact.relation,
            label=relation_label(graph, fact.relation),
            mood=how,
            asserted=fact.asserted,
            polarity=str(fact.polarity),
            modality=str(fact.modality),
            open=fact.open,
            evidence=len(fact.claims),
            articles=len({claim.article for claim in fact.claims}),
            confidence=max((claim.confidence for claim in fact.claims), default=0.0),
        )
        for node in {fact.subject, target}:
            heard.setdefault(node, set()).update(claim.article for claim in fact.claims)
    for node, data in net.nodes(data=True):
        edges = [*net.in_edges(node, data="evidence"), *net.out_edges(node, data="evidence")]
        data.update(facts=len(edges), evidence=sum(e for _, _, e in edges), articles=len(heard.get(node, ())))
    return net


def rank(net: nx.MultiDiGraph, damping: float = 0.85, rounds: int = 60) -> dict[str, float]:
    """PageRank over edges read in both directions (Page et al. 1999), sum 1; asserted edges count four times.

    Own power iteration because networkx's needs scipy. Both directions because a company that many sentences speak of is as
    central as one that many point to. Nodes without edges keep the teleport share.
    """
    names = list(net)
    if not names:
        return {}
    place = {name: i for i, name in enumerate(names)}
    edges = [(place[s], place[o], 1.0 if asserted else 0.25) for s, o, asserted in net.edges(data="asserted")]
    score = np.full(len(names), 1 / len(names))
    if edges:
        one, two, weight = (np.array(column) for column in zip(*edges, strict=True))
        tail, head, weight = np.r_[one, two], np.r_[two, one], np.r_[weight, weight]
        total = np.bincount(tail, weight, len(names))
        share = weight / total[tail]
        for _ in range(rounds):
            loose = score[total == 0].sum() / len(names)
            score = (1 - damping) / len(names) + damping * (
                np.bincount(head, share * score[tail], len(names)) + loose
            )
    return {name: float(score[i]) for name, i in place.items()}


def network(graph: Graph, **options: Any) -> Network:
    """The drawn part of the graph as a pyvis Network (positions set, physics off), for notebooks and pyvis users.

    `options` go to `pyvis.network.Network`. Only titles and labels carry article text, which vis-network shows as plain
    text; do not pass article text as `heading`, and prefer `kg.to_html` for a page: pyvis writes `heading` and menus unescaped
    and fetches Bootstrap from the web.
    """
    from pyvis.network import Network

    from kg.view.data import view

    page: Mapping[str, Any] = view(graph)
    net = Network(**({"directed": True, "cdn_resources": "in_line"} | options))
    net.toggle_physics(False)
    classes, relations, nodes = page["classes"], page["relations"], page["nodes"]
    for node in nodes:
        if "x" in node:  # lists are filled directly: pyvis's add_edge is quadratic
            net.node_ids.append(node["id"])
            net.node_map[node["id"]] = {
                "id": node["id"],
                "label": node["label"],
                "title": classes[node["type"]]["label"],
                "x": node["x"],
                "y": node["y"],
                "size": node["size"],
                "color": classes[node["type"]]["colour"][0],
                "shape": "dot" if node["kind"] == "entity" else "square",
                "physics": False,
            }
    net.nodes = list(net.node_map.values())
    for fact in page["facts"]:
        subject, object_ = nodes[fact["s"]], nodes[fact["o"]]
        if "x" in subject and "x" in object_:
            label = relations[fact["r"]]["label"]
            edge = {
                "from": subject["id"],
                "to": object_["id"],
                "label": label,
                "arrows": "to",
                "title": fact["mood"],
            }
            net.edges.append(edge | {"dashes": fact["mood"] != STATED, "width": 1})
    return net
