"""Frame -> statements: what the words of a frame mean in the ontology, or why they mean nothing to it.

The ontology decides: cue words choose candidate relations, argument slots give the direction, domains and ranges filter, and
the best-fitting relation wins. A verbal frame whose cue it does not know becomes an open relation, marked so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kg.model import Form, Frame, Mention, Modality, Polarity, Reason
from kg.ontology import Cue, Ontology, Relation

LITERALS = {"money": "Money", "percent": "Percent", "quantity": "Quantity", "date": "Date"}
TIME_SLOTS = frozenset(
    {"adv", "in", "on", "at", "by", "since", "until", "from", "during", "for", "after", "before", "within"}
)
PLACE_SLOTS = frozenset({"in", "at", "across", "throughout", "within", "around"})
METONYMS = ("Organization", "Place", "Product", "Initiative")
RECOGNISED = (
    "Person",
    "Organization",
    "Place",
)  # a common noun for one of these is known to the ontology, so an unknown one is none
KNOWN = 1.0  # a fit below it is a guess: the class is unknown, or one is taken for another
NOT_RELATING = frozenset(
    {"subj", "obj", "iobj", "pred", "comp", "adv", "value", "purpose", "according to", "as", "than"}
)
NO_KIND = frozenset(
    {"copula.reversed", "nouns.members"}
)  # "its owner is Acme" does not make Acme an instance of owner
OPEN_RULE = "verbs.clause"  # the only rule whose unknown cues become open relations
DOINGS = (
    "Activity",
    "Event",
    "Initiative",
    "MarketFactor",
)  # what one does or earns: it acts for him, his staff does not
AHEAD = frozenset({Modality.INTENDED, Modality.PLANNED})
TypeOf = Callable[[Mention], str]
OwnerOf = Callable[[Mention], "Mention | None"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One relation read from a frame, its arguments still mentions."""

    relation: str
    subject: Mention
    object: Mention
    as_text: bool  # the object is a phrase to be kept as text, not an entity
    open: bool
    polarity: Polarity
    modality: Modality
    qualifiers: tuple[tuple[str, Mention | str], ...]


