"""Whether two claims of a sentence speak of the same words: what they relate, the figures they hold, where they stand."""

from __future__ import annotations

import re

from kg.extract.mentions import span_beside
from kg.interpret import Statement
from kg.model import Claim, Ref, Span, Value

_OWN = re.compile(
    r"(?:['’]s?)?[\s-]+(?!(?:and|or)\b)"
)  # between an owner or a place and what it stands before


def apart(statement: Statement, cue: Span, text: str) -> Span:
    """Where the subject stands, without an object told inside it: "plant" of "plant in Ulm" and of "Ulm plant"."""
    whole, told = statement.subject.span, statement.object.span
    core = span_beside(statement.subject, statement.object)
    inside = (
        whole.start <= told.start < told.end <= whole.end and whole.start <= cue.start < cue.end <= whole.end
    )
    if core != whole or not inside:
        return core
    if cue.end <= told.start:
        return Span(whole.start, cue.end)
    if told.end <= cue.start:
        own = _OWN.match(text, told.end)
        return Span(own.end(), whole.end) if own else whole
    return whole


def identity_of(claim: Claim) -> tuple[object, ...]:
    """What makes it the same claim: a second one says nothing more."""
    return (
        claim.subject,
        claim.relation,
        claim.object,
        claim.sentence,
        claim.polarity,
        claim.modality,
        claim.attribution,
    )


def ends(claim: Claim) -> tuple[str, ...]:
    """Keys of what a claim relates."""
    return (claim.subject, claim.object.key) if isinstance(claim.object, Ref) else (claim.subject,)


def touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def same_words(one: Claim, other: Claim) -> bool:
    """Whether two claims speak of the same two phrases of a sentence, either way round."""
    a, b, c, d = one.subject_span, one.object_span, other.subject_span, other.object_span
    if a is None or b is None or c is None or d is None:
        return False
    return (touch(a, c) and touch(b, d)) or (touch(a, d) and touch(b, c))


def holds(claim: Claim, figure: Span) -> bool:
    """Whether a claim's object or one of its qualifiers is the figure at this place."""
    words = claim.quote[figure.start - claim.sentence.start : figure.end - claim.sentence.start]
    if claim.object_span is not None and touch(claim.object_span, figure):
        return True
    return any(
        isinstance(value, Value) and value.text in (words, f"-{words}") for _, value in claim.qualifiers
    )


def covers(special: Claim, claim: Claim) -> bool:
    """Whether `special` says what `claim` wraps: its words stand inside the claim's object, or it has the same object."""
    said, cue = claim.object_span, special.cue_span
    if said is None or cue is None or cue == claim.cue_span:
        return False
    return said == special.object_span or (isinstance(claim.object, str) and said.start < cue.end <= said.end)
