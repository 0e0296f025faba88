"""Referents of many articles become entities: block by key, compare inside the block, cluster with union-find, then name.

Between articles only full names link, and phrases only when they are specific and worded alike; a lone "Cook" or an unresolved
"the deal" stays an entity of its article. The result depends on the set of referents alone, not on their order, and the work
grows about linearly with their number: no two referents are compared unless they share a key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kg.model import Entity, Form, Referent
from kg.ontology import Ontology
from kg.resolve.ids import Wish, grant, slug
from kg.resolve.names import Name, NameReader, split_words

# Kinds of things that must not be mixed up, in the order in which they may claim a plain id.
KINDS = ("Organization", "Thing", "Place", "Person")
FALLBACK_TYPES = ("Thing", "Concept")


def kind_of(type_name: str, ontology: Ontology) -> str:
    """The coarse kind of an ontology class: one of KINDS, or "" for an unknown type.

    >>> kind_of("Company", ontology)
    'Organization'
    """
    if not type_name:
        return ""
    return next(
        (kind for kind in ("Person", "Organization", "Place") if ontology.is_a(type_name, kind)), "Thing"
    )


def compatible(a: str, b: str) -> bool:
    """Whether things of two kinds may be one: never a person and anything else, never a place and a company.

    An organisation and a thing may: platforms and brands share the name of their company, and news does not tell them apart.
    """
    return a == b or not a or not b or {a, b} == {"Organization", "Thing"}


def link(referents: Iterable[Referent], ontology: Ontology) -> tuple[Entity, ...]:
    """The entities behind the referents of all articles, sorted by id; every referent is in exactly one.

    >>> [entity.label for entity in link(referents, ontology)]
    ['Alibaba', 'Tim Cook']
    """
    items = sorted(set(referents), key=lambda r: (r.article, r.key))
    reader = NameReader(ontology)
    clusters = _Linker(items, ontology, reader).clusters()
    drafts = [_Draft(cluster, ontology, reader) for cluster in clusters]
    ids = grant(draft.wish for draft in drafts)
    return tuple(sorted((draft.entity(ids[draft.wish]) for draft in drafts), key=lambda e: e.id))


def read_name(referent: Referent, ontology: Ontology, reader: NameReader) -> Name:
    """The referent's name taken apart, as a person's where its type says so."""
    return reader.read(referent.name, person=kind_of(referent.type, ontology) == "Person")


def linkable(referent: Referent, ontology: Ontology, name: Name) -> bool:
    """Whether other articles may speak of the same thing: not an article itself, not local, not a person's lone name."""
    return not referent.local and not ontology.is_a(referent.type, "Article") and name.full


class Clusters:
    """Disjoint sets of positions 0 … n-1 (union-find with path halving); the smallest position stands for a set."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def root(self, item: int) -> int:
        """The position that stands for the set of `item`."""
        while self._above[item] != item:
            self._above[item] = self._above[self._above[item]]
            item = self._above[item]
        return item

    def join(self, a: int, b: int) -> None:
        """Make one set of two."""
        low, high = sorted((self.root(a), self.root(b)))
        self._above[high] = low

    def sets(self) -> list[list[int]]:
        """All sets, each sorted, in order of their smallest position."""
        found: dict[int, list[int]] = {}
        for item in range(len(self._above)):
            found.setdefault(self.root(item), []).append(item)
        return list(found.values())


class _Linker:
    def __init__(self, items: Sequence[Referent], ontology: Ontology, reader: NameReader) -> None:
        self.items = items
        self.ontology = ontology
        self.reader = reader
        self.kinds = [kind_of(item.type, ontology) for item in items]
        self.names = [read_name(item, ontology, self.reader) for item in items]
        self.sets = Clusters(len(items))

    def clusters(self) -> list[list[Referent]]:
        blocks: dict[str, list[int]] = {}
        for position, item in enumerate(self.items):
            if linkable(item, self.ontology, self.names[position]):
                blocks.setdefault(self._key(position), []).append(position)
        for key in sorted(blocks):
            self._compare(blocks[key])
        self._expand(blocks)
        return [[self.items[position] for position in members] for members in self.sets.sets()]

    def _key(self, position: int) -> str:
        return self.names[position].key if self._named(position) else " ".join(self.names[position].words)

    def _named(self, position: int) -> bool:
        return self.items[position].form == Form.NAME

    def _compare(self, block: Sequence[int]) -> None:
        """Join what is compatible inside one block; a name of unknown type goes with the kind most referents have."""
        groups: dict[str, list[int]] = {}
        for position in block:
            if self._named(position):
                kind = self.kinds[position]
                groups.setdefault("Organization" if kind == "Thing" else kind, []).append(position)
        if "Organization" in groups:  # a place of several words that no gazetteer knows is a company misread
            guessed = [p for p in groups.get("Place", ()) if self._is_guess(p)]
            groups["Organization"] += guessed
            groups["Place"] = [p for p in groups.get("Place", ()) if p not in guessed]
        unknown = groups.pop("", [])
        if unknown:
            largest = max(groups, key=lambda kind: (len(groups[kind]), -KINDS.index(kind)), default="")
            groups.setdefault(largest, []).extend(unknown)
        phrases = [position for position in block if not self._named(position)]
        # "bitcoin" is Bitcoin, but "apple" is not Apple: a common noun never joins a company, person or place.
        if phrases and not {self.kinds[p] for p in block if self._named(p)} - {"Thing"}:
            phrases += groups.pop("Organization", [])
        for members in (*groups.values(), phrases):
            for position in members[1:]:
                self.sets.join(members[0], position)

    def _is_guess(self, position: int) -> bool:
        """A place on the pipeline's word alone: of no special class, and named by two words or more."""
        general = all(kind == "Place" for kind, _ in self.items[position].types)
        return general and len(self.names[position].core) > 1

    def _expand(self, blocks: dict[str, list[int]]) -> None:
        """A bare acronym or ticker joins the one entity that some article spelt out beside it; two claimants: nobody."""
        claims: dict[str, dict[int, int]] = {}
        for position, item in enumerate(self.items):
            if self._named(position) and not item.local:
                for alias in item.aliases:
                    name = self.reader.read(alias)
                    if name.acronym and name.key != self.names[position].key:
                        claims.setdefault(name.key, {})[self.sets.root(position)] = position
        joins = []
        for key in sorted(claims):
            bare = [p for p in blocks.get(key, ()) if self._named(p) and self.names[p].acronym]
            claimants = set(claims[key]) - {self.sets.root(p) for p in bare}
            if len(claimants) == 1:
                owner = claims[key][claimants.pop()]
                joins += [(owner, p) for p in bare if compatible(self.kinds[owner], self.kinds[p])]
        for owner, position in joins:
            self.sets.join(owner, position)


