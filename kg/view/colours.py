"""Colours of classes: a family has a hue, classes of one family differ in shade, so that the picture stays calm and still tells more."""

from __future__ import annotations

from collections.abc import Iterable

from kg.ontology import Ontology

Pair = tuple[str, str]  # on light ground, on dark ground

# Hues chosen for a contrast of 3:1 or more with either ground (WCAG 2.1, 1.4.11) and to stay apart under red-green blindness;
# shape (dot, pill) and label always say the same again.
_FAMILIES: dict[str, Pair] = {
    "Organization": ("#3a6cb0", "#7eaaeb"),
    "GovernmentBody": ("#6357ad", "#a59cf2"),
    "Person": ("#c96a1c", "#f2a35e"),
    "PersonGroup": ("#a17a45", "#d6b07c"),
    "Product": ("#0f857a", "#4fc4b4"),
    "Technology": ("#2585ad", "#6cc3e8"),
    "Place": ("#55883a", "#95c972"),
    "Event": ("#bb4870", "#f090b3"),
    "Regulation": ("#87519f", "#cb98e3"),
    "Market": ("#857a1f", "#cfc158"),
    "Value": ("#94700a", "#e0bb52"),
    "Other": ("#747d8a", "#9aa5b4"),
}
_MEMBERS: dict[str, str] = {
    "Investor": "Organization",
    "OrganizationGroup": "Organization",
    "BusinessUnit": "Organization",
    "Regulator": "GovernmentBody",
    "Court": "GovernmentBody",
    "Service": "Product",
    "Platform": "Product",
    "Brand": "Product",
    "Feature": "Product",
    "ProductCategory": "Product",
    "Infrastructure": "Technology",
    "Resource": "Technology",
    "Asset": "Technology",
    "Dataset": "Technology",
    "Activity": "Event",
    "Initiative": "Event",
    "Partnership": "Event",
    "LegalCase": "Event",
    "Project": "Event",
    "Decision": "Regulation",
    "Measure": "Regulation",
    "Wrongdoing": "Regulation",
    "Sector": "Market",
    "MarketIndex": "Market",
    "MarketFactor": "Market",
    "Agent": "Other",
    "Concept": "Other",
    "Phrase": "Other",
}
_SPARE: tuple[Pair, ...] = (
    ("#a8543f", "#e89a84"),
    ("#4f7f6e", "#8cc4b0"),
    ("#7a6a9c", "#b9a9dc"),
    ("#5b7488", "#9cb8cd"),
)


def colours(types: Iterable[str], ontology: Ontology, values: Iterable[str] = ()) -> dict[str, Pair]:
    """A pair of colours for every class, most frequent first in `types`; kinds of value share the family "Value".

    A class takes the family of its nearest known ancestor in the ontology; classes of nowhere take spare hues in turn.
    """
    found: dict[str, Pair] = {}
    used: dict[str, int] = {}
    for name in types:
        family = _family(name, ontology)
        if not family and name:
            family = f"spare {sum(key.startswith('spare') for key in used) % len(_SPARE)}"
        family = family or "Other"
        base = _SPARE[int(family.split()[1])] if family.startswith("spare") else _FAMILIES[family]
        found[name] = _shade(base, used.get(family, 0))
        used[family] = used.get(family, 0) + 1
    return found | dict.fromkeys(values, _FAMILIES["Value"])


def _family(name: str, ontology: Ontology) -> str:
    """Breadth first up the classes, so that the nearest family wins."""
    level, seen = [name], {name}
    while level:
        for each in level:
            if each in _FAMILIES or each in _MEMBERS:
                return _MEMBERS.get(each, each)
        above = [p for each in level if each in ontology.types for p in ontology.types[each].parents]
        level = [p for p in dict.fromkeys(above) if p not in seen]
        seen.update(level)
    return ""


def _shade(base: Pair, step: int) -> Pair:
    """The base itself, then lighter, darker, lighter still: enough for four classes of one family."""
    target, part = ((0, 0.0), (255, 0.24), (0, 0.24), (255, 0.4))[step % 4]
    return _mix(base[0], target, part), _mix(base[1], target, part)


def _mix(colour: str, target: int, part: float) -> str:
    channels = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(c + (target - c) * part):02x}" for c in channels)
