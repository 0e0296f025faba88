"""Quality floors: what kg finds in articles with hand-written facts, and the figures it must not fall below.

    python -m tests.floors            measures and compares
    python -m tests.floors --write    raises the floors to what was measured (--lower: also where that is less)

The sample articles (tests/gold, ours), and the project's development articles and sentences beside the checkout
(../shared/dev), which users do not have; without them only the samples are measured.
"""

from __future__ import annotations

import argparse
import json
import re
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
PAGE = ROOT / "docs" / "quality.md"
DEV = ROOT.parent / "shared" / "dev"
COMMANDS = {
    "samples": "kg build --samples; tests/scoring.py against tests/gold",
    "dev": "kg build ../shared/dev/articles --out OUT; python ../shared/dev/score.py ../shared/dev/facts OUT/facts.jsonl --json",
    "open": "python ../shared/dev/open_score.py --sentences > S; kg extract S --format jsonl > T; python ../shared/dev/open_score.py T",
}
MOST = frozenset({"must_not_broken", "stated"})  # figures that must not rise; all others must not fall
EXACT = frozenset({"evidence_exact"})  # figures without play
PLAY = 0.02  # 8-bit arithmetic differs a little between processors, and now and then a parse with it

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
    recall, merging = overall["recall"], overall["merging"]
    return {
        "strict": recall["strict"]["weighted"],
        "lenient": recall["lenient"]["weighted"],
        "loose": recall["loose"]["weighted"],
        "must_not_broken": overall["must_not"]["broken"],
        "merging_f1": merging["f1"] or 0.0,  # the scorer says null where no names were found at all
        "merging_precision": merging["precision"] or 0.0,
        "evidence_exact": overall["evidence"]["exact"] or 0.0,
    }


def measure_open() -> Figures:
    """F1 and AUC of open extraction on the CaRB development sentences, as the scorer there defines them."""
    nlp, ontology = kg.load_pipeline(), kg.load_ontology()
    scorer = [sys.executable, str(DEV / "open_score.py")]
    sentences = subprocess.run([*scorer, "--sentences"], capture_output=True, text=True, check=True).stdout
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as answers:
        for line in sentences.splitlines():
            sentence = json.loads(line)
            triples = kg.extract(sentence["text"], ontology, pipeline=nlp)
            record = {"id": sentence["id"], "triples": [triple.as_dict() for triple in triples]}
            answers.write(json.dumps(record) + "\n")
        answers.flush()
        said = subprocess.run([*scorer, answers.name], capture_output=True, text=True, check=True).stdout
    figures = {
        name: float(number)
        for name, number in re.findall(r"([A-Z]\S*(?: \S+)?) +([\d.]+)(?=  |\n)", said.split("\n")[0] + "\n")
    }
    return {"f1": figures["F1"], "auc": figures["AUC"], "f1_one_to_one": figures["F1 1-1"]}


def read_floors() -> dict[str, Figures]:
    """The floors in force, by set."""
    sets: dict[str, Figures] = json.loads(FLOORS.read_text(encoding="utf-8"))["sets"]
    return sets


def below(measured: Figures, floors: Figures) -> list[str]:
    """The figures that are worse than their floor, in words."""
    return [
        f"{name} is {measured[name]}, {'more' if name in MOST else 'less'} than {floor}"
        for name, floor in floors.items()
        if (measured[name] > floor if name in MOST else measured[name] < floor - (name not in EXACT) * PLAY)
    ]


def table(sets: dict[str, Figures]) -> str:
    """The figures as the table in docs/quality.md."""
    rows = [
        f"| {name} | {figure.replace('_', ' ')} | {value:g} |"
        for name, figures in sets.items()
        for figure, value in figures.items()
    ]
    return "\n".join(["| set | figure | measured |", "|---|---|---|", *rows])


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
        measured |= {"dev": measure_dev(), "open": measure_open()}
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
        text = {"commands": COMMANDS, "sets": floors}
        FLOORS.write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")
        page = re.sub(
            r"(?s)(<!-- figures -->\n).*(<!-- /figures -->)",
            lambda found: f"{found[1]}{table(floors)}\n{found[2]}",
            PAGE.read_text(encoding="utf-8"),
        )
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
