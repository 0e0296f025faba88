"""Calendar dates and spans of two of them: which printed dates count as dates where they stand, and which day they mean.

Numeric forms follow ISO 8601-1:2019. A date without a year is settled by a `Reference`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.values import periods
from kg.extract.values.lexicon import Lexicon
from kg.extract.values.numbers import labels_something, stands_free
from kg.extract.values.periods import Period
from kg.extract.values.printed import (
    DASHES,
    YEAR,
    Raw,
    day_number,
    month_at,
    raw_at,
    short_year,
    year_after,
    year_number,
)
from kg.extract.values.reference import Dated, Reference, dated
from kg.extract.values.tokens import MARK, NUMBER, WORD, Tokens, at, capital

_EARLY = 1900  # a bare number below needs a preposition to be a year
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})|([0-9]{4})\.([0-9]{2})\.([0-9]{2})")
_JOINS = frozenset(("to", "through", "until", "till"))


def date_at(tokens: Tokens, i: int, reference: Reference) -> Dated | None:
    """The calendar date or span of dates that starts at token `i`."""
    lex = reference.lex
    between = i > 0 and tokens[i - 1].low == "between"
    numeric = numeric_at(tokens, i)
    if numeric is not None:
        return numeric
    raw = raw_at(tokens, i, lex)
    if raw is None:
        return _day_range_first(tokens, i, reference)
    if raw.year is None and raw.kind in ("day", "month", "quarter", "half"):
        end, year = year_of(tokens, raw.end, reference)
        raw = replace(raw, end=end, year=year)
    span = _span(tokens, i, raw, between, reference)
    if span is not None:
        return span
    if not _stands(tokens, i, raw, lex):
        return None
    return settle(raw, tokens, i, reference)


def numeric_at(tokens: Tokens, i: int) -> Dated | None:
    """ "2025-11-27", "2025/11/27", "27.11.2025", "27/11/2025"; of "03/04/2025" only the year is certain."""
    token = tokens[i]
    if token.kind != NUMBER or not stands_free(tokens, i):
        return None
    dotted = _DOTTED.fullmatch(token.text)
    if dotted:
        d, m, y, y2, m2, d2 = dotted.groups()
        return _whole(i + 1, int(y or y2), int(m or m2), int(d or d2))
    parts = tokens[i : i + 5]
    if len(parts) < 5 or not all(part.glued for part in parts[1:]) or parts[1].text not in "-/\u2011":
        return None
    if parts[3].text != parts[1].text or not all(part.text.isdigit() for part in parts[::2]):
        return None
    if any(len(part.text) > 4 for part in parts[::2]):
        return None
    after = at(tokens, i + 5)
    if after is not None and after.glued and (after.kind == NUMBER or after.text in "-/"):
        return None
    first, second, third = (int(part.text) for part in parts[::2])
    if len(parts[0].text) == 4:
        return _whole(i + 5, first, second, third)
    if len(parts[4].text) != 4 or not YEAR.fullmatch(parts[4].text):
        return None
    if first <= 12 and second <= 12 and first != second:
        return dated(i + 5, periods.year(third))
    return _whole(i + 5, third, *((second, first) if first > 12 else (first, second)))


def _whole(end: int, year: int, month: int, day: int) -> Dated | None:
    period = periods.day_of(year, month, day)
    return dated(end, period) if period else None


def year_of(tokens: Tokens, i: int, reference: Reference) -> tuple[int, int | None]:
    """(end, year) of the words after a month or quarter that say its year: "last year", "of this year", "of the year"."""
    of = at(tokens, i)
    j = i + 1 if of is not None and of.low in ("of", "in") else i
    word, noun = at(tokens, j), at(tokens, j + 1)
    if word is None:
        return i, None
    year = year_number(tokens, j) if j > i else None
    if year is not None:
        return j + 1, year
    if noun is None or noun.low != "year" or reference.today is None:
        return i, None
    if word.low == "the" and j > i:
        return j + 2, reference.today.year
    step = reference.lex.direction.get(word.low)
    year = reference.today.year + step if step is not None and word.low != "past" else None
    return (j + 2, year) if year is not None and 0 < year < 10000 else (i, None)


def _span(tokens: Tokens, i: int, raw: Raw, between: bool, reference: Reference) -> Dated | None:
    """Two dates that bound a time: "January to March 2025", "2019-2023", "May 3-5", "2023/24"."""
    lex = reference.lex
    if raw.kind == "year" and raw.year is not None:
        season = short_year(tokens, raw.end, raw.year)
        if season is not None:
            return dated(season[1], periods.between(periods.year(raw.year), periods.year(season[0])))
    days = _days_of_onemonth_at(tokens, i, raw, lex)
    if days is not None:
        first, last = days
    else:
        j = _join(tokens, raw.end, between)
        if j is None:
            return None
        second = raw_at(tokens, j, lex, inside=True) if j < len(tokens) else None
        if second is None or second.kind != raw.kind or raw.weekday is not None:
            return None
        first, last = raw, second
    if first.year is None and last.year is not None:
        before = (first.number or 0) > (last.number or 0)
        first = replace(first, year=last.year - 1 if before else last.year)
    end = settle(last, tokens, i, reference)
    if end.period is None:
        return None
    if first.year is None:
        year = end.period.first.year
        before = (first.number or 0) > (last.number or 0)
        first = replace(first, year=year - 1 if before else year)
    start = settle(first, tokens, i, reference)
    if start.period is None or start.period.first > end.period.first:
        return None
    return dated(last.end, periods.between(start.period, end.period))


def _days_of_onemonth_at(tokens: Tokens, i: int, raw: Raw, lex: Lexicon) -> tuple[Raw, Raw] | None:
    """ "May 3-5, 2025" and "3-5 May 2025"."""
    if raw.kind == "day" and raw.year is None:
        j = _join(tokens, raw.end, False)
        day = day_number(tokens, j) if j is not None else None
        if day is None or tokens[i].kind != WORD or (raw.day or 0) >= day[0]:
            return None
        if at(tokens, day[1]) is not None and month_at(tokens, day[1], lex) is not None:
            return None
        year = year_after(tokens, day[1], comma=True)
        last = replace(raw, day=day[0], end=year[1] if year else day[1], year=year[0] if year else None)
        return raw, last
    return None


def _day_range_first(tokens: Tokens, i: int, reference: Reference) -> Dated | None:
    """ "3-5 May 2025", "3 to 5 May"."""
    if tokens[i].kind != NUMBER or not stands_free(tokens, i):
        return None
    day = day_number(tokens, i)
    j = _join(tokens, day[1], False) if day is not None else None
    last = raw_at(tokens, j, reference.lex, inside=True) if j is not None and j < len(tokens) else None
    if day is None or last is None or last.kind != "day" or (last.day or 0) <= day[0]:
        return None
    end = settle(last, tokens, i, reference)
    if end.period is None:
        return None
    start = end.period.first.replace(day=day[0])
    return dated(last.end, periods.between(periods.day(start), end.period))


def _join(tokens: Tokens, i: int, between: bool) -> int | None:
    token = at(tokens, i)
    if token is None:
        return None
    if token.low in _JOINS or (between and token.low == "and"):
        return i + 1
    if token.kind == MARK and token.text in DASHES and i + 1 < len(tokens):
        tight = token.glued and tokens[i + 1].glued
        return i + 1 if tight or (token.text != "—" and not token.glued) else None
    return None


def _stands(tokens: Tokens, i: int, raw: Raw, lex: Lexicon) -> bool:
    """False for what only looks like a date where it stands: the verb "may", "Office 2019", "Audi Q3"."""
    if raw.kind == "month" and raw.year is None:
        return _month_alone(tokens, i, raw, lex)
    if raw.kind == "year":
        return _year_alone(tokens, i, raw, lex)
    if raw.kind == "day" and raw.year is None and tokens[i].kind == NUMBER:
        return not labels_something(tokens, i, lex)
    if raw.kind in ("quarter", "half") and raw.year is None:
        if tokens[i].text in ("Q", "H"):
            return not labels_something(tokens, i, lex)
        following = at(tokens, raw.end)
        return not (raw.kind == "half" and following is not None and following.low == "of")
    return True


def _month_alone(tokens: Tokens, i: int, raw: Raw, lex: Lexicon) -> bool:
    token, after = tokens[i], at(tokens, raw.end)
    if token.low not in lex.month_also_name:
        return True
    before = tokens[i - 1].low if i else ""
    if before == "-" and i > 1:  # mid-May
        before = tokens[i - 2].low
    name_follows = after is not None and not after.glued and capital(after) and after.low not in lex.weekday
    if before in lex.month_preposition:
        return True
    if before in lex.weak_preposition:
        return not name_follows
    return after is not None and after.low in lex.period_noun


def _year_alone(tokens: Tokens, i: int, raw: Raw, lex: Lexicon) -> bool:
    before, after = at(tokens, i - 1), at(tokens, i + 1)
    preposition = before is not None and before.low in lex.year_preposition
    if raw.year is not None and raw.year < _EARLY and not preposition:
        return False
    if after is not None:
        if after.low in lex.clock_word or (after.kind == NUMBER and after.text.isdigit() and not preposition):
            return False
        if after.text in DASHES + "/:" and after.glued and i + 2 < len(tokens) and tokens[i + 2].glued:
            return tokens[i + 2].kind == WORD
        street = at(tokens, i + 2)
        if capital(after) and street is not None and street.low in lex.street_word and capital(street):
            return False
    if before is None or preposition:
        return True
    if before.kind == NUMBER or before.text in ("$", "€", "£", "¥"):
        return False
    if before.low in ("to", "at") and any(
        token.low in lex.change_verb for token in tokens[max(0, i - 4) : i]
    ):
        return False
    return not labels_something(tokens, i, lex)


def settle(raw: Raw, tokens: Tokens, i: int, reference: Reference, lean: int | None = None) -> Dated:
    """Give a date its year: the one printed, else the one that suits the article's date and the tense before token `i`.

    A `lean` overrules the tense.
    """
    if raw.year is not None:
        return dated(raw.end, _period(raw, raw.year, reference.lex))
    today = reference.today
    if today is None:
        return Dated(raw.end, None, _yearless(raw))
    lean = reference.lean(tokens, i) if lean is None else lean
    after = at(tokens, raw.end)
    if lean == 0 and raw.kind == "month" and after is not None and after.low in reference.lex.period_noun:
        lean = -1  # March sales
    years = [year for year in range(today.year - 3, today.year + 4) if 0 < year < 10000]
    candidates: list[Period | None] = [_period(raw, year, reference.lex) for year in years]
    if raw.weekday is not None:
        same: list[Period | None] = [p for p in candidates if p and p.first.isoweekday() == raw.weekday]
        candidates = same or candidates
        lean = 0
    return dated(raw.end, periods.nearest(candidates, today, lean))


def _period(raw: Raw, year: int, lex: Lexicon) -> Period | None:
    number = raw.number or 1
    match raw.kind:
        case "day":
            return periods.day_of(year, number, raw.day or 1)
        case "month":
            return periods.month(year, number)
        case "quarter":
            return (
                periods.fiscal(year, quarter_number=number) if raw.fiscal else periods.quarter(year, number)
            )
        case "half":
            return periods.fiscal(year, half_number=number) if raw.fiscal else periods.half(year, number)
        case "fiscal":
            return periods.fiscal(year)
        case "season":
            return periods.season(year, "autumn" if raw.name == "fall" else raw.name, lex.season[raw.name])
        case "decade":
            return periods.decade(year)
        case _:
            return periods.year(year)


def _yearless(raw: Raw) -> str | None:
    if raw.kind == "day":
        return f"--{raw.number:02}-{raw.day:02}"
    return f"--{raw.number:02}" if raw.kind == "month" else None
