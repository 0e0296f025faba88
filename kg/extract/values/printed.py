"""What a date says on the page, year or no year: days, months, quarters, halves, fiscal years, seasons, years, decades.

`kg.extract.values.dates` decides whether it is a date where it stands, and fills in what it leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from kg.extract.values.lexicon import Lexicon
from kg.extract.values.numbers import stands_free
from kg.extract.values.tokens import MARK, NUMBER, WORD, Tokens, at, capital, is_mark

DASHES = "-–—\u2011"
YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}")
_DECADES = ("30", "40", "50", "60", "70", "80", "90")
_ENDINGS = frozenset(("st", "nd", "rd", "th"))


@dataclass(frozen=True, slots=True)
class Raw:
    """A date as printed. `number` is the month, quarter or half; unknown parts are None."""

    kind: str  # "day" | "month" | "quarter" | "half" | "fiscal" | "season" | "year" | "decade"
    end: int
    year: int | None = None
    number: int | None = None
    day: int | None = None
    weekday: int | None = None
    name: str = ""  # of the season
    fiscal: bool = False


def raw_at(tokens: Tokens, i: int, lex: Lexicon, *, inside: bool = False) -> Raw | None:
    """What is printed at token `i`, the longest reading. `inside` a span it may touch the dash before it."""
    if tokens[i].kind == NUMBER and not inside and not stands_free(tokens, i):
        return _short_decade(tokens, i)
    readers = _OF_NUMBERS if tokens[i].kind == NUMBER else _OF_WORDS if tokens[i].kind == WORD else ()
    readings = [read(tokens, i, lex) for read in readers]
    found = [raw for raw in readings if raw is not None]
    return max(found, key=lambda raw: raw.end, default=None)


def _weekday_first(tokens: Tokens, i: int, lex: Lexicon) -> Raw | None:
    """ "Tuesday, March 8, 2011", "Tue 13 May". A weekday alone is a relative date."""
    number = lex.weekday_short.get(tokens[i].low)
    if number is None or not capital(tokens[i]):
        return None
    j = i + 1
    while is_mark(tokens, j, ".,"):
        j += 1
    for word in ("on", "the"):
        token = at(tokens, j)
        if token is not None and token.low == word:
            j += 1
    if j >= len(tokens):
        return None
    raw = _month_first(tokens, j, lex) or _day_first(tokens, j, lex)
    return replace(raw, weekday=number) if raw is not None and raw.day else None


def _month_first(tokens: Tokens, i: int, lex: Lexicon) -> Raw | None:
    """ "November 27, 2025", "Nov. 27", "November 2025", "November"."""
    month = month_at(tokens, i, lex)
    if month is None:
        return None
    number, j = month
    day = day_number(tokens, j)
    if day is not None and not _counts(tokens, day[1], lex):
        year = year_after(tokens, day[1], comma=True)
        return Raw("day", year[1] if year else day[1], year[0] if year else None, number, day[0])
    year = year_after(tokens, j, comma=True)
    if year is not None:
        return Raw("month", year[1], year[0], number)
    return Raw("month", j, None, number)


def _day_first(tokens: Tokens, i: int, lex: Lexicon) -> Raw | None:
    """ "27 November 2025", "27th of November"."""
    if tokens[i].kind != NUMBER:
        return None
    day = day_number(tokens, i)
    if day is None:
        return None
    j = day[1]
    token = at(tokens, j)
    if token is not None and token.low == "of":
        j += 1
    month = month_at(tokens, j, lex) if j < len(tokens) else None
    if month is None or tokens[j].glued:
        return None
    year = year_after(tokens, month[1], comma=True)
    return Raw("day", year[1] if year else month[1], year[0] if year else None, month[0], day[0])


def month_at(tokens: Tokens, i: int, lex: Lexicon) -> tuple[int, int] | None:
    token = tokens[i]
    number = lex.month.get(token.low)
    if number is None or not token.text[0].isupper() or (token.glued and i and tokens[i - 1].kind != MARK):
        return None
    short = token.low in lex.month_short and is_mark(tokens, i + 1, ".", glued=True)
    return number, i + 2 if short and at(tokens, i + 2) is not None else i + 1


def day_number(tokens: Tokens, i: int) -> tuple[int, int] | None:
    token = at(tokens, i)
    if token is None or token.kind != NUMBER or not token.text.isdigit() or len(token.text) > 2:
        return None
    if not 1 <= int(token.text) <= 31:
        return None
    after = at(tokens, i + 1)
    if after is not None and after.glued and after.kind != MARK:
        return (int(token.text), i + 2) if after.low in _ENDINGS else None
    if is_mark(tokens, i + 1, ":%/", glued=True):
        return None
    return int(token.text), i + 1


def _counts(tokens: Tokens, i: int, lex: Lexicon) -> bool:
    """True when a counted noun stands at `i`: "in March 30 workers left"."""
    token = at(tokens, i)
    return token is not None and token.kind == WORD and token.low in lex.counted_plurals


def year_number(tokens: Tokens, i: int) -> int | None:
    """The number shaped like a year at token `i`, alone or followed by a mark."""
    token = at(tokens, i)
    if token is None or token.kind != NUMBER or not YEAR.fullmatch(token.text):
        return None
    after = at(tokens, i + 1)
    if after is not None and after.glued and after.kind != MARK:
        return None
    return int(token.text)


def year_after(tokens: Tokens, i: int, *, comma: bool = False) -> tuple[int, int] | None:
    j = i + 1 if comma and is_mark(tokens, i, ",") else i
    token = at(tokens, j)
    if token is not None and token.low == "of":
        j += 1
    if is_mark(tokens, j, DASHES, glued=True):
        j += 1
    year = year_number(tokens, j)
    return (year, j + 1) if year is not None else None


def _year(tokens: Tokens, i: int, lex: Lexicon) -> Raw | None:
    """ "2025", "1990s", "2025 third quarter", "2024 fiscal year"."""
    token = tokens[i]
    if token.kind != NUMBER:
        return None
    after = at(tokens, i + 1)
    if after is not None and after.low == "s" and after.glued and YEAR.fullmatch(token.text):
        return Raw("decade", i + 2, int(token.text)) if token.text.endswith("0") else None
    year = year_number(tokens, i)
    if year is None:
        return None
    fiscal = lex.fiscal.end(tokens, i + 1)
    if fiscal > i + 2:
        return Raw("fiscal", fiscal, year)
    if i + 1 < len(tokens):
        part = _quarter(tokens, i + 1, lex)
        if part is not None and part.year is None:
            return replace(part, year=year)
    return Raw("year", i + 1, year)


def _short_decade(tokens: Tokens, i: int) -> Raw | None:
    """ "the ’90s"."""
    token, after = tokens[i], at(tokens, i + 1)
    if (
        is_mark(tokens, i - 1, "’'‘")
        and token.text in _DECADES
        and after is not None
        and after.low == "s"
        and after.glued
    ):
        return Raw("decade", i + 2, 1900 + int(token.text))
    return None


def _quarter(tokens: Tokens, i: int, lex: Lexicon) -> Raw | None:
    """ "Q3 2025", "3Q25", "H1", "third quarter of fiscal 2025", "first-half"."""
    token, after = tokens[i], at(tokens, i + 1)
    if after is None:
        return None
    kind = {"q": "quarter", "h": "half"}
    if token.text in ("Q", "H") and after.glued and after.text in "1234" and len(after.text) == 1:
        if token.glued and i and tokens[i - 1].kind != MARK:
            return None
        raw = Raw(kind[token.low], i + 2, number=int(after.text))
    elif token.text in ("1", "2", "3", "4") and after.glued and after.text in ("Q", "H"):
        raw = Raw(kind[after.low], i + 2, number=int(token.text))
        short = at(tokens, i + 2)
        if short is not None and short.glued and short.text.isdigit() and len(short.text) == 2:
            return replace(raw, end=i + 3, year=2000 + int(short.text)) if _fits(raw) else None
    else:
        return _ordinal_quarter(tokens, i, lex)
    after_mark = at(tokens, raw.end)
    if after_mark is not None and after_mark.glued and after_mark.kind == WORD:
        return None
    return _with_year(tokens, raw, lex) if _fits(raw) else None


def _ordinal_quarter(tokens: Tokens, i: int, lex: Lexicon) -> Raw | None:
    j, fiscal = i, False
    after_fiscal = lex.fiscal.end(tokens, i)
    if after_fiscal > i:
        j, fiscal = after_fiscal, True
    token = at(tokens, j)
    if token is None:
        return None
    number = lex.ordinal_word.get(token.low)
    j += 1
    if (
        token.text in ("1", "2", "3", "4")
        and j < len(tokens)
        and tokens[j].low in _ENDINGS
        and tokens[j].glued
    ):
        number, j = int(token.text), j + 1
    if number is None or number > 4:
        return None
    if is_mark(tokens, j, DASHES, glued=True):
        j += 1
    after_fiscal = lex.fiscal.end(tokens, j)
    if after_fiscal > j:
        j, fiscal = after_fiscal, True
    noun = at(tokens, j)
    if noun is None or noun.low not in ("quarter", "half"):
        return None
    raw = Raw(noun.low, j + 1, number=number, fiscal=fiscal)
    return _with_year(tokens, raw, lex) if _fits(raw) else None


def _fits(raw: Raw) -> bool:
    return raw.kind == "quarter" or (raw.number or 0) < 3


def _with_year(tokens: Tokens, raw: Raw, lex: Lexicon) -> Raw:
    j = raw.end
    if is_mark(tokens, j, ",-–"):
        j += 1
    for word in ("of", "the", "its"):
        token = at(tokens, j)
        if token is not None and token.low == word:
            j += 1
    if j < len(tokens):
        business = _fiscal(tokens, j, lex)
        if business is not None:
            return replace(raw, end=business.end, year=business.year, fiscal=True)
    year = year_number(tokens, j)
    return replace(raw, end=j + 1, year=year) if year is not None else raw


def _fiscal(tokens: Tokens, i: int, lex: Lexicon) -> Raw | None:
    """ "fiscal 2025", "FY25", "financial year 2024-25" (named, as most companies do, after the year it ends in)."""
    j = lex.fiscal.end(tokens, i)
    token = at(tokens, j)
    if j == i or token is None:
        return None
    if token.kind == NUMBER and len(token.text) == 2 and token.text.isdigit() and tokens[i].low == "fy":
        return Raw("fiscal", j + 1, 2000 + int(token.text))
    year = year_number(tokens, j)
    if year is None:
        return None
    ending = short_year(tokens, j + 1, year)
    return Raw("fiscal", ending[1], ending[0]) if ending else Raw("fiscal", j + 1, year)


def short_year(tokens: Tokens, i: int, year: int) -> tuple[int, int] | None:
    """The second year of "2023-24", "2023/24"."""
    token = at(tokens, i + 1)
    if token is None or not is_mark(tokens, i, DASHES + "/", glued=True) or not token.glued:
        return None
    after = at(tokens, i + 2)
    if (
        len(token.text) != 2
        or not token.text.isdigit()
        or (after is not None and after.glued and after.text in "-/")
    ):
        return None
    second = year - year % 100 + int(token.text)
    return (second, i + 2) if year < second else None


def _season(tokens: Tokens, i: int, lex: Lexicon) -> Raw | None:
    """ "summer 2025", "summer of 2025"."""
    if tokens[i].low not in lex.season:
        return None
    year = year_after(tokens, i + 1, comma=True)
    return Raw("season", year[1], year[0], name=tokens[i].low) if year else None


_Reader = Callable[[Tokens, int, Lexicon], Raw | None]
_OF_NUMBERS: tuple[_Reader, ...] = (_day_first, _quarter, _year)
_OF_WORDS: tuple[_Reader, ...] = (_weekday_first, _month_first, _quarter, _fiscal, _season)
