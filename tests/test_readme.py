"""Every command and every Python example of the README and the manual is run, as a reader would run them: from top to bottom."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES

pytestmark = pytest.mark.model
PAGES = ("README.md", "docs/cli.md", "docs/python.md")


OWN = """\
@prefix : <https://example.org/museum#> .
@prefix kg: <https://kg.example/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Firm a owl:Class ; rdfs:label "firm" . :Person a owl:Class ; rdfs:label "person" .
:employer a owl:ObjectProperty ; rdfs:label "employer" ; rdfs:domain :Person ; rdfs:range :Firm ;
    kg:example "Ann Lee is employed by Norda." .
"""


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def desk(tmp_path: Path, outputs: Path) -> Path:
    """A folder as the reader has it: some articles, a graph built earlier, `kg` on the path, a browser that opens nothing."""
    shutil.copytree(SAMPLES, tmp_path / "articles")
    shutil.copytree(outputs, tmp_path / "outputs")
    shutil.copy(SAMPLES / "tidewater-fine.txt", tmp_path / "monday.txt")
    (tmp_path / "feed.jsonl").write_text(
        '{"id": "feed/1", "text": "Mars bought Kellanova for $36 billion."}\n'
    )
    (tmp_path / "sentences.jsonl").write_text('{"id": "1", "text": "Mars bought Kellanova ."}\n')
    (tmp_path / "my.ttl").write_text(OWN, encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(blocks("docs/checking.md", "turtle")[0], encoding="utf-8")
    (tmp_path / "questions.rq").write_text("SELECT ?who WHERE { ?who a kg:Company }")
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "kg"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kg "$@"\n')
    command.chmod(0o755)
    return tmp_path


def commands(page: str) -> list[str]:
    lines = [line for block in blocks(page, "console") for line in block.splitlines()]
    assert lines
    assert all(line.startswith("$ ") for line in lines)
    return [line[2:] for line in lines]


@pytest.mark.slow
@pytest.mark.parametrize("page", ["README.md", "docs/cli.md"])
def test_commands(page: str, desk: Path) -> None:
    environment = {**os.environ, "PATH": f"{desk / 'bin'}{os.pathsep}{os.environ['PATH']}", "BROWSER": "true"}
    for command in commands(page):
        if command.startswith("make "):  # sets an environment up: see test_package.py
            target = command.split()[1]
            assert f"\n{target}:" in (ROOT / "Makefile").read_text(encoding="utf-8")
            continue
        line = command.replace(".venv/bin/kg", "kg")
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=desk,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert done.stdout.strip(), f"{command} printed nothing"
        assert "kg: 0 rows" not in done.stderr, f"{command} found nothing"


@pytest.mark.slow
@pytest.mark.parametrize("page", ["README.md", "docs/python.md"])
def test_python_examples(page: str, desk: Path) -> None:
    code = "\n".join(blocks(page, "python"))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=desk, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Alibaba" in done.stdout


@pytest.mark.parametrize("page", [*PAGES, "docs/README.md", "outputs/README.md"])
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        assert target.startswith("https://") or (ROOT / page).parent.joinpath(target).exists(), target


def test_every_page_of_the_manual_is_in_its_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert page.name == "README.md" or f"({page.name})" in index, page.name


def test_every_public_name_is_in_the_python_page() -> None:
    import kg

    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    values = {"Articles", "Entity", "Modality", "Ontology", "OpenTriple", "Polarity", "Ref", "Span", "Value"}
    for name in kg.__all__:
        assert re.search(rf"\b{name}\b", text) or name in values, name
