"""Names are made whole, and what only opens a sentence is none."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.extract.whole_names import complete_names
from kg.rdf.schema import load_ontology
from tests.extract.parse import parse


@pytest.mark.parametrize(
    ("words", "name", "whole"),
    [
        ("Norr Rederi AB fell", (0, 2, "PERSON"), ("Norr Rederi AB", "ORG")),
        ("Tern Ltd. grew", (0, 1, "PRODUCT"), ("Tern Ltd.", "ORG")),
        ("Quill plc", (0, 2, "MISC"), ("Quill plc", "ORG")),
        ("California AG Ann Lee", (0, 1, "PLACE"), ("California", "PLACE")),
        ("Quill company offices", (0, 1, "ORG"), ("Quill", "ORG")),
        ("Ann Lee said", (0, 2, "PERSON"), ("Ann Lee", "PERSON")),
        ("Northern Markets ( Cayman ) Ltd", (0, 2, "ORG"), ("Northern Markets ( Cayman ) Ltd", "ORG")),
    ],
)
def test_a_legal_form_belongs_to_the_name(
    words: str, name: tuple[int, int, str], whole: tuple[str, str]
) -> None:
    doc = Doc(Vocab(), words.split())
    doc.set_ents([Span(doc, name[0], name[1], label=name[2])])
    complete_names(doc, load_ontology().words["legal_form"], ())
    assert [(found.text, found.label_) for found in doc.ents] == [whole]


@pytest.mark.parametrize(
    ("line", "names", "expected"),
    [
        ("Watchmaker/NOUN/nmod:desc/1 Oris/PROPN/nsubj/2 grew/VERB/ROOT/2", [(0, 1), (1, 2)], ["Oris"]),
        ("Tata/PROPN/compound/1 Steel/PROPN/nsubj/2 grew/VERB/ROOT/2", [(0, 1), (1, 2)], ["Tata", "Steel"]),
        ("Apple/PROPN/nmod:poss/2 's/PART/case/0 chipmaker/NOUN/ROOT/2", [(0, 1)], ["Apple"]),
    ],
)
def test_an_occupation_that_opens_a_sentence_is_no_name(
    line: str, names: list[tuple[int, int]], expected: list[str]
) -> None:
    doc = parse(line, [(start, end, "ORG") for start, end in names])
    complete_names(doc, (), {"watchmaker", "chipmaker"})
    assert [found.text for found in doc.ents] == expected


def test_a_model_number_belongs_to_the_name() -> None:
    line = "Halcyon/PROPN/nsubj/3 -/PUNCT/punct/0 7B/NUM/nummod/0 grew/VERB/ROOT/3"
    doc = parse(line, [(0, 1, "PRODUCT")], {0: False, 1: False})
    complete_names(doc, (), ())
    assert [found.text for found in doc.ents] == ["Halcyon-7B"]
