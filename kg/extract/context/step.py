"""One step from a clause or event to the word that governs it, and what it does to the mood below."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.model import Modality

ASSERTED = Modality.ASSERTED


@dataclass(frozen=True, slots=True)
class Link:
    """One step up the tree: what the governor adds, and which of the things above it still reach down here."""

    modality: Modality = ASSERTED
    negative: bool = False
    speaker: Token | None = None
    report: bool = False  # the governor reports what stands below it
    negation: bool = True  # denials above reach down
    mood: bool = True  # hedges above reach down
    future_only: bool = False  # … but only those about the future
    voice: bool = True  # sources above reach down
    own_negation: bool = True  # the next clause's own denial reaches down (coordination)
    own_mood: bool = True
    open: bool = False  # where the governor is denied, what stands below is left open


OPEN = Link()
CLOSED = Link(negation=False, mood=False)
SEALED = Link(negation=False, mood=False, voice=False)
