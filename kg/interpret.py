"""Frame -> statements: what the words of a frame mean in the ontology, or why they mean nothing to it.

The ontology decides: cue words choose candidate relations, argument slots give the direction, domains and ranges filter, and
the best-fitting relation wins. A verbal frame whose cue it does not know becomes an open relation, marked so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kg.fits import EXACT, LITERALS, Keep, fit_of, is_known, plain_keep, shared_fit
from kg.model import Form, Frame, Mention, Modality, Polarity, Reason, Role
from kg.ontology import Cue, Ontology, Relation
from kg.qualifiers import TypeOf, qualifiers

NOT_RELATING = frozenset(
    {"subj", "obj", "iobj", "pred", "comp", "quote", "adv", "value", "purpose", "according to", "as", "than"}
)
CIRCUMSTANCES = frozenset({"of", "in", "at", "on", "after", "before", "during", "by", "until", "since"})
# of an unnamed thing these tell when and how rather than what: "said in a statement", "scored in the 88th minute"
NO_KIND = frozenset(
    {"copula.reversed", "copula.definite", "nouns.members", "nouns.label", "lists.members"}
)  # "its owner is Acme" does not make Acme an instance of owner, nor "Acme is the darling of investors" of darling
WORDLESS = frozenset(
    {"place", "demonym"}
)  # "Lyon, France" says nothing to an ontology that does not ask for it
ANY = "*"  # the cue of a noun whatever it is
OPEN_RULE = "verbs.clause"  # the only rule whose unknown cues become open relations
DOINGS = (
    "Activity",
    "Event",
    "Initiative",
    "MarketFactor",
)  # what one does or earns: it acts for him, his staff does not
AHEAD = frozenset({Modality.INTENDED, Modality.PLANNED})
OwnerOf = Callable[[Mention], "Mention | None"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One relation read from a frame, its arguments still mentions."""

    relation: str
    subject: Mention
    object: Mention
    keep: Keep  # what the object is kept as
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
    breadth: int  # how many classes the relation admits: of two that fit alike the more special one is meant
    relation: Relation
    cue: Cue
    pairs: tuple[tuple[Mention, Mention, Keep], ...]  # subject, object, what the object is kept as
    sure: bool = False  # both sides are known to be of the classes asked for, not only of classes above them


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
    relates = _only_relates(frame, ontology)
    posted = _is_person(frame, ontology, type_of) and _is_post(frame, ontology)
    agent = _is_agent(frame, ontology, type_of)
    classifies = frame.kind == "role" and frame.rule not in NO_KIND
    for cue in (*frame.cues, *((ANY,) if classifies else ())):
        last = cue == ANY and classifies
        if last and (relates or posted) and (outcome.statements or not agent):
            break  # what the noun says of somebody says enough: "a unit of Acme", "chief executive of Acme"
        entries = ontology.meanings(frame.kind, cue)
        candidates = [
            c
            for relation, entry in entries
            if (c := _try(frame, relation, entry, ontology, type_of, owner_of, outcome))
        ]
        for best in _best_per_pair(candidates):
            outcome.statements += _statements(frame, best, type_of, ontology)
        if outcome.statements and (frame.kind != "role" or not _is_thing(frame, type_of)):
            break  # a thing is also an instance of its kind: "a Danish supplier to Acme" supplies and is one
    outcome.statements = [s for s in outcome.statements if not _is_qualified(s, outcome.statements)]
    if not outcome.statements and frame.rule == OPEN_RULE:
        outcome.statements += _open_statements(frame, type_of, ontology)
    if not outcome.statements and not outcome.refused and frame.kind not in WORDLESS:
        outcome.refused.append((Reason.NO_OBJECT if frame.role("subj") else Reason.NO_SUBJECT, frame.words))
    return outcome


def _is_qualified(figure: Statement, statements: list[Statement]) -> bool:
    """Whether a figure said of a subject only qualifies what else is said of it: 12% "of Norda's stock" is no market share.

    Dates and places are facts of their own: "was born in Lima in 1950".
    """
    value = figure.object.value
    if value is None or value.kind == "date":
        return False
    return any(
        other.subject == figure.subject and any(value == figure.object for _, value in other.qualifiers)
        for other in statements
    )


def _only_relates(frame: Frame, ontology: Ontology) -> bool:
    """Whether the noun says whose or to what the subject is, and not of what kind: "a rival", "its operator"."""
    known = ontology.words.get("relation_noun", {})
    kinds = [known[cue] for cue in frame.cues if cue in known]
    nobodys = not any(frame.role(slot) for slot in ("of", "for", "to", "at"))
    return bool(kinds) and not (nobodys and "kind" in kinds)


def _is_agent(frame: Frame, ontology: Ontology, type_of: TypeOf) -> bool:
    """Whether the noun is one for somebody, who is of that kind if nothing says of whom: "the market leader", but not "a sign"."""
    self = frame.role("self")
    return self is not None and all(ontology.is_a(type_of(m) or m.type, "Agent") for m in self.mentions)


