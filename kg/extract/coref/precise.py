"""Which of the ranker's and the rules' links the graph may build on: sure ones between things that agree.

A pronoun's chances run through the pronouns before it: if "its" means "it" and "it" means Nvidia, both speak for Nvidia. So every
mention gets a distribution over the things of the article, which is the marginal of all antecedent trees (Durrett and Klein 2013).
Things that disagree in number, gender or kind are struck out, and the likeliest of the rest is meant if it is likely enough: an
unresolved "it" is better than a wrong one. Relative and reflexive pronouns and the "we" of a quotation are left to grammar.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kg.extract import tree
from kg.extract.coref.affinity import Floats
from kg.extract.coref.columns import KIND_NAMES, Columns
from kg.extract.coref.links import NOMINAL, PRONOUN, THIRD_PERSON
from kg.extract.coref.pairs import Pairs
from kg.extract.coref.seen import POSSESSIVE, Seen
from kg.model import Form
from kg.ontology import Ontology
from kg.resolve.link import Clusters, compatible

SECONDED = 0.8  # of the chance that is asked for is enough where the rules think so too
DOUBT = 0.5  # a description the rules resolve needs as much of a chance: below, they are wrong twice as often as right
OWNER = 0.2  # from this chance on that a word inside a phrase means a thing, the phrase does not
FAINT = 0.01  # smaller chances are forgotten
GRAMMAR = frozenset({"relative pronoun", "reflexive", "speaker", "speaker's organisation"})
SALIENCE = frozenset({"description", "known description"})
PARTIES = frozenset({"nsubj", "obj", "iobj", "obl"})
COMPLEMENTS = frozenset({"obj", "iobj", "obl", "ccomp", "xcomp"})
AUTHORITY = {-1}
INDEFINITE = frozenset({"a", "an", "any", "every", "each", "no", "some", "another"})


@dataclass(slots=True)
class _Thing:
    """What is known of a cluster so far."""

    index: int  # of one mention
    named: bool = False
    names: set[frozenset[str]] = field(default_factory=set)  # their words
    kind: str = ""
    sectors: set[int] = field(default_factory=set)  # 1 for a firm, -1 for an authority
    origins: frozenset[str] = frozenset()  # nations told beside its names
    genders: set[str] = field(default_factory=set)
    plural: bool = False
    phrases: dict[str, set[frozenset[str]]] = field(default_factory=dict)  # noun -> what stands before it


class Precise:
    """Joins the pronouns and descriptions of one article to what they surely mean; `sets` and `rungs` are changed in place.

    `ruled` holds, for mentions the rules resolve, the index of a name or other mention that is meant, and the reason; `least` the
    chance from which on a mention of each form (name, nominal, pronoun) is resolved, as `calibrate` found it.
    """

    def __init__(
        self,
        columns: Columns,
        sets: Clusters,
        rungs: dict[int, str],
        ruled: Mapping[int, tuple[int, str]],
        ontology: Ontology,
        least: Floats,
    ) -> None:
        self.columns = columns
        self.least = least
        self.sets = sets
        self.rungs = rungs
        self.ruled = ruled
        self.ontology = ontology
        self.collective = ontology.words.get("collective_noun", {})
        self.generic = ontology.words.get("generic_modifier", {})
        self.thing_of = [
            sets.root(item.index) for item in columns.order
        ]  # as the rules for names and phrases left them
        self.tokens: list[int] = columns["token"].tolist()
        self.row_at = {token: row for row, token in enumerate(self.tokens)}
        self.row_of = {item.index: row for row, item in enumerate(columns.order)}
        self.things: dict[int, _Thing] = {}
        self.latest: dict[int, int] = {}  # thing -> row of its latest mention
        self.means: list[dict[int, float]] = []  # for each mention so far its chances to stand for each thing
        for row in range(len(columns)):
            self._note(row)
        self.named = {sets.root(thing.index) for thing in self.things.values() if thing.named}  # roots
        self.links: dict[int, list[tuple[int, float]]] = {}  # thing -> those joined to it, and how surely

    def _note(self, row: int) -> None:
        """What a mention says of the thing it stands for."""
        item = self.columns.order[row]
        thing = self.things.setdefault(self.thing_of[row], _Thing(item.index))
        named = bool(self.columns["named"][row])
        if item.mention.form is not Form.PRONOUN:
            if named or not thing.named:
                thing.kind = KIND_NAMES[self.columns["kind"][row]] or thing.kind
                thing.plural = item.plural if not named else bool(self.columns["several"][row])
            if item.mention.form is Form.NOMINAL:
                thing.phrases.setdefault(item.noun, set()).add(self._telling(row))
        if named:
            thing.sectors |= self._sector(row)
            thing.origins |= self.columns.origins.get(int(self.columns["cluster"][row]), frozenset())
            thing.names.add(frozenset(self.columns.words[row]))
        thing.named |= named
        thing.genders |= {item.gender} - {""}

    def _telling(self, row: int) -> frozenset[str]:
        """The words of a phrase that single a thing out: "e-commerce" of "the new e-commerce segment"."""
        words = self.columns.words[row] - {self.columns.order[row].noun, self.columns.order[row].head.lower_}
        return frozenset(word for word in words if word not in self.generic)

    def run(self, pairs: Pairs, chance: Floats) -> None:
        """Resolve what is sure, in reading order."""
        ends = np.flatnonzero(pairs.candidate < 0).tolist()  # the last pair of each mention
        candidates, values = pairs.candidate.tolist(), chance.tolist()
        start = 0
        for row, end in enumerate(ends):
            self._read(row, candidates[start:end], values[start:end], values[end])
            best = max(self.means[row], key=lambda thing: (self.means[row][thing], -thing))
            self.latest[best] = row
            start = end + 1

    def repeat(self, again: Sequence[tuple[int, int]]) -> None:
        """Join mentions of the same words of which the later one stands for nothing yet."""
        for first, other in again:
            if self.sets.root(other) not in self.named:
                self._join(other, first, "same phrase")

    def weigh(self) -> None:
        """Write into the rung of each mention that was resolved to a name the chance of the whole way to it: if "the firm" means
        Norda by 0.8 and "it" the firm by 0.7, "it" means Norda by 0.56."""
        ways = {thing: 1.0 for thing in sorted(self.things) if self.things[thing].named}
        reached = list(ways)
        for thing in reached:  # grows: joined things hang together like trees
            for other, chance in self.links.get(thing, ()):
                if other not in ways:
                    ways[other] = ways[thing] * chance
                    reached.append(other)
        for thing, item in zip(self.thing_of, self.columns.order, strict=True):
            if ways.get(thing, 1.0) < 1.0:
                words = self.rungs.get(item.index, "same phrase").split()
                reason = " ".join(words[:-1] if words[-1][0].isdigit() else words)
                self.rungs[item.index] = f"{reason} {ways[thing]:.2f}"

    def _read(self, row: int, candidates: list[int], values: list[float], new: float) -> None:
        item, own = self.columns.order[row], self.thing_of[row]
        antecedent, reason = self.ruled.get(item.index, (-1, ""))
        if reason in GRAMMAR:
            self._join(item.index, antecedent, reason)
            self.means.append(
                self.means[self.row_of[antecedent]] if self.row_of[antecedent] < row else {own: 1.0}
            )
            return
        if self.things[own].named:
            self.means.append({own: 1.0})
            return
        found: dict[int, float] = {}
        for candidate, value in zip(candidates, values, strict=True):
            if value > FAINT:
                for thing, share in self.means[candidate].items():
                    found[thing] = found.get(thing, 0.0) + value * share
        new += found.pop(own, 0.0)
        if self._is_anaphor(row, item):
            inside = self._inside(row) | self._told_of(row) | self._owned(row) | self._done_to(item)
            inside |= self._named_below(item)
            found = {
                thing: value
                for thing, value in found.items()
                if thing not in inside
                and not self._spells(row, thing)
                and self._agrees(row, self.things[thing])
            }
        total = sum(found.values()) + new
        found = {thing: value / total for thing, value in found.items() if value / total > FAINT}
        if self._is_anaphor(row, item):
            self._decide(item, found, antecedent, reason)
        found[own] = max(0.0, 1.0 - sum(found.values()))
        self.means.append(found)

    def _inside(self, row: int) -> set[int]:
        """What is mentioned inside the phrase, and what that most likely means: "the group's arm" is not whom "the group" means."""
        if self.columns["form"][row] == PRONOUN:
            return set()
        tokens, left, right = self.tokens, self.columns["left"][row], self.columns["right"][row]
        first, last = bisect_left(tokens, left), bisect_right(tokens, right)
        inside = [other for other in range(first, last) if other != row]
        read = [self.means[other] for other in inside if other < len(self.means)]
        return {self.thing_of[other] for other in inside} | {
            thing for means in read for thing, share in means.items() if share >= OWNER
        }

    def _done_to(self, item: Seen) -> set[int]:
        """The other parties of what it does or suffers: "the retailer works with Norda" tells of two (binding, Chomsky 1981)."""
        if tree.base(item.head) not in PARTIES:
            return set()
        others = (t for t in item.head.head.children if tree.base(t) in PARTIES and t != item.head)
        tokens = (t.i for other in others for t in tree.conjuncts(other))
        return {self.thing_of[self.row_at[token]] for token in tokens if token in self.row_at}

    def _named_below(self, item: Seen) -> set[int]:
        """What is named in what a subject says or does: in "the company expects Shopee's sales to grow" it is not Shopee (binding)."""
        if tree.base(item.head) != "nsubj":
            return set()
        below = [c for c in item.head.head.rights if tree.base(c) in COMPLEMENTS]
        rows = [self.row_at[t.i] for child in below for t in child.subtree if t.i in self.row_at]
        return {self.thing_of[row] for row in rows if self.columns.order[row].mention.form is Form.NAME}

    def _owned(self, row: int) -> set[int]:
        """What the pronoun owns: "Norda, its largest customer", "Norda is its customer": it is not Norda."""
        item = self.columns.order[row]
        if item.mention.form is not Form.PRONOUN or tree.base(item.head) != "nmod" or item.role != POSSESSIVE:
            return set()
        owned = item.head.head
        tokens = {owned.i, *(t.i for t in tree.children(owned, "nsubj", "appos"))}
        if owned.dep_ in ("appos", "nmod:desc", "flat"):
            tokens.add(owned.head.i)
        return {self.thing_of[self.row_at[token]] for token in tokens if token in self.row_at}

    def _spells(self, row: int, thing: int) -> bool:
        """Whether the phrase holds the thing's name without being it: no mention may stand for a name inside a description."""
        words = self.columns.words[row]
        return self.columns["form"][row] == NOMINAL and any(
            name <= words for name in self.things[thing].names
        )

    def _told_of(self, row: int) -> set[int]:
        """Whom the noun is told of that the phrase hangs on: what is "part of the division" is not the division."""
        head = self.columns.order[row].head
        if (
            self.columns["form"][row] == PRONOUN
            or tree.base(head) != "nmod"
            or not tree.child(head.head, "cop")
        ):
            return set()
        subjects = {t.i for s in tree.children(head.head, "nsubj") for t in tree.conjuncts(s)}
        return {self.thing_of[other] for other in range(row) if self.tokens[other] in subjects}

    def _is_anaphor(self, row: int, item: Seen) -> bool:
        """A third-person pronoun that stands for something, or a description: not what only tells of a thing what it is."""
        if self.columns["form"][row] == PRONOUN:
            return self.columns["pronoun"][row] in THIRD_PERSON and not self.columns["expletive"][row]
        if self.columns["form"][row] != NOMINAL:
            return False
        told = self.columns["copular"][row] or self.columns["appos"][row] or item.determiner in INDEFINITE
        return item.definite or not told

    def _decide(self, item: Seen, found: Mapping[int, float], antecedent: int, reason: str) -> None:
        best = min(found, key=lambda thing: (-found[thing], thing), default=-1)
        ruled = self.thing_of[self.row_of[antecedent]] if antecedent >= 0 else -1
        least = self.least[PRONOUN if item.mention.form is Form.PRONOUN else NOMINAL]
        row = self.row_of[item.index]
        if reason in SALIENCE and found.get(ruled, 0.0) >= DOUBT:
            self._join(item.index, antecedent, reason, found[ruled])
            self.things[ruled].sectors |= self._sector(row)
        elif (
            best >= 0
            and found[best] >= least * (SECONDED if best == ruled else 1)
            and not self._beside(best, found)
        ):
            name = "pronoun" if item.mention.form is Form.PRONOUN else "phrase"
            self._join(item.index, self.things[best].index, name, found[best])
            self.things[best].sectors |= self._sector(row)

    def _beside(self, best: int, found: Mapping[int, float]) -> bool:
        """Whether "Ann Lee and Sue Fox" was the last that was said of it: then nobody knows who "she" is."""
        row = self.latest.get(best, -1)
        rows = [self.latest.get(thing, -1) for thing in found if thing != best]
        together = self.columns["coordination"]
        return row >= 0 and any(other >= 0 and together[other] == together[row] for other in rows)

    def _agrees(self, row: int, thing: _Thing) -> bool:
        """Number, gender, kind and words of an anaphor against everything known of a thing."""
        item = self.columns.order[row]
        if item.mention.form is not Form.PRONOUN:
            alike = compatible(item.kind, thing.kind) and item.plural == thing.plural
            if (
                thing.named and item.kind == "Organization"
            ):  # a regulator is no company, the Irish one is not from anywhere
                sector, told = self._sector(row), self.columns.told[row]
                alike = alike and len(sector | thing.sectors) < 2
                alike = alike and not (sector == AUTHORITY and told and told.isdisjoint(thing.origins))
            telling = self._telling(row)
            known = thing.phrases.get(item.noun, ())
            return alike and all(telling <= words or words <= telling for words in known)
        wanted = item.pronoun[0]
        if wanted in ("male", "female"):
            person = thing.kind == "Person" or wanted in thing.genders
            return person and not thing.plural and not thing.genders - {wanted}
        if wanted == "thing":
            return thing.kind != "Person" and not thing.plural and not thing.genders
        return (
            thing.plural
            or thing.kind in ("Organization", "")
            or bool(thing.phrases.keys() & self.collective.keys())
        )

    def _sector(self, row: int) -> set[int]:
        return {int(self.columns["sector"][row])} - {0}

    def _join(self, index: int, antecedent: int, reason: str, chance: float = 1.0) -> None:
        """One thing of two, unless both have names: then the article tells them apart."""
        roots = {self.sets.root(antecedent), self.sets.root(index)}
        if len(roots) > 1 and not roots <= self.named:
            self.sets.join(antecedent, index)
            self.rungs.setdefault(index, f"{reason} {chance:.2f}" if chance < 1 else reason)
            one, other = (self.thing_of[self.row_of[i]] for i in (antecedent, index))
            self.links.setdefault(one, []).append((other, chance))
            self.links.setdefault(other, []).append((one, chance))
            if roots & self.named:
                self.named.add(self.sets.root(index))
