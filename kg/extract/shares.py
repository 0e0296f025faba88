"""Who has which of several figures: "Velox and Norda have 5 and 3 plants respectively", "Acme paid $3m and Bolt $2m", "Acme (down 5%)".

Such words form a table whose rows are told apart. A frame that holds one row is said of every row in turn, one that crosses rows of none;
a figure of several together is nobody's alone ("5% between them").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.extract import tree
from kg.extract.gaps import FIGURES, Gap
from kg.extract.mentions import Mentions
from kg.model import Form, Frame, Mention, Role, Span, Value
from kg.ontology import Ontology

OWNERS = ("holder", "subj", "iobj", "obj")  # slots of who has a figure, as they are looked through


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of who and what, by place; *gapped* where only the first has a verb, whose subject may stand anywhere."""

    rows: tuple[tuple[Mention | None, Mention], ...]
    gapped: bool


class Shares:
    """The tables of one document.

    >>> shares.deal(frame)                  # "Acme paid $3m and Bolt $2m": Acme $3m gives Bolt $2m, too
    >>> shares.crossed(one, other)          # Acme and "$2m"
    """

    def __init__(self, doc: Doc, mentions: Mentions, gaps: Sequence[Gap]) -> None:
        self.mentions = mentions
        self.tables = [t for gap in gaps if (t := _of_gap(doc, mentions, gap)) is not None]
        self.tables += [t for word in doc if word.lower_ == "respectively" for t in _aligned(mentions, word)]
        self.owned = dict(_bracketed(doc, mentions))
        self.joint = frozenset(_joint(doc, mentions)) - self.owned.keys()

    def deal(self, frame: Frame) -> Iterator[Frame]:
        """What a frame says, row by row of the tables it touches; nothing where it crosses rows."""
        frames = [frame]
        for table in self.tables:
            frames = [dealt for one in frames for dealt in _dealt(one, table, self.mentions.ontology)]
        for one in frames:
            if not self._misplaced(one):
                yield one

    def crossed(self, one: Mention, other: Mention) -> bool:
        """Whether two phrases stand in different rows, or a figure in brackets is another's, or it is of several together."""
        if other.span in self.joint and one.form is not Form.PRONOUN:
            return True
        owner = self.owned.get(other.span)
        if owner is not None and one.form is Form.NAME and not _touch(one.span, owner):
            return True
        return any(_crosses(table, one, other) for table in self.tables)

    def is_joint(self, frame: Frame) -> bool:
        """Whether a frame has a figure of several together, which is not each one's."""
        return any(m.span in self.joint for role in frame.roles for m in role.mentions)

    def _misplaced(self, frame: Frame) -> bool:
        owners = _owners(frame)
        if self.is_joint(frame) and any(len(r.mentions) > 1 for r in frame.roles if r.slot in OWNERS):
            return True
        figures = [m for role in frame.roles for m in role.mentions if m.span in self.owned]
        return any(
            m.form is Form.NAME and not _touch(m.span, self.owned[f.span])
            for f in figures
            for m in owners
            if m != f
        )


def _dealt(frame: Frame, table: Table, ontology: Ontology) -> Iterator[Frame]:
    """The frames of each row of a table; the frame itself where it does not touch both columns."""
    firsts, seconds = {a for a, _ in table.rows if a is not None}, [b for _, b in table.rows]
    inside = [m for role in frame.roles for m in role.mentions]
    held = [n for n, b in enumerate(seconds) if any(_same(b, m) for m in inside)]
    if not held:
        yield frame
        return
    whose = [n for n, (a, _) in enumerate(table.rows) if a is not None and any(_same(a, m) for m in inside)]
    if table.gapped:
        owner = _owner_of(frame, table, ontology)
        if any(n > 0 for n in held) or owner is None:
            if all(n in whose or n == 0 for n in held) and not (0 in held and len(held) > 1):
                yield frame
            return
        yield frame
        for a, b in table.rows[1:]:
            if a is not None:
                yield _swapped(frame, (owner, a), (seconds[0], b))
        return
    if not whose:
        several = any(m.plural or m.form is Form.PRONOUN for m in _owners(frame))
        if not several and not any(_touch(a.span, m.span) for a in firsts for m in _owners(frame)):
            yield frame  # of nobody in the table; "revenue at Acme and Bolt" has no single figure
        return
    for a, b in table.rows:
        if a is not None:
            yield _of_row(frame, a, b, firsts, seconds)


