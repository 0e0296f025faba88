"""From scores to chains: every mention, in reading order, joins the cluster most likely meant by it, or begins its own.

The chances of all mentions of one cluster are added up: three mentions of Nvidia speak together for Nvidia.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kg.extract.coref.affinity import Floats
from kg.extract.coref.columns import FORMS, PRONOUNS, Columns
from kg.extract.coref.pairs import Pairs, mentions_of
from kg.model import Form
from kg.resolve.link import Clusters

NAME, NOMINAL, PRONOUN = (FORMS.index(form) for form in (Form.NAME, Form.NOMINAL, Form.PRONOUN))
THIRD_PERSON = frozenset(PRONOUNS.index(name) for name in ("male", "female", "thing", "plural"))
_TELLING = (
    "rules agree", "same name", "same text", "same noun", "called so", "class agrees", "class above or below", "gender agrees",
    "nearest that agrees", "both subjects", "apposition", "copula", "same speaker",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """Row `anaphor` means what row `antecedent` means, with this chance."""

    anaphor: int
    antecedent: int
    chance: float


def chances(pairs: Pairs, scores: Floats) -> Floats:
    """The scores as probabilities among the candidates of one anaphor."""
    if not len(pairs):
        return scores
    starts, sizes = mentions_of(pairs)
    odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
    found: Floats = odds / np.repeat(np.add.reduceat(odds, starts), sizes)
    return found


def full_links(columns: Columns, pairs: Pairs, chance: Floats, sets: Clusters, least: float) -> list[Link]:
    """Chains as corpora annotate them: whatever is likelier known than new, by the factor `least`. Joins `sets`."""
    found = []
    for row, ranked, new in ranked_clusters(columns, pairs, chance, sets):
        if ranked and ranked[0].chance >= least * new:
            sets.join(columns.order[row].index, columns.order[ranked[0].antecedent].index)
            found.append(ranked[0])
    return found


def ranked_clusters(
    columns: Columns, pairs: Pairs, chance: Floats, sets: Clusters
) -> Iterator[tuple[int, list[Link], float]]:
    """For each mention the clusters before it, likeliest first, by their nearest mention; and the chance that it is new."""
    index = [item.index for item in columns.order]
    ends = np.flatnonzero(pairs.candidate < 0).tolist()  # the last row of each anaphor
    candidates, values = pairs.candidate.tolist(), chance.tolist()
    start = 0
    for row, end in enumerate(ends):
        total: dict[int, float] = {}
        nearest: dict[int, int] = {}
        for place in range(start, end):
            root = sets.root(index[candidates[place]])
            total[root] = total.get(root, 0.0) + values[place]
            nearest.setdefault(root, candidates[place])
        ranked = sorted(
            (Link(row, nearest[root], value) for root, value in total.items()),
            key=lambda k: (-k.chance, -k.antecedent),
        )
        yield row, ranked, values[end]
        start = end + 1
