"""The article's own date: a dateline ("LONDON, 27 November 2025 -"), a published line, or a line that is little else than a date."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from kg.extract.values.dates import numeric_at
from kg.extract.values.lexicon import Lexicon, Words, lexicon
from kg.extract.values.printed import Raw, raw_at
from kg.extract.values.tokens import MARK, NUMBER, WORD, Tokens, at, capital, is_mark, runs
from kg.model import Span

_LINES = 6  # at either end of the text
_WORDS_BESIDE = 4  # words a date line may have beside its date
_PLACE = 7  # tokens of a place name before a dateline's date
_DATELINE_REACH = 400  # tokens of a line searched for a dateline, behind a photo's caption
_LONGEST_LINE = 4000  # characters looked at


class _Candidate(NamedTuple):
    rank: int  # 0 published line, 1 dateline, 2 line of a date, 3 byline, 4 updated line
    place: int
    span: Span
    year: int | None
    month: int
    day: int


def article_date(text: str, words: Words) -> tuple[Span, dt.date] | None:
    """The day the article says it was written or published, and where it says so; None where it does not.

    Only the first and last six non-empty lines are looked at, and only dates with a day count. A dateline without a year
    ("June 3 (Reuters) -") takes the year of the nearest full date of the text; without one it is no date. A copyright year is none.

    >>> article_date("LONDON, 27 November 2025 - Sales rose.", ontology.words)  # doctest: +SKIP
    (Span(8, 24), datetime.date(2025, 11, 27))
    """
    lex = lexicon(words)
    found: list[_Candidate] = []
    for place, (offset, line, head) in enumerate(_edge_lines(text)):
        found += _in_line(line, offset, place, head, lex)
    for candidate in sorted(found):
        date = _completed(candidate, text, lex)
        if date is not None:
            return candidate.span, date
    return None


def _edge_lines(text: str) -> list[tuple[int, str, bool]]:
    lines: list[tuple[int, str]] = []
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((offset, line[:_LONGEST_LINE]))
        offset += len(line) + 1
    head = [(start, line, True) for start, line in lines[:_LINES]]
    tail = [(start, line, False) for start, line in lines[_LINES:][-_LINES:]]
    return head + tail


def _in_line(line: str, offset: int, place: int, head: bool, lex: Lexicon) -> list[_Candidate]:
    tokens = next(runs(line), [])[:_DATELINE_REACH]
    start = _first_word(tokens)
    cue = lex.published.match(tokens, start) if start < len(tokens) else None
    for i in range(len(tokens)):
        read = _full_day(tokens, i, lex)
        if read is None:
            continue
        end, year, month, day = read
        span = Span(offset + tokens[i].start, offset + tokens[end - 1].end)
        beside = sum(token.kind == WORD and len(token.text) > 1 for token in tokens[:i] + tokens[end:])
        rank = None
        if cue is not None and cue[1] and i - cue[0] <= 2 * _WORDS_BESIDE and year is not None:
            rank = {"published": 0, "byline": 3, "updated": 4}[cue[1]]
        elif head and _is_dateline(tokens, i, end):
            rank = 1
        elif year is not None and beside <= _WORDS_BESIDE and _apart(tokens, i) and not _is_copyright(tokens):
            rank = 2
        if rank is not None and (head or rank != 3):
            return [_Candidate(rank, place, span, year, month, day)]
        if not head:
            return []
    return []


def _first_word(tokens: Tokens) -> int:
    i = 0
    while i < len(tokens) and tokens[i].kind == MARK and tokens[i].text in "*#_-–—>|(•[":
        i += 1
    return i


def _full_day(tokens: Tokens, i: int, lex: Lexicon) -> tuple[int, int | None, int, int] | None:
    """(end, year, month, day) of a date with a day at token `i`."""
    if tokens[i].kind == NUMBER:
        numeric = numeric_at(tokens, i)
        if numeric is not None and numeric.period is not None and numeric.period.unit == "day":
            date = numeric.period.first
            return numeric.end, date.year, date.month, date.day
    elif tokens[i].low not in lex.month and tokens[i].low not in lex.weekday_short:
        return None
    raw: Raw | None = raw_at(tokens, i, lex)
    if raw is None or raw.kind != "day" or raw.number is None or raw.day is None:
        return None
    return raw.end, raw.year, raw.number, raw.day


def _is_dateline(tokens: Tokens, i: int, end: int) -> bool:
    """A place in capitals or an agency in brackets round the date, and a dash after it."""
    j = end
    agency = is_mark(tokens, j, "(/")
    if agency:
        close = next((k for k in range(j + 1, min(j + 8, len(tokens))) if tokens[k].text in ")/"), None)
        if close is None:
            return False
        j = close + 1
    dash = is_mark(tokens, j, "-–—:") and not (
        tokens[j].glued and j + 1 < len(tokens) and tokens[j + 1].glued
    )
    opens = i == 0 or (is_mark(tokens, i - 1, ",") and _capital_place(tokens, i - 1))
    return opens and (agency or dash)


def _capital_place(tokens: Tokens, comma: int) -> bool:
    """True when the words before the comma are a place as datelines print it: at the line's start, or in capitals."""
    i = comma - 1
    while i >= 0 and comma - i <= _PLACE and (capital(tokens[i]) or tokens[i].text in ",.-'’/"):
        if i == 0:
            return True
        i -= 1
    last = at(tokens, comma - 1)
    return last is not None and last.kind == WORD and len(last.text) > 2 and last.text.isupper()


def _apart(tokens: Tokens, i: int) -> bool:
    """True when no word leads up to the date: it opens the line, or a mark stands before it ("Ana Ruiz | 3 May 2025")."""
    return i == 0 or tokens[i - 1].kind == MARK


def _is_copyright(tokens: Tokens) -> bool:
    return any(token.text == "©" or token.low == "copyright" for token in tokens)


def _completed(candidate: _Candidate, text: str, lex: Lexicon) -> dt.date | None:
    year = candidate.year
    if year is None:
        year = _year_of_nearest_date(candidate, text, lex)
    try:
        return dt.date(year, candidate.month, candidate.day) if year is not None else None
    except ValueError:
        return None


def _year_of_nearest_date(candidate: _Candidate, text: str, lex: Lexicon) -> int | None:
    """The year of the full date of the text that lies closest in the calendar to the dateline's day; the later, of two."""
    best: tuple[int, int] | None = None
    for tokens in runs(text):
        for i, token in enumerate(tokens):
            if token.kind != NUMBER and token.low not in lex.month:
                continue
            read = _full_day(tokens, i, lex)
            if read is None or read[1] is None:
                continue
            try:
                apart = abs(
                    (dt.date(2000, read[2], read[3]) - dt.date(2000, candidate.month, candidate.day)).days
                )
            except ValueError:
                continue
            distance = (min(apart, 366 - apart), -read[1])
            best = distance if best is None else min(best, distance)
    return None if best is None else -best[1]
