"""Who speaks inside quotation marks: the reading of "we", "our" and "I"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from spacy.tokens import Doc, Token

from kg.extract import tree

_PAIRS = {"“": "”", '"': '"', "«": "»"}
_LONGEST = 2000  # characters; a longer "quotation" is a lost closing mark


def quotations(text: str) -> list[tuple[int, int]]:
    """Character ranges inside quotation marks, without the marks; a range never crosses a blank line.

    >>> quotations('He said: "We won."')
    [(10, 17)]
    """
    found, start, closing = [], -1, ""
    for place, char in enumerate(text):
        if start >= 0 and (char == closing or place - start > _LONGEST or text.startswith("\n\n", place)):
            if char == closing:
                found.append((start, place))
            start = -1
        elif start < 0 and char in _PAIRS:
            start, closing = place + 1, _PAIRS[char]
    return found


class Speech:
    """Finds the speaker of a quoted token: the subject of the verb of saying around or beside the quotation."""

    def __init__(self, doc: Doc, reporting: Mapping[str, str]) -> None:
        self.doc = doc
        self.ranges = quotations(doc.text)
        self._starts = [start for start, _ in self.ranges]
        self._verbs = reporting
        self._sentences = list(doc.sents)
        self._sentence_starts = [sentence.start_char for sentence in self._sentences]
        self._speakers: dict[tuple[int, int], Token | None] = {}

    def quoted(self, token: Token) -> tuple[int, int] | None:
        """The quotation a token stands in, or None."""
        place = bisect_right(self._starts, token.idx) - 1
        if place >= 0 and token.idx < self.ranges[place][1]:
            return self.ranges[place]
        return None

    def speaker(self, token: Token) -> Token | None:
        """Head of the phrase that names who says the quotation around `token`; None outside quotations or if not said."""
        quotation = self.quoted(token)
        if quotation is None:
            return None
        if quotation not in self._speakers:
            self._speakers[quotation] = self._find(quotation)
        return self._speakers[quotation]

    def _find(self, quotation: tuple[int, int]) -> Token | None:
        """The subject of the first verb of saying outside the quotation, in the sentences it reaches into."""
        first = max(0, bisect_right(self._sentence_starts, quotation[0] - 2) - 1)
        last = bisect_right(self._sentence_starts, quotation[1] + 1)
        for sentence in self._sentences[first:last]:
            for verb in sentence:
                if self.quoted(verb) is None and tree.lemma(verb) in self._verbs:
                    subject = tree.child(verb, "nsubj")
                    if subject is not None and self.quoted(subject) is None:
                        return subject
        return None
