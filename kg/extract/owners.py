"""Whose a thing is, put into the phrase that names it: "its overheads" is nothing outside its sentence, "Nissan's overheads" is.

A possessive pronoun or description is as much a pointer as any other; what it points to is part of the thing's name
(Poesio 2004 calls such descriptions anchored). Only owners with a name are put in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.model import Form, Mention, Referent

MAX_NAME = 60  # characters: a longer name is a sentence, not a name


def owned_name(mention: Mention, owner: str) -> str:
    """The mention's phrase with its owner's name in front, in place of a pronoun or a description.

    >>> owned_name(overheads, "Nissan")        # of "its overheads", and of "the carmaker's overheads"
    "Nissan's overheads"
    """
    possessor, text = mention.possessor, mention.text
    if possessor is None:
        return text
    if possessor.form is not Form.PRONOUN and text.startswith(possessor.text):
        text = text[len(possessor.text) :].removeprefix("'s").removeprefix("’s").strip("'’ ")
    elif possessor.form is not Form.PRONOUN:
        return mention.text
    text = text.removeprefix("own ")
    return f"{owner}'s {text}" if text and owner.casefold() not in text.casefold() else mention.text


def name_by_owners(referents: Mapping[str, Referent], known: Mapping[Mention, str]) -> dict[str, Referent]:
    """The referents, those without a name called by their owner's; what they were called stays among their descriptions.

    Where an article gives one thing two owners, none is put in; nor where a fuller phrase of other words names it already:
    "Chinese technology companies" are not called "China's biggest players".
    """
    owners: dict[str, dict[str, str]] = {}
    for mention, key in sorted(known.items(), key=lambda pair: pair[0].span):
        if mention.possessor is None or referents[key].form != Form.NOMINAL:
            continue
        owner = referents.get(known.get(mention.possessor, ""))
        called = referents[key].name.casefold().split()
        apart = len(called) > 1 and set(called).isdisjoint(mention.text.casefold().split())
        if owner is not None and owner.form == Form.NAME and owner.key != key and not apart:
            owners.setdefault(key, {}).setdefault(owner.key, owned_name(mention, owner.name))
    found = dict(referents)
    for key, names in owners.items():
        name = next(iter(names.values()))
        if len(names) == 1 and name != referents[key].name and len(name) <= MAX_NAME:
            before = referents[key]
            found[key] = replace(
                before, name=name, descriptions=tuple(sorted({*before.descriptions, before.name}))
            )
    return found
