"""Why an entity bears its names: every merge with its rung, its score and the sentence to judge it by; and what was only thought of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Claim, Entity, Ref, Referent
from kg.resolve.context import Place
from kg.resolve.joining import SCORES, Join
from kg.resolve.kinds import kind_of
from kg.resolve.ladder import rung
from kg.resolve.names import NameReader, split_words

if TYPE_CHECKING:
    from kg.graph import Graph

INSIDE = 0.9  # score of a name that one article's own coreference gave, without a rung of the ladder


@dataclass(frozen=True, slots=True, order=True)
class Merge:
    """One name beside another: merged, or merely proposed to be."""

    entity: str  # id of the entity that bears `other`
    name: str
    other: str  # the name it was put to, or might be
    rung: str
    score: float  # how sure, 0 to 1
    made: bool
    articles: int  # that use the name
    article: str  # where the evidence stands
    evidence: str  # the sentence, or "" where no claim quotes one


class Reasons:
    """Looks the reasons of a graph's merges up; made once for a graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._reader = NameReader(graph.ontology)
        self._referents = {(r.article, r.key): r for reading in graph.readings for r in reading.referents}
        self._of = {place: entity for entity in graph.entities for place in entity.referents}
        self._claims: dict[Place, list[Claim]] = {}
        for claim in graph.claims():
            self._claims.setdefault((claim.article, claim.subject), []).append(claim)
            if isinstance(claim.object, Ref):
                self._claims.setdefault((claim.article, claim.object.key), []).append(claim)
        self._joins: dict[str, list[Join]] = {}
        for join in graph.linking.joins:
            for entity in {self._of[join.one].id, self._of[join.other].id}:
                self._joins.setdefault(entity, []).append(join)

    def made(self, entity: Entity) -> Iterator[Merge]:
        """Why each name other than the label belongs to the entity, by name."""
        joins = [join for join in self._joins.get(entity.id, ()) if join.made]
        people = kind_of(entity.type, self._graph.ontology) == "Person"
        for name in entity.aliases:
            bearers = [self._referents[place] for place in entity.referents]
            bearers = [r for r in bearers if name in (r.name, *r.aliases)]
            if not bearers:  # a label that a person gave
                continue
            join = next((j for j in joins if name in (self._name(j.one), self._name(j.other))), None)
            inside = next((r for r in bearers if r.name != name), None)
            if join is not None and (inside is None or join.rung in ("your decision", "your list")):
                other = self._name(join.one if self._name(join.other) == name else join.other)
                place = join.other if self._name(join.other) == name else join.one
                yield self._merge(entity, name, other, join.rung, join.score, bearers, self._referents[place])
                continue
            witness = inside or bearers[0]
            other = witness.name if inside else entity.label
            step = self._step(other, name, people)
            score = SCORES.get(step, INSIDE)
            yield self._merge(entity, name, other, step, score, bearers, witness)

    def proposed(self) -> Iterator[Merge]:
        """Merges that were not made, surest first: decide them with `same` or `different`."""
        found: dict[tuple[str, str], Merge] = {}
        for join in sorted(self._graph.linking.joins, key=lambda j: (-j.score, j)):
            one, other = self._of[join.one], self._of[join.other]
            pair = (min(one.id, other.id), max(one.id, other.id))
            if join.made or one.id == other.id or pair in found:
                continue
            witness = self._referents[join.other]
            name, other_name = witness.name, self._name(join.one)
            found[pair] = self._merge(one, name, other_name, join.rung, join.score, [witness], witness, False)
        yield from found.values()

    def _step(self, full: str, short: str, person: bool) -> str:
        """The rung on which an article put two names together, as far as the names show it."""
        one, other = self._reader.read(full, person), self._reader.read(short, person)
        shortened = len(other.core) < len(one.core) and one.core[: len(other.core)] == other.core
        return rung(one, other) or ("short form" if shortened else "coreference")

    def _name(self, place: Place) -> str:
        return self._referents[place].name

    def _merge(
        self,
        entity: Entity,
        name: str,
        other: str,
        reason: str,
        score: float,
        bearers: list[Referent],
        witness: Referent,
        made: bool = True,
    ) -> Merge:
        return Merge(
            entity=entity.id,
            name=name,
            other=other,
            rung=reason,
            score=score,
            made=made,
            articles=len({r.article for r in bearers}),
            article=witness.article,
            evidence=self._sentence(witness, name, other),
        )

    def _sentence(self, witness: Referent, name: str, other: str) -> str:
        """A sentence of the article with both names in it, else with the first, else any that speaks of the thing."""
        claims = self._claims.get((witness.article, witness.key), ())
        wanted = [set(split_words(name)), set(split_words(other))]

        def rank(claim: Claim) -> tuple[int, int, str]:
            words = set(split_words(claim.quote))
            return (-sum(part <= words for part in wanted), claim.sentence.start, claim.quote)

        return min(claims, key=rank).quote if claims else ""
