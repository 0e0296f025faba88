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
    """Vectors of the head words, one row for each mention."""

    anaphors: Floats
    antecedents: Floats
    newness: Floats  # for each mention: how much it looks like the first of its kind

    def lead(self, pairs: Pairs) -> Floats:
        """For each pair how much likelier, in log odds, the candidate is meant than "nothing mentioned before", which has 0."""
        known = np.einsum("ij,ij->i", self.anaphors[pairs.anaphor], self.antecedents[pairs.candidate])
        return np.where(pairs.candidate < 0, 0, known - self.newness[pairs.anaphor]).astype(np.float32)


def read_affinity(doc: Doc, columns: Columns) -> Affinity | None:
    """The vectors of the mentions' head words; None if the pipeline in use left none in `doc.user_data`."""
    anaphors, antecedents = doc.user_data.get(ANAPHORS), doc.user_data.get(ANTECEDENTS)
    if anaphors is None or antecedents is None or not len(columns):
        return None
    rows = columns["token"]
    size = antecedents.shape[1]
    return Affinity(anaphors[rows, :size], antecedents[rows], anaphors[rows, size])
