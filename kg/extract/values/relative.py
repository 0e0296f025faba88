"""Dates told from another date: "yesterday", "last month", "two years ago", "the past five years", "the quarter ended June 30"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from kg.extract.values import periods
from kg.extract.values.dates import settle, year_of
from kg.extract.values.numbers import number_at
from kg.extract.values.periods import Period
from kg.extract.values.printed import Raw, raw_at
from kg.extract.values.reference import Dated, Reference, dated
from kg.extract.values.tokens import NUMBER, WORD, Tokens, at, capital, is_mark, sentence_start

_HOURS = 24
_SHORT = frozenset(("hour", "minute"))
_MOST = 5000  # units; more is a figure of speech
_FORTNIGHT = ("week", 2)


def relative_at(tokens: Tokens, i: int, reference: Reference) -> Dated | None:
    """The relative date that starts at token `i`; its `period` is None where the article's date is unknown."""
    token = tokens[i]
    if token.glued and i and tokens[i - 1].kind == WORD:
        return None
    readers = _OF_NUMBERS if token.kind == NUMBER else _OF_WORDS if token.kind == WORD else ()
    readings = [read(tokens, i, reference) for read in readers]
    return max((found for found in readings if found is not None), key=lambda found: found.end, default=None)


def _named_day(tokens: Tokens, i: int, reference: Reference) -> Dated | None:
    """ "today", "tomorrow morning", "Friday", "Tuesday evening"."""
    lex, token, today = reference.lex, tokens[i], reference.today
    offset, weekday = lex.relative_day.get(token.low), lex.weekday.get(token.low)
    if offset is not None:
        if capital(token) and not sentence_start(tokens, i):
            return None  # USA Today
        day = periods.plus_days(today, offset) if today else None
    elif weekday is not None and capital(token):
        for near in (i - 1, i + 1):
            other = at(tokens, near)
            if other is not None and capital(other) and other.low in lex.named_weekday:
                return None
        day = _weekday(weekday, reference.lean(tokens, i), reference)
    else:
        return None
    end = i + 1
    after = at(tokens, end)
    if after is not None and after.low in lex.time_of_day:
        end += 1
    return dated(end, periods.day(day) if day else None)


def _weekday(number: int, lean: int, reference: Reference) -> dt.date | None:
    if reference.today is None:
        return None
    ahead = (number - reference.today.isoweekday()) % 7
    return periods.plus_days(reference.today, ahead if lean > 0 or ahead == 0 else ahead - 7)


def _directed(tokens: Tokens, i: int, reference: Reference) -> Dated | None:
    """ "last year", "this Friday", "next March", "the past five years", "this summer"."""
    lex, today = reference.lex, reference.today
    direction = lex.direction.get(tokens[i].low)
    noun = at(tokens, i + 1)
    if direction is None or noun is None or noun.glued:
        return None
    several = _several(tokens, i, direction, reference)
    if several is not None:
        return several
    found = lex.period.match(tokens, i + 1)
    if found is not None:
        end, unit = found
        if unit in _SHORT or unit == "day" or tokens[end - 1].low.endswith("s"):
            return None
        if today is None:
            return dated(end, None)
        if tokens[i].low == "past":
            return dated(end, _rolling(unit, -1, reference))
        date = periods.moved(today, unit, direction)
        return dated(end, periods.around(date, unit) if date else None)
    if not capital(noun) and noun.low not in lex.season:
        return None
    return _directed_name(tokens, i, direction, reference)


def _directed_name(tokens: Tokens, i: int, direction: int, reference: Reference) -> Dated | None:
    lex, today = reference.lex, reference.today
    name = tokens[i + 1].low
    end = i + 2
    candidates: list[Period | None]
    if name in lex.weekday:
        after = at(tokens, end)
        end += after is not None and after.low in lex.time_of_day
        if today is None:
            return dated(end, None)
        days = [periods.plus_days(today, offset) for offset in range(-7, 8)]
        candidates = [
            periods.day(day) for day in days if day is not None and day.isoweekday() == lex.weekday[name]
        ]
    elif today is None:
        return dated(end, None) if name in lex.month or name in lex.season else None
    elif name in lex.month:
        years = (today.year + step for step in (-1, 0, 1))
        candidates = [periods.month(year, lex.month[name]) for year in years if 0 < year < 10000]
    elif name in lex.season:
        years = (today.year + step for step in (-1, 0, 1))
        candidates = [periods.season(y, name, lex.season[name]) for y in years if 0 < y < 10000]
    else:
        return None
    if direction < 0:
        candidates = [period for period in candidates if period is not None and period.last < today]
    elif direction > 0:
        candidates = [period for period in candidates if period is not None and period.first > today]
    return dated(end, periods.nearest(candidates, today, 1 if direction == 0 and name in lex.weekday else 0))


