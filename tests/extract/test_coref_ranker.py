"""The learned part of coreference: pairs, features, weights, training. On hand-built parses, without the pipeline."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import kg
from kg.errors import PipelineError
from kg.extract.coref import View, look, train
from kg.extract.coref.affinity import ANAPHORS, ANTECEDENTS, read_affinity
from kg.extract.coref.calibrate import calibrate
from kg.extract.coref.gold import Annotated
from kg.extract.coref.links import chances
from kg.extract.coref.pairs import mentions_of
from kg.extract.coref.ranker import Ranker, forward, inputs, load, save
from kg.extract.coref.train import Adam, begin, example, gradient
from kg.extract.mentions import Mentions
from kg.model import Form
from tests.extract.parse import parse

ONTOLOGY = kg.load_ontology()
LINE = (
    "Tim/PROPN/compound/1 Cook/PROPN/nsubj/2 runs/VERB/ROOT/2/run Apple/PROPN/obj/2 ./PUNCT/punct/2 "
    "He/PRON/nsubj/6 likes/VERB/ROOT/6/like it/PRON/obj/6 ./PUNCT/punct/6"
)
GOLD = ("cook", "apple", "cook", "apple")


def view() -> View:
    """Tim Cook, Apple, He, it."""
    doc = parse(LINE, [(0, 2, "PERSON"), (3, 4, "ORG")])
    found = [m for m in Mentions(doc, ONTOLOGY, ()).all() if m.form not in (Form.VALUE, Form.CLAUSE)]
    return look(found, doc, ONTOLOGY)


def test_every_mention_competes_with_the_earlier_ones_and_with_nothing() -> None:
    pairs = view().pairs
    found = list(zip(pairs.anaphor.tolist(), pairs.candidate.tolist(), strict=True))
    assert found == [(0, -1), (1, 0), (1, -1), (2, 1), (2, 0), (2, -1), (3, 2), (3, 1), (3, 0), (3, -1)]


def test_chances_of_a_mention_add_up_to_one() -> None:
    seen = view()
    starts, _ = mentions_of(seen.pairs)
    assert np.add.reduceat(seen.chance(), starts) == pytest.approx(np.ones(4), abs=1e-5)


def test_features_have_names_and_nothing_before_has_none() -> None:
    seen = view()
    found = inputs(seen.columns, seen.pairs, {})
    assert len(found.names) == len(set(found.names)) == found.mentions.shape[1] + found.pairs.shape[1]
    assert not found.pairs[seen.pairs.candidate < 0].any()


def test_weights_survive_a_file_and_foreign_ones_are_refused(tmp_path: Path) -> None:
    seen = view()
    known = inputs(seen.columns, seen.pairs, {"he": 1})
    weights = begin(known, 1, np.random.default_rng(0))
    save(Ranker(weights, {"he": 1}), known.names, tmp_path / "a.npz")
    again = load(tmp_path / "a.npz")
    assert again.vocabulary == {"he": 1}
    assert forward(again.weights, known, seen.pairs)[-1] == pytest.approx(
        forward(weights, known, seen.pairs)[-1], abs=0.02
    )
    save(Ranker(weights, {}), known.names[:-1], tmp_path / "b.npz")
    with pytest.raises(PipelineError, match="train the ranker again"):
        load(tmp_path / "b.npz")


def test_the_gradient_is_the_slope_of_the_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    """Against finite differences, with nothing dropped or forgotten."""
    monkeypatch.setattr(train, "DROPPED", 0.0)
    monkeypatch.setattr(train, "FORGOTTEN", -1.0)
    monkeypatch.setattr(train, "SCALE", 1)
    of = example(Annotated(view(), GOLD), {"he": 1})
    random = np.random.default_rng(1)
    weights = begin(of.seen, 1, random)
    _, slopes = gradient(weights, of, random)
    for name in ("pair", "anaphor", "candidate", "new", "candidate words", "second", "out"):
        place = np.unravel_index(int(np.abs(slopes[name]).argmax()), slopes[name].shape)
        values = []
        for step in (0.003, -0.003):
            moved = {key: array.copy() for key, array in weights.items()}
            moved[name][place] += step
            values.append(gradient(moved, of, random)[0])
        assert slopes[name][place] == pytest.approx((values[0] - values[1]) / 0.006, rel=0.05, abs=1e-3), name


def test_training_learns_an_article_by_heart() -> None:
    of = example(Annotated(view(), GOLD), {"he": 1})
    random = np.random.default_rng(2)
    weights = begin(of.seen, 1, random)
    steps = Adam(weights, 300)
    for _ in range(300):
        steps.step(gradient(weights, of, random)[1])
    chance = chances(of.pairs, forward(weights, of.seen, of.pairs)[-1])
    assert chance[of.right > 0].min() > 0.6


def test_an_encoders_opinion_moves_the_chances_and_calibration_learns_how_much() -> None:
    """Vectors that say "it is Apple": the chance of that pair rises, and a fit on that text takes the encoder's side."""
    doc = parse(LINE, [(0, 2, "PERSON"), (3, 4, "ORG")])
    found = [m for m in Mentions(doc, ONTOLOGY, ()).all() if m.form not in (Form.VALUE, Form.CLAUSE)]
    plain = look(found, doc, ONTOLOGY)
    anaphors = np.zeros((len(doc), 3), dtype=np.float32)
    antecedents = np.zeros((len(doc), 2), dtype=np.float32)
    anaphors[7], antecedents[3] = (2, 0, -3), (2, 0)  # it -> Apple; "new" -3
    doc.user_data[ANAPHORS], doc.user_data[ANTECEDENTS] = anaphors, antecedents
    opinion = read_affinity(doc, plain.columns)
    assert opinion is not None
    row = next(
        n
        for n, pair in enumerate(zip(plain.pairs.anaphor, plain.pairs.candidate, strict=True))
        if pair == (3, 1)
    )
    assert opinion.lead(plain.pairs)[row] == pytest.approx(7)
    told = look(found, doc, ONTOLOGY)
    assert told.chance()[row] > plain.chance()[row]
    fitted = calibrate(load(), [Annotated(told, GOLD)])
    assert fitted.weights["mixed"][2, 1] > 0
