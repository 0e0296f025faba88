"""Rules on hand-built parses: every construction, and what each must leave alone. No model."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.extract.frames import Sentence
from kg.extract.mentions import Mentions
from kg.extract.rules import find_all
from kg.extract.values import find_values
from kg.model import Form, Frame, Modality
from kg.rdf.schema import load_ontology
from tests.extract.parse import parse

ONTOLOGY = load_ontology()


def frames(line: str, ents: Sequence[tuple[int, int, str]] = (), rule: str = "") -> list[Frame]:
    """All frames of a one-line parse, or those of one rule."""
    doc = parse(line, ents)
    mentions = Mentions(doc, ONTOLOGY, find_values(doc.text, ONTOLOGY.words, None))
    found: list[Frame] = []
    for tokens in doc.sents:
        found += find_all(Sentence(tokens, mentions, ONTOLOGY))
    return [f for f in found if not rule or f.rule == rule]


def slots(frame: Frame) -> dict[str, list[str]]:
    return {role.slot: [m.text for m in role.mentions] for role in frame.roles}


def test_prepositions_become_slots() -> None:
    (frame,) = frames(
        "Acme/PROPN/nsubj/1 supplies/VERB/ROOT/1/supply sensors/NOUN/obj/1/sensor to/ADP/case/4 Volvo/PROPN/obl/1",
        [(0, 1, "ORG"), (4, 5, "ORG")],
        "verbs.clause",
    )
    assert frame.cues == ("supply",)
    assert slots(frame) == {"subj": ["Acme"], "obj": ["sensors"], "to": ["Volvo"]}


def test_a_light_verb_hands_its_arguments_to_the_noun() -> None:
    found = frames(
        "Acme/PROPN/nsubj/1 announced/VERB/ROOT/1/announce the/DET/det/3 acquisition/NOUN/obj/1 of/ADP/case/5 Bolt/PROPN/nmod/3",
        [(0, 1, "ORG"), (5, 6, "ORG")],
        "verbs.light",
    )
    assert [slots(f) for f in found] == [{"subj": ["Acme"], "obj": ["Bolt"]}]


def test_listed_members_fill_the_slot() -> None:
    (frame,) = frames(
        "Acme/PROPN/nsubj/1 supplies/VERB/ROOT/1/supply carmakers/NOUN/obj/1/carmaker/NNS such/ADJ/case/5 as/ADP/fixed/3 "
        "Volvo/PROPN/nmod/2 and/CCONJ/cc/7 BMW/PROPN/conj/5",
        [(0, 1, "ORG"), (5, 6, "ORG"), (7, 8, "ORG")],
        "verbs.clause",
    )
    assert slots(frame)["obj"] == ["Volvo", "BMW"]


def test_apposition_names_the_role() -> None:
    (frame,) = frames(
        "Tim/PROPN/nsubj/8 Cook/PROPN/flat/0 ,/PUNCT/punct/4 chief/ADJ/amod/4 executive/NOUN/appos/0 of/ADP/case/6 "
        "Apple/PROPN/nmod/4 ,/PUNCT/punct/4 spoke/VERB/ROOT/8/speak",
        [(0, 2, "PERSON"), (6, 7, "ORG")],
        "nouns.apposition",
    )
    assert frame.cues == ("chief executive", "executive")
    assert slots(frame)["subj"] == ["Tim Cook"]
    assert slots(frame)["of"] == ["Apple"]
    assert frame.inferred


def test_title_before_a_name() -> None:
    (frame,) = frames(
        "Microsoft/PROPN/compound/2 chief/ADJ/amod/2 executive/NOUN/compound/3 Satya/PROPN/nsubj/5 Nadella/PROPN/flat/3 "
        "spoke/VERB/ROOT/5/speak",
        [(0, 1, "ORG"), (3, 5, "PERSON")],
        "nouns.title",
    )
    assert slots(frame)["subj"] == ["Satya Nadella"]
    assert slots(frame)["of"] == ["Microsoft"]


def test_the_name_is_the_subject_of_an_apposition_even_when_it_comes_second() -> None:
    (frame,) = frames(
        "Sea/PROPN/nmod:poss/2 's/PART/case/0 platform/NOUN/nsubj/5 ,/PUNCT/punct/4 Shopee/PROPN/appos/2 grew/VERB/ROOT/5/grow",
        [(0, 1, "ORG"), (4, 5, "ORG")],
        "nouns.apposition",
    )
    assert slots(frame)["subj"] == ["Shopee"]
    assert slots(frame)["of"] == ["Sea"]


def test_a_list_after_a_colon_classifies_nothing() -> None:
    assert not frames(
        "It/PRON/nsubj/1 offers/VERB/ROOT/1/offer support/NOUN/obj/1 :/PUNCT/punct/4 voice/NOUN/appos/2",
        rule="nouns.apposition",
    )


@pytest.mark.parametrize(
    ("line", "ents", "holder", "noun", "value"),
    [
        (
            "Acme/PROPN/nmod:poss/2 's/PART/case/0 revenue/NOUN/nsubj/3 rose/VERB/ROOT/3/rise to/ADP/case/6 $/SYM/obl/3 "
            "5/NUM/nummod/5 billion/NUM/compound/6",
            [(0, 1, "ORG")], "Acme", "revenue", "$5 billion",
        ),
        (
            "Acme/PROPN/nsubj/1 unveiled/VERB/ROOT/1/unveil the/DET/det/3 S1/PROPN/obj/1 at/ADP/case/7 a/DET/det/7 starting/VERB/amod/7 "
            "price/NOUN/obl/1 of/ADP/case/9 $/SYM/nmod/7 537/NUM/nummod/9",
            [(0, 1, "ORG"), (3, 4, "PRODUCT")], "S1", "price", "$537",
        ),
        (
            "Acme/PROPN/nsubj/1 reported/VERB/ROOT/1/report a/DET/det/5 30/NUM/nummod/4 %/SYM/compound/5 jump/NOUN/obj/1 in/ADP/case/7 "
            "sales/NOUN/nmod/5/sale",
            [(0, 1, "ORG")], "Acme", "sale", "30%",
        ),
    ],
)  # fmt: skip
def test_figures_know_what_they_measure_and_whose(
    line: str, ents: list[tuple[int, int, str]], holder: str, noun: str, value: str
) -> None:
    (frame,) = frames(line, ents, "measures.figure")
    assert frame.cues[-1].split()[-1] == noun
    assert slots(frame)["holder"] == [holder]
    assert slots(frame)["value"] == [value]


def test_customers_are_named_by_include() -> None:
    (frame,) = frames(
        "Acme/PROPN/nmod:poss/2 's/PART/case/0 clients/NOUN/nsubj/3/client include/VERB/ROOT/3 Westwing/PROPN/obj/3 and/CCONJ/cc/6 "
        "Bonprix/PROPN/conj/4",
        [(0, 1, "ORG"), (4, 5, "ORG"), (6, 7, "ORG")],
        "nouns.members",
    )
    assert slots(frame)["subj"] == ["Westwing", "Bonprix"]
    assert slots(frame)["of"] == ["Acme"]


def test_a_former_post_is_past_and_an_incoming_one_planned() -> None:
    line = "{}/ADJ/amod/2 Acme/PROPN/compound/2 chairman/NOUN/compound/3 Ann/PROPN/nsubj/5 Lee/PROPN/flat/3 left/VERB/ROOT/5/leave"
    (former,) = frames(line.format("former"), [(1, 2, "ORG"), (3, 5, "PERSON")], "nouns.title")
    (incoming,) = frames(line.format("incoming"), [(1, 2, "ORG"), (3, 5, "PERSON")], "nouns.title")
    assert slots(former)["time"] == ["former"]
    assert incoming.context.modality is Modality.PLANNED


def test_minimal_phrases_drop_determiners_and_relative_clauses_but_keep_names_whole() -> None:
    doc = parse(
        "The/DET/det/2 new/ADJ/amod/2 chipmaker/NOUN/nsubj/6 that/PRON/nsubj/4 makes/VERB/acl:relcl/2/make GPUs/NOUN/obj/4 "
        "praised/VERB/ROOT/6/praise Bruce/PROPN/obj/6 Investments/PROPN/flat/7 Ltd/PROPN/flat/7",
        [(7, 10, "ORG")],
    )
    mentions = Mentions(doc, ONTOLOGY, [])
    assert mentions.at(doc[2]).text == "new chipmaker"
    assert mentions.at(doc[2]).form is Form.NOMINAL
    assert mentions.at(doc[7]).text == "Bruce Investments Ltd"
    assert mentions.at(doc[7]).form is Form.NAME


def test_dependence_without_a_bearer_is_of_the_firm_last_spoken_of() -> None:
    frame = frames(
        "Acme/PROPN/nmod:poss/2 's/PART/case/0 plan/NOUN/nsubj/3 shows/VERB/ROOT/3/show this/PRON/obj/3 ./PUNCT/punct/3 "
        "dependence/NOUN/nsubj/9 on/ADP/case/8 Bolt/PROPN/nmod/6 remains/VERB/ROOT/9/remain",
        [(0, 1, "ORG"), (8, 9, "ORG")],
        "nouns.deverbal",
    )[-1]
    assert slots(frame)["subj"] == ["Acme"]
    assert slots(frame)["on"] == ["Bolt"]


def test_other_nouns_without_a_bearer_stay_without() -> None:
    found = frames(
        "Acme/PROPN/nsubj/1 grew/VERB/ROOT/1/grow ./PUNCT/punct/1 demand/NOUN/nsubj/6 for/ADP/case/5 chips/NOUN/nmod/3/chip "
        "remains/VERB/ROOT/6/remain",
        [(0, 1, "ORG")],
        "nouns.deverbal",
    )
    assert all("subj" not in slots(f) for f in found)
