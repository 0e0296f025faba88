"""Lists, labels, attached phrases and other constructions where the verb is far or left out, on hand-built parses. No model."""

from __future__ import annotations

from tests.extract.test_rules import frames, slots


def test_the_members_of_a_list_are_what_its_lead_in_says() -> None:
    (frame,) = frames(
        "Clients/NOUN/ROOT/0/client of/ADP/case/2 Sorenta/PROPN/nmod/0 :/PUNCT/punct/4 Acme/PROPN/appos/0 ,/PUNCT/punct/6 "
        "Bolt/PROPN/conj/4 and/CCONJ/cc/9 Kobe/PROPN/compound/9 Rubber/PROPN/conj/4",
        [(2, 3, "ORG"), (4, 5, "ORG"), (6, 7, "ORG"), (8, 10, "ORG")],
        "lists.members",
    )[:1]
    assert slots(frame)["subj"] == ["Acme", "Bolt", "Kobe Rubber"]
    assert slots(frame)["of"] == ["Sorenta"]


def test_a_sentence_after_a_colon_is_no_list() -> None:
    assert not frames(
        "Clients/NOUN/ROOT/0/client :/PUNCT/punct/3 Acme/PROPN/nsubj/3 left/VERB/parataxis/0/leave/VBD",
        [(2, 3, "ORG")],
        "lists.members",
    )


def test_a_figure_belongs_to_the_label_before_it() -> None:
    (frame,) = frames(
        "Acme/PROPN/ROOT/0 :/PUNCT/punct/2 revenue/NOUN/parataxis/0/revenue £/SYM/nmod/2 802/NUM/compound/5 m/NUM/nummod/3",
        [(0, 1, "ORG")],
        "lists.label",
    )
    assert slots(frame)["holder"] == ["Acme"]
    assert "revenue" in frame.cues


def test_with_brings_what_the_subject_has() -> None:
    (frame,) = frames(
        "With/ADP/case/1 offices/NOUN/obl/5/office in/ADP/case/3 Riga/PROPN/nmod/1 Acme/PROPN/nsubj/5 grew/VERB/ROOT/5/grow/VBD",
        [(3, 4, "PLACE"), (4, 5, "ORG")],
        "attached.with",
    )
    assert frame.cues[0] == "have office"
    assert slots(frame)["subj"] == ["Acme"]
    assert slots(frame)["in"] == ["Riga"]


def test_a_tool_after_with_is_not_had() -> None:
    assert not frames(
        "Acme/PROPN/nsubj/1 cut/VERB/ROOT/1/cut/VBD costs/NOUN/obj/1/cost with/ADP/case/4 robots/NOUN/obl/1/robot",
        [(0, 1, "ORG")],
        "attached.with",
    )


def test_a_name_and_an_infinitive_is_a_headline() -> None:
    (frame,) = frames(
        "Acme/PROPN/ROOT/0 to/PART/mark/2 buy/VERB/acl/0/buy/VB Bolt/PROPN/obj/2",
        [(0, 1, "ORG"), (3, 4, "ORG")],
        "verbs.clause",
    )
    assert slots(frame) == {"subj": ["Acme"], "obj": ["Bolt"]}


def test_the_agent_under_the_thing_acquired_is_the_agent() -> None:
    (frame,) = frames(
        "The/DET/det/1 purchase/NOUN/nsubj/6/purchase of/ADP/case/3 Mirador/PROPN/nmod/1 by/ADP/case/5 Castell/PROPN/nmod/3 "
        "closed/VERB/ROOT/6/close/VBD",
        [(3, 4, "ORG"), (5, 6, "ORG")],
        "nouns.deverbal",
    )
    assert slots(frame)["subj"] == ["Castell"]
    assert slots(frame)["obj"] == ["Mirador"]


def test_an_amount_beside_a_thing_has_a_slot_of_its_own() -> None:
    (frame,) = frames(
        "Orlund/PROPN/nsubj:pass/2 was/AUX/aux:pass/2/be fined/VERB/ROOT/2/fine/VBN $/SYM/obj/2 14/NUM/compound/5 m/NUM/nummod/3",
        [(0, 1, "ORG")],
        "verbs.clause",
    )
    assert slots(frame)["obj"] == ["Orlund"]
    assert slots(frame)["value"] == ["$14 m"]


def test_between_has_two_sides() -> None:
    (frame,) = frames(
        "A/DET/det/1 merger/NOUN/nsubj/6/merger between/ADP/case/3 Acme/PROPN/nmod/1 and/CCONJ/cc/5 Bolt/PROPN/conj/3 "
        "failed/VERB/ROOT/6/fail/VBD",
        [(3, 4, "ORG"), (5, 6, "ORG")],
        "nouns.deverbal",
    )
    assert slots(frame)["between"] == ["Acme"]
    assert slots(frame)["and"] == ["Bolt"]


def test_whose_is_the_noun_before_it() -> None:
    (frame,) = frames(
        "Vireo/PROPN/nsubj/7 ,/PUNCT/punct/4 whose/PRON/nmod:poss/3 customers/NOUN/nsubj/4/customer "
        "include/VERB/acl:relcl/0/include Bolt/PROPN/obj/4 ,/PUNCT/punct/0 grew/VERB/ROOT/7/grow/VBD",
        [(0, 1, "ORG"), (5, 6, "ORG")],
        "nouns.members",
    )
    assert slots(frame)["of"] == ["Vireo"]
    assert slots(frame)["subj"] == ["Bolt"]


