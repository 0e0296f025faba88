"""What the encoder thinks of two head words: the learned part of `kg.extract.pipeline` that coreference asks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.extract.coref.columns import Columns
from kg.extract.coref.pairs import Pairs

ANAPHORS, ANTECEDENTS = "kg.anaphors", "kg.antecedents"  # keys of `Doc.user_data`
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Affinity:
    """Vectors of the head words, one row for each mention; empty where the pipeline in use has no such opinion."""

    anaphors: Floats
    antecedents: Floats
    newness: Floats  # for each mention: how much it looks like the first of its kind

    def of(self, pairs: Pairs) -> Floats:
        """One number for each pair, higher where the candidate is likelier meant; for "nothing mentioned before" the newness."""
        if not self.anaphors.size or not len(pairs):
            return np.zeros(len(pairs), dtype=np.float32)
        found: Floats = np.einsum("ij,ij->i", self.anaphors[pairs.anaphor], self.antecedents[pairs.candidate])
        return np.where(pairs.candidate < 0, self.newness[pairs.anaphor], found)


def read_affinity(doc: Doc, columns: Columns) -> Affinity:
    """The vectors of the mentions' head words, if the pipeline left any in `doc.user_data`."""
    anaphors, antecedents = doc.user_data.get(ANAPHORS), doc.user_data.get(ANTECEDENTS)
    if anaphors is None or antecedents is None or not len(columns):
        empty = np.zeros((0, 0), dtype=np.float32)
        return Affinity(empty, empty, np.zeros(len(columns), dtype=np.float32))
    rows = columns["token"]
    size = antecedents.shape[1]
    return Affinity(anaphors[rows, :size], antecedents[rows], anaphors[rows, size])
