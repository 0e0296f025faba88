"""``python -m kg.extract.coref.train --data DIR``: the ranker's weights from the chains of GUM train and of articles of ours.

The loss is that of Durrett and Klein (2013): the probability of all right antecedents together, with a margin for each kind of
mistake. The epoch with the best links on GUM dev and a part of the articles is kept, those to names counted twice; the test parts are never read.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg import load_ontology
from kg.extract.coref.affinity import Floats
from kg.extract.coref.calibrate import believe, calibrate, named_f1
from kg.extract.coref.columns import SLOTS
from kg.extract.coref.detect import graph_mentions
from kg.extract.coref.gold import Annotated, read_own, read_views
from kg.extract.coref.pairs import Pairs, mentions_of
from kg.extract.coref.ranker import SHIPPED, Inputs, Ranker, forward, inputs, save

HIDDEN, SECOND = 96, 32
FREQUENT = 20  # a word of its own from so many places on
RATE, DECAY, DROPPED, FORGOTTEN = 2e-3, 1e-4, 0.25, 0.4
KEPT = 0.997  # of the average, at each step
WRONG_LINK, FALSE_LINK, MISSED_LINK = 1.0, 0.45, 1.7  # margins
OWN = 2  # times that our articles are read: they are news, and few
SCALE = 100  # mentions of a step, roughly: keeps the size of a step apart from the length of an article


@dataclass(slots=True)
class Example:
    """One article: what the network sees, and which pairs are right."""

    seen: Inputs
    pairs: Pairs
    right: Floats
    margin: Floats
    starts: np.ndarray  # first pair of each mention
    sizes: np.ndarray


Weights = dict[str, Floats]


def example(text: Annotated, words: dict[str, int]) -> Example:
    """An article with the right pairs marked: an antecedent of the same entity, or none; and a margin for each mistake."""
    pairs = text.view.pairs
    starts, sizes = mentions_of(pairs)
    right = text.right()
    new = pairs.candidate < 0
    known = np.repeat(~right[starts + sizes - 1], sizes)
    margin = np.where(right, 0.0, np.where(new, MISSED_LINK, np.where(known, WRONG_LINK, FALSE_LINK)))
    seen = inputs(text.view.columns, pairs, words)
    return Example(seen, pairs, right.astype(np.float32), margin.astype(np.float32), starts, sizes)


def begin(seen: Inputs, words: int, random: np.random.Generator) -> Weights:
    """Small random weights."""
    about, both = seen.mentions.shape[1], seen.pairs.shape[1]

    def normal(deviation: float, *shape: int) -> Floats:
        return (random.normal(size=shape) * deviation).astype(np.float32)

    return {
        "anaphor": normal(0.12, about, HIDDEN),
        "candidate": normal(0.12, about, HIDDEN),
        "pair": normal(0.12, both, HIDDEN),
        "bias": normal(0, HIDDEN),
        "new": normal(0, HIDDEN),
        "anaphor words": normal(0.02, len(SLOTS), words + 1, HIDDEN),
        "candidate words": normal(0.02, words + 1, HIDDEN),
        "second": normal((2 / HIDDEN) ** 0.5, HIDDEN, SECOND),
        "second bias": normal(0, SECOND),
        "out": normal((2 / SECOND) ** 0.5, SECOND),
    }


def gradient(weights: Weights, of: Example, random: np.random.Generator) -> tuple[float, Weights]:
    """The loss of one article and its derivative by every weight, with units dropped and words forgotten by chance."""
    words = of.seen.words * (random.random(of.seen.words.shape) > FORGOTTEN)
    kept = ((random.random(HIDDEN) > DROPPED) / (1 - DROPPED)).astype(np.float32)
    seen = Inputs(of.seen.mentions, words, of.seen.pairs, of.seen.names)
    first, second, scores = forward(weights, seen, of.pairs, kept)
    scores = scores + of.margin
    odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, of.starts), of.sizes))
    total = np.add.reduceat(odds, of.starts)
    total_right = np.maximum(np.add.reduceat(odds * of.right, of.starts), 1e-30)
    loss = float(-np.log(total_right / total).sum())
    wanted = odds * of.right / np.repeat(total_right, of.sizes)
    of_score = ((odds / np.repeat(total, of.sizes) - wanted) / SCALE).astype(np.float32)
    of_second = of_score[:, None] * weights["out"] * (second > 0)
    of_first = of_second @ weights["second"].T * (first > 0) * kept
    of_anaphor = np.add.reduceat(of_first, of.starts, axis=0)
    of_candidate = np.zeros((len(words) + 1, HIDDEN), dtype=np.float32)  # the last row: nothing before
    order = np.argsort(of.pairs.candidate, kind="stable")
    candidates = of.pairs.candidate[order]
    borders = np.flatnonzero(np.diff(candidates, prepend=-2))
    of_candidate[candidates[borders]] = np.add.reduceat(of_first[order], borders, axis=0)
    found = {
        "out": second.T @ of_score,
        "second": first.T @ of_second,
        "second bias": of_second.sum(axis=0),
        "pair": seen.pairs.T @ of_first,
        "anaphor": seen.mentions.T @ of_anaphor,
        "bias": of_anaphor.sum(axis=0),
        "candidate": seen.mentions.T @ of_candidate[:-1],
        "new": of_candidate[-1],
        "anaphor words": np.zeros_like(weights["anaphor words"]),
        "candidate words": np.zeros_like(weights["candidate words"]),
    }
    for slot in range(len(SLOTS)):
        np.add.at(found["anaphor words"][slot], words[:, slot], of_anaphor)
    np.add.at(found["candidate words"], words[:, 0], of_candidate[:-1])
    return loss, found


class Adam:
    """Kingma and Ba, "Adam: A Method for Stochastic Optimization" (ICLR 2015), with decoupled weight decay; `average` follows the
    weights slowly (Polyak and Juditsky 1992) and is what is measured and kept."""

    def __init__(self, weights: Weights, steps: int) -> None:
        self.weights = weights
        self.steps = steps
        self.done = 0
        self.mean = {name: np.zeros_like(array) for name, array in weights.items()}
        self.square = {name: np.zeros_like(array) for name, array in weights.items()}
        self.average = {name: array.copy() for name, array in weights.items()}

    def step(self, gradients: Weights) -> None:
        """One step; the rate climbs for 200 steps and then falls to nothing."""
        self.done += 1
        rate = RATE * min(1.0, self.done / 200) * (1 - (self.done - 1) / self.steps)
        for name, slope in gradients.items():
            mean, square, array = self.mean[name], self.square[name], self.weights[name]
            mean += 0.1 * (slope - mean)
            square += 0.001 * (slope * slope - square)
            move = (mean / (1 - 0.9**self.done)) / (np.sqrt(square / (1 - 0.999**self.done)) + 1e-8)
            array -= rate * (move + DECAY * array * (array.ndim > 1))
            kept = self.average[name]
            kept += (1 - KEPT) * (array - kept)


def quality(weights: Weights, examples: Sequence[Example]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the best link of each mention."""
    linked = right = wanted = 0
    for of in examples:
        scores = forward(weights, of.seen, of.pairs)[-1]
        for start, size in zip(of.starts.tolist(), of.sizes.tolist(), strict=True):
            best = start + int(np.argmax(scores[start : start + size]))
            is_link = of.pairs.candidate[best] >= 0
            linked += is_link
            right += bool(is_link and of.right[best])
            wanted += not of.right[start + size - 1]
    precision, recall = right / max(linked, 1), right / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def train(data: Path, out: Path, epochs: int, seed: int) -> None:
    """Train on GUM train, keep the epoch best on GUM dev, write `out`."""
    ontology = load_ontology()
    paths = [data / "ud" / f"en_gum-ud-{split}.conllu.gz" for split in ("train", "dev")]
    splits = [read_views(path, ontology) for path in paths]
    splits[0] += OWN * read_own("train", ontology)
    splits[1] += read_own("dev", ontology)
    in_graph = read_views(paths[1], ontology, graph_mentions) + read_own("dev", ontology, graph_mentions)
    counts = Counter(word for text in splits[0] for row in text.view.columns.lexical for word in row)
    words = {w: n for n, w in enumerate(sorted(w for w, c in counts.items() if c >= FREQUENT), 1)}
    known, unseen = ([example(text, words) for text in split] for split in splits)
    random = np.random.default_rng(seed)
    weights = begin(known[0].seen, len(words), random)
    steps = Adam(weights, epochs * len(known))
    best, kept = 0.0, weights
    for epoch in range(epochs):
        loss = 0.0
        for number in random.permutation(len(known)):
            cost, slopes = gradient(weights, known[number], random)
            loss += cost
            steps.step(slopes)
        precision, recall, f1 = quality(steps.average, unseen)
        ranker = calibrate(Ranker(steps.average, words), splits[1])
        named = named_f1(ranker, splits[1])
        print(f"epoch {epoch + 1}: loss {loss / sum(len(of.starts) for of in known):.4f}, "
              f"dev links P {precision:.3f} R {recall:.3f} F1 {f1:.3f}, names meant F1 {named:.3f}", flush=True)  # fmt: skip
        if f1 + named > best:
            best, kept = f1 + named, {name: array.copy() for name, array in ranker.weights.items()}
    ranker = believe(Ranker(kept, words), in_graph, ontology)
    save(ranker, known[0].seen.names, out)


def main() -> None:
    """Train the ranker of coreference on the chains of GUM."""
    parser = argparse.ArgumentParser(prog="python -m kg.extract.coref.train", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds ud/en_gum-ud-*.conllu.gz")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="file to write, by default the one kg uses")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    train(options.data, options.out, options.epochs, options.seed)


if __name__ == "__main__":
    main()
