"""What kg reads with small ontologies of other fields that say nothing about wording: labels (or names), domains, ranges.

    python -m tests.benchmarks.own_ontologies.score [open|held] [--field NAME] [--misses] [--wrong]

`open/` and `held/` hold four fields each, as an ontology and sentences in encyclopaedia style with every triple they state. What
derives cues from labels was made while looking at the open fields only; of the held ones no more than the figures was looked at.

A sentence (or two, where a pronoun needs the other) is an article of its own. A fact counts as right where the sentences state it:
names are the same when one only says more at either end ("Corvin Tower", "the Corvin Tower in Budapest"), figures and dates when
all their numbers and months are; the nations of the United Kingdom stand for it (kg's table of countries has no others).
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg.build import build
from kg.graph import Graph
from kg.model import Article, Ref, Value

if TYPE_CHECKING:
    from spacy.language import Language

HERE = Path(__file__).parent
_DETERMINERS = re.compile(r"^(?:the|a|an|its|his|her|their) ", re.IGNORECASE)
_MONTHS = "january february march april may june july august september october november december".split()

_KINGDOM = frozenset({"england", "scotland", "wales"})

Names = Sequence[str]


@dataclass(frozen=True, slots=True)
class Triple:
    """A triple in the sentence's own words; `optional` ones are neither asked for nor wrong."""

    subject: str
    relation: str
    object: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """Sentences and every triple that they state."""

    text: str
    triples: tuple[Triple, ...]


@dataclass(slots=True)
class Score:
    """Counts over items, and what went wrong in words."""

    written: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.written if self.written else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.wanted if self.wanted else 0.0

    def add(self, other: Score) -> None:
        """Take in the counts of another."""
        self.written += other.written
        self.right += other.right
        self.wanted += other.wanted
        self.found += other.found
        self.missed += other.missed
        self.wrong += other.wrong


def items(file: Path) -> list[Item]:
    """The items of one field: blocks of a text line and its triples, set apart by empty lines."""
    blocks = [block.strip() for block in file.read_text(encoding="utf-8").split("\n\n")]
    return [_item(block.splitlines()) for block in blocks if block and not block.startswith("#")]


def _item(lines: list[str]) -> Item:
    return Item(lines[0], tuple(_triple(line) for line in lines[1:]))


def _triple(line: str) -> Triple:
    subject, relation, object_ = (part.strip() for part in line.removeprefix("?").split("|"))
    return Triple(subject, relation, object_, line.startswith("?"))


def score(field_file: Path, nlp: Language) -> Score:
    """One field: its sentences read with its ontology."""
    ontology = kg.load_ontology(field_file.with_suffix(".ttl"))
    total = Score()
    for number, item in enumerate(items(field_file)):
        unknown = {t.relation for t in item.triples} - ontology.relations.keys()
        assert not unknown, f"{field_file.name}: {unknown}"
        graph = build([Article(f"{number:02}", item.text)], ontology, pipeline=nlp).graph
        total.add(_score(item, list(_facts(graph))))
    return total


def _facts(graph: Graph) -> Iterator[tuple[Names, str, Names, str]]:
    """Subject, relation, object and rule of every asserted fact of the ontology."""
    for fact in graph.facts():
        if fact.open:
            continue
        subject = _names(graph, fact.subject)
        if isinstance(fact.object, Ref):
            object_ = _names(graph, fact.object.key)
        else:
            object_ = [fact.object.text if isinstance(fact.object, Value) else fact.object]
        yield subject, fact.relation, object_, fact.claims[0].rule


def _names(graph: Graph, key: str) -> Names:
    entity = graph.entity(key)
    return [entity.label, *entity.aliases]


def _score(item: Item, facts: list[tuple[Names, str, Names, str]]) -> Score:
    result = Score()
    met: set[Triple] = set()
    for subject, relation, object_, rule in facts:
        hits = [
            t
            for t in item.triples
            if t.relation == relation and _same(t.subject, subject) and _same(t.object, object_)
        ]
        met.update(hits)
        if hits and all(t.optional for t in hits):
            continue
        result.written += 1
        result.right += bool(hits)
        if not hits:
            result.wrong.append(f"{subject[0]} | {relation} | {object_[0]}  ({rule})  {item.text}")
    for triple in item.triples:
        if not triple.optional:
            result.wanted += 1
            result.found += triple in met
            if triple not in met:
                result.missed.append(f"{triple.subject} | {triple.relation} | {triple.object}  {item.text}")
    return result


def _same(wanted: str, found: Names) -> bool:
    words = _plain(wanted)
    if wanted.casefold() in _KINGDOM and "United Kingdom" in found:
        return True
    if any(c.isdigit() for c in wanted):
        return any(_figures(words) == _figures(_plain(name)) for name in found)
    for name in map(_plain, found):
        short, long = sorted((words, name), key=len)
        if short and short in (long[: len(short)], long[-len(short) :]):
            return True
    return False


def _figures(words: list[str]) -> list[str]:
    return [
        w for word in words for w in re.findall(r"\d[\d.,]*", word) or ([word] if word in _MONTHS else [])
    ]


def _plain(name: str) -> list[str]:
    """The words in lower case, without quotes and determiners."""
    bare = name.strip("\"'“”‘’ ")
    before = ""
    while before != bare:
        before, bare = bare, _DETERMINERS.sub("", bare)
    return re.findall(r"[\w.,&'’-]*\w", bare.lower())


def report(part: str, nlp: Language, names: Sequence[str] = ()) -> dict[str, Score]:
    """The score of each field of a part, and of all of them under ""."""
    scores = {
        file.stem: score(file, nlp)
        for file in sorted((HERE / part).glob("*.txt"))
        if not names or file.stem in names
    }
    total = Score()
    for one in scores.values():
        total.add(one)
    return {**scores, "": total}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", nargs="?", choices=("open", "held"), default="open")
    parser.add_argument("--field", action="append", default=[])
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    for name, one in report(options.part, kg.load_pipeline(), options.field).items():
        print(
            f"{name or 'all':10} precision {one.precision:.3f} ({one.right}/{one.written})  recall {one.recall:.3f}"
            f" ({one.found}/{one.wanted})"
        )
        for kind, lines in (("missed", one.missed), ("wrong", one.wrong)):
            if name and (options.misses if kind == "missed" else options.wrong):
                print(*(f"  {kind}: {line}" for line in lines), sep="\n")


if __name__ == "__main__":
    main()
