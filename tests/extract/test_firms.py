"""Names of firms are made whole by their legal form."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.extract.firms import complete_firms
from kg.rdf.schema import load_ontology


@pytest.mark.parametrize(
    ("words", "name", "whole"),
    [
        ("Norr Rederi AB fell", (0, 2, "PERSON"), ("Norr Rederi AB", "ORG")),
        ("Tern Ltd. grew", (0, 1, "PRODUCT"), ("Tern Ltd.", "ORG")),
        ("Quill plc", (0, 2, "MISC"), ("Quill plc", "ORG")),
        ("California AG Ann Lee", (0, 1, "PLACE"), ("California", "PLACE")),
        ("Quill company offices", (0, 1, "ORG"), ("Quill", "ORG")),
        ("Ann Lee said", (0, 2, "PERSON"), ("Ann Lee", "PERSON")),
    ],
)
def test_a_legal_form_belongs_to_the_name(
    words: str, name: tuple[int, int, str], whole: tuple[str, str]
) -> None:
    doc = Doc(Vocab(), words.split())
    doc.set_ents([Span(doc, name[0], name[1], label=name[2])])
    complete_firms(doc, load_ontology().words["legal_form"])
    assert [(found.text, found.label_) for found in doc.ents] == [whole]
