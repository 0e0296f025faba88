"""`kg rules` and `kg ontology` as a user meets them, with an ontology of his own; a bad one leaves earlier results alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.rulebook.test_rulebook import MUSEUM, TEXTS

pytestmark = pytest.mark.model

TESTED = (
    MUSEUM
    + """
@prefix kg: <https://kg.example/ontology#> .
:employer kg:example [ kg:text "Ann Lee is employed by Norda." ; kg:subject "Ann Lee" ; kg:object "Norda" ] ;
    kg:counterexample "Ann Lee met Norda." .
"""
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "my.ttl").write_text(TESTED, encoding="utf-8")
    (tmp_path / "articles").mkdir()
    for number, text in enumerate(TEXTS):
        (tmp_path / "articles" / f"{number}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_from_a_file_with_labels_to_a_better_one(run: Run, folder: Path) -> None:
    assert run("ontology", "check", "my.ttl").returncode == 0
    built = run("build", "articles", "--ontology", "my.ttl")
    assert built.returncode == 0, built.stderr
    shown = run("rules", "employer")
    assert "Ann Lee → Norda" in shown.stdout, "the graph's own ontology and its sentences"
    unmatched = run("rules", "--unmatched").stdout
    assert "# “Kestrel sponsors the Holme Museum.”" in unmatched
    suggested = run("ontology", "suggest", "--minimum", "2").stdout
    (folder / "better.ttl").write_text(TESTED + suggested, encoding="utf-8")
    assert run("ontology", "check", "better.ttl").returncode == 0
    assert run("build", "articles", "--ontology", "better.ttl", "--out", "better").returncode == 0
    facts = run("query", "--out", "better", "--format", "csv", "SELECT ?s { ?s :sponsor ?o }").stdout
    assert "Kestrel" in facts
    assert "Norda" in facts


def test_examples_are_run(run: Run, folder: Path) -> None:
    done = run("rules", "--ontology", "my.ttl", "--test")
    assert (done.returncode, done.stdout) == (0, "2 of 2 sentences are read as the ontology says\n")
    wrong = TESTED.replace(
        'kg:subject "Ann Lee" ; kg:object "Norda"', 'kg:subject "Norda" ; kg:object "Ann Lee"'
    )
    (folder / "my.ttl").write_text(wrong, encoding="utf-8")
    done = run("rules", "--ontology", "my.ttl", "--test")
    assert done.returncode == 1
    assert "wanted  Norda | Ann Lee" in done.stdout
    assert "Ann Lee | employer | Norda" in done.stdout
    assert (
        done.stderr == "kg: error: 1 of 2 sentences are read otherwise; correct their cues or the sentences\n"
    )


def test_mistakes_are_one_line(run: Run, folder: Path) -> None:
    done = run("rules", "emploier", "--ontology", "my.ttl")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "kg: error: no relation is called 'emploier' in this ontology; near: employer\n"
    assert "outputs: no graph here" in run("rules", "--unmatched").stderr
    (folder / "plain.ttl").write_text(MUSEUM, encoding="utf-8")
    assert "nothing to test" in run("rules", "--ontology", "plain.ttl", "--test").stderr
    assert run("rules", "--test", "--unmatched").returncode == 2


def test_a_bad_ontology_leaves_earlier_results_alone(run: Run, folder: Path) -> None:
    (folder / "bad.ttl").write_text(MUSEUM + ":employer rdfs:subPropertyOf :employer .\n", encoding="utf-8")
    (folder / "outputs").mkdir()
    (folder / "outputs" / "graph.nq").write_text("# earlier\n")
    done = run("build", "articles", "--ontology", "bad.ttl")
    assert done.returncode == 1
    assert "rdfs:subPropertyOf goes in a circle (employer -> employer); remove one step" in done.stderr
    assert [path.name for path in (folder / "outputs").iterdir()] == ["graph.nq"]
    assert (folder / "outputs" / "graph.nq").read_text() == "# earlier\n"
    checked = run("ontology", "check", "bad.ttl")
    assert checked.returncode == 1
    assert "bad.ttl:8: error: employer: rdfs:subPropertyOf goes in a circle" in checked.stdout
