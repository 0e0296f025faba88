"""Participles taken for clauses: "Falling rates lift sales" speaks of rates that fall, not of the falling of somebody."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Token

CLAUSES = {"csubj": "nsubj", "csubj:pass": "nsubj:pass"}


def mend_participles(doc: Doc, intransitive: Collection[str]) -> None:
    """Make the noun behind an opening participle the subject, where the verb takes no object (*intransitive*, lemmas).

    >>> mend_participles(doc, {"surge"})    # "Surging demand lifted profit.", read as if somebody surged demand
    >>> [(token.text, token.dep_) for token in doc[:2]]
    [('Surging', 'amod'), ('demand', 'nsubj')]
    """
    for token in doc:
        if token.dep_ in CLAUSES and token.tag_ == "VBG" and token.lemma_.lower() in intransitive:
            noun = _bare_object(token)
            if noun is not None:
                verb, label = token.head, CLAUSES[token.dep_]
                for other in [child for child in token.children if child != noun]:
                    other.head = noun
                noun.head, noun.dep_ = verb, label
                token.head, token.dep_ = noun, "amod"


def _bare_object(verb: Token) -> Token | None:
    """The verb's only object, right behind it and without an article."""
    objects = [child for child in verb.children if child.dep_ == "obj" and child.i > verb.i]
    if len(objects) != 1 or objects[0].left_edge.i != verb.i + 1:
        return None
    return None if any(child.dep_ in ("det", "nmod:poss") for child in objects[0].children) else objects[0]
