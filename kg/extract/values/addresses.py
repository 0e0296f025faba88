"""Postal addresses: a house number at the name of a street, with what stands around it between commas."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kg.extract.values.lexicon import Lexicon
from kg.model import Span, Value

MOST = 120  # characters of an address
_NAME = r"[A-ZÀ-Þ][\w'’.-]*"
_YEARLESS = r"(?:(?<!\b[Ii]n )(?<!ince )|(?!(?:19|20)\d\d\b))"  # "in 2019 Regent Street" opens with a year
_NUMBER = r"\d{1,5}(?:[-–/]\d{1,4})?[A-Za-z]?"
#: Between two commas: words with capitals and numbers: "8001 Zurich", "L-1855 Luxembourg", "London W1F 9JE".
_PART = r"[A-ZÀ-Þ\d][\w'’-]*(?: (?:[A-ZÀ-Þ\d][\w'’-]*|de|la|le|del|di|am|an der)){0,4}"


def addresses(text: str, lex: Lexicon) -> list[tuple[Span, Value]]:
    """Every address in `text`: kind "address", without number or unit.

    What follows the street belongs to it as long as it is a name or a number between commas; a name that a small letter
    follows opens the next clause ("at 5 Beach Avenue, Reuters reported"), unless it is the name of a city or country.
    """
    if not lex.street_word:
        return []
    found = []
    for match in _pattern(lex.street_word, lex.room_word, lex.street_opener, lex.street_ending).finditer(
        text
    ):
        end = _end(text, match.end(), match.start() + MOST, lex.place)
        found.append((Span(match.start(), end), Value("address", text[match.start() : end])))
    return found


def _end(text: str, end: int, limit: int, places: frozenset[str]) -> int:
    """Where the parts after the street end."""
    part = re.compile(rf",? (?P<part>{_PART})")
    while (more := part.match(text, end, limit)) is not None:
        words = more["part"]
        opens = re.match(r"\s+[a-zß-ÿ]", text[more.end() : more.end() + 3]) is not None
        if opens and not any(c.isdigit() for c in words) and words.lower() not in places:
            break
        if text[end] != "," and not any(c.isdigit() for c in words):
            break  # only a number follows a street without a comma
        end = more.end()
    return end - 1 if text[end - 1] in ".-" else end


@lru_cache(maxsize=4)
def _pattern(
    words: frozenset[str], rooms: frozenset[str], openers: frozenset[str], endings: frozenset[str]
) -> re.Pattern[str]:
    ends, begins, glued = (
        _any(found) for found in (map(str.capitalize, words), map(str.capitalize, openers), endings)
    )
    plain = rf"(?:{_NAME} ){{1,4}}(?:{ends})\b\.?"
    numbered = _any(map(str.capitalize, rooms)) or "(?!)"
    room = rf"(?:(?:{numbered}) \w{{1,5}}|\d{{1,2}}(?:st|nd|rd|th) [Ff]loor), "
    streets = [rf"(?:{room}){{0,2}}(?:{_YEARLESS}{_NUMBER}|One),? {plain}", rf"(?:{room}){{1,2}}{plain}"]
    if openers:
        streets.append(rf"{_NUMBER},? (?i:{begins})(?: (?:d[eui]|della|de la|des|l'))?(?: {_NAME}){{1,4}}")
    if endings:
        streets.append(rf"{_NAME}(?:{glued})\.? {_NUMBER}\b")
        streets.append(rf"{_NAME} (?i:{glued})\.? {_NUMBER}\b")
    return re.compile(rf"(?<![\w.$€£-])(?:{'|'.join(streets)})(?!-)")


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