@dataclass(slots=True)
class Outcome:
    """Everything one frame meant: statements, and reasons for what was refused."""

    statements: list[Statement] = field(default_factory=list)
    refused: list[tuple[Reason, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    relation: Relation
    cue: Cue
    pairs: tuple[tuple[Mention, Mention, bool], ...]  # subject, object, object as text


def interpret(
    frame: Frame, ontology: Ontology, type_of: TypeOf, owner_of: OwnerOf = lambda m: m.possessor
) -> Outcome:
    """The statements a frame makes under an ontology.

    Args:
        frame: what one construction says, in words.
        ontology: relations with their cues, domains and ranges.
        type_of: the class of the entity a mention stands for ("" = unknown), coreference included.
        owner_of: whose it is: "Sea" for "Sea's profit", and for "the round" where an earlier sentence said "Sea's round".

    >>> [s.relation for s in interpret(frame, ontology, lambda mention: mention.type).statements]
    ['acquires']
    """
    outcome = Outcome()
    rest = () if frame.rule in NO_KIND else ("*",)
    for cue in (*frame.cues, *rest):
        entries = ontology.cue_index.get((frame.kind, cue), ())
        candidates = [
            c
            for relation, entry in entries
            if (c := _try(frame, relation, entry, ontology, type_of, owner_of, outcome))
        ]
        for best in _best_per_pair(candidates):
            outcome.statements += _statements(frame, best, type_of)
        relates = cue in ontology.words.get("relation_noun", ())  # "a rival of Acme" is no kind of thing
        if outcome.statements and (relates or frame.kind != "role" or not _is_thing(frame, type_of)):
            break  # a thing is also an instance of its kind ("a supplier to Acme" supplies and is a supplier), a person of a post is not
    if not outcome.statements and frame.rule == OPEN_RULE:
        outcome.statements += _open_statements(frame, type_of)
    if not outcome.statements and not outcome.refused:
        outcome.refused.append((Reason.NO_OBJECT if frame.role("subj") else Reason.NO_SUBJECT, frame.words))
    return outcome


def _is_thing(frame: Frame, type_of: TypeOf) -> bool:
    subject = frame.role("subj")
    return subject is not None and all(type_of(m) not in ("", "Person") for m in subject.mentions)


def _try(
    frame: Frame,
    relation: Relation,
    cue: Cue,
    ontology: Ontology,
    type_of: TypeOf,
    owner_of: OwnerOf,
    outcome: Outcome,
) -> _Candidate | None:
    """The relation with the mentions that fit it, or None and a noted reason."""
    subjects, objects = frame.role(cue.subject), frame.role(cue.object)
    if subjects is None or objects is None:
        return None
    if cue.negated and frame.context.polarity is Polarity.POSITIVE:
        return None
    same_slot = cue.subject == cue.object
    figures = any(m.value is not None for m in objects.mentions)
    pairs: list[tuple[Mention, Mention, bool]] = []
    best = 0.0
    for i, subject in enumerate(subjects.mentions):
        fit_subject = _fit(subject, relation.domain, ontology, type_of)
        does = not (kind := type_of(subject)) or any(ontology.is_a(kind, name) for name in DOINGS)
        if (
            fit_subject is None
            and subject.possessor is not None
            and frame.kind == "verb"
            and does
            and not figures
        ):
            subject = (
                subject.possessor
            )  # "TikTok's transfers violated the law": TikTok did, but its staff are not TikTok
            fit_subject = _fit(subject, relation.domain, ontology, type_of)
        if fit_subject is None or (subject.form in (Form.VALUE, Form.CLAUSE) and relation.domain):
            outcome.refused.append((Reason.DOMAIN, f"{relation.name}: {subject.text}"))
            continue
        for obj in objects.mentions[i + 1 :] if same_slot else objects.mentions:
            fit_object = _fit(obj, relation.range, ontology, type_of)
            owner = owner_of(obj) if fit_object is None and ontology.is_a(type_of(obj), "Event") else None
            if owner is not None:
                obj = owner  # "led the round": invested in the firm whose round it is
                fit_object = _fit(obj, relation.range, ontology, type_of)
            if fit_object is None:
                outcome.refused.append((Reason.RANGE, f"{relation.name}: {obj.text}"))
                continue
            score, as_text = fit_object
            if cue.strict and not (_known(fit_subject[0], relation.domain) and _known(score, relation.range)):
                outcome.refused.append((Reason.RANGE, f"{relation.name}: {cue.lemma} asks for known classes"))
                continue
            pairs.append((subject, obj, as_text))
            best = max(best, fit_subject[0] + score)
    if not pairs:
        return None
    filled = sum(1 for slot, _ in cue.qualifiers if frame.role(slot))
    marked = (
        1.0 * (cue.subject == "obj")
        + 0.2 * (cue.object not in ("obj", "of"))
        + 0.1 * bool(relation.domain)
        + 0.1 * bool(relation.range)
    )
    return _Candidate(best + 0.5 * filled + marked, relation, cue, tuple(pairs))


def _fit(
    mention: Mention, classes: tuple[str, ...], ontology: Ontology, type_of: TypeOf
) -> tuple[float, bool] | None:
    """How well a mention fits a domain or range: (score, keep as text), None if it cannot stand there."""
    if not classes:
        return (0.5, mention.form is Form.CLAUSE)
    scores: list[tuple[float, bool]] = []
    found = type_of(mention)
    for name in classes:
        kind = ontology.types.get(name)
        if kind is not None and kind.literal:
            if mention.value is not None and LITERALS.get(mention.value.kind) == name:
                scores.append((3.0, False))
        elif kind is not None and kind.phrase:
            if mention.form is not Form.PRONOUN:
                scores.append((0.2 if mention.form is Form.NAME else 1.0, True))
        elif mention.form is Form.CLAUSE:
            continue
        elif kind is not None and kind.common:
            if mention.form is Form.NOMINAL:
                scores.append((0.6, True))  # as text: in "Nvidia, the chipmaker" both words name one entity
        elif mention.value is not None:
            if name == "Any" and mention.value.kind != "date":
                scores.append((0.3, False))
        elif name == "Any":
            scores.append((0.6, False))
        elif not found:
            if mention.form in (Form.NAME, Form.PRONOUN) or not any(
                ontology.is_a(name, known) for known in RECOGNISED
            ):
                scores.append((0.4, False))
        elif ontology.is_a(found, name):
            scores.append((2.0, False))
        elif ontology.is_a(name, found):
            scores.append((1.2, False))
        elif mention.form is Form.NAME and _metonym(found, name, ontology):
            scores.append((0.1, False))
    return max(scores, default=None)


def _known(score: float, classes: tuple[str, ...]) -> bool:
    """Whether a fit is more than a guess; where anything may stand, no more is asked."""
    return score >= KNOWN or classes in ((), ("Any",))


def _metonym(found: str, wanted: str, ontology: Ontology) -> bool:
    """Names of places, organisations and products stand for one another ("Beijing bans", "TikTok was fined"); persons do not."""
    return all(
        any(ontology.is_a(kind, m) or ontology.is_a(m, kind) for m in METONYMS) for kind in (found, wanted)
    )


def _best_per_pair(candidates: list[_Candidate]) -> list[_Candidate]:
    """The best relation for each pair of slots, each relation once: one construction says one thing of one pair."""
    best: dict[frozenset[str], _Candidate] = {}
    taken: set[tuple[str, str]] = set()
    for candidate in sorted(candidates, key=lambda c: -c.score):  # stable: ties keep the order of names
        cue, name = candidate.cue, candidate.relation.name
        sides = {(name, f"subject {cue.subject}"), (name, f"object {cue.object}")}
        pair = frozenset({cue.subject, cue.object})
        if pair not in best and taken.isdisjoint(sides):
            best[pair] = candidate
            taken |= sides
    return list(best.values())


def _statements(frame: Frame, candidate: _Candidate, type_of: TypeOf) -> Iterator[Statement]:
    cue = candidate.cue
    polarity, modality = frame.context.polarity, frame.context.modality
    if cue.polarity == "negative" or cue.negated:
        polarity = Polarity.NEGATIVE if polarity is Polarity.POSITIVE else Polarity.POSITIVE
    if cue.modality and modality is Modality.ASSERTED:
        modality = Modality(cue.modality)
    qualifiers = tuple(sorted(_qualifiers(frame, cue, type_of).items()))
    ahead = modality is Modality.EXPECTED or (frame.kind in ("measure", "verb") and modality in AHEAD)
    expected = ahead and candidate.relation.expected_as
    relation = expected or candidate.relation.name
    for subject, obj, as_text in candidate.pairs:
        yield Statement(relation, subject, obj, as_text, False, polarity, modality, qualifiers)


def _qualifiers(frame: Frame, cue: Cue | None, type_of: TypeOf) -> dict[str, Mention | str]:
    """What is said around the core triple: the cue's own qualifiers, then time, place, value and condition."""
    found: dict[str, Mention | str] = {}
    used = {cue.subject, cue.object} if cue else {"subj", "obj"}
    for slot, name in cue.qualifiers if cue else ():
        role = frame.role(slot)
        filler = role.mentions[0] if role is not None else None
        if filler is not None and not (
            name == "value" and filler.value is not None and filler.value.kind == "date"
        ):
            found[name] = filler
            used.add(slot)
    for role in frame.roles:
        for mention in role.mentions if role.slot not in used else ():
            kind = mention.value.kind if mention.value else ""
            if role.slot == "time" or (kind == "date" and role.slot in TIME_SLOTS):
                found.setdefault("time", mention)
            elif kind == "money":
                found.setdefault("value", mention)
            elif role.slot in PLACE_SLOTS and type_of(mention) == "Place":
                found.setdefault("place", mention)
    if frame.context.condition:
        found.setdefault("condition", frame.context.condition)
    return found


def _open_statements(frame: Frame, type_of: TypeOf) -> Iterator[Statement]:
    """An open relation from the verb: to its object, and with its preposition to what is named or counted after it."""
    subject, obj = frame.role("subj"), frame.role("obj")
    if subject is None or not frame.cues or frame.cues[0] in ("be", "have", "do"):
        return
    context, name = frame.context, relation_name(frame.cues[0])
    qualifiers = tuple(sorted(_qualifiers(frame, None, type_of).items()))

    def state(relation: str, one: Mention, other: Mention) -> Statement:
        as_text = other.form is Form.CLAUSE
        return Statement(relation, one, other, as_text, True, context.polarity, context.modality, qualifiers)

    for one in subject.mentions:
        if one.form is Form.VALUE or type_of(one) == "Article":
            continue
        for other in obj.mentions if obj else ():
            yield state(name, one, other)
        for role in frame.roles:
            if role.slot in NOT_RELATING:
                continue
            for other in role.mentions:
                if other.form is Form.NAME or (obj is None and other.form is Form.NOMINAL):
                    yield state(relation_name(f"{frame.cues[0]} {role.slot}"), one, other)


def relation_name(words: str) -> str:
    """An open relation's name: "step into" -> "step_into"; letters, digits and underscores only."""
    return re.sub(r"\W+", "_", words.lower()).strip("_") or "related_to"