def _owner_of(frame: Frame, table: Table, ontology: Ontology) -> Mention | None:
    """Who has the first figure: the name beside it, else the only filler of a slot of owners that stands before it."""
    beside, first = table.rows[0]
    for slot in OWNERS:
        for role in frame.roles:
            if role.slot != slot or any(m.value is not None for m in role.mentions):
                continue
            fitting = [m for m in role.mentions if m.span.end <= first.span.start and _acts(m, ontology)]
            if beside is not None:
                fitting = [m for m in fitting if _touch(m.span, beside.span)]
            if len(fitting) == 1 and len(role.mentions) == 1:
                return fitting[0]
    return None


def _acts(mention: Mention, ontology: Ontology) -> bool:
    if mention.form in (Form.NAME, Form.PRONOUN):
        return True
    return bool(mention.type) and ontology.is_a(mention.type, "Agent")


def _swapped(frame: Frame, owner: tuple[Mention, Mention], figure: tuple[Mention, Mention]) -> Frame:
    """The frame of another row: owner and figure in place of the first ones, without other figures of the first."""
    roles = []
    for role in frame.roles:
        read = next((m for m in role.mentions if _same(figure[0], m)), None)
        if read is not None:
            other = _signed_as(read, figure[1])
            role = Role(role.slot, (other,), other.phrase)
        elif any(_same(owner[0], m) for m in role.mentions):
            role = Role(role.slot, (owner[1],), owner[1].phrase)
        elif any(m.value is not None and m.value.kind in FIGURES for m in role.mentions):
            continue  # "slid 1 percent to $5bn and Velox 17 percent"
        roles.append(role)
    return replace(frame, roles=tuple(roles))


def _signed_as(first: Mention, figure: Mention) -> Mention:
    """A figure without a verb, with the sign that its own word gives it, else the one that the first was read with."""
    value = figure.value
    if value is None or first.value is None or value.number is None or value.number.startswith("-"):
        return figure
    if not (first.value.number or "").startswith("-"):
        return figure
    below = replace(
        value, number=f"-{value.number}", text=f"-{value.text}", high=value.high and f"-{value.high}"
    )
    return replace(figure, value=below, text=below.text)


def _of_row(
    frame: Frame, one: Mention, other: Mention, firsts: set[Mention], seconds: Sequence[Mention]
) -> Frame:
    roles = []
    for role in frame.roles:
        filled: list[Mention] = []
        for m in role.mentions:
            row = one if any(_same(a, m) for a in firsts) else m
            row = other if any(_same(b, m) for b in seconds) else row
            if row not in filled:
                filled.append(row)
        roles.append(replace(role, mentions=tuple(filled)))
    return replace(frame, roles=tuple(roles))


def _same(one: Mention, other: Mention) -> bool:
    """Whether two mentions are of one place: of a figure, any of its words."""
    figures = one.value is not None and other.value is not None
    return one == other or one.span == other.span or (figures and _touch(one.span, other.span))


def _owners(frame: Frame) -> list[Mention]:
    return [m for role in frame.roles if role.slot in OWNERS for m in role.mentions]


def _crosses(table: Table, one: Mention, other: Mention) -> bool:
    first = [
        {
            n
            for n, row in enumerate(table.rows)
            for part in row
            if part is not None and _touch(part.span, m.span)
        }
        for m in (one, other)
    ]
    if first[0] and first[1]:
        figures = any(_touch(b.span, m.span) for _, b in table.rows for m in (one, other))
        return figures and not first[0] & first[1]
    if not table.gapped or one.form is not Form.NAME:
        return False
    late = [b for _, b in table.rows[1:]]
    return any(_touch(b.span, other.span) for b in late)  # a name of no row has none of the later figures


def _of_gap(doc: Doc, mentions: Mentions, gap: Gap) -> Table | None:
    first = _mention(doc, mentions, gap.first)
    beside = _mention(doc, mentions, gap.beside) if gap.beside is not None else None
    rows: list[tuple[Mention | None, Mention]] = [(beside, first)] if first is not None else []
    for name, figure in gap.members:
        value = _mention(doc, mentions, figure)
        if value is not None:
            rows.append((mentions.at(name.root), value))
    return Table(tuple(rows), True) if first is not None and len(rows) > 1 else None


def _mention(doc: Doc, mentions: Mentions, span: Span) -> Mention | None:
    words = doc.char_span(span.start, span.end, alignment_mode="expand")
    return mentions.at(words.root) if words is not None else None


