"""`kg.check` and `kg check`: contradictions shown with both sides, from real stores; nothing resolved."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

import kg
from kg.graph import Graph
from kg.model import Modality, Polarity, Value
from kg.rdf.shapes import COMPONENTS, read_shapes
from tests.conftest import Run
from tests.rdf.facts import Said, graph, reading


def day(iso: str) -> Value:
    return Value("date", iso, iso=iso)


def on(iso: str) -> dict[str, object]:
    return {"qualifiers": (("time", day(iso)),)}


NEGATIVE = {"polarity": Polarity.NEGATIVE}
TYPES = {"Acme": "Company", "Bolt": "Company", "S1": "Product", "Plant": "Facility", "Leeds": "City"}
CASES: dict[str, tuple[list[Said], list[tuple[str, str, str]]]] = {
    "two launch dates": (
        [("Acme", "launches", "S1", on("2025-11-27")), ("Bolt", "launches", "S1", on("2025-12-01"))],
        [("warning", "S1", "two dates of its launch")],
    ),
    "one date told twice, once less exactly": (
        [("Acme", "launches", "S1", on("2025-11-27")), ("Bolt", "launches", "S1", on("2025-11"))],
        [],
    ),
    "a quarter and a month of one year": (
        [("S1", "available_from", day("2025-Q3")), ("S1", "available_from", day("2025-08"))],
        [],
    ),
    "two first days": (
        [("S1", "available_from", day("2025")), ("S1", "available_from", day("2026-01"))],
        [("warning", "S1", "two first days of its availability")],
    ),
    "founded twice": (
        [("Acme", "founded_on", day("1990")), ("Acme", "founded_on", day("1991-02"))],
        [("violation", "Acme", "more than one “was founded on”, of which there can be one at most")],
    ),
    "founded after it acquires": (
        [("Acme", "founded_on", day("1999")), ("Acme", "acquires", "Bolt", on("1998-12-31"))],
        [("violation", "Acme", "acquires something before it is founded")],
    ),
    "founded in the year in which it acquires": (
        [("Acme", "founded_on", day("1999-06")), ("Acme", "acquires", "Bolt", on("1999"))],
        [],
    ),
    "closed before it is opened": (
        [("Acme", "opens_facility", "Plant", on("2020-02")), ("Acme", "closes_facility", "Plant", on("2019-02"))],
        [("warning", "Plant", "closed before it is opened")],
    ),
    "each acquires the other": (
        [("Acme", "acquires", "Bolt"), ("Bolt", "acquires", "Acme")],
        [("violation", "Acme", "each acquires the other"), ("violation", "Bolt", "each acquires the other")],
    ),
    "asserted and denied": (
        [("Acme", "acquires", "Bolt"), ("Acme", "acquires", "Bolt", NEGATIVE)],
        [("warning", "Acme", "asserted and denied: Acme acquires Bolt")],
    ),
    "inferred and denied": (
        [("Acme", "launches", "S1"), ("Acme", "offers", "S1", NEGATIVE)],
        [("warning", "Acme", "inferred and denied: Acme offers S1")],
    ),
    "denied only": ([("Acme", "acquires", "Bolt", NEGATIVE)], []),
    "planned and denied": (
        [("Acme", "acquires", "Bolt", {"modality": Modality.PLANNED}), ("Acme", "acquires", "Bolt", NEGATIVE)],
        [],
    ),
    "only said by somebody": (
        [("Acme", "acquires", "Bolt"), ("Bolt", "acquires", "Acme", {"attribution": "analysts"})],
        [],
    ),
    "out of range": (
        [("Acme", "headquartered_in", "Bolt")],
        [("warning", "Bolt", "outside the range of “is headquartered in”: Place")],
    ),
    "more than all": (
        [("Acme", "has_market_share", Value("percent", "140%", "140", "percent"))],
        [("violation", "Acme", "a market share below 0 or above 100 percent")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_cannot_be_right_is_found(name: str, ontology: kg.Ontology) -> None:
    said, expected = CASES[name]
    found = kg.check(graph(said, ontology, TYPES))
    wanted = [
        f for f in found if not (name != "out of range" and f.rule.startswith(("range of", "domain of")))
    ]
    assert [(f.severity.value, f.entity, f.message) for f in wanted] == expected


def test_both_sides_show_their_sentences_with_their_place(ontology: kg.Ontology) -> None:
    monday = reading([("Acme", "launches", "S1", on("2025-11-27"))], TYPES, "monday")
    friday = reading([("Acme", "launches", "S1", on("2025-12-01"))], TYPES, "friday")
    (found,) = kg.check(Graph.of([monday, friday], ontology))
    assert [(side.statement, [c.article for c in side.claims]) for side in found.sides] == [
        ("Acme launches S1 (2025-11-27)", ["monday"]),
        ("Acme launches S1 (2025-12-01)", ["friday"]),
    ]
    assert {claim.quote for side in found.sides for claim in side.claims} == {"Acme launches S1."}


def test_an_inferred_side_shows_the_sentences_of_its_premises(ontology: kg.Ontology) -> None:
    said: list[Said] = [
        ("Leeds", "located_in", "Yorkshire"),
        ("Yorkshire", "located_in", "England"),
        ("England", "located_in", "Leeds"),
    ]
    found = kg.check(graph(said, ontology, dict.fromkeys(("Leeds", "Yorkshire", "England"), "Place")))
    inferred = [side for f in found for side in f.sides if side.inferred]
    assert any(
        {claim.quote for claim in side.claims}
        >= {"Leeds located_in Yorkshire.", "Yorkshire located_in England."}
        for side in inferred
    )


MY_SHAPES = """@prefix kg: <https://kg.example/ontology#> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:x:> .
:Homes a sh:NodeShape ; sh:targetClass kg:Organization ;
    sh:property [ sh:path kg:headquartered_in ; sh:minCount 1 ; sh:severity sh:%s ; sh:message "no home" ] .
