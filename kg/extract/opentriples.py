"""Open information extraction: each sentence's propositions as surface strings, no ontology, no merging.

One triple per proposition in the manner of ClausIE (Del Corro & Gemulla 2013) and MinIE (Gashteovski et al. 2017): a clause's subject, its
verb group as the relation, its first complement as the object, everything else as further arguments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.extract import tree
from kg.extract.clauses import Clause, clauses_of, surface_subjects
from kg.extract.context import read_context
from kg.model import Context, Modality, Polarity
from kg.ontology import Ontology

MAX_TRIPLES = 40  # of one sentence
MAX_CUTS = 3  # times as many with alternatives
MAX_CONJUNCTS = 8  # a longer list stays one argument
PLAIN, LADEN, BORROWED = (
    0.69,
    0.55,
    0.53,
)  # a clause; one of a relative or of many arguments; one whose subject is another's
BARE, APPOSED, OWNED = 0.36, 0.37, 0.21  # "it rains"; "is" of an apposition; "has" of a possessive


@dataclass(frozen=True, slots=True)
class OpenTriple:
    """One proposition in the words of its sentence.

    `inferred`: the relation's word is not in the sentence. `alternative`: another cut of a proposition that is there
    already, without its further arguments or about one of them ("bought Beats in | 2014").
    """

    subject: str
    relation: str
    object: str
    args: tuple[str, ...]
    confidence: float
    context: Context
    inferred: bool = False
    alternative: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The record `kg extract --format jsonl` writes."""
        polarity, modality = self.context.polarity, self.context.modality
        return {
            "subject": self.subject,
            "relation": self.relation,
            "object": self.object,
            "args": list(self.args),
            "confidence": round(self.confidence, 3),
            "polarity": "negative" if polarity is Polarity.NEGATIVE else "positive",
            "modality": None if modality is Modality.ASSERTED else str(modality),
            "attribution": self.context.speaker_text or None,
            "inferred": self.inferred,
            **({"alternative": True} if self.alternative else {}),
        }


def extract(
    text: str, ontology: Ontology, nlp: Language, *, alternatives: bool = False, explicit: bool = False
) -> list[OpenTriple]:
    """The open triples of a text, best first within the whole text.

    Args:
        alternatives: also the other ways to cut one proposition (`OpenTriple.alternative`).
        explicit: only relations in the sentence's own words, none that are `inferred`.

    >>> [(t.subject, t.relation, t.object) for t in extract("Beats was bought by Apple in 2014.", ontology, nlp)]
    [('Beats', 'was bought by', 'Apple')]
    """
    found = triples_of(nlp(text), ontology, alternatives)
    return [triple for triple in found if not (explicit and triple.inferred)]


def triples_of(doc: Doc, ontology: Ontology, alternatives: bool = False) -> list[OpenTriple]:
    """The open triples of a parsed document, best first; equal confidence keeps text order."""
    found: dict[tuple[object, ...], OpenTriple] = {}
    limit = MAX_TRIPLES * (MAX_CUTS if alternatives else 1)
    for sentence in doc.sents:
        wanted = (t for t in _sentence(list(sentence), ontology) if alternatives or not t.alternative)
        for n, triple in enumerate(wanted):
            key = (triple.subject, triple.relation, triple.object, triple.alternative)
            if n < limit and key not in found:
                found[key] = triple
    return sorted(found.values(), key=lambda t: -t.confidence)


def _sentence(tokens: Sequence[Token], ontology: Ontology) -> Iterator[OpenTriple]:
    for clause in clauses_of(tokens):
        yield from _clause(clause, ontology)
    for token in tokens:
        yield from _apposition(token, ontology)
        yield from _possessive(token, ontology)


@dataclass(frozen=True, slots=True)
class _Argument:
    """One argument of a clause: its preposition, its text, and where coordinated one text per conjunct."""

    preposition: str
    text: str
    place: int
    core: bool = False  # an object, predicate or clausal complement
    conjuncts: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        return f"{self.preposition} {self.text}".strip()

    @property
    def alternatives(self) -> tuple[str, ...]:
        return self.conjuncts or (self.text,)


