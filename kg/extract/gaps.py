"""Clauses whose verb is left out: "Norda had 12 per cent of sales, Velox 7.1 and Fresh Foods 5.5", "Acme paid $3m and Bolt $2m".

Gapping and its analysis after Universal Dependencies: the first phrase left stands for its clause and is coordinated with the verb,
what else is left hangs on it as "orphan" (Nivre et al. 2020; Schuster, Nivre & Manning 2018). Found by its words, a name
between comma or "and" and a figure, since parsers rarely see it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from kg.model import Span, Value

FIGURES = frozenset({"money", "percent", "quantity"})
OPENERS = frozenset({",", ";", "and", "while", "but", "&"})
CLOSERS = frozenset({
    ",", ";", ".", ":", ")", "–", "—", "and", "while", "but", "of", "in", "from", "after", "for", "at", "lower", "higher",
})  # fmt: skip
TIMES = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "quarters", "years", "times"})
BETWEEN = frozenset({
    "about", "around", "just", "only", "nearly", "almost", "another", "up", "down", "some", "a", "the", "remaining",
})  # fmt: skip
SHARED = frozenset(
    {"to", "by", "at", "with", "for"}
)  # before a figure left over only where the first has it too
BARE = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+\.\d+")
SETTING = frozenset({"to", "against"})  # "33 percent to Bolt's 21"
SCALE = 10_000  # times as much as a bare number the first figure may be
MOST_BETWEEN = 3  # words between a name and its figure


@dataclass(slots=True)
class Gap:
    """A first figure, and the names and figures that stand after it without a verb of their own, by place."""

    first: Span
    beside: Span | None = None  # the name right before the first figure: "paid Acme $3m and Bolt $2m"
    members: list[tuple[Tokens, Span]] = field(default_factory=list)


def find_gaps(doc: Doc, values: Sequence[tuple[Span, Value]]) -> tuple[list[Gap], list[tuple[Span, Value]]]:
    """The gaps of a text, and its values with the unit that was left out: "7.1" after "12 per cent" is a percentage.

    Only a figure of the first one's kind is one of the list; a bare number is of the kind it stands beside.

    >>> gaps, values = find_gaps(doc, values)    # "Norda had 12% of sales, Velox 7.1."
    >>> [(name.text, figure.of(doc.text)) for name, figure in gaps[0].members]
    [('Velox', '7.1')]
    """
    known = dict(values)
    starts = {span.start: (span, value) for span, value in values}
    gaps: list[Gap] = []
    for name in _names(doc):
        place = name.end
        words: list[str] = []
        owner = (
            doc[place].lower_ in ("'s", "’s") if place < len(doc) else False
        )  # "Acme's ratio was 41 percent, Bolt's 48"
        place += owner
        if not _opens(name, owner):
            continue
        while place < len(doc) and len(words) < MOST_BETWEEN and doc[place].lower_ in BETWEEN | SHARED:
            words.append(doc[place].lower_)
            place += 1
        if place >= len(doc) or doc[place].sent != name.sent:
            continue
        span, value = starts.get(doc[place].idx) or starts.get(_sign_before(doc, place)) or _bare(doc[place])
        if value is None or value.kind not in FIGURES or not _ends(doc, place, span):
            continue
        found = _first(name, known, value)
        if found is None or (SHARED.intersection(words) and _word_before(doc, found[0]) not in words):
            continue
        read = _completed(value, found[1])
        if read is None:
            continue
        known[span] = read
        starts[span.start] = (span, read)
        gap = next((g for g in gaps if any(figure == found[0] for _, figure in g.members)), None)
        if gap is None:
            gap = next((g for g in gaps if g.first == found[0]), None)
        if gap is None:
            gap = Gap(found[0], _name_beside(doc, found[0]))
            gaps.append(gap)
        gap.members.append((name, span))
    return gaps, sorted(known.items(), key=lambda pair: pair[0])


def mend_gaps(doc: Doc, gaps: Sequence[Gap]) -> None:
    """Hang each name left over on the verb it shares, as its conjunct, and its figure on the name.

    >>> mend_gaps(doc, gaps)                # "Acme paid $3m and Bolt $2m.", read as if Acme paid $2m, too
    >>> [(token.text, token.dep_, token.head.text) for token in doc if token.text in ("Bolt", "m")]
    [('m', 'nummod', '$'), ('Bolt', 'conj', 'paid'), ('m', 'nummod', '$')]
    """
    for gap in gaps:
        verb = _verb(doc, gap.first)
        for name, figure in gap.members if verb is not None else ():
            rest = doc.char_span(figure.start, figure.end, alignment_mode="expand")
            if rest is not None and verb is not None and verb not in name and verb not in rest:
                _cut_off(verb, name, rest)


def _names(doc: Doc) -> list[Tokens]:
    """The names of a text by place, also such as the pipeline has not labelled."""
    found = [name for name in doc.ents if name.label_ != "DATE"]
    taken = {token.i for name in found for token in name}
    start = None
    for token in doc:
        loose = token.pos_ == "PROPN" and token.i not in taken and token.text[:1].isupper()
        if start is not None and (not loose or token.is_sent_start):
            found.append(doc[start : token.i])
            start = None
        if loose and start is None:
            start = token.i
    return sorted(found, key=lambda name: name.start)


def _opens(name: Tokens, owner: bool) -> bool:
    """Whether a name may open a clause without a verb: behind a comma or "and"; an owner also behind "to"."""
    place = name.start - 1
    if place >= 0 and name.doc[place].lower_ == "the":
        place -= 1
    elif place >= 0 and name.doc[place].pos_ == "ADJ" and name.doc[place].text[:1].isupper():
        place -= 1  # "the Swiss Velox Group"
    allowed = OPENERS | SETTING if owner else OPENERS
    return place > name.sent.start and name.doc[place].lower_ in allowed


def _sign_before(doc: Doc, place: int) -> int:
    """Where a figure starts whose first words were skipped ("about $5m")."""
    return next(
        (doc[n].idx for n in range(place - 1, max(-1, place - 3), -1) if doc[n].lower_ in BETWEEN), -1
    )


def _bare(token: Token) -> tuple[Span, Value | None]:
    span = Span(token.idx, token.idx + len(token))
    if token.ent_type_ or BARE.fullmatch(token.text) is None:
        return span, None
    return span, Value("quantity", token.text, number=token.text.replace(",", ""))


def _ends(doc: Doc, place: int, figure: Span) -> bool:
    """Whether a figure stands for itself: nothing that it could count comes behind it."""
    behind = next((t for t in doc[place:] if t.idx >= figure.end and not t.is_space), None)
    return behind is None or bool(behind.is_sent_start) or behind.lower_ in CLOSERS


def _first(name: Tokens, known: dict[Span, Value], value: Value) -> tuple[Span, Value] | None:
    """The last figure of the same kind before a name, in a clause of its sentence that has a verb and a subject."""
    start, end = name.sent.start_char, name.start_char
    before = [
        (span, other)
        for span, other in known.items()
        if start < span.start and span.end < end and other.kind in FIGURES and other.unit not in TIMES
    ]
    bare = value.kind == "quantity" and value.unit is None
    same = [
        (span, other)
        for span, other in before
        if other.kind == value.kind or (bare and other.kind == "percent")
    ]
    found = max(same, key=lambda pair: pair[0], default=None)
    if found is None or (bare and found[0] != max(span for span, _ in before)):
        return None
    verb = any(t.pos_ in ("VERB", "AUX") and start < t.idx < found[0].start for t in name.sent)
    return found if verb else None


def _completed(value: Value, first: Value) -> Value | None:
    """A figure with the unit of the first; None where it cannot be of the same measure."""
    if value.kind != "quantity" or value.unit not in (None, first.unit):
        return value if value.kind == first.kind and value.unit == first.unit else None
    if value.unit is not None:
        return value
    if first.unit is None or value.number is None:
        return None
    if first.kind == "percent" and float(value.number) > 100:
        return None
    if first.number is not None and float(first.number) > SCALE * float(value.number):
        return None  # "42 million phones, Velox 26": perhaps in millions
    return replace(value, kind=first.kind, unit=first.unit)


def _word_before(doc: Doc, figure: Span) -> str:
    words = doc.char_span(figure.start, figure.end, alignment_mode="expand")
    return doc[words.start - 1].lower_ if words is not None and words.start else ""


def _name_beside(doc: Doc, figure: Span) -> Span | None:
    for name in doc.ents:
        if name.end_char <= figure.start <= name.end_char + 1 and name.label_ != "DATE":
            return Span(name.start_char, name.end_char)
    return None


def _verb(doc: Doc, figure: Span) -> Token | None:
    """The verb that the first figure belongs to: the last before it that governs something, by the words' order."""
    words = doc.char_span(figure.start, figure.end, alignment_mode="expand")
    if words is None:
        return None
    above = next((t for t in words.root.ancestors if t.pos_ in ("VERB", "AUX") and t.i < words.start), None)
    before = (t for t in reversed(words.sent[: words.start - words.sent.start]) if t.pos_ == "VERB")
    return above if above is not None else next(before, None)