"""


@pytest.mark.parametrize(("severity", "code"), [("Violation", 1), ("Warning", 0), ("Info", 0)])
def test_shapes_of_ones_own_and_exit_codes(
    severity: str, code: int, run: Run, outputs: Path, tmp_path: Path
) -> None:
    (tmp_path / "my.ttl").write_text(MY_SHAPES % severity)
    done = run("check", "--outputs", outputs, "--shapes", "my.ttl")
    assert done.returncode == code, done.stderr
    assert f"{severity.lower()}: Alibaba: no home (Homes)" in done.stdout
    assert "Nvidia: no home" not in done.stdout  # of Santa Clara


def test_the_command_shows_sentences(run: Run, outputs: Path) -> None:
    done = run("check", "--out", outputs)
    assert done.returncode == 0, done.stdout
    assert "· rule " in done.stdout
    assert done.stderr.startswith("kg: 0 violations, ")


def test_as_json(run: Run, outputs: Path) -> None:
    done = run("check", "--out", outputs, "--format", "json")
    data = json.loads(done.stdout)
    assert data == json.loads((outputs / "report.json").read_text("utf-8"))["checks"]
    side = data["findings"][0]["sides"][0]
    text = {article.id: article.text for article in kg.read(Path(kg.__file__).parent / "samples")}
    for sentence in side["sentences"]:
        assert text[sentence["article"]][sentence["start"] : sentence["end"]] == sentence["quote"]


@pytest.mark.parametrize(
    ("shapes", "said"),
    [
        ("nowhere.ttl", "nowhere.ttl: no such file"),
        ("bad.ttl", "bad.ttl:2: S uses sh:closed, which is not supported"),
    ],
)
def test_unusable_shapes_are_one_line_and_exit_1(
    shapes: str, said: str, run: Run, outputs: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:x:> .\n:S sh:targetClass :F ; sh:closed true .\n"
    )
    done = run("check", "--out", outputs, "--shapes", shapes)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.model
def test_from_two_articles_to_what_they_contradict_each_other_in(ontology: kg.Ontology) -> None:
    first = kg.Article(
        "first",
        "OSLO, Nov 3, 2025 - Brightwell launched the Tern X1 camera on 3 November 2025. Brightwell was founded in 2019. "
        "Brightwell acquired Osric Labs in 2017.",
    )
    second = kg.Article(
        "second",
        "OSLO, Dec 5, 2025 - Brightwell launched the Tern X1 camera on 1 December 2025. Brightwell did not acquire Osric Labs. "
        "Brightwell was founded in 2016.",
    )
    found = {finding.message: finding for finding in kg.check(kg.build([first, second], ontology).graph)}
    assert set(found) >= {
        "acquires something before it is founded",
        "two dates of its launch",
        "asserted and denied: Brightwell acquires Osric Labs",
        "more than one “was founded on”, of which there can be one at most",
    }
    launches = found["two dates of its launch"].sides
    assert [claim.quote for side in launches for claim in side.claims] == [
        "Brightwell launched the Tern X1 camera on 3 November 2025.",
        "Brightwell launched the Tern X1 camera on 1 December 2025.",
    ]


def test_the_shapes_of_the_manual_are_read(tmp_path: Path) -> None:
    manual = (Path(__file__).parents[1] / "docs" / "checking.md").read_text("utf-8")
    (block,) = re.findall(r"```turtle\n(.*?)```", manual, re.DOTALL)
    (tmp_path / "my.ttl").write_text(block, encoding="utf-8")
    assert {constraint.shape for constraint in read_shapes(tmp_path / "my.ttl")} == {"Home", "Sold"}
    for component in COMPONENTS:
        assert f"`sh:{component}`" in manual


def test_time_grows_with_the_facts_not_with_their_square(ontology: kg.Ontology) -> None:
    def seconds(count: int) -> float:
        said: list[Said] = [
            (f"Firm {n}", "acquires", f"Firm {n + 1}", on("2020-01-01")) for n in range(count)
        ]
        said += [(f"Firm {n}", "founded_on", day("2021")) for n in range(count)]
        large = graph(said, ontology, {f"Firm {n}": "Company" for n in range(count + 1)})
        large.facts_all  # noqa: B018
        started = time.process_time()
        found = kg.check(large)
        assert sum(f.message == "acquires something before it is founded" for f in found) == min(1000, count)
        return time.process_time() - started

    seconds(20)
    assert seconds(4000) < 30 * seconds(400)  # a square would be a hundredfold
