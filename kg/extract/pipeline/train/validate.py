"""Quick scores during training: gold words, whole windows, greedy arcs. The real ones come from ``evaluate``."""

from __future__ import annotations

from collections import Counter

import torch
from torch import Tensor

from kg.extract.pipeline.classes import IGNORED
from kg.extract.pipeline.corpora.passage import Passage
from kg.extract.pipeline.labels import COARSE_LABELS
from kg.extract.pipeline.names import NameDecoder
from kg.extract.pipeline.train.batches import Example, ExampleMaker, batches, tensors
from kg.extract.pipeline.train.coreference import affinities, candidates
from kg.extract.pipeline.train.network import Network
from kg.extract.pipeline.train.typing import greedy_heads

#: Sources whose pairs are typed: sentences of the expression bank, articles written for kg.
TYPED = ("bank", "articles")


@torch.no_grad()
def validate(network: Network, maker: ExampleMaker, dev: dict[str, list[Passage]]) -> dict[str, float]:
    """Percentages: LAS, UAS, tags, lemmas and sentence-start F1 of treebanks, name F1 of name corpora.

    Of the sources in ``TYPED``: what :func:`pair_scores` says of their typed pairs.
    """
    network.eval()
    scores: dict[str, float] = {}
    decoder = NameDecoder(maker.classes.names)
    for source, passages in dev.items():
        counts: Counter[str] = Counter()
        rated: list[tuple[float, bool]] = []
        for group in batches(maker.examples(passages, None), 6000, None):
            if source in TYPED:
                rated += _rate_pairs(network, group, counts)
            elif source in COARSE_LABELS:
                _count_names(network, group, decoder, COARSE_LABELS[source], counts)
            else:
                _count_syntax(network, group, counts)
        scores.update(pair_scores(source, rated, counts) if source in TYPED else _scores(source, counts))
    return {key: round(100 * value, 2) for key, value in scores.items()}


def _count_syntax(network: Network, group: list[Example], counts: Counter[str]) -> None:
    inputs, targets = tensors(group, network.sizes.names)
    with torch.autocast("cpu", torch.bfloat16):
        out = network(**inputs)
    absent = torch.nn.functional.pad(~targets["present"], (1, 0))
    guess = out["arcs"].float().masked_fill(absent[:, None, :], -1e4).argmax(-1)
    known = targets["heads"] != IGNORED
    rows, words = known.nonzero(as_tuple=True)
    right = guess[known] == targets["heads"][known]
    labels = network.label_scores(
        out["dependents"][rows, words].float(), out["governors"][rows, guess[known]].float()
    ).argmax(-1)
    counts["words"] += int(known.sum())
    counts["uas"] += int(right.sum())
    counts["las"] += int((right & (labels == targets["labels"][known])).sum())
    for key in ("upos", "xpos", "feats", "lemmas"):
        counts[key] += int((out[key].argmax(-1)[known] == targets[key][known]).sum())
    _count_antecedents(out, targets["chains"], counts)
    begins = out["starts"][known] > 0
    gold = targets["starts"][known] == 1
    counts["s_hit"] += int((begins & gold).sum())
    counts["s_all"] += int(begins.sum()) + int(gold.sum())


def _count_antecedents(out: dict[str, torch.Tensor], chains: torch.Tensor, counts: Counter[str]) -> None:
    """Of the mentions with an antecedent in their window, how many get a right one; of all, how many right choices."""
    mentions = chains.masked_fill(chains == IGNORED, 0)
    allowed, right = candidates(mentions)
    scores = affinities(out["anaphors"].float(), out["antecedents"].float()).masked_fill(~allowed, -1e4)
    chosen = right.gather(-1, scores.argmax(-1, keepdim=True))[..., 0]
    counts["mentions"] += int((mentions > 0).sum())
    counts["links"] += int(chosen[mentions > 0].sum())
    linked = (mentions > 0) & ~right[..., 0]
    counts["anaphors"] += int(linked.sum())
    counts["resolved"] += int(chosen[linked].sum())


