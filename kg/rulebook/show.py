"""A relation as its writer wants to see it: how sentences say it, where those words come from, and which sentences it fired on."""

from __future__ import annotations

from collections.abc import Iterator

from kg.derive.notions import KNOWN
from kg.graph import Graph, asserted
from kg.model import Claim, Ref, Value
from kg.ontology import Cue, Ontology, Relation
from kg.terminal import Cell

MAX_SENTENCES = 10
_SLOTS = {"subj": "", "obj": "", "adv": "", "of": "of", "self": ""}


def overview(ontology: Ontology, graph: Graph | None) -> list[list[Cell]]:
    """A row for each relation: name, label, sides, number of cues, and of claims in the graph (None without one)."""
    fired: dict[str, int] = {}
    for claim in graph.claims() if graph is not None else ():
        fired[claim.relation] = fired.get(claim.relation, 0) + (not claim.open)
    rows: list[list[Cell]] = []
    for relation in sorted(ontology.relations.values(), key=lambda r: r.name):
        sides = f"{side(relation.domain)} → {side(relation.range)}"
        count = fired.get(relation.name, 0) if graph is not None else None
        rows.append([relation.name, relation.label, sides, len(relation.cues), count])
    return rows


def relation_lines(relation: Relation, graph: Graph | None) -> Iterator[str]:
    """One relation in full: what it is, each cue as a pattern with its origin, and the sentences it fired on."""
    yield f"{relation.name} – {relation.label}"
    if relation.comment:
        yield f"  {relation.comment}"
    yield f"  {side(relation.domain)} → {side(relation.range)}"
    yield "  said by:" if relation.cues else "  said by: nothing yet; add a label in English, or a kg:cue"
    groups: dict[str, list[str]] = {}
    for cue in relation.cues:
        groups.setdefault(cue.source, []).append(pattern(cue))
    for source in sorted(groups):
        origin = _origin(source)
        yield f"    {origin}: {'; '.join(dict.fromkeys(groups[source]))}"
    for name, turned in relation.heads:
        yield f"    learned: what the typing head proposes for kg's own {name}{', turned round' if turned else ''}"
    if graph is not None:
        yield from _fired(relation, graph)


def _origin(source: str) -> str:
    """Where cues come from: a label, a notion that kg knows, or the ontology itself."""
    if source.startswith(KNOWN):
        return f"known words for “{source.removeprefix(KNOWN)}”"
    return f"from “{source}”" if source else "written"


def pattern(cue: Cue) -> str:
    """A cue as a sentence with S and O: "S founded by O" is written `O found S`; "the founder of S is O" `O is founder of S`."""
    strict = " (both known)" if cue.strict else ""
    if cue.frame == "place":
        return f"{_place(cue)}{strict}"
    if cue.frame == "demonym":
        return f"S of the nation O{strict}"
    if cue.frame == "verb":
        return _verb(cue) + strict
    sides = {"subj": "S", cue.subject: "S", cue.object: "O"}
    ahead = "S" if cue.subject == "subj" else "O" if cue.object == "subj" else "…"
    slot, other = (cue.object, "O") if ahead == "S" else (cue.subject, "S")
    if cue.frame in ("role", "adjective"):
        return f"{ahead} is {cue.lemma} {slot} {other}{strict}"
    if cue.frame == "measure":
        return f"{cue.lemma} of S is O{strict}"
    places = " ".join(
        f"{slot}: {who}" for slot, who in sorted(sides.items()) if slot in (cue.subject, cue.object)
    )
    return f"{cue.lemma} [{places}]{strict}"


def _verb(cue: Cue) -> str:
    """Subject, verb, object, then what stands after a preposition, as in an active sentence."""
    places = {cue.subject: "S", cue.object: "O"}
    words = [places.pop("subj", "…"), cue.lemma]
    if "obj" in places:
        words.append(places.pop("obj"))
    for slot, who in sorted(places.items()):
        words.append(who if slot in ("adv", "iobj") else f"{slot} {who}")
    return " ".join(words)


def _place(cue: Cue) -> str:
    inner, outer, slot = ("S", "O", cue.object) if cue.subject == "subj" else ("O", "S", cue.subject)
    return f"{inner} {slot} {outer}; {inner}, {outer}"


def side(classes: tuple[str, ...]) -> str:
    """A domain or range in words."""
    return " | ".join(name if name != "Any" else "anything" for name in classes) or "anything"


def _fired(relation: Relation, graph: Graph) -> Iterator[str]:
    claims = [claim for claim in graph.claims() if claim.relation == relation.name and not claim.open]
    yield f"  fired {len(claims)} time{'s' * (len(claims) != 1)} in the graph" + (":" if claims else "")
    for claim in claims[:MAX_SENTENCES]:
        mood = "" if asserted(claim) else " (not asserted)"
        subject = graph.entity(graph.entity_of(claim.article, claim.subject)).label
        yield f"    {subject} → {_object(graph, claim)}{mood}, by {claim.rule}"
        yield f"      “{' '.join(claim.quote.split())}” ({claim.article})"
    if len(claims) > MAX_SENTENCES:
        yield f"    and {len(claims) - MAX_SENTENCES} more: kg query, kg why"


def _object(graph: Graph, claim: Claim) -> str:
    if isinstance(claim.object, Ref):
        return graph.entity(graph.entity_of(claim.article, claim.object.key)).label
    return claim.object.text if isinstance(claim.object, Value) else claim.object