def _nominal(preposition: str, token: Token, core: bool = False) -> _Argument:
    conjuncts = tree.conjuncts(token)
    several = tuple(phrase(c) for c in conjuncts) if distributes(token, conjuncts) else ()
    written = _text(tree.case_words(token)) if preposition else ""
    return _Argument(written or preposition, phrase(token, whole=True), token.i, core, several)


def distributes(token: Token, conjuncts: Sequence[Token]) -> bool:
    """Whether a coordination may be read one by one: not "between A and B", not "A and B together", not of numbers."""
    if not 2 <= len(conjuncts) <= MAX_CONJUNCTS or tree.marker(token) == "between":
        return False
    return all(c.pos_ in ("NOUN", "PROPN") for c in conjuncts) and not tree.is_collective(token)


def _clause(clause: Clause, ontology: Ontology) -> Iterator[OpenTriple]:
    head = clause.head
    if _continues(clause):
        return
    subjects = surface_subjects(clause)
    if not subjects or subjects[0] == head:
        return
    words = _relation(clause)
    arguments = sorted(_arguments(clause, subjects), key=lambda a: (not a.core, a.place < head.i, a.place))
    context = read_context(head, ontology.words)
    confidence = _confidence(clause, arguments)
    several = _distribute(subjects)
    for subject in several:
        if subject.dep_ == "expl" and arguments:
            continue
        name = phrase(subject, clause, whole=len(several) == 1 and tree.is_collective(subject))
        if not arguments:
            if not clause.inherited and clause.complement is None:
                yield OpenTriple(name, words, "", (), confidence, context)
            continue
        first, rest = arguments[0], arguments[1:]
        relation = words if first.core else f"{words} {first.preposition}".strip()
        for text in first.alternatives:
            yield OpenTriple(name, relation, text, tuple(a.whole for a in rest), confidence, context)
            for other, obj in _other_cuts(
                relation if first.core else words, text if first.core else "", rest
            ):
                yield OpenTriple(name, other, obj, (), confidence * 0.6, context, alternative=True)
            if rest:
                yield OpenTriple(name, relation, text, (), confidence * 0.7, context, alternative=True)


def _other_cuts(words: str, first: str, rest: Sequence[_Argument]) -> Iterator[tuple[str, str]]:
    """The relation up to each further preposition, and what stands after it: ("bought Beats in", "2014")."""
    for argument in rest:
        if argument.preposition:
            for text in argument.alternatives:
                yield " ".join(f"{words} {first} {argument.preposition}".split()), text


def _continues(clause: Clause) -> bool:
    """True for "plans" in "plans to buy": the clause of "buy" carries the whole relation."""
    complement = clause.complement
    return (
        complement is not None
        and complement.dep_ == "xcomp"
        and complement.pos_ in ("VERB", "AUX")
        and tree.child(complement, "cop") is None
        and not clause.objects
        and not clause.indirect
    )


def _chain(head: Token) -> list[Token]:
    """The governing verbs of a control or raising chain, outermost first: [plans] for "plans to buy"."""
    chain: list[Token] = []
    token = head
    while token.dep_ == "xcomp" and token.head.pos_ in ("VERB", "AUX", "ADJ") and token.head != token:
        governor = token.head
        chain.insert(0, governor)
        if tree.children(governor, "obj", "iobj"):
            return []
        token = governor
    return chain


def _relation(clause: Clause) -> str:
    """The verb group as worded: auxiliaries, negation, adverbs between them, verb, particles; "plans to buy" whole."""
    head = clause.head
    words: list[Token] = []
    for governor in _chain(head):
        words += [*tree.auxiliaries(governor), governor, *tree.children(governor, "compound:prt")]
    if words:
        words += [m for m in tree.children(head, "mark") if m.i < head.i]
    if clause.predicate is not None:
        words += tree.auxiliaries(head)
    else:
        words += [*tree.auxiliaries(head), head, *tree.children(head, "compound:prt")]
    first = min((t.i for t in words), default=head.i)
    words += [a for a in tree.children(head, "advmod") if first < a.i < head.i or a.i == head.i - 1]
    return " ".join(t.text for t in sorted(set(words), key=lambda t: t.i))


