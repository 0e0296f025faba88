"""Funding rounds called by a letter, made one noun: "led the Series A in Acme", "its $20m Series B"."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

LETTER = re.compile(r"[A-K][1-3]?\.?")


def mend_rounds(doc: Doc) -> None:
    """Join "Series" and its letter to one noun whose lemma is "round"; before another noun both describe that.

    The parser takes either word for a name, an article or an object of its own.

    >>> mend_rounds(doc)    # "Osric led the Series B of Tern Labs."
    >>> [(token.text, token.dep_, token.lemma_) for token in doc[3:5]]
    [('Series', 'obj', 'round'), ('B', 'flat', 'B')]
    """
    found = [(word, doc[word.i + 1]) for word in doc[:-1] if _is_round(word)]
    if not found:
        return
    inside = {token.i for pair in found for token in pair}
    doc.set_ents([e for e in doc.ents if not any(token.i in inside for token in e)])
    for series, letter in found:
        _join(series, letter)
        following = doc[letter.i + 1] if letter.i + 1 < len(doc) else None
        if following is not None and following.pos_ == "NOUN" and following.tag_ in ("NN", "NNS"):
            _describe(series, following)
        else:
            series.lemma_ = "round"


def _is_round(word: Token) -> bool:
    return word.text == "Series" and LETTER.fullmatch(word.doc[word.i + 1].text) is not None


def _join(series: Token, letter: Token) -> None:
    if series.head == letter:
        series.head, series.dep_ = letter.head if letter.head != letter else series, letter.dep_
    for child in list(letter.children):
        if child != series:
            child.head = series
    letter.head, letter.dep_ = series, "flat"
    series.pos_, series.tag_ = "NOUN", "NN"
    letter.pos_, letter.tag_ = "NUM", "CD"  # no name of its own


def _describe(series: Token, noun: Token) -> None:
    """ "a Series A round": what hung on either word, as far as it stands before them, hangs on the round."""
    if noun.head == series:
        noun.head, noun.dep_ = series.head if series.head != series else noun, series.dep_
    for child in list(series.children):
        if child.dep_ != "flat" and child != noun:
            child.head = noun
    series.head, series.dep_ = noun, "compound"
