"""What a check of a graph found: plain values. Nothing is decided here about who is right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model import Claim


class Severity(StrEnum):
    """How bad a finding is, after SHACL's sh:Violation, sh:Warning and sh:Info; the worst first."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the facts a finding is about, in words, and the sentences behind it.

    For an inferred fact these are the sentences of its premises. `claims` are sorted by article and place.
    """

    statement: str  # "S1 available from 2025-11"
    claims: tuple[Claim, ...]
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """Facts that cannot all be right, or a fact that cannot be right at all: `sides` shows each with its sentences."""

    severity: Severity
    rule: str  # name of the shape ("FoundedOnce"), "range of acquires", "asserted and denied" …
    entity: str  # Entity.id of what it is about
    message: str
    sides: tuple[Side, ...]

    def __str__(self) -> str:
        return f"{self.severity}: {self.entity}: {self.message}"
