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


def test_a_hedge_is_taken_back_from_a_proposal_not_from_what_a_rule_has_read() -> None:
    hedged = claim(LONG, modality=Modality.EXPECTED)
    assert settled(hedged, {ASSERTED: 0.9}, learned=True).modality is Modality.ASSERTED
    assert settled(hedged, {ASSERTED: 0.9}, learned=False) == hedged


@pytest.mark.parametrize(("quote", "share", "mood"), [
    (LONG, 0.85, Modality.ASSERTED), (LONG, 0.75, Modality.INTENDED), (SHORT, 0.99, Modality.INTENDED),
])  # fmt: skip
def test_a_purpose_may_hang_on_the_wrong_clause(quote: str, share: float, mood: Modality) -> None:
    aim = claim(quote, modality=Modality.INTENDED)
    assert settled(aim, {ASSERTED: share}, learned=False).modality is mood


def test_only_a_proposal_may_be_denied_by_the_head() -> None:
    moods = {DENIED: 0.6, ASSERTED: 0.4}
    assert settled(claim(LONG), moods, learned=True) == replace(claim(LONG), polarity=Polarity.NEGATIVE)
    assert settled(claim(LONG), moods, learned=False) == claim(LONG)
