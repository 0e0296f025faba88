"""Sources in headlines, which name them behind a dash or before a colon: "Group to cut jobs - sources"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.context.mood import Words, has, sentence_of

_DASHES = frozenset({"-", "–", "—", ":"})
_END = frozenset({".", "!", "?", "…"})
_MAX_WORDS = 4


def headline_source(predicate: Token, words: Words) -> Token | None:
    """Head of the source that a headline names at its end or beginning; None in sentences with a full stop."""
    start, end = sentence_of(predicate)
    last = predicate.doc[end - 1]
    if last.text in _END:
        return None
    tokens = [t for t in predicate.doc[start:end] if not t.is_space]
    if not tokens or tokens[-1].text in _END:
        return None
    marks = [n for n, t in enumerate(tokens) if t.text in _DASHES]
    if not marks:
        return None
    tail, lead = tokens[marks[-1] + 1 :], tokens[: marks[0]]
    for part in (tail, lead):
        if 0 < len(part) <= _MAX_WORDS and predicate not in part:
            for token in reversed(part):
                if has(words, "source_noun", token.lower_, tree.lemma(token)):
                    return token
    return None
