"""Which notions a relation of an own ontology means, and which cues it gets from them; no model."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.derive.notions import KNOWN, plain_address, plain_label
from kg.ontology import Ontology
from kg.rdf.schema import load_ontology
from kg.rulebook import relation_lines

HEAD = """@prefix : <https://example.org/o#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix kg: <https://kg.example/ontology#> .
:Person a owl:Class . :Film a owl:Class . :Museum a owl:Class . :City a owl:Class . :Firm a owl:Class . :Genre a owl:Class .
"""


def read(folder: Path, turtle: str) -> Ontology:
    path = folder / "o.ttl"
    path.write_text(HEAD + turtle, encoding="utf-8")
    return load_ontology(path)


def known(ontology: Ontology, relation: str) -> set[str]:
    """The notions a relation has cues from."""
    sources = {cue.source for cue in ontology.relations[relation].cues}
    return {source.removeprefix(KNOWN) for source in sources if source.startswith(KNOWN)}


def sides(domain: str, range_: str) -> str:
    return f"rdfs:domain {domain} ; rdfs:range {range_}"


@pytest.mark.parametrize(
    "label", ["hasBirthPlace", "birth_place", "place of birth", "was born in", "Birth place"]
)
def test_labels_are_compared_by_their_words(tmp_path: Path, label: str) -> None:
    own = read(tmp_path, f':p a owl:ObjectProperty ; rdfs:label "{label}" ; {sides(":Person", ":City")} .')
    assert "place of birth" in known(own, "p")


def test_a_name_counts_where_there_is_no_label(tmp_path: Path) -> None:
    own = read(tmp_path, f":birthPlace a owl:ObjectProperty ; {sides(':Person', ':City')} .")
    assert known(own, "birthPlace") == {"place of birth"}


@pytest.mark.parametrize(
    "address",
    [
        "schema:birthPlace",
        "<https://www.wikidata.org/wiki/Property:P19>",
        "<http://www.wikidata.org/prop/direct/P19>",
    ],
)
def test_addresses_count(tmp_path: Path, address: str) -> None:
    own = read(
        tmp_path,
        f':x a owl:ObjectProperty ; rdfs:label "ort" ; {sides(":Person", ":City")} ; owl:equivalentProperty {address} .',
    )
    assert known(own, "x") == {"place of birth"}


def test_sides_tell_notions_apart(tmp_path: Path) -> None:
    own = read(
        tmp_path,
        f""":a a owl:ObjectProperty ; rdfs:label "director" ; {sides(":Film", ":Person")} .
        :b a owl:ObjectProperty ; rdfs:label "director" ; {sides(":Museum", ":Person")} .
        :c a owl:ObjectProperty ; rdfs:label "director" ; {sides(":City", ":City")} .""",
    )
    assert "director" in known(own, "a")
    assert "director" not in known(own, "b")
    assert "key person" in known(own, "b")
    assert not known(own, "c") & {"director", "key person"}


def test_a_label_turned_round_turns_the_cues(tmp_path: Path) -> None:
    own = read(
        tmp_path,
        f""":a a owl:ObjectProperty ; rdfs:label "author" ; {sides(":Film", ":Person")} .
        :b a owl:ObjectProperty ; rdfs:label "author of" ; {sides(":Person", ":Film")} .""",
    )
    ways = [{(c.frame, c.lemma, c.subject, c.object) for c in own.relations[name].cues} for name in "ab"]
    assert ("verb", "pen", "obj", "subj") in ways[0]
    assert ("verb", "pen", "subj", "obj") in ways[1]
    assert ("verb", "pen", "obj", "subj") not in ways[1]


def test_kg_s_own_relations_are_notions_with_a_typing_head(tmp_path: Path) -> None:
    own = read(
        tmp_path,
        f""":a a owl:ObjectProperty ; rdfs:label "parent company" ; {sides(":Firm", ":Firm")} .
        :b a owl:ObjectProperty ; rdfs:label "has subsidiary" ; {sides(":Firm", ":Firm")} .
        :c a owl:ObjectProperty ; rdfs:label "acquires" ; {sides(":Firm", ":Firm")} .""",
    )
    assert ("subsidiary_of", False) in own.relations["a"].heads
    assert ("subsidiary_of", True) in own.relations["b"].heads
    assert own.relations["c"].heads == (("acquires", False),)
    lines = "\n".join(relation_lines(own.relations["b"], None))
    assert "known words for" in lines
    assert "kg's own subsidiary_of, turned round" in lines


def test_what_means_too_much_asks_for_both_sides(tmp_path: Path) -> None:
    own = read(
        tmp_path,
        ':a a owl:ObjectProperty ; rdfs:label "part of" . :b a owl:ObjectProperty ; rdfs:label "spouse" .',
    )
    assert not known(own, "a")
    assert "spouse" in known(own, "b")


def test_a_wider_property_and_other_labels_are_no_reason(tmp_path: Path) -> None:
    own = read(
        tmp_path,
        f""":a a owl:ObjectProperty ; rdfs:label "ward" ; rdfs:subPropertyOf schema:birthPlace ; {sides(":Person", ":City")} .
        :b a owl:ObjectProperty ; rdfs:label "tie" ; skos:altLabel "spouse" ; {sides(":Person", ":Person")} .""",
    )
    assert not known(own, "a")
    assert not known(own, "b")


def test_derivation_switched_off_takes_nothing_over(tmp_path: Path) -> None:
    own = read(
        tmp_path,
        f':a a owl:ObjectProperty ; rdfs:label "spouse" ; kg:derive false ; {sides(":Person", ":Person")} .',
    )
    assert own.relations["a"].cues == ()


def test_what_is_compared() -> None:
    assert plain_label("is part of the series") == "part of series"
    assert plain_address("http://schema.org/author") == plain_address("https://schema.org/author")


def test_every_notion_has_a_name_of_its_own_and_words_or_a_relation() -> None:
    from kg.rdf.notions import read_notions
    from kg.rdf.schema import shipped_folder
    from kg.rdf.turtle import Statements

    notions = list(read_notions(Statements(sorted(shipped_folder().glob("notions*.ttl")))))
    assert len(notions) > 100
    assert len({notion.name for notion in notions}) == len(notions)
    shipped = load_ontology()
    for notion in notions:
        assert notion.labels, notion.name
        assert not notion.labels & notion.turned_labels, notion.name
        for name in (notion.shipped, notion.shipped_turned):
            assert not name or name in shipped.relations, notion.name
        assert all(kind in shipped.types for kind in (*notion.domain, *notion.range)), notion.name
