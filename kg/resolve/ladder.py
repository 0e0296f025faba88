"""The ladder of names: why two names may mean the same thing, from "identical" down to "family name".

Rungs of scope EVERYWHERE hold between articles; those of scope ARTICLE need one article as context, since only there is "Cook"
surely the Tim Cook just introduced. The ladder follows the sieves of Raghunathan et al., "A Multi-Pass Sieve for Coreference
Resolution" (EMNLP 2010): most precise first. Short forms in brackets are checked as in Schwartz and Hearst, "A Simple Algorithm
for Identifying Abbreviation Definitions" (PSB 2003).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.resolve.names import Name, fold, joined, same_person, split_words

EVERYWHERE = "everywhere"
ARTICLE = "article"
_COMPOUND = re.compile(r"[^\W_]+(?:\s?-\s?[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: `holds(full, other)` says whether two names meet on it. `example` is a pair that does."""

    name: str
    scope: str  # EVERYWHERE or ARTICLE
    example: tuple[str, str]
    holds: Callable[[Name, Name], bool]


def _organisations(a: Name, b: Name) -> bool:
    return not (a.person or b.person)


def initials(name: Name) -> tuple[str, ...]:
    """What an acronym of this name may spell: its capitals, also inside words (PlayStation Portable: PSP), or all first letters.

    Or those of its core, where "Servo-Tech" may count as one word: GWS is Grand Wing Servo-Tech Co., Ltd.
    """
    capitals = fold("".join(c for c in name.text if c.isupper() or c.isdigit()))
    first = fold("".join(w[0] for w in re.findall(r"[^\W_]+", name.text) if w[0].isupper() or w[0].isdigit()))
    wholes = (fold(w) for w in _COMPOUND.findall(name.text) if w[0].isupper() or w[0].isdigit())
    whole = "".join(w[0] for w in wholes if not set(split_words(w)).isdisjoint(name.core))
    core = "".join(w[0] for w in name.core)
    return tuple(dict.fromkeys((first, capitals, "".join(w[0] for w in name.words), core, whole)))


def _expands(full: Name, short: Name) -> bool:
    """The acronym spells the initials of the name, perhaps after a leading adjective ("Irish Data Protection Commission", "DPC")."""
    letters = short.words[0] if len(short.words) == 1 else ""
    if not short.acronym or len(letters) < 2 or len(full.text) <= len(letters) + 1:
        return False
    spelt = initials(full)
    if letters in spelt or (
        len(letters) > 2 and len(spelt[0]) == len(letters) + 1 and spelt[0].endswith(letters)
    ):
        return True
    return len(letters) > 3 and len(spelt[0]) >= len(letters) - 1 and abbreviates(letters, full.text)


def _same_spelling(a: Name, b: Name) -> bool:
    return a.words == b.words or (_organisations(a, b) and joined(a.words) == joined(b.words))


def _same_words_in_other_order(a: Name, b: Name) -> bool:
    return a.person and b.person and len(a.core) > 1 and a.core != b.core and sorted(a.core) == sorted(b.core)


def _family_name(full: Name, short: Name) -> bool:
    return full.person and short.person and len(full.core) > len(short.core) and short.core == full.family


LADDER: tuple[Rung, ...] = (
    Rung("identical", EVERYWHERE, ("Nvidia", "Nvidia"), lambda a, b: a.text == b.text),
    Rung("spelling", EVERYWHERE, ("Nestlé", "NESTLE's"), _same_spelling),
    Rung(
        "known alias",
        EVERYWHERE,
        ("United States", "U.S."),
        lambda a, b: _organisations(a, b) and bool(a.known or b.known) and a.core == b.core,
    ),
    Rung(
        "legal form",
        EVERYWHERE,
        ("Alibaba Group Holding Ltd", "Alibaba"),
        lambda a, b: _organisations(a, b) and a.key == b.key,
    ),
    Rung("title", EVERYWHERE, ("Mr. Tim Cook", "Tim D. Cook"), same_person),
    Rung("acronym", ARTICLE, ("European Economic Area", "EEA"), _expands),
    Rung("name order", ARTICLE, ("Foo Yun Chee", "Yun Chee Foo"), _same_words_in_other_order),
    Rung("family name", ARTICLE, ("Ursula von der Leyen", "von der Leyen"), _family_name),
)


def rung(full: Name, other: Name, scope: str = ARTICLE) -> str:
    """The first rung on which two names meet, or "". `full` is the longer one; scope ARTICLE includes EVERYWHERE."""
    for step in LADDER:
        if (scope == ARTICLE or step.scope == EVERYWHERE) and step.holds(full, other):
            return step.name
    return ""


def abbreviates(short: str, long: str) -> bool:
    """Whether bracketed `short` may abbreviate the `long` form right before it (Schwartz and Hearst 2003, section 3.2).

    Matches the letters of `short` in `long` from right to left; the first letter must begin a word.
    `abbreviates("CySEC", "Cyprus Securities and Exchange Commission")` is True.
    """
    small, large = [c for c in fold(short) if c.isalnum()], fold(long)
    if not 2 <= len(small) <= 10 or len(large) <= len(small):
        return False
    at = len(large)
    for position in range(len(small) - 1, -1, -1):
        at = large.rfind(small[position], 0, at)
        while position == 0 and at > 0 and large[at - 1].isalnum():
            at = large.rfind(small[0], 0, at)
        if at < 0:
            return False
    return True
