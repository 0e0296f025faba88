"""Open relations gathered into candidate relations: verbs that stand between the same things, or that mean the same elsewhere.

Relations that hold between the same pairs of entities tend to mean the same (the distributional idea of DIRT, Lin & Pantel 2001,
and of Universal Schema, Riedel et al. 2013); beside that, the shipped ontology knows which verbs say one relation.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from kg.ontology import Ontology
from kg.rulebook.candidates import MAX_SENTENCES, Candidate

SHARED_PAIRS = 2  # pairs of entities two relations must have in common to be one


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One candidate relation: its name, and the open relations it gathers, the most frequent first."""

    name: str
    members: tuple[Candidate, ...]

    @property
    def merged(self) -> Candidate:
        """All members as one: counts added, classes and sentences together."""
        first = self.members[0]
        whole = Candidate(first.frame, first.lemma, first.slot)
        for member in self.members:
            whole.count += member.count
            whole.domain.update(member.domain)
            whole.range.update(member.range)
            whole.pairs |= member.pairs
            whole.articles |= member.articles
        turns = [member.sentences[i : i + 1] for i in range(MAX_SENTENCES) for member in self.members]
        whole.sentences = [sentence for turn in turns for sentence in turn][:MAX_SENTENCES]
        return whole


def suggest(candidates: list[Candidate], synonyms: Ontology, *, minimum: int = 3) -> list[Suggestion]:
    """Clusters said at least `minimum` times, the most frequent first.

    `synonyms` is the ontology whose verbs for one relation count as meaning the same (the shipped one). Two open relations join
    when they share `SHARED_PAIRS` pairs of entities, or are such verbs with the same slot.
    """
    verbs = [c for c in candidates if c.frame == "verb"]
    roots = list(range(len(verbs)))

    def root(place: int) -> int:
        while roots[place] != place:
            place = roots[place]
        return place

    meanings = [_meanings(c, synonyms) for c in verbs]
    for a, b in combinations(range(len(verbs)), 2):
        alike = len(verbs[a].pairs & verbs[b].pairs) >= SHARED_PAIRS
        if alike or (meanings[a] & meanings[b] and verbs[a].slot == verbs[b].slot):
            roots[max(root(a), root(b))] = min(root(a), root(b))
    clusters: dict[int, list[Candidate]] = {}
    for place, candidate in enumerate(verbs):
        clusters.setdefault(root(place), []).append(candidate)
    found = [_suggestion(members) for members in clusters.values()]
    chosen = [s for s in found if s.merged.count >= minimum]
    return sorted(chosen, key=lambda s: (-s.merged.count, s.name))


def _suggestion(members: list[Candidate]) -> Suggestion:
    ranked = sorted(members, key=lambda c: (-c.count, c.lemma, c.slot))
    return Suggestion(ranked[0].words.replace(" ", "_").replace("-", "_"), tuple(ranked))


def _meanings(candidate: Candidate, synonyms: Ontology) -> frozenset[str]:
    """The relations for which an ontology counts this verb with this slot, where it counts it for few: "have" says nothing."""
    entries = synonyms.cue_index.get(("verb", candidate.lemma), ())
    names = Counter(r.name for r, cue in entries if cue.subject == "subj" and cue.object == candidate.slot)
    return frozenset(names) if len(names) <= 2 else frozenset()
