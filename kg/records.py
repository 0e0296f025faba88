"""A graph as `facts.jsonl`: one flat line for each claim, for people who would rather read lines than query RDF."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.model import Claim, Modality, Polarity, Ref, Value

if TYPE_CHECKING:
    from kg.graph import Graph

Scalar = str | int | float | None
Record = dict[str, Scalar | list[str] | dict[str, Scalar]]


def to_jsonl(graph: Graph) -> str:
    """The records of a graph, one JSON object a line."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records(graph))


def records(graph: Graph) -> Iterator[Record]:
    """One flat record for each claim, by article and place: canonical names, mood, qualifiers, and the quote with its place.

    `start` and `end` count characters of the article's text, end exclusive, so that `text[start:end] == quote`. `polarity`,
    `modality` and `attribution` are None for what the article plainly asserts in its own voice. A figure's plain number
    and its unit (ISO 4217 code, "percent") are the qualifiers `value` and `unit`.

        >>> next(records(graph))["subject"]
        'Alibaba'
    """
    described = {(r.article, r.key): r.descriptions for reading in graph.readings for r in reading.referents}

    def names(slot: str, article: str, key: str) -> Record:
        """How the entity behind a referent is called: label, class, other names, and what this article calls it."""
        entity = graph.entity(graph.entity_of(article, key))
        aliases = sorted({*entity.aliases, *described[article, key]} - {entity.label})
        return {slot: entity.label, f"{slot}_type": entity.type or None, f"{slot}_aliases": list(aliases)}

    for claim in graph.claims():
        target = claim.object
        record: Record = {"article": claim.article, **names("subject", claim.article, claim.subject)}
        record["relation"] = claim.relation
        if isinstance(target, Ref):
            record |= names("object", claim.article, target.key)
        else:
            value = target if isinstance(target, Value) else None
            record["object"] = value.text if value else str(target)
            record["object_type"] = value.kind.capitalize() if value else None
            record["object_aliases"] = _also(value) if value else []
        record |= {
            "polarity": None if claim.polarity is Polarity.POSITIVE else claim.polarity.value,
            "modality": None if claim.modality is Modality.ASSERTED else claim.modality.value,
            "attribution": claim.attribution or None,
            "qualifiers": dict(_qualifiers(claim)),
            "quote": claim.quote,
            "start": claim.sentence.start,
            "end": claim.sentence.end,
            "rule": claim.rule,
            "confidence": round(claim.confidence, 3),
            "open": claim.open,
        }
        yield record


def _also(value: Value) -> list[str]:
    """A value's other spellings: a date in ISO 8601, a fall as the sentence has it ("fell 5%"); a loss is never written as a profit."""
    spellings = {value.iso or value.text}
    if value.kind == "percent":
        spellings.add(value.text.removeprefix("-"))
    return sorted(spellings - {value.text})


def _qualifiers(claim: Claim) -> Iterator[tuple[str, Scalar]]:
    """The claim's qualifiers as plain JSON values; the figure in the object, too, as `value` and `unit`."""
    given = dict(claim.qualifiers)
    if isinstance(claim.object, Value):
        given["value"] = claim.object
    for key, value in sorted(given.items()):
        if isinstance(value, str):
            yield key, value
        elif key == "value" and value.decimal is not None:
            yield "value", _number(value.decimal)
            if value.high is not None:
                yield "high", _number(Decimal(value.high))
            if value.unit and "unit" not in given:
                yield "unit", value.unit
        elif key != "value" or value.kind != "date":
            yield key, value.text


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
