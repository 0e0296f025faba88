"""How likely a claim is true and complete: a logistic model over things a person can read off the claim.

The weights are data (`lex:confidence_weight` in ontology/confidence.ttl), fitted by `python -m tests.benchmarks.confidence` to
facts that a person judged against their sentences. Logistic regression with a small penalty gives calibrated probabilities by
itself where it has few features (Niculescu-Mizil & Caruana 2005).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kg.model import Claim, Form, Modality, Reading, Reason, Ref, Referent, Rejection, Span, Value
from kg.ontology import Ontology

Rating = tuple[float, float]  # probabilities of the claim's relation and of none, by the typing head

WEIGHTS = "confidence_weight"
MAX_QUOTE = 200  # characters of a refused claim's sentence kept in the report
CLIP = 0.001  # probabilities of the head nearer to 0 or 1 count as this near
NO_OPINION = "typing head has no opinion"


def probability(
    claim: Claim,
    subject: Referent,
    obj: Referent | None,
    weights: Mapping[str, str],
    rating: Rating | None = None,
) -> float:
    """The probability that a claim is true and complete, 0 to 1; the claim's own where the weights know nothing of its rule.

    It is never above the chance that coreference took subject and object for the right things.

    >>> probability(claim, nissan, renault, ontology.words["confidence_weight"])
    0.86
    """
    if f"room {claim.rule.partition('.')[0]}" not in weights:
        return claim.confidence
    told = features(claim, subject, obj, rating)
    score = sum(value * float(weights.get(name, "0")) for name, value in told)
    meant = link_chance(subject, claim.subject_span) * link_chance(obj, claim.object_span)
    return round(min(1.0 / (1.0 + math.exp(-score)), meant), 2)


def features(
    claim: Claim, subject: Referent, obj: Referent | None, rating: Rating | None = None
) -> Iterator[tuple[str, float]]:
    """What speaks for a claim or against it: (name, size); most are 1 where they hold."""
    yield "any claim", 1.0
    room, _, rule = claim.rule.partition(".")
    yield f"room {room}", 1.0
    if rule in ("apposition", "deverbal", "clause", "idiom", "hyphen", "title"):
        yield f"rule {rule}", 1.0
    share = min(max(claim.confidence, 0.05), 0.99)
    yield "parser's doubt", -math.log(share)
    if claim.open:
        yield "open relation", 1.0
    if "_" in claim.relation and claim.open:
        yield "open relation with preposition", 1.0
    if claim.modality is not Modality.ASSERTED:
        yield "hedged", 1.0
    yield from _opinion(claim, rating)
    if claim.cue_span is not None and "can" in _words(claim, claim.cue_span):
        yield "can", 1.0  # an ability of things, but a mere possibility of what courts and rivals do
    yield from _ends(claim, subject, obj)


def _opinion(claim: Claim, rating: Rating | None) -> Iterator[tuple[str, float]]:
    """What the typing head thinks of a claim, as log-odds: its probabilities crowd at both ends."""
    if rating is None:
        yield NO_OPINION, 1.0
    elif claim.open:
        yield "typing head sees nothing either", _log_odds(rating[1])
    else:
        yield "typing head agrees", _log_odds(rating[0])


def _log_odds(share: float) -> float:
    share = min(max(share, CLIP), 1 - CLIP)
    return math.log(share / (1 - share))


def _ends(claim: Claim, subject: Referent, obj: Referent | None) -> Iterator[tuple[str, float]]:
    """The same for what stands at either end, and how far coreference doubts the weaker link from there to a name."""
    meant = min(link_chance(subject, claim.subject_span), link_chance(obj, claim.object_span))
    if meant < 1.0:
        yield "weakest link", -math.log(meant)
    if subject.form != Form.NAME:
        yield "unnamed subject", 1.0
        if len(subject.name.split()) == 1:
            yield "one-word subject", 1.0
    if _worded_otherwise(claim, claim.subject_span, subject):
        yield "subject by another word", 1.0
    if isinstance(claim.object, Value):
        yield "object a value", 1.0
    elif not isinstance(claim.object, Ref):
        yield "object a phrase", 1.0
        if len(claim.object.split()) == 1 and not any(c.isdigit() for c in claim.object):
            yield "one-word phrase", 1.0
    elif obj is not None and obj.form != Form.NAME:
        yield "unnamed object", 1.0
        if len(obj.name.split()) == 1:
            yield "one-word object", 1.0
    if obj is not None and _worded_otherwise(claim, claim.object_span, obj):
        yield "object by another word", 1.0


def link_chance(referent: Referent | None, span: Span | None) -> float:
    """How likely, as coreference has it, the words at this place mean this thing: 1.0 where a name or grammar tells.

    The number stands in the rung that joined the mention ("pronoun 0.62"); where it hangs on another mention ("the firm … its"),
    it is the chance of the whole way to the name.

    >>> link_chance(nissan, claim.subject_span)
    0.62
    """
    if referent is None or span is None:
        return 1.0
    here = [
        (mention != span, rung)
        for mention, rung in zip(referent.mentions, referent.rungs, strict=False)
        if mention.start < span.end and span.start < mention.end
    ]
    said = min(here)[1].rpartition(" ")[2] if here else ""
    return max(float(said), CLIP) if said[:2] in ("0.", "1.") else 1.0


def _words(claim: Claim, span: Span) -> list[str]:
    start = claim.sentence.start
    return claim.quote[max(span.start - start, 0) : max(span.end - start, 0)].split()


def _worded_otherwise(claim: Claim, span: Span | None, referent: Referent) -> bool:
    """Whether the sentence calls a thing by nothing of its name: coreference had to find it."""
    said = {word.lower() for word in _words(claim, span)} if span is not None else set()
    return bool(said) and said.isdisjoint(referent.name.lower().split())


def rated(
    claims: Iterable[Claim],
    referents: Mapping[str, Referent],
    ontology: Ontology,
    ratings: Mapping[int, Rating],
) -> Iterator[Claim]:
    """The claims with the probability that they are true and complete in place of the parser's alone.

    *ratings* are what the typing head thinks of them, by their places in *claims*.
    """
    weights = ontology.words.get(WEIGHTS, {})
    for index, claim in enumerate(claims):
        obj = referents[claim.object.key] if isinstance(claim.object, Ref) else None
        sure = probability(claim, referents[claim.subject], obj, weights, ratings.get(index))
        yield replace(claim, confidence=sure)


def sure(reading: Reading, least: float) -> Reading:
    """The reading without claims below this confidence; each becomes a refusal, and things nobody speaks of any more go."""
    kept = tuple(claim for claim in reading.claims if claim.confidence >= least)
    if len(kept) == len(reading.claims):
        return reading
    refused = tuple(
        Rejection(c.article, Reason.UNSURE, c.rule, c.relation, c.quote[:MAX_QUOTE], f"{c.confidence:.2f}")
        for c in reading.claims
        if c.confidence < least
    )
    used = {c.subject for c in kept} | {c.object.key for c in kept if isinstance(c.object, Ref)}
    referents = tuple(r for r in reading.referents if r.key in used or r.form == Form.NAME)
    return replace(reading, claims=kept, referents=referents, rejections=reading.rejections + refused)
