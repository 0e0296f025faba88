"""Causes told by a preposition or conjunction: "because of the strike", "thanks to a weak yen", "because its lease ran out".

Who acts in the clause acts for that reason; what merely happens has it as its cause (Quirk et al. 1985, 8.86 and 15.45: reason
and cause).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.clauses import Clause
from kg.extract.context.clause import is_denied
from kg.extract.frames import Rule, Sentence
from kg.model import Frame, Role

REASON, CAUSE = "because", "due"  # the cues of reasons and of causes
ACTORS = ("Organization", "Person", "PersonGroup", "GovernmentBody", "Country")


def find_causes(sentence: Sentence) -> Iterator[Frame]:
    """A frame for each cause: of a deed it is the doer's reason, of an event the event's cause."""
    for clause in sentence.clauses:
        says = tree.lemma(clause.head) in sentence.words("reporting_verb")
        if clause.passive or not clause.subjects or clause.inherited or says:
            continue  # "in response to a query, Acme said …"
        predicate = clause.predicate
        if predicate is not None and tree.marker(predicate) in sentence.words("cause_preposition"):
            roles = [sentence.role("cause", [predicate]), sentence.role("obj", clause.subjects)]
            yield sentence.frame(
                "causes.copula", "verb", [CAUSE], tree.case_words(predicate), roles, predicate
            )
            continue
        for _, phrase in clause.obliques:
            cause, kind = _cause_in(sentence, phrase)
            if cause is not None:
                words, role = tree.case_words(cause), sentence.role("cause", [cause])
                yield from _frames(sentence, clause, phrase, words, role, kind == "reason")
        for cause in tree.children(clause.head, "advcl"):
            mark = next(iter(tree.children(cause, "mark")), None)
            if mark is not None and mark.lower_ in sentence.words("cause_conjunction"):
                role = sentence.clause_role("cause", cause)
                if _acts(sentence, clause):
                    yield from _frames(sentence, clause, cause, [mark], role, True)


def _cause_in(sentence: Sentence, phrase: Token) -> tuple[Token | None, str]:
    """The cause named by an adverbial, and what kind: "strike" of "due to a strike", "yen" of "on the back of a weak yen"."""
    prepositions = sentence.words("cause_preposition")
    if phrase.pos_ not in tree.NOUNS:
        return None, ""
    if (marker := tree.marker(phrase)) in prepositions:
        return phrase, prepositions[marker]
    for inner in tree.children(phrase, "nmod"):
        last = tree.case_words(inner)[-1:]
        opening = inner.doc[phrase.left_edge.i : last[0].i + 1].text.lower() if last else ""
        if opening in prepositions:
            return inner, prepositions[opening]
    return None, ""


def _frames(
    sentence: Sentence, clause: Clause, phrase: Token, words: list[Token], role: Role, reason: bool
) -> Iterator[Frame]:
    if not (reason and _acts(sentence, clause)):
        outcome = sentence.mentions.clause(clause.head, without=phrase)
        roles = [role, Role("comp", (outcome,), outcome.phrase)]
        yield sentence.frame("causes.event", "verb", [CAUSE], words, roles, clause.head)
    elif not is_denied(
        clause.head, sentence.ontology.words
    ):  # "did not sue because …" gives a reason for not suing
        roles = [sentence.role("subj", clause.subjects), role]
        yield sentence.frame("causes.reason", "verb", [REASON], words, roles, clause.head)


def _acts(sentence: Sentence, clause: Clause) -> bool:
    """Whether the clause tells of somebody who does something, rather than of what becomes of somebody or something."""
    kind = sentence.mentions.at(clause.subjects[0]).type
    somebody = bool(kind) and any(sentence.ontology.is_a(kind, name) for name in ACTORS)
    return (
        somebody
        and tree.lemma(clause.head) not in sentence.words("nonaction_verb")
        and bool(clause.objects or clause.complement)
    )


RULES = (
    Rule(
        "causes.reason",
        "Acme closed its mill because of high fuel prices.",
        ("Acme", "because", "high fuel prices"),
        "Quirk et al. 1985, 8.86",
        find_causes,
    ),
    Rule(
        "causes.event",
        "Exports fell due to the port strike.",
        ("port strike", "due", "Exports fell"),
        "Quirk et al. 1985, 8.86",
        find_causes,
    ),
    Rule(
        "causes.copula",
        "The outage was due to a software fault.",
        ("software fault", "due", "outage"),
        "Quirk et al. 1985, 8.86",
        find_causes,
    ),
)
