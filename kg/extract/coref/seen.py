"""A mention as its sentence shows it: role, determiner, kind, number, gender. What every coreference rule asks about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract import tree
from kg.model import Form, Mention
from kg.ontology import Ontology
from kg.resolve.link import compatible, kind_of
from kg.resolve.names import Name

SAID, FORM = 2, 3  # votes of a noun said of a name; of a legal form, a title or a gazetteer
_GAZETTEERS = (
    ("country", "Country"),
    ("continent", "Continent"),
    ("city", "City"),
    ("region", "Place"),
    ("public_body", "GovernmentBody"),
)
TITLED = (
    "Regulation",
    "Event",
)  # things whose names end in the word for them: "Digital Services Act", "Mobile World Congress"
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
    definite: bool = False  # introduced by the, this, that or the like
    pronoun: tuple[str, ...] = ()  # what a pronoun agrees with: ("male", "reflexive")

    @property
    def adjective(self) -> bool:
        """A nationality before a noun ("Chinese firms"): it names nothing that could be meant again."""
        return self.head.pos_ == "ADJ" or (self.head.dep_ == "amod" and self.mention.form is Form.NAME)


class Sight:
    """Makes `Seen` values for one document."""

    def __init__(self, doc: Doc, ontology: Ontology) -> None:
        self.doc = doc
        self.ontology = ontology
        self._starts = [token.idx for token in doc]
        self._evidence: dict[int, list[tuple[str, int]]] = {}
        self._definite = ontology.words.get("definite", {})
        self._pronouns = ontology.words.get("pronoun", {})
        self._gendered = ontology.words.get("gendered_noun", {})
        self._honorifics = ontology.words.get("honorific", {})
        self._people = ontology.words.get("person_noun", {})
        self._trades = ontology.words.get("name_descriptor", {})
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
        return "Person" if noun in self._people else self._noun_type.get(noun, "")

    def type_of_words(self, words: Sequence[str]) -> str:
        """The same for the last words of a name, the longest known first ("data protection commission", "commission")."""
        found = (self.type_of_noun(" ".join(words[-size:])) for size in range(min(4, len(words)), 0, -1))
        return next((type_name for type_name in found if type_name), "")

    def head_of(self, mention: Mention) -> Token:
        """The token of the minimal phrase that governs the others."""
        tokens = self.tokens(mention)
        inside = {token.i for token in tokens}
        tops = [
            t for t in tokens if (t.head.i not in inside or t.head == t) and not t.is_punct and not t.is_space
        ]
        return tops[-1] if tops else tokens[-1]

    def evidence(self, item: Seen, name: Name) -> list[tuple[str, int]]:
        """Votes for the class of a named thing: the pipeline's label, what is said of it, its own words, gazetteers."""
        if item.index not in self._evidence:
            self._evidence[item.index] = self._weigh(item, name)
        return self._evidence[item.index]

    def _weigh(self, item: Seen, name: Name) -> list[tuple[str, int]]:
        votes = [(item.mention.type, 1)]
        for noun in said_of(item.head):
            said = self.type_of_noun(tree.lemma(noun))
            beside = noun.dep_ in (
                "compound",
                "nmod:desc",
                "flat",
            )  # "start-up founder Ann Lee": not all nouns are about her
            if not beside or compatible(kind_of(said, self.ontology), item.kind):
                votes.append((said, SAID))
        votes += [("Company", SAID)] if name.trade else []
        if name.kind:
            votes.append(("Person" if name.kind == "person" else "Company", FORM))
        plain = " ".join(name.words)
        for words, type_name in _GAZETTEERS:
            if plain in self.ontology.words.get(
                words, {}
            ) or item.mention.text.lower() in self.ontology.words.get(words, {}):
                votes.append((type_name, FORM))
                break
        else:
            telling = item.kind != "Person" and len(name.words) > 1  # Rose Baker is no bakery,
            said = self.type_of_words(name.words) if telling and name.words[-1] not in self._trades else ""
            if said and self._may_be(item, said):  # nor Micron Technology a technology
                votes.append((said, SAID))
        return [(type_name, count) for type_name, count in votes if type_name in self.ontology.types]

    def _may_be(self, item: Seen, said: str) -> bool:
        """Whether a name's last word tells its class: "Deutsche Post", labelled a firm, is no article, "Svea Data" no data."""
        thing = kind_of(said, self.ontology) == "Thing" and item.kind in ("Organization", "Place")
        return not thing or any(self.ontology.is_a(said, name) for name in TITLED)

    def _see(self, index: int, mention: Mention) -> Seen:
        head = self.head_of(mention)
        noun = mention.head.lower() if mention.form is Form.NOMINAL else tree.lemma(head)
        features = (
            tuple(self._pronouns.get(head.text.lower(), "").split()) if mention.form is Form.PRONOUN else ()
        )
        determiner = self._determiner(head)
        plural = mention.plural and head.text.lower() not in self._pairs
        return Seen(
            index=index,
            mention=mention,
            head=head,
            role=role_of(head),
            determiner=determiner,
            definite=determiner in self._definite,
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


def ancestors(token: Token) -> Iterable[Token]:
    """The governors of a token, nearest first."""
    while token.head != token:
        token = token.head
        yield token


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
