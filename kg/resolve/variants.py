"""Misspelt names: pairs of keys one slip of the pen apart, found without comparing all with all.

Two words at distance one share a form with one letter left out (the symmetric delete index of Garbe's SymSpell, after Mor and
Fraenkel, "A Hash Code Method for Detecting and Correcting Spelling Errors", CACM 1982), so only names that meet in that index are
compared, by optimal string alignment (rapidfuzz).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz.distance import OSA

SHORTEST = 7  # letters; shorter names are one slip from too many others ("Aldi", "Audi")
CROWD = 24  # names that share a form: a series, not slips


def variants(keys: Iterable[str]) -> Iterator[tuple[str, str, float]]:
    """Pairs of keys that differ by one letter put in, left out, exchanged or two letters swapped, with their likeness (0-1), sorted.

    The first letter and every digit must agree: "iPhone 15" is no slip for "iPhone 16".

    >>> [pair[:2] for pair in variants(["microsoft", "microsfot", "nvidia"])]
    [('microsfot', 'microsoft')]
    """
    forms: dict[str, list[str]] = {}
    for key in sorted(set(keys)):
        if len(key) >= SHORTEST:
            for form in {key, *(key[:i] + key[i + 1 :] for i in range(1, len(key)))}:
                forms.setdefault(form, []).append(key)
    found: set[tuple[str, str]] = set()
    for crowd in forms.values():
        if 1 < len(crowd) <= CROWD:
            found.update(combinations(sorted(set(crowd)), 2))
    for a, b in sorted(found):
        if _digits(a) == _digits(b) and OSA.distance(a, b, score_cutoff=1) == 1:
            yield a, b, 1 - 1 / max(len(a), len(b))


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
