"""How well a mention fits the classes a relation asks for on one side, and what it is kept as there.

Literals ask for a value, phrases for words, all other classes for a thing that is known to be of the class, or may be.
"""

from __future__ import annotations

from enum import StrEnum

from kg.model import Form, Mention, Role
from kg.ontology import Ontology
from kg.qualifiers import RECOGNISED, TypeOf

LITERALS = {"money": "Money", "percent": "Percent", "quantity": "Quantity", "date": "Date"}
METONYMS = ("Organization", "Place", "Product", "Initiative")
HOUSES = ("Facility", "Platform")  # nouns for where a firm works mean the firm, too
EXACT = 2.0  # the fit of a class asked for, or one below it
KNOWN = 1.0  # a fit below it is a guess: the class is unknown, or one is taken for another
GUESS = 0.4  # the fit of what may be of the class for all that is known
COUNTRY = "Country"
LOOSE = 0.05  # the fit of a thing of another class where kg cannot tell who is of the class asked for
SAYINGS = frozenset(
    {
        "Action",
        "Outcome",
        "Proposition",
        "Purpose",
        "Reason",
        "Risk",
        "State",
        "Strategy",
        "Trend",
        "Wrongdoing",
    }
)  # phrases that say something: the name of a person, a firm or a place alone says nothing
IDENTIFIER, ADDRESS = "Identifier", "Address"


class Keep(StrEnum):
    """What becomes of an object: an entity of the graph, its value as a literal, or its words."""

    ENTITY = "entity"
    VALUE = "value"
    TEXT = "text"


def fit_of(
    mention: Mention, classes: tuple[str, ...], ontology: Ontology, type_of: TypeOf
) -> tuple[float, Keep] | None:
    """How well a mention fits a domain or range, and what it is kept as there; None if it cannot stand there."""
    if not classes:
        return (0.5, plain_keep(mention))
    found = type_of(mention)
    fits = (_fit_class(mention, name, found, ontology) for name in classes)
    return max((fit for fit in fits if fit is not None), key=lambda fit: fit[0], default=None)


def _fit_class(mention: Mention, name: str, found: str, ontology: Ontology) -> tuple[float, Keep] | None:
    """The same for one class: literals ask for a value, phrases for words, the others for a thing of a fitting class."""
    kind = ontology.types.get(name)
    if kind is not None and kind.literal:
        of_kind = mention.value is not None and LITERALS.get(mention.value.kind) == name
        return (3.0, Keep.VALUE) if of_kind else None
    if kind is not None and kind.phrase:
        if mention.form is Form.PRONOUN or not _may_word(mention, name, found, ontology):
            return None
        return (0.2 if mention.form is Form.NAME else 1.0, Keep.TEXT)
    if mention.form is Form.CLAUSE:
        return None
    if kind is not None and kind.common:  # as text: in "Nvidia, the chipmaker" both words name one entity
        return (0.6, Keep.TEXT) if mention.form is Form.NOMINAL else None
    if name == "Any":
        plain = plain_keep(mention)
        dated = mention.value is not None and mention.value.kind == "date"
        return None if dated or mention.type == "Symbol" else (0.3 if plain is Keep.VALUE else 0.6, plain)
    if mention.form is Form.VALUE:
        return None
    if not found:
        guess = mention.form in (Form.NAME, Form.PRONOUN) or not any(
            ontology.is_a(name, known) for known in RECOGNISED
        )
        return (GUESS, Keep.ENTITY) if guess else None
    if ontology.is_a(found, name):
        return (2.0, Keep.ENTITY)
    if ontology.is_a(name, found):
        unlisted = mention.form is Form.NAME and ontology.is_a(name, COUNTRY) and found != COUNTRY
        return (
            GUESS if unlisted else 1.2,
            Keep.ENTITY,
        )  # kg has the countries listed: a mere place is hardly one
    if mention.form is Form.NAME and stands_for(found, name, ontology):
        return (0.1, Keep.ENTITY)
    housed = mention.form is Form.NOMINAL and mention.possessor is None and name == "Organization"
    if housed and any(ontology.is_a(found, house) for house in HOUSES):
        return (0.1, Keep.ENTITY)  # "the hospital sued", "the social network cut 900 jobs"
    if kind is not None and kind.loose and _may_be_titled(mention, name, found, ontology):
        return (LOOSE, Keep.ENTITY)
    return None


def _may_be_titled(mention: Mention, name: str, found: str, ontology: Ontology) -> bool:
    """Whether a thing of another class may be of a class whose members kg cannot tell by their names; works have names, and no person is one."""
    if not ontology.is_a(name, "Product"):
        return True
    return mention.form is Form.NAME and not ontology.is_a(found, "Person")


def plain_keep(mention: Mention) -> Keep:
    """What a mention is kept as where nothing special is asked of it."""
    if mention.form is Form.CLAUSE:
        return Keep.TEXT
    return Keep.VALUE if mention.form is Form.VALUE else Keep.ENTITY


def _may_word(mention: Mention, phrase: str, found: str, ontology: Ontology) -> bool:
    """Whether a mention's words can be such a phrase: "Kraken" is no reason, "licence" no register number."""
    if phrase == IDENTIFIER:
        return any(c.isdigit() for c in mention.text)
    if phrase == ADDRESS:
        return mention.value is not None and mention.value.kind == "address"
    named = mention.form is Form.NAME and any(ontology.is_a(found, kind) for kind in RECOGNISED)
    return not named or phrase not in SAYINGS


def is_known(score: float, classes: tuple[str, ...]) -> bool:
    """Whether a fit is more than a guess; where anything may stand, no more is asked."""
    return score >= KNOWN or classes in ((), ("Any",))


def stands_for(found: str, wanted: str, ontology: Ontology) -> bool:
    """Names of places, organisations and products stand for one another ("Beijing bans", "TikTok was fined"); persons do not.

    A state's bodies are known by their names and are taken for no product: nobody makes the EU.
    """
    if (
        ontology.is_a(found, "GovernmentBody")
        and not ontology.is_a(wanted, "Organization")
        and wanted != "Place"
    ):
        return False
    either = [
        {m for m in METONYMS if ontology.is_a(kind, m) or ontology.is_a(m, kind)} for kind in (found, wanted)
    ]
    return all(either) and any("Organization" in kinds for kinds in either)  # a place stands for no product


def shared_fit(
    objects: Role, range_: tuple[str, ...], ontology: Ontology, type_of: TypeOf
) -> tuple[float, Keep] | None:
    """The fit that one of several objects lends to those of no known class: in "large keys and a panic button" the keys are features, too."""
    if len(objects.mentions) < 2:
        return None
    fits = [
        fit
        for m in objects.mentions
        if m.form is Form.NOMINAL and (fit := fit_of(m, range_, ontology, type_of))
    ]
    known = [fit for fit in fits if fit[0] >= KNOWN and fit[1] is Keep.ENTITY]
    return (KNOWN, Keep.ENTITY) if known else None
