"""A person told two names apart that one article uses for one thing: there the article's own merging is undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model import Claim, Reading, Ref, Referent, Span
from kg.resolve.decisions import Decisions, Selector
from kg.resolve.ids import slug
from kg.resolve.names import split_words

Words = tuple[str, ...]


def divide(reading: Reading, decisions: Decisions) -> Reading:
    """A reading in which no referent bears two names that `decisions.different` tells apart.

    Each other name becomes a referent of its own, with the mentions and claims that are worded so; pronouns and
    descriptions stay with the first.
    """
    for group in decisions.different:
        sides = [Selector.read(text) for text in group]
        sides = [side for side in sides if side.article in (None, reading.article)]
        for referent in reading.referents:
            reading = _part(reading, referent, sides)
    return reading


def _part(reading: Reading, referent: Referent, sides: Sequence[Selector]) -> Reading:
    wanted = {side.words for side in sides if side.words}
    sides_of = {name: split_words(name) for name in (referent.name, *referent.aliases)}
    found = {words for words in sides_of.values() if words in wanted}
    if len(found) < 2:
        return reading
    own = split_words(referent.name)
    stays = max(sorted(found), key=lambda words: (words == own, len(set(words) & set(own))))
    rest, claims = referent, reading.claims
    parts: list[Referent] = []
    for words in sorted(found - {stays}):
        names = sorted(name for name, side in sides_of.items() if side == words)
        key = f"{referent.key}~{slug(names[0])}"
        places = _places(claims, referent.key, words)
        claims = tuple(_moved(claim, referent.key, key, words) for claim in claims)
        parts.append(
            replace(
                referent,
                key=key,
                name=names[0],
                aliases=tuple(names[1:]),
                mentions=places,
                descriptions=(),
                rungs=("told apart",) * len(places),
            )
        )
        rest = _without(rest, names, places)
    others = (other for other in reading.referents if other.key != referent.key)
    referents = sorted([*others, rest, *parts], key=lambda r: r.key)
    return replace(reading, referents=tuple(referents), claims=claims)


def _without(referent: Referent, names: Sequence[str], places: Sequence[Span]) -> Referent:
    left = [name for name in (referent.name, *referent.aliases) if name not in names]
    reasons = referent.rungs or ("",) * len(referent.mentions)
    kept = [(m, r) for m, r in zip(referent.mentions, reasons, strict=True) if m not in places]
    return replace(
        referent,
        name=left[0],
        aliases=tuple(left[1:]),
        mentions=tuple(mention for mention, _ in kept),
        rungs=tuple(reason for _, reason in kept) if referent.rungs else (),
    )


def _places(claims: Sequence[Claim], key: str, words: Words) -> tuple[Span, ...]:
    """Where claims speak of the referent in these words."""
    found = {claim.subject_span for claim in claims if claim.subject == key}
    found |= {claim.object_span for claim in claims if claim.object == Ref(key)}
    texts = {span: _text(claim, span) for claim in claims for span in (claim.subject_span, claim.object_span)}
    return tuple(sorted(span for span in found if span is not None and split_words(texts[span]) == words))


def _moved(claim: Claim, old: str, new: str, words: Words) -> Claim:
    """The claim with its subject or object turned to the new referent, where it is worded so."""
    if claim.subject == old and split_words(_text(claim, claim.subject_span)) == words:
        claim = replace(claim, subject=new)
    if claim.object == Ref(old) and split_words(_text(claim, claim.object_span)) == words:
        claim = replace(claim, object=Ref(new))
    return claim


def _text(claim: Claim, span: Span | None) -> str:
    """The characters of a span as far as the claim's own sentence holds them."""
    if span is None or span.start < claim.sentence.start:
        return ""
    return claim.quote[span.start - claim.sentence.start : span.end - claim.sentence.start]
