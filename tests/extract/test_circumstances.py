"""What claims say beyond their core: qualifiers of proposals, the rest of an object's phrase, periods of figures, whole posts. No model."""

from dataclasses import replace

import pytest

from kg.extract.circumstances import around, is_field, size_of
from kg.extract.details import placed
from kg.extract.mentions import Mentions
from kg.extract.values import find_values
from kg.model import Claim, Form, Frame, Mention, Ref, Referent, Role, Span, Value
from kg.ontology import Ontology
from kg.rdf.schema import load_ontology
from tests.extract.parse import parse
from tests.extract.test_rules import frames, slots

SENTENCE = "Ann Lee, principal at Acme, bought 51% of Bolt in May."


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


def phrase(text: str, form: Form = Form.NAME, value: Value | None = None) -> Mention:
    start = SENTENCE.index(text)
    span = Span(start, start + len(text))
    return Mention(span, span, text, text, form, value=value)


LEE, ACME, BOLT = phrase("Ann Lee"), phrase("Acme"), phrase("Bolt")
SHARE = phrase("51%", Form.VALUE, Value("percent", "51%", number="51", unit="percent"))
MAY = phrase("May", Form.VALUE, Value("date", "May", iso="--05"))
POST = phrase("principal", Form.NOMINAL)


def frame(kind: str, cue: str, **roles: Mention) -> Frame:
    filled = tuple(Role(slot, (mention,), mention.phrase) for slot, mention in roles.items())
    place = phrase(cue).span
    return Frame("test", kind, (cue,), place, cue, filled, Span(0, len(SENTENCE)))


BUYING = frame("verb", "bought", subj=LEE, obj=SHARE, of=BOLT, **{"in": MAY})
HOLDING = frame("role", "principal", subj=LEE, self=POST, post=POST, at=ACME)


def told(
    ontology: Ontology, cue: str, other: Mention, relation: str, size: Mention | None = None
) -> dict[str, str]:
    place = phrase(cue).span
    known = ontology.relations[relation]
    roles = around([BUYING, HOLDING], place, (LEE, other), known, size, ontology.words)
    return {role.slot: role.mentions[0].text for role in roles}


def test_a_proposal_has_the_post_and_the_time_that_its_clause_tells(ontology: Ontology) -> None:
    assert told(ontology, "principal", ACME, "has_role_at")["role"] == "principal"
    assert told(ontology, "bought", BOLT, "owns_stake_in", SHARE) == {"value": "51%", "in": "May"}


def test_a_proposal_has_nothing_of_another_clause(ontology: Ontology) -> None:
    assert "in" not in told(ontology, "principal", ACME, "has_role_at")


def test_what_a_post_is_about_is_nobodys_employer(ontology: Ontology) -> None:
    field = phrase("at Acme", Form.NOMINAL)
    post = replace(POST, span=Span(POST.span.start, field.span.end))
    held = frame("role", "principal", subj=LEE, post=post)
    assert is_field([held], field, ontology.relations["has_role_at"])
    assert not is_field([held], ACME, ontology.relations["has_role_at"])


def mentions_of(line: str, ents: list[tuple[int, int, str]], ontology: Ontology) -> Mentions:
    doc = parse(line, ents=ents)
    return Mentions(doc, ontology, find_values(doc.text, ontology.words, None))


def test_a_share_stands_before_its_whole(ontology: Ontology) -> None:
    line = (
        "Acme/PROPN/nsubj/1 owns/VERB/ROOT/1/own 51/NUM/nummod/3 %/SYM/obj/1 of/ADP/case/5 Bolt/PROPN/nmod/3"
    )
    mentions = mentions_of(line, [(0, 1, "ORG"), (5, 6, "ORG")], ontology)
    size = size_of(mentions.doc[5], mentions)
    assert size is not None
    assert size.text == "51%"


