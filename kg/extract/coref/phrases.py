"""Sieves for noun phrases without a name: the same phrase again, "the deal" after "a $5bn deal", appositions, "the S1 glasses"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.coref.seen import Seen
from kg.model import Form
from kg.ontology import Ontology
from kg.resolve.link import Clusters
from kg.resolve.names import NameReader, split_words

_REACH = 12  # sentences back to which a definite phrase may repeat an earlier one


class Phrases:
    """Groups nominal mentions with each other and with the names they are said of; joins `sets` in place."""

    def __init__(
        self,
        seen: Sequence[Seen],
        ontology: Ontology,
        reader: NameReader,
        sets: Clusters,
        rungs: dict[int, str],
    ) -> None:
        self.seen = seen
        self.reader = reader
        self.sets = sets
        self.rungs = rungs
        self.by_head = {item.head.i: item for item in seen}
        self._modifiers = ontology.words.get("generic_modifier", {})
        self._events = ontology.words.get("event_noun", {})
        self._determiners = ontology.words.get("determiner", {})

    def run(self) -> None:
        """All sieves, the most precise first."""
        for item in self.seen:
            if item.mention.form is Form.NOMINAL:
                self._model(item)
                self._apposed(item)
        self._repeated()

    def _join(self, first: Seen, other: Seen, reason: str) -> None:
        if self.sets.root(first.index) != self.sets.root(other.index):
            self.sets.join(first.index, other.index)
            self.rungs.setdefault(other.index, reason)

    def _model(self, item: Seen) -> None:
        """ "the S1 glasses", "the S1 model": a thing's name before a noun for such things is the thing itself."""
        if item.kind != "Thing" or item.plural:
            return
        for modifier in tree.children(item.head, "compound", "nmod:desc", "flat"):
            name = self.by_head.get(modifier.i)
            if name is None or name.mention.form is not Form.NAME or name.kind not in ("Thing", ""):
                continue
            if modifier.i < item.head.i and item.noun not in self._events and self._is_model(name, item):
                self._join(name, item, "name and noun")

    def _is_model(self, name: Seen, item: Seen) -> bool:
        """The name reads like a model's ("S1"), or both are known to be products."""
        typed = name.mention.type and name.mention.type == item.mention.type
        return bool(typed) or any(c.isdigit() for c in name.mention.text)

    def _apposed(self, item: Seen) -> None:
        """ "Nvidia, the chipmaker," and "the chipmaker Nvidia": only a definite phrase is the thing itself."""
        for name, noun in appositions(item.head):
            named, said = self.by_head.get(name.i), self.by_head.get(noun.i)
            if named is None or said is None or named.mention.form is not Form.NAME or not said.definite:
                continue
            if (
                not said.plural
                and not tree.children(noun, "conj")
                and (not named.kind or named.kind == said.kind)
            ):
                self._join(named, said, "apposition")

    def _repeated(self) -> None:
        """The same words again, or a definite phrase whose words were all in an earlier one with the same head."""
        last: dict[str, list[tuple[Seen, frozenset[str]]]] = {}
        for item in sorted(self.seen, key=lambda s: s.head.i):
            if item.mention.form is not Form.NOMINAL:
                continue
            words = self._content(item)
            earlier = last.setdefault(f"{item.noun}/{item.plural}", [])
            if earlier and self._points_back(item):
                for other, known in reversed(earlier[-20:]):
                    near = item.mention.sentence - other.mention.sentence <= _REACH
                    if words <= known and (near or words == known) and self._same_owner(item, other):
                        self._join(other, item, "same phrase" if words == known else "same head")
                        break
            earlier.append((item, words))

    def _points_back(self, item: Seen) -> bool:
        """Definite, or bare and general ("smartphones", "Chinese tech companies"): never "a deal", "its deal", "two deals"."""
        if item.definite:
            return True
        bare = item.determiner == "" and not tree.children(item.head, "nummod")
        return bare and (item.plural or len(self._content(item)) > 1) and not self._changing(item)

    def _changing(self, item: Seen) -> bool:
        return any(word in self._modifiers for word in split_words(item.mention.text))

    def _same_owner(self, item: Seen, other: Seen) -> bool:
        """Both or neither belong to a whole clause of their own: "the price of X" is not "the price of Y"."""
        return "'s" not in (item.determiner, other.determiner) or item.mention.text == other.mention.text

    def _content(self, item: Seen) -> frozenset[str]:
        return frozenset(w for w in split_words(item.mention.text) if w not in self._determiners)


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


def said_of(name: Token) -> Iterator[Token]:
    """Nouns said of a name: "chipmaker" of "Nvidia, a chipmaker", "chipmaker Nvidia", "Nvidia is a chipmaker".

    They tell what kind of thing it is, also where they are not the thing itself.
    """
    for child in tree.children(name, "appos", "compound", "nmod:desc", "flat"):
        if child.pos_ == "NOUN":
            yield child
    if tree.base(name) in ("appos", "flat") and name.head.pos_ == "NOUN":
        yield name.head
    head = name.head
    affirmed = tree.child(head, "cop") is not None and not any(tree.is_negation(c) for c in head.children)
    if tree.base(name) == "nsubj" and head.pos_ == "NOUN" and affirmed:
        yield head
