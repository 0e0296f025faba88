"""``python -m kg.extract.coref.calibrate --data DIR``: how far the ranker and the encoder are to be believed, from GUM dev.

Margins make the ranker too sure of itself, and on the texts of GUM train the encoder is no judge, for it has learnt from the same chains.
So the ranker is trained without the encoder's opinion, and the two are mixed by a few numbers fitted by likelihood on texts that
neither has seen. On the same texts is chosen from which chance on the graph believes a link of a pronoun or a description to a name.
To be run again whenever the language pipeline has new weights; takes as long as parsing 25,000 words twice.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from kg import load_ontology
from kg.extract.coref import full_sets, resolve
from kg.extract.coref.affinity import Floats
from kg.extract.coref.detect import graph_mentions
from kg.extract.coref.gold import Annotated, read_own, read_views
from kg.extract.coref.links import NAME, NOMINAL, PRONOUN
from kg.extract.coref.pairs import mentions_of
from kg.extract.coref.ranker import CAUTIOUS, SHIPPED, Ranker, forward, inputs, load, mix, save
from kg.extract.coref.seen import Seen
from kg.model import Form
from kg.ontology import Ontology
from kg.resolve.link import Clusters

STEPS, RATE = 200, 0.03
COST = 0.75  # right links that one wrong link is worth: a wrong "it" makes wrong facts, and spoils what else is known of the thing
LOCAL = (("speaker",), ("speakers",), ("addressee",))  # not resolved to what was named before
CHANCES = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
BEGIN = np.array([[1.0, 0.0, 0.0]] * 3, dtype=np.float32)  # the ranker as it is


def calibrate(ranker: Ranker, texts: Sequence[Annotated]) -> Ranker:
    """The ranker with its two mixtures fitted: "alone" for pipelines without an opinion, "mixed" for those with one."""
    known = []
    for text in texts:
        view = text.view
        scores = forward(ranker.weights, inputs(view.columns, view.pairs, ranker.vocabulary), view.pairs)[-1]
        known.append((text, scores, view.affinity.lead(view.pairs) if view.affinity is not None else None))
    alone = _fit([(text, scores, None) for text, scores, _ in known])
    opinionated = [row for row in known if row[2] is not None]
    mixed = _fit(opinionated) if opinionated else ranker.weights.get("mixed", alone)
    return replace(ranker, weights={**ranker.weights, "alone": alone, "mixed": mixed})


def _fit(known: Sequence[tuple[Annotated, Floats, Floats | None]]) -> Floats:
    """The mixture that makes the right antecedents likeliest, by Adam (Kingma and Ba 2015) on all texts at once."""
    rights = [text.right() for text, *_ in known]
    mixture, mean, square = BEGIN.copy(), np.zeros_like(BEGIN), np.zeros_like(BEGIN)
    for step in range(1, STEPS + 1):
        slope, count = np.zeros_like(BEGIN), 0
        for (text, scores, lead), right_pairs in zip(known, rights, strict=True):
            pairs, form = text.view.pairs, text.view.columns["form"][text.view.pairs.anaphor]
            starts, sizes = mentions_of(pairs)
            odds = mix(mixture, scores, lead, text.view.columns, pairs)
            odds = np.exp(odds - np.repeat(np.maximum.reduceat(odds, starts), sizes))
            wanted = odds * right_pairs
            total, hit = (np.repeat(np.add.reduceat(array, starts), sizes) for array in (odds, wanted))
            error = odds / total - wanted / np.maximum(hit, 1e-30)
            parts = (scores, lead if lead is not None else np.zeros_like(scores), pairs.candidate >= 0)
            for column, part in enumerate(parts):
                slope[:, column] += np.bincount(form, weights=error * part, minlength=len(BEGIN))
            count += len(starts)
        slope /= count
        mean += 0.1 * (slope - mean)
        square += 0.01 * (slope * slope - square)
        mixture -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return mixture


def believe(ranker: Ranker, texts: Sequence[Annotated], ontology: Ontology) -> Ranker:
    """The ranker with the chance from which on a link to a name gains more than it costs, for pronouns and for descriptions.

    `texts` hold the mentions of the graph.
    """
    least = CAUTIOUS.copy()
    for form in (PRONOUN, NOMINAL):
        worth: dict[float, float] = {}
        for chance in CHANCES:
            least[form] = chance
            tried = replace(ranker, weights={**ranker.weights, "least": least})
            counts = Counter(right for text in texts for right in _named(text, form, tried, ontology))
            worth[chance] = counts[True] - COST * counts[False]
        least[form] = max(CHANCES, key=lambda chance: worth[chance])
    return replace(ranker, weights={**ranker.weights, "least": least})


def _named(text: Annotated, form: int, ranker: Ranker, ontology: Ontology) -> Iterator[bool]:
    """For each mention of this form that the graph takes to stand for a name: is it that one?"""
    sets, rungs = text.view.phrases.copy(), dict(text.view.rungs)
    resolve(text.view, sets, rungs, ontology, ranker)
    return (right for of, right in _meant(text, sets) if of == form)


def named_f1(ranker: Ranker, texts: Sequence[Annotated]) -> float:
    """How well full chains tell which name a pronoun or a description stands for: F1 over those whose gold chain has a name."""
    right = resolved = wanted = 0
    for text in texts:
        found = [good for form, good in _meant(text, full_sets(text.view, ranker)) if form != NAME]
        right, resolved = right + sum(found), resolved + len(found)
        names = {key for item, key in zip(text.view.columns.order, text.gold, strict=True) if _is_name(item)}
        wanted += sum(
            bool(key) and key in names and not _is_name(item) and item.pronoun[:1] not in LOCAL
            for item, key in zip(text.view.columns.order, text.gold, strict=True)
        )
    return 2 * right / max(resolved + wanted, 1)


def _is_name(item: Seen) -> bool:
    return item.mention.form is Form.NAME


def _meant(text: Annotated, sets: Clusters) -> Iterator[tuple[int, bool]]:
    """Form and rightness of each mention that is in one set with names: those of its own gold chain, or of another's."""
    order = text.view.columns.order
    names: dict[int, Counter[str]] = {}
    for item, key in zip(order, text.gold, strict=True):
        if _is_name(item) and key:
            names.setdefault(sets.root(item.index), Counter())[key] += 1
    for form, item, key in zip(text.view.columns["form"].tolist(), order, text.gold, strict=True):
        meant = names.get(sets.root(item.index))
        if key and meant and item.pronoun[:1] not in LOCAL:
            yield form, key == min(meant, key=lambda k: (-meant[k], k))


def main() -> None:
    """Fit the mixture of the ranker and the encoder on GUM dev, with the shipped pipeline, and write it into the ranker's file."""
    parser = argparse.ArgumentParser(prog="python -m kg.extract.coref.calibrate", description=main.__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder that holds ud/en_gum-ud-dev.conllu.gz"
    )
    parser.add_argument("--out", type=Path, default=SHIPPED, help="the ranker's file")
    options = parser.parse_args()
    path, ontology = options.data / "ud" / "en_gum-ud-dev.conllu.gz", load_ontology()
    texts = read_views(path, ontology) + read_own("dev", ontology)
    in_graph = read_views(path, ontology, graph_mentions) + read_own("dev", ontology, graph_mentions)
    ranker = load(options.out)
    names = inputs(texts[0].view.columns, texts[0].view.pairs, ranker.vocabulary).names
    fitted = believe(calibrate(ranker, texts), in_graph, ontology)
    save(fitted, names, options.out)
    for name in ("alone", "mixed", "least"):
        print(name, np.round(fitted.weights[name], 2).tolist())


if __name__ == "__main__":
    main()
