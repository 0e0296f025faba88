"""Wrongs told in a clause of their own: "the court ruled that Velox misled its clients", "allegations that it hid losses".

Who establishes a wrong is a judge, who tells of one an accuser (verbs of judging and accusing: Fillmore 1971); both go to the statement's
source. Which verbs tell of a wrong is data (`lex:wrongdoing_verb`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.clauses import Clause
from kg.extract.context import read_context
from kg.extract.context.sources import source_of
from kg.extract.frames import Rule, Sentence
from kg.model import Context, Frame, Modality, Polarity

FOUND, ALLEGED = "find wrongdoing", "allege wrongdoing"
JUDGES = ("Court", "Regulator", "GovernmentBody")


def find_blame(sentence: Sentence) -> Iterator[Frame]:
    """A frame for each wrong that somebody is found or said to have done, its object what was done."""
    for clause in sentence.clauses:
        head = clause.head
        if clause.passive or not clause.subjects or head.dep_ not in ("ccomp", "acl"):
            continue
        if not any(c.dep_ in tree.SUBJECTS for c in head.children):
            continue  # "plans to evade tax": nobody tells of it
        cue = _told_by(sentence, head.head) if _is_wrong(sentence, clause) else ""
        if cue:
            roles = [sentence.role("subj", clause.subjects), sentence.deed_role("comp", head)]
            words = [*tree.auxiliaries(head), head]
            yield sentence.frame(
                "blame.clause", "verb", [cue], words, roles, head, context=_context(sentence, head)
            )


def _is_wrong(sentence: Sentence, clause: Clause) -> bool:
    """Whether the clause tells of a wrong: by its verb, alone or with its object, or by a word like "unlawfully" or "false"."""
    verbs = sentence.words("wrongdoing_verb")
    verb, nouns = tree.verb_lemma(clause.head), [tree.lemma(o) for o in clause.objects]
    inner = clause.complement
    nouns += [f"to {tree.lemma(inner)}"] if inner is not None else []
    if verb in verbs or any(f"{verb} {noun}" in verbs for noun in nouns):
        return True
    around = [*tree.children(clause.head, "advmod")]
    around += [c for o in clause.objects for c in tree.children(o, "amod")]
    return any(c.lower_ in sentence.words("wrongful_word") for c in around)


def _told_by(sentence: Sentence, governor: Token) -> str:
    """The cue of the word that a wrong is told with; "" where it neither judges nor accuses."""
    lemma = tree.lemma(governor)
    if governor.pos_ == "NOUN":
        return ALLEGED if lemma in sentence.words("accusing_noun") else ""
    if governor.pos_ != "VERB":
        return ""
    source = source_of(governor)
    if lemma in sentence.words("judging_verb") and source is not None and _judges(sentence, source):
        return FOUND
    accuses = source is not None and tree.lemma(source) in sentence.words("accuser_noun")
    says = accuses and lemma in sentence.words("reporting_verb")
    return ALLEGED if says or lemma in sentence.words("accusing_verb") else ""


def _judges(sentence: Sentence, source: Token) -> bool:
    kind = sentence.mentions.at(source).type
    named = bool(kind) and any(sentence.ontology.is_a(kind, name) for name in JUDGES)
    return named or tree.lemma(source) in sentence.words("judge_noun")


def _context(sentence: Sentence, head: Token) -> Context:
    """The mood of the blame: that somebody is accused is a fact where what he is accused of is alleged, and if he denies it."""
    context = read_context(head, sentence.ontology.words)
    if context.modality is Modality.ALLEGED:
        context = replace(context, modality=Modality.ASSERTED)
    claim = head.head
    if claim.dep_ == "obj" and "negative" in sentence.words("reporting_verb").get(tree.lemma(claim.head), ""):
        source = source_of(claim.head)
        if source is not None and not _judges(sentence, source):  # "rejected claims that it hid losses"
            context = replace(context, polarity=Polarity.POSITIVE, speaker=None, speaker_text="")
    return context


RULES = (
    Rule(
        "blame.clause",
        "The court ruled that Acme misled investors.",
        ("Acme", "find wrongdoing", "misled investors"),
        "Fillmore 1971",
        find_blame,
    ),
)
