"""What a number counts, without a parse: a unit of measure, or the plural noun that ends the phrase after it. Also ordinals.

"28 new models" counts models, "40 megawatts" megawatts, "a 30-store chain" stores; "Internet Explorer 9 users" counts nothing.
"""

from __future__ import annotations

from kg.extract.values.lexicon import Lexicon, plural_of
from kg.extract.values.numbers import Number, joined_word, labels_something, stands_free
from kg.extract.values.tokens import NUMBER, WORD, Token, Tokens, at, capital, is_mark, sentence_start
from kg.model import Value

_MODIFIERS = 4  # words between a number and the noun it counts
_YEARS = range(1500, 2100)
_ORDINAL_ENDINGS = frozenset(("st", "nd", "rd", "th"))
_SINGULAR_ENDINGS = ("ss", "us", "is")
_TITLE_WORDS = 4  # words of four letters and more, at least so many, and nearly all capitalised: a headline


def counted(
    tokens: Tokens, number: Number, start: int, end: int, lex: Lexicon
) -> tuple[str | None, int] | None:
    """(plural unit, index after it) for an amount that starts at token `start` and whose number ends before `end`.

    The unit is None for a bare "four million".

    None when the number counts nothing: a label, a year, a version, a house number.
    """
    if joined_word(tokens, end) is not None:
        return _hyphened(tokens, number, end, lex)
    after = at(tokens, end)
    glued = after is not None and after.glued and after.kind in (WORD, NUMBER)
    measured = _measured(tokens, number, end, lex)
    if measured is not None:
        return measured
    small_letter = number.letter and number.value < 10 * number.scale and number.letter.isupper()  # 4K, 7B
    if glued or small_letter or (after is not None and after.text == "%"):
        return None
    named = not (number.grouped or (number.scaled and not number.letter)) and labels_something(
        tokens, start, lex
    )
    noun = (
        None
        if named or _vague(number) or _in_a_year(tokens, number, start, lex)
        else _counted_noun(tokens, end, lex, year=_like_a_year(number))
    )
    if noun is not None:
        return noun
    if noun is None and _is_of_people(tokens, start, lex) and number.value == int(number.value):
        return "people", end
    firm_letter = number.letter in ("k", "m", "bn") and number.value >= 10_000
    if number.grouped or (number.scaled and (not number.letter or (firm_letter and not named))):
        return None, end
    return None


def _is_of_people(tokens: Tokens, start: int, lex: Lexicon) -> bool:
    """ "a workforce of 730"."""
    return start > 1 and tokens[start - 1].low == "of" and tokens[start - 2].low in lex.body_of_people


def _vague(number: Number) -> bool:
    return number.spelled and number.value == 1


def _like_a_year(number: Number) -> bool:
    return len(number.plain) == 4 and int(number.plain) in _YEARS


def _in_a_year(tokens: Tokens, number: Number, start: int, lex: Lexicon) -> bool:
    """ "In 2000 jobs were lost": after such a preposition four digits are a year whatever follows."""
    return _like_a_year(number) and start > 0 and tokens[start - 1].low in lex.month_preposition


def _measured(tokens: Tokens, number: Number, i: int, lex: Lexicon) -> tuple[str, int] | None:
    found = lex.measure.match(tokens, i)
    if found is None or (number.letter and not number.letter.islower()):
        return None
    end, unit = found
    token = tokens[i]
    if end == i + 1:
        if len(token.text) == 1 and token.text != token.low:
            return None  # 5G
        if token.low == "x" and not token.glued:
            return None
        if not token.glued and unit == plural_of(token.low) and number.value > 1:
            return None  # two second ..., 30 day ...: an adjective
        if number.spelled and number.value == 1 and token.low in ("time", "day", "point"):
            return None
    return unit, end


