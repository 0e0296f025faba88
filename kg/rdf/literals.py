"""Values <-> RDF: the typed literal or value node that stands for a value in queries, and the value itself, exactly, as JSON.

Both are written. Stores rewrite literals ("537.00" becomes "537"), and a value knows more than its literal ("about", the
wording), so what must come back unchanged travels as `rdf:JSON`, a plain literal to every store.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Iterator
from dataclasses import fields

import pyoxigraph as ox

from kg.errors import GraphError
from kg.model import Ref, Value
from kg.rdf.iris import Iris, Node, canonical, is_number
from kg.rdf.vocabulary import EVIDENCE_WORDS, KG, RDF, RDFS, XSD

#: kg's own predicates as terms: `WORD["evidenceFor"]`.
WORD = {word: Node(KG + word) for word in sorted(EVIDENCE_WORDS)}
TYPE, LABEL = Node(RDF + "type"), Node(RDFS + "label")
_JSON = Node(RDF + "JSON")
_DECIMAL, _DOUBLE = Node(XSD + "decimal"), Node(XSD + "double")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_TYPES = ((10, "date", ""), (7, "gYearMonth", "-01"), (4, "gYear", "-01-01"))
_FIELDS = tuple(f.name for f in fields(Value))


def text(words: str, datatype: Node | None = None) -> ox.Literal:
    """A plain string: `xsd:string`, no language, so that `rdfs:label "Alibaba"` finds it.

    Raises GraphError where the text is not Unicode: no file can hold a lone surrogate.
    """
    try:
        return ox.Literal(words, datatype=datatype)
    except ValueError:
        raise GraphError(f"half a character (a lone surrogate) in {words[:80]!r}; mend the article") from None


def date(day: dt.date) -> ox.Literal:
    """An `xsd:date`."""
    return ox.Literal(day.isoformat(), datatype=Node(XSD + "date"))


def number(value: float) -> ox.Literal:
    """A float as `xsd:decimal` (1.0 as "1"), or as `xsd:double` where its digits need an exponent."""
    digits = repr(value)
    if "e" in digits or not math.isfinite(value):
        names = {"inf": "INF", "-inf": "-INF", "nan": "NaN"}
        return ox.Literal(names.get(digits, digits), datatype=_DOUBLE)
    return ox.Literal(digits.removesuffix(".0"), datatype=_DECIMAL)


def json_literal(data: object) -> ox.Literal:
    """Lists, dicts and strings as one `rdf:JSON` literal."""
    return text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), _JSON)


def is_node(value: Value) -> bool:
    """True where a value is a number with a unit and has a node of its own; dates and the rest are literals."""
    return value.number is not None and value.kind != "date"


def term(value: Value, iris: Iris) -> Node | ox.Literal:
    """What stands for a value in a triple: a value node, an `xsd:date`, `gYearMonth` or `gYear`, or a string."""
    if is_node(value):
        return iris.value(value)
    for length, datatype, rest in _DATE_TYPES:
        if value.kind == "date" and len(value.iso or "") == length and _is_date(f"{value.iso}{rest}"):
            return ox.Literal(value.iso or "", datatype=Node(XSD + datatype))
    return text(value.iso or value.text)


def object_term(target: Ref | Value | str, iris: Iris) -> Node | ox.Literal:
    """The object of a fact as a term: an entity (`Ref.key` is its id), a value, or a text."""
    if isinstance(target, Ref):
        return iris.entity(target.key)
    return term(target, iris) if isinstance(target, Value) else text(target)


def describe(value: Value, label: str, iris: Iris) -> Iterator[tuple[Node, Node, Node | ox.Literal]]:
    """The triples of a value node: `val:537-USD a kg:Money ; kg:amount 537 ; kg:currency "USD" ; rdfs:label "$537"`."""
    node = iris.value(value)
    yield node, TYPE, iris_of_kind(value.kind)
    yield node, LABEL, text(label)
    yield node, WORD["amount"], _decimal(value.number or "")
    if value.high is not None:
        yield node, WORD["high"], _decimal(value.high)
    if value.unit is not None:
        yield node, WORD["currency" if value.kind == "money" else "unit"], text(value.unit)
    if value.approximate:
        yield node, WORD["approximate"], ox.Literal(True)


def iris_of_kind(kind: str) -> Node:
    """The class of value nodes of a kind: "money" -> kg:Money, in kg's own namespace whatever the ontology."""
    return Iris().type(kind.capitalize())


def value_to_data(value: Value) -> dict[str, str | bool]:
    """A value as JSON data; only what is not the default."""
    defaults: dict[str, object] = {
        "number": None,
        "unit": None,
        "high": None,
        "iso": None,
        "approximate": False,
    }
    said = {name: getattr(value, name) for name in _FIELDS}
    return {name: found for name, found in said.items() if name not in defaults or found != defaults[name]}


def value_from_data(data: dict[str, str | bool]) -> Value:
    """`value_to_data` undone."""
    return Value(**data)  # type: ignore[arg-type]


def _decimal(digits: str) -> ox.Literal:
    """`xsd:decimal` in the canonical form stores agree on; a string where it is no plain number."""
    return ox.Literal(canonical(digits), datatype=_DECIMAL) if is_number(digits) else text(digits)


def _is_date(iso: str) -> bool:
    try:
        return bool(_ISO.fullmatch(iso) and dt.date.fromisoformat(iso))
    except ValueError:
        return False
