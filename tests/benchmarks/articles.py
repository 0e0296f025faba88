"""Typed facts in whole articles whose every fact is marked: recall, and a precision that means what it says.

    python -m tests.benchmarks.articles [FOLDER] [--misses N] [--wrong N] [--table]

FOLDER holds marked articles (`kg/extract/pipeline/corpora/written.py` has the format); without it, the articles kept for
selection, which no training sees. A claim is right when both its arguments lie on the marked mentions of a fact of its
sentence, its relation is that fact's, and both are denied or not, asserted or not. Open claims do not count. The marks
are the judgement of one writer: a true claim nobody marked counts as wrong.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from kg import load_ontology, load_pipeline
from kg.extract.pipeline.corpora.relations import SYMMETRIC
from kg.extract.pipeline.corpora.whole import SELECTION, read_articles
from kg.extract.pipeline.corpora.written import Marked
from kg.extract.read import read_article
from kg.model import Article, Claim, Modality, Polarity, Span

#: Overlap (Jaccard, in characters) from which a claim's argument is a marked mention.
SAME = 0.3
THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8)

Place = tuple[int, int]
Fact = tuple[str, str, str, bool, bool]  # subject, relation, object, denied, hedged


@dataclass(frozen=True, slots=True)
class Said:
    """A typed claim of kg's: the fact it states in terms of marked mentions ("" for none), and whether it is right."""

    claim: Claim
    fact: Fact
    right: bool


def facts_of(marked: Marked) -> set[Fact]:
    """The facts of a sentence."""
    found: set[Fact] = set()
    for subject, relation, other, mood, _ in marked.facts:
        one, two = _directed(relation, *(marked.same.get(n, n) for n in (subject, other)))
        found.add((one, relation, two, mood == "not", mood not in {"asserted", "not"}))
    return found


def _directed(relation: str, one: str, two: str) -> tuple[str, str]:
    """Two mentions as a fact names them: in one order where the relation has no direction."""
    return (two, one) if relation in SYMMETRIC and two < one else (one, two)


def said_of(claim: Claim, marked: Marked, start: int, facts: set[Fact]) -> Said:
    """Place a claim on the marked mentions of its sentence."""
    ends = [
        _mention(marked, (span.start - start, span.end - start)) if span is not None else ""
        for span in (claim.subject_span, claim.object_span)
    ]
    one, two = _directed(claim.relation, *ends)
    fact = (
        one,
        claim.relation,
        two,
        claim.polarity is Polarity.NEGATIVE,
        claim.modality is not Modality.ASSERTED,
    )
    return Said(claim, fact, fact in facts)


def _mention(marked: Marked, place: Place) -> str:
    """Number of the marked mention that overlaps most; "" where none does enough."""

    def overlap(other: Place) -> float:
        shared = min(place[1], other[1]) - max(place[0], other[0])
        return shared / (max(place[1], other[1]) - min(place[0], other[0]))

    share, number = max(((overlap(span), n) for n, span in marked.mentions.items()), default=(0.0, ""))
    return marked.same.get(number, number) if share >= SAME else ""


def main() -> None:
    """Read the articles and print the scores."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=SELECTION)
    parser.add_argument("--misses", type=int, default=0, help="print so many facts that were not found")
    parser.add_argument("--wrong", type=int, default=0, help="print so many claims that no fact bears out")
    parser.add_argument("--table", action="store_true", help="one line per relation")
    options = parser.parse_args()
    ontology, nlp = load_ontology(), load_pipeline()
    gold: Counter[str] = Counter()
    said: list[Said] = []
    hits: list[tuple[str, str, Fact, float]] = []  # article, sentence, fact, surest right claim
    for article in read_articles(options.folder):
        reading = read_article(Article(article.name, article.text), ontology, nlp)
        claims = [claim for claim in reading.claims if not claim.open]
        for marked, start in zip(article.sentences, article.starts, strict=True):
            facts = facts_of(marked)
            here = [
                said_of(claim, marked, start, facts)
                for claim in claims
                if start <= claim.sentence.start < start + len(marked.text)
            ]
            said += here
            for fact in sorted(facts):
                sure = max((s.claim.confidence for s in here if s.fact == fact), default=-1.0)
                hits.append((article.name, marked.text, fact, sure))
                gold[fact[1]] += 1
    for threshold in THRESHOLDS:
        kept = [s for s in said if s.claim.confidence >= threshold]
        found = sum(sure >= threshold for *_, sure in hits)
        right = sum(s.right for s in kept)
        print(
            f"from {threshold:.1f}: recall {found / max(1, len(hits)):.3f} ({len(hits)})  precision {right / max(1, len(kept)):.3f} ({len(kept)})"
        )
    for label, group in _rooms(said).items():
        print(
            f"{label:28} precision {sum(s.right for s in group) / len(group):.3f} ({len(group)}), from 0.5: "
            f"{sum(s.right for s in group if s.claim.confidence >= 0.5)} of {sum(s.claim.confidence >= 0.5 for s in group)}"
        )
    if options.table:
        right_by = Counter(s.claim.relation for s in said if s.right)
        said_by = Counter(s.claim.relation for s in said)
        found_by = Counter(fact[1] for *_, fact, sure in hits if sure >= 0)
        for relation in sorted(gold | said_by):
            print(
                f"{relation:28} found {found_by[relation]} of {gold[relation]}, right {right_by[relation]} of {said_by[relation]}"
            )
    for name, text, fact, _ in [hit for hit in hits if hit[3] < 0][: options.misses]:
        print(f"missed {name} {fact}: {text}")
    for one in [s for s in said if not s.right and s.claim.confidence >= 0.5][: options.wrong]:
        claim = one.claim
        ends = [_quoted(claim, span) for span in (claim.subject_span, claim.object_span)]
        print(f"wrong {claim.article} {ends[0]} | {claim.relation} | {ends[1]} {one.fact[3:]}", end=" ")
        print(f"{claim.rule} {claim.confidence:.2f}: {claim.quote}")


def _quoted(claim: Claim, span: Span | None) -> str:
    start = claim.sentence.start
    return claim.quote[span.start - start : span.end - start] if span is not None else ""


def _rooms(said: list[Said]) -> dict[str, list[Said]]:
    rooms: dict[str, list[Said]] = {}
    for one in said:
        rooms.setdefault(one.claim.rule.partition(".")[0], []).append(one)
    return dict(sorted(rooms.items()))


if __name__ == "__main__":
    main()
