"""Participles before a bare noun: which are no clause of their own."""

import pytest

from kg.extract.participles import mend_bases, mend_headlines, mend_lemmas, mend_participles
from tests.extract.parse import parse

INTRANSITIVE = {"surge", "fall"}


def read(line: str) -> list[tuple[str, str, str]]:
    doc = parse(line)
    mend_participles(doc, INTRANSITIVE)
    return [(token.text, token.dep_, token.head.text) for token in doc if token.dep_ not in ("punct", "det")]


def test_the_noun_becomes_the_subject_and_keeps_what_belongs_to_it() -> None:
    line = (
        "Surging/VERB/csubj/4/surge/VBG demand/NOUN/obj/0 for/ADP/case/3 jabs/NOUN/nmod/1"
        " lifted/VERB/ROOT/4/lift/VBD profit/NOUN/obj/4"
    )
    assert read(line) == [
        ("Surging", "amod", "demand"),
        ("demand", "nsubj", "lifted"),
        ("for", "case", "jabs"),
        ("jabs", "nmod", "demand"),
        ("lifted", "ROOT", "lifted"),
        ("profit", "obj", "lifted"),
    ]


def test_a_passive_keeps_its_label() -> None:
    line = "Falling/VERB/csubj:pass/3/fall/VBG rates/NOUN/obj/0 were/AUX/aux:pass/3 welcomed/VERB/ROOT/3/welcome/VBN"
    assert ("rates", "nsubj:pass", "welcomed") in read(line)


@pytest.mark.parametrize(
    "line",
    [
        "Cutting/VERB/csubj/2/cut/VBG rates/NOUN/obj/0 lifts/VERB/ROOT/2/lift/VBZ demand/NOUN/obj/2",
        "Falling/VERB/csubj/3/fall/VBG the/DET/det/2 trees/NOUN/obj/0 pays/VERB/ROOT/3/pay/VBZ",
        "To/PART/mark/1 fall/VERB/csubj/2/fall/VB hurts/VERB/ROOT/2/hurt/VBZ",
    ],
)
def test_clauses_stay_clauses(line: str) -> None:
    before = [
        (token.text, token.dep_, token.head.text)
        for token in parse(line)
        if token.dep_ not in ("punct", "det")
    ]
    assert read(line) == before


@pytest.mark.parametrize(
    ("line", "lemma"),
    [
        ("He/PRON/nsubj/2 did/AUX/aux/2/do/VBD found/VERB/ROOT/2/find/VBN it/PRON/obj/2", "found"),
        ("He/PRON/nsubj/2 will/AUX/aux/2/will/MD found/VERB/ROOT/2/find/VBD it/PRON/obj/2", "found"),
        ("He/PRON/nsubj/2 has/AUX/aux/2/have/VBZ found/VERB/ROOT/2/find/VBN it/PRON/obj/2", "find"),
        (
            "It/PRON/nsubj:pass/3 can/AUX/aux/3/can/MD be/AUX/aux:pass/3/be/VB found/VERB/ROOT/3/find/VBN",
            "find",
        ),
    ],
)
def test_behind_a_helper_stands_a_bare_verb(line: str, lemma: str) -> None:
    doc = parse(line)
    mend_bases(doc)
    assert next(token.lemma_ for token in doc if token.text == "found") == lemma


WORDS = {"object_taker": {"order": ""}, "fining_verb": {"fine": ""}}


@pytest.mark.parametrize(
    ("line", "label"),
    [
        (
            "Norda/PROPN/nsubj/1 ordered/VERB/ROOT/1/order/VBD to/PART/mark/3 pay/VERB/xcomp/1/pay/VB",
            "nsubj:pass",
        ),
        ("Norda/PROPN/nsubj/1 fined/VERB/ROOT/1/fine/VBD $/SYM/obj/1 5m/NUM/nummod/2", "nsubj:pass"),
        (
            "Norda/PROPN/nsubj/1 fined/VERB/ROOT/1/fine/VBD Velox/PROPN/iobj/1 $/SYM/obj/1 5m/NUM/nummod/3",
            "nsubj",
        ),
        (
            "Norda/PROPN/nsubj/1 ordered/VERB/ROOT/1/order/VBD it/PRON/obj/1 to/PART/mark/4 pay/VERB/xcomp/1/pay/VB",
            "nsubj",
        ),
        ("Norda/PROPN/nsubj/1 ordered/VERB/ROOT/1/order/VBD pumps/NOUN/obj/1", "nsubj"),
    ],
)
def test_headlines_leave_out_the_auxiliary(line: str, label: str) -> None:
    doc = parse(line)
    mend_headlines(doc, WORDS)
    assert doc[0].dep_ == label


def test_a_past_tense_is_no_lemma() -> None:
    doc = parse(
        "Norda/PROPN/nsubj/1 rebranded/VERB/ROOT/1/rebranded/VBD and/CCONJ/cc/3 zedded/VERB/conj/1/zedded/VBD"
    )
    mend_lemmas(doc, lambda verb: verb == "rebrand")
    assert [token.lemma_ for token in doc if token.pos_ == "VERB"] == ["rebrand", "zedded"]
