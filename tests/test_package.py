"""The wheel in an empty environment, with the network switched off: everything kg needs is inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = [pytest.mark.model, pytest.mark.slow]

NO_NETWORK = """
import socket

def refuse(*args, **kwargs):
    raise OSError("the network is switched off in this test")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""


def call(command: Sequence[str | Path], folder: Path, **environment: str) -> str:
    done = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    call([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], ROOT)
    (built,) = folder.glob("kg-*.whl")
    return built


def test_the_wheel_holds_ontology_pipeline_and_samples(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for part in (
        "kg/_ontology/",
        "kg/extract/pipeline/weights/",
        "kg/samples/",
        "kg/view/assets/",
        "kg/py.typed",
    ):
        assert any(name.startswith(part) for name in names), part
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests/", "outputs/"))]
    assert wheel.stat().st_size < 60_000_000


def test_an_empty_environment_without_network_builds_a_graph(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    call([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel], tmp_path)
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(NO_NETWORK)
    offline = {"PYTHONPATH": str(tmp_path / "guard"), "HOME": str(tmp_path), "HF_HUB_OFFLINE": "1"}
    apart = ["unshare", "--net"] if _can_unshare() else []
    kg = [*apart, tmp_path / "env" / "bin" / "kg"]
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(
        "Mars bought Kellanova, the maker of Pringles, for $36 billion in 2025."
    )
    assert "1 article read" in call([*kg, "build", "articles"], tmp_path, **offline)
    rows = json.loads(
        call([*kg, "query", "--format", "json", "SELECT ?o WHERE { ?s kg:acquires ?o }"], tmp_path, **offline)
    )
    assert [row["o"] for row in rows if "Kellanova" in row["o"]]
    assert "Mars bought Kellanova" in call([*kg, "why", "Mars", "acquires", "Kellanova"], tmp_path, **offline)
    assert "10 articles read" in call(
        [*kg, "build", "--samples", "--out", "samples", "--workers", "2"], tmp_path, **offline
    )


def _can_unshare() -> bool:
    """True where we may make a network namespace with nothing in it; elsewhere the guard in Python alone must do."""
    try:
        return subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
