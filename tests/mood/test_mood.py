"""The mood set: its lines are sound, and the reader gets as many of them right as the floors say."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.extract.pipeline import load_pipeline
from kg.model import Modality, Polarity
from tests.mood.score import HELD_OUT, TUNING, digest, figures, read, read_floors, same_speaker, score


@pytest.mark.parametrize("path", [TUNING, HELD_OUT], ids=lambda path: path.stem)
def test_lines_are_sound(path: Path) -> None:
    lines = read(path)
    assert len(lines) >= 150
    for line in lines:
        assert line["predicate"] in line["text"]
        assert line["polarity"] in set(Polarity)
        assert line["modality"] in set(Modality)
        assert line["speaker"].lower() in line["text"].lower()
    assert {line["modality"] for line in lines} == set(Modality)


def test_halves_share_no_sentence() -> None:
    assert not {line["text"] for line in read(TUNING)} & {line["text"] for line in read(HELD_OUT)}


def test_speakers_are_compared_by_their_words() -> None:
    assert same_speaker("Marta Olsen", "chip buyer Marta Olsen")
    assert same_speaker("the company", "The company")
    assert not same_speaker("", "Reuters")
    assert not same_speaker("Reuters", "")
    assert not same_speaker("Olsen", "a very long phrase with the name Olsen in it")


@pytest.mark.model
@pytest.mark.parametrize("path", [TUNING, HELD_OUT], ids=lambda path: path.stem)
def test_floor(path: Path, ontology: kg.Ontology) -> None:
    floor = read_floors()[path.name]
    assert floor["sha256"] == digest(path), (
        "the sentences have changed: measure again (python -m tests.mood.score --write)"
    )
    assert figures(score(path, load_pipeline(), ontology.words))["right"] >= float(floor["right"])
