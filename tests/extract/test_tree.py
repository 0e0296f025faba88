"""Clauses on hand-built parses: subjects and objects restored, voice undone. No model."""

from __future__ import annotations

import pytest

from kg.extract import tree
from kg.extract.clauses import clauses_of
from tests.extract.parse import parse

CASES = {
    "active": ("Apple/PROPN/nsubj/1 bought/VERB/ROOT/1/buy Beats/PROPN/obj/1", "buy", ["Apple"], ["Beats"]),
    "passive with agent": (
        "Beats/PROPN/nsubj:pass/2 was/AUX/aux:pass/2/be bought/VERB/ROOT/2/buy/VBN by/ADP/case/4 Apple/PROPN/obl:agent/2",
        "buy", ["Apple"], ["Beats"],
    ),
    "passive without agent": (
        "Beats/PROPN/nsubj:pass/2 was/AUX/aux:pass/2/be bought/VERB/ROOT/2/buy/VBN in/ADP/case/4 2014/NUM/obl/2",
        "buy", [], ["Beats"],
    ),
    "coordinated participles share the agent": (
        "Tamar/PROPN/nsubj:pass/2 is/AUX/aux:pass/2/be licensed/VERB/ROOT/2/license/VBN and/CCONJ/cc/4 "
        "supervised/VERB/conj/2/supervise/VBN by/ADP/case/6 Bafin/PROPN/obl:agent/4",
        "license", ["Bafin"], ["Tamar"],
    ),
    "an agent before the second participle is the first one's": (
        "Tern/PROPN/nsubj:pass/2 was/AUX/aux:pass/2/be founded/VERB/ROOT/2/found/VBN by/ADP/case/4 Lee/PROPN/obl:agent/2 "
        "and/CCONJ/cc/6 sold/VERB/conj/2/sell/VBN",
        "sell", [], ["Tern"],
    ),
    "what a preposition opens is no object": (
        "Machines/NOUN/nsubj/1 sell/VERB/ROOT/1/sell for/ADP/case/3 £400/NUM/obj/1",
        "sell", ["Machines"], [],
    ),
    "talks to do something": (
        "Osric/PROPN/nsubj/3 is/AUX/cop/3/be in/ADP/case/3 talks/NOUN/ROOT/3/talk to/PART/mark/5 buy/VERB/acl/3/buy/VB "
        "Tern/PROPN/obj/5",
        "buy", ["Osric"], ["Tern"],
    ),
    "control": (
        "Mars/PROPN/nsubj/1 agreed/VERB/ROOT/1/agree to/PART/mark/3 buy/VERB/xcomp/1/buy/VB Kellanova/PROPN/obj/3",
        "buy", ["Mars"], ["Kellanova"],
    ),
    "object control": (
        "Regulators/NOUN/nsubj/1 ordered/VERB/ROOT/1/order TikTok/PROPN/obj/1 to/PART/mark/4 delete/VERB/xcomp/1/delete/VB "
        "data/NOUN/obj/4",
        "delete", ["TikTok"], ["data"],
    ),
    "coordinated verbs share the subject": (
        "Acme/PROPN/nsubj/1 designs/VERB/ROOT/1/design and/CCONJ/cc/3 sells/VERB/conj/1/sell chips/NOUN/obj/3/chip",
        "sell", ["Acme"], ["chips"],
    ),
    "coordinated verbs share the object": (
        "Acme/PROPN/nsubj/1 designs/VERB/ROOT/1/design and/CCONJ/cc/3 sells/VERB/conj/1/sell chips/NOUN/obj/3/chip",
        "design", ["Acme"], ["chips"],
    ),
    "relative clause": (
        "Shares/NOUN/nsubj/5 of/ADP/case/2 Acme/PROPN/nmod/0 which/PRON/nsubj/4 makes/VERB/acl:relcl/2/make "
        "rose/VERB/ROOT/5/rise chips/NOUN/obj/4/chip",
        "make", ["Acme"], ["chips"],
    ),
    "reduced relative": (
        "chips/NOUN/nsubj/4/chip designed/VERB/acl/0/design/VBN by/ADP/case/3 Arm/PROPN/obl:agent/1 sell/VERB/ROOT/4",
        "design", ["Arm"], ["chips"],
    ),
    "participle takes the subject": (
        "Acme/PROPN/nsubj/1 grew/VERB/ROOT/1/grow opening/VERB/advcl/1/open/VBG shops/NOUN/obj/2/shop",
        "open", ["Acme"], ["shops"],
    ),
    "a free participle takes the subject of the main clause, however deep it hangs": (
        "Acme/PROPN/nsubj/1 grew/VERB/ROOT/1/grow/VBD with/ADP/case/3 shops/NOUN/obl/1/shop turning/VERB/acl/3/turn/VBG "
        "heads/NOUN/obj/4/head ,/PUNCT/punct/7 unveiling/VERB/advcl/4/unveil/VBG phones/NOUN/obj/7/phone",
        "unveil", ["Acme"], ["phones"],
    ),
    "what someone is fined for is what he did": (
        "Regulators/NOUN/nsubj/1 fined/VERB/ROOT/1/fine Acme/PROPN/obj/1 for/SCONJ/mark/4 dumping/VERB/advcl/1/dump/VBG sand/NOUN/obj/4",
        "dump", ["Acme"], ["sand"],
    ),
    "an amount is never to blame": (
        "Regulators/NOUN/nsubj/1 fined/VERB/ROOT/1/fine Acme/PROPN/compound/4 2/NUM/nummod/4 euros/NOUN/obj/1/euro for/SCONJ/mark/6 "
        "dumping/VERB/advcl/1/dump/VBG sand/NOUN/obj/6",
        "dump", [], ["sand"],
    ),
    "two objects around a verb are subject and object": (
        "Acme/PROPN/obj/2 has/AUX/aux/2/have sued/VERB/ROOT/2/sue/VBN Bolt/PROPN/obj/2",
        "sue", ["Acme"], ["Bolt"],
    ),
    "an if-clause does not": (
        "Acme/PROPN/nsubj/1 grows/VERB/ROOT/1/grow if/SCONJ/mark/3 needed/VERB/advcl/1/need/VB",
        "need", [], [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_clause(name: str) -> None:
    line, verb, subjects, objects = CASES[name]
    found = [c for c in clauses_of(parse(line)) if tree.lemma(c.head) == verb]
    assert len(found) == 1
    assert [t.text for t in found[0].subjects] == subjects
    assert [t.text for t in found[0].objects] == objects


def test_a_copula_has_a_predicate_and_no_object() -> None:
    doc = parse("Shopee/PROPN/nsubj/3 is/AUX/cop/3/be a/DET/det/3 platform/NOUN/ROOT/3")
    (clause,) = clauses_of(doc)
    assert clause.predicate is not None
    assert clause.predicate.text == "platform"
    assert clause.objects == []


def test_particles_belong_to_the_verb() -> None:
    doc = parse("Acme/PROPN/nsubj/1 rolled/VERB/ROOT/1/roll out/ADP/compound:prt/1 phones/NOUN/obj/1/phone")
    assert tree.verb_lemma(doc[1]) == "roll out"


def test_a_comma_does_not_break_a_phrase_but_a_stranger_does() -> None:
    doc = parse(
        "a/DET/det/4 new/ADJ/amod/4 ,/PUNCT/punct/3 cheaper/ADJ/amod/4 phone/NOUN/ROOT/4 soon/ADV/advmod/4 black/ADJ/amod/4"
    )
    run = tree.contiguous([doc[1], doc[3], doc[4], doc[6]], doc[4])
    assert [t.text for t in run] == ["new", ",", "cheaper", "phone"]


def test_what_is_set_apart_is_not_coordinated() -> None:
    doc = parse(
        "Acme/PROPN/nsubj/1 builds/VERB/ROOT/1/build tools/NOUN/obj/1/tool and/CCONJ/cc/4 robots/NOUN/conj/2/robot "
        "rather/ADV/cc/7 than/ADP/fixed/5 toys/NOUN/conj/2/toy"
    )
    assert [t.text for t in tree.conjuncts(doc[2])] == ["tools", "robots"]


def test_what_is_denied_before_but_is_set_apart() -> None:
    doc = parse(
        "It/PRON/nsubj/1 sits/VERB/ROOT/1/sit not/PART/advmod/4 in/ADP/case/4 Toronto/PROPN/obl/1 but/CCONJ/cc/7"
        " in/ADP/case/7 Lima/PROPN/conj/4"
    )
    assert [t.text for t in tree.conjuncts(doc[4])] == ["Lima"]
