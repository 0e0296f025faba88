"""Text that is no prose: no exception, a bounded number of claims, each quoting its sentence, and a reason for what was refused."""

from __future__ import annotations

import pytest

from kg.extract.claims import MAX_CLAIMS
from kg.extract.mentions import Mentions
from kg.extract.opentriples import MAX_TRIPLES, extract
from kg.extract.pipeline import load_pipeline
from kg.extract.read import MAX_TOKENS, find_frames, read_article
from kg.model import Article, Reading
from kg.rdf.schema import load_ontology
from tests.extract.parse import parse

NLP = load_pipeline()
ONTOLOGY = load_ontology()
NAMES = ["Acme", "Bolt", "Castell", "Dunmore", "Eastgate", "Fenwick", "Grainline", "Harland"]

TEXTS = {
    "nothing": "",
    "blanks": " \n\t \n",
    "one word": "Acme",
    "fragment": "Of the three, none.",
    "headline": "Acme to buy Bolt",
    "heading and colon": "Outlook:",
    "only punctuation": '"... -- ;; ,,, (((" :::',
    "code": "def buy(x: int) -> None:\n    return {'acme': x[0] if x else None}  # TODO: fix\n",
    "markup": "<table><tr><td>Acme</td><td>$5m</td></tr></table>",
    "flattened table": "Name Revenue Profit Staff Acme 5.0 1.2 300 Bolt 4.1 0.9 210 Castell 3.3 0.1 120",
    "label and value": "Revenue: €5bn\nProfit: €1bn\nStaff: 3,000\n: 5\nAcme:\n",
    "broken quotes": '"We bought Bolt, said Ann Lee of Acme. "It is "good.',
    "unclosed brackets": "Acme (NYSE: ACM bought [Bolt (the chipmaker for $5m.",
    "no verb": "A new plant, a long road, three banks and the Danish maker of pumps.",
    "bullets": "Acme will:\n- cut costs;\n- sell Bolt;\n• ;\n-\n",
    "foreign": "東京で新しい工場を開設した。 Компания купила завод. شركة",
    "emoji and controls": "Acme 🚀🚀 bought\x00 Bolt\x07 \u200b👩‍👩‍👧 for $5m\u202e.",
    "numbers": "1 2 3 4 5 6.7.8 9,9,9 $ € 10% % 2025-13-45 0/0",
    "shouting": "ACME BUYS BOLT!!! WHY?? BECAUSE!!! IT!!! CAN!!!",
}


@pytest.mark.parametrize("name", TEXTS)
def test_no_exception_and_every_quote_is_exact(name: str) -> None:
    text = TEXTS[name]
    reading = read_article(Article("a", text), ONTOLOGY, NLP)
    check(reading, text)
    for triple in extract(text, ONTOLOGY, NLP):
        assert triple.relation.strip()


def test_a_sentence_of_three_hundred_words_stays_bounded() -> None:
    text = (
        "Acme bought " + ", ".join(f"{NAMES[i % 8]} {NAMES[(i + 3) % 8]}" for i in range(140)) + " and Zeta."
    )
    reading = read_article(Article("a", text), ONTOLOGY, NLP)
    check(reading, text)
    assert len(extract(text, ONTOLOGY, NLP)) <= MAX_TRIPLES


def test_chained_clauses_stay_bounded() -> None:
    text = "Acme said that " * 60 + "Bolt bought Castell."
    check(read_article(Article("a", text), ONTOLOGY, NLP), text)


def test_a_text_without_full_stops_is_read_in_time_and_bounded() -> None:
    text = "Mars bought Kellanova and " * 150
    check(read_article(Article("a", text), ONTOLOGY, NLP), text)


def test_a_table_of_more_than_the_limit_makes_no_frames() -> None:
    line = "Acme/PROPN/nsubj/1 bought/VERB/ROOT/1/buy Bolt/PROPN/obj/1"
    short, long = parse(line), parse(line + " x/X/dep/1" * MAX_TOKENS)
    assert list(find_frames(short, Mentions(short, ONTOLOGY, []), ONTOLOGY))
    assert not list(find_frames(long, Mentions(long, ONTOLOGY, []), ONTOLOGY))


def check(reading: Reading, text: str) -> None:
    by_sentence: dict[object, int] = {}
    for claim in reading.claims:
        assert text[claim.sentence.start : claim.sentence.end] == claim.quote
        by_sentence[claim.sentence] = by_sentence.get(claim.sentence, 0) + 1
    assert max(by_sentence.values(), default=0) <= MAX_CLAIMS
    assert all(rejection.reason and rejection.article == reading.article for rejection in reading.rejections)


def test_an_item_says_what_the_subject_of_its_lead_in_will_do() -> None:
    text = "Acme will use its portal to:\n\nHelp suppliers file claims;\n\nMonitor prices.\n\nIt is in Ulm."
    reading = read_article(Article("a", text), ONTOLOGY, NLP)
    check(reading, text)
    names = {referent.key: referent.name for referent in reading.referents}
    doers = {names[claim.subject] for claim in reading.claims if claim.quote.startswith("Monitor")}
    assert doers
    assert "article" not in doers


def test_a_market_symbol_in_brackets_is_told_from_an_acronym() -> None:
    text = "Coinbase (COIN) praised the European Economic Area (EEA), and Kellanova (K.N) followed."
    reading = read_article(Article("a", text), ONTOLOGY, NLP)
    symbols = {claim.object for claim in reading.claims if claim.relation == "has_ticker"}
    assert symbols == {"COIN", "K.N"}
