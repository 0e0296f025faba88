"""What reference works say in few words: "(1901–1973)" behind a name, "a jazz album", "a 60-storey tower", "95 metres high".

Only for ontologies that ask for it by cues of the frames "kind", "adjective" and "measure", or for births and deaths. The shapes are those
of first sentences in encyclopaedias, as in Kazama & Torisawa (2007).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.clauses import read_clause
from kg.extract.context import read_phrase_context
from kg.extract.frames import Rule, Sentence
from kg.extract.rules.places import described
from kg.model import Form, Frame, Mention, Role, Span, Value

_BRACKET = re.compile(r"\s?\(([^()]{4,80})\)")
_LIFE = re.compile(r"\s[–—-]\s|(?<=\d)\s?[–—-]\s?(?=\d|\s|$)")
_YEAR = re.compile(r"\b1\d{3}\b|\b20[0-2]\d\b")
_DIED = re.compile(r"^(?:died|d\.|†) ")
BORN, DIED = ("bear", "obj"), ("die", "subj")


def find_lives(sentence: Sentence) -> Iterator[Frame]:
    """ "Ann Lee (3 May 1950 in Lima – 2 June 2001)": born then and there, died then."""
    if not (sentence.known("verb", "bear") or sentence.known("verb", "die")):
        return
    text = sentence.mentions.text
    for name in sentence.tokens.ents:
        bracket = _BRACKET.match(text, name.end_char)
        if name.label_ != "PERSON" or bracket is None or bracket.end() > sentence.tokens.end_char:
            continue
        inside, start = bracket[1], bracket.start(1)
        dash = _LIFE.search(inside)
        halves = (
            [(BORN, start, start + dash.start()), (DIED, start + dash.end(), bracket.end(1))] if dash else []
        )
        if not halves and _DIED.match(inside):
            halves = [(DIED, start, bracket.end(1))]
        told = [(deed, at) for deed, first, last in halves if (at := _when_where(sentence, first, last))]
        for (verb, slot), roles in told:
            person = sentence.role(slot, [name.root], alone=True)
            context = read_phrase_context(name.root, sentence.ontology.words)
            yield sentence.frame(
                "encyclopedic.life", "verb", [verb], [name.root], [person, *roles], name.root, verb, True, 0.9, context
            )  # fmt: skip


def _when_where(sentence: Sentence, first: int, last: int) -> list[Role]:
    """The date and the place between these characters; nothing without a year."""
    text = sentence.mentions.text
    year = _YEAR.search(text, first, last)
    if year is None:
        return []
    whole = next(
        (
            v
            for s, v in sentence.mentions.values
            if s.start >= first and s.end <= last and v.iso and year[0] in v.text
        ),
        None,
    )
    value = whole or Value("date", year[0], iso=year[0])
    place = text.find(value.text, first, last)
    start = place if place >= 0 else year.start()
    span = Span(start, start + len(value.text))
    number = sentence.mentions.at(sentence.tokens[0]).sentence
    when = Mention(span, span, value.text, value.text, Form.VALUE, type="Date", value=value, sentence=number)
    places = [
        e
        for e in sentence.tokens.ents
        if e.label_ == "PLACE" and first <= e.start_char and e.end_char <= last
    ]
    where = [sentence.role("in", [places[0].root], alone=True)] if places else []
    return [Role("adv", (when,), span), *where]


def find_kinds(sentence: Sentence) -> Iterator[Frame]:
    """ "Ember is a jazz album", "a 1937 novel", "the brick church St Clara": what stands before the noun says of what kind it is."""
    if "kind" not in sentence.ontology.cue_frames:
        return
    for token in sentence.tokens:
        noun = token.head
        if token.i >= noun.i or noun.pos_ not in ("NOUN", "PROPN") or tree.marker(token) or noun.ent_type_:
            continue
        if tree.base(token) not in ("amod", "compound", "nmod", "nummod"):
            continue
        value = sentence.mentions.value_at(token)
        dated = value is not None and value[1].kind == "date"
        words = [token] if dated else _kind_words(sentence, token)
        cue = "*date" if dated else " ".join(t.lower_ for t in words)
        if not words or not sentence.known("kind", cue):
            continue
        part = sentence.mentions.at(token) if dated else sentence.mentions.part(token, words)
        kind = part if dated else replace(part, form=Form.NAME, text=part.text.lower())
        for bearer in described(noun):
            roles = [sentence.role("subj", [bearer]), Role("self", (kind,), kind.phrase)]
            context = None if tree.child(noun, "cop") else read_phrase_context(noun, sentence.ontology.words)
            yield sentence.frame(
                "encyclopedic.kind", "kind", [cue], words, roles, noun, "is", True, context=context
            )  # fmt: skip


def _kind_words(sentence: Sentence, last: Token) -> list[Token]:
    """The longest known kind that ends with this word: "doom metal" before "metal"; none where it goes on ("metal" of "metal rock")."""
    doc = last.doc
    for size in (3, 2, 1):
        first = last.i - size + 1
        words = [doc[i] for i in range(max(first, 0), last.i + 1)]
        if first >= 0 and sentence.known("kind", " ".join(t.lower_ for t in words)):
            return words
    return []


def find_sizes(sentence: Sentence) -> Iterator[Frame]:
    """ "stands 95 metres high", "a 410-metre bridge", "the 60-storey Pearl Spire": a figure and the adjective or the unit before its noun."""
    for token in sentence.tokens:
        found = sentence.mentions.value_at(token)
        if found is None or found[1].kind != "quantity" or found[1].unit is None:
            continue
        head = token.head
        if head.pos_ == "ADJ" and sentence.known("adjective", tree.lemma(head)):
            yield from _adjective(sentence, token, head)
        elif (
            token.i < head.i
            and head.pos_ in ("NOUN", "PROPN")
            and sentence.known("measure", tree.lemma(token))
        ):
            yield from _before_noun(sentence, token, head)


def _adjective(sentence: Sentence, figure: Token, adjective: Token) -> Iterator[Frame]:
    clause = read_clause(adjective)
    if not clause.subjects and adjective.head.pos_ in ("VERB", "AUX"):
        clause = read_clause(adjective.head)
    subjects = clause.subjects[:1]
    if (
        adjective.dep_ in ("amod", "acl", "acl:relcl")
        and not subjects
        and adjective.head.pos_ in ("NOUN", "PROPN")
    ):
        subjects = [adjective.head]
    if subjects:
        value = sentence.mentions.at(figure)
        roles = [sentence.role("subj", subjects), Role("value", (value,), value.phrase)]
        lemma = tree.lemma(adjective)
        yield sentence.frame(
            "encyclopedic.size", "adjective", [lemma], [figure, adjective], roles, clause.head
        )


def _before_noun(sentence: Sentence, figure: Token, noun: Token) -> Iterator[Frame]:
    value = sentence.mentions.at(figure)
    if value.value is None:
        return
    for bearer in described(noun):
        holder = sentence.role("holder", [bearer])
        roles = [holder, Role("value", (value,), value.phrase)]
        lemma = tree.lemma(figure)
        yield sentence.frame("encyclopedic.size", "measure", [lemma], [figure], roles, noun, "is", True, 0.9)


RULES = (
    Rule(
        "encyclopedic.life",
        "Ann Lee (1901–1973) was an engineer.",
        ("Ann Lee", "bear", "1901"),
        "Kazama & Torisawa 2007",
        find_lives,
    ),
    Rule(
        "encyclopedic.kind",
        "Ember is a jazz album.",
        ("Ember", "jazz", "jazz"),
        "Kazama & Torisawa 2007",
        find_kinds,
    ),
    Rule(
        "encyclopedic.size",
        "The tower stands 95 metres high.",
        ("tower", "high", "95 metres"),
        "BONIE 2017",
        find_sizes,
    ),
)
