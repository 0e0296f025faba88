"""Well-known notions ("place of birth", "author") and the words that say them, for relations of an own ontology that mean the same.

A wrong alignment is worse than none: a relation means a notion only where one of its labels (or its own address, or one it is declared
equivalent to or below) is the notion's, and both its sides may be of the notion's classes. An own relation may also be the notion
turned round ("author" and "wrote").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.derive.lexicon import words_of
from kg.ontology import Cue, EntityType, Relation

KNOWN = "known: "  # before a notion's name in the source of a cue taken over from it
_EMPTY_WORDS = frozenset({"has", "have", "is", "was", "are", "were", "been", "a", "an", "the", "its"})


@dataclass(frozen=True, slots=True)
class Notion:
    """What relations of many ontologies mean: names for it, for it turned round, addresses elsewhere, classes and cues.

    `shipped` is the relation of kg's own that means it, if any, `shipped_turned` the one that means it turned round: what the
    learned typing head proposes for it is then proposed for the own relation.
    """

    name: str
    labels: frozenset[str] = frozenset()  # normalised
    turned_labels: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()  # normalised
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    shipped: str = ""
    shipped_turned: str = ""
    strict: bool = False  # its names mean other things as well ("part of"): both sides of a relation must be given, and fit


@dataclass(frozen=True, slots=True)
class Meaning:
    """A notion that an own relation means, turned round or not."""

    notion: Notion
    turned: bool

    @property
    def cues(self) -> Iterator[Cue]:
        """The notion's cues for the own relation: its own subject and object at the places where the sentence has them."""
        for cue in self.notion.cues:
            source = cue.source or f"{KNOWN}{self.notion.name}"
            if not self.turned:
                yield replace(cue, source=source)
            else:
                yield replace(
                    cue,
                    subject=cue.object,
                    object=cue.subject,
                    domain=cue.range,
                    range=cue.domain,
                    source=source,
                )

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The notion's classes for the own relation's subject and object."""
        sides = (self.notion.domain, self.notion.range)
        return sides[::-1] if self.turned else sides

    @property
    def head(self) -> tuple[str, bool]:
        """The relation of the typing head that means the same, and whether turned round; ("", False) for none."""
        if self.notion.shipped:
            return self.notion.shipped, self.turned
        return self.notion.shipped_turned, bool(self.notion.shipped_turned) and not self.turned


def plain_label(label: str) -> str:
    """A label to compare with: lower case, words of an identifier apart, without "has", "is" and articles.

    >>> plain_label("hasBirthPlace"), plain_label("is part of the series")
    ('birth place', 'part of series')
    """
    return " ".join(word for word in words_of(re.sub(r"\([^)]*\)", " ", label)) if word not in _EMPTY_WORDS)


def plain_address(iri: str) -> str:
    """An address to compare with: Wikidata's two addresses of one property are the same, and http and https.

    >>> plain_address("http://www.wikidata.org/prop/direct/P19") == plain_address("https://www.wikidata.org/entity/P19")
    True
    """
    bare = re.sub(r"^https?://(www\.)?", "", iri)
    return f"wikidata:{re.split('[/:#]', bare)[-1]}" if bare.startswith("wikidata.org/") else bare


class Notions:
    """Notions by label and address; asked which of them a relation means."""

    def __init__(self, notions: Iterable[Notion]) -> None:
        self._by_name: dict[str, list[Meaning]] = {}
        for notion in notions:
            for turned, keys in ((False, notion.labels | notion.addresses), (True, notion.turned_labels)):
                for key in sorted(keys):
                    self._by_name.setdefault(key, []).append(Meaning(notion, turned))

    def meant(
        self,
        relation: Relation,
        labels: Iterable[str],
        addresses: Iterable[str],
        types: Mapping[str, EntityType],
    ) -> list[Meaning]:
        """The notions that a relation of these labels and addresses means, in the order of those."""
        found: dict[tuple[str, bool], Meaning] = {}
        for key in (*map(plain_address, addresses), *map(plain_label, labels)):
            for meaning in self._by_name.get(key, ()):
                domain, range_ = meaning.sides
                if meaning.notion.strict and not (relation.domain and relation.range):
                    continue
                if _may_be(relation.domain, domain, types) and _may_be(relation.range, range_, types):
                    found.setdefault((meaning.notion.name, meaning.turned), meaning)
        return list(found.values())


def _may_be(own: tuple[str, ...], known: tuple[str, ...], types: Mapping[str, EntityType]) -> bool:
    """Whether what stands on a side may be of the notion's classes: the same, or one above the other, or nothing is known of it."""
    if not own or not known or "Any" in (*own, *known):
        return True
    pairs = [(one, other) for one in own for other in known if one in types and other in types]
    return any(
        other in _ancestors(one, types)
        or one in _ancestors(other, types)
        or (not types[other].literal and (types[one].phrase or _is_free(one, types)))
        for one, other in pairs
    )


def _is_free(name: str, types: Mapping[str, EntityType]) -> bool:
    """Whether a class of an own ontology is below none of kg's."""
    above = [types[one] for one in _ancestors(name, types) if one in types]
    return types[name].loose and not any(kind.shipped or kind.ner for kind in above)


def _ancestors(name: str, types: Mapping[str, EntityType]) -> frozenset[str]:
    found = {name}
    waiting = [name]
    while waiting:
        kind = types.get(waiting.pop())
        above = [parent for parent in (kind.parents if kind else ()) if parent not in found]
        found.update(above)
        waiting += above
    return frozenset(found)
