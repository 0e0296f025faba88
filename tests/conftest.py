"""What many tests share: the shipped pipeline and ontology, and the graph of the sample articles, each made once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "kg" / "samples"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def ontology() -> kg.Ontology:
    return kg.load_ontology()


@pytest.fixture(scope="session")
def samples() -> kg.Result:
    """The build of the ten sample articles."""
    return kg.build(kg.read(SAMPLES))


@pytest.fixture(scope="session")
def outputs(samples: kg.Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of that build; tests only read it."""
    folder = tmp_path_factory.mktemp("outputs")
    kg.save(samples, folder)
    return folder


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command line as a user calls it, in an empty folder: run("build", "articles") -> code, stdout, stderr."""

    def call(
        *args: str | Path, given: str | bytes = "", timeout: float = 120
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "kg", *map(str, args)],
            cwd=tmp_path,
            input=given if isinstance(given, bytes) else given.encode(),
            capture_output=True,
            timeout=timeout,
            env={**os.environ, "PYTHONUTF8": "1"},
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return call


def pytest_report_header() -> str:
    dev = ROOT.parent / "shared" / "dev"
    return f"development articles: {'scored' if dev.exists() else 'not beside this checkout, their floors are not checked'}"
