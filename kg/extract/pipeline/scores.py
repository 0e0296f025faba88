"""Scores of predicted Docs against gold passages, from raw text and with predicted words and sentences.

Words count as the same if they cover the same characters, whitespace apart, as in the CoNLL 2018 shared task (Zeman
et al., 2018); every figure is the F1 of correct over gold and predicted words, so that wrong words and boundaries cost.
``las`` compares whole labels (``nsubj:pass``); ``las_universal`` the part before the colon, as the shared task did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from kg.extract.pipeline.corpora.passage import Passage
from kg.extract.pipeline.labels import COARSE_LABELS

LAYERS = ("words", "sentences", "upos", "xpos", "feats", "lemmas", "uas", "las", "las_universal")


def syntax_scores(pairs: Iterable[tuple[Passage, Doc]]) -> dict[str, float]:
    """F1 in percent of every layer of :data:`LAYERS`."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for passage, doc in pairs:
        _count_words(passage, doc, right, total)
        _count_sentences(passage, doc, right, total)
    return {layer: _percent(2 * right[layer], total[layer]) for layer in LAYERS}


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def _count_words(passage: Passage, doc: Doc, right: Counter[str], total: Counter[str]) -> None:
    syntax = passage.syntax
    assert syntax is not None
    found = {(token.idx, token.idx + len(token)): token for token in doc if not token.is_space}
    known = [lemma != "_" for lemma in syntax.lemmas]
    for layer in ("words", "upos", "xpos", "feats", "uas", "las", "las_universal"):
        total[layer] += len(passage.spans) + len(found)
    total["lemmas"] += sum(known) + len(found)
    for index, span in enumerate(passage.spans):
        token = found.get(span)
        if token is None:
            continue
        right["words"] += 1
        right["upos"] += token.pos_ == syntax.upos[index]
        right["xpos"] += token.tag_ == syntax.xpos[index]
        right["feats"] += str(token.morph) == syntax.feats[index]
        # words without a gold lemma are left out on both sides
        right["lemmas"] += known[index] and token.lemma_ == syntax.lemmas[index]
        total["lemmas"] -= not known[index]
        if _head_span(token) == passage.spans[syntax.heads[index]]:
            label, gold = _label(token), syntax.labels[index]
            right["uas"] += 1
            right["las"] += label == gold
            right["las_universal"] += label.split(":")[0] == gold.split(":")[0]


def _label(token: Token) -> str:
    return "root" if token.dep_ == "ROOT" else str(token.dep_)


def _head_span(token: Token) -> tuple[int, int]:
    return token.head.idx, token.head.idx + len(token.head)


def _count_sentences(passage: Passage, doc: Doc, right: Counter[str], total: Counter[str]) -> None:
    syntax = passage.syntax
    assert syntax is not None
    starts = [i for i, first in enumerate(syntax.sentence_starts) if first]
    ends = [*starts[1:], len(passage.spans)]
    gold = {(passage.spans[i][0], passage.spans[j - 1][1]) for i, j in zip(starts, ends, strict=True)}
    found = set()
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if words:
            found.add((words[0].idx, words[-1].idx + len(words[-1])))
    right["sentences"] += len(gold & found)
    total["sentences"] += len(gold) + len(found)


def name_scores(pairs: Iterable[tuple[Passage, Doc]], scheme: str) -> dict[str, float]:
    """Precision, recall and F1 in percent of exact spans with labels in the coarse *scheme* (docred or uner)."""
    coarse = COARSE_LABELS[scheme]
    kept = {label for label in coarse.values() if label}
    right: Counter[str] = Counter()
    gold_count: Counter[str] = Counter()
    found_count: Counter[str] = Counter()
    for passage, doc in pairs:
        gold = {
            (passage.spans[name.first][0], passage.spans[name.end - 1][1], name.gold)
            for name in passage.names or ()
            if name.gold in kept
        }
        found = {
            (entity.start_char, entity.end_char, coarse[entity.label_])
            for entity in doc.ents
            if coarse.get(entity.label_)
        }
        for counter, spans in ((right, gold & found), (gold_count, gold), (found_count, found)):
            for _, _, label in spans:
                counter["all"] += 1
                counter[str(label)] += 1
        gold_count["all"] += passage.lost
    scores = {
        "precision": _percent(right["all"], found_count["all"]),
        "recall": _percent(right["all"], gold_count["all"]),
        "f1": _percent(2 * right["all"], found_count["all"] + gold_count["all"]),
    }
    for label in sorted(kept):
        scores[f"f1.{label}"] = _percent(2 * right[label], found_count[label] + gold_count[label])
    return scores
