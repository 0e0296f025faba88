"""The rungs between articles, the surest first; each joins sets of referents and says why.

A person's decisions and list come first, then names of equal key, then names that an article gives for one thing (acronyms, short
forms, former names), then domain names and misspellings. Two things that one article tells apart are not joined by the later rungs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.model import Form, Referent
from kg.ontology import Ontology
from kg.resolve.bodies import bodies
from kg.resolve.clusters import Clusters
from kg.resolve.context import NOTHING, Hint, Place
from kg.resolve.draft import linkable, read_name
from kg.resolve.kinds import KINDS, compatible, kind_of
from kg.resolve.known import Matches
from kg.resolve.ladder import EVERYWHERE, rung
from kg.resolve.names import DOMAIN, NameReader, fold
from kg.resolve.people import given_names, persons
from kg.resolve.variants import variants
from kg.resolve.wishes import Wishes

CERTAIN = 9  # letters from which one slip of the pen is taken for one without further proof
COMMON = 0.02  # a name in more than this share of the articles (and in more than 10) tells nothing about who is meant
# How sure each rung is; what a rung only proposes is worth less than 0.85.
SCORES = {
    "your decision": 1.0,
    "your list": 1.0,
    "identical": 1.0,
    "spelling": 0.99,
    "known alias": 0.98,
    "title": 0.97,
    "legal form": 0.96,
    "acronym": 0.94,
    "short form": 0.92,
    "former name": 0.92,
    "domain name": 0.9,
    "other name": 0.9,
    "given name": 0.9,
    "misspelling": 0.88,
    "nation and kind": 0.88,
}
DOUBT = 0.7  # of the score remains where a rung only proposes


@dataclass(frozen=True, slots=True, order=True)
class Join:
    """Why two names are one thing, or might be. `made` is False for a mere proposal."""

    one: Place
    other: Place
    rung: str
    score: float
    made: bool


class Joining:
    """Joins the referents of many articles; what was done and what was only thought of is in `joins`."""

    def __init__(
        self,
        items: Sequence[Referent],
        ontology: Ontology,
        reader: NameReader,
        matches: Matches,
        wishes: Wishes,
        hints: Mapping[Place, Hint],
    ) -> None:
        self.items = items
        self.ontology = ontology
        self.reader = reader
        self.matches = matches
        self.wishes = wishes
        self.hints = hints
        self.kinds = [kind_of(item.type, ontology) for item in items]
        self.names = [read_name(item, ontology, reader) for item in items]
        sides: dict[int, dict[str, int]] = {p: dict(side) for p, side in matches.sides.items()}
        for position, given in wishes.sides.items():
            sides.setdefault(position, {}).update(given)
        self.sets = Clusters(len(items), sides)
        self.joins: list[Join] = []
        self.problems: list[str] = []
        self._seen: dict[str, frozenset[str]] = {}
        self._near: dict[str, frozenset[str]] = {}
        self.blocks: dict[str, list[int]] = {}
        for position, item in enumerate(items):
            if linkable(item, ontology, self.names[position]):
                self.blocks.setdefault(self._key(position), []).append(position)

    def run(self) -> list[list[int]]:
        """The clusters, each as sorted positions."""
        self._decided()
        self._listed()
        for key in sorted(self.blocks):
            self._compare(self.blocks[key])
        rungs = (
            self._spelt_out,
            self._renamed,
            self._domains,
            self._misspelt,
            self._nicknamed,
            self._described,
        )
        for propose in rungs:
            for one, other, reason, sure in sorted(propose()):
                self._join(one, other, reason, sure)
        return self.sets.sets()

    def _key(self, position: int) -> str:
        return self.names[position].key if self._named(position) else " ".join(self.names[position].words)

    def _named(self, position: int) -> bool:
        return self.items[position].form == Form.NAME

    def _join(self, one: int, other: int, reason: str, sure: bool = True) -> bool:
        """Join two sets if nothing forbids it, and remember why where the names differ."""
        if self.sets.root(one) == self.sets.root(other):
            return True
        made = sure and self.sets.join(one, other)
        a, b = self.items[one], self.items[other]
        if a.name != b.name or not made:
            score = round(SCORES[reason] * (1.0 if sure else DOUBT), 3)
            self.joins.append(Join((a.article, a.key), (b.article, b.key), reason, score, made))
        return made

    # What a person has laid down.

    def _decided(self) -> None:
        for group in self.wishes.same:
            for position in group[1:]:
                if not self._join(group[0], position, "your decision"):
                    a, b = self.items[group[0]].name, self.items[position].name
                    self.problems.append(
                        f"same: {a!r} and {b!r} stay apart, since `different` goes before `same`"
                    )

    def _listed(self) -> None:
        first: dict[str, int] = {}
        for position in sorted(self.matches.entries):
            self._join(first.setdefault(self.matches.entries[position].id, position), position, "your list")

    # Names of equal key.

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
        people = groups.pop("Person", [])
        for members in (*groups.values(), phrases, *persons(people, self._hint, self._company)):
            self._gather(members)

    def _gather(self, members: Sequence[int]) -> None:
        """One set of all; where decisions keep some apart, each other goes with the first that will have it."""
        heads: list[int] = []
        for position in members:
            for head in heads:
                if self.sets.may_join(head, position):
                    self._join(head, position, self._rung(head, position))
                    break
            else:
                heads.append(position)

    def _rung(self, one: int, other: int) -> str:
        if self.items[one].name == self.items[other].name:
            return "identical"
        return rung(self.names[one], self.names[other], EVERYWHERE) or "spelling"

    def _is_guess(self, position: int) -> bool:
        """A place on the pipeline's word alone: of no special class, and named by two words or more."""
        general = all(kind == "Place" for kind, _ in self.items[position].types)
        return general and len(self.names[position].core) > 1

    def _hint(self, position: int) -> Hint:
        item = self.items[position]
        return self.hints.get((item.article, item.key), NOTHING)

    # Names that articles give for one thing.

    def _spelt_out(self) -> Iterator[tuple[int, int, str, bool]]:
        """A bare acronym, ticker or short form is the one entity that some article calls so beside its full name.

        Of two entities called so it may be either: nobody gets it. "Chrome" is Google Chrome, "Micron" Micron Technology; the loose
        last word ("the Commission") means something only in its article, and a wholly other name ("Facebook" for Meta) is
        proposed only.
        """
        claimed: dict[str, dict[int, tuple[int, bool]]] = {}
        for position, item in enumerate(self.items):
            if not self._named(position) or item.local:
                continue
            short = [*item.aliases, *(ticker.upper() for ticker in sorted(self._hint(position).tickers))]
            for alias in short:
                name, full = self.reader.read(alias), self.names[position]
                apart = not set(name.words) & set(full.words)  # "AI" is no name of wearable AI
                sure = apart if name.acronym else self._shortens(full.core, name.core, position)
                if name.key != full.key and (sure or (apart and self.kinds[position] != "Person")):
                    claimants = claimed.setdefault(name.key, {})
                    claimants.setdefault(self.sets.root(position), (position, sure))
        for key in sorted(claimed):
            bare = [p for p in self.blocks.get(key, ()) if self._named(p)]
            owners = set(claimed[key]) - self.sets.roots(bare)
            for position in bare:
                acronym = self.names[position].acronym
                for owner, sure in sorted(claimed[key][root] for root in owners):
                    if not compatible(self.kinds[owner], self.kinds[position]):
                        continue
                    if acronym or not self._told_apart(owner, position):
                        reason = "acronym" if acronym else "short form" if sure else "other name"
                        yield owner, position, reason, sure and len(owners) == 1

    def _shortens(self, full: tuple[str, ...], short: tuple[str, ...], position: int) -> bool:
        """A company's name without its end, a thing's name without its maker."""
        kind = self.kinds[position]
        return len(short) < len(full) and (
            (kind in ("Organization", "Thing") and full[: len(short)] == short)
            or (kind == "Thing" and full[-len(short) :] == short)
        )

    def _renamed(self) -> Iterator[tuple[int, int, str, bool]]:
        """ "Aldera, formerly Castle Mills": the old name means the same thing, if only one thing bears it."""
        for position in range(len(self.items)):
            if not self._named(position):
                continue
            for text in sorted(self._hint(position).other_names):
                fits = [
                    p
                    for p in self.blocks.get(self.reader.read(text).key, ())
                    if self._named(p) and compatible(self.kinds[position], self.kinds[p])
                ]
                if len(self.sets.roots(fits)) == 1:
                    yield position, fits[0], "former name", True

    def _domains(self) -> Iterator[tuple[int, int, str, bool]]:
        """ "meinemarken.de" is Meine Marken."""
        for key in sorted(self.blocks):
            for position in self.blocks[key][:1]:
                match = DOMAIN.fullmatch(self.items[position].name)
                if match is None or self.kinds[position] == "Person":
                    continue
                bare = fold(match[1]).replace("-", "")
                fits = [p for p in self.blocks.get(bare, ()) if self._named(p) and self.kinds[p] != "Person"]
                if bare != key and len(self.sets.roots(fits)) == 1:
                    yield (
                        fits[0],
                        position,
                        "domain name",
                        self.kinds[fits[0]] in ("Organization", "Thing", ""),
                    )

    def _misspelt(self) -> Iterator[tuple[int, int, str, bool]]:
        """One slip of the pen apart, of one kind, and never named in one article.

        Long names of organisations need no more; people (Mario and Maria) and shorter names also need a telling name that stands
        in articles of both. Only organisations, things and people are spelt at will.
        """
        keys = [key for key, block in self.blocks.items() if self._named(block[0])]
        for a, b, likeness in variants(keys):
            one, other = self.blocks[a][0], self.blocks[b][0]
            kinds = {self.kinds[one], self.kinds[other]}
            if len(kinds) > 1 or kinds & {"Place", ""} or self._inflected(a, b):
                continue
            if self._told_apart(one, other):
                continue
            sure = "Person" not in kinds and len(a) >= CERTAIN and likeness >= 1 - 1 / CERTAIN
            yield one, other, "misspelling", sure or self._meet(one, other)

    def _nicknamed(self) -> Iterator[tuple[int, int, str, bool]]:
        """Bob Iger is Robert Iger, and so is R. Iger, where a telling name stands beside both and no article names both."""
        people = [block[0] for block in self.blocks.values() if self.kinds[block[0]] == "Person"]
        position_of = {self.names[p].core: p for p in people if self._named(p)}
        for full, short in given_names(list(position_of), self.ontology.words.get("nickname", {})):
            one, other = position_of[full], position_of[short]
            if not self._told_apart(one, other):
                yield one, other, "given name", self._meet(one, other)

    def _inflected(self, a: str, b: str) -> bool:
        """One is the plural of the other: Future and Futures may be two firms."""
        return a + "s" == b or b + "s" == a

    def _described(self) -> Iterator[tuple[int, int, str, bool]]:
        """ "Ireland's data regulator": the one body of that kind and nation that the article names."""
        for position, fits in bodies(self.items, self.names, self.kinds, self.ontology):
            if len(self.sets.roots(fits)) == 1:
                yield fits[0], position, "nation and kind", True

    # Context.

    @cached_property
    def _articles(self) -> dict[str, frozenset[str]]:
        """Article -> keys of the people, companies and things it names that are not in many articles."""
        named: dict[str, set[str]] = {}
        counts: dict[str, int] = {}
        for position, item in enumerate(self.items):
            keys = named.setdefault(item.article, set())
            if self._named(position) and self.kinds[position] != "Place" and self.names[position].full:
                keys.add(self.names[position].key)
        for keys in named.values():
            for key in keys:
                counts[key] = counts.get(key, 0) + 1
        most = max(10, COMMON * len(named))
        return {
            article: frozenset(key for key in keys if counts[key] <= most) for article, keys in named.items()
        }

    def _company(self, position: int) -> frozenset[str]:
        """The telling names beside a referent."""
        return self._articles[self.items[position].article] - {self.names[position].key}

    def _meet(self, one: int, other: int) -> bool:
        """Whether a telling name stands beside both names somewhere."""
        return not self._around(one).isdisjoint(self._around(other))

    def _around(self, position: int) -> frozenset[str]:
        """The telling names in the first articles that call something so."""
        key = self.names[position].key
        if key not in self._near:
            block = self.blocks[key][:50]
            self._near[key] = frozenset(name for p in block for name in self._company(p))
        return self._near[key]

    def _told_apart(self, one: int, other: int) -> bool:
        """Whether some article names both, as two things."""
        return not self._places(self.names[one].key).isdisjoint(self._places(self.names[other].key))

    def _places(self, key: str) -> frozenset[str]:
        """The articles in which something is called so first of all."""
        if key not in self._seen:
            self._seen[key] = frozenset(self.items[p].article for p in self.blocks.get(key, ()))
        return self._seen[key]
