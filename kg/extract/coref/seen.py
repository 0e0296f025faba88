"""A mention as its sentence shows it: role, determiner, kind, number, gender. What every coreference rule asks about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract import tree
from kg.model import Form, Mention
from kg.ontology import Ontology
from kg.resolve.link import kind_of

SUBJECT, OBJECT, OBLIQUE, POSSESSIVE, OTHER = "subject", "object", "oblique", "possessive", "other"


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention with what its parse says of it. `noun` is the head's lemma; `kind` one of `kg.resolve.link.KINDS` or ""."""

    index: int
    mention: Mention
    head: Token
    role: str
    determiner: str  # "the", "a", "its", "…'s" ("'s"), "" where there is none
    kind: str
    noun: str
    plural: bool
    gender: str  # "male", "female" or ""
    pronoun: tuple[str, ...] = ()  # what a pronoun agrees with: ("male", "reflexive")

    @property
    def definite(self) -> bool:
        """Introduced by the, this, that or the like."""
        return self.determiner in ("the", "this", "that", "these", "those", "both")


class Sight:
    """Makes `Seen` values for one document."""

    def __init__(self, doc: Doc, ontology: Ontology) -> None:
        self.doc = doc
        self.ontology = ontology
        self._starts = [token.idx for token in doc]
        self._pronouns = ontology.words.get("pronoun", {})
        self._gendered = ontology.words.get("gendered_noun", {})
        self._honorifics = ontology.words.get("honorific", {})
        self._people = ontology.words.get("person_noun", {})
        self._pairs = ontology.words.get("pair_noun", {})
        self._noun_type = {noun: t.name for t in ontology.types.values() for noun in sorted(t.nouns)}

    def all(self, mentions: Sequence[Mention]) -> list[Seen]:
        """Every mention, seen in its sentence; same order as given."""
        return [self._see(index, mention) for index, mention in enumerate(mentions)]

    def tokens(self, mention: Mention) -> list[Token]:
        """The tokens of the minimal phrase."""
        first = max(0, bisect_left(self._starts, mention.span.start + 1) - 1)
        last = bisect_left(self._starts, mention.span.end)
        return list(self.doc[first : max(last, first + 1)])

    def type_of_noun(self, noun: str) -> str:
        """The ontology class that a noun gives away ("chipmaker" -> "Company"), or ""."""
        return self._noun_type.get(noun, "Person" if noun in self._people else "")

    def head_of(self, mention: Mention) -> Token:
        """The token of the minimal phrase that governs the others."""
        tokens = self.tokens(mention)
        inside = {token.i for token in tokens}
        tops = [
            t for t in tokens if (t.head.i not in inside or t.head is t) and not t.is_punct and not t.is_space
        ]
        return tops[-1] if tops else tokens[-1]

    def _see(self, index: int, mention: Mention) -> Seen:
        head = self.head_of(mention)
        noun = mention.head.lower() if mention.form is Form.NOMINAL else tree.lemma(head)
        features = (
            tuple(self._pronouns.get(head.text.lower(), "").split()) if mention.form is Form.PRONOUN else ()
        )
        plural = mention.plural and head.text.lower() not in self._pairs
        return Seen(
            index=index,
            mention=mention,
            head=head,
            role=role_of(head),
            determiner=self._determiner(head),
            kind=self._kind(mention, noun, features),
            noun=noun,
            plural=plural or features[:1] == ("plural",),
            gender=self._gender(mention, head, noun, features),
            pronoun=features,
        )

    def _kind(self, mention: Mention, noun: str, features: tuple[str, ...]) -> str:
        if features:
            return "Person" if features[0] in ("male", "female", "speaker") else ""
        kind = kind_of(mention.type, self.ontology)
        if mention.form is Form.NOMINAL:
            return kind or kind_of(self.type_of_noun(noun), self.ontology) or "Thing"
        return kind

    def _determiner(self, head: Token) -> str:
        for child in head.lefts:
            if tree.base(child) == "det":
                return child.text.lower()
            if tree.is_possessive(child):
                return child.text.lower() if child.pos_ == "PRON" else "'s"
        return ""

    def _gender(self, mention: Mention, head: Token, noun: str, features: tuple[str, ...]) -> str:
        if features:
            return features[0] if features[0] in ("male", "female") else ""
        if mention.form is Form.NOMINAL:
            return self._gendered.get(noun, "")
        tokens = self.tokens(mention)
        before = [self.doc[tokens[0].i - 1]] if tokens[0].i else []
        for token in (*before, tokens[0], *tree.children(head, "compound", "appos", "flat")):
            word = token.text.lower().rstrip(".")
            gender = self._honorifics.get(word, "") or self._gendered.get(word, "")
            if gender in ("male", "female"):
                return gender
        return ""


def role_of(head: Token) -> str:
    """The grammatical role of the phrase a token heads; a coordinated or apposed phrase has that of its first part."""
    token = head
    while token.dep_ in ("conj", "appos", "flat", "compound") and token.head != token:
        token = token.head
    label = tree.base(token)
    if label in ("nsubj", "csubj"):
        return SUBJECT
    if label in ("obj", "iobj"):
        return OBJECT
    if tree.is_possessive(token):
        return POSSESSIVE
    return OBLIQUE if label in ("obl", "nmod") else OTHER


def governor_clause(token: Token) -> Token:
    """The head of the smallest clause around a token: its verb, or nonverbal predicate."""
    place = token
    while place.head != place:
        if tree.base(place) in (
            "nsubj",
            "csubj",
            "obj",
            "iobj",
            "obl",
            "xcomp",
            "ccomp",
            "advcl",
            "acl",
            "parataxis",
        ):
            return (
                place if tree.base(place) in ("xcomp", "ccomp", "advcl", "acl", "parataxis") else place.head
            )
        place = place.head
    return place


def ancestors(token: Token) -> Iterable[Token]:
    """The governors of a token, nearest first."""
    while token.head != token:
        token = token.head
        yield token
