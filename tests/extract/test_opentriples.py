"""Open triples on hand-built parses: one per proposition, in the sentence's own words. No model."""

from __future__ import annotations

import pytest

from kg.extract.opentriples import triples_of
from kg.rdf.schema import load_ontology
from tests.extract.parse import parse

ONTOLOGY = load_ontology()

CASES = {
    "active with a prepositional phrase": (
        "Apple/PROPN/nsubj/1 bought/VERB/ROOT/1/buy Beats/PROPN/obj/1 in/ADP/case/4 2014/NUM/obl/1",
        [("Apple", "bought", "Beats", "in 2014")],
    ),
    "passive: the agent is the object": (
        "Beats/PROPN/nsubj:pass/2 was/AUX/aux:pass/2/be bought/VERB/ROOT/2/buy/VBN by/ADP/case/4 Apple/PROPN/obl:agent/2",
        [("Beats", "was bought by", "Apple")],
    ),
    "copula": (
        "Shopee/PROPN/nsubj/3 is/AUX/cop/3/be a/DET/det/3 platform/NOUN/ROOT/3",
        [("Shopee", "is", "a platform")],
    ),
    "control is one relation": (
        "Mars/PROPN/nsubj/1 agreed/VERB/ROOT/1/agree to/PART/mark/3 buy/VERB/xcomp/1/buy/VB Kellanova/PROPN/obj/3",
        [("Mars", "agreed to buy", "Kellanova")],
    ),
    "coordination is read one by one": (
        "Acme/PROPN/nsubj/1 sells/VERB/ROOT/1/sell chips/NOUN/obj/1/chip and/CCONJ/cc/4 phones/NOUN/conj/2/phone",
        [("Acme", "sells", "chips"), ("Acme", "sells", "phones")],
    ),
    "but not what lies between two": (
        "A/DET/det/1 deal/NOUN/nsubj/2 came/VERB/ROOT/2/come between/ADP/case/4 Acme/PROPN/obl/2 and/CCONJ/cc/6 Bolt/PROPN/conj/4",
        [("A deal", "came between", "Acme and Bolt")],
    ),
    "nor what is done together": (
        "Acme/PROPN/nsubj/4 and/CCONJ/cc/2 Bolt/PROPN/conj/0 together/ADV/advmod/4 hold/VERB/ROOT/4/hold shares/NOUN/obj/4/share",
        [("Acme and Bolt", "together hold", "shares")],
    ),
    "a relative clause speaks of its noun": (
        "Acme/PROPN/nsubj/4 which/PRON/nsubj/2 makes/VERB/acl:relcl/0/make chips/NOUN/obj/2/chip grew/VERB/ROOT/4/grow",
        [("Acme", "makes", "chips"), ("Acme", "grew", "")],
    ),
    "a participle too, without repeating itself": (
        "chips/NOUN/nsubj/4/chip designed/VERB/acl/0/design/VBN by/ADP/case/3 Arm/PROPN/obl:agent/1 sell/VERB/ROOT/4",
        [("chips", "designed by", "Arm"), ("chips designed by Arm", "sell", "")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_triples(name: str) -> None:
    line, expected = CASES[name]
    found = [(t.subject, t.relation, t.object, *t.args) for t in triples_of(parse(line), ONTOLOGY)]
    assert sorted(found) == sorted(expected)


def test_negation_stays_in_the_words_and_in_the_data() -> None:
    line = (
        "Mars/PROPN/nsubj/3 did/AUX/aux/3/do not/PART/advmod/3 buy/VERB/ROOT/3/buy/VB Kellanova/PROPN/obj/3"
    )
    (triple,) = triples_of(parse(line), ONTOLOGY)
    assert triple.relation == "did not buy"
    assert triple.as_dict()["polarity"] == "negative"


def test_a_relation_that_is_not_in_the_sentence_is_marked() -> None:
    line = "Tim/PROPN/nsubj/5 Cook/PROPN/flat/0 ,/PUNCT/punct/3 chairman/NOUN/appos/0 ,/PUNCT/punct/3 spoke/VERB/ROOT/5/speak"
    found = {t.relation: t.inferred for t in triples_of(parse(line), ONTOLOGY)}
    assert found == {"is": True, "spoke": False}


def test_alternatives_are_other_cuts_of_the_same_proposition() -> None:
    line = "Apple/PROPN/nsubj/1 bought/VERB/ROOT/1/buy Beats/PROPN/obj/1 in/ADP/case/4 2014/NUM/obl/1"
    plain = triples_of(parse(line), ONTOLOGY)
    every = triples_of(parse(line), ONTOLOGY, alternatives=True)
    assert [t for t in every if not t.alternative] == plain
    cuts = {(t.subject, t.relation, t.object) for t in every if t.alternative}
    assert cuts == {("Apple", "bought", "Beats"), ("Apple", "bought Beats in", "2014")}
    assert all(t.confidence < plain[0].confidence for t in every if t.alternative)
