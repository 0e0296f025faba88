"""What a relative pronoun, a participle or "whose" speaks of: the noun before it, which the parser may have missed by one.

Nearness as in late closure (Frazier 1979); "who" of persons, "which" of all else (Quirk et al. 1985, 6.33).
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.tree import NOUNS, SUBJECTS, child, children, lemma, marker, subtree

EARLIER = frozenset({"formerly", "previously", "originally", "once"})


def antecedent(pronoun: Token) -> Token | None:
    """The noun that "whose" or "which" stands for: what its relative clause hangs on."""
    for above in (pronoun, *pronoun.ancestors):
        if above.dep_ in ("acl:relcl", "advcl:relcl"):
            noun = noun_before(above) or above.head
            return meant(noun) if noun.pos_ in NOUNS else None
    place = pronoun.i - 1
    if place > 0 and pronoun.doc[place].text == ",":  # "TikTok, whose offices …", parsed as something else
        return _whole_name(pronoun.doc[place - 1])
    return None


def noun_before(head: Token) -> Token | None:
    """The name right before ", which" or ", who" ("the boss of Renault, which owns …"): nearer than what the clause hangs on."""
    pronoun = next((c for c in head.children if lemma(c) in ("which", "who") and c.dep_ in SUBJECTS), None)
    place = pronoun.i - 1 if pronoun is not None else -1
    while place >= 0 and head.doc[place].is_punct:
        place -= 1
    if pronoun is None or place < 0 or not head.doc[place].ent_type_:
        return None
    noun = head.doc[place]
    while (
        noun.dep_ in ("flat", "compound", "goeswith")
        and noun.head.ent_type_
        and noun.head.i < pronoun.i
        and noun.head != noun
    ):
        noun = noun.head
    return noun if (noun.ent_type_ == "PERSON") == (lemma(pronoun) == "who") else None


def meant(noun: Token) -> Token:
    """In "Shopee is a platform owned by Sea" what is owned is Shopee, of which the platform is said."""
    if noun.dep_ == "nmod" and marker(noun) == "of" and child(noun.head, "cop"):
        noun = noun.head  # "Red Hat is one of twenty firms working on …"
    subject = child(noun, "nsubj") if child(noun, "cop") else None
    return subject if subject is not None and subject.pos_ in ("NOUN", "PROPN") else noun


def renamed(head: Token) -> Token | None:
    """In "the logo for Kellanova, formerly known as Kellogg", what had another name is the name right before."""
    before = min((t.i for t in subtree(head) if not t.is_punct), default=0) - 1
    if (
        before < 1
        or head.doc[before].text != ","
        or not any(lemma(a) in EARLIER for a in children(head, "advmod"))
    ):
        return None
    return _whole_name(head.doc[before - 1])


def _whole_name(last: Token) -> Token | None:
    """The head of the name that ends with this word."""
    noun = last
    while noun.dep_ in ("flat", "compound", "goeswith") and noun.head != noun and noun.head.i < last.i + 1:
        noun = noun.head
    return noun if noun.pos_ == "PROPN" and noun.ent_type_ else None
