"""What the page shows, as plain JSON values: the page's data island, before any HTML.

Sizes are bounded so that no graph and no hostile article makes a page that cannot be opened: see the constants.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.model import Claim, Fact, Span, Value
from kg.view.colours import colours
from kg.view.layout import layout
from kg.view.network import MOODS, mood, node_of, rank, relation_label, to_networkx, value_text

if TYPE_CHECKING:
    from kg.graph import Graph

INFERRED = "inferred"  # the mood, on the page, of what no article says but follows
DRAWN = 1500  # nodes drawn at first; no canvas library stays quick far beyond (the others appear on demand)
MAX_FACTS = 50_000  # facts in one page, best witnessed first
MAX_CLAIMS = 40  # sentences listed per fact
MAX_QUOTE = 1200  # characters of a sentence; longer ones are cut around what is highlighted
MAX_LABEL = 160  # characters of a name or phrase

# Controls, line breaks and direction overrides (UAX #9) would let a name rearrange or hide the text around it.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")


def view(graph: Graph, drawn: int = DRAWN, inferred: Iterable[tuple[Fact, str]] = ()) -> dict[str, Any]:
    """Nodes (best rank first, with x, y, size where drawn), facts with their claims, and the tables they point into by index.

    `inferred` are facts that no article states, each with the axiom it follows by; their claims are those of its premises.
    They have a mood of their own, "inferred", and are drawn between nodes that are there.

    Example: ``view(graph)["nodes"][0]["label"]`` is the most central entity's name.
    """
    net = to_networkx(graph)
    facts = sorted(graph.facts(asserted=None), key=lambda fact: (not fact.asserted, -len(fact.claims)))
    kept = facts[:MAX_FACTS]
    score = rank(net)
    order = sorted(net, key=lambda name: (-score[name], name))
    number = {name: i for i, name in enumerate(order)}
    types = Counter((data["type"], data["kind"]) for _, data in net.nodes(data=True))
    classes = sorted(types, key=lambda key: (key[1] != "entity", -types[key], key))
    class_number = {key: i for i, key in enumerate(classes)}
    tint = colours(
        [name for name, kind in classes if kind != "value"],
        graph.ontology,
        [name for name, kind in classes if kind == "value"],
    )
    nodes = [_node(name, net.nodes[name], class_number) for name in order]
    _place(nodes, net, order, drawn)

    tables = _Tables(graph)
    listed = [_fact(fact, number, tables) for fact in kept]
    for fact, axiom in inferred:
        if fact.subject in number and node_of(fact) in number and len(listed) < MAX_FACTS:
            listed.append(_fact(fact, number, tables) | {"mood": INFERRED, "by": axiom})
    return {
        "classes": [
            {"id": name, "kind": kind, "label": _class_label(graph, name, kind), "colour": tint[name]}
            for name, kind in classes
        ],
        "relations": tables.relations,
        "articles": tables.articles,
        "sentences": tables.sentences,
        "nodes": nodes,
        "facts": listed,
        "moods": [*MOODS, *([INFERRED] if any(fact["mood"] == INFERRED for fact in listed) else [])],
        "omitted": len(facts) - len(kept),
    }


def shown(text: str, limit: int = MAX_LABEL) -> str:
    """Article text fit for a label: control and direction characters out, not longer than `limit` characters."""
    clean = " ".join(_UNSHOWN.sub(" ", text).split())
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + "…"


def _class_label(graph: Graph, name: str, kind: str) -> str:
    known = graph.ontology.types.get(name)
    if kind == "entity":
        label = (known.label if known and known.label else name) or "unclassified"
        return label[:1].upper() + label[1:]
    return name


def _node(name: str, data: dict[str, Any], class_number: dict[tuple[str, str], int]) -> dict[str, Any]:
    node: dict[str, Any] = {
        "id": name,
        "label": shown(data["label"]) or "(no name)",
        "type": class_number[data["type"], data["kind"]],
        "kind": data["kind"],
        "articles": data["articles"],
        "evidence": data["evidence"],
    }
    if data["aliases"]:
        node["aliases"] = [shown(alias) for alias in data["aliases"]]
    if data["kind"] == "entity" and not data["named"]:
        node["unnamed"] = True
    return node


def _place(nodes: list[dict[str, Any]], net: nx.MultiDiGraph, order: Sequence[str], drawn: int) -> None:
    """Choose the nodes to draw and give them x, y, size and community. A value is drawn with its subject or not at all."""
    owner = {o: s for s, o in net.edges() if net.nodes[o]["kind"] != "entity"}
    chosen: dict[str, None] = {}
    for name in order:
        if len(chosen) == drawn:
            break
        if net.degree(name) and (name not in owner or owner[name] in chosen):
            chosen[name] = None
    degree = {name: len({*net.predecessors(name), *net.successors(name)} - {name}) for name in chosen}
    sizes = {name: 4.0 if name in owner else min(6 + 2.9 * math.sqrt(degree[name]), 38) for name in chosen}
    edges = [
        (s, o, 1.0 if asserted else 0.3)
        for s, o, asserted in net.edges(data="asserted")
        if s in chosen and o in chosen
    ]
    found = layout(list(chosen), edges, sizes, {name: owner[name] for name in chosen if name in owner})
    for node in nodes:
        if node["id"] in chosen:
            node["x"], node["y"] = found.positions[node["id"]]
            node["size"] = round(sizes[node["id"]], 1)
            node["group"] = found.communities.get(
                node["id"], found.communities.get(owner.get(node["id"], ""), 0)
            )


class _Tables:
    """Relations, articles and sentences, each listed once and pointed to by index."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.relations: list[dict[str, Any]] = []
        self.articles: list[dict[str, Any]] = []
        self.sentences: list[list[Any]] = []
        self._relation: dict[str, int] = {}
        self._article: dict[str, int] = {}
        self._sentence: dict[tuple[int, int, int, int], int] = {}
        for reading in graph.readings:
            self._article[reading.article] = len(self.articles)
            date = {"date": reading.date.isoformat()} if reading.date else {}
            title = shown(reading.title) or reading.article
            self.articles.append(
                {"id": reading.article, "title": title, "source": shown(reading.source, 300)} | date
            )

    def relation(self, fact: Fact) -> int:
        if fact.relation not in self._relation:
            self._relation[fact.relation] = len(self.relations)
            entry: dict[str, Any] = {
                "id": fact.relation,
                "label": shown(relation_label(self._graph, fact.relation)),
            }
            known = self._graph.ontology.relations.get(fact.relation)
            if known and known.comment:
                entry["comment"] = known.comment
            if known and known.inverse:
                entry["inverse"] = shown(relation_label(self._graph, known.inverse))
            if fact.open:
                entry["open"] = True
            self.relations.append(entry)
        return self._relation[fact.relation]

    def sentence(self, claim: Claim, start: int, end: int) -> int:
        """The quote's characters start..end (counted in the article) as a row [article, start, end, text]."""
        article = self._article[claim.article]
        key = (article, claim.sentence.start, start, end)
        if key not in self._sentence:
            self._sentence[key] = len(self.sentences)
            text = claim.quote[start - claim.sentence.start : end - claim.sentence.start]
            # One character for one character, or the highlights would shift.
            self.sentences.append(
                [article, start, end, _UNSHOWN.sub(lambda found: " " * len(found.group()), text)]
            )
        return self._sentence[key]


