"""ClearNLP parses become UD: hand-built parses in the two schemes, no model."""

import pytest
from spacy.tokens import Doc

from kg.extract.pipeline.clearnlp import is_clearnlp, to_ud
from tests.extract.parse import parse


def arcs(doc: Doc) -> list[tuple[str, str, str]]:
    return [(token.text, token.dep_, token.head.text) for token in doc]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Apple/PROPN/nsubj/1 bought/VERB/ROOT/1 Beats/PROPN/dobj/1",
            [("Apple", "nsubj", "bought"), ("bought", "ROOT", "bought"), ("Beats", "obj", "bought")],
        ),
        (
            "Beats/PROPN/nsubjpass/2 was/AUX/auxpass/2/be bought/VERB/ROOT/2 by/ADP/agent/2 Apple/PROPN/pobj/3"
            " in/ADP/prep/2 2014/NUM/pobj/5",
            [
                ("Beats", "nsubj:pass", "bought"),
                ("was", "aux:pass", "bought"),
                ("bought", "ROOT", "bought"),
                ("by", "case", "Apple"),
                ("Apple", "obl:agent", "bought"),
                ("in", "case", "2014"),
                ("2014", "obl", "bought"),
            ],
        ),
        (
            "chief/NOUN/nsubj/3 of/ADP/prep/0 Apple/PROPN/pobj/1 spoke/VERB/ROOT/3",
            [
                ("chief", "nsubj", "spoke"),
                ("of", "case", "Apple"),
                ("Apple", "nmod", "chief"),
                ("spoke", "ROOT", "spoke"),
            ],
        ),
        (
            "Kim/PROPN/nsubj/1 is/AUX/ROOT/1/be an/DET/det/3 analyst/NOUN/attr/1 ./PUNCT/punct/1",
            [
                ("Kim", "nsubj", "analyst"),
                ("is", "cop", "analyst"),
                ("an", "det", "analyst"),
                ("analyst", "ROOT", "analyst"),
                (".", "punct", "analyst"),
            ],
        ),
        (
            "Apple/PROPN/poss/2 's/PART/case/0 chips/NOUN/nsubj/3 sell/VERB/ROOT/3 out/ADP/prt/3",
            [
                ("Apple", "nmod:poss", "chips"),
                ("'s", "case", "Apple"),
                ("chips", "nsubj", "sell"),
                ("sell", "ROOT", "sell"),
                ("out", "compound:prt", "sell"),
            ],
        ),
        (
            "grew/VERB/ROOT/0 by/ADP/prep/0 selling/VERB/pcomp/1 chips/NOUN/dobj/2",
            [
                ("grew", "ROOT", "grew"),
                ("by", "mark", "selling"),
                ("selling", "advcl", "grew"),
                ("chips", "obj", "selling"),
            ],
        ),
    ],
)
def test_clearnlp_becomes_ud(line: str, expected: list[tuple[str, str, str]]) -> None:
    assert arcs(to_ud(parse(line))) == expected


def test_a_prepositional_predicate_takes_the_copulas_place() -> None:
    doc = to_ud(parse("Norda/PROPN/nsubj/1 is/AUX/ROOT/1/be in/ADP/prep/1 Oslo/PROPN/pobj/2 ./PUNCT/punct/1"))
    assert arcs(doc) == [
        ("Norda", "nsubj", "Oslo"),
        ("is", "cop", "Oslo"),
        ("in", "case", "Oslo"),
        ("Oslo", "ROOT", "Oslo"),
        (".", "punct", "Oslo"),
    ]


def test_a_ud_parse_is_left_alone() -> None:
    doc = parse("Apple/PROPN/nsubj/1 bought/VERB/ROOT/1 Beats/PROPN/obj/1")
    assert not is_clearnlp(doc)
    assert arcs(to_ud(doc)) == [
        ("Apple", "nsubj", "bought"),
        ("bought", "ROOT", "bought"),
        ("Beats", "obj", "bought"),
    ]


def test_sentences_and_names_survive_the_rewriting() -> None:
    line = "It/PRON/nsubj/1 is/AUX/ROOT/1/be new/ADJ/acomp/1 Kim/PROPN/nsubj/4 left/VERB/ROOT/4 Acme/PROPN/dobj/4"
    doc = parse(line, ents=[(3, 4, "PERSON")])
    to_ud(doc)
    assert [sentence.text for sentence in doc.sents] == ["It is new", "Kim left Acme"]
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Kim", "PERSON")]
