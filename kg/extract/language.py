"""Whether a text is English at all, by the share of its words that are common English ones and nobody else's.

The oldest method of language identification that works (Ingle 1976; Grefenstette 1995): a third of English prose are a few dozen
function words. The list leaves out those that other languages share ("in", "was", "die"), so they keep a fifth of English and
a few percent of everything else.
"""

from __future__ import annotations

import re
from collections.abc import Collection

MIN_WORDS = 25  # different ones; fewer say nothing: a headline, or a list of names, may well do without "the"
MIN_SHARE = 0.07  # of common words; English articles have 0.13 and more, other languages below 0.04 (tests/extract/test_language.py)
MIN_LATIN = 0.5  # of letters; a text in another script is not English, whatever names it quotes
LOOKED_AT = 20_000  # characters from the start
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def foreign(text: str, common: Collection[str]) -> str:
    """Why a text is not English, in words for the user; "" where it is, or where it is too short to tell.

    `common` are the words of the ontology's class `function_word`, lower case; without them only the script is looked at.

        >>> foreign("Москва: концерн сообщил в понедельник, что …", {"the", "of"})
        'not English by its script (0% of its letters are Latin)'
    """
    words = [word.lower() for word in _WORD.findall(text[:LOOKED_AT])]
    letters = "".join(words)
    if len(letters) < MIN_WORDS:
        return ""
    latin = len(_LATIN.findall(letters)) / len(letters)
    if latin < MIN_LATIN:
        return f"not English by its script ({latin:.0%} of its letters are Latin)"
    if len(set(words)) < MIN_WORDS or not common:
        return ""
    share = sum(word in common for word in words) / len(words)
    if share < MIN_SHARE:
        return f"not English by its words ({share:.0%} of them are common English ones)"
    return ""
