"""The helpers of who writes an ontology, on a small graph: what fired, what matched nothing, and Turtle that works when pasted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import kg
from kg.model import Article
from kg.rdf.check import check
from kg.rdf.schema import shipped_folder
from kg.rulebook import Candidate, overview, relation_lines, run_examples, suggest, to_turtle, unmatched
from kg.rulebook.show import pattern
from kg.rulebook.turtle import joined

pytestmark = pytest.mark.model

MUSEUM = """
@prefix : <https://example.org/museum#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Museum a owl:Class ; rdfs:label "museum"@en ; rdfs:subClassOf :Firm .
:Firm a owl:Class ; rdfs:label "firm"@en .
:Person a owl:Class ; rdfs:label "person"@en .
:employer a owl:ObjectProperty ; rdfs:label "employer"@en ; rdfs:domain :Person ; rdfs:range :Firm .
"""
TEXTS = (
    "Norda sponsors the Holme Museum. Brightwell sponsored the Orla Museum in 2020. Ann Lee is employed by Norda.",
    "Kestrel sponsors the Holme Museum. Kestrel also finances the Holme Museum. Norda finances the Holme Museum as well.",
    "Ben Ruiz visited the Orla Museum. Lena Voss visited the Holme Museum. Maria Stone is the warden of Holme Museum. "
    "Paul Reed is the warden of Orla Museum. Norda, the employer of Tom Hale, stepped into the deal.",
)


@pytest.fixture(scope="module")
def nlp() -> object:
    return kg.load_pipeline()


@pytest.fixture(scope="module")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("museum") / "museum.ttl"
    path.write_text(MUSEUM, encoding="utf-8")
    return path


def build(path: Path, nlp: object, texts: tuple[str, ...] = TEXTS) -> kg.Graph:
    articles = [Article(f"{number}", text) for number, text in enumerate(texts)]
    return kg.build(articles, path, pipeline=nlp).graph  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def graph(museum: Path, nlp: object) -> kg.Graph:
    return build(museum, nlp)


def test_labels_alone_make_facts(graph: kg.Graph) -> None:
    facts = {(fact.subject, getattr(fact.object, "key", "")) for fact in graph.facts(relation="employer")}
    assert facts == {("Ann_Lee", "Norda"), ("Tom_Hale", "Norda")}, "a firm is never the one employed"


def test_a_relation_shows_its_words_and_its_sentences(graph: kg.Graph) -> None:
    lines = list(relation_lines(graph.ontology.relations["employer"], graph))
    assert "  Person → Firm" in lines
    assert any("O employ S" in line and "from “employer”" in line for line in lines)
    assert any("“Ann Lee is employed by Norda.”" in line for line in lines)
    assert [row[-1] for row in overview(graph.ontology, graph)] == [2]
    assert [row[-1] for row in overview(graph.ontology, None)] == [None]


def test_unmatched_words_are_found_with_their_sentences(graph: kg.Graph) -> None:
    found = {candidate.words: candidate for candidate in unmatched(graph)}
    assert {"sponsor", "finance", "visit", "warden of"} <= set(found)
    assert found["sponsor"].count == 3
    assert found["sponsor"].articles == {"0", "1"}
    assert found["visit"].domain == {"Person": 2}
    assert found["visit"].sentences[0].text == "Ben Ruiz visited the Orla Museum."
    assert "employ" not in found
    assert "step into" in {candidate.words for candidate in unmatched(graph, minimum=1)}


def test_pasted_turtle_works(graph: kg.Graph, museum: Path, nlp: object, tmp_path: Path) -> None:
    snippets = [to_turtle(c.words.replace(" ", "_"), [c], c, graph.ontology) for c in unmatched(graph)]
    path = tmp_path / "more.ttl"
    path.write_text(museum.read_text() + joined(snippets, graph.ontology), encoding="utf-8")
    assert not [problem for problem in check(path) if problem.severity == "error"]
    again = build(path, nlp)
    for name, least in (("sponsor", 3), ("finance", 2), ("visit", 2), ("warden_of", 2)):
        assert len(list(again.facts(relation=name))) >= least, name
    assert not unmatched(again)
    outcomes = list(run_examples(again.ontology, nlp, ["sponsor", "visit"]))  # type: ignore[arg-type]
    assert outcomes
    assert all(outcome.passed for outcome in outcomes)


def test_suggestions_gather_what_means_the_same(
    graph: kg.Graph, museum: Path, nlp: object, tmp_path: Path
) -> None:
    found = {s.name: s for s in suggest(unmatched(graph, minimum=1), kg.load_ontology(), minimum=2)}
    assert [member.words for member in found["sponsor"].members] == ["sponsor", "finance"]
    assert found["sponsor"].merged.count == 5
    assert "visit" in found
    snippets = [to_turtle(s.name, s.members, s.merged, graph.ontology) for s in found.values()]
    path = tmp_path / "more.ttl"
    path.write_text(museum.read_text() + joined(snippets, graph.ontology), encoding="utf-8")
    again = build(path, nlp)
    assert {claim.relation for claim in again.claims() if "financ" in claim.quote} == {"sponsor"}


def test_what_articles_hide_does_not_break_the_turtle(museum: Path, nlp: object, tmp_path: Path) -> None:
    texts = ('Norda feeds "Big\\Cat" Ltd\u202e in Lyon.\nKestrel feeds Orla\x07 "now" . } ; kg:x .',)
    graph = build(museum, nlp, texts)
    snippets = [
        to_turtle(c.words.replace(" ", "_"), [c], c, graph.ontology) for c in unmatched(graph, minimum=1)
    ]
    path = tmp_path / "more.ttl"
    path.write_text(museum.read_text() + joined(snippets, graph.ontology), encoding="utf-8")
    kg.load_ontology(path)


def test_names_that_are_taken_are_changed(graph: kg.Graph) -> None:
    (candidate,) = [c for c in unmatched(graph) if c.words == "visit"]
    assert ":employer_ a owl:ObjectProperty" in to_turtle("employer", [candidate], candidate, graph.ontology)


def test_words_of_kg_itself_are_no_names_in_its_namespace(tmp_path: Path) -> None:
    """ "form", "name" and "source" are predicates that kg writes: pasted into the shipped ontology they must not clash."""
    shutil.copytree(shipped_folder(), tmp_path / "ontology")
    ontology = kg.load_ontology()
    candidates = [Candidate("verb", word, "obj", count=1) for word in ("form", "name", "source")]
    snippets = [to_turtle(c.lemma, [c], c, ontology) for c in candidates]
    (tmp_path / "ontology" / "more.ttl").write_text(joined(snippets, ontology), encoding="utf-8")
    assert "form_" in kg.load_ontology(tmp_path / "ontology").relations


@pytest.mark.parametrize(
    ("cue", "shown"),
    [
        (("verb", "found", "obj", "subj"), "O found S"),
        (("verb", "work", "subj", "for"), "S work for O"),
        (("role", "employer", "of", "subj"), "O is employer of S"),
        (("role", "subsidiary", "subj", "of"), "S is subsidiary of O"),
        (("place", "*", "subj", "in"), "S in O; S, O"),
        (("measure", "turnover", "holder", "value"), "turnover of S is O"),
    ],
)
def test_cues_read_as_sentences(cue: tuple[str, str, str, str], shown: str) -> None:
    from kg.ontology import Cue

    assert pattern(Cue(*cue)) == shown
