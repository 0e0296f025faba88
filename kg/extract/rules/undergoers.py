"""Nouns that turn a deed round: "Acme is the target of a probe by Bolt", "Norda, the victim of a fraud".

The noun names the undergoer of the deed in its of-phrase: patient nominals (Macleod et al. 1998, NOMLEX).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.context import read_context
from kg.extract.frames import Rule, Sentence, noun_cues
from kg.extract.rules.roles import deed_roles
from kg.model import Frame


def find_undergoers(sentence: Sentence) -> Iterator[Frame]:
    """The deed that is done to the subject, or to the noun before an apposition."""
    for token in sentence.tokens:
        deed = deed_done_to(sentence, token)
        bearer = _bearer(token) if deed is not None else None
        if deed is None or bearer is None:
            continue
        roles = [r for r in deed_roles(sentence, deed) if r.slot not in ("obj", "of")]
        roles += [sentence.role(slot, [bearer]) for slot in ("obj", "of")]
        agents = [c for c in tree.children(token, "nmod") if tree.marker(c) == "by"]
        if agents and not any(r.slot == "subj" for r in roles):  # "by Bolt", hung on the target
            roles.append(sentence.role("subj", agents[:1]))
        head = token if tree.child(token, "cop") is not None else bearer
        context = read_context(head, sentence.ontology.words)
        yield sentence.frame(
            "nouns.undergoer", "noun", noun_cues(deed), [token, deed], roles, deed, context=context
        )


def deed_done_to(sentence: Sentence, noun: Token) -> Token | None:
    """ "probe" of "the target of a probe", a deed that the ontology knows."""
    if noun.pos_ != "NOUN" or tree.lemma(noun) not in sentence.words("undergoer_noun"):
        return None
    deeds = (c for c in tree.children(noun, "nmod") if tree.marker(c) == "of" and c.pos_ == "NOUN")
    return next((c for c in deeds if any(sentence.known("noun", cue) for cue in noun_cues(c))), None)


def undergone(sentence: Sentence, deed: Token) -> bool:
    """Whether a deed stands in the of-phrase of such a noun."""
    return deed.dep_ == "nmod" and deed_done_to(sentence, deed.head) == deed


def _bearer(noun: Token) -> Token | None:
    if noun.dep_ == "appos":
        return noun.head
    return tree.child(noun, "nsubj") if tree.child(noun, "cop") is not None else None


RULES = (
    Rule(
        "nouns.undergoer",
        "Acme is the target of a probe by Bolt.",
        ("Bolt", "probe", "Acme"),
        "NOMLEX 1998",
        find_undergoers,
    ),
)
