"""What a date without a year is resolved against: the article's own date, the tense before it, the date named last."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from kg.extract.values.lexicon import Lexicon
from kg.extract.values.periods import Period
from kg.extract.values.tokens import MARK, WORD, Tokens

_LOOK_BACK = 12  # tokens
_MEMORY = 300  # characters over which "the following year" finds its year
_NO_PAST = frozenset(("need", "speed", "feed", "red", "bed", "hundred", "indeed", "seed", "fed"))


class Dated(NamedTuple):
    """A date read from tokens, up to token `end`. `period` is None where the year stays unknown; `iso` may still say the day."""

    end: int
    period: Period | None
    iso: str | None
    approximate: bool = False


def dated(end: int, period: Period | None, *, approximate: bool = False) -> Dated:
    """A date that is this period, or one that could not be resolved."""
    return Dated(end, period, period.iso if period else None, approximate)


class Reference:
    """The article's date and the last date read; one for each text."""

    def __init__(self, today: dt.date | None, lex: Lexicon) -> None:
        self.today = today
        self.lex = lex
        self._period: Period | None = None
        self._offset = 0

    def remember(self, period: Period, offset: int) -> None:
        """Note the date just read and where it ended."""
        self._period, self._offset = period, offset

    def recent(self, offset: int) -> Period | None:
        """The date named shortly before `offset`, or None."""
        return self._period if offset - self._offset <= _MEMORY else None

    def lean(self, tokens: Tokens, i: int) -> int:
        """Where the words of the sentence before token `i` put it: 1 ahead of the article's date, -1 at or before it, 0 unsaid."""
        for j in range(i - 1, max(-1, i - 1 - _LOOK_BACK), -1):
            token = tokens[j]
            if token.kind == MARK and token.text in ".!?;":
                return 0
            if token.kind != WORD or (token.low == "by" and j < i - 2):
                continue  # "rose by 3% in May" says how much, "by May" till when
            pair = f"{token.low} {tokens[j + 1].low}"
            if token.low in self.lex.future_cue or pair in self.lex.future_cue:
                before = tokens[j - 1].low if j else ""
                return 0 if before in ("was", "were", "been", "had") else 1
            if token.low in self.lex.past_cue:
                return -1
            if j and tokens[j - 1].low in ("be", "being"):
                continue  # will be launched
            if token.low.endswith("ed") and token.low not in _NO_PAST and len(token.low) > 3:
                return -1
        return 0
