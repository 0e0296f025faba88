"""What an article talks about, as far as it has been read: the candidates that an anaphor may mean, and their weight.

Salience follows Lappin and Leass, "An Algorithm for Pronominal Anaphora Resolution" (Computational Linguistics 20(4), 1994): recent
sentences and subjects count more, a mention keeps half of its weight from one sentence to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import log2

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.coref.seen import OBJECT, OBLIQUE, POSSESSIVE, SUBJECT, Seen, Sight, ancestors, said_of
from kg.extract.coref.speech import Speech
from kg.model import Form
from kg.resolve.link import Clusters, kind_of
from kg.resolve.names import Name, NameReader, split_words

WEIGHTS = {SUBJECT: 1.0, OBJECT: 0.65, POSSESSIVE: 0.5, OBLIQUE: 0.45}
ELSEWHERE = 0.3  # weight of a mention in any other role
FADING = 0.5  # what is left of a mention's weight one sentence later
NAME_BONUS = 1.25  # a name is a better antecedent than a description
TOPIC_BONUS = 0.15  # for each doubling of the number of times a thing is named
_ARGUMENTS = frozenset({"nsubj", "obj", "iobj", "obl", "nmod"})


@dataclass(slots=True)
class Thing:
    """One cluster: what its mentions say of it, its names even before they are reached."""

    mentions: list[Seen] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)  # votes
    types: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)  # heads of what it is called
    words: set[str] = field(default_factory=set)  # all words of that
    genders: set[str] = field(default_factory=set)
    pronouns: set[str] = field(default_factory=set)  # "male", "thing", "plural" …
    names: int = 0  # how often the article names it, before and after this place
    plural: bool = False

    @property
    def named(self) -> bool:
        """Called by a name somewhere in the article."""
        return self.names > 0

    @property
    def fresh(self) -> bool:
        """Neither named anywhere nor mentioned so far."""
        return not (self.names or self.mentions)

    @property
    def worded(self) -> bool:
        """Called by a name or noun at least once."""
        return self.named or bool(self.nouns)

    @property
    def kind(self) -> str:
        """The kind most mentions vote for."""
        return min(self.kinds, key=lambda k: (-self.kinds[k], k), default="")

    @property
    def weight(self) -> float:
        """Names before descriptions, and what the article keeps naming before what it names once."""
        return NAME_BONUS + TOPIC_BONUS * log2(self.names) if self.names else 1.0

    def absorb(self, other: Thing) -> None:
        """Take over what is known of another cluster."""
        self.mentions = sorted(self.mentions + other.mentions, key=lambda s: s.head.i)
        for kind, count in other.kinds.items():
            self.kinds[kind] = self.kinds.get(kind, 0) + count
        self.types |= other.types
        self.nouns |= other.nouns
        self.words |= other.words
        self.genders |= other.genders
        self.pronouns |= other.pronouns
        self.names += other.names
        self.plural |= other.plural


Weighed = list[tuple[float, Seen]]


class Things:
    """The clusters of an article while it is read from left to right; joining two joins `sets` as well."""

    def __init__(
        self, seen: Sequence[Seen], sight: Sight, sets: Clusters, rungs: dict[int, str], reader: NameReader
    ) -> None:
        self.order = sorted(seen, key=lambda s: (s.head.i, s.index))
        self.by_head = {item.head.i: item for item in seen}
        self.sight = sight
        self.sets = sets
        self.rungs = rungs
        self.speech = Speech(sight.doc, sight.ontology.words.get("reporting_verb", {}))
        self.recent: list[Seen] = []
        self.meant: dict[int, int] = {}  # index of a mention -> index of the one it was joined to
        self._things: dict[int, Thing] = {}
        names = [s for s in self.order if s.mention.form is Form.NAME and not s.adjective]
        fullest: dict[int, int] = {}
        for item in names:
            size = len(reader.read(item.mention.text).core)
            fullest[self.root(item)] = max(size, fullest.get(self.root(item), 0))
        for item in names:
            self._name(item, reader.read(item.mention.text), fullest[self.root(item)])
        for thing in self._things.values():
            thing.types = {t for t in thing.types if kind_of(t, sight.ontology) == thing.kind}
            thing.plural &= thing.kind != "Organization"

    def _name(self, item: Seen, name: Name, fullest: int) -> None:
        """What any mention of a name says of it holds for all, also before that place; full names vote for the kind."""
        thing = self.of(item)
        thing.names += 1
        thing.plural |= item.plural
        thing.genders |= {item.gender} - {""}
        thing.words.update(name.words)
        thing.nouns.update(name.words[-1:])
        for noun in said_of(item.head):
            said = self.by_head.get(noun.i)
            thing.nouns.add(tree.lemma(noun))
            thing.words.update(split_words(said.mention.text) if said is not None else ())
        for type_name, votes in self.sight.evidence(item, name) if len(name.core) == fullest else ():
            kind = kind_of(type_name, self.sight.ontology)
            thing.kinds[kind] = thing.kinds.get(kind, 0) + votes
            thing.types.add(type_name)

    def of(self, item: Seen) -> Thing:
        """The thing a mention stands for."""
        return self._things.setdefault(self.root(item), Thing())

    def root(self, item: Seen) -> int:
        """The number of the mention's cluster."""
        return self.sets.root(item.index)

    def note(self, item: Seen) -> None:
        """The reader has come past this mention."""
        thing = self.of(item)
        thing.mentions.append(item)
        self.recent.append(item)
        if item.mention.form is Form.NAME:
            return
        thing.genders |= {item.gender} - {""}
        if item.mention.form is Form.PRONOUN:
            thing.pronouns.update(item.pronoun[:1] or ("other",))
            return
        thing.nouns.add(item.noun)
        if not thing.named:
            thing.plural = item.plural
            thing.kinds[item.kind] = thing.kinds.get(item.kind, 0) + 1
            thing.types |= {item.mention.type} - {""}

    def join(self, item: Seen, antecedent: Seen, reason: str) -> None:
        """`item` means what `antecedent` means; `reason` is kept as its rung."""
        roots = self.root(antecedent), self.root(item)
        if roots[0] == roots[1]:
            return
        old, new = (self._things.pop(root, Thing()) for root in roots)
        self.sets.join(*roots)
        old.absorb(new)
        self._things[self.root(item)] = old
        self.rungs.setdefault(item.index, reason)
        self.meant.setdefault(item.index, antecedent.index)

    def weigh(
        self,
        item: Seen,
        reach: int,
        fits: Callable[[Seen, Thing], bool],
        liking: Callable[[Seen, Thing], float],
    ) -> Weighed:
        """Clusters mentioned up to `reach` sentences back that fit, with their weight, best first; each by its latest mention."""
        totals: dict[int, float] = {}
        latest: dict[int, Seen] = {}
        banned = self._banned(item)
        for other in reversed(self.recent):
            distance = item.mention.sentence - other.mention.sentence
            if distance > reach:
                break
            root = self.root(other)
            silent = other.adjective or other.pronoun[:1] == ("relative",)
            if other.head.i >= item.head.i or root in banned or silent:
                continue
            totals[root] = totals.get(root, 0.0) + WEIGHTS.get(other.role, ELSEWHERE) * FADING**distance
            latest.setdefault(root, other)
        totals.pop(self.root(item), None)
        found = [
            (total * self._things[root].weight * liking(item, self._things[root]), latest[root])
            for root, total in totals.items()
            if fits(item, self._things[root])
        ]
        return sorted(found, key=lambda pair: (-pair[0], -pair[1].head.i))

    def _banned(self, item: Seen) -> set[int]:
        """Clusters that syntax rules out: arguments of the same predicate, phrases around the anaphor, who speaks of another."""
        tokens: list[Token] = []
        head = item.head
        if item.role != POSSESSIVE or item.mention.form is not Form.PRONOUN:
            for other in (*head.head.children, head.head):
                if other != head and _arguments(head, other):
                    tokens += tree.conjuncts(other)
        beside = head  # "Ann Lee and her son": Ann Lee does not contain "her"
        for governor in ancestors(head):
            if tree.base(beside) not in ("conj", "appos"):
                tokens.append(governor)
            beside = governor
            if tree.is_predicate(governor):
                break
        speaker = self.speech.speaker(head)
        if speaker is not None:  # "He won," Lee said
            tokens.append(speaker)
        return {self.root(self.by_head[t.i]) for t in tokens if t.i in self.by_head}


def _arguments(a: Token, b: Token) -> bool:
    """Two dependents of one predicate, or a dependent and its nominal governor."""
    return tree.base(a) in _ARGUMENTS and (tree.base(b) in _ARGUMENTS or a.head == b)
