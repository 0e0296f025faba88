"""Second names that the text itself gives: "Monee, formerly SeaMoney", "Carlos Ghosn, nicknamed Le Cost Killer", "Alla Mia Età (To My Age)".

The words that announce a second name are data (word class `alias_phrase`), and so are those that may stand before them (`alias_filling`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from kg.extract.coref.seen import Seen

_REACH = 160  # characters between a name and its second name, with what stands in brackets between them
_BETWEEN = 60  # without that
_BACK = 6  # names back
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_OPEN = re.compile(r"\s*(?P<mark>[,(\[–—-]\s*|\s)(?P<words>[^()\[\],;]*?)\s*[\"“‘'«]*\s*")
_BARE = re.compile(r"\s*[(\[]\s*[\"“‘'«]?\s*")
_TONGUE = re.compile(r"\s*[(\[][^()\[\]]*?\b(?P<tongue>[^\W\d_]+)\s?:\s*[\"“‘'«]?\s*")
_CLOSED = re.compile(r"\.?\s*[\"”’'»]?\s*[)\]]")
# A bracket after a place may hold where it lies, after a person whom he plays; after all others, without an acronym or quotes, the owner.
_BY_BRACKET = frozenset({"Organization", "Thing"})
FORMER, LATER = (
    "former",
    "later",
)  # values of phrases before a name that the thing had once, or took in place of the first
_QUOTES = frozenset("\"“‘'«")


class Announced:
    """Finds second names in one article. `phrases` are words that announce one, folded, "…" standing for a few words; those of value
    "bracket" do so in brackets only, those of value "more" after another second name, too, and after those of value "former" comes the
    name it had before, after those of value "later" the one it took. `fillings` may stand before them,
    `tongues` are names of languages.

    >>> [(a.mention.text, b.mention.text) for a, b in announced.pairs(text, names, kinds, short)]
    [('Aldera', 'Castle Mills')]
    >>> announced.order(text[6:17])         # ", formerly "
    'former'
    """

    def __init__(
        self, phrases: Mapping[str, str], fillings: Collection[str], tongues: Collection[str]
    ) -> None:
        self.phrases = phrases
        self.fillings = fillings
        self.tongues = tongues
        self._gapped = [phrase.split("…") for phrase in phrases if "…" in phrase]

    def pairs(
        self, text: str, names: Sequence[Seen], kinds: Mapping[str, str], short: Collection[str]
    ) -> Iterator[tuple[Seen, Seen]]:
        """Pairs of mentions (name, second name). `names` are the name mentions in order of place, `kinds` the kind of each spelling,
        `short` the spellings that look like acronyms."""
        seconds: set[int] = set()  # indexes of second names: another may follow
        for place, second in enumerate(names):
            for first in reversed(names[max(0, place - _BACK) : place]):
                start, end = first.mention.span.end, second.mention.span.start
                if end - start > _REACH or first.mention.sentence != second.mention.sentence:
                    break
                alike = kinds[first.mention.text] == kinds[second.mention.text]
                after = text[second.mention.span.end : second.mention.span.end + 4]
                spelt = {first.mention.text, second.mention.text}
                telling = not spelt.isdisjoint(short) or text[start:end].rstrip()[-1:] in _QUOTES
                bare = alike and telling and kinds[first.mention.text] in _BY_BRACKET
                bare = bare and _CLOSED.match(after) is not None
                if self._tells(text[start:end], bare, first.index in seconds) or (
                    "(" in text[start:end] and _is_foreign(second.mention.text)
                ):
                    seconds.add(second.index)
                    yield first, second
                    break

    def _tells(self, between: str, bare: bool, more: bool) -> bool:
        """Whether the words between two names say that the second is another name for the first."""
        between = _BRACKETED.sub(" ", between)
        if len(between) > _BETWEEN:
            return False
        if bare and _BARE.fullmatch(between):
            return True
        tongue = _TONGUE.fullmatch(between)
        if tongue is not None and tongue["tongue"].casefold() in self.tongues:
            return True
        match = _OPEN.fullmatch(between)
        if match is None:
            return False
        words = match["words"].casefold().strip(" :\"“”'’»")
        value = next((self.phrases[w] for w in (words, self._unfilled(words)) if w in self.phrases), None)
        if value is None:
            return self._has_gap(self._unfilled(words))
        return (
            value in ("", FORMER, LATER) or match["mark"].strip() in ("(", "[") or (value == "more" and more)
        )

    def order(self, between: str) -> str:
        """What the words between two names say of the second: the name "former", the one taken "later", or "" for neither."""
        match = _OPEN.fullmatch(_BRACKETED.sub(" ", between))
        words = match["words"].casefold().strip(" :\"“”'’»") if match is not None else ""
        found = {self.phrases.get(words), self.phrases.get(self._unfilled(words))}
        return next((value for value in (FORMER, LATER) if value in found), "")

    def _unfilled(self, words: str) -> str:
        """ "which was also formerly known as" -> "formerly known as": the words before the telling one are let go."""
        split = words.split()
        while split and split[0] in self.fillings:
            split = split[1:]
        return " ".join(split)

    def _has_gap(self, words: str) -> bool:
        """ "known in English as" """
        return any(words.startswith(before) and words.endswith(after) for before, after in self._gapped)


def _is_foreign(name: str) -> bool:
    """Written in another script: what stands so beside a name can only be the same name."""
    letters = [c for c in name if c.isalpha()]
    return len(letters) > 1 and all(ord(c) > 0x36F for c in letters)
