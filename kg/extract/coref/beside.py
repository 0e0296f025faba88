"""Sieves for phrases that stand beside a name: appositions ("Nvidia, the chipmaker", "its supplier, Nvidia", "the chipmaker Nvidia") and
predicates ("the owner is Ann Lee", "Norda is a brewer")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.coref.anaphora import is_expletive
from kg.extract.coref.seen import Seen, Sight
from kg.model import Form
from kg.resolve.link import Clusters, compatible, kind_of

_INDEFINITE = frozenset({"a", "an"})
_ONE = ((), ("male",), ("female",), ("thing",))  # a name, or a pronoun for one thing


class Beside:
    """Joins phrases to the names they are said of; `sets` and `rungs` are changed in place. A phrase goes to one name only."""

    def __init__(self, seen: Sequence[Seen], sight: Sight, sets: Clusters, rungs: dict[int, str]) -> None:
        self.seen = seen
        self.sets = sets
        self.rungs = rungs
        self.by_head = {
            token.i: item
            for item in seen
            if item.mention.form is Form.NAME
            for token in sight.tokens(item.mention)
        } | {item.head.i: item for item in seen}  # all words of a name: the parser may hang a phrase on any
        self._by_start = {sight.tokens(s.mention)[0].i: s for s in seen if s.mention.form is Form.NAME}
        self._pronouns = sight.ontology.words.get("pronoun", {})
        self._sight = sight
        self._done: set[int] = set()

    def run(self) -> None:
        """Both sieves."""
        for item in self.seen:
            if item.mention.form is Form.NOMINAL:
                self._apposed(item)
                self._predicated(item)

    def _join(self, first: Seen, said: Seen, reason: str) -> None:
        self._done.add(said.index)
        if self.sets.root(first.index) != self.sets.root(said.index):
            self.sets.join(first.index, said.index)
            self.rungs.setdefault(said.index, reason)

    def _apposed(self, item: Seen) -> None:
        """ "Nvidia, the chipmaker,", "the chipmaker Nvidia", "its supplier, Nvidia": a phrase beside a name is the thing itself.

        Not so a bare noun, unless the name follows at once ("technology firm Sea"), nor a phrase that stands beside two names, nor
        "a chipmaker": what a name is called so is a kind, which relations of other ontologies may want as such.
        """
        pairs = [(self.by_head.get(a.i), self.by_head.get(b.i)) for a, b in appositions(item.head)]
        beside = self._name_after(item)
        pairs.append((beside, item))  # also where the parser lost its way
        for name, said in pairs:
            if name is None or said is None or name.mention.form is not Form.NAME:
                continue
            bare = name == beside and said.determiner == "" and name.kind == said.kind
            kept = (
                name == beside and name.kind == "Thing"
            )  # "her thriller White Port" tells what kind of thing it is
            told = said.definite or (self._owned(said) and not kept)
            if not (told or bare) or said.index in self._done:
                continue
            alike = name.kind == said.kind if name == beside else self._may_be(name, said)
            heads = [said.head] + [name.head] * (name.head.head == said.head)
            listed = any(tree.children(head, "conj") for head in heads)  # "the website, Best Buy and Currys"
            if said.head.text.islower() and (alike or not name.kind) and not said.plural and not listed:
                self._join(name, said, "apposition")

    def _owned(self, said: Seen) -> bool:
        """ "its supplier, Nvidia", "Norda's owner, Ann Lee": somebody's, which is as definite as "the"."""
        return said.determiner == "'s" or bool(self._pronouns.get(said.determiner))

    def _may_be(self, name: Seen, said: Seen) -> bool:
        """Whether their kinds agree, as far as they are known: an owner may be anybody, an engineer a firm or a person."""
        known = said.mention.type or said.kind != "Thing"
        either = name.kind == kind_of(self._sight.type_of_noun(said.noun), self._sight.ontology)
        return not known or either or compatible(name.kind, said.kind)

    def _predicated(self, item: Seen) -> None:
        """ "The owner is Ann Lee", "Norda is a brewer", "it is a brewer": what is said to be something is that, in the affirmed present or past."""
        verb = tree.child(item.head, "cop")
        if verb is not None:  # the phrase is said of the subject
            subject = tree.child(item.head, "nsubj")
            one = item.determiner in _INDEFINITE or item.definite or self._owned(item)
            other = self.by_head.get(subject.i) if subject is not None else None
            told = item.head
        else:  # the phrase is the subject: what is said of it must be a name
            told = item.head.head
            verb = tree.child(told, "cop") if item.head.dep_ == "nsubj" else None
            one = item.definite or self._owned(item)
            other = self.by_head.get(told.i)
            if other is not None and other.mention.form is not Form.NAME:
                return
        if verb is None or other is None or not one or not item.head.text.islower():
            return
        form = other.mention.form
        if form is Form.NOMINAL or other.pronoun[:1] not in _ONE:
            return
        if form is Form.PRONOUN:
            somebody = other.kind == "Person"
            alike = (
                bool(item.mention.type)
                and somebody == (item.kind == "Person")
                and not is_expletive(other.head)
            )
        else:
            alike = self._may_be(other, item)
        doubted = any(tree.is_negation(w) or w.dep_ in ("aux", "mark", "conj", "case") for w in told.children)
        if alike and not doubted and not item.plural and not other.plural and tree.lemma(verb) == "be":
            self._join(other, item, "predicate")

    def _name_after(self, item: Seen) -> Seen | None:
        """The name that begins right after a noun: Secunia of "the security firm Secunia"."""
        following = item.head.i + 1
        if item.head.whitespace_ != " ":
            return None
        return self._by_start.get(following) if following < len(item.head.doc) else None


def appositions(head: Token) -> Iterator[tuple[Token, Token]]:
    """Pairs (name, noun) of which one stands in apposition to the other; `head` is the noun."""
    for child in tree.children(head, "appos", "flat"):
        yield child, head
    if tree.base(head) in ("appos", "flat", "compound", "nmod") and head.dep_ in (
        "appos",
        "flat",
        "compound",
        "nmod:desc",
    ):
        yield head.head, head
