"""Speed, start and memory of the language pipeline on one core, beside another pipeline if one is named.

    python tests/benchmarks/pipeline_speed.py [--against FOLDER_OR_NAME] [--rounds 3]

Texts are the sample articles of kg, repeated. Each figure is the best of the rounds, taken in turn, so that both
pipelines meet the same load. Start is measured in a fresh process, from the interpreter's start to the first parse.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "kg" / "samples"
START = "from kg.extract.pipeline import load_pipeline; load_pipeline()('Norda left Oslo.')"


def words_per_second(nlp: object, texts: list[str], rounds: int) -> list[float]:
    """Words (tokens that are no whitespace) per second of processor time, one figure per round."""
    figures = []
    for _ in range(rounds):
        begun = time.process_time()
        words = sum(not token.is_space for doc in nlp.pipe(texts) for token in doc)  # type: ignore[attr-defined]
        figures.append(words / (time.process_time() - begun))
    return figures


def start_seconds(rounds: int) -> tuple[float, float]:
    """Best wall-clock and best processor time of a fresh process to its first parse."""
    wall = processor = float("inf")
    for _ in range(rounds):
        begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", START], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall = min(wall, time.perf_counter() - begun)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        processor = min(processor, used)
    return wall, processor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", help="another spaCy pipeline, by name or folder")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    wall, processor = start_seconds(options.rounds)
    print(f"start to first parse: {wall:.2f} s, of which processor {processor:.2f} s")
    from kg.extract.pipeline import load_pipeline

    articles = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.rglob("*.txt"))]
    texts = articles * max(1, 100_000 // sum(map(len, articles)))
    shipped = load_pipeline()
    speeds = {"shipped": 0.0}
    pipelines = {"shipped": shipped}
    if options.against:
        pipelines["other"] = load_pipeline(options.against)
        speeds["other"] = 0.0
    for _ in range(options.rounds):
        for name, nlp in pipelines.items():
            speeds[name] = max(speeds[name], *words_per_second(nlp, texts, 1))
    for name, speed in speeds.items():
        print(f"{name}: {speed:.0f} words/s of one core")
    if options.against:
        print(f"ratio shipped : other = 1 : {speeds['other'] / speeds['shipped']:.2f}")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
