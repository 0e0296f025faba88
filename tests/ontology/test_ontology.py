"""The shipped ontology keeps its own house rules: complete, unambiguous, documented, every cue usable."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import kg
from kg.ontology import Ontology
from tests.ontology.reference import PAGE

FOLDER = Path(__file__).parents[2] / "ontology"
SLOT = re.compile(r"[a-z]+( [a-z]+)?")
QUALIFIERS = {
    "time", "period", "place", "value", "change", "comparison", "metric", "basis", "attribution", "condition", "status",
    "scope", "extent", "role", "position", "round", "purpose", "reason", "topic", "activity", "publisher", "buyer", "by",
    "order",
}  # fmt: skip


def test_every_relation_is_complete(ontology: Ontology) -> None:
    assert len(ontology.relations) == 131
    for relation in ontology.relations.values():
        assert relation.label, relation.name
        assert len(relation.comment) > 10, relation.name
        assert relation.cues, relation.name
        assert len(relation.examples) >= 3, relation.name
        assert all(example.subject and example.object for example in relation.examples), relation.name
        assert len(relation.counterexamples) >= 2, relation.name


def test_inverses_are_names_of_their_own(ontology: Ontology) -> None:
    inverses = Counter(r.inverse for r in ontology.relations.values() if r.inverse and not r.symmetric)
    assert not [name for name, count in inverses.items() if count > 1]
    assert not set(inverses) & set(ontology.relations), "an inverse is derived, never stored"


def test_examples_are_sentences_of_one_relation_each(ontology: Ontology) -> None:
    texts = Counter(e.text for r in ontology.relations.values() for e in r.examples)
    assert not [text for text, count in texts.items() if count > 1]


@pytest.mark.parametrize("side", ["domain", "range"])
def test_classes_of_relations_exist(ontology: Ontology, side: str) -> None:
    for relation in ontology.relations.values():
        for name in getattr(relation, side):
            assert name == "Any" or name in ontology.types, (relation.name, name)


def test_a_noun_gives_away_one_class(ontology: Ontology) -> None:
    owners = Counter(noun for kind in ontology.types.values() for noun in kind.nouns)
    assert not [noun for noun, count in owners.items() if count > 1]
    assert len(owners) > 1200


def test_every_label_of_the_pipeline_is_known(ontology: Ontology) -> None:
    known = {label for kind in ontology.types.values() for label in kind.ner}
    assert {"PERSON", "ORG", "PLACE", "PRODUCT", "EVENT"} <= known


def test_slots_and_qualifiers_are_of_the_trade(ontology: Ontology) -> None:
    for relation in ontology.relations.values():
        for cue in relation.cues:
            assert SLOT.fullmatch(cue.subject), (relation.name, cue)
            assert SLOT.fullmatch(cue.object), (relation.name, cue)
            assert {name for _, name in cue.qualifiers} <= QUALIFIERS, (relation.name, cue)


def test_files_can_be_taken_in_at_a_glance() -> None:
    for path in FOLDER.glob("*.ttl"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 400, path.name
        assert lines[0].startswith("# "), f"{path.name} begins with a line that says what is in it"


def test_the_reference_page_is_of_this_ontology(ontology: Ontology) -> None:
    from kg.reference import to_markdown

    assert PAGE.read_text(encoding="utf-8") == to_markdown(ontology), (
        "run: python -m tests.ontology.reference"
    )


def test_countries_and_their_people() -> None:
    words = kg.load_ontology().words
    assert (
        words["demonym"]["dutch"]
        == words["city"]["rotterdam"]
        == words["country"]["holland"]
        == "Netherlands"
    )
    assert set(words["demonym"].values()) <= set(words["country"].values())
    assert set(words["city"].values()) <= set(words["country"].values())
