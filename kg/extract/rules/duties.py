"""Duties: what somebody must do, has until May to do, or has yet to be allowed to do.

"Velox must recall its chargers" says of Velox that it is obliged to recall them: deontic necessity (Palmer 2001, Mood and Modality),
kept as a relation of its own beside the mood of what is to be done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.clauses import Clause
from kg.extract.context import read_context
from kg.extract.frames import Rule, Sentence
from kg.model import Context, Frame, Modality, Polarity

MUST, YET, STOP, DEADLINE = "must", "yet", "stop", "deadline"
SPEAKERS = frozenset({"we", "i", "you"})  # "we must do better" is an opinion
BEFORE_DUTY = frozenset({"have", "need", "remain"})  # "has to be approved", "remains to be approved"


def find_duties(sentence: Sentence) -> Iterator[Frame]:
    """One frame for each "must", "shall" and deadline, its object what is to be done."""
    for clause in sentence.clauses:
        head = clause.head
        if head.pos_ not in ("VERB", "AUX") or not clause.subjects + clause.objects + clause.indirect:
            continue
        approves = sentence.known("verb", f"{MUST} {tree.verb_lemma(head)}")
        told = clause.subjects and clause.subjects[0].lower_ not in SPEAKERS
        if told and not clause.passive and not approves and _is_bound(sentence, head):
            roles = [sentence.role("subj", clause.subjects), sentence.deed_role("comp", head)]
            words = [*tree.auxiliaries(head), head]
            yield sentence.frame(
                "duties.must", "verb", [MUST], words, roles, head, context=as_fact(sentence, head)
            )
        if (deed := _due_by(sentence, clause)) is not None:
            giver, bound = _bound_by(clause)
            if bound:
                roles = [sentence.role("obj", bound), sentence.deed_role("comp", deed)]
                roles += [sentence.role("subj", giver)] if giver else []
                yield sentence.frame("duties.deadline", "verb", [DEADLINE], [head], roles, head)


def _is_bound(sentence: Sentence, head: Token) -> bool:
    """ "must sell", "has to sell", but neither "must have sold", a guess, nor "must not sell", a ban, nor "has yet to sell"."""
    helpers = [c for c in head.children if c.dep_ == "aux"]
    if any(tree.is_negation(c) or c.lower_ == YET for c in head.children) or len(helpers) != 1:
        return False
    if helpers[0].lower_ in sentence.words("duty_auxiliary"):
        return True
    return tree.lemma(helpers[0]) == "have" and any(m.i > helpers[0].i for m in _to(head))


def _to(head: Token) -> list[Token]:
    return [m for m in tree.children(head, "mark") if m.lower_ == "to"]


def _due_by(sentence: Sentence, clause: Clause) -> Token | None:
    """The infinitive for which the clause sets a time: "gave the brewer three weeks to reply", "has until May to sell its stake"."""
    if tree.lemma(clause.head) not in sentence.words("deadline_verb"):
        return None
    times = [o for o in clause.objects if _is_time(sentence, o)]
    times += [c for p, c in clause.obliques if p == "until" and _is_time(sentence, c)]
    if not times:
        return None
    for above in (clause.head, *times):
        for deed in tree.children(above, "xcomp", "advcl", "acl"):
            if _to(deed) and deed.pos_ == "VERB" and deed.i > times[0].i:
                return deed
    return None


def _is_time(sentence: Sentence, token: Token) -> bool:
    """A date, a weekday, or so many days."""
    value = sentence.mentions.value_at(token)
    if (value is not None and value[1].kind == "date") or token.lower_ in sentence.words("weekday"):
        return True
    return tree.lemma(token) in sentence.words("period") and tree.child(token, "nummod") is not None


def _bound_by(clause: Clause) -> tuple[list[Token], list[Token]]:
    """Who sets the deadline, if anybody, and who has to keep it."""
    if tree.lemma(clause.head) in ("have", "get"):
        return [], clause.subjects
    if clause.passive:  # "the brewer was given until May"
        return clause.subjects, clause.objects[:1]
    return clause.subjects, clause.indirect


def owed(sentence: Sentence, head: Token) -> str:
    """Whether a deed is still to be done, or no longer: "must" of "must be approved" and "has to be signed off", "yet" of "has yet to
    approve", "stop" of "stopped making"."""
    above = head.head
    if head.dep_ == "xcomp" and head.tag_ == "VBG" and tree.lemma(above) in sentence.words("stopping_verb"):
        return STOP
    controlled = head.dep_ == "xcomp" and tree.lemma(above) in BEFORE_DUTY and not tree.is_passive(above)
    adverbs = [*tree.children(head, "advmod"), *(tree.children(above, "advmod") if controlled else ())]
    if _to(head) and any(a.lower_ == YET for a in adverbs):
        return YET
    if controlled and not tree.children(above, "obj"):
        return MUST
    return MUST if _is_bound(sentence, head) else ""


def as_fact(sentence: Sentence, head: Token) -> Context:
    """The mood of what is owed: that there is a duty is a fact, unless the sentence doubts it ("may have to"); what one has yet to do, or
    does no more, one does not do.
    """
    context = read_context(head, sentence.ontology.words)
    shall = any(c.lower_ == "shall" for c in head.children)
    if context.modality is Modality.OBLIGATORY or (shall and context.modality is Modality.PLANNED):
        context = replace(context, modality=Modality.ASSERTED)
    if owed(sentence, head) in (YET, STOP):
        turned = context.polarity is Polarity.NEGATIVE
        context = replace(context, polarity=Polarity.POSITIVE if turned else Polarity.NEGATIVE)
    return context


RULES = (
    Rule(
        "duties.must",
        "Acme must sell its mill.",
        ("Acme", "must", "sell its mill"),
        "Palmer 2001",
        find_duties,
    ),
    Rule(
        "duties.deadline",
        "The court gave Acme two weeks to reply.",
        ("Acme", "deadline", "reply"),
        "Palmer 2001",
        find_duties,
    ),
)
