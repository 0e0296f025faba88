"""Why an entity has its class: what each kind of witness says, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Entity, Ref, Referent
from kg.resolve.draft import read_name
from kg.resolve.kinds import kind_of
from kg.resolve.names import NameReader, split_words

if TYPE_CHECKING:
    from kg.graph import Graph


@dataclass(frozen=True, slots=True, order=True)
class Ballot:
    """One witness for a class. `source`: "you", "your list", "articles", "name", "said of it", "gazetteer" or "relation"."""

    source: str
    type: str
    count: int
    detail: str  # the word, the relation, the articles


def ballots(graph: Graph, entity: Entity) -> tuple[Ballot, ...]:
    """Everything that speaks for some class of an entity, by source and then the most frequent first.

    "articles" is the count that elects the class (`kg.resolve.kinds.vote`): each article's own votes, in which the pipeline's
    label, words said of the thing, its name and the gazetteers have gone in. The other sources show where these came from, and
    "relation" what the relations it takes part in ask for, which elects only where no article has voted.
    """
    places = set(entity.referents)
    members = [r for reading in graph.readings for r in reading.referents if (r.article, r.key) in places]
    found = [*_laid_down(graph, entity, members), *_articles(members), *_words(graph, members)]
    return tuple(
        sorted({*found, *_relations(graph, entity)}, key=lambda b: (b.source, -b.count, b.type, b.detail))
    )


def _laid_down(graph: Graph, entity: Entity, members: list[Referent]) -> Iterator[Ballot]:
    names = {entity.id, entity.label, *(n for r in members for n in (r.name, *r.aliases))}
    for selector, type_name in graph.identity.decisions.type:
        if selector.rpartition(" @ ")[0] in names or selector in names:
            yield Ballot("you", type_name, 1, selector)
    for entry in graph.identity.catalogue.entries:
        if entry.id == entity.id and entry.type:
            yield Ballot("your list", entry.type, 1, entry.names[0])


def _articles(members: list[Referent]) -> Iterator[Ballot]:
    votes: Counter[str] = Counter()
    articles: dict[str, set[str]] = {}
    for referent in members:
        for type_name, count in referent.types:
            votes[type_name] += count
            articles.setdefault(type_name, set()).add(referent.article)
    for type_name, count in votes.items():
        few = sorted(articles[type_name])
        yield Ballot("articles", type_name, count, ", ".join(few[:5]) + (" …" if len(few) > 5 else ""))


def _words(graph: Graph, members: list[Referent]) -> Iterator[Ballot]:
    """What names and descriptions give away by themselves."""
    ontology = graph.ontology
    reader = NameReader(ontology)
    nouns = {noun: name for name, kind in sorted(ontology.types.items()) for noun in kind.nouns}
    said: Counter[tuple[str, str, str]] = Counter()
    for referent in members:
        name = read_name(referent, ontology, reader)
        if name.kind:
            said["name", "Person" if name.kind == "person" else "Company", name.text] += 1
        if name.trade:
            said["name", "Company", name.words[-1]] += 1
        if name.known:
            said["gazetteer", kind_of(referent.type, ontology) or "Thing", name.known] += 1
        for phrase in referent.descriptions:
            words = split_words(phrase)
            noun = next((w for w in (" ".join(words[-2:]), *words[-1:]) if w in nouns), "")
            if noun:
                said["said of it", nouns[noun], phrase] += 1
    for (source, type_name, detail), count in said.items():
        if type_name in ontology.types:
            yield Ballot(source, type_name, count, detail)


def _relations(graph: Graph, entity: Entity) -> Iterator[Ballot]:
    counts: Counter[tuple[str, str]] = Counter()
    for fact in graph.facts_all:
        relation = graph.ontology.relations.get(fact.relation)
        if relation is None or fact.open:
            continue
        if fact.subject == entity.id and len(relation.domain) == 1:
            counts[relation.domain[0], f"{relation.name} …"] += len(fact.claims)
        if fact.object == Ref(entity.id) and len(relation.range) == 1:
            counts[relation.range[0], f"… {relation.name}"] += len(fact.claims)
    for (type_name, detail), count in counts.items():
        if type_name in graph.ontology.types:
            yield Ballot("relation", type_name, count, detail)
