"""The command line as a user meets it: what it prints, how it fails, and which exit code it leaves."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Run

COMMANDS = (
    *(
        "build",
        "query",
        "why",
        "check",
        "entities",
        "view",
        "rules",
        "ontology check",
        "ontology suggest",
        "extract",
    ),
    *("merge", "split", "diff"),
)


def one_line(text: str) -> bool:
    return text.count("\n") == 1 and text.endswith("\n") and "Traceback" not in text


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_shows_an_example(run: Run, command: str) -> None:
    done = run(*command.split(), "--help")
    assert done.returncode == 0
    assert "kg " + (command or "build") in done.stdout
    assert ("Example:" if command else "Start with:") in done.stdout


def test_version(run: Run) -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, "kg 0.1.0\n")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["build"], "name at least one article or folder"),
        (["build", "--nonsense"], "--nonsense"),
        (["build", ".", "--workers", "0"], "workers"),
        (["build", ".", "--workers", "many"], "workers"),
        (["query"], "give the query itself or --file"),
        (["query", "ASK {}", "--file", "q.rq"], "one of the two"),
        (["query", "ASK {}", "--format", "xml"], "xml"),
        (["why", "Alibaba"], "relation"),
        (["extract", "-", "--format", "xml"], "xml"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_exit_2(run: Run, args: list[str], said: str) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert done.stdout == ""
    assert one_line(done.stderr), done.stderr
    assert said in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["build", "nowhere"], "nowhere: no such file or folder"),
        (["query", "ASK {}"], "outputs: no graph here; run kg build first"),
        (["query", "ASK {}", "--out", "nowhere"], "nowhere: no graph here"),
        (["query", "--file", "nowhere.rq"], "nowhere.rq: cannot be read"),
        (["why", "Alibaba", "launches", "S1"], "no graph here"),
        (["entities"], "no graph here"),
        (["view"], "no page here; run kg build first"),
        (["extract", "nowhere.txt"], "nowhere.txt: cannot be read"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_1(run: Run, args: list[str], said: str) -> None:
    done = run(*args)
    assert done.returncode == 1
    assert done.stdout == ""
    assert one_line(done.stderr), done.stderr
    assert said in done.stderr


def test_an_empty_folder_writes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    done = run("build", "articles")
    assert done.returncode == 1
    assert "no articles in this folder" in done.stderr
    assert "no article could be read" in done.stderr
    assert not (tmp_path / "outputs").exists()


@pytest.mark.parametrize(
    ("turtle", "said"),
    [("kg:launches a owl:ObjectProperty", "bad.ttl"), ("", "bad.ttl"), ("\0\1", "bad.ttl")],
)
def test_a_malformed_ontology_names_the_file(run: Run, tmp_path: Path, turtle: str, said: str) -> None:
    (tmp_path / "bad.ttl").write_text(turtle)
    (tmp_path / "a.txt").write_text("Mars bought Kellanova.")
    done = run("build", "a.txt", "--ontology", "bad.ttl")
    assert done.returncode == 1
    assert one_line(done.stderr), done.stderr
    assert said in done.stderr


@pytest.mark.parametrize("name", ["no_such_pipeline", "../../etc/passwd", "os"])
def test_an_unknown_pipeline_is_told(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("Mars bought Kellanova.")
    done = run("build", "a.txt", "--pipeline", name)
    assert done.returncode == 1
    assert one_line(done.stderr), done.stderr
    assert name in done.stderr


@pytest.mark.model
def test_one_bad_article_is_reported_and_the_rest_built(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text("Mars bought Kellanova for $36 billion on Friday.")
    (folder / "headline.txt").write_text("Mars buys Kellanova")
    (folder / "bell.txt").write_text(
        "Mars\x07 bought\x1b[31m Kellanova, which makes Pringles and much else besides.\x00"[:-1]
    )
    (folder / "empty.txt").write_text("")
    (folder / "binary.txt").write_bytes(b"\x7fELF\0\0")
    (folder / "latin.txt").write_bytes("Société Générale achète".encode("latin-1"))
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    done = run("build", "articles")
    assert done.returncode == 0, done.stderr
    warnings = [line for line in done.stderr.splitlines() if "warning" in line]
    assert len(warnings) == 4
    assert all(line.startswith("kg: warning: articles/") for line in warnings)
    assert "3 articles read" in done.stdout
    names = {"graph.nq", "graph.ttl", "facts.jsonl", "graph.html", "report.json", "identity.yaml"}
    assert {path.name for path in (tmp_path / "outputs").iterdir()} == names
    assert len(json.loads((tmp_path / "outputs" / "report.json").read_text())["problems"]) == 4
    for line in (tmp_path / "outputs" / "facts.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = (folder / f"{record['article']}.txt").read_text(encoding="utf-8")
        assert text[record["start"] : record["end"]] == record["quote"]
    asked = run("query", "SELECT ?o WHERE { ?s kg:acquires ?o }", "--format", "json")
    assert asked.returncode == 0, asked.stderr
    assert "Kellanova" in asked.stdout
    assert "\x1b" not in run("entities").stdout


@pytest.mark.model
def test_a_folder_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Mars bought Kellanova.")
    (tmp_path / "file").write_text("in the way")
    done = run("build", "a.txt", "--out", "file")
    assert done.returncode == 1
    assert "file: cannot be written" in done.stderr
    done = run("build", "a.txt", "--out", "/proc/kg")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert one_line(done.stderr), done.stderr


@pytest.mark.model
def test_query_in_three_formats(run: Run, outputs: Path) -> None:
    sparql = "SELECT ?who ?what WHERE { ?who kg:launches ?what } ORDER BY ?who"
    table = run("query", sparql, "--out", outputs)
    assert table.returncode == 0, table.stderr
    assert table.stdout.splitlines()[0].split() == ["who", "what"]
    rows = json.loads(run("query", sparql, "--out", outputs, "--format", "json").stdout)
    lines = list(csv.reader(run("query", sparql, "--out", outputs, "--format", "csv").stdout.splitlines()))
    assert lines[0] == ["who", "what"]
    assert [list(row.values()) for row in rows] == lines[1:]
    assert any("Alibaba" in row["who"] and "S1" in row["what"] for row in rows)


@pytest.mark.model
def test_a_query_from_a_file(run: Run, outputs: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text('ASK { ?who rdfs:label "Alibaba" ; kg:launches ?what }')
    done = run("query", "--file", "q.rq", "--out", outputs, "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert "true" in done.stdout


@pytest.mark.model
@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?x WHERE { ?x ?y }",
        "SELECT ?x WHERE { SERVICE <http://example.org/> { ?x ?y ?z } }",
        "DELETE WHERE { ?s ?p ?o }",
        "",
    ],
)
def test_a_malformed_or_forbidden_query_is_one_line(run: Run, outputs: Path, sparql: str) -> None:
    done = run("query", sparql, "--out", outputs)
    assert done.returncode == 1
    assert one_line(done.stderr), done.stderr


@pytest.mark.model
def test_why_shows_sentence_article_date_rule_and_place(run: Run, outputs: Path) -> None:
    done = run("why", "Alibaba", "launches", "S1", "--out", outputs)
    assert done.returncode == 0, done.stderr
    text = (SAMPLES / "alibaba-s1-glasses.txt").read_text(encoding="utf-8")
    quote = done.stdout.split("“", 1)[1].split("”", 1)[0]
    assert quote in text
    start = text.index(quote)
    assert f"characters {start}–{start + len(quote)}" in done.stdout
    assert "2025-11-27" in done.stdout
    assert "alibaba-s1-glasses" in done.stdout
    assert "rule " in done.stdout


@pytest.mark.model
def test_why_tells_what_there_is_instead(run: Run, outputs: Path) -> None:
    done = run("why", "Alibaba", "sues", "S1", "--out", outputs)
    assert done.returncode == 1
    assert one_line(done.stderr), done.stderr
    assert "launches" in done.stderr
    done = run("why", "Albiaba", "launches", "S1", "--out", outputs)
    assert done.returncode == 1
    assert "Alibaba" in done.stderr


@pytest.mark.model
def test_entities(run: Run, outputs: Path) -> None:
    rows = json.loads(run("entities", "nvidia", "--out", outputs, "--format", "json").stdout)
    assert [row["label"] for row in rows if row["type"] == "Company"] == ["Nvidia"]
    assert run("entities", "nobody at all", "--out", outputs).returncode == 1


@pytest.mark.model
def test_extract_streams_json_lines(run: Run) -> None:
    given = "".join(
        json.dumps({"id": key, "text": text}) + "\n"
        for key, text in (
            ("a", "Beats was bought by Apple in 2014 ."),
            ("b", "Mars bought Kellanova."),
            ("c", ""),
        )
    )
    done = run("extract", "-", "--format", "jsonl", given=given + "broken\n")
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["id"] for record in records] == ["a", "b", "c"]
    fields = "subject relation object args confidence polarity modality attribution inferred".split()
    first = records[0]["triples"][0]
    assert sorted(first) == sorted(fields)
    assert (first["subject"], first["relation"], first["object"]) == ("Beats", "was bought by", "Apple")
    assert "line 4: not a record" in done.stderr


@pytest.mark.model
def test_extract_keeps_alternatives_and_drops_inferred_on_demand(run: Run) -> None:
    text = "Tim Cook, chairman of Apple, bought Beats in 2014.\n"
    options = ([], ["--all"], ["--explicit"])
    plain, every, explicit = (
        json.loads(run("extract", "-", "--format", "jsonl", *more, given=text).stdout)["triples"]
        for more in options
    )
    assert [t for t in every if not t.get("alternative")] == plain
    assert len(every) > len(plain)
    assert any(t["inferred"] for t in plain)
    assert explicit == [t for t in plain if not t["inferred"]]


def test_extract_reads_text(run: Run) -> None:
    done = run("extract", given="Beats was bought by Apple in 2014.\n")
    assert done.returncode == 0, done.stderr
    assert "(Beats; was bought by; Apple" in done.stdout
    assert run("extract", given=b"\xff\xfe\xfd").returncode == 1


@pytest.mark.model
def test_a_reader_that_stops_early_is_no_error(outputs: Path) -> None:
    import subprocess
    import sys

    command = f"'{sys.executable}' -m kg entities --out '{outputs}' | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0)


def test_view_prints_where_the_page_is(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "true")
    (tmp_path / "outputs").mkdir()
    (tmp_path / "outputs" / "graph.html").write_text("<p>page</p>")
    done = run("view")
    assert (done.returncode, done.stdout) == (0, "outputs/graph.html\n")
