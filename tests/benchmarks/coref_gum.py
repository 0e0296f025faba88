"""Coreference against the chains of the GUM corpus (Zeldes 2017), on its own trees or on those of kg's pipeline.

    python tests/benchmarks/coref_gum.py --data DATA [--split test] [--trees gold|kg] [--genre news] [--errors 20]

DATA holds `ud/en_gum-ud-SPLIT.conllu.gz`. Printed are

- CoNLL-2012 average F1 (MUC, B-cubed, CEAF-e; Pradhan et al. 2012) over chains of two or more, mentions matched by head word;
- named-antecedent figures, which matter most here: of pronouns and nominals that kg puts into a chain with a name, the share
  whose gold chain is that name's (precision), and the share of those with a named gold chain that kg gets right (recall).
  First and second persons are left out: conversations are no news.

Figures of the test split on 22 November 2026, with the pipeline's own trees ("kg") and with GUM's ("gold"):

    genres                                      trees  CoNLL  pronouns P / R   all anaphors P / R
    all 13                                      gold   0.405  0.734 / 0.660    0.697 / 0.372
    all 13                                      kg     0.392  0.667 / 0.625    0.665 / 0.359
    news, bio, interview, voyage, speech        gold   0.444  0.835 / 0.716    0.785 / 0.361
    news, bio, interview, voyage, speech        kg     0.437  0.845 / 0.694    0.828 / 0.344

GUM counts "X is a Y" and "X, a Y" as coreference and kg does not, which costs CoNLL points and recall of nominals on purpose.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import networkx as nx
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.extract.coref import chains
from kg.extract.mentions import Mentions
from kg.extract.pipeline.corpora.gum import _BRACKET, gum_names
from kg.extract.pipeline.corpora.ud import Sentence, read_sentences
from kg.extract.pipeline.labels import ENTITY_LABELS
from kg.model import Form
from kg.ontology import Ontology

LOCAL_PERSONS = frozenset("i me my mine we us our ours you your yours myself ourselves yourself one".split())
Clusters = list[frozenset[int]]


@dataclass
class Text:
    """One GUM document: its tree, and the gold entity number of each mention's head token."""

    name: str
    doc: Doc
    gold: dict[int, str] = field(default_factory=dict)


def read_texts(path: Path) -> Iterator[Text]:
    """The documents of one conllu file as spaCy docs with gold trees and names."""
    name, block = "", list[Sentence]()
    for sentence in read_sentences(path):
        if sentence.new_document is not None and block:
            yield build(name, block)
            block = []
        name = sentence.new_document or name
        block.append(sentence)
    yield build(name, block)


def build(name: str, sentences: Sequence[Sentence]) -> Text:
    """A Doc from gold annotation; entity labels are those the pipeline would be trained on."""
    words, spaces, pos, tags, lemmas, deps, heads, feats = [], [], [], [], [], [], [], []
    for sentence in sentences:
        base = len(words)
        for word in sentence.words:
            words.append(word.form)
            spaces.append(word.space_after)
            pos.append(word.upos)
            tags.append(word.xpos)
            lemmas.append(word.lemma)
            feats.append("" if word.feats == "_" else word.feats)
            deps.append("ROOT" if word.head == 0 else word.label)
            heads.append(base + (word.head - 1 if word.head else len(words) - base - 1))
        spaces[-1] = True
    doc = Doc(Vocab(), words, spaces, pos=pos, tags=tags, lemmas=lemmas, deps=deps, heads=heads, morphs=feats)
    text = Text(name, doc)
    spans, taken, base = [], set[int](), 0
    open_mentions: dict[str, list[int]] = defaultdict(list)
    for sentence in sentences:
        for found in gum_names(sentence.words, base)[0]:
            label = next((label for label in ENTITY_LABELS if label in found.labels), "MISC")
            if not taken & set(range(found.first, found.end)):
                taken |= set(range(found.first, found.end))
                spans.append(Span(doc, found.first, found.end, label=label))
        for offset, word in enumerate(sentence.words):
            for part in _BRACKET.findall(word.misc.get("Entity", "")):
                key = part.strip("()").split("-")[0].split("[")[0]
                if part.startswith("("):
                    open_mentions[key].append(base + offset)
                if part.endswith(")") and open_mentions[key]:
                    start = open_mentions[key].pop()
                    head = doc[start : base + offset + 1].root
                    text.gold.setdefault(head.i, key)
        base += len(sentence.words)
    doc.set_ents(spans)
    return text


def predict(doc: Doc, ontology: Ontology) -> tuple[list[list[int]], dict[int, Form], dict[int, str]]:
    """kg's chains as head tokens, and each head token's form and rung."""
    found = [m for m in Mentions(doc, ontology, ()).all() if m.form not in (Form.VALUE, Form.CLAUSE)]
    from kg.extract.coref.seen import Sight

    sight = Sight(doc, ontology)
    heads = [sight.head_of(m).i for m in found]
    predicted = chains(found, doc, ontology)
    forms = {head: mention.form for head, mention in zip(heads, found, strict=True)}
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
                counts[f"rung {rungs.get(head, '')} {'right' if right else 'wrong'}"] += 1
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
    parser.add_argument("--trees", choices=("gold", "kg"), default="gold")
    parser.add_argument("--genre", action="append", help="only these genres (may be repeated)")
    parser.add_argument("--ontology", default=None)
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    from kg.rdf.schema import load_ontology

    ontology = load_ontology(options.ontology)
    nlp: Language | None = None
    if options.trees == "kg":
        from kg.extract.pipeline import load_pipeline

        nlp = load_pipeline()
    counts: Counter[str] = Counter()
    pairs, log = [], list[str]()
    for text in read_texts(options.data / "ud" / f"en_gum-ud-{options.split}.conllu.gz"):
        if options.genre and text.name.split("_")[1] not in options.genre:
            continue
        doc = nlp(text.doc.text) if nlp is not None else text.doc
        predicted, forms, rungs = predict(doc, ontology)
        if doc is not text.doc:
            predicted, forms, rungs = _project(doc, text.doc, predicted, forms, rungs)
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
    print(json.dumps(report, indent=1))
    step = max(1, len(log) // max(options.errors, 1))
    print("\n".join(log[::step][: options.errors]))


def _project(
    doc: Doc, onto: Doc, predicted: list[list[int]], forms: dict[int, Form], rungs: dict[int, str]
) -> tuple[list[list[int]], dict[int, Form], dict[int, str]]:
    """Head tokens of the pipeline's doc as tokens of the gold one, by characters."""
    place = {c: t.i for t in onto for c in range(t.idx, t.idx + len(t))}
    moved = {t.i: place.get(t.idx, -1) for t in doc}
    return (
        [sorted({moved[h] for h in chain}) for chain in predicted],
        {moved[h]: form for h, form in forms.items()},
        {moved[h]: rung for h, rung in rungs.items()},
    )


if __name__ == "__main__":
    main()