def _season_or_holiday(tokens: Tokens, i: int, reference: Reference) -> Dated | None:
    """ "in the autumn", "by spring", "before Christmas": with a preposition before it and no noun behind."""
    lex, name = reference.lex, tokens[i].low
    season, holiday = lex.season.get(name), lex.holiday.get(name)
    before = at(tokens, i - 1 - (i > 1 and season is not None and tokens[i - 1].low == "the")) if i else None
    after = at(tokens, i + 1)
    goes_on = after is not None and after.kind == WORD and after.low not in lex.phrase_end
    placing = before is not None and before.low in lex.month_preposition | lex.weak_preposition | {
        "at",
        "over",
    }
    if (
        (season is None and holiday is None)
        or not placing
        or goes_on
        or (after is not None and after.glued and after.text == "-")
    ):
        return None
    if season is not None and (after is not None and after.low in ("of", "in")):
        return None  # "in the fall of the wall"
    if holiday is not None and not capital(tokens[i]):
        return None
    today, lean = reference.today, reference.lean(tokens, i)
    if today is None or not (season or holiday):
        return dated(i + 1, None)
    years = [year for year in range(today.year - 1, today.year + 2) if 0 < year < 10000]
    found: list[Period | None]
    if season is not None:
        found = [periods.season(year, "autumn" if name == "fall" else name, season) for year in years]
    else:
        month, _, day = (holiday or "").partition("-")
        found = [periods.day_of(year, int(month), int(day)) for year in years]
    return dated(i + 1, periods.nearest(found, today, lean))


def _several(tokens: Tokens, i: int, direction: int, reference: Reference) -> Dated | None:
    """ "the last two years": from so long ago until now, in the unit's own precision."""
    counted = _count(tokens, i + 1, reference)
    if counted is None or direction == 0:
        return None
    count, j = counted
    found = reference.lex.period.match(tokens, j)
    if found is None or found[1] == "half":
        return None
    if count is None or reference.today is None or found[1] in _SHORT:
        return Dated(found[0], None, None, approximate=count is None)
    return dated(found[0], _rolling(found[1], direction * count, reference))


def _rolling(unit: str, count: int, reference: Reference) -> Period | None:
    today = reference.today
    if today is None:
        return None
    if unit == "fortnight":
        unit, count = "week", 2 * count
    far = periods.moved(today, unit, count)
    here, there = periods.around(today, unit), periods.around(far, unit) if far else None
    if here is None or there is None:
        return None
    return periods.between(there, here) if count < 0 else periods.between(here, there)


def _count(tokens: Tokens, i: int, reference: Reference) -> tuple[int | None, int] | None:
    """(number or None for "a few", index after it) of the count at token `i`."""
    token = at(tokens, i)
    if token is None:
        return None
    article = token.low in ("a", "an")
    j = i + 1 if article else i
    vague = at(tokens, j)
    if vague is not None and vague.low in reference.lex.vague_count:
        of = at(tokens, j + 1)
        return None, j + 2 if of is not None and of.low == "of" else j + 1
    number = number_at(tokens, i, reference.lex)
    if number is not None and number.value == number.value.to_integral_value() and 0 < number.value <= _MOST:
        return int(number.value), number.end
    return (1, j) if article else None


def _counted_back(tokens: Tokens, i: int, reference: Reference) -> Dated | None:
    """ "two years ago", "a decade ago", "five months from now", "a year earlier"."""
    counted = _count(tokens, i, reference)
    if counted is None:
        return None
    count, j = counted
    found = reference.lex.period.match(tokens, j)
    if found is None:
        return None
    j, unit = found
    if is_mark(tokens, j, "'’", glued=True):
        j += 1
    word, after = at(tokens, j), at(tokens, j + 1)
    if word is None:
        return None
    if word.low == "ago":
        return _from_today(j + 1, unit, -count if count else None, reference)
    if (word.low == "from" and after is not None and after.low == "now") or (
        word.low == "time" and i and tokens[i - 1].low == "in"
    ):
        return _from_today(j + 2 if word.low == "from" else j + 1, unit, count, reference)
    if word.low in ("earlier", "later", "before", "after") and (after is None or not capital(after)):
        if word.low in ("before", "after") and tokens[i].low not in ("a", "the"):
            return None
        past = reference.recent(tokens[i].start)
        step = -1 if word.low in ("earlier", "before") else 1
        return dated(j + 1, periods.shifted(past, unit, step * count) if past and count else None)
    return None


