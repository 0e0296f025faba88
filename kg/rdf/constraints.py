"""A constraint as the SPARQL query that finds what breaks it: `?this`, and where there are any `?value` and `?other`.

pySHACL walks a graph node by node, and is 26 to 166 times slower on an Oxigraph store than on its own; one query for each constraint is
quicker than both and linear in the facts it is about.

News gives dates as exactly as it knows them, so kg compares what the two dates have in common: "2025" and "2025-03" do not disagree,
neither comes before the other, "2025-Q3" is compared by its year. SHACL proper would call such pairs incomparable, hence broken.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.rdf.shapes import Constraint

_TARGETS = {
    "targetClass": "?this a <{}>",
    "targetNode": "VALUES ?this {{ <{}> }}",
    "targetSubjectsOf": "?this <{}> ?any",
    "targetObjectsOf": "?any <{}> ?this",
}
_KINDS = {
    "IRI": "isIRI(?value)",
    "Literal": "isLiteral(?value)",
    "BlankNode": "isBlank(?value)",
    "BlankNodeOrIRI": "!isLiteral(?value)",
    "BlankNodeOrLiteral": "!isIRI(?value)",
    "IRIOrLiteral": "!isBlank(?value)",
}


def to_sparql(constraint: Constraint) -> str:
    """The SELECT that lists what breaks a constraint; names are whole IRIs, so it needs no prefixes.

    >>> print(to_sparql(Constraint("S", (("targetClass", "urn:C"),), "<urn:p>", ("urn:p",), "minCount", ("1",))))
    SELECT DISTINCT ?this { { ?this a <urn:C> } FILTER NOT EXISTS { ?this <urn:p> ?value } }
    """
    targets = " UNION ".join(f"{{ {_TARGETS[kind].format(iri)} }}" for kind, iri in constraint.targets)
    value = f"?this {constraint.path} ?value ." if constraint.path else "BIND(?this AS ?value)"
    term = constraint.values[0] if constraint.values else ""
    if constraint.component in ("minCount", "maxCount"):
        return _count(constraint, targets, int(_lexical(term)))
    if constraint.component == "hasValue":
        if not constraint.path:
            return f"SELECT DISTINCT ?this {{ {targets} FILTER(?this != {term}) }}"
        return f"SELECT DISTINCT ?this {{ {targets} FILTER NOT EXISTS {{ ?this {constraint.path} {term} }} }}"
    if constraint.component in _PAIRS:
        other = f"?this {term} ?other"
        return f"SELECT DISTINCT ?this ?value ?other {{ {targets} {value} {other} FILTER({_PAIRS[constraint.component]}) }}"
    if constraint.component == "equals":
        lacks = f"{{ {targets} {value} FILTER NOT EXISTS {{ ?this {term} ?value }} }}"
        more = f"{{ {targets} ?this {term} ?value FILTER NOT EXISTS {{ ?this {constraint.path} ?value }} }}"
        return f"SELECT DISTINCT ?this ?value {{ {lacks} UNION {more} }}"
    return f"SELECT DISTINCT ?this ?value {{ {targets} {value} FILTER({_VALUES[constraint.component](constraint)}) }}"


def _count(constraint: Constraint, targets: str, limit: int) -> str:
    path = constraint.path
    if constraint.component == "minCount" and limit == 1:
        return f"SELECT DISTINCT ?this {{ {targets} FILTER NOT EXISTS {{ ?this {path} ?value }} }}"
    if constraint.component == "maxCount" and limit == 1:  # two that do not agree
        return (
            f"SELECT DISTINCT ?this ?value ?other {{ {targets} ?this {path} ?value . ?this {path} ?other "
            f"FILTER(STR(?value) < STR(?other) && !({_AGREE})) }}"
        )
    sign = "<" if constraint.component == "minCount" else ">"
    return (
        f"SELECT ?this {{ {{ SELECT DISTINCT ?this {{ {targets} }} }} OPTIONAL {{ ?this {path} ?value }} }} "
        f"GROUP BY ?this HAVING(COUNT(DISTINCT ?value) {sign} {limit})"
    )


def _either(constraint: Constraint, test: str) -> str:
    """True where no alternative holds."""
    return " && ".join(f"!({test.format(term)})" for term in constraint.values)


def _class(constraint: Constraint) -> str:
    wrong = " && ".join(f"NOT EXISTS {{ ?value a {term} }}" for term in constraint.values)
    return f"EXISTS {{ ?value a ?known }} && {wrong}" if constraint.lenient else wrong


def _bound(sign: str) -> Callable[[Constraint], str]:
    """A value that is surely not on the right side of a bound; `sign` says how a broken one compares."""
    return lambda constraint: _compare("?value", sign, constraint.values[0])


def _compare(one: str, sign: str, other: str) -> str:
    """Numbers as numbers, all else as far as both are known; equal beginnings only break a strict bound when both end there."""
    lengths = f"STRLEN(STR({one}))", f"STRLEN(STR({other}))"
    quarter = f'CONTAINS(CONCAT(STR({one}), STR({other})), "-Q")'
    short = f"IF({quarter}, 4, IF({lengths[0]} < {lengths[1]}, {lengths[0]}, {lengths[1]}))"
    start = f"SUBSTR(STR({one}), 1, {short})", f"SUBSTR(STR({other}), 1, {short})"
    same = (
        f" || (STR({one}) = STR({other}) && STRLEN(STR({one})) > 7)" if sign.endswith("=") else ""
    )  # the same whole day
    return f"IF(isNumeric({one}) && isNumeric({other}), {one} {sign} {other}, {start[0]} {sign[0]} {start[1]}{same})"


_DATE = '"^[0-9]{4}(-(Q[1-4]|[0-9]{2}(-[0-9]{2})?))?$"'  # with the precision it was told with
#: Two dates of which one only says less than the other, or a quarter and another date of its year.
_AGREE = (
    f"REGEX(STR(?value), {_DATE}) && REGEX(STR(?other), {_DATE}) && (STRSTARTS(STR(?other), STR(?value)) || "
    '(CONTAINS(CONCAT(STR(?value), STR(?other)), "-Q") && SUBSTR(STR(?value), 1, 4) = SUBSTR(STR(?other), 1, 4)))'
)
_PAIRS = {
    "lessThan": _compare("?value", ">=", "?other"),
    "lessThanOrEquals": _compare("?value", ">", "?other"),
    "disjoint": "?value = ?other",
}
_VALUES: dict[str, Callable[[Constraint], str]] = {
    "class": _class,
    "datatype": lambda c: _either(c, "isLiteral(?value) && DATATYPE(?value) = {}"),
    "nodeKind": lambda c: f"!({_KINDS.get(_name(c.values[0]), 'true')})",
    "in": lambda c: f"?value NOT IN ({', '.join(c.values)})",
    "pattern": lambda c: f"isBlank(?value) || !REGEX(STR(?value), {c.values[0]}, {_text(c.flags)})",
    "minLength": lambda c: f"STRLEN(STR(?value)) < {int(_lexical(c.values[0]))}",
    "maxLength": lambda c: f"STRLEN(STR(?value)) > {int(_lexical(c.values[0]))}",
    "minInclusive": _bound("<"),
    "minExclusive": _bound("<="),
    "maxInclusive": _bound(">"),
    "maxExclusive": _bound(">="),
}


def _lexical(term: str) -> str:
    """The characters of a literal: `_lexical('"1"^^<…#integer>') == "1"`."""
    return term[1 : term.rindex('"')] if term.startswith('"') else term


def _name(term: str) -> str:
    return term.strip("<>").rpartition("#")[2]


def _text(words: str) -> str:
    return '"' + "".join(c for c in words if c.isalpha()) + '"'
