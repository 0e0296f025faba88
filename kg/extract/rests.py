"""What a phrase says behind the words that name its thing: "over counterfeit goods" of "ongoing probes over counterfeit goods".

A node of the graph is called by the least that singles it out (`Mention.span`); the rest says which one is meant here, so that a
statement about it keeps the rest as its `scope` or, of an infinitive, its `purpose`.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.extract import tree
from kg.model import Span

MOST_WORDS = 16
BEHIND = ("nmod", "obl", "acl")


def rest_of(head: Token, end: int, dated: Callable[[Token], bool]) -> Span | None:
    """Characters of the phrases that follow right behind a noun's minimal phrase, which ends at *end*; up to a comma or a bracket.

    Dates are no part of it, nor are examples ("such as Acme").

    >>> rest_of(doc[2], 21, is_date)          # "faces ongoing probes over counterfeit goods."
    Span(start=22, end=44)
    """
    doc = head.doc
    first = next((t.i for t in doc[head.i :] if t.idx >= end and not t.is_space), None)
    place = first
    while place is not None and place < len(doc):
        following = next((c for c in tree.children(head, *BEHIND) if c.left_edge.i == place), None)
        if following is None or _breaks(doc[place]) or not _says_which(following, dated):
            break
        place = _stop(following)
    if first is None or place is None or place <= first or place - first > MOST_WORDS:
        return None
    words = tree.trim(list(doc[first:place]))
    telling = any(t.pos_ in ("NOUN", "PROPN", "VERB", "NUM") for t in words)  # neither "of them" nor "in it"
    return tree.char_span(words) if telling and words[0].i == first and words[0].pos_ != "PRON" else None


def _says_which(token: Token, dated: Callable[[Token], bool]) -> bool:
    if tree.base(token) == "acl":
        return True
    return tree.marker(token) not in ("", *tree.LISTING) and not dated(token)


def _stop(token: Token) -> int:
    """Where a phrase ends, or is broken off."""
    return next(
        (t.i for t in token.doc[token.left_edge.i : token.right_edge.i + 1] if _breaks(t)),
        token.right_edge.i + 1,
    )


def _breaks(token: Token) -> bool:
    return token.is_space or (token.is_punct and token.text not in ("-", "'", "’", '"', "“", "”", "%", "/"))