def _is_person(frame: Frame, ontology: Ontology, type_of: TypeOf) -> bool:
    """Whether the frame is about a person, whose posts are no kinds: "chairwoman Ann Lee", but "housing lawyer Ann Lee"."""
    subject = frame.role("subj")
    return subject is not None and all(ontology.is_a(type_of(m) or "", "Person") for m in subject.mentions)


def _is_post(frame: Frame, ontology: Ontology) -> bool:
    """Whether the noun is a post somewhere rather than an occupation: "principal at Acme", "treasurer", but "housing lawyer"."""
    known = any(ontology.meanings(frame.kind, cue) for cue in frame.cues)
    occupation = any(cue in ontology.words.get("occupation", ()) for cue in frame.cues)
    return frame.role("at") is not None or (known and not occupation)


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
    if any(frame.role(s) is None for s in cue.beside) or any(frame.role(s) for s in cue.without):
        return None
    if _is_actor(frame, relation, cue, ontology) or _is_barred(frame, cue, ontology, type_of):
        return None
    domain, range_ = cue.domain or relation.domain, cue.range or relation.range
    same_slot = cue.subject == cue.object
    figures = any(m.value is not None for m in objects.mentions)
    pairs: list[tuple[Mention, Mention, Keep]] = []
    best = 0.0
    sure = True
    joined = shared_fit(objects, range_, ontology, type_of)
    for i, subject in enumerate(subjects.mentions):
        fit_subject = fit_of(subject, domain, ontology, type_of)
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
            fit_subject = fit_of(subject, domain, ontology, type_of)
        if fit_subject is None and frame.kind == "metadata" and subject.form is Form.NAME:
            fit_subject = (
                0.1,
                Keep.ENTITY,
            )  # a market symbol or a register says what a name is, not the pipeline
        if fit_subject is None or _is_no_thing(subject, domain):
            outcome.refused.append((Reason.DOMAIN, f"{relation.name}: {subject.text}"))
            continue
        for obj in objects.mentions[i + 1 :] if same_slot else objects.mentions:
            if obj in (subject, subjects.mentions[i]):
                continue
            fit_object = fit_of(obj, range_, ontology, type_of)
            if joined is not None and obj.form is Form.NOMINAL and obj.value is None and not type_of(obj):
                fit_object = joined
            owner = owner_of(obj) if fit_object is None and _is_event(type_of(obj), ontology) else None
            if owner is not None:
                obj = owner  # "led the round": invested in the firm whose round it is
                fit_object = fit_of(obj, range_, ontology, type_of)
            if fit_object is None or not _is_counted(obj, cue):
                outcome.refused.append((Reason.RANGE, f"{relation.name}: {obj.text}"))
                continue
            score, keep = fit_object
            if not (is_known(fit_subject[0], domain) or not (cue.strict or cue.domain)) or not (
                is_known(score, range_) or not (cue.strict or cue.range)
            ):
                outcome.refused.append((Reason.RANGE, f"{relation.name}: {cue.lemma} asks for known classes"))
                continue
            pairs.append((subject, obj, keep))
            best = max(best, fit_subject[0] + score)
            sure = sure and min(fit_subject[0], score) >= EXACT
    if not pairs:
        return None
    filled = sum(1 for slot, _ in cue.qualifiers if frame.role(slot))
    marked = (
        1.0 * (cue.subject == "obj")
        - 0.5 * same_slot  # "rivals of Tolka: A and B" are Tolka's before they are one another's
        + 0.2 * (cue.object not in ("obj", "of"))
        + 0.1 * bool(domain)
        + 0.1 * bool(range_)
        + 0.01 * len(range_) * cue.shared  # of relations that only say where, the one that admits most
    )
    return _Candidate(
        best + 0.5 * filled + marked, ontology.breadth(relation), relation, cue, tuple(pairs), sure
    )


def _is_counted(figure: Mention, cue: Cue) -> bool:
    """Whether a figure counts what the cue asks for: pages, not chapters."""
    return not cue.units or (figure.value is not None and figure.value.unit in cue.units)


def _is_no_thing(subject: Mention, domain: tuple[str, ...]) -> bool:
    """A figure, a clause or a number of a register: facts are about things."""
    return (subject.form in (Form.VALUE, Form.CLAUSE) and bool(domain)) or subject.type == "Symbol"


def _is_actor(frame: Frame, relation: Relation, cue: Cue, ontology: Ontology) -> bool:
    """ "expects the furnaces to start", "lets firms train": the object does what comes of it, it is not itself what does."""
    if cue.object != "obj" or frame.role("comp") is None:
        return False
    kinds = [ontology.types[name] for name in relation.range if name in ontology.types]
    return bool(kinds) and all(kind.phrase or kind.literal for kind in kinds) and frame.kind == "verb"


