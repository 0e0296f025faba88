"""Of what time a figure tells: "first-quarter revenue", "in the six months to June", but not the Tuesday on which it was reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.frames import Sentence
from kg.model import Role

BESIDE = ("parataxis", "conj")  # clauses of one sentence share the period that the first one names


def periods(sentence: Sentence, noun: Token, clause: Token | None, own: Sequence[Token]) -> Iterator[Role]:
    """The period in front of what is measured, else, where no time hangs on the figure's *own* words, that of the clause before."""
    before = [
        c for c in tree.children(noun, "compound", "amod", "nummod", "nmod", "nmod:poss") if c.i < noun.i
    ]
    named = [c for c in before if _is_date(sentence, c)]
    for c in named:
        yield sentence.role("time", [c], alone=True)
    timed = any(_is_date(sentence, c) for t in own for c in t.children)
    if named or timed or clause is None or clause.dep_ not in BESIDE or clause.head == clause:
        return
    first = clause.head
    near = [first, *(c for c in first.children if c.i < clause.i)]
    for c in (c for t in near for c in tree.children(t, "nmod", "obl")):
        if c.i < clause.left_edge.i and _is_date(sentence, c) and not is_day(sentence, c):
            yield sentence.role("time", [c], alone=True)
            return


def is_day(sentence: Sentence, token: Token) -> bool:
    """Whether a date is a single day: "Tuesday", "3 March"."""
    value = sentence.mentions.value_at(token)
    iso = value[1].iso or "" if value is not None else ""
    return token.lower_ in sentence.words("weekday") or (len(iso) == 10 and not iso.startswith("-"))


def is_report(sentence: Sentence, verb: Token) -> bool:
    """Whether the verb only gives the figure, so that its day is that of the report."""
    lemma = tree.lemma(verb)
    return lemma in sentence.words("report_figure_verb") or lemma in sentence.words("reporting_verb")


def _is_date(sentence: Sentence, token: Token) -> bool:
    value = sentence.mentions.value_at(token)
    return value is not None and value[1].kind == "date"
