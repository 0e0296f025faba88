"""What an article says about itself in its own lines: date, publisher, author, copyright; and numbers given as "label: value"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from kg.extract import tree
from kg.extract.context import read_context
from kg.extract.mentions import ARTICLE, Mentions
from kg.model import Context, Form, Frame, Mention, Role, Span, Value

Words = Mapping[str, Mapping[str, str]]
WHEN = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*,? \d?"
NAME = rf"(?P<name>[A-Z][\w.&’'-]*(?: (?!All [Rr]ights|{WHEN})(?:of|and|the|de|van|von|[A-Z0-9][\w.&’'-]*)){{0,6}})"
LINES = (  # (cue, pattern of a line): the name or text group is the object
    ("published_by", re.compile(rf"^\W*Published by:? {NAME}")),
    ("written_by", re.compile(rf"^\W*(?:By|Written by|Reporting by|Author:) {NAME}(?=[\s*_,;|]|$)")),
    (
        "copyright",
        re.compile(
            rf"^\W*(?:Copyright )?(?:©|\(c\))\s*(?:\d{{4}})?(?:\s*[-–]\s*\d{{4}})?,?\s*(?:by )?{NAME}"
        ),
    ),
    ("copyright", re.compile(rf"^\W*Copyright (?:\d{{4}} )?(?:by )?{NAME}")),
)
CODE = r"(?P<name>[A-Z]{0,4} ?\d[\d/.-]{2,18}\d[A-Z]?)"
NUMBER = r"\s*(?:numbers?|no\.?|nr\.?|#)"
TICKER = re.compile(
    r"(?P<market>[A-Z][A-Za-z .&-]{1,18}):\s?(?P<name>[A-Z0-9](?:[A-Z0-9.-]{0,8}[A-Z0-9])?)\.?(?=[;,)])"
)
SHORT = re.compile(
    r"\((?P<name>[A-Z]{1,5}(?P<market>\.[A-Z]{1,3})?)\)"
)  # "Coinbase (COIN)", "Kellanova (K.N)"
TICKERS = re.compile(r"\([^()\n]{3,120}\)")  # brackets that may hold some
SYMBOL = re.compile(r"\b(?:symbol|ticker(?: symbol)?|code)\s+[“\"']?(?P<name>[A-Z]{2,6}(?:\.[A-Z]{1,2})?)\b")
SPACE = re.compile(r"\s*")
BEFORE_ADDRESS = re.compile(r"[\s,;:|(·•–—-]*(?:(?i:registered |head |postal )?(?i:address|office)\s*:)?\s*")
MOST_BETWEEN = 40  # characters between a name and the address that is its own
POSTCODE = re.compile(r"\d{4}")  # "Quatre Bornes 72257" is no firm
TOP, BOTTOM = 12, 12  # lines of an article where its own data stands
MAX_LINE = 300  # characters; a longer line is a paragraph


def find_metadata(
    text: str,
    mentions: Mentions,
    words: Words,
    published: tuple[Span, dt.date] | None,
    sentence_at: Callable[[int], Span],
) -> Iterator[Frame]:
    """Frames of kind "metadata" about the article (subject `ARTICLE`) and about companies that give their numbers.

    `sentence_at` gives the sentence around a character: the witness of what is found there.
    """
    if published is not None:
        span, date = published
        value = Value("date", span.of(text), iso=date.isoformat())
        when = Mention(span, span, value.text, value.text, Form.VALUE, type="Date", value=value)
        yield _frame("published_on", ARTICLE, when, span, sentence_at)
    lines = list(_lines(text))
    edge = lines[:TOP] + lines[max(TOP, len(lines) - BOTTOM) :]
    for start, line in edge:
        for cue, pattern in LINES:
            match = pattern.search(line[:MAX_LINE])
            if match is not None:
                name = match["name"].rstrip(".") if "." not in match["name"][:-1] else match["name"]
                span = Span(start + match.start("name"), start + match.start("name") + len(name))
                yield _frame(cue, ARTICLE, mentions.name(span), span, sentence_at)
                break
    for cue, pattern in _label_patterns(words):
        for match in pattern.finditer(text):
            owner = _last_organisation(mentions, match.start(), text, words)
            if owner is not None:
                span = Span(*match.span("name"))
                frame = _frame(cue, owner, _symbol(span, text), span, sentence_at)
                yield replace(frame, context=_mood_at(mentions, match.start(), words))
    for where, value in mentions.values:
        owner = _name_before(mentions, where.start, text, BEFORE_ADDRESS) if value.kind == "address" else None
        if owner is not None:
            place = Mention(where, where, value.text, value.text, Form.VALUE, type="Address", value=value)
            yield _frame("address", owner, place, where, sentence_at)
    for match in SHORT.finditer(text):
        owner = _name_before(mentions, match.start(), text)
        if owner is None:
            continue
        firm = owner.type == "Organization" and _shortens(match["name"], owner.text)
        if match["market"] or firm:  # a code with its market ("K.N") is nothing else
            span = Span(*match.span("name"))
            yield _frame("ticker", owner, _symbol(span, text), span, sentence_at)
    for brackets in TICKERS.finditer(text):
        owner = _name_before(mentions, brackets.start(), text)
        if owner is None:
            continue
        for match in TICKER.finditer(text, brackets.start(), brackets.end()):
            span, market = Span(*match.span("name")), Span(*match.span("market"))
            scope = Role("scope", (_symbol(market, text),), market)
            yield _frame("ticker", owner, _symbol(span, text), span, sentence_at, scope)


def _label_patterns(words: Words) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Patterns for numbers, their labels taken from the ontology."""

    def any_of(name: str) -> str:
        return "|".join(re.escape(word) for word in sorted(words.get(name, ()), key=lambda w: (-len(w), w)))

    if labels := any_of("registration_label"):
        yield "registration_number", re.compile(rf"\b(?i:{labels})(?i:{NUMBER})\s*(?:is|was|:)?\s*{CODE}")
    if labels := any_of("licence_label"):
        yield "licence_number", re.compile(rf"\b(?i:{labels})(?i:{NUMBER})?\s*(?:is|was|:)?\s*{CODE}")
    yield "ticker", SYMBOL


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for match in re.finditer(r"[^\n]+", text):
        if match[0].strip():
            yield match.start(), match[0]


