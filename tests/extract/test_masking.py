"""What is blanked before parsing, and that nothing moves."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.extract.masking import mask, unwrap
from kg.extract.pipeline import load_pipeline
from kg.extract.read import read_article
from tests.conftest import SAMPLES


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("BRUSSELS, May 19 (Reuters) - Regulators met.", "Regulators met."),
        ("LONDON (AP) — Shares fell.", "Shares fell."),
        ("PARIS — Shares fell.", "Shares fell."),
        ("SÃO PAULO, May 6 - A judge ruled.", "A judge ruled."),
        ("WROCŁAW, 3 September 2026. Bramka grew.", "Bramka grew."),
        ("(Reuters) – Sea grew.", "Sea grew."),
        ("HANGZHOU, November 27, 2025 - Alibaba (NYSE: BABA) grew.", "Alibaba grew."),
        ("# A heading\n* an item", "A heading an item"),
        ("See https://example.com/a?b=c now", "See now"),
        ("SHARES ARE UP - way up", "SHARES ARE UP - way up"),
        ("The plan (revised: May) holds", "The plan (revised: May) holds"),
    ],
)
def test_what_is_blanked(text: str, kept: str) -> None:
    assert " ".join(mask(text).split()) == kept


@given(st.text(max_size=300))
def test_length_and_line_breaks_stay(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert [i for i, c in enumerate(masked) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]
    assert all(a == b or b == " " for a, b in zip(text, masked, strict=True))


def wrapped(text: str, width: int) -> str:
    """The text as old wire copy has it: the lines of each paragraph broken at a width."""
    lines = (
        textwrap.wrap(line, width, break_on_hyphens=False, break_long_words=False)
        for line in text.split("\n")
    )
    return "\n".join("\n".join(broken) for broken in lines)


@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_breaks_at_a_width_are_undone(path: object, width: int) -> None:
    text = path.read_text("utf-8").strip()
    broken = wrapped(text, width)
    assert broken != text
    assert unwrap(broken).replace(".\n", ". ") == text.replace(
        ".\n", ". "
    )  # a sentence may stay on a line of its own
    assert unwrap(broken).count("\n") <= text.count("\n") + 1


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_paragraph_in_each_line_stays(path: object) -> None:
    text = path.read_text("utf-8")
    assert unwrap(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Kestrel buys Hartwell\nLumora cuts 200 jobs\nSolvane to sell its unit\nTern Labs names a chief",  # headlines
        "- one item of a list\n- another item of it\n- and one more of them\n- the last item of all",
        "Founded: 1990 in Oslo, Norway\nEmployees: 12,000 or so\nChief: Ana Ruiz of Madrid\nSeat: Leeds, in Yorkshire",
        "",
        "\n\n\n",
        "One line.",
    ],
)
def test_lists_headlines_and_tables_stay(text: str) -> None:
    assert unwrap(text) == text


@given(st.text(alphabet="ab \n-*", max_size=400))
def test_unwrapping_moves_nothing(text: str) -> None:
    found = unwrap(text)
    assert len(found) == len(text)
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, found, strict=True))


@pytest.mark.model
def test_a_wrapped_article_says_the_same_and_is_quoted_as_it_stands(ontology: kg.Ontology) -> None:
    """Names over a line break are whole; every quote is the article's own characters, breaks and all."""
    nlp = load_pipeline()
    (article,) = kg.read(SAMPLES / "lumora-kestrel-offer.txt")
    article = replace(article, text=article.text.strip())
    broken = replace(article, text=wrapped(article.text, 66))
    plain, found = (read_article(a, ontology, nlp) for a in (article, broken))
    assert [(c.subject, c.relation, c.object, c.sentence) for c in found.claims] == [
        (c.subject, c.relation, c.object, c.sentence) for c in plain.claims
    ]
    assert [(r.name, r.aliases, r.mentions) for r in found.referents] == [
        (r.name, r.aliases, r.mentions) for r in plain.referents
    ]
    assert all(claim.sentence.of(broken.text) == claim.quote for claim in found.claims)
    assert any("\n" in claim.quote for claim in found.claims)
