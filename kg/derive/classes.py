"""Classes of an own ontology on kg's own: which names and nouns stand for a `Firm` or a `Human`.

The language pipeline tells persons, organisations, places, products and events apart; an ontology that does not say which of its
classes these are (`kg:nerLabel`) gets the shipped classes underneath, matched by label: `Firm` below Company, whose noun it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.derive.lexicon import Lexicon, words_of
from kg.ontology import EntityType

ACTING = ("Agent", "Place")  # shipped classes whose kinds (Company, City) stay under an own ontology


def on_foundation(
    own: Mapping[str, EntityType],
    names: Mapping[str, Sequence[str]],
    shipped: Mapping[str, EntityType],
    lexicon: Lexicon,
) -> dict[str, EntityType]:
    """The classes of an ontology with the shipped ones below them.

    `names` are what each own class is called, its label first. A class of a shipped name is that class; another becomes a subclass of
    the shipped class or classes its label belongs to, unless a class above it does; one that belongs nowhere, and one of works with
    titles, is loose. A noun taken by an own class is no longer another's.
    """
    base = {name: kind for name, kind in shipped.items() if not (kind.literal or kind.phrase or kind.common)}
    general = {parent for kind in base.values() if kind.ner for parent in kind.parents}
    for name in (
        general & base.keys()
    ):  # Agent: a "dealer" may be a person or a firm, which their names tell better
        base[name] = replace(base[name], nouns=frozenset())
    home = {noun: kind.name for kind in base.values() for noun in sorted(kind.nouns)}
    home |= {" ".join(words_of(kind.label)): kind.name for kind in base.values()}
    homes: dict[str, tuple[str, ...]] = {noun: (kind,) for noun, kind in home.items()}
    homes |= {n: tuple(v.split()) for n, v in lexicon.words.get("kind_noun", {}).items()}
    titled = {noun: (noun,) for noun in lexicon.words.get("titled_noun", {})}
    taken = frozenset(noun for name in own for noun in names.get(name, ()) if name not in base)
    below = _below(own, {name for name in own if name in base or _home(names.get(name, ()), homes)})
    found: dict[str, EntityType] = {}
    for name, kind in own.items():
        same = base.get(name)
        if same is not None:
            parents = tuple(sorted({*kind.parents, *same.parents} - {name}))
            nouns = kind.nouns | frozenset(names.get(name, ())) | (same.nouns - taken)
            found[name] = replace(kind, parents=parents, nouns=nouns, ner=kind.ner | same.ner)
        elif kind.literal or kind.phrase or kind.common:
            found[name] = kind
        else:
            called = names.get(name, ())
            mine = () if name in below else tuple(k for k in _home(called, homes) if k in base)
            found[name] = replace(
                kind,
                parents=tuple(sorted({*kind.parents, *mine})),
                nouns=kind.nouns | frozenset(called),
                loose=bool(_home(called, titled)) or not (mine or name in below),
            )
    above = {parent for kind in found.values() for parent in kind.parents}
    for name in _told_by_names(base, above):
        kind = base[name]
        if name not in found:
            found[name] = replace(kind, nouns=kind.nouns - taken, shipped=True)
    return found


def _told_by_names(base: Mapping[str, EntityType], needed: set[str]) -> list[str]:
    """The shipped classes that an own ontology can use: those the pipeline tells apart, the kinds of them that act or are somewhere,
    those some own class is put below, and all above these. The others' nouns would only keep things from being what the ontology says."""
    kept: set[str] = set()
    for name, kind in sorted(base.items()):
        line = _above(name, base)
        if kind.ner or name in needed or line & set(ACTING):
            kept |= line & base.keys()
    return [name for name in base if name in kept]


def _above(name: str, base: Mapping[str, EntityType]) -> set[str]:
    found = {name}
    waiting = [name]
    while waiting:
        kind = base.get(waiting.pop())
        new = [parent for parent in (kind.parents if kind else ()) if parent not in found]
        found.update(new)
        waiting += new
    return found


def _home(names: Sequence[str], homes: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The shipped classes of the first name that has one, by its last words: "football club" -> the class of "club"."""
    for name in names:
        words = name.split()
        for start in range(len(words)):
            if (key := " ".join(words[start:])) in homes:
                return homes[key]
    return ()


def _below(own: Mapping[str, EntityType], tops: set[str]) -> set[str]:
    """The own classes below any of these, at whatever depth; linear, since a file may have 50,000."""
    children: dict[str, list[str]] = {}
    for name, kind in own.items():
        for parent in kind.parents:
            children.setdefault(parent, []).append(name)
    found: set[str] = set()
    waiting = sorted(tops)
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found
