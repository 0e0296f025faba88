"""Score the mood reader on our sentences.

    python -m tests.mood.score [FILE.jsonl …] [--errors] [--model PIPELINE] [--write]

Each line of a file is {"text", "predicate", "polarity", "modality", "speaker"}: `predicate` is the first word of the text with
that spelling, `speaker` the words that must be in the phrase found as source ("" = none must be found). A line counts as
right when polarity, modality and speaker all are. The errors of the held-out half are never shown.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.extract.context import read_context
from kg.extract.context.mood import Words
from kg.extract.pipeline import load_pipeline
from kg.model import Context
from kg.rdf.schema import load_ontology

HERE = Path(__file__).parent
TUNING, HELD_OUT, FLOORS = HERE / "tuning.jsonl", HERE / "held_out.jsonl", HERE / "floors.json"
DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "our"})
SLACK = 0.02  # floors stand this far below what was measured: new weights of the parser may flip a few lines
MAX_EXTRA_WORDS = 4  # words a found source may have beyond the ones asked for


@dataclass(frozen=True, slots=True)
class Result:
    """One line and what the reader made of it."""

    line: dict[str, str]
    context: Context

    @property
    def polarity(self) -> bool:
        return self.context.polarity == self.line["polarity"]

    @property
    def modality(self) -> bool:
        return self.context.modality == self.line["modality"]

    @property
    def speaker(self) -> bool:
        return same_speaker(self.line["speaker"], self.context.speaker_text)

    @property
    def right(self) -> bool:
        return self.polarity and self.modality and self.speaker


def read(path: Path) -> list[dict[str, str]]:
    """The lines of a file of sentences."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def predicate_of(doc: Doc, word: str) -> Token:
    """The first word with this spelling; ValueError when the pipeline cut the text otherwise."""
    for token in doc:
        if token.text == word:
            return token
    raise ValueError(f"no word {word!r} in {doc.text!r}")


def same_speaker(asked: str, found: str) -> bool:
    """Whether the phrase found names the source asked for, with at most a few words more (case, determiners aside)."""
    want, have = ([w for w in s.lower().split() if w not in DETERMINERS] for s in (asked, found))
    if asked and not want:
        return asked.lower() == found.lower()
    if not want:
        return not found
    return " ".join(want) in " ".join(have) and len(have) <= len(want) + MAX_EXTRA_WORDS


def score(path: Path, nlp: Language, words: Words) -> list[Result]:
    """Read every line of a file."""
    lines = read(path)
    docs = nlp.pipe([line["text"] for line in lines])
    return [
        Result(line, read_context(predicate_of(doc, line["predicate"]), words))
        for line, doc in zip(lines, docs, strict=True)
    ]


def figures(results: list[Result]) -> dict[str, float]:
    """Share of right lines, and of right polarity, modality and speaker each."""
    names = ("right", "polarity", "modality", "speaker")
    return {name: round(sum(getattr(r, name) for r in results) / len(results), 3) for name in names}


def digest(path: Path) -> str:
    """SHA-256 of a file: floors hold for these very sentences."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_floors() -> dict[str, dict[str, float | str]]:
    """File name -> its digest and the share of right lines it must not fall below."""
    found: dict[str, dict[str, float | str]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return found


def show(path: Path, results: list[Result], errors: bool) -> None:
    shares = figures(results)
    print(
        f"{path.name}: {len(results)} lines;",
        ", ".join(f"{name} {share:.3f}" for name, share in shares.items()),
    )
    counts = collections.Counter(r.line["modality"] for r in results)
    hits = collections.Counter(r.line["modality"] for r in results if r.right)
    print("  " + ", ".join(f"{name} {hits[name]}/{count}" for name, count in sorted(counts.items())))
    for r in results if errors else ():
        if not r.right:
            asked = [r.line[key] for key in ("polarity", "modality", "speaker")]
            found = [str(r.context.polarity), str(r.context.modality), r.context.speaker_text]
            print(f"  {r.line['predicate']}: {r.line['text']}\n    asked {asked}\n    found {found}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, default=[TUNING, HELD_OUT])
    parser.add_argument("--errors", action="store_true", help="show what was read wrongly in the tuning half")
    parser.add_argument("--model", help="another spaCy pipeline with Universal Dependencies labels")
    parser.add_argument("--write", action="store_true", help="raise the floors to what was measured")
    options = parser.parse_args()
    nlp, words = load_pipeline(options.model), load_ontology().words
    floors = read_floors() if FLOORS.exists() else {}
    for path in options.files:
        results = score(path, nlp, words)
        show(path, results, options.errors and path.name != HELD_OUT.name)
        old = float(floors.get(path.name, {}).get("right", 0))
        floors[path.name] = {
            "sha256": digest(path),
            "right": max(old, round(figures(results)["right"] - SLACK, 3)),
        }
    if options.write:
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
