"""What the rules add to the time of parsing: the same texts parsed, their frames read, and the whole article read.

    python tests/benchmarks/rules_speed.py [FOLDER] [--rounds 5]

Texts are the sample articles of kg, or the .txt files of FOLDER. The three are timed in turn, in processor time on one core, so
that all meet the same load; the best round of each counts. "rules" is mentions and frames with their mood, "rest" is values,
coreference, meaning and everything else an article asks for.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "kg" / "samples"


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one call."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    from kg.extract.masking import mask
    from kg.extract.mentions import Mentions
    from kg.extract.pipeline import load_pipeline
    from kg.extract.read import find_frames, read_article
    from kg.extract.values import find_values
    from kg.model import Article
    from kg.rdf.schema import load_ontology

    nlp, ontology = load_pipeline(), load_ontology()
    texts = [path.read_text(encoding="utf-8") for path in sorted(options.folder.rglob("*.txt"))]
    docs = [nlp(mask(text)) for text in texts]
    values = [find_values(text, ontology.words, None) for text in texts]
    words = sum(not token.is_space for doc in docs for token in doc)

    def parse() -> None:
        for text in texts:
            nlp(mask(text))

    def rules() -> None:
        for doc, found in zip(docs, values, strict=True):
            list(find_frames(doc, Mentions(doc, ontology, found), ontology))

    def whole() -> None:
        for number, text in enumerate(texts):
            read_article(Article(str(number), text), ontology, nlp)

    best = {"parse": float("inf"), "rules": float("inf"), "whole": float("inf")}
    for _ in range(options.rounds):
        for name, work in (("parse", parse), ("rules", rules), ("whole", whole)):
            best[name] = min(best[name], seconds(work))
    print(
        f"{len(texts)} texts, {words} words, {len(docs)} parses; best of {options.rounds} rounds, processor seconds"
    )
    print(f"parse  {best['parse']:.2f}  ({words / best['parse']:.0f} words per second)")
    print(f"rules  {best['rules']:.2f}  ({best['rules'] / best['parse']:.1%} of parsing)")
    rest = best["whole"] - best["parse"] - best["rules"]
    print(f"rest   {rest:.2f}  ({rest / best['parse']:.1%} of parsing)")


if __name__ == "__main__":
    main()