def _count_names(
    network: Network,
    group: list[Example],
    decoder: NameDecoder,
    coarse: dict[str, str | None],
    counts: Counter[str],
) -> None:
    inputs, _ = tensors(group, network.sizes.names)
    with torch.autocast("cpu", torch.bfloat16):
        out = network(**inputs)
    logs = torch.log_softmax(out["names"].float(), -1).numpy()
    for row, example in enumerate(group):
        count = example.inputs.words
        found = {
            (first, end, coarse[label])
            for first, end, label in decoder.decode(logs[row, :count], [False] * count)
            if coarse[label]
        }
        gold = _gold_names(example, decoder, coarse)
        counts["n_hit"] += len(found & gold)
        counts["n_all"] += len(found) + len(gold)


def _gold_names(
    example: Example, decoder: NameDecoder, coarse: dict[str, str | None]
) -> set[tuple[int, int, str | None]]:
    """Names read back from the allowed tags; spans that may also be no name do not count."""
    gold: set[tuple[int, int, str | None]] = set()
    allowed = example.names
    assert allowed is not None
    first = 0
    for index in range(len(allowed)):
        tags = [decoder.tags[i] for i in allowed[index].nonzero()[0]]
        if "O" in tags:
            continue
        if tags[0][0] in "BU":
            first = index
        kinds = {coarse[tag[2:]] for tag in tags} - {None}
        if tags[0][0] in "LU" and kinds:
            gold.add((first, index + 1, sorted(str(kind) for kind in kinds)[0]))
    return gold


def _scores(source: str, counts: Counter[str]) -> dict[str, float]:
    if "words" in counts:
        keys = ("uas", "las", "upos", "xpos", "feats", "lemmas")
        scores = {f"{source}.{key}": counts[key] / counts["words"] for key in keys}
        if counts["anaphors"]:
            scores[f"{source}.links"] = counts["links"] / counts["mentions"]
            scores[f"{source}.resolved"] = counts["resolved"] / counts["anaphors"]
        scores[f"{source}.starts"] = 2 * counts["s_hit"] / max(1, counts["s_all"])
        return scores
    return {f"{source}.names": 2 * counts["n_hit"] / max(1, counts["n_all"])}


def _rate_pairs(network: Network, group: list[Example], counts: Counter[str]) -> list[tuple[float, bool]]:
    inputs, targets = tensors(group, network.sizes.names)
    with torch.autocast("cpu", torch.bfloat16):
        out = network(**inputs)
        absent = torch.nn.functional.pad(~targets["present"], (1, 0))
        heads = greedy_heads(out["arcs"].float().masked_fill(absent[:, None, :], -1e4))
        outputs = network.typing(out["typed"], targets["sentences"], heads, targets["pairs"])
    return rate_pairs(outputs, targets, counts)


def rate_pairs(
    outputs: tuple[Tensor, Tensor, Tensor], targets: dict[str, Tensor], counts: Counter[str]
) -> list[tuple[float, bool]]:
    """Probability of the best relation of each pair, and whether it is stated of the pair; hits go to *counts*."""
    relations, moods, _ = outputs
    shares = torch.softmax(relations.float(), -1)[:, 1:]
    gold = targets["pair_relations"][:, 1:]
    stated = gold.any(-1)
    best = shares.max(-1)
    counts["stated"] += int(stated.sum())
    counts["first"] += int(gold[stated].gather(1, best.indices[stated, None]).sum())
    counts["three"] += int(gold[stated].gather(1, shares[stated].topk(3).indices).any(-1).sum())
    counts["mood"] += int((moods.argmax(-1) == targets["pair_moods"])[stated].sum())
    right = gold.gather(1, best.indices[:, None])[:, 0]
    return list(zip(best.values.tolist(), right.tolist(), strict=True))


def pair_scores(source: str, rated: list[tuple[float, bool]], counts: Counter[str]) -> dict[str, float]:
    """Of the stated pairs: relation first or among the first three, mood right; best F1 over all thresholds.

    The F1 counts every pair of spans, most of them without relation, so it needs the right pair, too.
    """
    stated = max(1, counts["stated"])
    scores = {f"{source}.{key}": counts[key] / stated for key in ("first", "three", "mood")}
    best = right = 0.0
    for number, (_, good) in enumerate(sorted(rated, reverse=True), start=1):
        right += good
        best = max(best, 2 * right / (number + stated))
    return scores | {f"{source}.pairs": best}
