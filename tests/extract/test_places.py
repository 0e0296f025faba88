"""Places and nationalities said without a word for them, on the shipped pipeline with a small ontology that asks for them."""

from __future__ import annotations

import pytest

import kg
from kg.extract.read import read_article
from kg.extract.rules import places
from kg.model import Article, Ref

pytestmark = pytest.mark.model

WHERE = """
@prefix : <https://example.org/where#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
:Person a owl:Class . :Place a owl:Class . :Country a owl:Class ; rdfs:subClassOf :Place . :Organization a owl:Class .
:within a owl:ObjectProperty ; rdfs:label "located in" ; schema:domainIncludes :Place, :Organization ; rdfs:range :Place .
:country a owl:ObjectProperty ; rdfs:label "country" ; schema:domainIncludes :Place, :Organization ; rdfs:range :Country .
:citizen a owl:ObjectProperty ; rdfs:label "nationality" ; rdfs:domain :Person ; rdfs:range :Country .
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> object:
    path = tmp_path_factory.mktemp("where") / "where.ttl"
    path.write_text(WHERE, encoding="utf-8")
    ontology, nlp = kg.load_ontology(path), kg.load_pipeline()

    def triples(text: str) -> set[tuple[str, str, str]]:
        reading = read_article(Article("a", text), ontology, nlp)
        assert all(text[c.sentence.start : c.sentence.end] == c.quote for c in reading.claims)
        names = {referent.key: referent.name for referent in reading.referents}
        return {
            (names[c.subject], c.relation, names[c.object.key])
            for c in reading.claims
            if not c.open and isinstance(c.object, Ref)
        }

    return triples


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norda opened a shop in Lyon, France.", ("Lyon", "within", "France")),
        ("Norda opened a shop in Lyon, France.", ("Lyon", "country", "France")),
        ("Brookston is a city in Carlow County.", ("Brookston", "within", "Carlow County")),
        ("The University of Lyon opened a library.", ("University of Lyon", "within", "Lyon")),
        ("Ann Lee is a French engineer.", ("Ann Lee", "citizen", "France")),
        ("The town lies in the U.S. state of Maine.", ("Maine", "within", "U.S.")),
        ("Danish brewer Orlund opened a plant.", ("Orlund", "country", "Denmark")),
        ("She flew from Chile's Punta Arenas to Lima.", ("Punta Arenas", "within", "Chile")),
        ("They met in Sweden's capital Stockholm.", ("Stockholm", "within", "Sweden")),
        ("Germany's Anna Weber won the race.", ("Anna Weber", "citizen", "Germany")),
        ("Gustav III of Sweden founded an opera.", ("Gustav III", "citizen", "Sweden")),
        ("Ann Lee sat in the United States Senate.", ("United States Senate", "country", "United States")),
        ("Orlund is a football club from Aarhus.", ("Orlund", "within", "Aarhus")),
        ("Ann Lee was a poet and lawyer from Chad.", ("Ann Lee", "citizen", "Chad")),
        (
            "Norda has offices in both Los Angeles, California and Detroit, Michigan.",
            ("Los Angeles", "within", "California"),
        ),
        ("The river passes the Oregon city of Klamath Falls.", ("Klamath Falls", "within", "Oregon")),
    ],
)
def test_read(said: object, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in said(text)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Norda has shops in Lyon, Paris and Nice.", ("Lyon", "within", "Paris")),
        ("Ann Lee met Ben Ruiz in Lyon.", ("Ben Ruiz", "within", "Lyon")),
        ("The New York Times reported it.", ("New York Times", "within", "York")),
        ("Ann Lee bought a French car.", ("Ann Lee", "citizen", "France")),
        ("Goodham is a village in Carlow County.", ("Goodham", "country", "Carlow County")),
        (
            "She lives in the New York City suburb of Franklin Lakes.",
            ("New York City", "within", "Franklin Lakes"),
        ),
    ],
)
def test_left_alone(said: object, text: str, wrong: tuple[str, str, str]) -> None:
    assert wrong not in said(text)  # type: ignore[operator]


def test_the_shipped_ontology_does_not_ask() -> None:
    ontology = kg.load_ontology()
    assert not {kind for kind, _ in ontology.cue_index} & {"place", "demonym"}
    reading = read_article(Article("a", "Norda opened a shop in Lyon, France."), ontology, kg.load_pipeline())
    assert not [c for c in reading.claims if c.rule in {rule.name for rule in places.RULES}]
