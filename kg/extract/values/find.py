"""Every value of a text, in one pass from left to right."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from kg.extract.values.addresses import addresses
from kg.extract.values.amounts import amount_at
from kg.extract.values.dates import date_at
from kg.extract.values.fractions import fraction_at
from kg.extract.values.identifiers import apart, identifiers
from kg.extract.values.lexicon import Words, lexicon
from kg.extract.values.periods import around
from kg.extract.values.quantities import ordinal_at
from kg.extract.values.reference import Dated, Reference, dated
from kg.extract.values.relative import relative_at
from kg.extract.values.tokens import NUMBER, Tokens, at, is_mark, runs
from kg.model import Span, Value

NO_CURRENCY = "XXX"  # ISO 4217
_WINDOW = 24  # tokens on either side of a hyphened date


def find_values(text: str, words: Words, today: dt.date | None = None) -> list[tuple[Span, Value]]:
    """Every date, amount of money, percentage, quantity, ordinal, market symbol, postal, e-mail and web address in `text`.

    `words` are the word classes of an ontology (`Ontology.words`); `today` is the article's date, against which "Friday" and
    "last month" are resolved. Spans are sorted and do not overlap; `span.of(text) == value.text`. Where readings compete, the one
    that starts first wins, then the longest. Time and memory are linear in the text.

    >>> find_values("It paid about $1.2bn in Q3 2025.", ontology.words)  # doctest: +SKIP
    [(Span(8, 20), Value("money", "about $1.2bn", number="1200000000", unit="USD", approximate=True)),
     (Span(24, 31), Value("date", "Q3 2025", iso="2025-Q3"))]
    """
    lex = lexicon(words)
    reference = Reference(today, lex)
    found = apart(identifiers(text, lex) + addresses(text, lex))
    signs = iter(found[:])
    sign = next(signs, None)
    values: list[tuple[Span, Value]] = []
    for tokens in runs(text):
        i = 0
        while i < len(tokens):
            token = tokens[i]
            while sign is not None and sign[0].end <= token.start:
                sign = next(signs, None)
            if sign is not None and token.start >= sign[0].start:
                i += 1
                continue
            read = _read(tokens, i, reference) if token.kind == NUMBER or token.low in lex.openers else None
            if read is None:
                i += 1
                continue
            end, value = read
            span = Span(token.start, tokens[end - 1].end)
            if sign is None or span.end <= sign[0].start:
                values.append((span, replace(value, text=span.of(text))))
            i = end
    return _shared_currency(apart(found + values))


def _shared_currency(values: list[tuple[Span, Value]]) -> list[tuple[Span, Value]]:
    """Money of a name that several countries share ("crowns") is of the country named with it elsewhere in the text.

    The mention before it goes first, then the one after; where the text names none, it stays money of no certain currency.
    """
    told: dict[str, str] = {}
    settled = list(values)
    for order in (range(len(values)), range(len(values) - 1, -1, -1)):
        told.clear()
        for i in order:
            span, value = settled[i]
            name = value.text.split()[-1].lower().rstrip("s") if value.kind == "money" else ""
            if not name.isalpha():
                continue
            if value.unit and value.unit != NO_CURRENCY:
                told[name] = value.unit
            elif name in told:
                settled[i] = span, replace(value, unit=told[name])
    return settled


def _read(tokens: Tokens, i: int, reference: Reference) -> tuple[int, Value] | None:
    """The longest value that starts at token `i`; of two as long the date, then the amount."""
    date = _date(tokens, i, reference)
    amount = amount_at(tokens, i, reference.lex)
    ordinal = ordinal_at(tokens, i, reference.lex)
    if date is not None and date.end >= max(amount.end if amount else 0, ordinal[0] if ordinal else 0):
        if date.period is not None:
            reference.remember(date.period, tokens[date.end - 1].end)
        return date.end, Value("date", "", iso=date.iso, approximate=date.approximate)
    fraction = fraction_at(tokens, i, reference.lex)
    if fraction is not None and fraction[0] >= (amount.end if amount else 0):
        return fraction
    if amount is not None:
        return amount.end, amount.value
    return ordinal


def _date(tokens: Tokens, i: int, reference: Reference) -> Dated | None:
    """A date with the words for part of it or for its vagueness: "early 2024", "end of the year", "about two years ago"."""
    lex = reference.lex
    if tokens[i].low == "between":
        bounds = _one_date(tokens, i + 1, reference)
        return bounds if bounds is not None and bounds.period and bounds.period.unit == "interval" else None
    plain = _one_date(tokens, i, reference)
    if plain is not None:
        return plain
    j = lex.date_approximator.end(tokens, i)
    if j > i:
        rough = _one_date(tokens, j, reference)
        return rough._replace(approximate=True) if rough else None
    j = lex.approximator.end(tokens, i)
    if j > i:
        rough = relative_at(tokens, j, reference) if j < len(tokens) else None
        ago = rough is not None and tokens[rough.end - 1].low in ("ago", "earlier", "later")
        return rough._replace(approximate=True) if rough and ago else None
    part = lex.position.match(tokens, i)
    if part is None:
        return None
    return _part(tokens, part[0], part[1], reference)


def _part(tokens: Tokens, i: int, kind: str, reference: Reference) -> Dated | None:
    hyphen = is_mark(tokens, i, "-", glued=True)
    if kind == "hyphen" and not hyphen:
        return None
    j = i + 1 if hyphen else i
    for words in (("in", "of", "on"), ("the", "its", "their")):
        token = at(tokens, j)
        if token is not None and token.low in words:
            j += 1
    if j >= len(tokens):
        return None
    found = _one_date(tokens, j, reference, inside=hyphen)
    if found is not None:
        return found
    unit = reference.lex.period.match(tokens, j)
    if unit is None or j == i or unit[1] in ("day", "hour", "minute", "half"):
        return None
    if tokens[unit[0] - 1].low.endswith("s"):
        return None
    return dated(unit[0], around(reference.today, unit[1]) if reference.today else None)


def _one_date(tokens: Tokens, i: int, reference: Reference, *, inside: bool = False) -> Dated | None:
    if i >= len(tokens):
        return None
    if inside:  # "mid-2025": look at the year as if it stood apart
        back = min(i, _WINDOW)
        window = tokens[i - back : i + _WINDOW]
        window[back] = window[back]._replace(glued=False)
        read = _one_date(window, back, reference)
        return read._replace(end=read.end + i - back) if read else None
    found = [date for date in (date_at(tokens, i, reference), relative_at(tokens, i, reference)) if date]
    return max(found, key=lambda date: date.end, default=None)