def _shortens(code: str, name: str) -> bool:
    """ "COIN" of "Coinbase", "PLTR" of "Palantir": letters of a name of one word, in order; an acronym has several words."""
    letters = iter(name.upper())
    return len(code) > 1 and name.isalpha() and code[0] == name[0].upper() and all(c in letters for c in code)


def _symbol(span: Span, text: str) -> Mention:
    return Mention(span, span, span.of(text), span.of(text), Form.NOMINAL, type="Symbol")


def _last_organisation(mentions: Mentions, place: int, text: str, words: Words) -> Mention | None:
    """The organisation named last before this place, in the same paragraph; one with a legal form goes first."""
    paragraph = text.rfind("\n\n", 0, place) + 1
    inside = [m for m in mentions.names() if paragraph <= m.span.start and m.span.end <= place]
    legal = [m for m in inside if m.text.split()[-1].lower().rstrip(".") in words.get("legal_form", {})]
    named = legal or [m for m in inside if m.type == "Organization" and not POSTCODE.search(m.text)]
    if len(named) > 1 and not legal and not text[named[-1].span.end : place].strip():
        named.pop()  # "Acme holds CySEC licence 247/14": what stands right before the label gave it
    return named[-1] if named else None


def _mood_at(mentions: Mentions, place: int, words: Words) -> Context:
    """Whether the clause around a number denies or hedges it: "no longer holds licence no. 188/12"; who says so is left out."""
    token = next((t for t in reversed(mentions.doc) if t.idx <= place), None)
    above = (
        next((t for t in (token, *token.ancestors) if tree.is_predicate(t)), None)
        if token is not None
        else None
    )
    if above is None:
        return Context()
    read = read_context(above, words)
    return Context(polarity=read.polarity, modality=read.modality)


def _name_before(
    mentions: Mentions, place: int, text: str, between: re.Pattern[str] = SPACE
) -> Mention | None:
    """The name that ends right before this place; what stands between them is all *between*."""
    names = (m for m in mentions.names() if place - MOST_BETWEEN <= m.span.end <= place)
    return next((m for m in names if between.fullmatch(text, m.span.end, place)), None)


def _frame(
    cue: str, subject: Mention, obj: Mention, where: Span, sentence_at: Callable[[int], Span], *more: Role
) -> Frame:
    sentence = sentence_at(where.start)
    roles = (Role("subj", (subject,), subject.phrase), Role("obj", (obj,), obj.phrase), *more)
    return Frame(
        "metadata.line",
        "metadata",
        (cue,),
        where,
        cue.replace("_", " "),
        roles,
        sentence,
        Context(),
        inferred=True,
    )
