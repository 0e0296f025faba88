"""What rules and the typing head together say of a claim's mood.

Rules read the mood where the words that carry it stand in the tree; the head has seen pairs of phrases in whole sentences.
They err in different ways: rules take a neighbour's "will" or "not" for the pair's own, and miss futures that no word of
theirs marks. The bounds were chosen on marked articles, some of them unseen by the head, and on the bank's short
sentences; docs/mood.md has what they mend and break there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract.overlaps import same_words
from kg.extract.pipeline.corpora.relations import ASSERTED, DENIED
from kg.model import Claim, Modality, Polarity

HEDGED = 0.5  # all hedged moods together: from here a plain proposal of the head's own is hedged
OVERHEARD = 0.55  # the same for what a rule has read
NO_PURPOSE = 0.8  # "asserted": from here what a rule took for a purpose in a long sentence is plain
REFUSED = 0.5  # from here a plain proposal is denied
UPHELD = 0.6  # "asserted": from here a proposal that rules have denied is affirmed
PLAIN = 0.75  # the same for one they have hedged
LONG = 18  # words; in a shorter sentence there is hardly another clause that "not" could belong to …
CERTAIN = 0.9  # … and it takes this much to overrule the rules


def settle(claims: Sequence[Claim], moods: Mapping[int, Mapping[str, float]], proposed: str) -> list[Claim]:
    """The claims in the moods to keep, given the head's probabilities of each by their places.

    Those of the rule *proposed* are the head's own; what a rule has denied of the same two phrases stays denied: "has never
    produced 500 cars" is no output of 500 cars. Open relations keep their mood.
    """
    denied = [c for c in claims if c.polarity is Polarity.NEGATIVE and c.rule != proposed]
    found = list(claims)
    for index, shares in moods.items():
        claim = claims[index]
        if claim.open:
            continue
        learned = claim.rule == proposed
        found[index] = settled(claim, shares, learned)
        if learned and any(same_words(claim, other) for other in denied):
            found[index] = replace(found[index], polarity=Polarity.NEGATIVE)
    return found


def settled(claim: Claim, moods: Mapping[str, float], learned: bool) -> Claim:
    """The claim in the mood to keep, given the head's probability of each mood.

    What rules of clauses say of their own clause stands, save that the head may hedge what they take for plain, and make
    plain what only hangs on the wrong clause of a long sentence: "aimed at turning heads, unveiling the S1". Of its own
    proposals (*learned*), whose place in the tree is a guess, it may take back any hedge or denial.

    >>> settled(claim, {"planned": 0.7, "asserted": 0.3}, learned=False).modality.value   # a plain claim
    'planned'
    """
    plain = moods.get(ASSERTED, 0.0)
    if claim.polarity is Polarity.NEGATIVE or claim.modality is not Modality.ASSERTED:
        short = len(claim.quote.split()) < LONG
        denied = claim.polarity is Polarity.NEGATIVE
        bound = CERTAIN if short else UPHELD if denied else PLAIN
        misplaced = claim.modality is Modality.INTENDED and not denied and not short and plain >= NO_PURPOSE
        if (plain >= bound) if learned else misplaced:
            return replace(claim, polarity=Polarity.POSITIVE, modality=Modality.ASSERTED)
        return claim
    hedges = {mood: share for mood, share in sorted(moods.items()) if mood not in (ASSERTED, DENIED)}
    if sum(hedges.values()) >= (HEDGED if learned else OVERHEARD):
        return replace(claim, modality=Modality(max(hedges, key=lambda mood: hedges[mood])))
    if learned and moods.get(DENIED, 0.0) >= REFUSED:
        return replace(claim, polarity=Polarity.NEGATIVE)
    return claim
