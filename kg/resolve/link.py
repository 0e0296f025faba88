"""Referents of many articles become entities: block by key, compare inside the block, cluster with union-find, then name.

Between articles only full names link, and phrases only when they are specific and worded alike; a lone "Cook" or an unresolved
"the deal" stays an entity of its article. The result depends on the set of referents alone, not on their order, and the work
grows about linearly with their number: no two referents are compared unless they share a key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Entity, Form, Referent
from kg.ontology import Ontology
from kg.resolve.catalogue import Catalogue
from kg.resolve.clusters import Clusters
from kg.resolve.context import NOTHING, Hint, Place
from kg.resolve.decisions import Decisions
from kg.resolve.draft import Draft, linkable, read_name
from kg.resolve.ids import grant
from kg.resolve.joining import Join, Joining
from kg.resolve.kinds import FALLBACK_TYPES, KINDS, compatible, kind_of, vote
from kg.resolve.known import Ambiguity, Matches
from kg.resolve.names import NameReader, split_words
from kg.resolve.wishes import Wishes

__all__ = [
    "FALLBACK_TYPES",
    "KINDS",
    "Clusters",
    "Linking",
    "compatible",
    "kind_of",
    "link",
    "linkable",
    "phrase_words",
    "read_name",
    "resolve",
    "vote",
]


@dataclass(frozen=True, slots=True)
class Linking:
    """Who is who, and why."""

    entities: tuple[Entity, ...]  # sorted by id
    joins: tuple[Join, ...] = ()  # of names that differ: made and merely proposed, sorted
    problems: tuple[str, ...] = ()  # decisions that could not be obeyed, a line each
    ambiguities: tuple[Ambiguity, ...] = ()  # names that fit several entries of the user's list


def link(referents: Iterable[Referent], ontology: Ontology) -> tuple[Entity, ...]:
    """The entities behind the referents of all articles, sorted by id; every referent is in exactly one.

    >>> [entity.label for entity in link(referents, ontology)]
    ['Alibaba', 'Tim Cook']
    """
    return resolve(referents, ontology).entities


def resolve(
    referents: Iterable[Referent],
    ontology: Ontology,
    decisions: Decisions | None = None,
    catalogue: Catalogue | None = None,
    hints: Mapping[Place, Hint] | None = None,
) -> Linking:
    """The same with its reasons, obeying a person's decisions and linking to a person's own list of entities.

    Selectors of decisions are read against the entities as they would be without decisions, so that each means the same
    whatever else is decided. `hints` is what claims tell of referents (`kg.resolve.context`).
    """
    items = sorted(set(referents), key=lambda r: (r.article, r.key))
    reader = NameReader(ontology)
    matches = Matches(items, catalogue or Catalogue(), ontology, reader)
    wishes = Wishes()
    if decisions:
        automatic = _linking(items, ontology, reader, matches, Wishes(), hints or {})
        wishes = Wishes.of(decisions, items, automatic.entities, ontology)
    return _linking(items, ontology, reader, matches, wishes, hints or {})


def _linking(
    items: Sequence[Referent],
    ontology: Ontology,
    reader: NameReader,
    matches: Matches,
    wishes: Wishes,
    hints: Mapping[Place, Hint],
) -> Linking:
    joining = Joining(items, ontology, reader, matches, wishes, hints)
    clusters = joining.run()
    drafts = [
        Draft(
            [items[position] for position in members],
            ontology,
            reader,
            label=wishes.label(members),
            type=wishes.type(members),
            known=matches.entry(members),
            asked=_asked([items[position] for position in members], hints),
        )
        for members in clusters
    ]
    ids = grant(draft.wish for draft in drafts)
    entities = tuple(sorted((draft.entity(ids[draft.wish]) for draft in drafts), key=lambda e: e.id))
    return Linking(
        entities,
        tuple(sorted(set(joining.joins))),
        tuple(sorted({*wishes.problems, *joining.problems})),
        matches.ambiguities,
    )


def _asked(members: Sequence[Referent], hints: Mapping[Place, Hint]) -> list[tuple[str, int]]:
    """How many relations ask for each class, over the named members."""
    named = (r for r in members if r.form == Form.NAME)
    relations = {pair for r in named for pair in hints.get((r.article, r.key), NOTHING).asked}
    return sorted(Counter(type_name for type_name, _ in relations).items())


def phrase_words(text: str, ontology: Ontology) -> tuple[str, ...]:
    """The folded words of a phrase without its determiners: what two phrases must share to be one entity."""
    determiners = ontology.words.get("determiner", {})
    return tuple(word for word in split_words(text) if word not in determiners)
