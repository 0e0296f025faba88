"""Names of Wikipedia paragraphs (DocRED, Yao et al. 2019, as revised by Re-DocRED): who is who inside one article.

    python -m tests.benchmarks.identity_docred PATH/dev_revised.json.gz [--rest --misses 20]

Measured are pairs of mentions that the data annotate (names only; dates and numbers are left out), in the fifth of the documents
whose title hashes to 0 modulo 5. `gold`: the mentions are given, kg groups them. `predicted`: kg reads the text itself; a gold mention
counts as found where a referent has a mention that covers it or lies in it, and pairs with one that was not found are missed.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from spacy.language import Language

import kg
from kg.extract.coref import chains
from kg.extract.read import read_article
from kg.model import Article, Form, Mention, Span
from kg.ontology import Ontology

TYPES = {"PER": "Person", "ORG": "Organization", "LOC": "Place", "MISC": "Thing"}
TELLING = ("apposition", "predicate")  # phrases that name others inside: "an American actress" is not America
CLOSING = frozenset(".,;:!?)]}%") | {"'s", "n't", "''"}


@dataclass(frozen=True, slots=True)
class Page:
    """A paragraph with its gold mentions: (place, type, number of the entity)."""

    title: str
    text: str
    mentions: tuple[tuple[Span, str, int], ...]


def pages(path: Path, rest: bool) -> Iterator[Page]:
    """The pages of the held-out fifth, or the rest: those to learn from."""
    for record in json.loads(gzip.decompress(path.read_bytes())):
        held_out = int(hashlib.sha1(record["title"].encode()).hexdigest(), 16) % 5 == 0
        if held_out != rest:
            yield _page(record)


def _page(record: dict[str, Any]) -> Page:
    text, starts = "", []
    for sentence in record["sents"]:
        places = []
        for word in sentence:
            text += "" if not text or word in CLOSING or text[-1] in "([ " else " "
            places.append(len(text))
            text += word
        starts.append((places, [len(word) for word in sentence]))
    found = {}
    for number, vertex in enumerate(record["vertexSet"]):
        for mention in vertex:
            if mention["type"] in TYPES:
                places, lengths = starts[mention["sent_id"]]
                first, last = mention["pos"][0], mention["pos"][1] - 1
                found[Span(places[first], places[last] + lengths[last])] = (mention["type"], number)
    return Page(record["title"], text, tuple((span, *found[span]) for span in sorted(found)))


def grouped(page: Page, nlp: Language, ontology: Ontology) -> dict[Span, int]:
    """Gold mentions -> kg's groups of them."""
    doc = nlp(page.text)
    sentences = list(doc.sents)
    mentions = []
    for span, label, _ in page.mentions:
        text = span.of(page.text)
        number = max((i for i, s in enumerate(sentences) if s.start_char <= span.start), default=0)
        mentions.append(Mention(span, span, text, text.split()[-1], Form.NAME, TYPES[label], sentence=number))
    found = chains(mentions, doc, ontology)
    return {mentions[i].span: number for number, chain in enumerate(found) for i in chain}


def read(page: Page, nlp: Language, ontology: Ontology) -> dict[Span, int]:
    """Gold mentions that kg finds by itself -> its referents."""
    reading = read_article(Article(page.title, page.text), ontology, nlp)
    places = [
        (span, number)
        for number, r in enumerate(reading.referents)
        for span, rung in zip(r.mentions, r.rungs, strict=True)
        if rung not in TELLING
    ]
    found = {}
    for gold, _, _ in page.mentions:
        near = [
            (min(gold.end, span.end) - max(gold.start, span.start), -(span.end - span.start), number)
            for span, number in places
            if (span.start <= gold.start and gold.end <= span.end)
            or (gold.start <= span.start and span.end <= gold.end)
        ]
        if near:
            found[gold] = max(near)[2]
    return found


def count(page: Page, groups: dict[Span, int], misses: list[str]) -> Counter[str]:
    """Pairs of mentions: of one gold entity, of one group, both."""
    counts: Counter[str] = Counter()
    for (a, _, one), (b, _, other) in combinations(page.mentions, 2):
        gold, made = one == other, a in groups and b in groups and groups[a] == groups[b]
        counts.update(gold=gold, made=made, both=gold and made)
        if gold != made:
            kind = "missed" if gold else "wrong"
            misses.append(f"{kind}: {a.of(page.text)} | {b.of(page.text)}  ({page.title})")
    return counts


def scores(counts: Counter[str]) -> str:
    """Precision, recall and F1 in words."""
    precision = counts["both"] / max(1, counts["made"])
    recall = counts["both"] / max(1, counts["gold"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f} of {counts['gold']} pairs"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument(
        "--rest", action="store_true", help="the pages to learn from, whose misses may be read"
    )
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--pages", type=int, default=None)
    options = parser.parse_args(arguments)
    ontology, nlp = kg.load_ontology(), kg.load_pipeline()
    totals: dict[str, Counter[str]] = {"gold": Counter(), "predicted": Counter()}
    misses: dict[str, list[str]] = {"gold": [], "predicted": []}
    for page in list(pages(options.path, options.rest))[: options.pages]:
        for name, group in (("gold", grouped), ("predicted", read)):
            totals[name] += count(page, group(page, nlp, ontology), misses[name])
    for name, counts in totals.items():
        print(f"{name} mentions: {scores(counts)}")
        if options.rest:
            print(*misses[name][: options.misses], sep="\n")


if __name__ == "__main__":
    main()
