"""Shares told as fractions, read as percentages: "two-thirds", "three quarters of", "half of", "one in five"."""

from __future__ import annotations

from decimal import Decimal

from kg.extract.values.lexicon import Lexicon, plural_of
from kg.extract.values.numbers import lexical, number_at
from kg.extract.values.tokens import WORD, Tokens, at, is_mark
from kg.model import Value

_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)
_MOST = 100  # of "one in a hundred"


def fraction_at(tokens: Tokens, i: int, lex: Lexicon) -> tuple[int, Value] | None:
    """(end, Value) of the fraction at token `i`, approximators included: a percentage, rounded to two places where it must be.

    A fraction that is also something else (a third, three quarters) needs an "of" after it or a "by" before it; what it is of is
    not read.
    """
    start = lex.approximator.end(tokens, i)
    out_of = _one_in_five(tokens, start, lex)
    if out_of is not None:
        return _share(*out_of, rough=start > i)
    first = at(tokens, start)
    if first is None or first.kind != WORD:
        return None
    if first.low == "half":
        before = at(tokens, i - 1)
        if before is not None and before.low in lex.half_kind:
            return None  # the upper half of the table
        count, by, end, firm = 1, 2, start + 1, False
    else:
        count = 1 if first.low in ("a", "one") else lex.number_word.get(first.low, 0)
        hyphen = is_mark(tokens, start + 1, "-", glued=True)
        j = start + 2 if hyphen else start + 1
        part = at(tokens, j)
        if not count or part is None:
            return None
        by = next(
            (
                by
                for word, by in lex.fraction.items()
                if part.low == (word if count == 1 else plural_of(word))
            ),
            0,
        )
        end, firm = j + 1, hyphen or (by == 3 and count > 1)
    of = at(tokens, end)
    firm = firm or _is_by_how_much(tokens, i, end, lex)
    if count >= by or not (
        firm or (of is not None and of.low == "of" and not _of_a_unit(tokens, end + 1, lex))
    ):
        return None
    return _share(end, count, by, rough=start > i)


def _is_by_how_much(tokens: Tokens, i: int, end: int, lex: Lexicon) -> bool:
    """ "fell by almost a third", not "by a third party" nor "by a quarter of a million"."""
    before, after = at(tokens, i - 1), at(tokens, end)
    ends = after is None or after.kind != WORD or (after.low in lex.phrase_end and after.low != "of")
    return i > 0 and before is not None and before.low == "by" and ends


def _share(end: int, count: int, by: int, *, rough: bool) -> tuple[int, Value]:
    exact = _HUNDRED * count / by
    share = exact.quantize(_CENT)
    return end, Value(
        "percent", "", number=lexical(share), unit="percent", approximate=rough or share != exact
    )


def _one_in_five(tokens: Tokens, i: int, lex: Lexicon) -> tuple[int, int, int] | None:
    """(end, count, of how many) of "one in five", "9 out of 10"."""
    count = number_at(tokens, i, lex)
    if count is None or count.value > _MOST or count.value != int(count.value):
        return None
    joins = [token.low for token in tokens[count.end : count.end + 2]]
    j = count.end + (2 if joins == ["out", "of"] else 1 if joins[:1] == ["in"] else 0)
    whole = number_at(tokens, j, lex) if j > count.end else None
    if whole is None or whole.scaled or not 0 < count.value < whole.value <= _MOST:
        return None
    return (whole.end, int(count.value), int(whole.value)) if whole.value == int(whole.value) else None


def _of_a_unit(tokens: Tokens, i: int, lex: Lexicon) -> bool:
    """ "a quarter of a percentage point", "a third of a million": no share but a number."""
    token = at(tokens, i)
    if token is None or token.low not in ("a", "an", "one"):
        return False
    unit = at(tokens, i + 1)
    return unit is not None and (unit.low in lex.scale_word or lex.percent.match(tokens, i + 1) is not None)