def test_appointed_ones_and_their_posts_are_told_apart() -> None:
    line = (
        "Shareholders/NOUN/nsubj/1/shareholder elected/VERB/ROOT/1/elect/VBD Joan/PROPN/obj/1 Pritchard/PROPN/flat/2 "
        "chair/NOUN/obj/1/chair of/ADP/case/6 Thameside/PROPN/nmod/4"
    )
    (frame,) = frames(line, [(2, 4, "PERSON"), (6, 7, "ORG")], "verbs.clause")
    assert slots(frame)["obj"] == ["Joan Pritchard"]
    assert slots(frame)["of"] == ["Thameside"]
    (frame,) = frames(line, [(2, 4, "PERSON"), (6, 7, "ORG")], "results.object")
    assert slots(frame)["subj"] == ["Joan Pritchard"]


def test_who_is_appointed_holds_the_post_where_it_was_given() -> None:
    line = (
        "Helvion/PROPN/nsubj/1 hired/VERB/ROOT/1/hire/VBD Joan/PROPN/obj/1 Pritchard/PROPN/flat/2 as/ADP/case/6 "
        "finance/NOUN/compound/6 chief/NOUN/nmod/2/chief"
    )
    names = [(0, 1, "ORG"), (2, 4, "PERSON")]
    (frame,) = frames(line, names, "results.object")
    assert (slots(frame)["subj"], slots(frame)["of"]) == (["Joan Pritchard"], ["Helvion"])
    elsewhere = line + " of/ADP/case/8 Norda/PROPN/nmod/6"
    (frame,) = frames(elsewhere, [*names, (8, 9, "ORG")], "results.object")
    assert slots(frame)["of"] == ["Norda"]


def test_a_name_is_what_the_noun_before_called_says() -> None:
    (frame,) = frames(
        "Acme/PROPN/nsubj/1 bought/VERB/ROOT/1/buy/VBD a/DET/det/3 firm/NOUN/obj/1/firm called/VERB/acl/3/call/VBN Castell/PROPN/xcomp/4",
        [(0, 1, "ORG"), (5, 6, "ORG")],
        "verbs.clause",
    )[:1]
    assert slots(frame)["obj"] == ["Castell"]


def test_as_says_what_the_reflexive_subject_is_but_not_what_the_object_is_seen_as() -> None:
    line = "Acme/PROPN/nsubj/1 {}/VERB/ROOT/1/{}/VBD itself/PRON/obj/1 as/ADP/case/5 market/NOUN/compound/5 leader/NOUN/obl/1"
    ents = [(0, 1, "ORG")]
    (frame,) = frames(line.format("established", "establish"), ents, "results.object")
    assert slots(frame)["subj"] == ["Acme"]
    assert not frames(line.format("touted", "tout"), ents, "results.object")


def test_a_fronted_adjective_describes_the_subject_after_it() -> None:
    (frame,) = frames(
        "Devoid/ADJ/advcl/5 of/ADP/case/2 advertising/NOUN/obl/0 the/DET/det/4 newsletter/NOUN/nsubj/5 survives/VERB/ROOT/5/survive",
        [],
        "nouns.adjective",
    )
    assert slots(frame)["subj"] == ["newsletter"]
    assert slots(frame)["of"] == ["advertising"]


def test_a_participle_behind_a_name_is_passive_even_with_an_amount() -> None:
    (frame,) = frames(
        "Norbank/PROPN/nsubj/6 ,/PUNCT/punct/2 fined/VERB/acl/0/fine/VBN $/SYM/obj/2 5m/NUM/nummod/3 ,/PUNCT/punct/2 "
        "grew/VERB/ROOT/6/grow/VBD",
        [(0, 1, "ORG")],
        "verbs.clause",
    )[:1]
    assert slots(frame)["obj"] == ["Norbank"]


def test_a_participle_joined_to_a_passive_is_passive() -> None:
    found = frames(
        "Acme/PROPN/nsubj:pass/2 was/AUX/aux:pass/2/be founded/VERB/ROOT/2/found/VBN and/CCONJ/cc/4 sold/VERB/conj/2/sell/VBN "
        "to/ADP/case/6 Bolt/PROPN/obl/4",
        [(0, 1, "ORG"), (6, 7, "ORG")],
        "verbs.clause",
    )
    assert [slots(f).get("obj") for f in found] == [["Acme"], ["Acme"]]


def test_what_two_hold_together_neither_holds() -> None:
    line = "Acme/PROPN/nsubj/4 and/CCONJ/cc/2 Bolt/PROPN/conj/0 {}/ADV/advmod/4 hold/VERB/ROOT/4/hold 60/NUM/nummod/6 %/SYM/obj/4"
    ents = [(0, 1, "ORG"), (2, 3, "ORG")]
    assert all(
        "60%" not in texts for f in frames(line.format("together"), ents) for texts in slots(f).values()
    )
    assert any("60%" in texts for f in frames(line.format("each"), ents) for texts in slots(f).values())


def test_customers_may_stand_before_their_names() -> None:
    (frame,) = frames(
        "Among/ADP/case/2 its/PRON/nmod:poss/2 customers/NOUN/ROOT/2/customer are/AUX/cop/2/be Bolt/PROPN/nsubj/2",
        [(4, 5, "ORG")],
        "nouns.members",
    )
    assert slots(frame)["subj"] == ["Bolt"]
    assert slots(frame)["of"] == ["its"]
