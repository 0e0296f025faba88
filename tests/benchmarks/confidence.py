"""Fits and measures the confidence of claims: `python -m tests.benchmarks.confidence [--write]`.

The data are facts that a person read against their sentences (complete, vague or wrong), kept as the features of
`kg.extract.confidence` without any words: `confidence_data/judged.jsonl`, one object a line with the article it comes from as
`group`. Figures are from cross-validation: every article is rated by weights that never saw it. `--write` puts the weights of all
data into ontology/confidence.ttl.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.confidence import NO_OPINION

HERE = Path(__file__).parent
DATA = HERE / "confidence_data" / "judged.jsonl"
ONTOLOGY = HERE.parents[1] / "ontology" / "confidence.ttl"
PENALTY = 2.0  # of the squared weights: few data, so weights stay small unless the data insist
BINS = 10
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Data:
    """A row for each judged fact: feature sizes, whether it is true and complete, and its article."""

    names: tuple[str, ...]
    rows: Array
    right: Array
    wrong: Array
    groups: tuple[str, ...]


def load(path: Path = DATA) -> Data:
    """The judged facts."""
    return _data([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()])


def with_unrated(data: Data) -> Data:
    """The facts, and those that the typing head has rated once more as if it had not: of most own relations it knows nothing."""
    rated = np.array([name.startswith("typing head") for name in data.names])
    own = data.names.index(NO_OPINION)
    twins = np.where(rated, 0.0, data.rows)
    twins[:, own] = 1.0
    new = data.rows[:, own] == 0.0
    groups = (*data.groups, *(g for g, keep in zip(data.groups, new, strict=True) if keep))
    return Data(
        data.names,
        np.vstack([data.rows, twins[new]]),
        np.concatenate([data.right, data.right[new]]),
        np.concatenate([data.wrong, data.wrong[new]]),
        groups,
    )


def _data(read: Sequence[dict[str, Any]]) -> Data:
    names = tuple(sorted({name for row in read for name in row["features"]}))
    rows = np.array([[row["features"].get(name, 0.0) for name in names] for row in read])
    right = np.array([row["judged"] == "complete" for row in read], dtype=float)
    wrong = np.array([row["judged"] == "wrong" for row in read], dtype=float)
    return Data(names, rows, right, wrong, tuple(row["group"] for row in read))


def fit(rows: Array, right: Array, penalty: float = PENALTY) -> Array:
    """Weights of a logistic regression with a squared penalty, by Newton's method; deterministic."""
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        rated = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (rated - right) + penalty * weights
        curve = (rows.T * (rated * (1 - rated))) @ rows + penalty * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def rated_unseen(data: Data) -> Array:
    """The probability of each fact under weights fitted without its article."""
    rated = np.zeros(len(data.right))
    both = with_unrated(data)
    for group in sorted(set(data.groups)):
        others = np.array([g != group for g in both.groups])
        mine = np.array([g == group for g in data.groups])
        rated[mine] = 1 / (1 + np.exp(-data.rows[mine] @ fit(both.rows[others], both.right[others])))
    return rated


def curve(rated: Array, right: Array) -> list[tuple[float, float, int]]:
    """Expected share, observed share and number in ten bins of equal width; empty bins are left out."""
    places = np.minimum((rated * BINS).astype(int), BINS - 1)
    found = [(places == number) for number in range(BINS)]
    return [(float(rated[b].mean()), float(right[b].mean()), int(b.sum())) for b in found if b.any()]


def error(bins: Sequence[tuple[float, float, int]]) -> float:
    """Expected calibration error (Naeini et al. 2015): the mean distance of expected and observed, weighted by number."""
    total = sum(count for _, _, count in bins)
    return sum(abs(expected - observed) * count for expected, observed, count in bins) / total


def to_turtle(names: Sequence[str], weights: Array) -> str:
    """The weights as a word class of the ontology."""
    entries = ",\n        ".join(
        f'"{name} = {weight:.2f}"' for name, weight in zip(names, weights, strict=True)
    )
    return f"""# How much each thing that can be read off a claim speaks for it (kg/extract/confidence.py).
# Written by `python -m tests.benchmarks.confidence --write`; do not edit by hand.
@prefix kg: <https://kg.example/ontology#> .
@prefix lex: <https://kg.example/words#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

lex:confidence_weight a kg:WordClass ;
    rdfs:comment "Weights of a logistic model of whether a claim is true and complete: positive speaks for it."@en ;
    kg:entry {entries} .
"""


def report(data: Data) -> str:
    """The calibration curve, its error, and what thresholds do, as text."""
    rated = rated_unseen(data)
    bins = curve(rated, data.right)
    lines = [f"{len(rated)} facts, {data.right.mean():.3f} complete, {data.wrong.mean():.3f} wrong"]
    lines += [f"expected {e:.2f}  observed {o:.2f}  facts {n}" for e, o, n in bins]
    lines.append(f"expected calibration error {error(bins):.3f}")
    for least in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        kept = rated >= least
        lines.append(
            f"from {least:.1f}: kept {kept.mean():.2f}, complete {data.right[kept].mean():.2f}, "
            f"wrong {data.wrong[kept].mean():.2f}, complete ones kept {data.right[kept].sum() / data.right.sum():.2f}"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write the weights to ontology/confidence.ttl")
    options = parser.parse_args()
    data = load()
    print(report(data))
    if options.write:
        both = with_unrated(data)
        ONTOLOGY.write_text(to_turtle(both.names, fit(both.rows, both.right)), encoding="utf-8")
        print(f"wrote {ONTOLOGY}")


if __name__ == "__main__":
    main()
