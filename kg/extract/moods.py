"""What rules and the typing head together say of a statement's mood.

Rules read the mood where the words that carry it stand in the tree; the head has seen pairs of phrases in whole sentences. They
err in different ways: rules take a neighbour's "will" or "not" for the pair's own, and miss futures that no word of theirs
marks ("the fair opens in Leuven in April"). The thresholds were chosen on marked articles that the head has not been
trained on; `docs/mood.md` has what each of them mends and breaks there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kg.extract.pipeline.corpora.relations import ASSERTED, DENIED
from kg.model import Modality, Polarity

HEDGED = 0.5  # all hedged moods together: from here a plain statement is hedged
REFUSED = 0.5  # from here a plain proposal of the head's own is denied
PLAIN = 0.7  # from here a proposal of the head's own that rules have hedged is plain after all
UPHELD = 0.6  # the same for one that rules have denied


class Mood(NamedTuple):
    """Polarity and modality of a statement."""

    polarity: Polarity
    modality: Modality


def settled(read: Mood, moods: Mapping[str, float], learned: bool) -> Mood:
    """The mood to keep of one that rules have read and the head's probabilities of each mood.

    What rules of clauses say of their own clause stands, save that the head may hedge what they take for plain; of the head's
    own proposals (*learned*), whose place in the tree is a guess, it may also take a denial or a hedge back.

    >>> settled(Mood(Polarity.POSITIVE, Modality.ASSERTED), {"planned": 0.7, "asserted": 0.3}, learned=False).modality.value
    'planned'
    >>> settled(Mood(Polarity.NEGATIVE, Modality.ASSERTED), {"asserted": 0.9, "denied": 0.1}, learned=True).polarity.value
    'positive'
    """
    plain = moods.get(ASSERTED, 0.0)
    if read.polarity is Polarity.NEGATIVE:
        return Mood(Polarity.POSITIVE, Modality.ASSERTED) if learned and plain >= UPHELD else read
    if read.modality is not Modality.ASSERTED:
        return Mood(read.polarity, Modality.ASSERTED) if learned and plain >= PLAIN else read
    hedges = {mood: share for mood, share in sorted(moods.items()) if mood not in (ASSERTED, DENIED)}
    if sum(hedges.values()) >= HEDGED:
        return Mood(read.polarity, Modality(max(hedges, key=lambda mood: hedges[mood])))
    if learned and moods.get(DENIED, 0.0) >= REFUSED:
        return Mood(Polarity.NEGATIVE, read.modality)
    return read
