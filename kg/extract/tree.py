"""Questions to a Universal Dependencies parse: labels, dependents, coordination, prepositions, phrases.

Labels and their meaning follow Universal Dependencies v2 (Nivre et al. 2020; universaldependencies.org). The only
file besides `mentions.py` and the rules that looks at dependency labels.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.model import Span

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:outer", "csubj:outer"})
OBLIQUES = frozenset({"obl", "obl:agent", "obl:unmarked", "obl:tmod", "obl:npmod"})
LOOSE = frozenset({"punct", "cc", "cc:preconj", "discourse", "vocative", "reparandum"})
CONTRASTS = frozenset(
    {"not", "rather", "instead", "than"}
)  # "rather than", "not": what follows is set apart, not added
LISTING = frozenset({"such as", "including", "like", "among"})  # before members and examples
ADDING = frozenset({"along with", "together with", "alongside", "as well as", "in addition to", "besides"})
ADDS_WITH = frozenset({"along", "together", "jointly"})  # before "with"
TOGETHER = frozenset({"together", "jointly", "collectively", "combined"})
RELATIVE = frozenset({"who", "which", "that", "whom", "where", "when"})
JOINERS = frozenset({",", "-", "–", "/", "&", '"', "“", "”"})
OPENING = frozenset({'"', "“", "‘", "``"})  # a quotation
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})


def base(token: Token) -> str:
    """The label without its subtype: "nsubj" of "nsubj:pass"."""
    return token.dep_.partition(":")[0]


def children(token: Token, *labels: str) -> list[Token]:
    """Dependents with one of these labels (a label without subtype matches its subtypes), in text order."""
    found = []
    for c in token.children:  # asked a hundred times a sentence: no call for a label without subtype
        label = c.dep_
        if (label in labels or (":" in label and base(c) in labels)) and not c.is_space:
            found.append(c)
    return found


def child(token: Token, *labels: str) -> Token | None:
    """The first such dependent, or None."""
    return next(iter(children(token, *labels)), None)


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated with it: [chips, glasses] of "chips and glasses".

    Not the toy of "a tool, not a toy", nor the first of "not in Toronto but in Lima".
    """
    found = [token]
    denied = token.dep_ != "conj" and any(is_negation(c) for c in children(token, "advmod"))
    for other in children(token, "conj"):
        if not any(lemma(c) in CONTRASTS for c in children(other, "cc", "advmod")):
            if denied and found == [token] and any(c.lower_ == "but" for c in children(other, "cc")):
                found = []
            found += conjuncts(other)
    return found


def is_collective(token: Token) -> bool:
    """Whether a coordination is meant as one: "Acme and Bolt together hold 60%", "jointly", "combined"."""
    near = [c for t in (token.head, *conjuncts(token)) for c in children(t, "advmod", "amod")]
    return len(conjuncts(token)) > 1 and any(lemma(c) in TOGETHER for c in near)


def first_conjunct(token: Token) -> Token:
    """The head of the coordination the token belongs to."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def lemma(token: Token) -> str:
    """The lemma, lower case."""
    return (token.lemma_ or token.text).lower()


def verb_lemma(token: Token) -> str:
    """The verb's lemma with its particles: "roll out"."""
    return " ".join([lemma(token), *dict.fromkeys(lemma(p) for p in children(token, "compound:prt"))])


def case_words(token: Token) -> list[Token]:
    """The words of a phrase's preposition: [because, of]."""
    case = [c for c in children(token, "case") if c.i < token.i and c.text not in ("'s", "’s", "'", "’")]
    return sorted((w for c in case for w in [c, *children(c, "fixed")]), key=lambda w: w.i)


def is_added(token: Token) -> bool:
    """Whether a phrase adds one more to those named: "(A,) along with B", "together with B", however the parser cut it."""
    words = case_words(token)
    if [w.lower_ for w in words] != ["with"] or not words[0].i:
        return marker(token) in ADDING
    return words[0].nbor(-1).lower_ in ADDS_WITH


def added_to(token: Token) -> list[Token]:
    """What is named along with a thing right behind it: Bolt of "Acme, together with Bolt"."""
    adverbs = [a for a in children(token, "advmod") if a.lower_ in ADDS_WITH and a.i > token.i]
    return [c for t in (token, *adverbs) for c in children(t, "nmod", "obl", "conj") if is_added(c)]


def marker(token: Token) -> str:
    """The preposition of a phrase, fixed expressions whole: "with", "because of", "" if there is none."""
    return " ".join(w.text.lower() for w in case_words(token))