def _is_barred(frame: Frame, cue: Cue, ontology: Ontology, type_of: TypeOf) -> bool:
    """Whether something else in the frame is of a class that the cue bars: "sold its plant to Bolt" tells of no supplier."""
    if not cue.bars:
        return False
    others = (r for r in frame.roles if r.slot not in (cue.subject, cue.object))
    found = (m for role in others for m in role.mentions)
    return any(
        (m.value is not None and LITERALS.get(m.value.kind) in cue.bars)
        or (bool(kind := type_of(m)) and any(ontology.is_a(kind, name) for name in cue.bars))
        for m in found
    )


def _is_event(kind: str, ontology: Ontology) -> bool:
    return kind == "" or ontology.is_a(kind, "Event")


def _best_per_pair(candidates: list[_Candidate]) -> list[_Candidate]:
    """The best relation for each pair of slots, each relation once: one construction says one thing of one pair."""
    if any(c.cue.shared and c.sure for c in candidates):
        candidates = [c for c in candidates if c.sure or not c.cue.shared]
    best: dict[object, _Candidate] = {}
    taken: set[tuple[str, str]] = set()
    for candidate in sorted(candidates, key=lambda c: (-c.score, c.breadth, c.relation.name)):
        cue, name = candidate.cue, candidate.relation.name
        sides = {(name, f"subject {cue.subject}"), (name, f"object {cue.object}")}
        pair = _pair(candidate)
        if pair not in best and taken.isdisjoint(sides):
            best[pair] = candidate
            taken |= sides
    return list(best.values())


def _pair(candidate: _Candidate) -> object:
    """What of a frame a candidate speaks of, to be told once.

    Cues derived from labels may say it in both directions ("her son Tom": child and father), and a mere place is said to be in its
    region and its country by two relations that both know it to be one.
    """
    cue = candidate.cue
    if not cue.source:
        return frozenset({cue.subject, cue.object})
    if cue.shared and candidate.sure:
        return (cue.subject, cue.object, candidate.relation.name)
    figures = any(keep is Keep.VALUE for _, _, keep in candidate.pairs)
    return (cue.subject, cue.object, figures)  # "in Lima in 1950" says two things


def _statements(
    frame: Frame, candidate: _Candidate, type_of: TypeOf, ontology: Ontology
) -> Iterator[Statement]:
    cue = candidate.cue
    polarity, modality = frame.context.polarity, frame.context.modality
    if cue.polarity == "negative" or cue.negated:
        polarity = Polarity.NEGATIVE if polarity is Polarity.POSITIVE else Polarity.POSITIVE
    if cue.modality and modality is Modality.ASSERTED:
        modality = Modality(cue.modality)
    around = tuple(sorted(qualifiers(frame, cue, type_of, ontology).items()))
    ahead = modality is Modality.EXPECTED or (frame.kind in ("measure", "verb") and modality in AHEAD)
    expected = ahead and candidate.relation.expected_as
    relation = expected or candidate.relation.name
    for subject, obj, keep in candidate.pairs:
        yield Statement(relation, subject, obj, keep, False, polarity, modality, around)


def _open_statements(frame: Frame, type_of: TypeOf, ontology: Ontology) -> Iterator[Statement]:
    """An open relation from the verb to its object; with its preposition to what follows, the object then part of the relation.

    "placed an order with Prinz" is place_order_with; where the object has a name it is no part of a relation, and only the
    object is kept.
    """
    subject, obj = frame.role("subj"), frame.role("obj")
    if subject is None or not frame.cues or frame.cues[0] in ("be", "have", "do"):
        return
    context, name = frame.context, relation_name(frame.cues[0])
    around = tuple(sorted(qualifiers(frame, None, type_of, ontology).items()))

    def state(relation: str, one: Mention, other: Mention) -> Statement:
        keep = plain_keep(other)
        return Statement(relation, one, other, keep, True, context.polarity, context.modality, around)

    objects = obj.mentions if obj else ()
    words = frame.cues[0]
    if objects and (len(objects) > 1 or objects[0].form is not Form.NOMINAL or objects[0].possessor):
        further: tuple[Role, ...] = ()  # the object is a thing of its own, no part of the relation
    else:
        words = f"{words} {objects[0].head}" if objects else words
        further = tuple(role for role in frame.roles if role.slot not in NOT_RELATING)
    says = frame.cues[0] in ontology.words.get("reporting_verb", {})
    for one in subject.mentions:
        if one.form is Form.VALUE or type_of(one) == "Article":
            continue
        for other in objects:
            yield state(name, one, other)
        for role in further:
            for other in role.mentions if not says else ():
                loose = objects or role.slot in CIRCUMSTANCES
                if other.form is Form.NAME or (not loose and other.form is Form.NOMINAL):
                    yield state(relation_name(f"{words} {role.slot}"), one, other)


def relation_name(words: str) -> str:
    """An open relation's name: "step into" -> "step_into"; letters, digits and underscores only."""
    return re.sub(r"\W+", "_", words.lower()).strip("_") or "related_to"
