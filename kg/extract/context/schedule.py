"""Futures told in the present: "the fair opens in Ghent in April", "the hearing is due on 3 March".

English puts what is arranged by a calendar into the present tense (the futurate, Copley 2009). Only verbs of happenings have it, and
only with a date; what a habit or an old story looks like is left alone.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.context.mood import Words, has, is_infinitive, keys_of, opener

_EACH = frozenset({"every", "each", "most", "last", "past", "all", "until", "till", "since", "between"})
_WHEN = frozenset({"", "on", "in", "at", "from", "by", "for", "before", "to"})


def is_scheduled(head: Token, words: Words) -> bool:
    """Whether a clause without auxiliary tells of something that the calendar has yet to bring."""
    if head.pos_ not in tree.NOUNS and any(
        c.lower_ == "due" and _is_before_infinitive(c) for c in head.children
    ):
        return True  # "is due to reopen", its "due to" taken for a preposition
    if any(tree.base(c) == "aux" and c.dep_ != "aux:pass" for c in head.children):
        return False
    if head.tag_ in ("VBZ", "VBP"):
        arranged = has(words, "calendar_verb", *keys_of(head))
    else:
        present = any(c.tag_ in ("VBZ", "VBP") for c in head.children if c.dep_ in ("cop", "aux:pass"))
        arranged = present and has(words, "calendar_adjective", head.lower_)
    places = [head, *(c for c in head.children if c.dep_ == "xcomp" and not is_infinitive(c))]
    return arranged and any(
        tree.base(c) == "obl" and opener(c) in _WHEN and _is_date(c, words)
        for t in places
        for c in t.children
    )


def _is_before_infinitive(due: Token) -> bool:
    after = due.doc[due.i + 1 : due.head.i]
    said = due.doc[: due.i][-2:]  # a form of "be", perhaps with an adverb
    return len(after) > 0 and after[0].lower_ == "to" and any(tree.lemma(t) == "be" for t in said)


def _is_date(noun: Token, words: Words) -> bool:
    """ "3 March", "next Thursday", "the end of June", "tomorrow", but neither "Mondays" nor "every March"."""
    phrase = list(noun.subtree)
    if any(t.lower_ in _EACH for t in phrase):
        return False
    if any(t.lower_ == "next" for t in phrase) and any(has(words, "period", t.lower_) for t in phrase):
        return True
    named = (t for t in phrase if t.text[:1].isupper() and t.dep_ != "compound")
    return noun.lower_ == "tomorrow" or any(
        has(words, name, t.lower_)
        for t in named
        for name in ("month", "weekday", "holiday", "moving_holiday")
    )
