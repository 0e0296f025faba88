"""Items of a list whose lead-in carries the verb: "Acme will use the platform to:" and a line "screen suppliers;" below it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.clauses import read_clause
from kg.extract.frames import Sentence

MAX_ITEMS, MAX_WORDS = 12, 40  # lines of one list; words of one line
ITEM_ENDS = frozenset({";", ",", "and", "or"})  # what ends an item that is not the last
LEADS = frozenset({"to", "will", "can", "could", "should", "must", "may", "would"})


@dataclass(frozen=True, slots=True)
class Lead:
    """The end of a lead-in: its last verb, and who does what the items say."""

    verb: Token
    subjects: tuple[Token, ...]
    objects: tuple[Token, ...]


def lead_in(sentence: Sentence) -> Lead | None:
    """The lead-in this sentence is an item of; None where it is no item, or the lead-in does not ask for verbs."""
    doc, place = sentence.tokens.doc, sentence.tokens.start
    while place < sentence.tokens.end and (doc[place].is_space or doc[place].is_punct):
        place += 1
    for _ in range(MAX_ITEMS):
        end = _line_before(sentence, place)
        if end is None:
            return None
        if doc[end].text == ":":
            return _lead(doc[end]) if doc[end - 1].lower_ in LEADS else None
        if doc[end].text not in ITEM_ENDS:
            return None
        place = _start_of_line(doc[end])
    return None


def _line_before(sentence: Sentence, place: int) -> int | None:
    """The last word of the line above the one that starts here; None if nothing but blanks stands in between on one line."""
    doc, broken = sentence.tokens.doc, False
    place -= 1
    while place >= 0 and (doc[place].is_space or doc[place].text in ("-", "–", "*", "•")):
        broken = broken or "\n" in doc[place].text
        place -= 1
    return place if place > 0 and broken else None


def _start_of_line(token: Token) -> int:
    place = token.i
    while place > max(0, token.i - MAX_WORDS) and "\n" not in token.doc[place - 1].text:
        place -= 1
    return place


def _lead(colon: Token) -> Lead | None:
    for place in range(colon.i - 1, max(-1, colon.i - MAX_WORDS), -1):
        token = colon.doc[place]
        if token.pos_ == "VERB" and tree.is_predicate(token):
            clause = read_clause(token)
            if clause.subjects:
                return Lead(token, tuple(clause.subjects), tuple(clause.objects))
        if "\n" in token.text:
            break
    return None
