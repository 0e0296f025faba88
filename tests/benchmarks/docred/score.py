"""Typed triples of a user's ontology against Re-DocRED.

    python -m tests.benchmarks.docred.score dev_revised.json.gz [--ontology FILE] [--labels-only] [--no-inference] [--limit N] [--misses N]

Each article is built into a graph of its own by kg as it is; a triple counts where both ends are entities that kg found and
merged by itself.

Precision has two readings. *judged*: triples whose two ends are entities of the data set, which are the only ones its
annotators looked at. *all*: every triple between two names that kg writes, one with an end unknown to the data set being wrong.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import kg
from kg.build import build
from kg.graph import Graph
from kg.model import Fact, Ref
from kg.ontology import Ontology
from kg.rdf.infer import Statement, infer
from tests.benchmarks.docred.gold import Gold, Triple, load

HERE = Path(__file__).parent
THRESHOLDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Found:
    """One triple kg wrote: the data set's numbers of its ends (none: no entity of the data set), its confidence, its sentence."""

    article: str
    subjects: frozenset[int]
    relation: str
    objects: frozenset[int]
    confidence: float
    words: str


def find(gold: Gold, graph: Graph, inference: bool = True) -> Iterator[Found]:
    """The asserted typed facts between two names in the graph of one article, and what follows from them; each triple once."""
    number = {entity.id: _numbers(gold, graph, entity.referents) for entity in graph.entities if entity.named}
    best: dict[tuple[object, ...], Found] = {}
    for subject, relation, object_, confidence, told in _triples(graph, inference):
        if subject not in number or object_ not in number:
            continue
        one, other = number[subject], number[object_]
        if one & other or any(not gold.named[end] for end in one | other):
            continue
        words = f"{subject} | {relation} | {object_} | {told}"
        found = Found(gold.article.id, one, relation, other, confidence, words)
        key = (one or subject, relation, other or object_)
        if key not in best or best[key].confidence < found.confidence:
            best[key] = found
    yield from best.values()


def _triples(graph: Graph, inference: bool) -> Iterator[tuple[str, str, str, float, str]]:
    """Subject, relation, object, confidence and witness of stated facts, then of conclusions: as sure as their weakest premise."""
    sure: dict[Statement, float] = {}
    for fact in graph.facts():
        if not fact.open and isinstance(fact.object, Ref):
            sure[Statement(fact.subject, fact.relation, fact.object)] = _confidence(fact)
            yield fact.subject, fact.relation, fact.object.key, _confidence(fact), _rule(fact)
    waiting = list(infer(graph).facts) if inference else []
    while waiting:
        ready = [one for one in waiting if all(premise in sure for premise in one.premises)]
        for conclusion in ready:
            statement = conclusion.statement
            confidence = min(sure[premise] for premise in conclusion.premises)
            sure[statement] = confidence
            if isinstance(statement.object, Ref):
                yield (
                    statement.subject,
                    statement.relation,
                    statement.object.key,
                    confidence,
                    f"by {conclusion.axiom}",
                )
        if not ready:
            break
        waiting = [one for one in waiting if one not in ready]


def _rule(fact: Fact) -> str:
    return f"{fact.claims[0].rule} | {fact.claims[0].quote}" if fact.claims else "inferred"


def _confidence(fact: Fact) -> float:
    return max((claim.confidence for claim in fact.claims), default=1.0)


def _numbers(gold: Gold, graph: Graph, referents: Iterable[tuple[str, str]]) -> frozenset[int]:
    """The data set's entities that an entity of kg is: where its mentions lie, and by name.

    More than one, where the data set keeps apart what kg (and Wikidata) do not, such as *Canada* and *Canadian*: those with at least a
    quarter of the votes of the first.
    """
    wanted = set(referents)
    members = [r for reading in graph.readings for r in reading.referents if (r.article, r.key) in wanted]
    names = {name.casefold() for r in members for name in (r.name, *r.aliases)}
    votes: Counter[int] = Counter()
    for span in (span for referent in members for span in referent.mentions):
        for index, places in enumerate(gold.places):
            overlaps = (p for p in places if p.start < span.end and span.start < p.end)
            if any(_same_head(place.end, span.end) for place in overlaps):
                votes[index] += 1
    for index, known in enumerate(gold.names):
        if names & known:
            votes[index] += 2
    most = max(votes.values(), default=0)
    return frozenset(index for index, count in votes.items() if 4 * count >= most)


def _same_head(one: int, other: int) -> bool:
    """Two overlapping mentions name one thing when they end together, but for a sign or two."""
    return abs(one - other) <= 2