def _aligned(mentions: Mentions, word: Token) -> Iterator[Table]:
    """The two lists that "respectively" pairs: the nearest before it and one as long before that, or one as long behind it."""
    lists = [group for t in word.sent if t.dep_ != "conj" and len(group := _listed(t)) > 1]
    before = [group for group in lists if group[-1].i < word.i]
    behind = [group for group in lists if group[0].i > word.i]
    for last, others in ((before[-1:], before[:-1][::-1]), (behind[:1], before[::-1])):
        for seconds in last:
            firsts = next((group for group in others if len(group) == len(seconds)), None)
            if firsts is not None:
                rows = ((mentions.at(a), mentions.at(b)) for a, b in zip(firsts, seconds, strict=True))
                yield Table(tuple(rows), False)
                return


def _listed(token: Token) -> list[Token]:
    """The members of a list of things or figures; of "58 and 36 ships" the last is the noun that has the figure."""
    if token.pos_ not in tree.NOUNS or token.is_space:
        return []
    group = [
        t for t in tree.conjuncts(token) if t.ent_iob_ != "I" or t == token
    ]  # a name split in two is one
    if any(t.pos_ not in tree.NOUNS or tree.is_predicate(t) for t in group):
        return []
    counted = token.dep_ == "nummod" and token.head.pos_ in ("NOUN", "SYM") and len(group) > 1
    return [*group[:-1], token.head] if counted else group


def elided_units(doc: Doc, values: Sequence[tuple[Span, Value]]) -> list[tuple[Span, Value]]:
    """Values with what a number leaves to the last of its list: "58 and 36 ships" are 58 ships, too."""
    known = dict(values)
    for word in doc:
        group = tree.conjuncts(word) if word.dep_ == "nummod" and tree.children(word, "conj") else []
        last = next((pair for pair in values if group and _covers(pair[0], group[-1])), None)
        if (
            last is None
            or last[1].kind not in FIGURES
            or last[1].unit is None
            or not _covers(last[0], word.head)
        ):
            continue
        for number in group[:-1]:
            span = Span(number.idx, number.idx + len(number))
            digits = number.text.replace(",", "")
            if digits.replace(".", "", 1).isdigit() and known.get(span, last[1]).kind in FIGURES:
                known[span] = Value(last[1].kind, number.text, number=digits, unit=last[1].unit)
    return sorted(known.items(), key=lambda pair: pair[0])


def _covers(span: Span, token: Token) -> bool:
    return span.start <= token.idx and token.idx + len(token) <= span.end


def _bracketed(doc: Doc, mentions: Mentions) -> Iterator[tuple[Span, Span]]:
    """Figures in brackets right behind a name, which are that name's: "Ferretti (down 5 percent)"; figure -> name."""
    leads = mentions.ontology.words.get("bracketed_lead", {})
    ends = {name.end: name for name in doc.ents if name.label_ in ("ORG", "PERSON", "PRODUCT")}
    for bracket in doc:
        name = ends.get(bracket.i) if bracket.text == "(" else None
        if name is None:
            continue
        inner = doc[bracket.i + 1 : bracket.i + 12]
        end = next((t.i for t in inner if t.text == ")"), None)
        words = [t for t in doc[bracket.i + 1 : end] if t.lower_ not in leads] if end is not None else []
        value = mentions.value_at(words[0]) if words else None
        if (
            value is not None
            and value[1].kind in FIGURES
            and _covers(Span(value[0].start, value[0].end), words[-1])
        ):
            yield value[0], Span(name.start_char, name.end_char)


def _joint(doc: Doc, mentions: Mentions) -> Iterator[Span]:
    """Figures of several together: "5% between them", "Acme and Bolt together employ 400 people"."""
    for word in doc:
        if word.lower_ == "them" and word.i and doc[word.i - 1].lower_ in ("between", "among"):
            before = _figure(mentions, reversed(list(doc[word.sent.start : word.i - 1])), ends=("VERB",))
            found = before or _figure(mentions, doc[word.i + 1 : word.sent.end])
        elif word.lower_ in tree.TOGETHER and word.dep_ == "advmod" and tree.is_predicate(word.head):
            added = word.i + 1 < len(doc) and doc[word.i + 1].lower_ == "with"
            start = max(word.i, word.head.i) + 1
            found = None if added else _figure(mentions, doc[start : word.sent.end], ends=("VERB", "PUNCT"))
        else:
            continue
        if found is not None:
            yield found


def _figure(mentions: Mentions, words: Iterable[Token], ends: Sequence[str] = ()) -> Span | None:
    """The first figure among words, before any word of these parts of speech."""
    for token in words:
        value = mentions.value_at(token)
        if value is not None and value[1].kind in FIGURES:
            return value[0]
        if token.pos_ in ends:
            break
    return None


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
