"""The benchmark's own parts, on an article of ours in the data set's format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from tests.benchmarks.docred.gold import join, load
from tests.benchmarks.docred.score import HERE, curve, find, labels_only

DOCUMENT = {
    "title": "Ann Lee",
    "sents": [["Ann", "Lee", "(", "born", "in", "Lyon", ",", "France", ")", "is", "a", "French", "novelist", "."]],
    "vertexSet": [
        [{"name": "Ann Lee", "pos": [0, 2], "sent_id": 0, "type": "PER"}],
        [{"name": "Lyon", "pos": [5, 6], "sent_id": 0, "type": "LOC"}],
        [{"name": "France", "pos": [7, 8], "sent_id": 0, "type": "LOC"}],
        [{"name": "French", "pos": [11, 12], "sent_id": 0, "type": "LOC"}],
    ],
    "labels": [{"h": 0, "r": "P19", "t": 1}, {"h": 0, "r": "P27", "t": 2}, {"h": 0, "r": "P27", "t": 3},
               {"h": 1, "r": "P17", "t": 2}],
}  # fmt: skip


def test_text_and_offsets(tmp_path: Path) -> None:
    assert join([["Ann", "'s", '"', "hat", '"', "."], ["A", "-", "B"]])[0] == 'Ann\'s "hat". A-B'
    path = tmp_path / "dev.json"
    path.write_text(json.dumps([DOCUMENT]))
    (gold,) = load(path)
    assert gold.article.text == "Ann Lee (born in Lyon, France) is a French novelist."
    assert [place.of(gold.article.text) for places in gold.places for place in places] == [
        "Ann Lee", "Lyon", "France", "French",
    ]  # fmt: skip


def test_the_ontology_has_its_properties_and_no_errors(tmp_path: Path) -> None:
    from kg.rdf.check import check

    ontology = kg.load_ontology(HERE / "wikidata.ttl")
    assert len(ontology.relations) == 96
    assert all(relation.cues for relation in ontology.relations.values() if relation.name != "P585")
    assert not [p for p in check(HERE / "wikidata.ttl") if p.severity == "error"]
    bare = kg.load_ontology(labels_only(HERE / "wikidata.ttl", tmp_path))
    assert {r.name: r.label for r in bare.relations.values()} == {
        r.name: r.label for r in ontology.relations.values()
    }
    assert not any(r.parents or r.chains or r.symmetric for r in bare.relations.values())


@pytest.mark.model
def test_an_article_is_scored(tmp_path: Path) -> None:
    path = tmp_path / "dev.json"
    path.write_text(json.dumps([DOCUMENT]))
    (gold,) = load(path)
    ontology = kg.load_ontology(HERE / "wikidata.ttl")
    graph = kg.build([gold.article], ontology).graph
    found = list(find(gold, graph, inference=False))
    assert {(f.relation, f.objects) for f in found if 0 in f.subjects} >= {("P27", frozenset({2, 3}))}
    point = curve(found, [gold])[0]
    assert point.covered >= 3
    assert point.right <= point.judged <= point.written
