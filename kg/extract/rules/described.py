"""Which name an apposition is said of: the parser hangs it on one noun, but number, kind and nearness may speak for another.

"Purchases on Sea's platform, Shopee": not the purchases are Shopee. An apposition stands right behind what it renames, agrees
with it in number, and a person's name renames a person (Quirk et al. 1985, section 17.65 ff.; nearness as in late closure, Frazier 1979).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.frames import Sentence

PARTS = frozenset({"compound", "flat", "amod", "nummod", "det", "nmod:desc", "fixed", "goeswith"})


def described(sentence: Sentence, name: Token, left: Token) -> Token | None:
    """The common noun that a name behind it renames: "platform" in "Purchases on Sea's platform, Shopee"; None if none can be."""
    several = sum(t.pos_ == "PROPN" for t in tree.conjuncts(name)) > 1
    if _first_word(name).i == left.i + 1:  # "the carmaker Brandt": no comma, no doubt
        return left if several or not _plural(sentence, left) else None
    nouns = [
        t
        for t in _ending_before(name, left)
        if t.pos_ == "NOUN" and not t.ent_type_ and _plural(sentence, t) == several
    ]
    fitting = [t for t in nouns if _fits(sentence, name, t)]
    nouns = [t for t in fitting if sentence.mentions.at(t).type] or fitting or nouns
    return left if left in nouns else next(iter(nouns), None)


def bearer(sentence: Sentence, left: Token, noun: Token) -> Token | None:
    """Of what a common noun behind it is said: of "Acme" in "Shares in Acme, a maker of chips", not of the shares."""
    if tree.lemma(noun) in sentence.words("shell_noun"):
        return None  # "a move that could …" is said of all that was told before
    names = [t for t in _ending_before(noun, left) if t.ent_type_ and t.pos_ == "PROPN"]
    beside = names[:1] if names[:1] != [left] and not _plural(sentence, noun) else []
    if beside and beside[0].dep_ == "conj" and tree.first_conjunct(beside[0]) == tree.first_conjunct(left):
        names = [*beside, left]  # "Acme and Bolt, a maker of chips": one is, and the nearer
    elif left.ent_type_ or not names:
        names = [left, *(t for t in names if t != left)]
    found = next((t for t in names if _fits(sentence, t, noun)), left)
    if _goes_on(sentence, found, noun):
        return None
    if not _plural(sentence, noun) or not found.ent_type_:
        return found
    return found if len(tree.conjuncts(tree.first_conjunct(found))) > 1 or found.tag_ == "NNPS" else None


def _ending_before(right: Token, left: Token) -> Iterator[Token]:
    """Heads of the phrases that end where the apposition begins, innermost first, and the noun whose phrase they all are in."""
    doc, place = right.doc, right.left_edge.i - 1
    while place > left.i and (doc[place].is_punct or doc[place].is_space):
        place -= 1
    token = _head_of_name(doc[place])
    while token != left and left.is_ancestor(token):
        if token.dep_ not in PARTS and token.pos_ in tree.NOUNS:
            yield token
        token = token.head
    yield left
    while left.dep_ == "nmod" and left.head.pos_ == "NOUN":
        left = left.head
        yield left


def _head_of_name(last: Token) -> Token:
    """The head of the name that ends here, though the parser may have hung its words apart; else the word itself."""
    name = next((e for e in last.sent.ents if e.start <= last.i < e.end), None)
    heads = (t for t in name or () if name and not name.start <= t.head.i < name.end and t.dep_ not in PARTS)
    return next(heads, last)


def _first_word(name: Token) -> Token:
    """ "OMERS" of "among them the fund OMERS", where the parser hangs "among them" on the name."""
    parts = [c for c in name.lefts if c.dep_ in PARTS and c.right_edge.i < name.i]
    return parts[0].left_edge if parts else name


def _plural(sentence: Sentence, noun: Token) -> bool:
    return noun.tag_ == "NNS" and tree.lemma(noun) not in sentence.words("pair_noun")


def _fits(sentence: Sentence, one: Token, other: Token) -> bool:
    """Not one a person and the other known to be none."""
    kinds = [sentence.mentions.at(t).type for t in (one, other)]
    if _goes_on(sentence, one, other):
        return False
    persons = [sentence.ontology.is_a(kind, "Person") for kind in kinds]
    return "" in kinds or persons[0] == persons[1]


def _goes_on(sentence: Sentence, name: Token, noun: Token) -> bool:
    """ "Meta and Apple, numerous mergers": the list goes on, for no firm is a merger."""
    kinds = [sentence.mentions.at(t).type for t in (name, noun)]
    events = [sentence.ontology.is_a(kind, "Event") for kind in kinds]
    return bool(name.ent_type_ and kinds[0]) and noun.tag_ == "NNS" and events[1] and not events[0]
