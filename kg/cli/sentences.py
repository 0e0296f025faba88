"""How commands print what stands behind an edge: sentences, or the premises of what no article says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.model import Ref, Value
from kg.terminal import harmless

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Claim
    from kg.rdf.infer import Inference, Inferred, Statement


def print_claims(graph: Graph, claims: Iterable[Claim], indent: str = "") -> None:
    """Each claim's sentence, its mood and rule, and where it stands: three lines."""
    dates = {reading.article: (reading.date, reading.source) for reading in graph.readings}
    for claim in claims:
        date, source = dates[claim.article]
        print(f"{indent}“{harmless(claim.quote)}”")
        place = f"characters {claim.sentence.start}–{claim.sentence.end}"
        print(f"{indent}    {_mood(claim)} · rule {_rule(graph, claim)} · confidence {claim.confidence:.2f}")
        print(f"{indent}    {harmless(source or claim.article)} · {date or 'no date'} · {place}")


def _rule(graph: Graph, claim: Claim) -> str:
    """The rule's name; of a proposal for an own relation also which of kg's relations the typing head proposed."""
    relation = graph.ontology.relations.get(claim.relation)
    heads = relation.heads if relation is not None and claim.rule == "learned.typing" else ()
    said = [f"kg's {name}{' turned round' if turned else ''}" for name, turned in heads]
    return f"{claim.rule} (as {' or '.join(said)})" if said else claim.rule


def print_conclusion(graph: Graph, inference: Inference, fact: Inferred, indent: str = "") -> None:
    """What a conclusion follows from: each premise with its sentences, or with its own premises."""
    print(f"{indent}inferred: {_worded(graph, fact.statement)}; no article says so")
    print(f"{indent}    by {fact.axiom.kind}: {fact.axiom}")
    for premise in fact.premises:
        earlier = inference.conclusion(premise)
        if earlier is not None:
            print_conclusion(graph, inference, earlier, indent + "    ")
        else:
            print(f"{indent}    {_worded(graph, premise)}:")
            print_claims(graph, witnesses(graph, premise), indent + "    ")


def witnesses(graph: Graph, statement: Statement) -> list[Claim]:
    """The claims behind a stated fact, without its denials."""
    facts = graph.facts(statement.subject, statement.relation)
    return [claim for fact in facts if fact.object == statement.object for claim in fact.claims]


def _worded(graph: Graph, said: Statement) -> str:
    relation = graph.ontology.relations.get(said.relation)
    words = relation.label if relation else said.relation.replace("_", " ")
    return harmless(f"{graph.entity(said.subject).label} {words} {name_of(graph, said.object)}")


def name_of(graph: Graph, thing: Ref | Value | str) -> str:
    """What an object of a fact is called."""
    if isinstance(thing, Ref):
        return graph.entity(thing.key).label
    return thing.text if isinstance(thing, Value) else thing


def _mood(claim: Claim) -> str:
    """How the sentence says it: "asserted", "denied, planned, according to Alibaba"."""
    words = ["denied"] if claim.polarity == "negative" else []
    words += [claim.modality.value] if claim.modality != "asserted" or not words else []
    words += [f"according to {harmless(claim.attribution)}"] if claim.attribution else []
    return ", ".join(words)