def _hyphened(tokens: Tokens, number: Number, i: int, lex: Lexicon) -> tuple[str | None, int] | None:
    """ "500-megawatt", "two-year", "54-year-old", "30-store"."""
    found = lex.measure.match(tokens, i + 1)
    if found is not None:
        end, unit = found
        if number.value == 1 and unit == "times":
            return None
        token = tokens[i + 1]
        if len(token.text) == 1:
            return None
        old = joined_word(tokens, end)
        return unit, end + 2 if old is not None and old.low == "old" else end
    if tokens[i + 1].low in lex.strong:
        return "people", i + 2  # 30-strong
    plural = lex.counted.get(tokens[i + 1].low)
    if plural:
        return plural, i + 2
    return (None, i) if number.grouped else None  # 1,500-odd


def _counted_noun(tokens: Tokens, i: int, lex: Lexicon, *, year: bool) -> tuple[str, int] | None:
    j = i
    for _ in range(_MODIFIERS + 1):
        token = at(tokens, j)
        if token is None or token.kind != WORD or (token.glued and j == i):
            return None
        while (joined := joined_word(tokens, j + 1)) is not None:  # non-compliant
            token, j = joined, j + 2
        if token.low in lex.phrase_end:
            return None
        if _is_plural(token, lex):
            return _noun_head(tokens, i, j, lex, year)
        if token.low in lex.not_counted:
            return None
        j += 1
    return None


def _noun_head(tokens: Tokens, i: int, j: int, lex: Lexicon, year: bool) -> tuple[str, int] | None:
    following = at(tokens, j + 1)
    if (
        following is not None
        and following.kind == WORD
        and not following.glued
        and _is_plural(following, lex)
    ):
        j += 1  # 300 sales jobs: no verb in s follows a plural
    token = tokens[j]
    known = token.low in lex.counted_plurals
    if year and not known:
        return None
    if capital(token) and not known and not _acronym(token) and not _headline(tokens):
        return None  # 3 Emerald Gardens
    return (token.text if _acronym(token) else token.low), j + 1


def _is_plural(token: Token, lex: Lexicon) -> bool:
    low = token.low
    if low in lex.counted_plurals:
        return True
    if low in lex.not_counted:
        return False
    if _acronym(token):
        return True
    return len(low) > 3 and low.endswith("s") and not low.endswith(_SINGULAR_ENDINGS)


def _acronym(token: Token) -> bool:
    """ "PSPs", "EVs"."""
    return len(token.text) > 2 and token.text[-1] == "s" and token.text[:-1].isupper()


def _headline(tokens: Tokens) -> bool:
    """True for a line in title case or capitals, where a capital says nothing. Looks at the first forty tokens."""
    words = [token for token in tokens[:40] if token.kind == WORD and len(token.text) > 3]
    return len(words) >= _TITLE_WORDS and sum(map(capital, words)) >= 0.8 * len(words)


def ordinal_at(tokens: Tokens, i: int, lex: Lexicon) -> tuple[int, Value] | None:
    """(end, Value) of the ordinal at token `i`: "third", "21st"; not in "third-party", "at first", "a second"."""
    token, before, after = tokens[i], at(tokens, i - 1), at(tokens, i + 1)
    end, number = i + 1, ""
    if token.kind == NUMBER and token.text.isdigit() and len(token.text) < 5:
        if (
            after is None
            or not after.glued
            or after.low not in _ORDINAL_ENDINGS
            or not stands_free(tokens, i)
        ):
            return None
        end, number = i + 2, str(int(token.text))
    elif token.kind == WORD and token.low in lex.ordinal_word:
        if (
            before is not None
            and before.low in ("at", "per", "every", "each", "one")
            and not sentence_start(tokens, i)
        ):
            return None
        if (
            token.low == "second"
            and (before is None or before.low in ("a", "split", "of"))
            and not _noun_follows(after)
        ):
            return None
        if before is not None and is_mark(tokens, i - 1, "-") and token.glued:
            return None
        number = str(lex.ordinal_word[token.low])
    else:
        return None
    joined = joined_word(tokens, end)
    if (
        joined is not None
        and not joined.low.endswith(("est", "most"))
        and joined.low not in ("most", "generation")
    ):
        return None
    return end, Value("ordinal", "", number=number)


def _noun_follows(after: Token | None) -> bool:
    return after is not None and after.kind == WORD and len(after.low) > 3
