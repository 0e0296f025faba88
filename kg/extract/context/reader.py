"""The walk from a predicate up to the root of its sentence, gathering its mood on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.extract import tree
from kg.extract.context.clause import Local, is_order, looks_ahead, read_clause
from kg.extract.context.governor import link
from kg.extract.context.headline import headline_source
from kg.extract.context.mood import (
    FUTURE,
    Effect,
    Words,
    has,
    is_verb,
    keys_of,
    sentence_of,
    stronger,
)
from kg.extract.context.sources import beside, source_phrase
from kg.extract.context.speech import speaker_at, tail_source
from kg.extract.context.step import OPEN, Link
from kg.model import Context, Modality, Polarity, Span

_LIMIT = 60  # steps: deeper parses are not sentences


@dataclass(slots=True)
class _Reading:
    """The mood gathered so far."""

    negative: bool = False
    modality: Modality = Modality.ASSERTED
    would: bool = False
    open: bool = False  # something on the way is left open unless it is denied
    condition: str = ""
    speaker: Token | Tokens | None = None

    def hedge(self, modality: Modality) -> None:
        self.modality = stronger(self.modality, modality)

    def context(self) -> Context:
        modality = self.modality
        if self.open and not self.negative:
            modality = stronger(modality, Modality.POSSIBLE)  # "has not ruled out a sale"
        if self.negative and modality in (Modality.PLANNED, Modality.INTENDED, Modality.ALLEGED):
            modality = (
                Modality.ASSERTED
            )  # "will not buy", "dropped its plan to buy", "rejected reports": plain denials
        phrase = source_phrase(self.speaker) if self.speaker is not None else None
        return Context(
            Polarity.NEGATIVE if self.negative else Polarity.POSITIVE,
            modality,
            Span(phrase.start_char, phrase.end_char) if phrase is not None else None,
            " ".join(phrase.text.split()) if phrase is not None else "",
            self.condition,
        )


@dataclass(slots=True)
class _Memo:
    """What was found at the words of one Doc: predicates of a sentence share the way up."""

    contexts: dict[int, Context] = field(default_factory=dict)
    clauses: dict[tuple[int, int], Local] = field(
        default_factory=dict
    )  # by word and the dependent it was reached from
    asides: dict[tuple[int, int], tuple[Token, Effect] | None] = field(default_factory=dict)
    links: dict[int, Link] = field(default_factory=dict)


def _memo(token: Token, words: Words) -> _Memo:
    found: _Memo = token.doc.user_data.setdefault(f"kg.mood.{id(words)}", _Memo())
    return found


def read_context(predicate: Token, words: Words) -> Context:
    """The mood of the statement that `predicate` heads: denied? how sure? who says so, under which condition?

    `predicate` is the head of a clause (verb, or nonverbal predicate with a copula) or a noun that names an event
    ("the planned sale"); the parse is Universal Dependencies; `words` are the ontology's word classes. Every word from the
    predicate up to the root of the sentence is looked at once. Spans count characters of the document.

    For "The bank denied that it had sold the ships" and the token "sold": negative, asserted, speaker "The bank".
    """
    if tree.base(predicate) in ("aux", "cop"):
        predicate = predicate.head
    memo = _memo(predicate, words)
    if predicate.i not in memo.contexts:  # several frames of a clause ask for one mood
        memo.contexts[predicate.i] = _walk(predicate, words, memo)
    return memo.contexts[predicate.i]


def read_phrase_context(noun: Token, words: Words) -> Context:
    """The mood of what a noun phrase says in itself: "Bolt's glasses", "a Berlin-based firm", "the planned Oslo plant".

    Nothing outside the phrase denies, hedges or attributes that, save the quotation marks it may stand in, and the verb that
    would bring about what does not exist yet: "plans sixty shops in Spain", "will build a plant near Tema".
    """
    if (maker := _maker(noun, words)) is not None:
        return read_context(noun if has(words, "object_verb", *keys_of(maker)) else maker, words)
    local = read_clause(noun, words)
    named = noun.pos_ == "PROPN"  # "neither Acorn, of Cambridge, nor …": it is of Cambridge all the same
    return _Reading(local.negative and not named, local.modality, speaker=speaker_at(noun, words)).context()


def _maker(noun: Token, words: Words) -> Token | None:
    """The verb that brings about what a phrase tells of as new, "a plant" rather than "the plant"."""
    verb = noun.head
    if noun.pos_ != "NOUN" or noun.dep_ not in ("obj", "nsubj:pass") or not is_verb(verb):
        return None
    known = any(
        c.dep_ == "nmod:poss" or (c.dep_ == "det" and c.lower_ not in ("a", "an", "another"))
        for c in noun.children
    )
    return verb if not known and has(words, "creation_verb", *keys_of(verb)) else None


def is_statement(predicate: Token, words: Words) -> bool:
    """False for questions and orders, whose clauses say nothing about the world ("Will it sell?", "Avoid the bonds.")."""
    return read_context(predicate, words).modality is not Modality.QUESTION and not is_order(predicate)


def _walk(predicate: Token, words: Words, memo: _Memo) -> Context:
    found = _Reading()
    token, below, step = predicate, None, OPEN
    negation = mood = voice = True
    future_only = False
    for _ in range(_LIMIT):
        place = (token.i, below.i if below is not None else -1)
        if negation or mood:
            if place not in memo.clauses:
                memo.clauses[place] = read_clause(token, words, below)
            local = memo.clauses[place]
            if negation and step.own_negation:
                found.negative ^= local.negative
            if mood and step.own_mood and (not future_only or local.modality in FUTURE):
                found.hedge(local.modality)
                found.would = found.would or local.would
                found.condition = found.condition or local.condition
        if voice and found.speaker is None:
            if place not in memo.asides:
                memo.asides[place] = beside(token, words, below)
            if (source := memo.asides[place]) is not None:
                found.speaker = source[0]
                found.hedge(source[1].modality)
                _settle_would(found, predicate, words)
        if token.head == token:
            break
        if token.i not in memo.links:
            memo.links[token.i] = link(token, words)
        step = memo.links[token.i]
        _take(found, step, negation, mood, voice, future_only)
        if voice and (step.report or (token.dep_ == "ccomp" and token.head.tag_ in ("VBD", "VBN"))):
            _settle_would(found, predicate, words)
        negation, mood = negation and step.negation, mood and step.mood
        voice, future_only = voice and step.voice, future_only or step.future_only
        below, token = token, token.head
    if mood and _asks(token):
        found.hedge(Modality.QUESTION)
    if found.speaker is None or found.speaker.text.lower() in ("i", "we"):
        found.speaker = speaker_at(predicate, words) or found.speaker
    if found.speaker is None and voice and (tail := tail_source(predicate, words)) is not None:
        found.speaker = tail[0]
        found.hedge(tail[1].modality)
        _settle_would(found, predicate, words)
    if found.speaker is None and voice:
        found.speaker = headline_source(predicate, words)
    return found.context()


def _take(found: _Reading, step: Link, negation: bool, mood: bool, voice: bool, future_only: bool) -> None:
    if negation:
        found.negative ^= step.negative
        found.open = found.open or step.open
    if mood and not future_only:
        found.hedge(step.modality)
    if voice and found.speaker is None and (step.report or mood or negation):
        found.speaker = step.speaker


def _settle_would(found: _Reading, predicate: Token, words: Words) -> None:
    """In reported speech a "would" without a condition is a "will" told later (backshift)."""
    if found.would and found.modality is Modality.CONDITIONAL and not found.condition:
        found.modality = Modality.EXPECTED if looks_ahead(predicate, words) else Modality.PLANNED
    found.would = False


def _asks(root: Token) -> bool:
    """Whether the sentence of this root ends in a question mark (closing marks after it do not count)."""
    start, end = sentence_of(root)
    for place in range(end - 1, start - 1, -1):
        token = root.doc[place]
        if token.is_space or token.text in ('"', "”", "’", "'", ")"):
            continue
        return token.text == "?"
    return False
