"""`kg ontology check`: every mistake of an ontology with its place and what to do; big files are quick or refused in words."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.rdf.check import check
from kg.rdf.schema import load_ontology, shipped_folder

PREFIXES = """\
@prefix : <https://example.org/zoo#> .
@prefix kg: <https://kg.example/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Firm a owl:Class ; rdfs:label "firm" . :Person a owl:Class ; rdfs:label "person" .
"""
FULL = "rdfs:domain :Person ; rdfs:range :Firm"

MISTAKES = {
    "cyclic sub-properties": (
        f":a a owl:ObjectProperty ; {FULL} ; rdfs:subPropertyOf :b .\n:b a owl:ObjectProperty ; {FULL} ; rdfs:subPropertyOf :a .",
        "o.ttl:6: error: a: rdfs:subPropertyOf goes in a circle (a -> b -> a); remove one step",
    ),
    "unknown prefix": (
        "ex:a a owl:ObjectProperty .",
        "o.ttl:6: error: o.ttl: not valid Turtle: the prefix ex: is not declared; add a line like: @prefix ex: <https://…> .",
    ),
    "missing range": (
        ":runs a owl:ObjectProperty ; rdfs:domain :Person .",
        "o.ttl:6: warning: runs: has no range, so anything may stand there; add rdfs:range",
    ),
    "guessed range": (
        ':spouse a owl:ObjectProperty ; rdfs:label "spouse" ; rdfs:domain :Person .',
        "o.ttl:6: note: spouse: has no range; its label gives away Person; add rdfs:range if that is wrong",
    ),
    "undefined class": (
        ":runs a owl:ObjectProperty ; rdfs:domain :Persn ; rdfs:range :Firm .",
        "o.ttl:6: error: runs: has the rdfs:domain Persn, which is not defined here; did you mean Person?",
    ),
    "undefined parent": (
        f":runs a owl:ObjectProperty ; {FULL} ; rdfs:subPropertyOf :x .",
        "o.ttl:6: error: runs: has the rdfs:subPropertyOf x, which is not defined here; add: x a owl:ObjectProperty .",
    ),
    "two relations with one cue": (
        f':one a owl:ObjectProperty ; rdfs:label "owns" ; {FULL} .\n:two a owl:ObjectProperty ; rdfs:label "owns" ; {FULL} .',
        "o.ttl:6: warning: one: shares the cues “owner”, “own” with two, and neither side tells them apart; narrow a domain or range, "
        "or reword one; else the better fit, then the narrower, then the first by name is taken",
    ),
    "a pattern for a cue": (
        f':runs a owl:ObjectProperty ; {FULL} ; kg:cue [ a kg:VerbCue ; kg:lemma "run(s|ning)?" ] .',
        "o.ttl:6: warning: runs: the cue “run(s|ning)?” looks like a pattern; cues are words, compared letter by letter; "
        "write each word as a kg:lemma of its own",
    ),
    "an inflected cue": (
        f':runs a owl:ObjectProperty ; {FULL} ; kg:cue [ a kg:VerbCue ; kg:lemma "acquired" ] .',
        "o.ttl:6: warning: runs: the verb cue “acquired” is no base form, and sentences are looked up by base forms; write “acquire”",
    ),
    "another language": (
        f':runs a owl:ObjectProperty ; rdfs:label "leitet"@de ; {FULL} .',
        'o.ttl:6: warning: runs: is labelled in de only, and kg reads English; add rdfs:label "…"@en',
    ),
    "languages beside English": (
        f':runs a owl:ObjectProperty ; rdfs:label "runs"@en, "leitet"@de ; {FULL} .',
        "o.ttl: note: labels: labels in other languages are passed over (de of 1 classes and relations); nothing to do",
    ),
    "a misspelt word of kg": (
        f':runs a owl:ObjectProperty ; {FULL} ; kg:cue [ a kg:VerbCue ; kg:lemma "run" ; kg:objekt "at" ] .',
        "o.ttl:6: warning: runs: has kg:objekt, a word kg does not know; did you mean kg:object?",
    ),
    "nothing says it": (
        f':runs a owl:ObjectProperty ; kg:derive false ; {FULL} .',
        'o.ttl:6: warning: runs: has no cue words: its label and comment imply none; add rdfs:label "…"@en or kg:cue',
    ),
    "what only the loader sees": (
        f':runs a owl:ObjectProperty ; {FULL} ; kg:cue [ kg:lemma "run" ] .',
        "o.ttl:6: error: a: a kg:cue of runs (run) must have one type of",
    ),
}  # fmt: skip


def write(folder: Path, turtle: str, name: str = "o.ttl") -> Path:
    path = folder / name
    path.write_text(PREFIXES + turtle + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("case", MISTAKES)
def test_each_mistake_is_told_with_place_and_advice(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    turtle, expected = MISTAKES[case]
    write(tmp_path, turtle)
    said = [str(problem) for problem in check("o.ttl")]
    assert any(line.startswith(expected) for line in said), "\n".join(said)
    assert all("\n" not in line for line in said)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, ":runs a owl:ObjectProperty ; rdfs:domain :Persn .", "a.ttl")
    write(tmp_path, ":owns a owl:ObjectProperty ; rdfs:domain :Persn ; rdfs:range :Frm .", "b.ttl")
    errors = [problem for problem in check(tmp_path) if problem.severity == "error"]
    assert [problem.subject for problem in errors] == ["runs", "owns", "owns"]


def test_every_unreadable_file_of_a_folder_is_told(tmp_path: Path) -> None:
    write(tmp_path, "x y z", "a.ttl")
    write(tmp_path, "ex:a a owl:Class .", "b.ttl")
    assert [Path(problem.place.split(":")[0]).name for problem in check(tmp_path)] == ["a.ttl", "b.ttl"]


def test_a_sound_ontology_has_nothing_to_tell(tmp_path: Path) -> None:
    path = write(tmp_path, f':owns a owl:ObjectProperty ; rdfs:label "owns" ; {FULL} .')
    assert check(path) == []


def test_the_shipped_ontology_has_no_errors_and_no_typing_mistakes() -> None:
    problems = check(shipped_folder())
    assert not [p for p in problems if p.severity == "error"]
    assert not [p for p in problems if "does not know" in p.what or "pattern" in p.what]


def test_a_path_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="no such file"):
        check(tmp_path / "none.ttl")


def test_fifty_thousand_classes_load_in_seconds(tmp_path: Path) -> None:
    """Wide, and one chain of 5,000 deep: loaded, and usable in a question about classes."""
    wide = "\n".join(
        f':C{i} a owl:Class ; rdfs:subClassOf :C{i // 10} ; rdfs:label "thing {i}" .' for i in range(1, 45000)
    )
    deep = "\n".join(f":D{i} a owl:Class ; rdfs:subClassOf :D{i + 1} ." for i in range(5000))
    relations = ":D5000 a owl:Class . :C0 a owl:Class . :owns a owl:ObjectProperty ; rdfs:domain :C1 ; rdfs:range :D5000 ."
    path = write(tmp_path, f"{wide}\n{deep}\n{relations}")
    started = time.process_time()  # of this process: what else the machine does must not matter
    ontology = load_ontology(path)
    assert ontology.is_a("C44999", "C4")
    assert ontology.is_a("D0", "D5000")
    assert ontology.breadth(ontology.relations["owns"]) > 5000
    assert time.process_time() - started < 30


def test_what_is_too_big_is_told_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.ttl"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(
        OntologyError, match=r"big\.ttl: 68,157,440 bytes; an ontology may have 67,108,864 in all"
    ):
        load_ontology(path)
    (problem,) = check(path)
    assert problem.severity == "error"
    assert "an ontology may have" in problem.what + problem.advice
