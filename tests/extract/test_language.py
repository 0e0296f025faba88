"""Texts that are not English are recognised, English ones never refused; and what the build says of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from kg.extract.language import MIN_SHARE, foreign
from tests.conftest import SAMPLES, Run

# Of our own wording, each as an article of the language would have it, with English names as news has them.
TEXTS = [
    json.loads(line) for line in Path(__file__).with_name("languages.jsonl").read_text("utf-8").splitlines()
]
OTHERS = {text["language"]: text["text"] for text in TEXTS if not text["english"]}
ENGLISH = {text["language"]: text["text"] for text in TEXTS if text["english"]}


@pytest.mark.parametrize("name", OTHERS)
def test_other_languages_are_recognised(name: str, ontology: kg.Ontology) -> None:
    assert foreign(OTHERS[name], ontology.words["function_word"]).startswith("not English by its ")


@pytest.mark.parametrize("name", ENGLISH)
def test_english_is_english_however_it_is_written(name: str, ontology: kg.Ontology) -> None:
    assert foreign(ENGLISH[name], ontology.words["function_word"]) == ""


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_articles_have_twice_the_share_that_is_asked_for(path: Path, ontology: kg.Ontology) -> None:
    words = [word.strip(".,;:“”’()").lower() for word in path.read_text("utf-8").split()]
    assert sum(word in ontology.words["function_word"] for word in words) / len(words) > 2 * MIN_SHARE


def test_an_ontology_without_the_words_refuses_other_scripts_alone() -> None:
    assert foreign(OTHERS["German"], ()) == ""
    assert foreign(OTHERS["Russian"], ()).startswith("not English by its script")


def test_the_build_tells_and_goes_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "de.txt").write_text(OTHERS["German"], encoding="utf-8")
    (tmp_path / "news" / "en.txt").write_text("Mars bought Kellanova for $36 billion.", encoding="utf-8")
    done = run("build", "news")
    assert done.returncode == 0
    assert "warning: de.txt: not English by its words (" in done.stderr
    assert "left out" in done.stderr
    assert done.stdout.startswith("1 article read")
