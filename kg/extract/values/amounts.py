"""Money, percentages and counted things: an amount, or a range of two, with its approximators and its sign.

An amount is a head (sign, currency, number) and a tail (what is counted). A range is two of them; what one side leaves out it
takes from the other: "$5-6 billion", "12-15%", "200 to 300 jobs".
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from kg.extract.values.lexicon import Lexicon
from kg.extract.values.numbers import Number, joined_word, lexical, number_at, stands_free
from kg.extract.values.quantities import counted
from kg.extract.values.tokens import NUMBER, WORD, Tokens, at, is_mark
from kg.model import Value

_DASHES = "-–—\u2011"
_HUNDRED = Decimal(100)
_WON_AT_LEAST = 100  # "won" is a verb after smaller numbers
_LOOK_BACK = 6  # tokens searched for a verb of change before an amount


class Head(NamedTuple):
    """Sign, currency and number; `end` is the index after the number."""

    number: Number
    negative: bool
    iso: str | None
    end: int
    rough: bool = False  # "10+", "10-plus"


class Tail(NamedTuple):
    """What the number counts. `by`: the number is in units of one over this (cents)."""

    kind: str
    unit: str | None
    end: int
    by: Decimal = Decimal(1)


class Found(NamedTuple):
    """A value read from a run of tokens, up to token `end`; the caller fills in its text."""

    end: int
    value: Value


def amount_at(tokens: Tokens, i: int, lex: Lexicon) -> Found | None:
    """The amount or range of amounts that starts at token `i`, approximators included.

    >>> # "more than $5-6 billion" -> Value("money", number="5000000000", high="6000000000", unit="USD", approximate=True)
    """
    start = _after_approximators(tokens, i, lex)
    rough = start > i
    between = tokens[start].low == "between" if start < len(tokens) else False
    if between:
        inner = _after_approximators(tokens, start + 1, lex)
        rough, start = rough or inner > start + 1, inner
    low = _head(tokens, start, lex)
    if low is None:
        return None
    tail = _tail(tokens, low, start, lex)
    found = _range(tokens, start, low, tail, between, lex)
    if found is None and between:
        return None
    if found is None:
        if tail is None or joined_number(tokens, low.end):
            return None
        found = _value(tail, _signed(low, tail), None, low.rough)
    if rough and tokens[i].low in lex.lasting_preposition and found.value.unit in lex.period_plurals:
        return None  # over three years: how long, not how roughly
    end = lex.approximator_after.end(tokens, found.end)
    if end > found.end or rough:
        found = Found(end, _rough(found.value))
    return found


def _after_approximators(tokens: Tokens, i: int, lex: Lexicon) -> int:
    end = i
    for _ in range(2):
        end = lex.approximator.end(tokens, end)
    article = at(tokens, end)
    if end > i and article is not None and article.low in ("a", "an", "the"):  # more than a 90% share
        following = at(tokens, end + 1)
        if following is not None and (following.kind == NUMBER or lex.currency_sign.match(tokens, end + 1)):
            return end + 1
    return end


def _head(tokens: Tokens, i: int, lex: Lexicon, *, inside: bool = False) -> Head | None:
    j, negative = _sign(tokens, i)
    if j > i and not inside and not stands_free(tokens, i):
        return None
    iso = None
    sign = _currency_before(tokens, j, lex, inside or j > i)
    if sign is not None:
        j, iso = sign
        after, minus = _sign(tokens, j)
        j, negative = after, negative or minus
    number = number_at(tokens, j, lex, inside=inside or j > i, money=iso is not None)
    if number is None:
        return None
    end, rough = number.end, False
    if is_mark(tokens, end, "+", glued=True) and not _glued_number(tokens, end + 1):
        end, rough = end + 1, True
    else:
        plus = joined_word(tokens, end)
        if plus is not None and plus.low == "plus":
            end, rough = end + 2, True
    return Head(number, negative, iso, end, rough)


def _sign(tokens: Tokens, i: int) -> tuple[int, bool]:
    token, after = at(tokens, i), at(tokens, i + 1)
    if token is None or after is None:
        return i, False
    if token.low == "minus" and not token.glued:
        return i + 1, True
    if (
        token.text in ("-", "−", "–", "+")
        and after.glued
        and not (token.glued and i and tokens[i - 1].kind == WORD)
    ):
        return i + 1, token.text != "+"
    return i, False


def _glued_number(tokens: Tokens, i: int) -> bool:
    token = at(tokens, i)
    return token is not None and token.glued and token.kind == NUMBER


def joined_number(tokens: Tokens, i: int) -> bool:
    """True when a number is hyphened or slashed to what ends before token `i`: the rest of "737-800", "24/7", "2:1"."""
    return is_mark(tokens, i, _DASHES + "/:", glued=True) and _glued_number(tokens, i + 1)


def _currency_before(tokens: Tokens, i: int, lex: Lexicon, inside: bool) -> tuple[int, str] | None:
    token = at(tokens, i)
    if token is None or (token.glued and not inside and i and tokens[i - 1].kind != "mark"):
        return None
    sign = lex.currency_sign.match(tokens, i)
    if sign is not None:
        parts = tokens[i : sign[0]]
        if all(part.glued for part in parts[1:]) and all(
            part.text[0] == part.text[0].upper() for part in parts
        ):
            return sign
        if token.kind == WORD:
            return None
    iso = lex.currency_code.get(token.low)
    if (
        iso is not None
        and token.text[0].isupper()
        and (token.text.isupper() or token.text in ("Rs", "Rp", "Dhs"))
    ):
        j = i + 2 if is_mark(tokens, i + 1, ".", glued=True) else i + 1
        following = at(tokens, j)
        if following is not None and following.kind == NUMBER:
            return j, iso
    return None


def _tail(tokens: Tokens, head: Head, start: int, lex: Lexicon) -> Tail | None:
    number, end = head.number, head.end
    if head.iso is not None:
        after = at(tokens, end)
        if after is not None and after.glued and after.kind == WORD and after.low != "s":
            return None
        return Tail("money", head.iso, end)
    hyphen = joined_word(tokens, end) is not None
    j = end + 1 if hyphen else end
    percent = lex.percent.match(tokens, j)
    if percent is not None and not number.letter and _as_printed(tokens, j, percent[0]):
        return Tail("percent", percent[1], percent[0])
    minor = lex.minor_unit.match(tokens, j)
    if minor is not None and not number.letter and _minor_fits(tokens, j, minor[0]):
        return Tail("money", minor[1], minor[0], by=_HUNDRED)
    money = _currency_after(tokens, j, number, lex)
    if money is not None:
        return money
    found = counted(tokens, number, start, end, lex)
    return Tail("quantity", found[0], found[1]) if found else None


def _as_printed(tokens: Tokens, i: int, end: int) -> bool:
    """A two-letter unit must be in lower case: "44pc", "20p", but no "3 PP" and no "5 PC"."""
    token = tokens[i]
    return end > i + 1 or len(token.text) > 2 or token.text == token.low


def _minor_fits(tokens: Tokens, i: int, end: int) -> bool:
    return _as_printed(tokens, i, end) and (len(tokens[i].text) > 1 or tokens[i].glued)


def _currency_after(tokens: Tokens, i: int, number: Number, lex: Lexicon) -> Tail | None:
    name = lex.currency_name.match(tokens, i)
    token = at(tokens, i)
    if name is not None:
        end, iso = name
        following = at(tokens, end)
        weighs = iso == "GBP" and following is not None and following.low == "of"
        verb = tokens[end - 1].low == "won" and end == i + 1 and number.value < _WON_AT_LEAST
        return None if weighs or verb else Tail("money", iso, end)
    sign = lex.currency_sign.match(tokens, i)
    if sign is not None and not (sign[0] < len(tokens) and tokens[sign[0]].kind == NUMBER):
        return Tail("money", sign[1], sign[0])  # 50 €
    if token is not None and token.text.isupper() and token.low in lex.currency_code:
        return Tail("money", lex.currency_code[token.low], i + 1)
    return None


def _range(
    tokens: Tokens, start: int, low: Head, tail: Tail | None, between: bool, lex: Lexicon
) -> Found | None:
    for end in sorted({low.end, tail.end if tail else low.end}, reverse=True):
        dash, j = _connector(tokens, end, between, bare=tail is None and low.iso is None)
        if j == end:
            continue
        high = _head(tokens, j, lex, inside=True)
        if high is None:
            continue
        mine = tail if tail is not None and end == tail.end and tail.unit else None
        if mine is None and low.iso is not None:
            mine = Tail("money", low.iso, end)
        theirs = _tail(tokens, high._replace(iso=high.iso or low.iso), start, lex)
        if theirs is None or (mine is None and high.iso is not None):
            continue
        if mine is not None and (mine.kind, mine.unit) != (theirs.kind, theirs.unit):
            continue
        first, last = _signed(low, theirs if mine is None else mine), _signed(high, theirs)
        if not low.number.scaled and high.number.scaled and first * high.number.scale <= last:
            first *= high.number.scale
        if first > last or (not dash and not between and _a_change(tokens, start, first, last, theirs, lex)):
            continue
        return _value(theirs, first, last, low.rough or high.rough)
    return None


def _connector(tokens: Tokens, i: int, between: bool, *, bare: bool) -> tuple[bool, int]:
    """(a dash?, index after the word or dash that joins the ends of a range); the index is `i` where there is none."""
    token = at(tokens, i)
    if token is None:
        return False, i
    if token.text in _DASHES:
        following = at(tokens, i + 1)
        if following is not None and following.glued and following.low == "to":
            return False, i + 3 if is_mark(tokens, i + 2, "-", glued=True) else i
        tight = token.glued and following is not None and following.glued
        return True, i + 1 if tight or (token.text == "–" and not token.glued) else i
    if token.low == "to" or (between and token.low == "and") or (bare and token.low == "or"):
        return False, i + 1
    return False, i


def _a_change(tokens: Tokens, start: int, first: Decimal, last: Decimal, tail: Tail, lex: Lexicon) -> bool:
    """True for two figures rather than a range: "rose from $25 to $30", "climbed $2 to $45"."""
    before = tokens[max(0, start - _LOOK_BACK) : start]
    if before and before[-1].low == "from":
        return any(token.low in lex.change_verb for token in before)
    verb_near = any(token.low in lex.change_verb for token in before[-3:])
    return verb_near and tail.kind != "percent" and last > 2 * first


def _signed(head: Head, tail: Tail) -> Decimal:
    value = head.number.value / tail.by
    return -value if head.negative else value


def _value(tail: Tail, low: Decimal, high: Decimal | None, rough: bool) -> Found:
    return Found(
        tail.end,
        Value(
            kind=tail.kind,
            text="",
            number=lexical(low),
            unit=tail.unit,
            high=None if high is None else lexical(high),
            approximate=rough,
        ),
    )


def _rough(value: Value) -> Value:
    return Value(value.kind, value.text, value.number, value.unit, value.high, value.iso, approximate=True)
