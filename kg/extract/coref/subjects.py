"""Whose clause a phrase stands in: the subjects above it, nearest first, and what is said of it.

A possessive means the subject of its clause more often than anything else ("Norda, which rivals call slow, said sales of its beers
rose"), and what is subject itself that of the clause above. Centering (Grosz, Joshi and Weinstein 1995) prefers subjects; which
subject, the tree tells.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract import tree

COUNT = 3  # subjects above that are told apart


def subjects_above(head: Token) -> list[Token]:
    """The heads of the subjects of the clauses around a phrase, at most `COUNT`.

    A verb without a subject of its own shares that of the verb above ("hopes to sell", "bought and sold"); the subject of a relative
    clause is the noun before it. Subjects that the phrase is part of, or is itself, are passed over.
    """
    found: list[Token] = []
    token, without = head, False  # without: the clause just left has no subject but the noun it modifies
    while token.head != token and len(found) < COUNT:
        below, token = token, token.head
        if without and tree.base(below) == "acl":
            found.append(token)
            without = False
        elif tree.is_predicate(token):
            subject = tree.child(token, "nsubj")
            without = subject is None or (subject.lower_ in tree.RELATIVE and subject.pos_ == "PRON")
            if subject is not None and not without and subject != below:
                found.append(subject)
    return found


def said_to_be(head: Token) -> Token | None:
    """The noun that the subject `head` is said to be ("it is the third recall"), or None."""
    noun = head.head
    named = tree.base(head) == "nsubj" and noun.pos_ == "NOUN" and tree.child(noun, "cop") is not None
    return noun if named else None


def depth(head: Token) -> int:
    """How many clauses a phrase lies inside others: 0 in the main clause."""
    count, token = -1, head
    while token.head != token:
        token = token.head
        count += tree.is_predicate(token) and tree.base(token) not in ("conj", "parataxis")
    return max(count, 0)