PROBES = (
    "Acme/PROPN/nsubj/1 faces/VERB/ROOT/1/face new/ADJ/amod/3 probes/NOUN/obj/1/probe over/ADP/case/6"
    " fake/ADJ/amod/6 goods/NOUN/nmod/3/good ,/PUNCT/punct/8 said/VERB/parataxis/1/say Bolt/PROPN/nsubj/8"
)


def test_a_phrase_has_a_rest_up_to_the_comma(ontology: Ontology) -> None:
    mentions = mentions_of(PROBES, [(0, 1, "ORG")], ontology)
    probes = mentions.at(mentions.doc[3])
    assert probes.text == "new probes"
    assert probes.rest is not None
    assert probes.rest.of(mentions.text) == "over fake goods"


def test_a_kind_that_is_a_post_says_where(ontology: Ontology) -> None:
    whole = Span(0, len(SENTENCE))
    kind = Claim("a", "Lee", "is_a", "principal", whole, SENTENCE, "nouns.apposition")
    post = replace(
        kind, relation="has_role_at", object=Ref("Acme"), qualifiers=(("role", "senior principal"),)
    )
    referents = {"Acme": Referent("a", "Acme", "Acme", "name")}
    assert placed([kind, post], referents, ontology)[0].qualifiers == (("scope", "Acme"),)
    elsewhere = replace(post, subject="Ruiz")
    assert placed([kind, elsewhere], referents, ontology)[0].qualifiers == ()


def test_a_figure_is_of_its_period_and_not_of_the_day_of_its_report() -> None:
    (found,) = frames(
        "Acme/PROPN/nsubj/3 on/ADP/case/2 Tuesday/PROPN/obl/3/Tuesday reported/VERB/ROOT/3/report first-quarter/NOUN/compound/5"
        " revenue/NOUN/obj/3/revenue of/ADP/case/7 $/SYM/nmod/5 5/NUM/nummod/7 million/NUM/flat/8",
        [(0, 1, "ORG")],
        "measures.figure",
    )
    assert slots(found)["time"] == ["first-quarter"]
    assert "on" not in slots(found)


def test_a_post_keeps_all_its_words() -> None:
    (found,) = frames(
        "Ann/PROPN/ROOT/0 Lee/PROPN/flat/0 ,/PUNCT/punct/4 managing/VERB/acl/0/manage/VBG partner/NOUN/obj/3/partner"
        " at/ADP/case/6 Acme/PROPN/nmod/4",
        [(0, 2, "PERSON"), (6, 7, "ORG")],
        "nouns.apposition",
    )
    assert slots(found)["post"] == ["managing partner"]


def test_a_stake_has_its_size_and_not_its_price() -> None:
    found = frames(
        "Acme/PROPN/nsubj/1 bought/VERB/ROOT/1/buy a/DET/det/5 51/NUM/nummod/4 %/SYM/compound/5 stake/NOUN/obj/1/stake"
        " in/ADP/case/7 Bolt/PROPN/nmod/5 for/ADP/case/9 $/SYM/obl/1 30/NUM/nummod/11 million/NUM/nummod/9",
        [(0, 1, "ORG"), (7, 8, "ORG")],
        "verbs.idiom",
    )
    (stake,) = [f for f in found if "buy stake" in f.cues]
    assert slots(stake)["value"][0] == "51%"


def test_money_lost_counts_below_zero() -> None:
    (found,) = frames(
        "Acme/PROPN/nsubj/1 lost/VERB/ROOT/1/lose/VBD $/SYM/obj/1 48/NUM/nummod/4 million/NUM/nummod/2",
        [(0, 1, "ORG")],
        "verbs.clause",
    )
    (figure,) = [m for role in found.roles for m in role.mentions if m.value is not None]
    assert figure.value is not None
    assert figure.value.number == "-48000000"


def test_a_market_is_no_firm() -> None:
    line = "Sales/NOUN/nsubj/3/sale in/ADP/case/2 Europe/PROPN/nmod/0 rose/VERB/ROOT/3/rise 5/NUM/nummod/5 %/SYM/obj/3"
    assert not [f for f in frames(line, [(2, 3, "PLACE")], "measures.figure") if "holder" in slots(f)]
