"""From scores to chains: every mention, in reading order, joins the cluster most likely meant by it, or begins its own.

The chances of all mentions of one cluster are added up: three mentions of Nvidia speak together for Nvidia.
"""

from __future__ import annotations

import numpy as np

from kg.extract.coref.affinity import Floats
from kg.extract.coref.columns import FORMS, PRONOUNS, Columns
from kg.extract.coref.pairs import Pairs, mentions_of
from kg.model import Form
from kg.resolve.link import Clusters

NAME, NOMINAL, PRONOUN = (FORMS.index(form) for form in (Form.NAME, Form.NOMINAL, Form.PRONOUN))
THIRD_PERSON = frozenset(PRONOUNS.index(name) for name in ("male", "female", "thing", "plural"))


def chances(pairs: Pairs, scores: Floats) -> Floats:
    """The scores as probabilities among the candidates of one anaphor."""
    if not len(pairs):
        return scores
    starts, sizes = mentions_of(pairs)
    odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
    found: Floats = odds / np.repeat(np.add.reduceat(odds, starts), sizes)
    return found


def full_links(columns: Columns, pairs: Pairs, chance: Floats, sets: Clusters, least: float) -> None:
    """Chains as corpora annotate them: whatever is likelier known than new, by the factor `least`. Joins `sets`."""
    index = [item.index for item in columns.order]
    ends = np.flatnonzero(
        pairs.candidate < 0
    ).tolist()  # the last pair of each mention, which stands for "new"
    candidates, values = pairs.candidate.tolist(), chance.tolist()
    start = 0
    for row, end in enumerate(ends):
        total: dict[int, float] = {}  # by cluster, in the order of their nearest mentions
        for place in range(start, end):
            root = sets.root(index[candidates[place]])
            total[root] = total.get(root, 0.0) + values[place]
        best = max(total, key=total.__getitem__, default=-1)
        if best >= 0 and total[best] >= least * values[end]:
            sets.join(index[row], best)
        start = end + 1
