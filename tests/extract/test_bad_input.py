"""Articles nobody should have written: reading them raises nothing, moves no offset, and what comes of it can be saved."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

import kg
from kg.extract.pipeline import load_pipeline
from kg.extract.read import read_article
from kg.graph import Graph
from kg.model import Reading

pytestmark = pytest.mark.model

DEAL = "Mars bought Kellanova for $36 billion on Monday."
ODD = {
    "a sentence beyond the encoder's window": "Mars said that "
    + "it bought a firm in Oslo for $3 million and " * 120
    + "it left.",
    "a paragraph beyond it": f"{DEAL} " * 150,
    "a word without end": f"{DEAL} {'a' * 20_000} {DEAL}",
    "an address of a thousand characters": f"{DEAL} See https://example.org/{'a/b?c=%20&' * 100} for more. {DEAL}",
    "zero-width characters": "Ma\u200brs bou\u200dght Kella\u2060nova\ufeff for $36\u00ad billion on Mon\u200cday.",
    "control characters": "Mars\x07 bought\x00 Kellanova\x1b[31m for $36\x08 billion.\x0c Norda\x7f sued Bruce\x85 Ltd.",
    "directions turned": "Mars \u202ebought\u202c Kellanova \u2067for $36 billion\u2069 on Monday.",
    "emoji": "🚀🚀 Mars 👩‍👩‍👧 bought 🇳🇴 Kellanova 💰 for $36 billion 😀😀😀 on Monday!!!",
    "other scripts": "Mars bought 阿里巴巴集团 and Яндекс, and مرحبا sued नमस्ते in Αθήνα for €5 million.",
    "combining marks": "Ma\u0301rs bought Kellano\u0308va\u0323\u0323\u0323\u0323 for $36 billion.",
    "all capitals": "MARS BOUGHT KELLANOVA FOR $36 BILLION ON MONDAY. THE COMPANY DENIED THAT IT HAD SUED NORDA GROUP.",
    "lower case": "mars bought kellanova for $36 billion on monday. the company denied that it had sued norda group.",
    "mark-up left over": f"<p class='x'>{DEAL}</p><br/>&nbsp;&amp;<script>alert('Mars bought Norda')</script><div>Mars &lt;sued&gt; Norda",
    "Markdown": f"# {DEAL}\n\n* **Mars** _bought_ [Kellanova](https://example.org) | $36bn |\n|---|---|\n> {DEAL}",
    "one word a line": DEAL.replace(" ", "\n"),
    "a word to each line and blank ones": DEAL.replace(" ", "\n\n"),
    "old line ends": f"{DEAL}\r\n{DEAL}\r{DEAL}",
    "marks only": "?!.,;:—–-()[]{}\"'“”‘’«»…/\\|@#$%^&*_+=~`<>" * 20,
    "brackets without end": "Mars (which (that (who (as (" * 50 + DEAL,
    "quotations without end": f"\"{DEAL} “{DEAL} '{DEAL} said Mars, said Norda, said Kellanova, said",
    "numbers": " ".join(f"{n},{n:03}.{n}%" for n in range(400)),
    "a list of three hundred names": "Mars bought "
    + ", ".join(f"Firm {n} Ltd" for n in range(300))
    + " and Norda.",
    "said and said again": "Ann said that Bob said that " * 60 + "Mars bought Norda.",
    "a date that is none": "Mars bought Kellanova on 31 February 2025, 99/99/9999, Q9 0000 and in the year 10000000000000.",
    "money beyond measure": f"Mars paid ${'9' * 400} trillion and €0.{'0' * 400}1 for Norda.",
    "white space": " \t\n\u00a0\u2003\u3000 " * 30,
    "nothing": "",
    "a wrapped paragraph": (
        "Mars bought Kellanova and Norda Group Ltd of Oslo sued Bruce\nInvestments over the " * 6
    ).strip(),
}
WORDS = "Mars|bought|Norda Group Ltd|denied|that|$5m|,|.|“|”|\n|\n\n|\u200b|\x00|😀|(|)|said|it".split("|")
PARTS = st.sampled_from([*ODD.values(), *WORDS])


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def check(text: str, ontology: kg.Ontology, nlp: Language) -> Reading:
    """Read it; every offset is inside the text, every quote is the text's own."""
    reading = read_article(kg.Article("odd", text), ontology, nlp)
    for claim in reading.claims:
        assert claim.sentence.of(text) == claim.quote
        for span in (claim.subject_span, claim.cue_span, claim.object_span):
            assert span is None or 0 <= span.start <= span.end <= len(text)
    for referent in reading.referents:
        assert all(0 <= span.start < span.end <= len(text) for span in referent.mentions)
    return reading


@pytest.mark.parametrize("name", ODD)
def test_odd_articles_are_read_and_saved(name: str, ontology: kg.Ontology, nlp: Language) -> None:
    graph = Graph.of([check(ODD[name], ontology, nlp)], ontology)
    assert kg.query(graph, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").columns == ["n"]
    assert kg.check(graph) is not None
    assert kg.to_html(graph).rstrip().endswith("</html>")


def test_the_deal_is_found_between_odd_things(ontology: kg.Ontology, nlp: Language) -> None:
    for name in ("a word without end", "an address of a thousand characters", "old line ends"):
        found = {(claim.subject, claim.relation) for claim in check(ODD[name], ontology, nlp).claims}
        assert ("Mars", "acquires") in found, name


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize=True,
)
@given(parts=st.lists(PARTS, max_size=12))
def test_any_mixture_is_read(parts: list[str], ontology: kg.Ontology, nlp: Language) -> None:
    check(" ".join(parts)[:6000], ontology, nlp)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(text=st.text(max_size=200))
def test_any_text_is_read(text: str, ontology: kg.Ontology, nlp: Language) -> None:
    check(f"{DEAL} {text} {DEAL}", ontology, nlp)