def _arguments(clause: Clause, subjects: Sequence[Token]) -> Iterator[_Argument]:
    head = clause.head
    if clause.predicate is not None:
        preposition = tree.marker(head)
        yield _Argument(preposition, _predicate_text(head), head.i, core=not preposition)
    core = [o for o in clause.objects if o not in subjects] if clause.passive else clause.objects
    for token in [*clause.indirect, *core]:
        yield _nominal("", token, core=True)
    if clause.passive:
        for agent in clause.subjects:
            yield _nominal("by", agent)
    if clause.complement is not None and not _continues(clause):
        yield _Argument("", _clause_text(clause.complement), clause.complement.i, core=not core)
    for preposition, token in clause.obliques:
        yield _nominal(preposition, token)


def _predicate_text(head: Token) -> str:
    words = tree.subtree(
        head,
        {
            "nsubj",
            "csubj",
            "cop",
            "aux",
            "mark",
            "case",
            "conj",
            "cc",
            "punct",
            "advcl",
            "parataxis",
            "obl:unmarked",
            "discourse",
        },
    )
    words = [w for w in words if not (w.dep_ == "advmod" and tree.is_negation(w) and w.head == head)]
    return _text(tree.trim(tree.contiguous(words, head)))


def _clause_text(head: Token) -> str:
    return _text(tree.trim(tree.subtree(head)))


def phrase(token: Token, clause: Clause | None = None, whole: bool = False) -> str:
    """The noun phrase in words: with modifiers, without preposition and relative clauses; one conjunct, or all where `whole`.

    With `clause`, what that clause itself hangs on is left out: the subject of "chips designed by Arm" is "chips".
    """
    without = {
        "case",
        "mark",
        "acl:relcl",
        "advcl:relcl",
        "appos",
        "parataxis",
        "cop",
        "nsubj",
        "aux",
        "advcl",
        "discourse",
        "vocative",
    }
    if tree.children(token, "cop"):
        without |= {"obl", "punct"}
    if clause is not None and clause.head in token.children:
        without |= {"acl"}
    if not whole:
        without |= {"conj", "cc", "cc:preconj"}
    words = tree.subtree(token, without)
    return _text(tree.trim(tree.contiguous(words, token)) or [token])


def _text(tokens: Sequence[Token]) -> str:
    if not tokens:
        return ""
    doc: Doc = tokens[0].doc
    last = tokens[-1].i
    opened = sum((t.text == "(") - (t.text == ")") for t in tokens)
    if (
        opened > 0 and last + 1 < len(doc) and doc[last + 1].text == ")"
    ):  # trimmed away with the other punctuation
        return " ".join(doc[tokens[0].i : last + 2].text.split())
    return " ".join(doc[tokens[0].i : tokens[-1].i + 1].text.split())


def _distribute(subjects: Sequence[Token]) -> list[Token]:
    """Each conjunct of the subject by itself, where it may stand by itself."""
    conjuncts = tree.conjuncts(subjects[0])
    return conjuncts if distributes(subjects[0], conjuncts) else [subjects[0]]


def _confidence(clause: Clause, arguments: Sequence[_Argument]) -> float:
    """How much of such a triple is right, in words, as counted on CaRB's development sentences (docs/quality.md)."""
    if not arguments:
        return BARE
    if clause.inherited:
        return BORROWED
    return LADEN if clause.relative is not None or len(arguments) > 3 else PLAIN


def _apposition(token: Token, ontology: Ontology) -> Iterator[OpenTriple]:
    if token.dep_ == "appos" and token.pos_ in ("NOUN", "PROPN") and token.head.pos_ in ("NOUN", "PROPN"):
        yield OpenTriple(
            phrase(token.head),
            "is",
            phrase(token),
            (),
            APPOSED,
            read_context(token.head, ontology.words),
            inferred=True,
        )


def _possessive(token: Token, ontology: Ontology) -> Iterator[OpenTriple]:
    if token.dep_ == "nmod:poss" and token.pos_ == "PROPN":
        thing = tree.subtree(token.head, {"nmod:poss", "case", "acl:relcl", "appos", "conj", "cc", "punct"})
        text = _text(tree.trim(tree.contiguous(thing, token.head)))
        yield OpenTriple(
            phrase(token), "has", text, (), OWNED, read_context(token.head, ontology.words), inferred=True
        )
