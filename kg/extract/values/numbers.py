"""Numbers, in digits and in letters: "1,200.5", "1.2bn", "twenty-five", "two and a half million", "half a billion"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from kg.extract.values.lexicon import Lexicon
from kg.extract.values.tokens import MARK, NUMBER, WORD, Token, Tokens, at, capital, is_mark, sentence_start

_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}(?:\.[0-9]+)?|[0-9]{1,3}(?:[\u00a0\u2009\u202f][0-9]{3})+"
)  # thousands, or lakhs and crores
_SEPARATOR = re.compile(r"[,\u00a0\u2009\u202f]")
_LONGEST = 24  # characters of a number; anything longer is an identifier
_TOUCHING = frozenset("#_@&.\\'’=%^`")  # a number glued to one of these on its left counts nothing
_MOST_WORDS = 12
_FRACTIONS = ("2", "4", "8", "16")  # halves to sixteenths, the ones markets quote
_COUNTING = frozenset(("hundred", "thousand"))  # scale words with smaller numbers after them


class Number(NamedTuple):
    """A number read at some token. `end`: index of the first token after it."""

    value: Decimal
    end: int
    plain: str = ""  # its digits, when it is nothing but digits ("2000", "12")
    grouped: bool = False  # "2,000"
    scaled: bool = False  # "2 million", "2bn", "two hundred"
    letter: str = ""  # the glued letter that scaled it: "k" of "200k"
    scale: Decimal = Decimal(1)
    spelled: bool = False  # in letters


def lexical(value: Decimal) -> str:
    """The plain decimal form: no exponent, no trailing zeros ("4840000000", "0.65")."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def number_at(
    tokens: Tokens, i: int, lex: Lexicon, *, inside: bool = False, money: bool = False
) -> Number | None:
    """The number that starts at token `i`, with the words and letters that scale it.

    `inside`: the number follows a currency sign or a range's dash, so it may touch what stands before it. `money`: a spaced "m"
    means million.
    """
    token = at(tokens, i)
    if token is None:
        return None
    if token.kind == NUMBER:
        if not (inside or stands_free(tokens, i)) or len(token.text) > _LONGEST:
            return None
        grouped = bool(_GROUPED.fullmatch(token.text))
        if not grouped and not _PLAIN.fullmatch(token.text):
            return None
        if token.text.isdigit() and token.text[0] == "0" and len(token.text) > 1:
            return None  # 007; the rest of "1 000"
        found = Number(
            Decimal(_SEPARATOR.sub("", token.text)),
            i + 1,
            plain=token.text if token.text.isdigit() else "",
            grouped=grouped,
        )
    elif token.kind == WORD:
        spelled = _spelled(tokens, i, lex)
        if spelled is None:
            return None
        found = spelled
    else:
        return None
    return _scaled(tokens, _and_a_fraction(tokens, found), lex, money)


def stands_free(tokens: Tokens, i: int) -> bool:
    """False for a number that is part of a longer sign: "S1", "GPT-4", "24/7", "5:30", "#3", "v.2"."""
    token = tokens[i]
    if not token.glued:
        return True
    before = tokens[i - 1]
    if before.kind != MARK or before.text in _TOUCHING:
        return False
    if before.text == ":":
        return not before.glued or tokens[i - 2].kind != NUMBER
    if before.text in "-–−/":
        return not before.glued or tokens[i - 2].kind == MARK
    return True


def _scaled(tokens: Tokens, found: Number, lex: Lexicon, money: bool) -> Number:
    for _ in range(3):
        after = at(tokens, found.end)
        if after is None:
            break
        end = found.end + 1
        if after.text == "-" and after.glued and end < len(tokens) and tokens[end].glued:  # 36-billion
            after, end = tokens[end], end + 1
            if after.low not in lex.scale_word:
                break
        if after.kind != WORD:
            break
        scale = lex.scale_word.get(after.low)
        letter = ""
        if scale is None:
            scale = lex.scale_letter.get(after.low)
            if scale is None or found.scaled or not (after.glued or (money and after.text == "m")):
                break
            letter = after.text
        by = Decimal(scale)
        found = found._replace(
            value=found.value * by, end=end, plain="", scaled=True, letter=letter, scale=found.scale * by
        )
        if letter:
            break
    return found


