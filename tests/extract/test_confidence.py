"""Confidence: weights are read from the ontology, move it the way they say, and bound what is kept."""

from dataclasses import replace

import pytest

from kg.extract.confidence import WEIGHTS, features, link_chance, probability, sure
from kg.graph import LEAST_CONFIDENCE, asserted
from kg.model import Claim, Reading, Reason, Ref, Referent, Span
from kg.rdf.schema import load_ontology
from tests.benchmarks.confidence import curve, error, fit, load, rated_unseen, with_unrated

ACME = Referent("a", "Acme", "Acme", "name")
BOLT = Referent("a", "Bolt", "Bolt", "name")
FIRMS = Referent("a", "firms", "firms", "nominal")
CLAIM = Claim("a", "Acme", "acquires", Ref("Bolt"), Span(0, 17), "Acme bought Bolt.", "verbs.clause",
              confidence=0.9, subject_span=Span(0, 4), object_span=Span(12, 16))  # fmt: skip
WEIGHED = load_ontology().words[WEIGHTS]


def test_without_weights_the_parser_has_its_say() -> None:
    assert probability(CLAIM, ACME, BOLT, {}) == 0.9


def test_weights_move_the_probability() -> None:
    assert probability(CLAIM, ACME, BOLT, {"any claim": "0", "room verbs": "0"}) == 0.5
    assert probability(CLAIM, ACME, BOLT, {"any claim": "2", "room verbs": "0"}) > 0.8


def test_what_could_be_anybody_counts_less_than_a_name() -> None:
    named = probability(CLAIM, ACME, BOLT, WEIGHED)
    assert probability(replace(CLAIM, subject="firms"), FIRMS, BOLT, WEIGHED) < named
    assert probability(replace(CLAIM, confidence=0.2), ACME, BOLT, WEIGHED) < named


def test_a_claim_is_no_surer_than_the_link_to_its_name() -> None:
    """ "It bought Bolt": if "it" means Acme by 0.4, that is all the claim can be worth, and it is no plain fact."""
    claim = replace(CLAIM, quote="It bought Bolt.", subject_span=Span(0, 2), object_span=Span(10, 14))
    weak, strong = (
        replace(ACME, mentions=(Span(0, 2),), rungs=(f"pronoun {chance}",)) for chance in ("0.40", "0.97")
    )
    assert link_chance(weak, claim.subject_span) == 0.4
    assert link_chance(ACME, CLAIM.subject_span) == 1.0
    assert probability(claim, weak, BOLT, WEIGHED) <= 0.4 < probability(claim, strong, BOLT, WEIGHED)
    told = dict(features(claim, weak, BOLT))
    assert told["weakest link"] > dict(features(claim, strong, BOLT))["weakest link"] > 0


def test_every_feature_of_a_claim_has_a_weight() -> None:
    assert {name for name, _ in features(CLAIM, ACME, BOLT)} <= WEIGHED.keys()


def test_a_doubtful_claim_is_no_plain_fact() -> None:
    assert asserted(replace(CLAIM, confidence=LEAST_CONFIDENCE))
    assert not asserted(replace(CLAIM, confidence=LEAST_CONFIDENCE - 0.01))


def test_claims_below_the_bound_become_refusals() -> None:
    low = replace(CLAIM, subject="firms", confidence=0.2)
    reading = Reading("a", "", "", None, "0", 17, (ACME, BOLT, FIRMS), (CLAIM, low))
    assert sure(reading, 0.0) is reading
    kept = sure(reading, 0.5)
    assert kept.claims == (CLAIM,)
    assert kept.referents == (ACME, BOLT)
    assert [r.reason for r in kept.rejections] == [Reason.UNSURE]


def test_the_shipped_weights_are_those_the_data_give() -> None:
    data = with_unrated(load())
    fitted = dict(zip(data.names, fit(data.rows, data.right), strict=True))
    assert {name: f"{weight:.2f}" for name, weight in fitted.items()} == dict(WEIGHED)


def test_confidence_means_what_it_says_on_articles_it_was_not_fitted_to() -> None:
    data = load()
    rated = rated_unseen(data)
    assert error(curve(rated, data.right)) < 0.08
    assert data.right[rated >= 0.7].mean() > data.right.mean() + 0.1


def test_calibration_error_of_a_liar() -> None:
    assert error([(0.9, 0.1, 10)]) == pytest.approx(0.8)