def whole_of(number: Token) -> Token | None:
    """The things of which a number takes some: "stores" of "28 of its 141 stores"."""
    if number.pos_ != "NUM":
        return None
    return next((c for c in children(number, "nmod") if c.tag_ == "NNS" and marker(c) == "of"), None)


def is_possessive(token: Token) -> bool:
    """True for "Alibaba" in "Alibaba's S1" and for "its"."""
    return token.dep_ == "nmod:poss"


def char_span(tokens: Iterable[Token]) -> Span:
    """From the first character to the last of these tokens (there must be one)."""
    ordered = sorted(tokens, key=lambda t: t.i)
    return Span(ordered[0].idx, ordered[-1].idx + len(ordered[-1]))


def trim(tokens: list[Token]) -> list[Token]:
    """Without whitespace, punctuation and conjunctions at either end; brackets and quotes that match stay."""
    loose = {"punct", "cc", "cc:preconj", "discourse"}
    while tokens and (tokens[0].is_space or tokens[0].dep_ in loose):
        tokens = tokens[1:]
    while tokens and (
        tokens[-1].is_space or tokens[-1].dep_ in loose or (len(tokens) > 1 and _opens(tokens[-1]))
    ):
        tokens = tokens[:-1]
    return tokens


def _opens(token: Token) -> bool:
    """A word that only opens a phrase and so cannot end one: "of", "the", "its"."""
    opener = token.pos_ in ("ADP", "DET", "CCONJ", "SCONJ") and token.dep_ in ("case", "det", "cc", "mark")
    return opener or token.tag_ == "PRP$"


def subtree(token: Token, without: frozenset[str] | set[str] = frozenset()) -> list[Token]:
    """The token and all below it, in text order, leaving out dependents with these labels (and what hangs on them)."""
    found = [token]
    for other in token.children:
        if other.dep_ not in without and base(other) not in without:
            found += subtree(other)
    return sorted(found, key=lambda t: t.i)


def contiguous(tokens: list[Token], head: Token) -> list[Token]:
    """The unbroken run of tokens around the head; spaces, commas and hyphens between chosen tokens do not break it."""
    doc, chosen = head.doc, {t.i for t in tokens}

    def reach(start: int, step: int) -> int:
        place = start
        while True:
            ahead = place + step
            while (
                0 <= ahead < len(doc)
                and ahead not in chosen
                and (doc[ahead].is_space or doc[ahead].text in JOINERS)
            ):
                ahead += step
            if not (0 <= ahead < len(doc)) or ahead not in chosen:
                return place
            place = ahead

    return list(doc[reach(head.i, -1) : reach(head.i, 1) + 1])


def is_predicate(token: Token) -> bool:
    """True when the token heads a clause: a verb, or anything with a copula, a subject or a clause label."""
    if token.dep_ in (
        "amod",
        "compound",
        "aux",
        "aux:pass",
        "cop",
        "case",
        "mark",
        "compound:prt",
        "fixed",
        "flat",
    ):
        return False
    if child(token, "cop") or any(c.dep_ in SUBJECTS for c in token.children):
        return True
    return token.pos_ in ("VERB", "AUX")


def auxiliaries(head: Token) -> list[Token]:
    """Auxiliaries, copula and negation of a clause, in text order."""
    return [c for c in head.children if base(c) in ("aux", "cop") or is_negation(c)]


def is_negation(token: Token) -> bool:
    """ "not", "n't", "never" as adverbs of a predicate."""
    return base(token) == "advmod" and lemma(token) in ("not", "n't", "n’t", "never")


def is_quoted(head: Token) -> bool:
    """Whether a whole clause stands in quotation marks: "Patience pays," she said, but not "Patience," she said."""
    return head.left_edge.text in OPENING and child(head, *SUBJECTS, "expl") is not None


def is_passive(head: Token) -> bool:
    """Passive by its labels, or a bare past participle that modifies a noun ("a chip designed by Arm", "Norbank, fined $5m").

    A participle joined to a passive one is passive too: "was founded in 1999 and sold in 2005".
    """
    if head.pos_ == "ADJ" and child(head, "cop") is not None:
        return False  # "is subject to approval by the court": the parser's agent is none
    if children(head, "nsubj:pass", "aux:pass", "csubj:pass", "obl:agent"):
        return True
    if head.tag_ != "VBN" or children(head, "aux", "nsubj"):
        return False
    if head.dep_ == "conj" and head.head != head:
        return is_passive(head.head) and not children(head, "obj")
    bare, aside = not children(head, "obj"), head.dep_ == "parataxis" and head.head.pos_ in ("NOUN", "PROPN")
    return head.dep_ == "acl" or aside or (bare and head.dep_ in ("advcl", "xcomp", "ROOT", "parataxis"))
