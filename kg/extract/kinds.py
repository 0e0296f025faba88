"""What kind of thing a claim may say that something is: the noun in the singular of one thing, and no firm among people."""

from __future__ import annotations

from kg.interpret import Statement
from kg.model import Form, Mention
from kg.ontology import Ontology

PEOPLE = ("Person", "PersonGroup")
SUPERLATIVE = "est"  # "largest Danish brewers": one of them is not the largest


def one_of(mention: Mention) -> str:
    """The phrase for a single one of a plural: "Danish brewer" for "Danish brewers" and for "two Danish brewers".

    Unchanged where it would no longer be true ("largest brewers") or where its head cannot be told.

    >>> one_of(mentions["Chinese tech giants"])
    'Chinese tech giant'
    """
    words = mention.text.split()
    if mention.value is not None and mention.value.kind == "quantity":
        words = words[1:]
    place = len(words) - 1
    if mention.core is not None:
        place = len(mention.text[: mention.core.end - mention.span.start].split()) - 1
    known = 0 <= place < len(words) and words[place].lower()[:2] == mention.head.lower()[:2]
    if not known or any(word.lower().endswith(SUPERLATIVE) for word in words[:place]):
        return mention.text
    plural = words[place]
    single = plural[:-1] if plural.lower().endswith("ees") else mention.head  # "licensees" are no licenses
    return " ".join([*words[:place], single, *words[place + 1 :]])


def is_one_of_many(statement: Statement, ontology: Ontology) -> bool:
    """Whether one named thing is said to be what a plural names: "Alibaba and other Chinese tech giants"."""
    return (
        statement.subject.form is Form.NAME
        and statement.object.plural
        and ontology.classifies(statement.relation)
    )


def is_of_others(statement: Statement, thing: str, ontology: Ontology) -> bool:
    """Whether a kind is of people and the thing is none, or the other way round: no firm is "analysts at banks".

    Args:
        statement: what a proposal would say.
        thing: the class of its subject, "" if unknown.
        ontology: the classes.
    """
    if not ontology.classifies(statement.relation):
        return False
    kinds = (thing, statement.object.type)
    people = [any(ontology.is_a(name, person) for person in PEOPLE) for name in kinds]
    return all(kinds) and people[0] != people[1]
