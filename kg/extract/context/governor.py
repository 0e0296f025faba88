"""The step from a word to its head: coordination, relative clauses, asides, complements, adverbial clauses, events."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.context.clause import condition_of, is_order
from kg.extract.context.complements import finite, is_nonfinite, nonfinite, question, question_word, reported
from kg.extract.context.events import event
from kg.extract.context.mood import NO_EFFECT, Words, has, keys_of, look_up, opener, subjects
from kg.extract.context.sources import is_report
from kg.extract.context.step import CLOSED, OPEN, SEALED, Link
from kg.model import Modality

_CLAUSES = frozenset({"xcomp", "ccomp", "csubj", "advcl", "acl", "dep"})


def link(token: Token, words: Words) -> Link:
    """The step from `token` to its head."""
    label = tree.base(token)
    if label == "conj":
        return _coordination(token, words)
    if token.dep_ in ("acl:relcl", "advcl:relcl") and not any(c.dep_ == "mark" for c in token.children):
        before = token.left_edge.i - 1
        loose = before >= 0 and token.doc[before].text in (",", "-", "–", "—", "(")
        return SEALED if loose else CLOSED
    if label == "appos":
        return SEALED
    if label == "parataxis" or (label in ("dep", "discourse", "list") and token.head.dep_ != "ROOT"):
        return _parataxis(token, words)
    if label in _CLAUSES and not (label == "dep" and token.pos_ in tree.NOUNS):
        return _clause(token, words)
    return event(token, words)


def _coordination(token: Token, words: Words) -> Link:
    """Which auxiliaries and negations of the first conjunct belong to a later one too.

    "did not extend or renew" shares all, "did not close but sold" nothing: the verb form tells (a bare verb needs the
    auxiliary), and so does "but".
    """
    first = token.head
    cc = next((found for c in (token, *_later(token)) if (found := tree.child(c, "cc")) is not None), None)
    joiner = " ".join(w.lower_ for w in (cc, *tree.children(cc, "fixed"))) if cc is not None else ""
    helpers = [c for c in token.children if tree.base(c) in ("aux", "cop")]
    bare = any(c.tag_ == "VB" for c in helpers[:1]) or (not helpers and _is_bare(token, first))
    own = (bool(helpers) and not bare) or any(c.dep_ in tree.SUBJECTS for c in token.children)
    if token.pos_ in tree.NOUNS and first.pos_ in tree.NOUNS:
        return Link(own_negation=joiner in ("or", "nor"), own_mood=True)
    helped = any(tree.base(c) == "aux" for c in first.children)
    same_form = token.tag_ == first.tag_ if token.tag_ else True
    lent = bare and any(c.tag_ == "MD" for c in first.children)  # "will be owned by Acme and trade in Oslo"
    shares = not own and helped and (same_form or lent)
    if has(words, "negative_marker", joiner) or joiner == "nor":
        return Link(own_negation=False, own_mood=shares)
    if joiner in ("but", "yet"):
        return Link(own_negation=False, own_mood=shares)
    if shares:
        return OPEN
    return Link(own_negation=joiner == "or" and not own, own_mood=False)


def _is_bare(verb: Token, first: Token) -> bool:
    """A bare verb, also where its tag has it a present: "the mill will use scrap and employ 950 people" (not "employs")."""
    one = any(s.tag_ in ("NN", "NNP") and not tree.child(s, "conj") for s in subjects(first))
    return verb.tag_ == "VB" or (verb.tag_ == "VBP" and one and verb.lower_ == tree.lemma(verb))


def _later(token: Token) -> list[Token]:
    """The conjuncts after this one: "and" stands before the last of them but joins them all."""
    return [c for c in token.head.children if c.dep_ == "conj" and c.i > token.i]


def _parataxis(token: Token, words: Words) -> Link:
    head = token.head
    if _apart(head, token, words):
        return SEALED
    if is_report(head, words) and not is_report(token, words):
        return reported(head, words, look_up(words, "reporting_verb", keys_of(head)) or NO_EFFECT)
    if has(words, "source_noun", head.lower_):
        return Link(speaker=head, report=True, negation=False, mood=False)
    return CLOSED


def _apart(head: Token, clause: Token, words: Words) -> bool:
    """Whether a semicolon or colon parts a clause from the one before it, and no plain saying goes on in it.

    "Acme thought better of it: Bolt cut prices" says nothing of what Acme thinks, "Acme said costs rose; margins fell" does.
    """
    first, last = sorted((head.i, clause.i))
    between = head.doc[first + 1 : last]
    parted = any(t.text == ";" or (t.text == ":" and t.i > head.i + 1) for t in between)
    return parted and not _says(head, words)


def _says(head: Token, words: Words) -> bool:
    effect = look_up(words, "reporting_verb", keys_of(head)) if is_report(head, words) else None
    return effect is not None and effect.modality is Modality.ASSERTED


def _clause(token: Token, words: Words) -> Link:
    label, head = tree.base(token), token.head
    if label in ("ccomp", "dep", "advcl") and _apart(head, token, words):
        return SEALED
    opening = opener(token)
    kind = condition_of(token, words)
    if label in ("ccomp", "xcomp", "csubj", "acl") and opening in ("whether", "if"):
        return question(head, words)
    if (
        head.lower_ in ("provided", "assuming", "supposing")
        and head.dep_ in ("advcl", "mark")
        and label in ("ccomp", "advcl")
    ):
        return Link(Modality.HYPOTHETICAL, negation=False, mood=False)
    if kind is not None and label != "ccomp":
        if kind == Modality.CONDITIONAL or (
            opening in ("until", "till", "once") and token.tag_ not in ("VBD", "VBN")
        ):
            return Link(Modality.HYPOTHETICAL, negation=False, mood=False)
        return CLOSED
    if is_nonfinite(token, words):
        return (
            Link(negative=True, own_negation=False)
            if _does_nothing(token, words)
            else nonfinite(token, opening, words)
        )
    if label == "advcl" and not (
        opening == "" and token.i < head.i and is_report(head, words) and subjects(head)
    ):
        present = token.tag_ in ("VBZ", "VBP") or any(
            c.tag_ in ("VBZ", "VBP") for c in token.children if c.dep_ == "cop"
        )
        if present and has(words, "future_temporal", opening or question_word(token)):
            if is_order(head) and "when" in (opening, question_word(token)):
                return Link(
                    Modality.HYPOTHETICAL, negation=False, mood=False
                )  # "watch prices when firms report"
            return Link(negation=False, future_only=True)
        if opening == "so that":
            return Link(Modality.INTENDED, negation=False, mood=False)
        return CLOSED
    return finite(token, words)


def _does_nothing(infinitive: Token, words: Words) -> bool:
    """ "did nothing to slow the influx", "has done little to lift sales": it did not."""
    head = infinitive.head
    verb = head.head if head.dep_ == "obj" else head
    if tree.lemma(verb) != "do" or opener(infinitive) != "to":
        return False
    return any(has(words, "negative_quantifier", c.lower_) for c in tree.children(verb, "obj"))