def _cut_off(verb: Token, name: Tokens, figure: Tokens) -> None:
    """Take name and figure out of the tree as it is and hang them on the verb; what hung on them from before gets their place."""
    inside = {t.i for t in (*name, *figure)}
    tops = [t for t in (*name, *figure) if t.head.i not in inside or t.head == t]
    if any(t.head == t for t in tops):
        return  # the root of the sentence: no place is left to hang anything on
    top = next((t for t in tops if t.head.i < name.start), tops[0])
    above, label = top.head, top.dep_
    for token in [c for t in (*name, *figure) for c in t.children if c.i < name.start]:
        if above == token or token.is_ancestor(above):
            return
        token.head = above
        if token.dep_ not in ("punct", "cc", "nsubj", "nsubj:pass"):
            token.dep_ = label
    heads = [_highest(name), _highest(figure)]
    if verb.i in inside or any(head.is_ancestor(verb) for head in heads):
        return
    for part, head, target, role in ((name, heads[0], verb, "conj"), (figure, heads[1], heads[0], "orphan")):
        if head.is_ancestor(target):
            return
        head.head, head.dep_ = target, role
        for token in part:
            if token != head and token.head not in part:
                token.head, token.dep_ = head, "flat"


def _highest(part: Tokens) -> Token:
    """The word that best heads a phrase: the highest in the tree, of equals the first noun or sign."""
    tops = [t for t in part if t.head == t or t.head not in part]
    return next((t for t in tops if t.pos_ in ("SYM", "NOUN", "PROPN")), tops[0])