@dataclass(frozen=True, slots=True)
class Point:
    """Precision and recall of the triples at or above one confidence."""

    threshold: float
    right: int
    judged: int
    written: int
    covered: int
    wanted: int

    def __str__(self) -> str:
        def share(a: int, b: int) -> str:
            return f"{a / b:.3f}" if b else "  -  "

        return (
            f"{self.threshold:9.2f}  {self.written:7}  {self.judged:6}  {self.right:5}  {share(self.right, self.judged)}"
            f"   {share(self.right, self.written)}   {share(self.covered, self.wanted)}"
        )


def curve(found: Iterable[Found], gold: Iterable[Gold]) -> list[Point]:
    """One point for each threshold of confidence."""
    found, gold = list(found), list(gold)
    right = {article.article.id: article.triples for article in gold}
    wanted = sum(len(article.triples) for article in gold)
    points = []
    for threshold in THRESHOLDS:
        chosen = [f for f in found if f.confidence >= threshold]
        judged = [f for f in chosen if f.subjects and f.objects]
        hits = [_hits(f, right[f.article]) for f in judged]
        covered = {(f.article, triple) for f, triples in zip(judged, hits, strict=True) for triple in triples}
        points.append(Point(threshold, sum(map(bool, hits)), len(judged), len(chosen), len(covered), wanted))
    return points


def _hits(found: Found, right: frozenset[Triple]) -> frozenset[Triple]:
    """The data set's triples that one of kg's states."""
    return right & {(one, found.relation, other) for one in found.subjects for other in found.objects}


def labels_only(ontology_file: Path, folder: Path) -> Path:
    """The same ontology with the properties' English labels and nothing else, written to `folder`."""
    import re

    text = ontology_file.read_text(encoding="utf-8")
    heads = re.findall(r"^(:P\d+ a [^;]+; rdfs:label \"[^\"]+\")", text, re.MULTILINE)
    prefixes = [line for line in text.splitlines() if line.startswith("@prefix")]
    kinds = re.compile(r" a [^;]+;")
    path = folder / "labels.ttl"
    lines = [kinds.sub(" a owl:ObjectProperty ;", head) + " ." for head in heads]
    path.write_text("\n".join([*prefixes, *lines]) + "\n", encoding="utf-8")
    return path


def run(golds: list[Gold], read: Callable[[Gold], Graph], inference: bool) -> list[Found]:
    """Every triple of every article, in order."""
    return [found for gold in golds for found in find(gold, read(gold), inference)]


def report(found: list[Found], golds: list[Gold], ontology: Ontology, misses: int = 0) -> Iterator[str]:
    """The curve, then a line for each relation, then wrong triples to look at."""
    yield "threshold  written  judged  right  judged  all      recall"
    yield from map(str, curve(found, golds))
    right = {gold.article.id: gold.triples for gold in golds}
    wanted = Counter(relation for gold in golds for _, relation, _ in gold.triples)
    judged = [f for f in found if f.subjects and f.objects]
    hits = Counter(f.relation for f in judged if _hits(f, right[f.article]))
    tried = Counter(f.relation for f in judged)
    yield ""
    for name in sorted(wanted | tried, key=lambda n: (-wanted[n], n)):
        label = ontology.relations[name].label if name in ontology.relations else "(not in the ontology)"
        yield f"{name:6} {label:50} wanted {wanted[name]:5} written {tried[name]:5} right {hits[name]:5}"
    wrong = [f for f in judged if not _hits(f, right[f.article])]
    step = max(1, len(wrong) // misses) if misses else 0
    for f in wrong[::step] if step else ():
        label = ontology.relations[f.relation].label
        yield f"wrong {f.article} {f.confidence:.2f} {label}: {f.words}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", type=Path)
    parser.add_argument("--ontology", type=Path, default=HERE / "wikidata.ttl")
    parser.add_argument("--labels-only", action="store_true")
    parser.add_argument("--no-inference", action="store_true", help="only what sentences state")
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--misses", type=int, default=0, help="show about so many wrong triples")
    options = parser.parse_args()
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = labels_only(options.ontology, Path(folder)) if options.labels_only else options.ontology
        ontology = kg.load_ontology(path)
    nlp = kg.load_pipeline()
    golds = load(options.path)[: options.limit]

    def read(gold: Gold) -> Graph:
        return build([gold.article], ontology, pipeline=nlp).graph

    for line in report(run(golds, read, not options.no_inference), golds, ontology, options.misses):
        print(line)


if __name__ == "__main__":
    main()
