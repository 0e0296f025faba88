"""Typed facts on the expression bank: `python -m tests.benchmarks.expressions --bank FOLDER [--part open|held-out] [--table]`.

The bank (one JSON object per line, with its own `score.py` beside it) is not part of this repository. A fifth of its lines, those
whose id hashes to 0 modulo 5, is set aside: cues are written from the others, and of the fifth only the total is looked at.
Every line is read as an article of its own, so that no line helps another, and what `kg build` keeps of it counts.
`--page docs/ontology-scores.md` puts the table per relation into the manual in place of the one there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import kg
from kg.build import LEAST_STATED
from kg.extract.confidence import sure
from kg.extract.read import read_article
from kg.graph import Graph
from kg.model import Article
from kg.records import to_jsonl

PARTS = ("open", "held-out")


def held_out(line: str) -> bool:
    """Whether this line belongs to the fifth that is set aside."""
    ident = json.loads(line)["id"]
    return int(hashlib.sha1(ident.encode()).hexdigest(), 16) % 5 == 0


def lines(folder: Path, part: str) -> Iterator[str]:
    """The lines of one part of the bank, file by file."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and held_out(line) == (part == "held-out"):
                yield line


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bank", type=Path, required=True, help="folder of *.jsonl files and their score.py")
    parser.add_argument("--part", choices=PARTS, default="open")
    parser.add_argument("--table", action="store_true", help="one line for each relation")
    parser.add_argument("--page", type=Path, help="page of the manual whose table per relation to write anew")
    options = parser.parse_args()
    ontology, nlp = kg.load_ontology(), kg.load_pipeline()
    chosen = list(lines(options.bank, options.part))
    with tempfile.TemporaryDirectory() as folder:
        gold, facts = Path(folder, "gold.jsonl"), Path(folder, "facts.jsonl")
        gold.write_text("\n".join(chosen) + "\n", encoding="utf-8")
        with facts.open("w", encoding="utf-8") as out:
            for row in map(json.loads, chosen):
                reading = sure(read_article(Article(row["id"], row["text"]), ontology, nlp), LEAST_STATED)
                out.write(to_jsonl(Graph.of([reading], ontology)))
        table = ["--table"] * (options.table or options.page is not None)
        command = [sys.executable, options.bank / "score.py", facts, gold, *table]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    print(said, end="")
    if options.page is not None:
        options.page.write_text(with_table(options.page.read_text(encoding="utf-8"), said), encoding="utf-8")


LINE = re.compile(
    r"(?P<name>\S+) +recall (?P<recall>\S+) \((?P<gold>\d+)\) +precision (?P<precision>\S+) \((?P<said>\d+)\)"
    r" +traps (?P<sprung>\d+)/(?P<traps>\d+)"
)
HEADING = "| relation | facts | recall | stated | precision | traps sprung |\n|---|---|---|---|---|---|\n"


def with_table(page: str, said: str) -> str:
    """The page with the table of relations, its last part, made anew from what score.py said."""
    rows = [
        f"| {m['name']} | {m['gold']} | {m['recall']} | {m['said']} | {m['precision']} | {m['sprung']} of {m['traps']} |\n"
        for m in map(LINE.match, said.splitlines())
        if m is not None
    ]
    return page[: page.index(HEADING)] + HEADING + "".join(rows)


if __name__ == "__main__":
    main()
