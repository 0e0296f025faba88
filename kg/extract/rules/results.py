"""What a verb makes of its object: "named Ann Lee chief executive", "makes Nvidia a pillar of …", "established itself as leader".

Small clauses and object complements: clause type SVOC of Quirk et al. (1985, 16.43 ff.), as in ClausIE (Del Corro & Gemulla 2013).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.clauses import Clause
from kg.extract.frames import Rule, Sentence, noun_cues
from kg.extract.rules.copulas import describe
from kg.extract.rules.roles import role_frame
from kg.extract.rules.verbs import installed, is_small
from kg.model import Frame, Role

APPOINTED_TO = frozenset({"as", "to"})
REFLEXIVE = frozenset({"itself", "themselves", "himself", "herself", "myself", "ourselves", "yourself"})


def find_results(sentence: Sentence) -> Iterator[Frame]:
    """The object's role after a verb that gives it one, and the subject's after "as"."""
    for clause in sentence.clauses:
        small = clause.complement
        if small is not None and small.pos_ == "ADJ" and is_small(sentence, clause):
            yield from describe(sentence, "results.object", clause.objects[:1], small, clause.head)
        for subjects, noun in _said(sentence, clause):
            frame = role_frame(sentence, "results.object", subjects, noun, clause.head, False)
            taken = {r.slot for r in frame.roles}
            if not taken & {"of", "at", "for"} and _appoints(sentence, clause):
                frame = replace(frame, roles=(*frame.roles, _as_of(sentence.role("subj", clause.subjects))))
            more = [  # "a pillar in the buildout", parsed as made in it
                sentence.role(slot, [head])
                for slot, head in clause.obliques
                if slot and slot not in taken and slot != "as" and head.i > noun.i
            ]
            yield replace(frame, roles=(*frame.roles, *more))


def _said(sentence: Sentence, clause: Clause) -> Iterator[tuple[list[Token], Token]]:
    verb = tree.lemma(clause.head)
    person, post = installed(sentence, clause)
    if person is not None and post is not None:
        yield [person], post
    elif _appoints(sentence, clause) and clause.objects:
        behind = [h for slot, h in clause.obliques if slot in APPOINTED_TO]
        behind += [c for c in tree.children(clause.objects[0], "nmod") if tree.marker(c) in APPOINTED_TO]
        yield from ((clause.objects[:1], noun) for noun in behind[:1] if _is_post(sentence, noun))
    elif verb in sentence.words("making_verb") and clause.objects and _is_noun(clause.complement):
        assert clause.complement is not None
        yield clause.objects[:1], clause.complement
    if verb not in sentence.words("as_verb"):
        return
    for preposition, noun in clause.obliques:
        if preposition != "as" or not _is_post(sentence, noun):
            continue
        bare = all(o.lower_ in REFLEXIVE for o in clause.objects)
        subjects = clause.objects[:1] if clause.passive else clause.subjects if bare else []
        if subjects:
            yield subjects, noun


def _appoints(sentence: Sentence, clause: Clause) -> bool:
    """Whether the subject puts somebody into a post: "hired Ann Lee as chief executive"."""
    verb = tree.lemma(clause.head)
    return bool(clause.subjects) and not clause.passive and verb in sentence.words("appointing_verb")


def _as_of(giver: Role) -> Role:
    return Role("of", giver.mentions, giver.phrase)


def _is_post(sentence: Sentence, noun: Token) -> bool:
    return any(sentence.known("role", cue) for cue in noun_cues(noun))


def _is_noun(complement: Token | None) -> bool:
    return complement is not None and complement.dep_ == "xcomp" and complement.pos_ in ("NOUN", "PROPN")


def find_called(sentence: Sentence) -> Iterator[Frame]:
    """ "a Cypriot firm called Greenfield Wealth": the name is said to be what the noun says."""
    for token in sentence.tokens:
        if token.pos_ == "NOUN" and (name := sentence.name_called(token)) is not None:
            yield role_frame(sentence, "results.called", [name], token, token, True)


RULES = (
    Rule(
        "results.object",
        "Acme established itself as the market leader in Germany.",
        ("Acme", "market leader", "Germany"),
        "Quirk et al. 1985; ClausIE 2013",
        find_results,
    ),
    Rule(
        "results.called",
        "Acme acquired a supplier of Bolt called Castell.",
        ("Castell", "supplier", "Bolt"),
        "Hearst 1992",
        find_called,
    ),
)
