"""Coreference against the chains of the GUM corpus (Zeldes 2017), on its own trees or on those of kg's pipeline.

    python tests/benchmarks/coref_gum.py --data DATA [--split test] [--trees gold|kg] [--genre news] [--errors 20] [--speed]

DATA holds `ud/en_gum-ud-SPLIT.conllu.gz`. Two kinds of chains are measured: those the graph is built on, where precision comes
first ("graph"), and full chains as the corpus annotates them, with predicates and doubtful cases ("full"). Printed are

- CoNLL-2012 average F1 (MUC, B-cubed, CEAF-e; Pradhan et al. 2012) over chains of two or more, mentions matched by head word;
- named-antecedent figures, which matter most here: of pronouns and nominals that kg puts into a chain with a name, the share
  whose gold chain is that name's (precision), and the share of those with a named gold chain that kg gets right (recall).
  First and second persons are left out: conversations are no news.

- with `--speed`: the processor time of parsing and coreference together, over that of parsing alone, on the first 3,000 words of news
  and biographies (best of five).

Figures of the test split on 23 November 2026, on the pipeline's own trees; "rules" are the graph's chains before there was a ranker:

    chains  CoNLL   pronouns P / R   nominals P / R   all anaphors P / R
    full    0.603   0.736 / 0.785    0.548 / 0.411    0.658 / 0.597
    graph   0.468   0.840 / 0.781    0.638 / 0.253    0.779 / 0.516
    rules   0.395   0.668 / 0.622    0.581 / 0.086    0.656 / 0.352

    parsing and coreference / parsing alone: 1.19 to 1.26 on a busy machine

GUM counts "X, a Y" as coreference and the graph does not, which costs its chains CoNLL points and recall of nominals on purpose.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import process_time

import networkx as nx
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.coref import chains, full_chains
from kg.extract.coref.detect import every_mention
from kg.extract.coref.gold import Text, read_texts
from kg.extract.coref.seen import Sight
from kg.extract.mentions import Mentions
from kg.model import Form
from kg.ontology import Ontology

LOCAL_PERSONS = frozenset("i me my mine we us our ours you your yours myself ourselves yourself one".split())
Clusters = list[frozenset[int]]


def predict(
    doc: Doc, ontology: Ontology, kind: str
) -> tuple[list[list[int]], dict[int, Form], dict[int, str]]:
    """kg's chains as head tokens, and each head token's form and rung."""
    found = every_mention(Mentions(doc, ontology, ()))
    if kind == "graph":
        found = [m for m in Mentions(doc, ontology, ()).all() if m.form not in (Form.VALUE, Form.CLAUSE)]
    sight = Sight(doc, ontology)
    heads = [sight.head_of(m).i for m in found]
    forms = {head: mention.form for head, mention in zip(heads, found, strict=True)}
    if kind == "full":
        return [sorted({heads[i] for i in chain}) for chain in full_chains(found, doc, ontology)], forms, {}
    predicted = chains(found, doc, ontology)
    rungs = {
        heads[i]: rung for chain in predicted for i, rung in zip(chain.indexes, chain.rungs, strict=True)
    }
    return [sorted({heads[i] for i in chain}) for chain in predicted], forms, rungs


def named(
    text: Text,
    predicted: Iterable[Sequence[int]],
    forms: dict[int, Form],
    rungs: dict[int, str],
    log: list[str],
) -> Counter[str]:
    """Counts for the named-antecedent figures, in total and by rung."""
    counts: Counter[str] = Counter()
    names_of: dict[str, set[int]] = defaultdict(set)
    for head, key in text.gold.items():
        if text.doc[head].pos_ == "PROPN":
            names_of[key].add(head)

    def anaphor(head: int) -> bool:
        return text.doc[head].pos_ in ("NOUN", "PRON") and text.doc[head].text.lower() not in LOCAL_PERSONS

    for head, key in text.gold.items():
        kind = "pronoun" if text.doc[head].pos_ == "PRON" else "nominal"
        if anaphor(head) and names_of[key]:
            counts[f"wanted {kind}"] += 1
    for chain in predicted:
        keys = Counter(text.gold.get(h, "") for h in chain if forms[h] is Form.NAME)
        keys.pop("", None)
        if not keys:
            continue
        winner = min(keys, key=lambda k: (-keys[k], k))
        for head in chain:
            if anaphor(head) and head in text.gold and forms[head] is not Form.NAME:
                kind = "pronoun" if text.doc[head].pos_ == "PRON" else "nominal"
                right = text.gold[head] == winner
                counts[f"resolved {kind}"] += 1
                counts[f"right {kind}"] += right
                rung = rungs.get(head, "").rstrip("0123456789. ")
                counts[f"rung {rung} {'right' if right else 'wrong'}"] += 1
                if not right:
                    name = next(h for h in chain if text.gold.get(h) == winner)
                    sentence = text.doc[head].sent.text
                    log.append(
                        f"{text.doc[head].text!r} [{rungs.get(head)}] -> {text.doc[name].text}: {sentence}"
                    )
    return counts


def conll(pairs: Iterable[tuple[Clusters, Clusters]]) -> dict[str, float]:
    """MUC, B-cubed, CEAF-e F1 and their mean, over (gold, predicted) chains of all documents."""
    sums: dict[str, float] = defaultdict(float)
    for gold, predicted in pairs:
        for name, (keys, responses) in {"r": (gold, predicted), "p": (predicted, gold)}.items():
            where = {m: i for i, c in enumerate(responses) for m in c}
            for cluster in keys:
                parts = Counter(where.get(m, -1 - m) for m in cluster)
                sums[f"muc_{name}"] += len(cluster) - len(parts)
                sums[f"muc_{name}_all"] += len(cluster) - 1
                sums[f"b3_{name}"] += sum(n * n / len(cluster) for k, n in parts.items() if k >= 0)
                sums[f"b3_{name}_all"] += len(cluster)
        overlap = nx.Graph()
        owner = {m: i for i, p in enumerate(predicted) for m in p}
        for number, cluster in enumerate(gold):
            for other in {owner[m] for m in cluster if m in owner}:
                p = predicted[other]
                overlap.add_edge(
                    ("g", number), ("p", other), weight=2 * len(cluster & p) / (len(cluster) + len(p))
                )
        sums["ceaf"] += sum(overlap.edges[edge]["weight"] for edge in nx.max_weight_matching(overlap))
        sums["gold"] += len(gold)
        sums["predicted"] += len(predicted)

    def f1(p: float, r: float) -> float:
        return 2 * p * r / (p + r) if p + r else 0.0

    figures = {
        measure: f1(
            sums[f"{measure}_p"] / max(sums[f"{measure}_p_all"], 1),
            sums[f"{measure}_r"] / max(sums[f"{measure}_r_all"], 1),
        )
        for measure in ("muc", "b3")
    }
    figures["ceafe"] = f1(sums["ceaf"] / max(sums["predicted"], 1), sums["ceaf"] / max(sums["gold"], 1))
    figures["conll"] = sum(figures.values()) / 3
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="test")
    parser.add_argument("--trees", choices=("gold", "kg"), default="kg")
    parser.add_argument("--genre", action="append", help="only these genres (may be repeated)")
    parser.add_argument("--ontology", default=None)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--speed", action="store_true", help="measure only how long it takes")
    options = parser.parse_args()
    from kg.rdf.schema import load_ontology

    ontology = load_ontology(options.ontology)
    nlp: Language | None = None
    if options.trees == "kg":
        from kg.extract.pipeline import load_pipeline

        nlp = load_pipeline()
    path = options.data / "ud" / f"en_gum-ud-{options.split}.conllu.gz"
    if options.speed and nlp is not None:
        words = " ".join(t.doc.text for t in read_texts(path) if t.name.split("_")[1] in ("news", "bio"))
        print(
            f"parsing and coreference / parsing alone: {slowdown(' '.join(words.split()[:3000]), nlp, ontology):.2f}"
        )
        return
    texts = [
        (text, nlp(text.doc.text) if nlp is not None else text.doc)
        for text in read_texts(path)
        if not options.genre or text.name.split("_")[1] in options.genre
    ]
    for kind in ("full", "graph"):
        report, log = measure(texts, ontology, kind)
        print(json.dumps({kind: report}, indent=1))
        step = max(1, len(log) // max(options.errors, 1))
        print("\n".join(log[::step][: options.errors]))


def measure(
    texts: Sequence[tuple[Text, Doc]], ontology: Ontology, kind: str
) -> tuple[dict[str, object], list[str]]:
    """All figures for one kind of chains, and the wrong links as lines to read."""
    counts: Counter[str] = Counter()
    pairs, log = [], list[str]()
    for text, doc in texts:
        predicted, forms, rungs = predict(doc, ontology, kind)
        if doc is not text.doc:
            predicted, forms, rungs = _project(text.places(doc), predicted, forms, rungs)
        counts += named(text, predicted, forms, rungs, log)
        gold: dict[str, set[int]] = defaultdict(set)
        for head, key in text.gold.items():
            gold[key].add(head)
        pairs.append(
            (
                [frozenset(c) for c in gold.values() if len(c) > 1],
                [frozenset(c) for c in predicted if len(c) > 1],
            )
        )
    report: dict[str, object] = {key: round(value, 3) for key, value in conll(pairs).items()}
    for kinds in (("pronoun",), ("nominal",), ("pronoun", "nominal")):
        right, resolved, wanted = (
            sum(counts[f"{what} {k}"] for k in kinds) for what in ("right", "resolved", "wanted")
        )
        report["+".join(kinds)] = {
            "precision": round(right / max(resolved, 1), 3),
            "recall": round(right / max(wanted, 1), 3),
            "right": right,
            "resolved": resolved,
            "wanted": wanted,
        }
    report["rungs"] = {key[5:]: n for key, n in sorted(counts.items()) if key.startswith("rung ")}
    return report, log


def slowdown(text: str, nlp: Language, ontology: Ontology) -> float:
    """Processor time of parsing and coreference over that of parsing alone, the best of five each."""
    parsing, chaining = [], []
    for _ in range(5):
        start = process_time()
        doc = nlp(text)
        parsing.append(process_time() - start)
        found = [m for m in Mentions(doc, ontology, ()).all() if m.form not in (Form.VALUE, Form.CLAUSE)]
        start = process_time()
        chains(found, doc, ontology)
        chaining.append(process_time() - start)
    return 1 + min(chaining) / min(parsing)


def _project(
    places: Sequence[int], predicted: list[list[int]], forms: dict[int, Form], rungs: dict[int, str]
) -> tuple[list[list[int]], dict[int, Form], dict[int, str]]:
    """Head tokens of the pipeline's doc as tokens of the gold one."""
    return (
        [sorted({places[h] for h in chain}) for chain in predicted],
        {places[h]: form for h, form in forms.items()},
        {places[h]: rung for h, rung in rungs.items()},
    )


if __name__ == "__main__":
    main()
