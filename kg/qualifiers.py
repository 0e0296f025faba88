"""What is said around the core of a statement: when, where, how much, as what, according to whom, on which condition."""

from __future__ import annotations

from collections.abc import Callable

from kg.model import Form, Frame, Mention
from kg.ontology import LEARNED, Cue, Ontology

TIME_SLOTS = frozenset(
    {"adv", "in", "on", "at", "by", "since", "until", "from", "during", "for", "after", "before", "within"}
)
PLACE_SLOTS = frozenset({"in", "at", "across", "throughout", "within", "around"})
ABOUT = frozenset({"over", "about", "regarding", "concerning"})
CLAUSES = {"comp": "topic", "purpose": "purpose"}
RECOGNISED = (
    "Person",
    "Organization",
    "Place",
)  # a common noun for one of these is known to the ontology, so an unknown one is none
TypeOf = Callable[[Mention], str]


def qualifiers(
    frame: Frame, cue: Cue | None, type_of: TypeOf, ontology: Ontology
) -> dict[str, Mention | str]:
    """What is said around the core triple: the cue's own qualifiers, then time, place, value and condition."""
    found: dict[str, Mention | str] = {}
    used = {cue.subject, cue.object} if cue else {"subj", "obj"}
    said = [m.span for role in frame.roles if role.slot in used | {"quote"} for m in role.mentions]
    core = [m for slot in (cue.subject, cue.object) for m in _fillers(frame, slot)] if cue else []
    sized = any(m.value is not None and m.value.kind != "date" for m in core)  # "$5bn, up from $4bn"
    for slot, name in cue.qualifiers if cue else ():
        role = frame.role(slot)
        filler = role.mentions[0] if role is not None else None
        if slot == "cue" and cue is not None:
            found[name] = cue.lemma  # "sold 5,000 cars": what was counted is what was sold
        elif filler is not None and _may_qualify(name, filler, type_of, ontology):
            found[name] = filler
            used.add(slot)
    says = any(cue in ontology.words.get("reporting_verb", {}) for cue in frame.cues)  # "said over coffee"
    for role in frame.roles:
        for mention in role.mentions if role.slot not in used else ():
            kind = mention.value.kind if mention.value else ""
            if role.slot == "time" or (kind == "date" and role.slot in TIME_SLOTS):
                found.setdefault("time", mention)
            elif kind == "money" and not sized:
                found.setdefault("value", mention)
            elif (
                role.slot in PLACE_SLOTS
                and mention.form is Form.NAME
                and ontology.is_a(type_of(mention), "Place")
            ):
                found.setdefault("place", mention)
            elif role.slot == "by" and kind == "percent":
                found.setdefault("change", mention)  # "raised prices by 15 per cent"
            elif (
                role.slot in ABOUT and mention.value is None and not says and frame.kind in ("verb", LEARNED)
            ):
                found.setdefault("topic", mention)
            elif (name := _clausal(frame, cue, role.slot, mention)) and mention.span not in said:
                found.setdefault(name, mention)
    if frame.context.condition:
        found.setdefault("condition", frame.context.condition)
    return found


def _fillers(frame: Frame, slot: str) -> tuple[Mention, ...]:
    role = frame.role(slot)
    return role.mentions if role is not None else ()


def _clausal(frame: Frame, cue: Cue | None, slot: str, mention: Mention) -> str:
    """What a clause beside the core is: "urged it to act" says about what, "hired it to clean its systems" what for.

    An aim is that of who acts: who sold the mill to Acme to please a regulator says not why Acme bought it.
    """
    if cue is not None and "subj" not in (cue.subject, cue.object):
        return ""
    if frame.kind not in ("verb", LEARNED) or mention.form is not Form.CLAUSE:
        return ""
    if slot == "pred":
        return "topic" if mention.text.startswith("be ") else ""  # "urged it to be bolder"
    return CLAUSES.get(slot, "")


def _may_qualify(name: str, filler: Mention, type_of: TypeOf, ontology: Ontology) -> bool:
    """Whether a mention can be such a qualifier: a value is a number, a role no person's name, a source somebody."""
    kind = type_of(filler)
    if name == "value":
        return filler.value is not None and filler.value.kind != "date"
    if name == "role":
        return not (filler.form is Form.NAME and ontology.is_a(kind, "Person"))
    if name == "attribution":
        return any(ontology.is_a(kind, somebody) for somebody in RECOGNISED)
    return True