def _and_a_fraction(tokens: Tokens, found: Number) -> Number:
    """ "two and a half", "5 1/8"."""
    parts = tokens[found.end : found.end + 3]
    if found.plain and len(parts) == 3 and parts[1].text == "/" and parts[1].glued and parts[2].glued:
        over, under = parts[0].text, parts[2].text
        if not parts[0].glued and over.isdigit() and under in _FRACTIONS and int(over) < int(under):
            part = Decimal(int(over)) / int(under)
            return found._replace(value=found.value + part, end=found.end + 3, plain="")
    if [token.low for token in tokens[found.end : found.end + 3]] == ["and", "a", "half"]:
        return found._replace(value=found.value + Decimal("0.5"), end=found.end + 3, plain="")
    return found


def _spelled(tokens: Tokens, i: int, lex: Lexicon) -> Number | None:
    token = tokens[i]
    if token.glued and i and tokens[i - 1].kind != MARK:
        return None
    following = at(tokens, i + 1)
    article = token.low in ("a", "an")
    if token.low == "half" or (article and (following is None or following.low not in _COUNTING)):
        return _a_scale(tokens, i, lex)
    total, current = 0, int(article)  # "a hundred and fifty" counts like "one hundred and fifty"
    units_open = not article  # a word below the last one may follow: "twenty" + "five"
    after_hundred = False
    end = first = i + 1 if article else i
    for _ in range(_MOST_WORDS):
        j = end
        hyphen = is_mark(tokens, j, "-", glued=True) and j + 1 < len(tokens) and tokens[j + 1].glued
        if end > first and (hyphen or (after_hundred and j + 1 < len(tokens) and tokens[j].low == "and")):
            j += 1
        word = at(tokens, j)
        if word is None or word.kind != WORD:
            break
        value = lex.number_word.get(word.low)
        if value is not None and (end == first or (units_open and _fits(current, value))):
            current += value
            units_open = value >= 20
            after_hundred = False
        elif current and (hyphen or j == end) and word.low in _COUNTING:
            if word.low == "hundred":
                current *= 100
            else:
                total, current = total + current * 1000, 0
            units_open = after_hundred = True
        else:
            break
        end = j + 1
    if end == first:
        return None
    value = total + current
    return Number(Decimal(value), end, spelled=True, scaled=value >= 100)


def _fits(current: int, value: int) -> bool:
    below = current % 100
    return below == 0 or (below % 10 == 0 and value < 10)


def _a_scale(tokens: Tokens, i: int, lex: Lexicon) -> Number | None:
    """ "a million", "a dozen", "half a billion", "half-billion"; also the half of "half a percentage point"."""
    half = tokens[i].low == "half"
    j = i + 1
    if half:
        following = at(tokens, j)
        if following is not None and (following.low in ("a", "an") or following.text == "-"):
            j += 1
        elif following is None or following.low not in lex.scale_word:
            return None
    word = at(tokens, j)
    if word is None:
        return None
    scale = lex.scale_word.get(word.low)
    if scale is not None and word.low[-1] != "s":
        value = Decimal(scale) / (2 if half else 1)
        return Number(value, j + 1, scaled=True, scale=Decimal(scale), spelled=True)
    if half and j > i + 1 and lex.percent.match(tokens, j):
        return Number(Decimal("0.5"), j, spelled=True)
    return None


def labels_something(tokens: Tokens, i: int, lex: Lexicon) -> bool:
    """True when the word before token `i` is a name or a noun that takes a label: "Windows 11", "version 9", "Article 5"."""
    if i == 0:
        return False
    before = tokens[i - 1]
    if is_mark(tokens, i - 1, ".") and i >= 2 and tokens[i - 2].low in ("no", "nr", "art", "sec", "ch"):
        return True
    if before.kind != WORD:
        return False
    if before.low in lex.numbered_noun:
        return True
    return capital(before) and not _no_name(tokens, i - 1, lex)


def _no_name(tokens: Tokens, i: int, lex: Lexicon) -> bool:
    """True for a capitalised word that is no name: "In", "About", "Cuts", "Monday", "Nearly"."""
    word = tokens[i]
    return (
        word.low in lex.phrase_end
        or word.low in lex.counting_verb
        or word.low in lex.change_verb
        or word.low in lex.weekday
        or word.low in lex.month
        or word.low in lex.direction
        or word.low in lex.approximator.starts
        or word.low in lex.year_preposition
        or word.low in lex.month_preposition
        or (sentence_start(tokens, i) and word.low.endswith("ly"))
    )


def joined_word(tokens: Tokens, i: int) -> Token | None:
    """The word hyphened to what ends before token `i`: "year" in "10-year", where `i` is the hyphen."""
    if is_mark(tokens, i, "-\u2011", glued=True):
        word = at(tokens, i + 1)
        if word is not None and word.glued and word.kind == WORD:
            return word
    return None
