"""A graph is its readings; entities and facts are derived from all of them together.

Merging two graphs is therefore the union of their readings: commutative, associative, idempotent, and an article can be taken
out again. Nothing here knows RDF, spaCy or networkx.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.errors import GraphError
from kg.model import Claim, Entity, Fact, Modality, Polarity, Reading, Ref, Value
from kg.ontology import Ontology
from kg.resolve.context import hints
from kg.resolve.divide import divide
from kg.resolve.identity import Identity
from kg.resolve.link import Linking, resolve
from kg.resolve.names import NameReader, split_words

Object = Ref | Value | str
LEAST_CONFIDENCE = 0.5  # of a claim behind a plain triple: likelier true and complete than not


def asserted(claim: Claim) -> bool:
    """The one policy for plain triples: affirmed, unhedged, in the article's own voice, and read with some confidence.

    "X denied buying Y", "X may buy Y" and "analysts say X bought Y" are kept as claims but are no triples, and so is what
    is less likely than `LEAST_CONFIDENCE` to be true and complete.
    """
    plain = claim.polarity is Polarity.POSITIVE and claim.modality is Modality.ASSERTED
    return plain and not claim.attribution and claim.confidence >= LEAST_CONFIDENCE


@dataclass(frozen=True)
class Graph:
    """Everything some articles say, and the entities and facts that follow. Equal when their readings are equal.

    Make one with `Graph.of(readings, ontology)`; `readings` are sorted by article id.
    """

    readings: tuple[Reading, ...]
    ontology: Ontology = field(compare=False, repr=False)
    identity: Identity = field(default_factory=Identity)

    @classmethod
    def of(cls, readings: Iterable[Reading], ontology: Ontology, identity: Identity | None = None) -> Graph:
        """A graph of these readings in any order; the same text under the same id counts once.

        `identity` holds a person's decisions about who is who, and a list of known entities. Where one text was read twice with
        different results (from another path, say), the reading first in the order of their `repr` stays: arbitrary, but the
        same whatever came first. Raises GraphError when two different texts have one id.
        """
        identity = identity or Identity()
        by_id: dict[str, Reading] = {}
        for reading in (divide(r, identity.decisions) for r in readings):
            known = by_id.setdefault(reading.article, reading)
            if known.digest != reading.digest:
                raise GraphError(_conflict(known, reading))
            if known != reading:
                by_id[reading.article] = min(known, reading, key=repr)
        kept = tuple(by_id[key] for key in sorted(by_id))
        return cls(kept, ontology, identity.for_readings(kept, ontology))

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of the articles, sorted."""
        return tuple(reading.article for reading in self.readings)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """All entities, sorted by id; each referent of each article belongs to exactly one."""
        return self.linking.entities

    @cached_property
    def linking(self) -> Linking:
        """The entities with the reasons for each merge, and what was only proposed."""
        referents = (r for reading in self.readings for r in reading.referents)
        return resolve(
            referents,
            self.ontology,
            self.identity.decisions,
            self.identity.catalogue,
            hints(self.readings, self.ontology),
        )

    @cached_property
    def facts_all(self) -> tuple[Fact, ...]:
        """All facts, also the denied, hedged and merely reported ones (`fact.asserted` is False), sorted."""
        return tuple(_derive(self))

    @cached_property
    def _entity_of(self) -> dict[tuple[str, str], str]:
        return {place: entity.id for entity in self.entities for place in entity.referents}

    @cached_property
    def _by_id(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def _by_name(self) -> dict[tuple[str, ...], tuple[tuple[int, str], ...]]:
        """Folded words of every label (strength 0) and alias (1), and both without legal form (2) -> the entities so called."""
        found: dict[tuple[str, ...], set[tuple[int, str]]] = {}
        for entity in self.entities:
            for strength, names in enumerate(((entity.label,), entity.aliases)):
                for name in names:
                    found.setdefault(split_words(name), set()).add((strength, entity.id))
                    found.setdefault(self._reader.read(name).core, set()).add((2, entity.id))
        return {words: tuple(sorted(hits)) for words, hits in found.items()}

    @cached_property
    def _reader(self) -> NameReader:
        return NameReader(self.ontology)

    def _hits(self, name: str) -> list[tuple[int, str]]:
        """(strength, id) of all entities so called, the strongest first."""
        return sorted(
            {*self._by_name.get(split_words(name), ()), *self._by_name.get(self._reader.read(name).core, ())}
        )

    def entity_of(self, article: str, key: str) -> str:
        """The id of the entity behind a claim's `subject` or `Ref.key`. Raises GraphError for an unknown place."""
        try:
            return self._entity_of[article, key]
        except KeyError:
            raise GraphError(
                f"article {article!r} has no referent {key!r}; its reading is damaged, build it again"
            ) from None

    def entity(self, name: str) -> Entity:
        """The entity with this id, label or alias; case, accents, punctuation and legal forms do not matter.

        An id wins over a label, a label over an alias. Raises GraphError when nothing, or more than one thing, is called so.
        """
        if name in self._by_id:
            return self._by_id[name]
        hits = self._hits(name)
        best = [identifier for strength, identifier in hits if strength == hits[0][0]]
        if len(best) == 1:
            return self._by_id[best[0]]
        if best:
            raise GraphError(f"{name!r} may be any of {', '.join(best)}; give one of these ids")
        names = sorted({n for entity in self.entities for n in (entity.id, entity.label)})
        near = difflib.get_close_matches(name, names, n=3) if len(names) <= 50_000 else []
        hint = f"near: {', '.join(near)}" if near else "list all names with graph.entities"
        raise GraphError(f"no entity is called {name!r} in this graph; {hint}")

    def facts(
        self,
        subject: str | None = None,
        relation: str | None = None,
        object: str | Value | None = None,
        asserted: bool | None = True,
    ) -> Iterator[Fact]:
        """Facts that match, sorted. Subject and object are ids, labels or aliases; an object may be a literal's text, too.

        `asserted=True` gives plain facts, False the denied, hedged and reported ones, None both.

        >>> [fact.object.key for fact in graph.facts("Alibaba", "launches")]
        ['S1']
        """
        objects = self.called(object) if isinstance(object, str) else frozenset()
        places = self._places_of if subject is None else sorted(self.called(subject))
        for fact in (self.facts_all[i] for name in places for i in self._places_of.get(name, ())):
            if (
                (asserted is None or fact.asserted == asserted)
                and (relation is None or fact.relation == relation)
                and (object is None or _is_object(fact.object, object, objects))
            ):
                yield fact

    @cached_property
    def _places_of(self) -> dict[str, range]:
        """Subject -> where its facts stand in `facts_all`, which is sorted by subject."""
        found: dict[str, range] = {}
        for place, fact in enumerate(self.facts_all):
            start = found[fact.subject].start if fact.subject in found else place
            found[fact.subject] = range(start, place + 1)
        return found

    def called(self, name: str) -> frozenset[str]:
        """Ids of all entities with this id, label or alias; case, accents, punctuation and legal forms do not matter."""
        hits = {identifier for _, identifier in self._hits(name)}
        return frozenset(hits | ({name} & self._by_id.keys()))

    def why(
        self, fact: Fact | str, relation: str | None = None, object: str | Value | None = None
    ) -> list[Claim]:
        """The claims behind one fact, or behind every fact of a subject, relation and object; sorted by article and place.

        Denials, hedges and reports of it are among them: each claim carries its polarity, modality and attribution.
        Raises GraphError when the subject is unknown.
        """
        if isinstance(fact, Fact):
            return list(fact.claims)
        if not self.called(fact):
            self.entity(fact)
        found = (claim for f in self.facts(fact, relation, object, asserted=None) for claim in f.claims)
        return sorted(found, key=_place)

    def neighbours(self, name: str) -> tuple[Entity, ...]:
        """The entities that an asserted fact links to this one, in either direction, sorted by id."""
        me = self.entity(name).id
        found = set()
        for fact in self.facts():
            if isinstance(fact.object, Ref) and me in (fact.subject, fact.object.key):
                found.add(fact.object.key if fact.subject == me else fact.subject)
        return tuple(self._by_id[identifier] for identifier in sorted(found))

    def claims(self) -> Iterator[Claim]:
        """Every claim of every article, by article id and place."""
        for reading in self.readings:
            yield from reading.claims

    def remove(self, article: str) -> Graph:
        """The graph without one article. Raises GraphError when it has no such article."""
        if article not in self.articles:
            raise GraphError(
                f"no article {article!r} in this graph; it has {len(self.readings)}, see graph.articles"
            )
        left = tuple(r for r in self.readings if r.article != article)
        return Graph(left, self.ontology, self.identity.for_readings(left, self.ontology))


def merge(a: Graph, b: Graph) -> Graph:
    """Both graphs in one: the union of their readings; entities and facts are derived anew.

    Raises GraphError when an article id stands for different texts, or when the graphs were made with different ontologies.
    """
    if a.ontology.digest != b.ontology.digest:
        raise GraphError(
            "the two graphs were built with different ontologies; build one of them again with the other's"
        )
    return Graph.of((*a.readings, *b.readings), a.ontology, a.identity | b.identity)


def _conflict(a: Reading, b: Reading) -> str:
    places = " and ".join(sorted({a.source or "unknown source", b.source or "unknown source"}))
    return f"article id {a.article!r} stands for two different texts ({places}); rename one of them"


def _place(claim: Claim) -> tuple[str, int, int, str, str]:
    return (claim.article, claim.sentence.start, claim.sentence.end, claim.relation, claim.rule)


def _is_object(found: Object, wanted: str | Value, ids: frozenset[str]) -> bool:
    if isinstance(wanted, Value):
        return isinstance(found, Value) and _identity(found) == _identity(wanted)
    if isinstance(found, Ref):
        return found.key in ids
    if isinstance(found, Value):
        return wanted in (found.text, found.number, found.iso) or split_words(wanted) == split_words(
            found.text
        )
    return split_words(wanted) == split_words(found)


def _identity(object: Object) -> tuple[str, ...]:
    """What two objects must share to be one: a value's meaning rather than its wording, a phrase's words without case."""
    if isinstance(object, Ref):
        return ("entity", object.key)
    if isinstance(object, Value):
        meaning = (object.number or "", object.high or "", object.unit or "", object.iso or "")
        return (
            ("value", object.kind, *meaning)
            if any(meaning)
            else ("value", object.kind, *object.text.casefold().split())
        )
    return ("text", *object.casefold().split())


def _wording(objects: Sequence[Object]) -> Object:
    """One of several objects of the same identity: the exact before the approximate, the frequent before the rare."""
    counts = Counter(objects)

    def preference(candidate: Object) -> tuple[bool, int, str]:
        vague = isinstance(candidate, Value) and candidate.approximate
        return (vague, -counts[candidate], candidate.text if isinstance(candidate, Value) else str(candidate))

    return min(counts, key=preference)


def _derive(graph: Graph) -> Iterator[Fact]:
    """Claims of one subject, relation, object, polarity and modality become one fact; a thing's relation to itself is none."""
    groups: dict[tuple[str, str, tuple[str, ...], str, str], list[tuple[Object, Claim]]] = {}
    for claim in graph.claims():
        subject = graph.entity_of(claim.article, claim.subject)
        target: Object = claim.object
        if isinstance(target, Ref):
            target = Ref(graph.entity_of(claim.article, target.key))
            if target.key == subject:
                continue
        key = (subject, claim.relation, _identity(target), claim.polarity.value, claim.modality.value)
        groups.setdefault(key, []).append((target, claim))
    for key in sorted(groups):
        claims = sorted((claim for _, claim in groups[key]), key=_place)
        yield Fact(
            subject=key[0],
            relation=key[1],
            object=_wording([target for target, _ in groups[key]]),
            polarity=Polarity(key[3]),
            modality=Modality(key[4]),
            asserted=any(asserted(claim) for claim in claims),
            claims=tuple(claims),
            open=all(claim.open for claim in claims),
        )