class _Draft:
    """A cluster on its way to an entity: its votes for type and label."""

    def __init__(self, members: Sequence[Referent], ontology: Ontology, reader: NameReader) -> None:
        self.members = members
        self.type = vote((r.types for r in members), ontology)
        self.label = self._label(reader)
        first = members[0]
        alone = not linkable(first, ontology, read_name(first, ontology, reader))
        kind = kind_of(self.type, ontology) or "Thing"
        self.wish = Wish(
            stem=f"{slug(first.key)}_{slug(first.article)}" if alone else slug(self.label),
            rank=KINDS.index(kind) + (len(KINDS) if alone else 0),
            suffix=kind,
            witness=f"{first.form}\n{first.article}\n{first.key}",
        )

    def _label(self, reader: NameReader) -> str:
        articles = Counter(r.name for r in self.members)
        mentions: Counter[str] = Counter()
        for referent in self.members:
            mentions[referent.name] += len(referent.mentions)
        spelt = [name for name in articles if not reader.read(name).acronym] or list(articles)

        # An acronym is the label only where nobody spelt it out; capitals throughout are a headline's.
        def rank(name: str) -> tuple[int, int, bool, int, int, str]:
            read = reader.read(name)
            return (-articles[name], -mentions[name], read.shouted, read.trimmings, -len(name), name)

        return min(spelt, key=rank)

    def entity(self, identifier: str) -> Entity:
        names = {name for referent in self.members for name in (referent.name, *referent.aliases)}
        return Entity(
            id=identifier,
            label=self.label,
            type=self.type,
            aliases=tuple(sorted(names - {self.label})),
            referents=tuple((r.article, r.key) for r in self.members),
            named=any(r.form == Form.NAME for r in self.members),
        )


def vote(ballots: Iterable[Iterable[tuple[str, int]]], ontology: Ontology) -> str:
    """The class of an entity: first the kind with most votes, in it the class with most, the specific before the general.

    A vote for Company is one for Organization too, so three votes for Organization and one for Company make a Company.
    Without any vote the answer is the ontology's Thing or Concept, where it has one.
    """
    votes: Counter[str] = Counter()
    for ballot in ballots:
        for type_name, count in ballot:
            if type_name:
                votes[type_name] += count
    if not votes:
        return next((name for name in FALLBACK_TYPES if name in ontology.types), "")
    kinds: Counter[str] = Counter()
    for type_name, count in votes.items():
        kinds[kind_of(type_name, ontology)] += count
    kind = min(kinds, key=lambda k: (-kinds[k], KINDS.index(k)))
    inside = [name for name in votes if kind_of(name, ontology) == kind]
    leaves = [
        name for name in inside if not any(other != name and ontology.is_a(other, name) for other in inside)
    ]
    return min(leaves, key=lambda name: (-votes[name], name))


def phrase_words(text: str, ontology: Ontology) -> tuple[str, ...]:
    """The folded words of a phrase without its determiners: what two phrases must share to be one entity."""
    determiners = ontology.words.get("determiner", {})
    return tuple(word for word in split_words(text) if word not in determiners)
