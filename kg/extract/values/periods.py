"""Stretches of the calendar: a day, a month, a quarter, a year. Each has an ISO-like name and its first and last day.

Names: "2025-11-27", "2025-W48", "2025-11", "2025-Q3", "2025-H1", "2025-summer", "2025", "1990s", "FY2025", "FY2025-Q1"; two of them with
a slash for an interval (ISO 8601: "2025-01/2025-03"). Without a year: "--05-19", "--05" (XSD gMonthDay, gMonth).
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

_DAY = dt.timedelta(days=1)
_RESULTS = frozenset(("quarter", "half", "fiscal"))


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch of the calendar. `unit` says which kind: "day", "week", "month" … "interval"."""

    unit: str
    iso: str
    first: dt.date
    last: dt.date

    def distance(self, day: dt.date) -> int:
        """Days between `day` and the nearest day of the period; 0 inside it."""
        return max((self.first - day).days, (day - self.last).days, 0)


def day(date: dt.date) -> Period:
    """One day."""
    return Period("day", date.isoformat(), date, date)


def day_of(year: int, month: int, number: int) -> Period | None:
    """One day, or None where the calendar has no such day."""
    try:
        return day(dt.date(year, month, number))
    except ValueError:
        return None


def week(date: dt.date) -> Period | None:
    """The ISO week around `date`, Monday to Sunday."""
    year, number, weekday = date.isocalendar()
    first = plus_days(date, 1 - weekday)
    last = plus_days(date, 7 - weekday)
    return Period("week", f"{year:04}-W{number:02}", first, last) if first and last else None


def weekend(date: dt.date) -> Period | None:
    """Saturday and Sunday of the ISO week around `date`."""
    monday_to_sunday = week(date)
    if monday_to_sunday is None:
        return None
    return between(day(monday_to_sunday.last - _DAY), day(monday_to_sunday.last))


def month(year: int, number: int) -> Period:
    """One month; `number` 1 to 12."""
    last = calendar.monthrange(year, number)[1]
    return Period("month", f"{year:04}-{number:02}", dt.date(year, number, 1), dt.date(year, number, last))


def quarter(year: int, number: int) -> Period:
    """One calendar quarter; `number` 1 to 4."""
    months = month(year, number * 3 - 2), month(year, number * 3)
    return Period("quarter", f"{year:04}-Q{number}", months[0].first, months[1].last)


def half(year: int, number: int) -> Period:
    """One half of a calendar year; `number` 1 or 2."""
    months = month(year, number * 6 - 5), month(year, number * 6)
    return Period("half", f"{year:04}-H{number}", months[0].first, months[1].last)


def season(year: int, name: str, begins: int) -> Period:
    """A season by its name and first month. Winter keeps the year it begins in."""
    first = dt.date(year, begins, 1)
    last = month(*_shifted(year, begins, 2)) if year < dt.MAXYEAR else month(year, 12)
    return Period("season", f"{year:04}-{name}", first, last.last)


def year(number: int) -> Period:
    """One calendar year."""
    return Period("year", f"{number:04}", dt.date(number, 1, 1), dt.date(number, 12, 31))


def fiscal(number: int, quarter_number: int | None = None, half_number: int | None = None) -> Period:
    """A business year, whose days only the company knows: for arithmetic it counts as the calendar year."""
    name = f"FY{number:04}"
    if quarter_number:
        span = quarter(number, quarter_number)
        name += f"-Q{quarter_number}"
    elif half_number:
        span = half(number, half_number)
        name += f"-H{half_number}"
    else:
        span = year(number)
    return Period("fiscal", name, span.first, span.last)


def decade(first_year: int) -> Period:
    """Ten years: 1990 is "1990s"."""
    last = min(first_year + 9, dt.MAXYEAR)
    return Period("decade", f"{first_year}s", dt.date(first_year, 1, 1), dt.date(last, 12, 31))


def between(start: Period, end: Period) -> Period:
    """From the first day of one to the last of the other, in the precision of both."""
    return Period("interval", f"{start.iso}/{end.iso}", start.first, end.last)


def plus_days(date: dt.date, days: int) -> dt.date | None:
    """`date` moved by `days`, or None beyond the calendar."""
    try:
        return date + dt.timedelta(days=days)
    except OverflowError:
        return None


def _shifted(year_number: int, month_number: int, months: int) -> tuple[int, int]:
    count = year_number * 12 + month_number - 1 + months
    return count // 12, count % 12 + 1


def around(date: dt.date, unit: str) -> Period | None:
    """The period of this kind that holds `date`; None for a kind without one ("hour")."""
    match unit:
        case "day":
            return day(date)
        case "week":
            return week(date)
        case "weekend":
            return weekend(date)
        case "month":
            return month(date.year, date.month)
        case "quarter":
            return quarter(date.year, (date.month + 2) // 3)
        case "half":
            return half(date.year, 1 if date.month < 7 else 2)
        case "year":
            return year(date.year)
        case "fiscal":
            return fiscal(date.year)
        case "decade":
            return decade(date.year - date.year % 10)
        case _:
            return None


_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "fiscal": 12, "decade": 120}
_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}


def moved(date: dt.date, unit: str, count: int) -> dt.date | None:
    """`date` moved by `count` units (the last day of a shorter month stands for a later one), or None beyond the calendar."""
    if unit in _DAYS:
        return plus_days(date, _DAYS[unit] * count)
    if unit not in _MONTHS or abs(count) > dt.MAXYEAR:
        return None
    year_number, month_number = _shifted(date.year, date.month, _MONTHS[unit] * count)
    if not dt.MINYEAR <= year_number <= dt.MAXYEAR:
        return None
    return date.replace(
        year=year_number,
        month=month_number,
        day=min(date.day, calendar.monthrange(year_number, month_number)[1]),
    )


def shifted(period: Period, unit: str, count: int) -> Period | None:
    """The like period `count` units away: the quarter a year before 2025-Q1 is 2024-Q1. None beyond the calendar."""
    own = period.unit
    if own in ("interval", "season"):
        return None
    finer = _DAYS.get(own, 0) or 31 * _MONTHS.get(own, 0)
    coarser = _DAYS.get(unit, 0) or 31 * _MONTHS.get(unit, 0)
    date = moved(period.first, unit, count)
    if date is None or not coarser:
        return None
    return around(date, own if finer <= coarser else unit)


def nearest(candidates: Iterable[Period | None], today: dt.date, lean: int) -> Period | None:
    """The candidate closest to `today`: not over before it (lean 1), begun by then (lean -1), or either (0; a tie is past).

    Unless told to lean, a quarter or half ahead counts as twice as far: news speaks of results more than of plans.
    """

    def far(period: Period) -> int:
        ahead = lean == 0 and period.unit in _RESULTS and period.first > today
        return period.distance(today) * (2 if ahead else 1)

    possible = [
        period
        for period in candidates
        if period is not None and (lean == 0 or (period.last >= today if lean > 0 else period.first <= today))
    ]
    return min(possible, key=lambda period: (far(period), period.first), default=None)
