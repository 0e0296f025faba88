"""Which corpus files serve training, selection and testing. Held-out parts never reach a training run."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import spacy

from kg.extract.pipeline.corpora.expressions import read_expressions
from kg.extract.pipeline.corpora.gather import gather
from kg.extract.pipeline.corpora.ner import Tokenize, in_fold, read_docred, read_iob, read_uner
from kg.extract.pipeline.corpora.passage import Passage
from kg.extract.pipeline.corpora.ud import read_treebank
from kg.extract.pipeline.corpora.whole import ARTICLES, SELECTION
from kg.extract.pipeline.corpora.written import read_written
from kg.extract.pipeline.tokens import build_tokenizer

#: Written for kg: single sentences; whole articles are in :mod:`whole`.
SENTENCES = Path(__file__).with_name("sentences")
TREEBANKS = {"ewt": "en_ewt-ud", "gum": "en_gum-ud"}


def tokenizer() -> Tokenize:
    """The tokenizer of the pipeline as a plain function from text to character spans, whitespace left out."""
    nlp = spacy.blank("en")
    nlp.tokenizer = build_tokenizer(nlp.vocab)

    def tokenize(text: str) -> list[tuple[int, int]]:
        return [(t.idx, t.idx + len(t)) for t in nlp.make_doc(text) if not t.is_space]

    return tokenize


def treebank(data: Path, name: str, part: str) -> list[Passage]:
    """Documents of ``ewt`` or ``gum``; *part* is train, dev or test."""
    return read_treebank(data / "ud" / f"{TREEBANKS[name]}-{part}.conllu.gz", name)


def training(data: Path) -> list[Passage]:
    """All training passages. Left out for selection: one DocRED and one UNER document in ten of the training part."""
    tokenize = tokenizer()
    passages = [*treebank(data, "ewt", "train"), *treebank(data, "gum", "train")]
    named = [*docred(data, tokenize, held_out=False), *uner_dev(data, tokenize)]
    passages += [passage for passage in named if not selects(passage)]
    for source, file in (("wikigold", "wikigold"), ("wnut17", "wnut17-train"), ("re3d", "re3d-train")):
        passages += read_iob(data / "ner" / f"{file}.conll.gz", source, tokenize)
    passages += read_iob(data / "ner" / "sec-filings-train.conll.gz", "sec", tokenize)
    passages += [replace(p, pairs=()) if selects(p) else p for p in read_expressions(_bank(data), tokenize)]
    passages += _written(tokenize)
    # tweets and contract pages without a single name cost time and teach little
    return [p for p in passages if p.source not in {"wnut17", "sec"} or p.names]


def _bank(data: Path) -> Path:
    """Folder of the expression bank: inside the data folder or beside it."""
    inside = data / "expressions"
    return inside if inside.is_dir() else data.parent / "expressions"


def selects(passage: Passage) -> bool:
    """Whether a document with names or typed pairs serves for choosing a checkpoint instead of training."""
    return in_fold(passage.document, 1, 10)


def selection_names(data: Path) -> dict[str, list[Passage]]:
    """Passages for choosing a checkpoint by its names: parts of the training side, no test text."""
    tokenize = tokenizer()
    return {
        "docred": [p for p in docred(data, tokenize, held_out=False) if selects(p)],
        "uner": [p for p in uner_dev(data, tokenize) if selects(p)],
    }


def training_pairs(data: Path) -> list[Passage]:
    """Sentences of the expression bank, and those written for kg, whose typed pairs serve training."""
    tokenize = tokenizer()
    bank = [passage for passage in read_expressions(_bank(data), tokenize) if not selects(passage)]
    return bank + _written(tokenize)


def _written(tokenize: Tokenize) -> list[Passage]:
    return read_written(SENTENCES, "written", tokenize) + read_written(ARTICLES, "article", tokenize)


def selection_pairs(data: Path) -> dict[str, list[Passage]]:
    """Passages whose typed pairs serve for choosing a checkpoint and a threshold, in company."""
    tokenize = tokenizer()
    bank = [passage for passage in read_expressions(_bank(data), tokenize) if selects(passage)]
    articles = read_written(SELECTION, "article", tokenize)
    return {"bank": gather(bank, random.Random(1)), "articles": gather(articles, random.Random(1))}


def docred(data: Path, tokenize: Tokenize, *, held_out: bool) -> list[Passage]:
    """Re-DocRED dev; the fifth with ``sha1(title) % 5 == 0`` is the held-out test."""
    articles = read_docred(data / "docred" / "dev_revised.json.gz", tokenize)
    return [article for article in articles if in_fold(article.document) == held_out]


def uner_dev(data: Path, tokenize: Tokenize) -> list[Passage]:
    return read_uner(data / "ner" / "uner-ewt-dev.iob2.gz", treebank(data, "ewt", "dev"), tokenize)


def uner_test(data: Path, tokenize: Tokenize) -> list[Passage]:
    return read_uner(data / "ner" / "uner-ewt-test.iob2.gz", treebank(data, "ewt", "test"), tokenize)
