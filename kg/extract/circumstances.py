"""What is told around a pair that the typing head proposes: when, where, how much, as what.

The head names two phrases, a relation and a cue word. The rules have read the clause or phrase of that word already, with everything
in it in slots, whether or not they knew what the word means; the proposal takes from there what belongs to neither of its two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.mentions import Mentions
from kg.extract.overlaps import touch
from kg.interpret import WORDLESS
from kg.model import Form, Frame, Mention, Role, Span
from kg.ontology import Relation

Words = Mapping[str, Mapping[str, str]]
POST, SELF = "post", "self"  # slots of a post and of what is measured
MEASURE, ROLE = "measure", "role"  # kinds of frames
HAVE = "have"
OWN = frozenset({"subj", "obj", "iobj", "pred", "self", "post", "quote", "poss", "holder"})
SIZING = ("of", "in")  # between a share and its whole: "51% of Acme", "a 51% stake in Acme"


def around(
    frames: Iterable[Frame],
    cue: Span,
    pair: tuple[Mention, Mention],
    relation: Relation,
    size: Mention | None,
    words: Words,
) -> tuple[Role, ...]:
    """Roles for a proposal, the qualifiers of its relation under their own names; () where no frame tells of the pair.

    *frames* are those of its sentence, *size* the share of the object that is meant, if one is told.

    >>> around(frames, cue, (lee, acme), has_role_at, None, ontology.words)    # "says Ann Lee, principal at Acme"
    (Role("role", (principal,), ...),)
    """
    usual = {name for cue in relation.cues for _, name in cue.qualifiers}
    roles = [Role("value", (size,), size.phrase)] if size is not None and "value" in usual else []
    told = _telling(frames, cue, pair, words)
    figure = any(m.value is not None and m.value.kind != "date" for m in pair)
    said = told is not None and (figure or touch(told.predicate, cue))
    if told is not None and (said or told.kind == ROLE):
        taken = {role.slot for role in roles}
        roles += [role for role in _named(told, relation, pair) if role.slot not in taken]
    if told is not None and said:
        roles += _settings(told, pair, words.get("weekday", {}) if figure else ())
    return tuple(roles)


def size_of(token: Token, mentions: Mentions) -> Mention | None:
    """The share of a thing that is told right before it: "51%" of "51% of Acme" and of "a 51% stake in Acme"."""
    if tree.marker(token) not in SIZING:
        return None
    whole = token.head
    for figure in (whole, *tree.children(whole, "nummod", "compound", "amod")):
        found = mentions.value_at(figure)
        if found is not None and found[1].kind == "percent" and figure.i < token.i:
            return mentions.at(figure)
    return None


def is_field(frames: Iterable[Frame], other: Mention, relation: Relation) -> bool:
    """Whether the object is part of the post itself: "rail strategy" of "head of rail strategy"."""
    if other.form is not Form.NOMINAL or not any((POST, "role") in cue.qualifiers for cue in relation.cues):
        return False
    posts = (m for frame in frames for m in _fillers(frame.role(POST)))
    return (
        any(m.span.start < other.span.start and other.span.end <= m.span.end for m in posts)
        and not other.type
    )


def _fillers(role: Role | None) -> tuple[Mention, ...]:
    return role.mentions if role is not None else ()


def _telling(frames: Iterable[Frame], cue: Span, pair: Sequence[Mention], words: Words) -> Frame | None:
    """The frame that tells of the pair: with the cue in its predicate and one of the two at least, else with both of them.

    Who says so and when tells nothing of the pair.
    """
    best, found = (0, 0), None
    for frame in frames:
        held = sum(any(_same(m, one) for role in frame.roles for m in role.mentions) for one in pair)
        rank = (int(touch(frame.predicate, cue)), held)
        says = not rank[0] and any(c in words.get("reporting_verb", {}) for c in frame.cues)
        if held and sum(rank) > 1 and rank > best and frame.kind not in WORDLESS and not says:
            best, found = rank, frame
    return found


def _named(told: Frame, relation: Relation, pair: Sequence[Mention]) -> Iterator[Role]:
    """The qualifiers that the relation has by a cue of these words, else the post and the measure, whatever the words."""
    alike = [cue for cue in relation.cues if cue.frame == told.kind]
    known = [cue for cue in alike if cue.lemma in told.cues]
    slots = {slot: name for cue in known for slot, name in cue.qualifiers}
    if any(_of(pair[0], (m,)) for m in _fillers(told.role("subj"))):  # not of "Ann Lee of the charity Tern"
        slots |= {slot: name for cue in alike for slot, name in cue.qualifiers if slot == POST}
    if told.kind == MEASURE:
        metric = any(name == "metric" for cue in relation.cues for _, name in cue.qualifiers)
        slots |= {SELF: "metric"} if metric else {}
    deeds = any(("cue", "metric") in cue.qualifiers for cue in relation.cues)
    if told.kind == "verb" and deeds and told.cues[0].partition(" ")[0] != HAVE and pair[1].value is not None:
        yield Role(
            "metric", (replace(pair[1], text=told.cues[0], value=None, form=Form.NOMINAL),), told.predicate
        )
    for slot, name in slots.items():
        role = told.role(slot)
        apart = tuple(m for m in _fillers(role) if not _of(m, pair))
        if role is not None and apart:
            yield Role(name, apart, role.phrase)


def _settings(told: Frame, pair: Sequence[Mention], days: Collection[str]) -> Iterator[Role]:
    """Everything else in the frame; of a figure not the day on which it was made known."""
    for role in told.roles:
        apart = tuple(m for m in role.mentions if m.text.lower() not in days)
        if apart and role.slot not in OWN and not any(_of(m, pair) for m in role.mentions):
            yield Role(role.slot, apart, role.phrase)


def _of(mention: Mention, pair: Sequence[Mention]) -> bool:
    return any(_same(mention, one) for one in pair)


def _same(mention: Mention, other: Mention) -> bool:
    return touch(mention.span, other.span)
