"""The mood of a claim where rules and the typing head disagree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.extract.moods import settled
from kg.extract.pipeline.corpora.relations import ASSERTED, DENIED
from kg.model import Claim, Modality, Polarity, Ref, Span

SHORT = "Norda does not own Alvion."
LONG = (
    "Norda, which owns Alvion of Leeds and two mills in the north, does not expect the duties that the cabinet wants"
    " to hurt its sales this year."
)


def claim(
    quote: str, polarity: Polarity = Polarity.POSITIVE, modality: Modality = Modality.ASSERTED
) -> Claim:
    return Claim(
        "a",
        "Norda",
        "owns",
        Ref("Alvion"),
        Span(0, len(quote)),
        quote,
        "any.rule",
        polarity=polarity,
        modality=modality,
    )


@pytest.mark.parametrize("learned", [True, False])
def test_a_future_that_no_word_marks_is_heard(learned: bool) -> None:
    moods = {"planned": 0.6, "expected": 0.2, ASSERTED: 0.2}
    assert settled(claim(SHORT), moods, learned).modality is Modality.PLANNED


def test_what_a_rule_has_read_takes_more_to_hedge_than_a_proposal() -> None:
    moods = {"planned": 0.4, "possible": 0.12, ASSERTED: 0.48}
    assert settled(claim(SHORT), moods, learned=True).modality is Modality.PLANNED
    assert settled(claim(SHORT), moods, learned=False) == claim(SHORT)


def test_a_denial_of_another_clause_is_taken_back_in_a_long_sentence_only() -> None:
    moods = {DENIED: 0.25, ASSERTED: 0.75}
    far, near = (claim(quote, Polarity.NEGATIVE) for quote in (LONG, SHORT))
    assert settled(far, moods, learned=True).polarity is Polarity.POSITIVE
    assert settled(near, moods, learned=True) == near


def test_a_hedge_is_taken_back_sooner_from_a_proposal_than_from_what_a_rule_has_read() -> None:
    hedged = claim(LONG, modality=Modality.EXPECTED)
    assert settled(hedged, {ASSERTED: 0.78}, learned=True).modality is Modality.ASSERTED
    assert settled(hedged, {ASSERTED: 0.78}, learned=False) == hedged
    assert settled(hedged, {ASSERTED: 0.85}, learned=False).modality is Modality.ASSERTED


def test_in_a_short_sentence_the_hedge_that_a_rule_has_read_stays() -> None:
    near = claim(SHORT, modality=Modality.EXPECTED)
    assert settled(near, {ASSERTED: 0.99}, learned=False) == near


def test_only_a_proposal_may_be_denied_by_the_head() -> None:
    moods = {DENIED: 0.6, ASSERTED: 0.4}
    assert settled(claim(LONG), moods, learned=True) == replace(claim(LONG), polarity=Polarity.NEGATIVE)
    assert settled(claim(LONG), moods, learned=False) == claim(LONG)
