"""Classes of an own ontology on kg's own: which names and nouns stand for a `Firm` or a `Human`.

The language pipeline tells persons, organisations, places, products and events apart; an ontology that does not say which of its
classes these are (`kg:nerLabel`) gets the shipped classes underneath, matched by label: `Firm` below Company, whose noun it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.derive.lexicon import Lexicon, words_of
from kg.ontology import EntityType


def on_foundation(
    own: Mapping[str, EntityType],
    names: Mapping[str, Sequence[str]],
    shipped: Mapping[str, EntityType],
    lexicon: Lexicon,
) -> dict[str, EntityType]:
    """The classes of an ontology with the shipped ones below them.

    `names` are what each own class is called, its label first. A class of a shipped name is that class; another becomes a subclass of
    the shipped class its label belongs to, unless a class above it does. A noun taken by an own class is no longer another's.
    """
    base = {name: kind for name, kind in shipped.items() if not (kind.literal or kind.phrase or kind.common)}
    general = {parent for kind in base.values() if kind.ner for parent in kind.parents}
    for name in (
        general & base.keys()
    ):  # Agent: a "dealer" may be a person or a firm, which their names tell better
        base[name] = replace(base[name], nouns=frozenset())
    home = {noun: kind.name for kind in base.values() for noun in sorted(kind.nouns)}
    home |= {" ".join(words_of(kind.label)): kind.name for kind in base.values()}
    home |= {n: v for n, v in lexicon.words.get("kind_noun", {}).items() if v in base}
    taken = frozenset(noun for name in own for noun in names.get(name, ()) if name not in base)
    below = _below(own, {name for name in own if name in base or _home(names.get(name, ()), home)})
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
            mine = "" if name in below else _home(names.get(name, ()), home)
            parents = tuple(sorted({*kind.parents, *({mine} if mine else ())}))
            found[name] = replace(kind, parents=parents, nouns=kind.nouns | frozenset(names.get(name, ())))
    for name, kind in base.items():
        if name not in found:
            found[name] = replace(kind, nouns=kind.nouns - taken, shipped=True)
    return found


def _home(names: Sequence[str], home: Mapping[str, str]) -> str:
    """The shipped class of the first name that has one, by its last words: "football club" -> the class of "club"."""
    for name in names:
        words = name.split()
        for start in range(len(words)):
            if (key := " ".join(words[start:])) in home:
                return home[key]
    return ""


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
