"""The mood reader on hand-built parses: one case for each construction, no model."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest
import rdflib

from kg.extract.context import is_statement, read_context, read_phrase_context, speaker_at
from kg.model import Modality, Polarity
from tests.extract.parse import parse, word

ONTOLOGY = Path(__file__).parents[2] / "ontology"
KG = rdflib.Namespace("https://kg.example/ontology#")


@pytest.fixture(scope="module")
def words() -> Mapping[str, Mapping[str, str]]:
    """The word classes of mood, read with plain rdflib."""
    graph = rdflib.Graph()
    for name in ("mood.ttl", "attitudes.ttl", "calendar.ttl"):
        graph.parse(ONTOLOGY / name)
    found: dict[str, dict[str, str]] = {}
    for subject in graph.subjects(rdflib.RDF.type, KG.WordClass):
        entries = dict.fromkeys(map(str, graph.objects(subject, KG.word)), "")
        for entry in graph.objects(subject, KG.entry):
            key, _, value = str(entry).partition(" = ")
            entries[key] = value
        found[str(subject).rpartition("#")[2]] = entries
    return found


# parse, predicate, polarity ("+" or "-"), modality, source, condition
CASES = [
    # negation
    (
        "Mars/PROPN/nsubj/1 bought/VERB/ROOT/1/buy/VBD Kellanova/PROPN/obj/1 ./PUNCT/punct/1",
        "bought",
        "+ asserted",
        "",
        "",
    ),
    (
        "Mars/PROPN/nsubj/3 did/AUX/aux/3/do/VBD not/PART/advmod/3 buy/VERB/ROOT/3/buy/VB it/PRON/obj/3",
        "buy",
        "- asserted",
        "",
        "",
    ),
    (
        "It/PRON/nsubj/3 no/ADV/advmod/2 longer/ADV/advmod/3 makes/VERB/ROOT/3/make/VBZ film/NOUN/obj/3",
        "makes",
        "- asserted",
        "",
        "",
    ),
    ("No/DET/det/1/no fund/NOUN/nsubj/2 invested/VERB/ROOT/2/invest/VBD", "invested", "- asserted", "", ""),
    ("Nobody/PRON/nsubj/1/nobody responded/VERB/ROOT/1/respond/VBD", "responded", "- asserted", "", ""),
    (
        "Few/ADJ/amod/1/few stores/NOUN/nsubj/2/store met/VERB/ROOT/2/meet/VBD targets/NOUN/obj/2",
        "met",
        "- asserted",
        "",
        "",
    ),
    (
        "A/DET/det/2 few/ADJ/amod/2 stores/NOUN/nsubj/3/store met/VERB/ROOT/3/meet/VBD targets/NOUN/obj/3",
        "met",
        "+ asserted",
        "",
        "",
    ),
    (
        "Juno/PROPN/nsubj/3 is/AUX/cop/3/be no/DET/det/3 rival/NOUN/ROOT/3 of/ADP/case/5 Ark/PROPN/nmod/3",
        "rival",
        "- asserted",
        "",
        "",
    ),
    (
        "It/PRON/nsubj/3 not/PART/advmod/2 only/ADV/advmod/3 hired/VERB/ROOT/3/hire/VBD Ana/PROPN/obj/3",
        "hired",
        "+ asserted",
        "",
        "",
    ),
    (
        "It/PRON/nsubj/1 has/VERB/ROOT/1/have/VBZ yet/ADV/advmod/4 to/PART/mark/4 pay/VERB/xcomp/1/pay/VB",
        "pay",
        "- asserted",
        "",
        "",
    ),
    # scope in coordination
    (
        "It/PRON/nsubj/3 did/AUX/aux/3/do/VBD not/PART/advmod/3 close/VERB/ROOT/3/close/VB Graz/PROPN/obj/3 but/CCONJ/cc/6 "
        "sold/VERB/conj/3/sell/VBD it/PRON/obj/6",
        "sold",
        "+ asserted",
        "",
        "",
    ),
    (
        "It/PRON/nsubj/3 did/AUX/aux/3/do/VBD not/PART/advmod/3 extend/VERB/ROOT/3/extend/VB or/CCONJ/cc/5 "
        "renew/VERB/conj/3/renew/VB the/DET/det/7 lease/NOUN/obj/5",
        "renew",
        "- asserted",
        "",
        "",
    ),
    (
        "It/PRON/nsubj/1 bought/VERB/ROOT/1/buy/VBD rather/ADV/cc/4 than/ADP/fixed/2 rented/VERB/conj/1/rent/VBD it/PRON/obj/4",
        "rented",
        "- asserted",
        "",
        "",
    ),
    # implicatives
    (
        "It/PRON/nsubj/1 failed/VERB/ROOT/1/fail/VBD to/PART/mark/3 pay/VERB/xcomp/1/pay/VB",
        "pay",
        "- asserted",
        "",
        "",
    ),
    (
        "It/PRON/nsubj/1 managed/VERB/ROOT/1/manage/VBD to/PART/mark/3 pay/VERB/xcomp/1/pay/VB",
        "pay",
        "+ asserted",
        "",
        "",
    ),
    (
        "It/PRON/nsubj/3 did/AUX/aux/3/do/VBD not/PART/advmod/3 fail/VERB/ROOT/3/fail/VB to/PART/mark/5 pay/VERB/xcomp/3/pay/VB",
        "pay",
        "+ asserted",
        "",
        "",
    ),
    (
        "It/PRON/nsubj/3 did/AUX/aux/3/do/VBD not/PART/advmod/3 know/VERB/ROOT/3/know/VB that/SCONJ/mark/6 Ana/PROPN/nsubj/6 "
        "paid/VERB/ccomp/3/pay/VBD",
        "paid",
        "+ asserted",
        "",
        "",
    ),
    (
        "It/PRON/nsubj/1 raised/VERB/ROOT/1/raise/VBD rents/NOUN/obj/1 without/SCONJ/mark/4 asking/VERB/advcl/1/ask/VBG",
        "asking",
        "- asserted",
        "",
        "",
    ),
    # modality inside the clause
    (
        "Ana/PROPN/nsubj/2 will/AUX/aux/2/will/MD join/VERB/ROOT/2/join/VB Ark/PROPN/obj/2",
        "join",
        "+ planned",
        "",
        "",
    ),
    (
        "Prices/NOUN/nsubj/2/price will/AUX/aux/2/will/MD rise/VERB/ROOT/2/rise/VB",
        "rise",
        "+ expected",
        "",
        "",
    ),
    (
        "Ana/PROPN/nsubj/3 will/AUX/aux/3/will/MD not/PART/advmod/3 join/VERB/ROOT/3/join/VB Ark/PROPN/obj/3",
        "join",
        "- asserted",
        "",
        "",
    ),
    ("Ark/PROPN/nsubj/2 may/AUX/aux/2/may/MD bid/VERB/ROOT/2/bid/VB", "bid", "+ possible", "", ""),
    (
        "Ark/PROPN/nsubj/3 may/AUX/aux/3/may/MD not/PART/advmod/3 bid/VERB/ROOT/3/bid/VB",
        "bid",
        "- possible",
        "",
        "",
    ),
    (
        "Ark/PROPN/nsubj/3 would/AUX/aux/3/would/MD have/AUX/aux/3/have/VB paid/VERB/ROOT/3/pay/VBN",
        "paid",
        "+ counterfactual",
        "",
        "",
    ),
    (
        "Ark/PROPN/nsubj/2 allegedly/ADV/advmod/2 bribed/VERB/ROOT/2/bribe/VBD officials/NOUN/obj/2",
        "bribed",
        "+ alleged",
        "",
        "",
    ),
    (
        "Ana/PROPN/nsubj/3 is/AUX/aux/3/be/VBZ to/PART/mark/3 lead/VERB/ROOT/3/lead/VB Ark/PROPN/obj/3",
        "lead",
        "+ planned",
        "",
        "",
    ),
    (
        "Ark/PROPN/nsubj/2 is/AUX/aux/2/be/VBZ buying/VERB/ROOT/2/buy/VBG Beats/PROPN/obj/2",
        "buying",
        "+ planned",
        "",
        "",
    ),
    ("Ark/PROPN/nsubj/2 to/PART/mark/2 buy/VERB/ROOT/2/buy/VB Beats/PROPN/obj/2", "buy", "+ planned", "", ""),
    # governors
    (
        "Ark/PROPN/nsubj/1 plans/VERB/ROOT/1/plan/VBZ to/PART/mark/3 buy/VERB/xcomp/1/buy/VB Bo/PROPN/obj/3",
        "buy",
        "+ planned",
        "",
        "",
    ),
    (
        "Ark/PROPN/nsubj/1 has/VERB/ROOT/1/have/VBZ no/DET/det/3 plans/NOUN/obj/1/plan to/PART/mark/5 buy/VERB/acl/3/buy/VB "
        "Bo/PROPN/obj/5",
        "buy",
        "- asserted",
        "",
        "",
    ),
    (
        "Ark/PROPN/nsubj:pass/2 is/AUX/aux:pass/2/be said/VERB/ROOT/2/say/VBN to/PART/mark/4 own/VERB/xcomp/2/own/VB Bo/PROPN/obj/4",
        "own",
        "+ alleged",
        "",
        "",
    ),
    (
        "Analysts/NOUN/nsubj/1/analyst expect/VERB/ROOT/1/expect/VBP sales/NOUN/obj/1/sale to/PART/mark/4 rise/VERB/xcomp/1/rise/VB",
        "rise",
        "+ expected",
        "Analysts",
        "",
    ),
    (
        "It/PRON/nsubj/1 built/VERB/ROOT/1/build/VBD a/DET/det/3 depot/NOUN/obj/1 to/PART/mark/5 serve/VERB/advcl/1/serve/VB "
        "Oslo/PROPN/obj/5",
        "serve",
        "+ intended",
        "",
        "",
    ),
    (
        "It/PRON/nsubj/2 is/AUX/aux/2/be/VBZ considering/VERB/ROOT/2/consider/VBG a/DET/det/4 sale/NOUN/obj/2 of/ADP/case/6 "
        "Bo/PROPN/nmod/4",
        "sale",
        "+ possible",
        "",
        "",
    ),
    (
        "The/DET/det/1 merger/NOUN/nsubj/3 is/AUX/cop/3/be unlikely/ADJ/ROOT/3",
        "merger",
        "+ unlikely",
        "",
        "",
    ),
    # conditions
    (
        "If/SCONJ/mark/2 it/PRON/nsubj/2 pays/VERB/advcl/6/pay/VBZ ,/PUNCT/punct/2 Ark/PROPN/nsubj/6 will/AUX/aux/6/will/MD "
        "stay/VERB/ROOT/6/stay/VB",
        "stay",
        "+ conditional",
        "",
        "If it pays",
    ),
    (
        "If/SCONJ/mark/2 it/PRON/nsubj/2 pays/VERB/advcl/6/pay/VBZ ,/PUNCT/punct/2 Ark/PROPN/nsubj/6 will/AUX/aux/6/will/MD "
        "stay/VERB/ROOT/6/stay/VB",
        "pays",
        "+ hypothetical",
        "",
        "",
    ),
    (
        "Ark/PROPN/nsubj/2 will/AUX/aux/2/will/MD buy/VERB/ROOT/2/buy/VB it/PRON/obj/2 subject/ADJ/case/6 to/ADP/fixed/4 "
        "approval/NOUN/obl/2",
        "buy",
        "+ planned",
        "",
        "subject to approval",
    ),
    # sources
    (
        "The/DET/det/1 prince/NOUN/nsubj/2 denied/VERB/ROOT/2/deny/VBD that/SCONJ/mark/5 he/PRON/nsubj/5 owned/VERB/ccomp/2/own/VBD "
        "it/PRON/obj/5",
        "owned",
        "- asserted",
        "The prince",
        "",
    ),
    (
        "Ark/PROPN/nsubj/3 did/AUX/aux/3/do/VBD not/PART/advmod/3 say/VERB/ROOT/3/say/VB that/SCONJ/mark/6 it/PRON/nsubj/6 "
        "paid/VERB/ccomp/3/pay/VBD",
        "paid",
        "+ possible",
        "Ark",
        "",
    ),
    (
        "Ark/PROPN/nsubj/1 said/VERB/ROOT/1/say/VBD it/PRON/nsubj/4 would/AUX/aux/4/would/MD hire/VERB/ccomp/1/hire/VB",
        "hire",
        "+ planned",
        "Ark",
        "",
    ),
    (
        "Sales/NOUN/nsubj/1/sale rose/VERB/ROOT/1/rise/VBD ,/PUNCT/punct/5 Ana/PROPN/nsubj/5 Ruiz/PROPN/flat/3 "
        "said/VERB/parataxis/1/say/VBD ./PUNCT/punct/1",
        "rose",
        "+ asserted",
        "Ana Ruiz",
        "",
    ),
    (
        "According/VERB/case/2 to/ADP/fixed/0 Bo/PROPN/obl/5 ,/PUNCT/punct/2 sales/NOUN/nsubj/5/sale rose/VERB/ROOT/5/rise/VBD",
        "rose",
        "+ asserted",
        "Bo",
        "",
    ),
    (
        "Bo/PROPN/nsubj/1 reported/VERB/ROOT/1/report/VBD that/SCONJ/mark/4 Mars/PROPN/nsubj/4 said/VERB/ccomp/1/say/VBD "
        "it/PRON/nsubj/6 sold/VERB/ccomp/4/sell/VBD",
        "sold",
        "+ asserted",
        "Mars",
        "",
    ),
    # clauses that stand beside
    (
        "Bo/PROPN/nsubj/1 hinted/VERB/ROOT/1/hint/VBD at/ADP/case/3 more/NOUN/obl/1 :/PUNCT/punct/6 Ark/PROPN/nsubj/6 "
        "cut/VERB/parataxis/1/cut/VBD prices/NOUN/obj/6",
        "cut",
        "+ asserted",
        "",
        "",
    ),
    (
        "Bo/PROPN/nsubj/3 may/AUX/aux/3/may/MD not/PART/advmod/3 sell/VERB/ROOT/3/sell/VB ;/PUNCT/punct/6 Ark/PROPN/nsubj/6 "
        "sold/VERB/parataxis/3/sell/VBD",
        "sold",
        "+ asserted",
        "",
        "",
    ),
    (
        "Bo/PROPN/nsubj/1 said/VERB/ROOT/1/say/VBD :/PUNCT/punct/4 Ark/PROPN/nsubj/4 sold/VERB/parataxis/1/sell/VBD",
        "sold",
        "+ asserted",
        "Bo",
        "",
    ),
    # auxiliaries lent to a bare verb
    (
        "It/PRON/nsubj:pass/3 will/AUX/aux/3/will/MD be/AUX/aux:pass/3/be/VB owned/VERB/ROOT/3/own/VBN by/ADP/case/5 "
        "Ark/PROPN/obl:agent/3 and/CCONJ/cc/7 trade/VERB/conj/3/trade/VB",
        "trade",
        "+ planned",
        "",
        "",
    ),
    (
        "It/PRON/nsubj:pass/3 will/AUX/aux/3/will/MD be/AUX/aux:pass/3/be/VB owned/VERB/ROOT/3/own/VBN and/CCONJ/cc/6 "
        "was/AUX/aux:pass/6/be/VBD built/VERB/conj/3/build/VBN",
        "built",
        "+ asserted",
        "",
        "",
    ),
    (
        "It/PRON/nsubj/2/it/NN will/AUX/aux/2/will/MD use/VERB/ROOT/2/use/VB gas/NOUN/obj/2 and/CCONJ/cc/5 "
        "employ/VERB/conj/2/employ/VBP us/PRON/obj/5",
        "employ",
        "+ planned",
        "",
        "",
    ),
    # denials that leave a matter open
    (
        "Ark/PROPN/nsubj/3 has/AUX/aux/3/have/VBZ not/PART/advmod/3 ruled/VERB/ROOT/3/rule/VBN out/ADP/compound:prt/3 "
        "selling/VERB/xcomp/3/sell/VBG",
        "selling",
        "+ possible",
        "",
        "",
    ),
    (
        "Ark/PROPN/nsubj/1 ruled/VERB/ROOT/1/rule/VBD out/ADP/compound:prt/1 selling/VERB/xcomp/1/sell/VBG",
        "selling",
        "- asserted",
        "",
        "",
    ),
    # what is done, and what is chosen for
    (
        "Ark/PROPN/nsubj/1 had/VERB/ROOT/1/have/VBD to/PART/mark/3 pay/VERB/xcomp/1/pay/VB",
        "pay",
        "+ asserted",
        "",
        "",
    ),
    (
        "Ana/PROPN/nsubj/1 joined/VERB/ROOT/1/join/VBD Ark/PROPN/obj/1 to/PART/mark/4 run/VERB/advcl/1/run/VB "
        "shops/NOUN/obj/4",
        "run",
        "+ asserted",
        "",
        "",
    ),
    (
        "Ark/PROPN/nsubj/1 chose/VERB/ROOT/1/choose/VBD Ana/PROPN/obj/1 to/PART/mark/4 run/VERB/xcomp/1/run/VB "
        "shops/NOUN/obj/4",
        "run",
        "+ planned",
        "",
        "",
    ),
    # futures in the present tense
    (
        "It/PRON/nsubj/1 opens/VERB/ROOT/1/open/VBZ in/ADP/case/3 May/PROPN/obl/1",
        "opens",
        "+ planned",
        "",
        "",
    ),
    (
        "It/PRON/nsubj/1 opens/VERB/ROOT/1/open/VBZ every/DET/det/3 May/PROPN/obl/1",
        "opens",
        "+ asserted",
        "",
        "",
    ),
    (
        "It/PRON/nsubj/2 is/AUX/cop/2/be/VBZ due/ADJ/ROOT/2/due/JJ on/ADP/case/4 Friday/PROPN/obl/2",
        "due",
        "+ planned",
        "",
        "",
    ),
    # questions and orders
    (
        "Will/AUX/aux/2 Ark/PROPN/nsubj/2 sell/VERB/ROOT/2/sell/VB ?/PUNCT/punct/2",
        "sell",
        "+ question",
        "",
        "",
    ),
    (
        "Avoid/VERB/ROOT/0/avoid/VB the/DET/det/2 bonds/NOUN/obj/0 ./PUNCT/punct/0",
        "Avoid",
        "+ recommended",
        "",
        "",
    ),
]


@pytest.mark.parametrize(("line", "predicate", "mood", "source", "condition"), CASES)
def test_construction(
    line: str, predicate: str, mood: str, source: str, condition: str, words: Mapping[str, Mapping[str, str]]
) -> None:
    doc = parse(line)
    context = read_context(word(doc, predicate), words)
    sign, _, modality = mood.partition(" ")
    assert context.polarity is (Polarity.POSITIVE if sign == "+" else Polarity.NEGATIVE)
    assert context.modality is Modality(modality)
    assert context.speaker_text == source
    assert context.condition == condition
    if context.speaker is not None:
        assert context.speaker.of(doc.text) == source


@pytest.mark.parametrize(
    ("line", "mood"),
    [
        (
            "It/PRON/nsubj/2 will/AUX/aux/2/will/MD build/VERB/ROOT/2/build/VB a/DET/det/4 plant/NOUN/obj/2",
            "planned",
        ),
        (
            "It/PRON/nsubj/2 will/AUX/aux/2/will/MD close/VERB/ROOT/2/close/VB a/DET/det/4 plant/NOUN/obj/2",
            "asserted",
        ),
        (
            "It/PRON/nsubj/2 will/AUX/aux/2/will/MD open/VERB/ROOT/2/open/VB the/DET/det/4 plant/NOUN/obj/2",
            "asserted",
        ),
        ("It/PRON/nsubj/1 plans/VERB/ROOT/1/plan/VBZ a/DET/det/3 plant/NOUN/obj/1", "planned"),
        ("It/PRON/nsubj/1 built/VERB/ROOT/1/build/VBD a/DET/det/3 plant/NOUN/obj/1", "asserted"),
    ],
)
def test_what_is_yet_to_be_built_has_no_place_yet(
    line: str, mood: str, words: Mapping[str, Mapping[str, str]]
) -> None:
    assert read_phrase_context(word(parse(line), "plant"), words).modality is Modality(mood)


def test_a_name_is_not_denied_with_its_clause(words: Mapping[str, Mapping[str, str]]) -> None:
    doc = parse("Neither/CCONJ/cc:preconj/1 Ark/PROPN/nsubj/2 paid/VERB/ROOT/2/pay/VBD")
    assert read_phrase_context(word(doc, "Ark"), words).polarity is Polarity.POSITIVE


SPEECH = (
    '"/PUNCT/punct/3 We/PRON/nsubj/3 had/AUX/aux/3/have/VBD suffered/VERB/ROOT/3/suffer/VBN ./PUNCT/punct/3 '
    'We/PRON/nsubj/6 sold/VERB/ROOT/6/sell/VBD Bo/PROPN/obj/6 ,/PUNCT/punct/6 "/PUNCT/punct/6 Ana/PROPN/nsubj/11 '
    "said/VERB/parataxis/6/say/VBD ./PUNCT/punct/6 She/PRON/nsubj/14/she left/VERB/ROOT/14/leave/VBD ./PUNCT/punct/14"
)


def test_speech_over_two_sentences_has_one_speaker(words: Mapping[str, Mapping[str, str]]) -> None:
    doc = parse(SPEECH)
    assert [read_context(word(doc, w), words).speaker_text for w in ("suffered", "sold", "left")] == [
        "Ana",
        "Ana",
        "",
    ]
    speaker = speaker_at(word(doc, "suffered"), words)
    assert speaker is not None
    assert speaker.text == "Ana"


def test_source_at_the_end_is_found_whatever_the_parse(words: Mapping[str, Mapping[str, str]]) -> None:
    doc = parse(
        "Ark/PROPN/nsubj/1 grew/VERB/ROOT/1/grow/VBD fast/ADV/advmod/1 ,/PUNCT/punct/1 a/DET/det/6 trade/NOUN/compound/6 "
        "magazine/NOUN/obj/1 reported/VERB/acl/6/report/VBN ./PUNCT/punct/1"
    )
    assert read_context(word(doc, "grew"), words).speaker_text == "a trade magazine"


def test_speech_before_an_inverted_verb(words: Mapping[str, Mapping[str, str]]) -> None:
    doc = parse(
        '"/PUNCT/punct/2 We/PRON/nsubj/2 need/VERB/ROOT/2/need/VBP Oslo/PROPN/obj/2 ,/PUNCT/punct/2 "/PUNCT/punct/2 '
        "said/VERB/parataxis/2/say/VBD boss/NOUN/obl/6 Ana/PROPN/flat/7 Ruiz/PROPN/flat/7 ,/PUNCT/punct/7 who/PRON/nsubj/12/who/WP "
        "left/VERB/acl:relcl/7/leave/VBD ./PUNCT/punct/2"
    )
    assert read_context(word(doc, "need"), words).speaker_text == "boss Ana Ruiz"
    assert read_context(word(doc, "left"), words).speaker is None


def test_things_that_show_something_are_no_sources(words: Mapping[str, Mapping[str, str]]) -> None:
    line = "The/DET/det/1 {}/NOUN/nsubj/2 shows/VERB/ROOT/2/show/VBZ that/SCONJ/mark/5 Ark/PROPN/nsubj/5 grew/VERB/ccomp/2/grow/VBD"
    assert read_context(word(parse(line.format("price")), "grew"), words).speaker is None
    assert read_context(word(parse(line.format("study")), "grew"), words).speaker_text == "The study"


def test_headlines_name_their_source_behind_a_dash(words: Mapping[str, Mapping[str, str]]) -> None:
    doc = parse(
        "Ark/PROPN/nsubj/2 to/PART/mark/2 cut/VERB/ROOT/2/cut/VB jobs/NOUN/obj/2/job -/PUNCT/punct/5 sources/NOUN/parataxis/2/source"
    )
    context = read_context(word(doc, "cut"), words)
    assert (context.modality, context.speaker_text) == (Modality.PLANNED, "sources")


def test_present_tense_after_a_time_word_shares_the_future(words: Mapping[str, Mapping[str, str]]) -> None:
    doc = parse(
        "When/ADV/advmod/2/when/WRB it/PRON/nsubj/2 opens/VERB/advcl/6/open/VBZ ,/PUNCT/punct/2 Ark/PROPN/nsubj/6 "
        "will/AUX/aux/6/will/MD sell/VERB/ROOT/6/sell/VB tea/NOUN/obj/6"
    )
    assert read_context(word(doc, "opens"), words).modality is Modality.PLANNED


@pytest.mark.parametrize(
    ("verb", "modality"), [("expects", "expected"), ("reported", "asserted"), ("may", "possible")]
)
def test_figures_share_their_clause_s_mood(
    verb: str, modality: str, words: Mapping[str, Mapping[str, str]]
) -> None:
    lines = {
        "expects": "Ark/PROPN/nsubj/1 expects/VERB/ROOT/1/expect/VBZ revenue/NOUN/obj/1 of/ADP/case/4 $5/SYM/nmod/2",
        "reported": "Ark/PROPN/nsubj/1 reported/VERB/ROOT/1/report/VBD revenue/NOUN/obj/1 of/ADP/case/4 $5/SYM/nmod/2",
        "may": "Ark/PROPN/nsubj/2 may/AUX/aux/2/may/MD cancel/VERB/ROOT/2/cancel/VB the/DET/det/4 sale/NOUN/obj/2",
    }
    doc = parse(lines[verb])
    context = read_context(doc[4] if verb == "may" else doc[2], words)
    assert context.modality is Modality(modality)
    assert context.polarity is (Polarity.NEGATIVE if verb == "may" else Polarity.POSITIVE)


def test_relative_clause_keeps_out_of_its_sentence_s_mood(words: Mapping[str, Mapping[str, str]]) -> None:
    doc = parse(
        "Ark/PROPN/nsubj/8 ,/PUNCT/punct/3 which/PRON/nsubj/3 makes/VERB/acl:relcl/0/make/VBZ toys/NOUN/obj/3 ,/PUNCT/punct/3 "
        "may/AUX/aux/8/may/MD not/PART/advmod/8 sell/VERB/ROOT/8/sell/VB Bo/PROPN/obj/8"
    )
    assert read_context(word(doc, "makes"), words).polarity is Polarity.POSITIVE
    assert read_context(word(doc, "makes"), words).modality is Modality.ASSERTED
    assert read_context(word(doc, "sell"), words).modality is Modality.POSSIBLE


def test_statements_are_neither_questions_nor_orders(words: Mapping[str, Mapping[str, str]]) -> None:
    assert not is_statement(word(parse("Avoid/VERB/ROOT/0/avoid/VB bonds/NOUN/obj/0"), "Avoid"), words)
    assert not is_statement(
        word(parse("Who/PRON/nsubj/1 paid/VERB/ROOT/1/pay/VBD ?/PUNCT/punct/1"), "paid"), words
    )
    assert is_statement(word(parse("Ana/PROPN/nsubj/1 paid/VERB/ROOT/1/pay/VBD"), "paid"), words)


@pytest.mark.parametrize(
    "line", ["?/PUNCT/ROOT/0", '"/PUNCT/ROOT/0', "No/DET/ROOT/0", "to/PART/mark/0 \n/SPACE/dep/0"]
)
def test_scraps_are_read_without_an_exception(line: str, words: Mapping[str, Mapping[str, str]]) -> None:
    for token in parse(line.replace("\n", "¶")):
        read_context(token, words)


@pytest.mark.parametrize("seed", range(40))
def test_no_parse_however_wrong_raises(seed: int, words: Mapping[str, Mapping[str, str]]) -> None:
    """Random trees over words of mood: the reader must come to some answer for each of them."""
    dice = random.Random(seed)
    count = dice.randint(1, 40)
    root = dice.randrange(count)
    order = [root, *dice.sample([i for i in range(count) if i != root], count - 1)]
    heads = {root: root} | {i: order[dice.randrange(n)] for n, i in enumerate(order) if n}
    line = " ".join(
        f"{dice.choice(SCRAP_WORDS)}/{dice.choice(SCRAP_TAGS)}/{'ROOT' if i == root else dice.choice(SCRAP_LABELS)}/{heads[i]}"
        f"/{dice.choice(SCRAP_WORDS).lower()}/{dice.choice(('VB', 'VBD', 'VBZ', 'VBG', 'VBN', 'NN', 'MD'))}"
        for i in range(count)
    )
    for token in parse(line):
        context = read_context(token, words)
        assert context.modality in set(Modality)
        assert (context.speaker is None) == (context.speaker_text == "")


SCRAP_WORDS = 'said not to if no plans deny will would " , . ? ¶ until according Ark without than rather that who'.split()
SCRAP_TAGS = ["VERB", "NOUN", "PROPN", "AUX", "ADV", "PUNCT", "ADP", "PART", "PRON", "ADJ", "SCONJ"]
SCRAP_LABELS = (
    "nsubj obj xcomp ccomp advcl acl acl:relcl conj cc mark case obl nmod parataxis appos aux cop advmod det fixed punct csubj "
    "nsubj:pass aux:pass obl:agent compound flat dep expl"
).split()


def test_without_word_classes_everything_is_asserted() -> None:
    doc = parse(CASES[1][0])
    assert read_context(word(doc, "buy"), {}).modality is Modality.ASSERTED
