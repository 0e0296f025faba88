"""Who says so: subjects of reporting verbs, their stand-ins, and "according to".

Attribution as in MinIE (Gashteovski et al. 2017) and the source chains of FactBank (Saurí and Pustejovsky 2009); of a
chain ("Reuters reported that Mars said …") the innermost source is kept, for it vouches for the content.
"""

from __future__ import annotations

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.extract import tree
from kg.extract.clauses import read_clause
from kg.extract.context.mood import Effect, Words, has, is_verb, keys_of, look_up, opener, sentence_of
from kg.model import Modality, Span

_MAX_PHRASE = (
    24  # words from the first to the last of a phrase that names a source, relative clauses included
)


def is_report(token: Token, words: Words) -> bool:
    """Whether the token is a reporting verb."""
    return is_verb(token) and has(words, "reporting_verb", *keys_of(token))


def source_of(verb: Token) -> Token | None:
    """Head of the phrase that names who reports: the subject, the agent of a passive, or whoever has the clause's part."""
    found = read_clause(verb).subjects
    if found and found[0].dep_ == "expl":
        return None
    if found:
        return found[0] if _is_phrase(found[0]) else _before(verb)
    return _behind(verb) or _before(verb)


def _is_phrase(noun: Token) -> bool:
    """Whether a subject is a plain phrase; a clause taken for one ("It closed, the bank said") is no source."""
    clausal = any(tree.base(c) in ("nsubj", "obj", "ccomp", "cop") for c in noun.children)
    return noun.pos_ in tree.NOUNS and not clausal and noun.right_edge.i - noun.left_edge.i < _MAX_PHRASE


def _behind(verb: Token) -> Token | None:
    """'…," said Ana Ruiz': parsers tend to take the subject behind the verb for something else."""
    nominal = next(
        (c for c in verb.children if c.i > verb.i and c.pos_ in tree.NOUNS and not opener(c)), None
    )
    return nominal if nominal is not None and nominal.left_edge.i == verb.i + 1 else None


def _before(verb: Token) -> Token | None:
    """The phrase between a comma or quotation mark and the verb: ", the regulator said"."""
    place, start = verb.i - 1, sentence_of(verb)[0]
    while place > start and verb.doc[place].pos_ in ("ADV", "AUX"):
        place -= 1
    noun = verb.doc[place]
    edge = noun.left_edge
    while edge.is_punct and edge.i < noun.i:
        edge = edge.nbor(1)
    apart = edge.i > start and verb.doc[edge.i - 1].is_punct
    return noun if place < verb.i and apart and noun.pos_ in tree.NOUNS and _is_phrase(noun) else None


def is_evidence(verb: Token, source: Token | None, words: Words) -> bool:
    """ "The entry price shows that …": a thing that shows something is the article's own argument, no source.

    Studies, filings and the like do speak (`source_noun`), and so do names and persons.
    """
    if source is None or not has(words, "evidence_verb", *keys_of(verb)):
        return False
    if source.ent_type_ or source.pos_ == "PROPN" or source.lower_ in ("he", "she", "they", "we", "i", "who"):
        return False
    return not has(words, "source_noun", source.lower_, tree.lemma(source))


def source_of_noun(noun: Token) -> Token | None:
    """ "Melcor" of "Melcor's claim that", "the union" of "claims by the union that"."""
    for child in noun.children:
        if child.dep_ == "nmod:poss" or (tree.base(child) == "nmod" and opener(child) in ("by", "from")):
            return child
    return None


def source_phrase(head: Token | Tokens) -> Tokens:
    """The phrase that names a source: "chip buyer Marta Olsen", without apposition and relative clause."""
    if isinstance(head, Tokens):
        return head
    chosen = tree.subtree(head, without={"appos", "acl", "parataxis", "case", "punct", "advcl", "dep"})
    chosen += [
        t for t in head.head.children if t != head and t.pos_ == head.pos_ == "PROPN" and t.dep_ == head.dep_
    ]
    phrase = tree.trim(tree.contiguous(chosen, head)) or [head]
    return head.doc[phrase[0].i : phrase[-1].i + 1]


def source_span(head: Token | Tokens) -> Span:
    """The characters of the phrase that names a source."""
    phrase = source_phrase(head)
    return Span(phrase.start_char, phrase.end_char)


def beside(clause: Token, words: Words, below: Token | None) -> tuple[Token, Effect] | None:
    """A source that stands beside a clause: ", Z said", "as Z reported", "according to Z", "in Z's view".

    `below` is the dependent through which `clause` was reached; it is not asked itself.
    """
    for child in clause.children:
        if child == below:
            continue
        label = tree.base(child)
        if label in ("parataxis", "ccomp", "dep", "discourse", "advcl", "conj") and child.pos_ == "VERB":
            if label in ("ccomp", "conj", "advcl") and not _is_aside(child, label):
                continue
            effect = look_up(words, "reporting_verb", keys_of(child))
            if effect is None or has_content(child):
                continue
            if label == "advcl" and (
                effect.modality is not Modality.ASSERTED or any(c.tag_ == "MD" for c in child.children)
            ):
                continue  # "as its lenders demanded", "as anyone will confirm"
            if (speaker := source_of(child)) is not None:
                stance = (
                    effect if not effect.negative and effect.modality is not Modality.QUESTION else Effect()
                )
                return speaker, stance
        elif (
            label not in ("punct", "nsubj", "obj", "aux", "cop", "det")
            and (speaker := _named_by(child, words)) is not None
        ):
            return speaker, Effect()
    return None


def _is_aside(verb: Token, label: str) -> bool:
    """ "As Z reported, …" (advcl) or ", Z said" that the parser took for something else at the clause's edge."""
    if label == "advcl" and (opener(verb) == "as" or verb.left_edge.lower_ == "as"):
        return True
    edge = verb.left_edge
    if (edge.nbor(1) if edge.is_punct and edge.i < verb.i else edge).tag_ in ("WP", "WDT", "WRB"):
        return False  # "whatever traders believed"
    comma = edge if edge.is_punct else verb.doc[max(0, edge.i - 1)]
    if label == "advcl" and (opener(verb) or verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i < verb.head.i):
        return False
    return label in ("conj", "advcl") and comma.text in (",", "”", '"') and not tree.child(verb, "cc")


def has_content(verb: Token) -> bool:
    """Whether the reporting verb has a clause of its own to report: then it is not about the clause beside it."""
    return any(c.dep_ in ("ccomp", "obj") for c in verb.children)


def _named_by(phrase: Token, words: Words) -> Token | None:
    """The source in an adverbial phrase; None for other phrases."""
    opening = opener(phrase)
    if has(words, "source_preposition", opening):
        return phrase
    if phrase.lower_ == "according":
        return next((c for c in phrase.children if c.pos_ in tree.NOUNS and c.lower_ != "to"), None)
    if has(words, "source_frame_noun", phrase.lower_) and opening in ("in", "by"):
        return next((c for c in phrase.children if tree.base(c) == "nmod" and c.pos_ in tree.NOUNS), None)
    return None
