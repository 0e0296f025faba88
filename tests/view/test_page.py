"""The page as text: one file, no address, no way out of the data island."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from kg.graph import Graph
from kg.model import Reading, Span, Value
from kg.view.data import MAX_CLAIMS, MAX_QUOTE, shown, view
from kg.view.page import island, to_html
from tests.view import synthetic


class Elements(HTMLParser):
    """Every start tag with its attributes, and the text of script and style elements."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside = ""
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag
        if tag in self.texts:
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside in self.texts:
            self.texts[self.inside][-1] += data


@pytest.mark.parametrize("name", ["small", "hostile"])
def test_elements_are_the_template_s_own(name: str, request: pytest.FixtureRequest) -> None:
    """Article text makes no element and no attribute: the tags are the same as those of an empty graph."""
    html = to_html(request.getfixturevalue(name))
    assert Elements(html).tags[5:] == Elements(to_html(Graph((), synthetic.ontology()))).tags[5:]
    assert len(Elements(html).texts["script"]) == 3


def test_no_address_is_loaded(small: Graph) -> None:
    for tag, attributes in Elements(to_html(small)).tags:
        assert not attributes.keys() & {"src", "srcset", "action", "onclick", "onload", "style"}, tag
        assert attributes.get("href", "data:,") == "data:,"


def test_policy_allows_exactly_what_is_there(hostile: Graph) -> None:
    page = Elements(to_html(hostile))
    (policy,) = [a["content"] or "" for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    digest = [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in (*page.texts["script"][1:], *page.texts["style"])
    ]
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == digest[:2]
    assert rules["style-src"] == digest[2]
    assert rules["trusted-types"] == "'none'"


def test_data_survives_its_escaping(hostile: Graph) -> None:
    text = Elements(to_html(hostile)).texts["script"][0]
    assert not re.search("[<>&]", text)
    data = json.loads(text)
    assert "</script><script>window.hacked=2</script>" in {node["label"] for node in data["nodes"]}


def test_island_takes_any_text() -> None:
    ugly = "</script><!--\u2028 \ud800 & 😀"
    assert json.loads(island([ugly])) == [ugly]
    island([ugly]).encode("utf-8")


def test_title_is_escaped(small: Graph) -> None:
    assert "<title>&lt;b&gt; &amp; co</title>" in to_html(small, title="<b> & co")


def test_page_itself_is_small() -> None:
    assert len(to_html(Graph((), synthetic.ontology())).encode()) < 1_000_000


def test_marks_are_where_the_words_are(small: Graph) -> None:
    page = view(small)
    fact = next(f for f in page["facts"] if page["relations"][f["r"]]["id"] == "has_price")
    (claim,) = fact["claims"]
    text = page["sentences"][claim["q"]][3]
    assert {role: text[a:b] for role, (a, b) in claim["marks"].items()} == {
        "s": "O1 glasses",
        "r": "price of",
        "o": "$412",
    }
    assert fact["value"] == {"kind": "money", "text": "$412", "number": "412", "unit": "USD"}


def test_sentences_point_into_the_article(small: Graph) -> None:
    page = view(small)
    for claim in (claim for reading in small.readings for claim in reading.claims):
        article = [a["id"] for a in page["articles"]].index(claim.article)
        assert [article, claim.sentence.start, claim.sentence.end, claim.quote] in page["sentences"]


def test_overlong_sentences_are_cut_around_the_words() -> None:
    claim = synthetic.small()[0].claims[0]
    quote = "x" * 5000 + "Orrin launched O1" + "y" * 90_000
    long = dataclasses.replace(
        claim,
        sentence=Span(10, 10 + len(quote)),
        quote=quote,
        subject_span=Span(5010, 5015),
        cue_span=Span(5016, 5024),
        object_span=Span(80_000, 80_002),
    )
    page = view(Graph.of([_with(long)], synthetic.ontology()))
    (row,) = page["sentences"]
    (shown_claim,) = page["facts"][0]["claims"]
    assert len(row[3]) == row[2] - row[1] == MAX_QUOTE
    assert shown_claim["whole"] == [10, 10 + len(quote)]
    start, end = shown_claim["marks"]["s"]
    assert row[3][start:end] == "Orrin"
    assert "o" not in shown_claim["marks"], "lies outside what is shown"


def test_fact_with_many_sentences_lists_some() -> None:
    claim = synthetic.small()[0].claims[0]
    many = [
        dataclasses.replace(
            claim,
            sentence=Span(i * 10, i * 10 + len(claim.quote)),
            subject_span=None,
            cue_span=None,
            object_span=None,
        )
        for i in range(MAX_CLAIMS + 5)
    ]
    fact = view(Graph.of([_with(*many)], synthetic.ontology()))["facts"][0]
    assert (len(fact["claims"]), fact["more"]) == (MAX_CLAIMS, 5)


def _with(*claims: object) -> Reading:
    return dataclasses.replace(synthetic.small()[0], claims=claims)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("A\u202egnihtyna\u2066B\x00\x07", "A gnihtyna B"),
        ("two\nlines  and\ttabs", "two lines and tabs"),
        ("\ud800", ""),
        ("x" * 500, "x" * 159 + "…"),
        ("😀 kept", "😀 kept"),
    ],
)
def test_labels_hold_nothing_invisible(raw: str, clean: str) -> None:
    assert shown(raw) == clean


def test_value_without_a_number_is_no_error() -> None:
    claim = dataclasses.replace(synthetic.small()[0].claims[0], object=Value("quantity", "dozens"))
    assert view(Graph.of([_with(claim)], synthetic.ontology()))["facts"][0]["value"] == {
        "kind": "quantity",
        "text": "dozens",
    }