def _from_today(end: int, unit: str, count: int | None, reference: Reference) -> Dated:
    if reference.today is None or count is None:
        return Dated(end, None, None, approximate=count is None)
    if unit in _SHORT:
        unit, count = "day", int(count / _HOURS) if unit == "hour" else 0
    if unit == "fortnight":
        unit, count = "week", 2 * count
    date = periods.moved(reference.today, unit, count)
    rough = unit == "decade"  # "a decade ago" is about ten years ago
    return dated(end, periods.around(date, "year" if rough else unit) if date else None, approximate=rough)


def _pointing_back(tokens: Tokens, i: int, reference: Reference) -> Dated | None:
    """ "the following year", "the year before", "the same month": relative to the date named before."""
    lex = reference.lex
    step = lex.anaphoric.get(tokens[i].low)
    if step is not None:
        found = lex.period.match(tokens, i + 1)
        end = found[0] if found else i
        if found is not None and is_mark(tokens, end, "-", glued=True):
            return None
    else:
        found = lex.period.match(tokens, i) if i and tokens[i - 1].low == "the" else None
        after = at(tokens, found[0]) if found else None
        if found is None or after is None or after.low not in ("before", "after", "earlier"):
            return None
        step, end = (1 if after.low == "after" else -1), found[0] + 1
        beyond = at(tokens, end)
        if beyond is not None and (capital(beyond) or beyond.low in ("the", "a", "its", "it", "he", "they")):
            return None
    if found is None or found[1] in _SHORT or tokens[found[0] - 1].low.endswith("s"):
        return None
    past = reference.recent(tokens[i].start)
    moved = periods.moved(past.first, found[1], step) if past else None
    return dated(end, periods.around(moved, found[1]) if moved else None)


def _ended(tokens: Tokens, i: int, reference: Reference) -> Dated | None:
    """ "three months to June", "the fiscal year ending 31 March", "quarter ended June 30, 2025"."""
    number = number_at(tokens, i, reference.lex)
    count = 1 if number is None else min(int(number.value), _MOST)
    j = i if number is None else number.end
    if is_mark(tokens, j, "-", glued=True):
        j += 1
    found = reference.lex.period.match(tokens, j)
    if found is None or count < 1 or found[1] in _SHORT:
        return None
    ending = reference.lex.period_end.match(tokens, found[0])
    if ending is None:
        return None
    join, lean = ending[0], int(ending[1])
    article = at(tokens, join)
    if article is not None and article.low in ("the", "on"):
        join += 1
    raw: Raw | None = raw_at(tokens, join, reference.lex) if join < len(tokens) else None
    if raw is None or raw.kind not in ("day", "month"):
        return None
    end = settle(raw, tokens, i, reference, lean)
    if end.period is None:
        return dated(raw.end, None)
    after = periods.plus_days(end.period.last, 1)
    first = periods.moved(after, found[1], -count) if after else None
    start = periods.around(first, end.period.unit) if first else None
    return dated(raw.end, periods.between(start, end.period) if start else None)


def _first_months(tokens: Tokens, i: int, reference: Reference) -> Dated | None:
    """ "first nine months of 2025", "first six months of the year"."""
    if tokens[i].low != "first":
        return None
    number = number_at(tokens, i + 1, reference.lex)
    found = reference.lex.period.match(tokens, number.end) if number else None
    if number is None or found is None or found[1] != "month" or not 1 <= number.value <= 12:
        return None
    end, year = year_of(tokens, found[0], reference)
    if year is None:
        return None
    return dated(end, periods.between(periods.month(year, 1), periods.month(year, int(number.value))))


def _period_end(tokens: Tokens, i: int, reference: Reference) -> Dated | None:
    """ "year-end", "month-end"."""
    if is_mark(tokens, i + 1, "-", glued=True) and i + 2 < len(tokens) and tokens[i + 2].low == "end":
        unit = reference.lex.period.match(tokens, i)
        if unit is not None and unit[0] == i + 1:
            return dated(i + 3, periods.around(reference.today, unit[1]) if reference.today else None)
    return None


_Reader = Callable[[Tokens, int, Reference], Dated | None]
_OF_NUMBERS: tuple[_Reader, ...] = (_counted_back, _ended)
_OF_WORDS: tuple[_Reader, ...] = (
    _named_day, _directed, _season_or_holiday, _counted_back, _pointing_back, _ended, _first_months, _period_end,
)  # fmt: skip
