"""Score the mood reader on our sentences: `python -m tests.mood.score [FILE.jsonl …] [--errors] [--model PIPELINE]`.

Each line of a file is {"text", "predicate", "polarity", "modality", "speaker"}: `predicate` is the first word of the text with
that spelling, `speaker` the words that must be in the phrase found as source ("" = none must be found). A line counts as
right when polarity, modality and speaker all are. Without files the tuning half is scored; the held-out half is for
figures only, its errors are not looked at.
"""

from __future__ import annotations

import argparse
import collections
import json
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.extract.context import read_context
from kg.extract.context.mood import Words
from kg.model import Context

HERE = Path(__file__).parent
TUNING, HELD_OUT = HERE / "tuning.jsonl", HERE / "held_out.jsonl"
DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "our"})
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


def accuracy(results: list[Result]) -> float:
    """Share of lines whose polarity, modality and speaker are all right."""
    return sum(r.right for r in results) / len(results)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, default=[TUNING])
    parser.add_argument(
        "--errors", action="store_true", help="show the lines read wrongly (not for the held-out half)"
    )
    parser.add_argument("--model", help="another spaCy pipeline with Universal Dependencies labels")
    options = parser.parse_args()
    nlp, words = load(options.model)
    for path in options.files:
        results = score(path, nlp, words)
        shares = {
            name: sum(getattr(r, name) for r in results) / len(results)
            for name in ("polarity", "modality", "speaker")
        }
        print(
            f"{path.name}: {accuracy(results):.3f} of {len(results)} right;",
            " ".join(f"{k} {v:.3f}" for k, v in shares.items()),
        )
        classes = collections.Counter(r.line["modality"] for r in results)
        hits = collections.Counter(r.line["modality"] for r in results if r.right)
        print("  " + ", ".join(f"{name} {hits[name]}/{count}" for name, count in sorted(classes.items())))
        for r in results if options.errors else ():
            if not r.right:
                gold = [r.line[key] for key in ("polarity", "modality", "speaker")]
                found = [str(r.context.polarity), str(r.context.modality), r.context.speaker_text]
                print(f"  {r.line['predicate']}: {r.line['text']}\n    asked {gold}\n    found {found}")


def load(model: str | None) -> tuple[Language, Words]:
    """The pipeline (kg's own without a name) and the shipped word classes."""
    import spacy

    from kg.rdf.schema import load_ontology

    return spacy.load(model), load_ontology().words


if __name__ == "__main__":
    main()
