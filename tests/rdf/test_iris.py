"""IRIs from names: readable, different for different names, and nothing breaks out of them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Span, Value
from kg.rdf.iris import Iris, canonical, quote, unquote

TEXTS = st.text(max_size=30) | st.sampled_from(
    ["", "-", ".", "..", "../..", "%", "a%20b", "> <x> <y", "\u202e\x00", "é", "e\u0301"]
)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("Alibaba", "Alibaba"),
        ("Nestlé_SA", "Nestlé_SA"),
        ("アリババ", "アリババ"),
        ("M&M’s 1/2", "M%26M%E2%80%99s%201%2F2"),
        ("", "_"),
        ("_", "%5F"),
        ("-", "%2D"),
        (".", "%2E"),
        ("..", "%2E%2E"),
        ("a~b", "a%7Eb"),
        ("Booking.com", "Booking.com"),
        ("www.booking.com", "www.booking%2Ecom"),
    ],
)
def test_names_stay_readable(name: str, part: str) -> None:
    assert quote(name) == part
    assert unquote(part) == name


@settings(deadline=None)
@given(TEXTS)
def test_a_quoted_name_is_an_iri_part_and_comes_back(name: str) -> None:
    part = quote(name)
    assert unquote(part) == name
    iri = f"https://kg.example/entity/{part}"
    line = f"<{iri}> <https://kg.example/p> <{iri}> .\n"
    assert [quad.subject.value for quad in ox.parse(line, ox.RdfFormat.N_QUADS)] == [iri]
    assert not set(part) & set("/#?<>\"' \\{}|^`~")
    assert part not in (".", "..")


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_a_quoted_name_works_as_a_prefixed_name(name: str, other: str) -> None:
    """In Turtle and in SPARQL, where letters of PN_CHARS are concerned: ASCII names here."""
    part = quote(name.encode("ascii", "ignore").decode())
    store = ox.Store()
    store.add(
        ox.Quad(
            ox.NamedNode(f"https://kg.example/entity/{part}"),
            ox.NamedNode("https://kg.example/p"),
            ox.Literal(other),
        )
    )
    found = store.query(f"SELECT ?o {{ ent:{part} ?p ?o }}", prefixes={"ent": "https://kg.example/entity/"})
    assert [row["o"].value for row in found] == [other]


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS, st.integers(0, 99)), unique=True, max_size=8))
def test_different_names_have_different_iris(names: list[tuple[str, str, int]]) -> None:
    iris = Iris()
    made = [
        iris.evidence(article, number).value
        for article, _, number in dict.fromkeys((a, "", n) for a, _, n in names)
    ]
    assert len(set(made)) == len(made)
    keys = {(article, key) for article, key, _ in names}
    assert len({iris.referent(*key).value for key in keys}) == len(keys)


@settings(deadline=None)
@given(TEXTS, st.booleans())
def test_relation_names_come_back(name: str, is_open: bool) -> None:
    iris = Iris("https://news.example/", "https://my.example/o#")
    assert iris.relation_name(iris.relation(name, is_open).value) == (name, is_open)
    assert iris.qualifier_key(iris.qualifier(name).value) == name


def test_each_kind_of_iri() -> None:
    iris = Iris()
    assert iris.entity("S1").value == "https://kg.example/entity/S1"
    assert iris.relation("launches", False).value == "https://kg.example/ontology#launches"
    assert iris.relation("step_into", True).value == "https://kg.example/relation/step_into"
    assert iris.sentence("tech/05", Span(0, 61)).value == "https://kg.example/article/tech%2F05#char=0,61"
    assert iris.evidence("05", 3).value == "https://kg.example/evidence/05-3"
    assert Iris("https://news.example/kg/").article("05").value == "https://news.example/kg/article/05"
    assert iris.prefixes()["ent"] == "https://kg.example/entity/"
    assert "" not in iris.prefixes()
    assert Iris(namespace="https://my.example/o#").prefixes()[""] == "https://my.example/o#"


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (Value("money", "$537", "537", "USD"), "537-USD"),
        (Value("money", "$537.00", "537.00", "USD"), "537-USD"),
        (Value("percent", "about 4.5%", "4.50", "percent", approximate=True), "about-4.5-percent"),
        (Value("money", "$1-2bn", "1000000000", "USD", high="2000000000"), "1000000000-2000000000-USD"),
        (Value("quantity", "-5 old units", "-5", "old units"), "%2D5-old_units"),
        (Value("quantity", "5 a-b_c", "5", "a-b_c"), "5-a%2Db%5Fc"),
        (Value("ordinal", "third", "3"), "3-ordinal"),
        (Value("quantity", "?", "five > x", "units"), "five_%3E_x-units"),
    ],
)
def test_value_nodes_are_named_by_what_they_mean(value: Value, name: str) -> None:
    assert Iris().value(value).value == f"https://kg.example/value/{name}"


@settings(deadline=None)
@given(st.integers(-(10**30), 10**30), st.integers(0, 6))
def test_canonical_numbers_keep_their_value(number: int, zeros: int) -> None:
    assert canonical(f"{number}.{'0' * (zeros + 1)}") == str(number)
    assert canonical(f"{number}.5{'0' * zeros}") == f"{number}.5"
