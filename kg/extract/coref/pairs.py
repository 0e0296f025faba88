"""Which earlier mentions may be meant by a mention: those near it, and those farther back that share a word or a name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.extract.coref.columns import Columns, Ints

NEAR = 40  # mentions back
PRONOUN_SENTENCES = 6  # sentences back for a pronoun
PHRASE_SENTENCES = 4  # for a phrase that shares no word with its antecedent
FAR = 6  # mentions farther back of one noun, one word, one name


@dataclass(frozen=True, slots=True)
class Pairs:
    """Rows (anaphor, candidate), sorted by anaphor, nearest candidate first; -1 stands for "nothing mentioned before"."""

    anaphor: Ints
    candidate: Ints

    def __len__(self) -> int:
        return len(self.anaphor)


def make_pairs(columns: Columns) -> Pairs:
    """All pairs worth a look, linear in the number of mentions; every mention also has the candidate -1, which comes last."""
    count = len(columns)
    rows = np.arange(count, dtype=np.int64)
    anaphor = np.repeat(rows, NEAR)
    candidate = anaphor - np.tile(np.arange(1, NEAR + 1, dtype=np.int64), count)
    inside = candidate >= 0
    anaphor, candidate = anaphor[inside], candidate[inside]
    reach = np.where(columns["form"] == 2, PRONOUN_SENTENCES, PHRASE_SENTENCES) if count else rows
    near = columns["sentence"][anaphor] - columns["sentence"][candidate] <= reach[anaphor]
    far = _far(columns)
    anaphor = np.concatenate([anaphor[near], far[:, 0], rows])
    candidate = np.concatenate([candidate[near], far[:, 1], np.full(count, -1, dtype=np.int64)])
    codes = np.unique(anaphor * (count + 1) + count - candidate - 1)
    return Pairs(codes // (count + 1), count - 1 - codes % (count + 1))


def mentions_of(pairs: Pairs) -> tuple[Ints, Ints]:
    """For each mention the place of its first pair and the number of its pairs; there must be one."""
    starts = np.flatnonzero(np.diff(pairs.anaphor, prepend=-1))
    return starts, np.diff(np.append(starts, len(pairs)))


def _far(columns: Columns) -> Ints:
    """Pairs that share a word or the cluster of their names, whatever lies between."""
    latest: dict[str | int, list[int]] = {}
    found: list[tuple[int, int]] = []
    form, cluster, named = (columns[name].tolist() for name in ("form", "cluster", "named"))
    for row, words in enumerate(columns.words):
        if form[row] == 2:
            continue
        keys: list[str | int] = [*sorted(words)]
        if named[row]:
            keys.append(cluster[row])
        for key in keys:
            rows = latest.setdefault(key, [])
            found += [(row, other) for other in rows[-FAR:]]
            rows.append(row)
    return np.array(found, dtype=np.int64).reshape(-1, 2)
