"""One sentence as the rules see it, and the making of Frames from tokens."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.extract import tree
from kg.extract.antecedents import antecedent
from kg.extract.clauses import Clause, clauses_of
from kg.extract.context import read_context
from kg.extract.mentions import Mentions
from kg.model import Context, Frame, Role, Span
from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Rule:
    """One construction kg can read. The example is its test: `find` on the example's parse yields `yields`."""

    name: str  # "nouns.apposition"
    example: str  # "Tim Cook, the chief executive of Apple, spoke."
    yields: tuple[str, str, str]  # ("Tim Cook", "chief executive of", "Apple")
    source: str  # where the construction is described
    find: Callable[[Sentence], Iterator[Frame]]


@dataclass(frozen=True)
class Sentence:
    """One sentence of a Doc with the mentions of the whole Doc and the ontology whose cue words the rules ask for."""

    tokens: Tokens
    mentions: Mentions
    ontology: Ontology

    @property
    def span(self) -> Span:
        """The sentence without the white space around it; its text is every claim's quote."""
        first, last = self.tokens.start, self.tokens.end
        doc = self.tokens.doc
        while first < last - 1 and doc[first].is_space:
            first += 1
        while last - 1 > first and doc[last - 1].is_space:
            last -= 1
        return tree.char_span([doc[first], doc[last - 1]])

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of the sentence, read once for all rules."""
        return tuple(clauses_of(self.tokens))

    def words(self, name: str) -> Mapping[str, str]:
        """A word class of the ontology: word -> value."""
        return self.ontology.words.get(name, {})

    def known(self, kind: str, cue: str) -> bool:
        """Whether the ontology has a relation for this cue."""
        return (kind, cue) in self.ontology.cue_index

    def role(self, slot: str, tokens: Sequence[Token], alone: bool = False) -> Role:
        """A role filled by these phrase heads and (unless `alone`) everything coordinated with them or listed under them."""
        heads = list(tokens) if alone else [d for t in tokens for c in expand(t) for d in self.denoted(c)]
        phrase = tree.char_span(tree.trim(tree.subtree(tokens[0])) or [tokens[0]])
        return Role(slot, self.mentions.of(heads), phrase)

    def denoted(self, token: Token) -> list[Token]:
        """What a phrase is about: the name beside a description ("Taobao, a platform owned by …", "brothers Erik and Nils"),
        the things counted ("9,000 of its robots")."""
        if token.lower_ == "whose" and (owner := antecedent(token)) is not None:
            return [owner]
        if token.dep_ == "appos" and token.pos_ == "NOUN" and _named(token.head):
            return [token.head]
        value = self.mentions.value_at(token)
        if value is not None and value[1].kind == "quantity":
            counted = next((c for c in tree.children(token, "nmod") if tree.marker(c) == "of"), None)
            if counted is not None:
                return [counted]
        if token.pos_ == "NOUN" and not _named(token) and (place := self._place_meant(token)) is not None:
            return [place]
        if token.pos_ == "NOUN" and not _named(token):
            beside = tree.children(token, "appos", "nmod:desc", "flat")
            name = next((c for c in beside if c.pos_ == "PROPN" and c.i > token.i), None)
            name = name or self.name_called(token)
            return [token] if name is None else self._listed(token, name)
        return [token]

    def _listed(self, noun: Token, name: Token) -> list[Token]:
        """The names behind a noun: all of "three firms, Norda, Velox and Tarn", whichever of them the parser hung on the noun."""
        names = tree.conjuncts(name)
        strays = [c for c in tree.children(noun, "conj") if c.pos_ == "PROPN" and name.i < c.i < names[-1].i]
        return sorted([*names, *strays], key=lambda t: t.i)

    def _place_meant(self, token: Token) -> Token | None:
        """The name in "the city of Lyon", "the Lazio region" and "the north of Italy"."""
        word = tree.lemma(token)
        if word in self.words("named_place_noun"):
            before = next((c for c in tree.children(token, "compound") if c.ent_type_ == "PLACE"), None)
            if before is not None:
                return before
        elif word not in self.words("place_part"):
            return None
        names = (c for c in tree.children(token, "nmod") if tree.marker(c) == "of" and c.i > token.i)
        return next((d for c in names for d in self.denoted(c) if d.ent_type_ == "PLACE"), None)

    def title_in_ing(self, participle: Token) -> Token | None:
        """ "partner" of "Ann Lee, managing partner at Acme", where the parser sees somebody managing a partner."""
        noun = participle.nbor(1) if participle.i + 1 < len(participle.doc) else None
        if participle.tag_ != "VBG" or participle.dep_ != "acl" or noun is None or noun.head != participle:
            return None
        known = (
            noun.dep_ == "obj" and noun.pos_ == "NOUN" and any(self.known("role", c) for c in noun_cues(noun))
        )
        return noun if known and not tree.children(noun, "det", "nmod:poss") else None

    def name_called(self, noun: Token) -> Token | None:
        """ "Greenfield Wealth" of "a firm called Greenfield Wealth"."""
        for verb in tree.children(noun, "acl"):
            if tree.children(verb, "advmod"):
                continue  # "formerly known as": another name, not the name of what stands before
            if verb.tag_ == "VBN" and tree.lemma(verb) in self.words("naming_verb"):
                held = (c for c in tree.children(verb, "xcomp", "obj", "obl") if tree.marker(c) in ("", "as"))
                return next((c for c in held if _named(c) and c.i > verb.i and c.i - verb.i <= 4), None)
        return None

    def firm_meant(self, token: Token) -> Token | None:
        """The organisation the text is about here: of the subjects and possessors of the last sentences the one named most."""
        found: dict[str, Token] = {}
        back = 0
        for place in range(token.i - 1, -1, -1):
            other = token.doc[place]
            if other.dep_ in ("nsubj", "nsubj:pass", "nmod:poss") and other.pos_ in ("NOUN", "PROPN"):
                kind = self.mentions.at(other).type
                if kind and self.ontology.is_a(kind, "Organization"):
                    found.setdefault(other.text, other)
            back += bool(other.is_sent_start)
            if back > SENTENCES_BACK:
                break
        named = Counter(t.text for t in token.doc[: token.i])
        return max(found.values(), key=lambda t: (named[t.text], t.i), default=None)

    def clause_role(self, slot: str, head: Token) -> Role:
        """A role filled by a clause."""
        mention = self.mentions.clause(head)
        return Role(slot, (mention,), mention.phrase)

    def deed_role(self, slot: str, head: Token) -> Role:
        """A role filled by what a clause says is done, without who does it: "recall its chargers" of "Velox must recall its chargers"."""
        mention = self.mentions.clause(head, bare=True)
        return Role(slot, (mention,), mention.phrase)

    def state_role(self, slot: str, head: Token) -> Role:
        """A role filled by what an adjective or a prepositional phrase says of its subject."""
        mention = self.mentions.state(head)
        return Role(slot, (mention,), mention.phrase)

    def frame(
        self,
        rule: str,
        kind: str,
        cues: Sequence[str],
        predicate: Sequence[Token],
        roles: Sequence[Role],
        head: Token,
        words: str = "",
        inferred: bool = False,
        confidence: float = 1.0,
        context: Context | None = None,
    ) -> Frame:
        """A frame whose mood is read at `head`; its confidence is the rule's, times the parser's in the arcs around the head."""
        return Frame(
            rule,
            kind,
            tuple(dict.fromkeys(cues)),
            tree.char_span(predicate),
            words or " ".join(t.text for t in sorted(predicate, key=lambda t: t.i)),
            tuple(roles),
            self.span,
            context if context is not None else read_context(head, self.ontology.words),
            inferred,
            round(confidence * arc_probability(head), 2),
        )


ARGUMENTS = frozenset({"nsubj", "obj", "iobj", "obl", "nmod", "appos", "ccomp", "xcomp"})


def arc_probability(head: Token) -> float:
    """Geometric mean of what the parser gives the arcs of the head and its arguments, 0 to 1; 1.0 where it says nothing."""
    said: Sequence[float] = head.doc.user_data.get("kg.arc_probability", ())
    if len(said) != len(head.doc):
        return 1.0
    arcs = [said[t.i] for t in (head, *head.children) if t == head or tree.base(t) in ARGUMENTS]
    return math.exp(sum(math.log(max(p, 1e-6)) for p in arcs) / len(arcs))


PREMODIFIERS = frozenset({"amod", "compound", "nmod:desc", "flat", "punct", "nummod", "nmod:unmarked"})


def noun_cues(noun: Token) -> list[str]:
    """The noun with its premodifiers, longest first: ["chief executive officer", "executive officer", "officer"]."""
    before = [
        t
        for t in noun.lefts
        if t.dep_ in PREMODIFIERS and t.pos_ not in ("NUM", "SYM", "PUNCT") and noun.i - t.i <= 4
    ]
    words = [tree.lemma(t) for t in before] + [tree.lemma(noun)]
    cues = [" ".join(words[i:]) for i in range(max(0, len(words) - 4), len(words))]
    per = next((tree.lemma(c) for c in tree.children(noun, "nmod") if tree.marker(c) == "per"), "")
    return [*(f"{cue} per {per}" for cue in cues if per), *cues]  # "earnings per share"


def _named(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.ent_type_ != ""


def is_light(sentence: Sentence, noun: Token) -> bool:
    """Whether the noun's verb only carries it, so that its subject is the noun's: "made an offer", not "approved Mars's offer"."""
    if noun.dep_ not in ("obj", "nsubj:pass") or tree.lemma(noun.head) not in sentence.words("light_verb"):
        return False
    return all(c.pos_ == "PRON" for c in tree.children(noun, "nmod:poss")) and not any(
        tree.marker(c) == "by" for c in tree.children(noun, "nmod")
    )


def members_noun(sentence: Sentence, clause: Clause) -> Token | None:
    """ "customers" of "its customers include Westwing": a noun said of each object, in place of what the verb says."""
    if (
        tree.lemma(clause.head) not in sentence.words("including_verb")
        or not clause.subjects
        or not clause.objects
    ):
        return None
    noun = clause.subjects[0]
    known = noun.pos_ == "NOUN" and any(sentence.known("role", cue) for cue in noun_cues(noun))
    return noun if known else None


SENTENCES_BACK = 8  # how far the topic of a text is looked for


def expand(token: Token) -> list[Token]:
    """A phrase head, its conjuncts, and the members listed under it ("chipmakers such as Nvidia and AMD")."""
    found = [t for t in tree.conjuncts(token) if t == token or _adds(token, t)]
    if len(found) > 1 and not any(tree.children(t, "cc") for t in found):
        found = [token]  # "Bruce Ltd, 3 Park Road, London": commas without "and" are no list of firms
    found += [d for head in list(found) for c in tree.added_to(head) for d in tree.conjuncts(c)]
    for head in list(found):
        listed = [
            c for c in tree.children(head, "nmod", "obl") if tree.marker(c) in tree.LISTING and c.i > head.i
        ]
        members = [member for c in listed for member in tree.conjuncts(c)]
        if members and head.tag_ == "NNS" and tree.child(head, "amod", "compound", "nmod:poss") is None:
            found.remove(head)  # "exchanges such as Gemini": what is said is said of Gemini
        found += members
    return found


def _adds(token: Token, other: Token) -> bool:
    """Whether what is coordinated with a phrase is one more of it."""
    if tree.marker(other) and not tree.marker(token):
        return False  # "is his duty and at his own risk": a second duty has no preposition
    if other.pos_ == "VERB" and token.pos_ in ("NOUN", "PROPN"):
        return False  # "known as Tarn and based in Leeds"
    placeless = other.pos_ == "NOUN" and not other.ent_type_
    return not (
        token.ent_type_ == "PLACE" and placeless
    )  # "in Oslo and a plant in Ghent": no place of that name
