"""Quality floors: what kg finds in articles with hand-written facts, and the figures it must not fall below.

    python -m tests.floors            measures and compares
    python -m tests.floors --write    raises the floors to what was measured (--lower: also where that is less)

Two sets: the sample articles (tests/gold, ours), and the project's development articles beside the checkout
(../shared/dev), which users do not have; without them only the samples are measured.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import kg
from kg.records import records
from tests.scoring import Row, score

ROOT = Path(__file__).parent.parent
FLOORS = ROOT / "tests" / "floors.json"
DEV = ROOT.parent / "shared" / "dev"
COMMAND = "python ../shared/dev/score.py ../shared/dev/facts OUT/facts.jsonl --json"
MOST = frozenset({"must_not_broken", "stated"})  # figures that must not rise; all others must not fall

Figures = dict[str, float]


def gold() -> list[Row]:
    """The hand-written facts of the sample articles, one file each."""
    return [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "tests" / "gold").glob("*.json"))
    ]


def measure_samples(result: kg.Result) -> Figures:
    """Recall over the facts of all samples, and how many forbidden ones were stated."""
    rows = list(records(result.graph))
    scores = [score(file, rows) for file in gold()]
    found = sum(len(one.found) for one in scores)
    return {
        "recall": round(found / sum(len(one.found) + len(one.missed) for one in scores), 3),
        "stated": sum(len(one.stated) for one in scores),
    }


def measure_dev() -> Figures:
    """The figures of the development scorer for a build of its articles."""
    with tempfile.TemporaryDirectory() as folder:
        kg.save(kg.build(kg.read(DEV / "articles")), folder)
        command = [
            sys.executable,
            str(DEV / "score.py"),
            str(DEV / "facts"),
            f"{folder}/facts.jsonl",
            "--json",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    overall: dict[str, Any] = json.loads(done.stdout)["overall"]
    recall = overall["recall"]
    return {
        "strict": recall["strict"]["weighted"],
        "lenient": recall["lenient"]["weighted"],
        "loose": recall["loose"]["weighted"],
        "must_not_broken": overall["must_not"]["broken"],
        "merging_f1": overall["merging"]["f1"],
        "merging_precision": overall["merging"]["precision"],
        "evidence_exact": overall["evidence"]["exact"],
    }


def read_floors() -> dict[str, Figures]:
    """The floors in force, by set."""
    sets: dict[str, Figures] = json.loads(FLOORS.read_text(encoding="utf-8"))["sets"]
    return sets


def below(measured: Figures, floors: Figures) -> list[str]:
    """The figures that are worse than their floor, in words."""
    return [
        f"{name} is {measured[name]}, {'more' if name in MOST else 'less'} than {floor}"
        for name, floor in floors.items()
        if (measured[name] > floor if name in MOST else measured[name] < floor)
    ]


def main() -> None:
    """Measure, compare, and on request write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--lower", action="store_true")
    options = parser.parse_args()
    measured = {"samples": measure_samples(kg.build(kg.read(ROOT / "kg" / "samples")))}
    if DEV.exists():
        measured["dev"] = measure_dev()
    floors = read_floors() if FLOORS.exists() else {}
    for name, figures in measured.items():
        print(name, json.dumps(figures))
        for line in below(figures, floors.get(name, {})):
            print("  below the floor:", line)
        known = floors.get(name, {})
        better = {
            key: value
            if options.lower or key not in known
            else (min if key in MOST else max)(value, known[key])
            for key, value in figures.items()
        }
        floors[name] = better
    if options.write:
        text = {"command": COMMAND, "sets": floors}
        FLOORS.write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
