"""Appositions the parser took for clauses: "Velox, the maker of Zest, was sold", "Tarn, the firm set up by Ann Lee".

A noun phrase with an article or an owner, set off by a comma right behind a name and hung on it (or the name on it), renames that
name (Quirk et al. 1985, section 17.65 ff.); read as a relative clause without pronoun and verb it would mean nothing.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

HUNG = frozenset({"acl", "acl:relcl", "advcl", "parataxis", "dep", "list", "nmod:unmarked", "obl:unmarked"})
BOTH = frozenset({"conj", "obj", "obl", "nmod", "nsubj", "appos"})
PREDICATE = frozenset({"cop", "aux", "aux:pass", "mark", "case", "expl", "nsubj", "nsubj:pass", "csubj"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})


def mend_appositions(doc: Doc) -> None:
    """Hang a noun that renames the name before it on that name.

    >>> mend_appositions(doc)               # "Velox, the maker of Zest, was sold.", "maker" read as a relative clause
    >>> [(token.text, token.dep_, token.head.text) for token in doc if token.text == "maker"]
    [('maker', 'appos', 'Velox')]
    """
    for noun in doc:
        name = _name_before(noun)
        if name is None:
            continue
        first = _first_conjunct(name)
        if noun.dep_ == "appos" and noun.head in (name, first):
            continue
        several = first != name
        if noun.tag_ == "NNS" and not several:
            continue
        verb = noun.head
        labels = {child.dep_ for child in noun.children if child not in (name, first)}
        if not labels.isdisjoint(PREDICATE):
            continue
        if noun.dep_ in HUNG and noun.head in (name, first):
            pass
        elif noun.dep_ in SUBJECTS and _is_reduced(verb, noun) and verb.head in (name, first):
            verb.head, verb.dep_ = noun, "acl"
        elif first.head == noun and noun.dep_ not in SUBJECTS and _ends_at_comma(noun):
            first.head, first.dep_ = (noun.head, noun.dep_) if noun.head != noun else (first, noun.dep_)
        else:
            continue
        noun.head, noun.dep_ = (first if noun.tag_ == "NNS" else name), "appos"


def mend_titles(doc: Doc) -> None:
    """Hang a noun on the name right behind it, where the parser has both on the same word: "and the lawyer Ann Lee".

    >>> mend_titles(doc)                    # "the fund put forward Bo Ek and the lawyer Ann Lee", read as three
    >>> [(token.text, token.dep_, token.head.text) for token in doc if token.text == "lawyer"]
    [('lawyer', 'nmod:desc', 'Ann')]
    """
    for noun in doc[:-1]:
        name = doc[noun.i + 1]
        if (
            noun.pos_ != "NOUN"
            or noun.tag_ != "NN"
            or noun.ent_type_
            or not name.ent_type_
            or name.pos_ != "PROPN"
        ):
            continue
        if name.head == noun.head and name.dep_ == noun.dep_ and name.dep_ in BOTH and name.left_edge == name:
            for child in list(noun.children):
                if child.dep_ in ("cc", "case", "punct", "conj") or child.i > name.i:
                    child.head = name
            noun.head, noun.dep_ = name, "nmod:desc"


def mend_posts(doc: Doc) -> None:
    """Join a second post to the first, where the parser joins it to the person: "Ann Lee, CEO and co-founder of Norda".

    >>> mend_posts(doc)
    >>> [(token.text, token.dep_, token.head.text) for token in doc if token.text == "co-founder"]
    [('co-founder', 'conj', 'CEO')]
    """
    for other in doc[2:]:
        name = other.head
        if (
            other.dep_ != "conj"
            or other.ent_type_
            or name.ent_type_ != "PERSON"
            or other.left_edge.dep_ != "cc"
        ):
            continue
        posts = [c for c in name.children if c.dep_ == "appos" and name.i < c.i < other.i]
        if posts and not posts[-1].ent_type_ and posts[-1].right_edge.i == other.left_edge.i - 1:
            other.head = posts[-1]


def _name_before(noun: Token) -> Token | None:
    """The head of the name that ends at the comma before a noun phrase with an article or an owner."""
    if noun.pos_ != "NOUN" or noun.ent_type_:
        return None
    opener = next((child for child in noun.lefts if child.dep_ in ("det", "nmod:poss")), None)
    if opener is None or opener.tag_ in ("WDT", "WP$", "WP"):
        return None
    place = opener.left_edge.i - 1
    if place < 1 or noun.doc[place].text != "," or noun.doc[place].is_sent_start:
        return None
    name = noun.doc[place - 1]
    if not name.ent_type_ or name.pos_ != "PROPN":
        return None
    while (
        name.head.ent_type_ == name.ent_type_
        and name.dep_ in ("flat", "compound", "appos")
        and name.head != name
    ):
        name = name.head
    return name


def _first_conjunct(name: Token) -> Token:
    while name.dep_ == "conj" and name.head.pos_ == "PROPN":
        name = name.head
    return name


def _is_reduced(verb: Token, noun: Token) -> bool:
    """ "spun" of "the firm spun out of Acme": a participle right behind its noun."""
    helped = any(child.dep_ in ("aux", "aux:pass", "cop") for child in verb.children)
    return (
        verb.tag_ in ("VBN", "VBG", "VBD")
        and not helped
        and verb.i == noun.i + 1
        and verb.dep_ in ("acl", "acl:relcl")
    )


def _ends_at_comma(noun: Token) -> bool:
    behind = noun.right_edge.i + 1
    return behind >= len(noun.doc) or noun.doc[behind].is_punct or noun.right_edge.is_punct