def _fact(fact: Fact, number: dict[str, int], tables: _Tables) -> dict[str, Any]:
    row: dict[str, Any] = {
        "s": number[fact.subject],
        "r": tables.relation(fact),
        "o": number[node_of(fact)],
        "mood": mood(fact),
        "claims": [_claim(claim, tables) for claim in fact.claims[:MAX_CLAIMS]],
    }
    if len(fact.claims) > MAX_CLAIMS:
        row["more"] = len(fact.claims) - MAX_CLAIMS
    if isinstance(fact.object, Value):
        row["value"] = {
            name: item
            for name in ("kind", "text", "number", "high", "unit", "iso", "approximate")
            if (item := getattr(fact.object, name))
        }
    return row


def _claim(claim: Claim, tables: _Tables) -> dict[str, Any]:
    spans = {"s": claim.subject_span, "r": claim.cue_span, "o": claim.object_span}
    inside = {
        k: span
        for k, span in spans.items()
        if span and claim.sentence.start <= span.start < span.end <= claim.sentence.end
    }
    start, end = _window(claim.sentence, list(inside.values()))
    row: dict[str, Any] = {
        "q": tables.sentence(claim, start, end),
        "rule": claim.rule,
        "conf": round(claim.confidence, 3),
        "polarity": str(claim.polarity),
        "modality": str(claim.modality),
    }
    marks = {
        k: [span.start - start, span.end - start]
        for k, span in inside.items()
        if start <= span.start and span.end <= end
    }
    if marks:
        row["marks"] = marks
    if (start, end) != (claim.sentence.start, claim.sentence.end):
        row["whole"] = [claim.sentence.start, claim.sentence.end]
    if claim.attribution:
        row["by"] = shown(claim.attribution)
    if claim.qualifiers:
        row["with"] = [[key, shown(value_text(item))] for key, item in claim.qualifiers]
    return row


def _window(sentence: Span, marks: list[Span]) -> tuple[int, int]:
    """The part of an overlong sentence to show: `MAX_QUOTE` characters that begin shortly before the first mark."""
    if sentence.end - sentence.start <= MAX_QUOTE:
        return sentence.start, sentence.end
    first = min((mark.start for mark in marks), default=sentence.start)
    start = max(sentence.start, min(first - MAX_QUOTE // 8, sentence.end - MAX_QUOTE))
    return start, start + MAX_QUOTE
