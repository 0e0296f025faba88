"""``python -m kg.extract.pipeline.evaluate --data DIR``: the scores of a pipeline on the held-out corpora.

Raw text goes in, words and sentences are predicted. Prints one line per corpus, or JSON.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from spacy.language import Language

from kg.extract.pipeline import load_pipeline
from kg.extract.pipeline.corpora.load import docred, tokenizer, treebank, uner_dev, uner_test
from kg.extract.pipeline.corpora.passage import Passage
from kg.extract.pipeline.scores import name_scores, syntax_scores


def evaluate(nlp: Language, data: Path, part: str = "test") -> dict[str, dict[str, float]]:
    """Scores in percent by corpus: EWT and GUM (*part*: dev or test), DocRED held-out fifth, UNER over EWT."""
    scores: dict[str, dict[str, float]] = {}
    for name in ("ewt", "gum"):
        passages = treebank(data, name, part)
        begun = time.process_time()
        docs = list(nlp.pipe([passage.text for passage in passages]))
        spent = time.process_time() - begun
        scores[f"{name}-{part}"] = syntax_scores(zip(passages, docs, strict=True))
        scores[f"{name}-{part}"]["words/s"] = round(sum(len(p.spans) for p in passages) / spent)
    tokenize = tokenizer()
    named: dict[str, list[Passage]] = {
        "docred": docred(data, tokenize, held_out=True),
        "uner": uner_test(data, tokenize) if part == "test" else uner_dev(data, tokenize),
    }
    for scheme, passages in named.items():
        docs = list(nlp.pipe([passage.text for passage in passages]))
        scores[f"{scheme}-{part}"] = name_scores(zip(passages, docs, strict=True), scheme)
    return scores


def main() -> None:
    """Score a pipeline; the shipped one unless --pipeline names another."""
    parser = argparse.ArgumentParser(prog="python -m kg.extract.pipeline.evaluate", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds ud/, ner/ and docred/")
    parser.add_argument("--pipeline", help="an installed spaCy pipeline or a folder of one")
    parser.add_argument("--part", choices=("dev", "test"), default="test")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    scores = evaluate(load_pipeline(options.pipeline), options.data, options.part)
    if options.json:
        print(json.dumps(scores, indent=1))
        return
    for corpus, figures in scores.items():
        print(f"{corpus:12}", "  ".join(f"{name} {value:g}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
