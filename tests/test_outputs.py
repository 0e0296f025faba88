"""Result files: written as one set or not at all, loaded as they were saved, and records as the scorer wants them."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from pathlib import Path

import pytest

import kg
from kg.articles import OUTPUTS
from kg.model import Claim, Modality, Polarity, Reading, Ref, Referent, Rejection, Span, Value
from kg.model import Reason as Why
from kg.outputs import report
from kg.records import records

TEXT = "Acme sells the Zip for €5. It will not buy Beta, said Cy."
FILES = set(OUTPUTS)


def reading() -> Reading:
    """One article read by hand."""

    def claim(relation: str, target: Ref | Value | str, span: Span, **more: object) -> Claim:
        base = Claim("a", "acme", relation, target, span, span.of(TEXT), "test.rule")
        return dataclasses.replace(base, **more)  # type: ignore[arg-type]

    first, second = Span(0, 26), Span(27, len(TEXT))
    price = Value("money", "€5", "5", "EUR")
    return Reading(
        article="a",
        title="Acme sells the Zip",
        source="a.txt",
        date=None,
        digest=hashlib.sha256(TEXT.encode()).hexdigest(),
        length=len(TEXT),
        referents=(
            Referent("a", "acme", "Acme", "name", (("Company", 2),), mentions=(Span(0, 4),), rungs=("name",)),
            Referent(
                "a", "beta", "Beta", "name", (("Company", 1),), mentions=(Span(43, 47),), rungs=("name",)
            ),
            Referent("a", "zip", "Zip", "name", (("Product", 1),), mentions=(Span(15, 18),), rungs=("name",)),
        ),
        claims=(
            claim("offers", Ref("zip"), first, qualifiers=(("time", "today"), ("value", price))),
            claim("has_price", price, first, subject="zip"),
            claim(
                "acquires",
                Ref("beta"),
                second,
                polarity=Polarity.NEGATIVE,
                modality=Modality.PLANNED,
                attribution="Cy",
                confidence=0.51234,
            ),
            claim("fly_to", "the moon", second, open=True),
        ),
        rejections=(Rejection("a", Why.NO_OBJECT, "verbs.clause", "say", TEXT[27:], "no object"),),
    )


@pytest.fixture
def result(ontology: kg.Ontology) -> kg.Result:
    return kg.Result(
        kg.Graph.of([reading()], ontology), (kg.ArticleError("b.txt: empty"),), {"read": 1.23456}
    )


def test_records_carry_names_mood_figures_and_the_exact_quote(result: kg.Result) -> None:
    found = {record["relation"]: record for record in records(result.graph)}
    assert len(found) == 4
    for record in found.values():
        start, end = record["start"], record["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert TEXT[start:end] == record["quote"]
    assert found["acquires"] == {
        "article": "a",
        "subject": "Acme",
        "subject_type": "Company",
        "subject_aliases": [],
        "relation": "acquires",
        "object": "Beta",
        "object_type": "Company",
        "object_aliases": [],
        "polarity": "negative",
        "modality": "planned",
        "attribution": "Cy",
        "qualifiers": {},
        "quote": TEXT[27:],
        "start": 27,
        "end": len(TEXT),
        "rule": "test.rule",
        "confidence": 0.512,
        "open": False,
    }
    assert found["offers"]["qualifiers"] == {"time": "today", "value": 5, "unit": "EUR"}
    assert (found["offers"]["polarity"], found["offers"]["modality"], found["offers"]["attribution"]) == (
        None,
        None,
        None,
    )
    assert (found["has_price"]["object"], found["has_price"]["qualifiers"]) == (
        "€5",
        {"value": 5, "unit": "EUR"},
    )
    assert (found["fly_to"]["object"], found["fly_to"]["open"]) == ("the moon", True)


def test_saved_and_loaded_is_the_same(result: kg.Result, tmp_path: Path) -> None:
    paths = kg.save(result, tmp_path / "new" / "folder")
    assert set(paths) == FILES == {path.name for path in (tmp_path / "new" / "folder").iterdir()}
    assert kg.load(tmp_path / "new" / "folder") == result.graph
    assert kg.load(paths["graph.nq"]) == result.graph


def test_other_files_in_the_folder_stay(result: kg.Result, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "graph.ttl").write_text("old")
    kg.save(result, tmp_path)
    kg.save(result.graph, tmp_path)
    assert (tmp_path / "README.md").read_text() == "mine"
    assert "old" not in (tmp_path / "graph.ttl").read_text()
    assert {path.name for path in tmp_path.iterdir()} == FILES | {"README.md", "previous.nq"}


def test_a_failure_half_way_leaves_all_files_as_they_were(result: kg.Result, tmp_path: Path) -> None:
    for name in FILES - {"report.json", "facts.jsonl"}:
        (tmp_path / name).write_text("old")
    (tmp_path / "report.json").mkdir()  # the last file to be moved cannot be
    with pytest.raises(kg.OutputError, match="cannot be written"):
        kg.save(result, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == FILES - {"facts.jsonl"}
    assert all((tmp_path / name).read_text() == "old" for name in FILES - {"report.json", "facts.jsonl"})


def test_a_folder_that_cannot_be_made(result: kg.Result, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(kg.OutputError, match="file: cannot be written"):
        kg.save(result, tmp_path / "file")
    with pytest.raises(kg.OutputError, match="cannot be written"):
        kg.save(result, "/proc/nowhere")


def test_the_base_of_iris(result: kg.Result, tmp_path: Path) -> None:
    kg.save(result, tmp_path, base="https://graph.example.org/")
    assert "<https://graph.example.org/entity/Acme>" in (tmp_path / "graph.nq").read_text()
    assert kg.load(tmp_path) == result.graph
    for base in ("", "no iri", "https://example.org", "https://exa mple.org/", "https://e.org/<>/"):
        with pytest.raises(kg.OutputError, match="is not an IRI"):
            kg.save(result, tmp_path / "other", base=base)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"plain words", b"<a> <b> <c> .\n" * 3, b"<a> <b>"])
def test_a_damaged_graph_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "graph.nq").write_bytes(content)
    with pytest.raises(kg.GraphError, match=r"graph\.nq: "):
        kg.load(tmp_path)


def test_a_truncated_graph_is_told(result: kg.Result, tmp_path: Path) -> None:
    file = kg.save(result, tmp_path)["graph.nq"]
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: len(text) // 2], encoding="utf-8")
    with pytest.raises(kg.GraphError, match=r"graph\.nq: "):
        kg.load(tmp_path)


def test_a_missing_graph_is_told(tmp_path: Path) -> None:
    with pytest.raises(kg.GraphError, match="run kg build first"):
        kg.load(tmp_path)


def test_report_counts(result: kg.Result, tmp_path: Path) -> None:
    counts = report(result)
    assert counts["articles"] == 1
    assert counts["claims"] == 4
    assert counts["claims_with_open_relations"] == {"fly_to": 1}
    assert counts["refused_by_reason"] == {"no object": 1}
    assert counts["problems"] == ["b.txt: empty"]
    assert json.loads(kg.save(result, tmp_path)["report.json"].read_text(encoding="utf-8")) == counts


def test_nothing_but_the_timings_changes_between_two_saves(result: kg.Result, tmp_path: Path) -> None:
    first, second = kg.save(result, tmp_path / "a"), kg.save(result, tmp_path / "b")
    assert all(first[name].read_bytes() == second[name].read_bytes() for name in FILES)
    assert os.stat(first["graph.nq"]).st_mode & 0o044 == 0o044  # readable by others, as written files are
