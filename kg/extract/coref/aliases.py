"""Second names that the text itself gives: "Monee, formerly SeaMoney", "Carlos Ghosn, nicknamed Le Cost Killer", "Alla Mia Età (To My Age)".

The words that announce a second name are data (word class `alias_phrase`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from kg.extract.coref.seen import Seen

_BETWEEN = 60  # characters between a name and its second name
_OPEN = re.compile(r"\s*(?P<mark>[,(\[–—-]\s*|\s)(?P<words>[^()\[\],;]*?)\s*[\"“‘'«]*$")
_FILLING = frozenset(
    {
        "also",
        "is",
        "was",
        "and",
        "or",
        "who",
        "which",
        "the",
        "a",
        "as",
        "to",
        "better",
        "often",
        "sometimes",
        "now",
        "simply",
    }
)


def announced(text: str, names: Sequence[Seen], phrases: Collection[str]) -> Iterator[tuple[Seen, Seen]]:
    """Pairs of mentions (name, second name) that stand beside each other with words that announce a second name between them.

    `names` are the name mentions in order of place; `phrases` such words, folded: "formerly", "also known as".

    >>> [(a.mention.text, b.mention.text) for a, b in announced("Aldera, formerly Castle Mills, makes carpets.", names, phrases)]
    [('Aldera', 'Castle Mills')]
    """
    for first, second in pairwise(names):
        start, end = first.mention.span.end, second.mention.span.start
        between = text[start:end]
        if not 0 < end - start <= _BETWEEN or first.mention.sentence != second.mention.sentence:
            continue
        match = _OPEN.fullmatch(between)
        if match is None:
            continue
        words = match["words"].casefold().strip(" :")
        if words in phrases or _without_filling(words) in phrases:
            yield first, second


def _without_filling(words: str) -> str:
    """ "which was also formerly known as" -> "formerly known as": the words before the telling one are let go."""
    split = words.split()
    while split and split[0] in _FILLING:
        split = split[1:]
    return " ".join(split)
