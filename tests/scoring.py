"""A small, strict scorer for hand-written facts: how many were found, which forbidden ones were stated.

A fact is found when subject, relation and object agree, polarity is the same, and both assert or both hedge. Names agree when
their content words are the same, under any name the gold file or kg knows for the entity; figures when number and unit agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
SYMMETRIC = frozenset({"partners_with", "competes_with", "compared_with", "integrates_with", "merges_with"})
_LEFT_OUT = frozenset("a an the s inc ltd ag asa plc corp group holding gmbh".split())


@dataclass(frozen=True, slots=True)
class Score:
    """Ids of the gold facts found and missed, and of the forbidden ones stated."""

    found: tuple[str, ...]
    missed: tuple[str, ...]
    stated: tuple[str, ...]

    @property
    def recall(self) -> float:
        return len(self.found) / max(1, len(self.found) + len(self.missed))


def score(gold: Row, records: Iterable[Row]) -> Score:
    """One article's gold file against kg's records (lines of facts.jsonl); records of other articles do not count."""
    own = [record for record in records if record["article"] == gold["id"]]
    names = {entity["name"]: [entity["name"], *entity["aliases"]] for entity in gold["entities"]}
    hits = {
        fact["id"]: any(_agrees(fact, record, names) and _same_mood(fact, record) for record in own)
        for fact in gold["facts"]
    }
    stated = [
        wrong["id"]
        for wrong in gold["must_not"]
        if any(_agrees(wrong, record, names) and not _excused(wrong, record) for record in own)
    ]
    return Score(
        tuple(key for key, hit in hits.items() if hit),
        tuple(key for key, hit in hits.items() if not hit),
        tuple(stated),
    )


def _agrees(gold: Row, record: Row, names: Mapping[str, Sequence[str]]) -> bool:
    other = gold.get("alt", {})
    relations = {gold["relation"], *other.get("relation", ())}
    subject = _any_name([gold["subject"], *other.get("subject", ())], names)
    target = _any_name([gold["object"], *other.get("object", ())], names)
    left = _keys(
        [record["subject"], *record["subject_aliases"]],
        record if record["subject_type"] == "Article" else None,
    )
    right = _keys([record["object"], *record["object_aliases"]]) | _figure(record["qualifiers"])
    if record["relation"] not in relations:
        return False
    swapped = record["relation"] in SYMMETRIC and bool(left & target and right & subject)
    return swapped or bool(left & subject and right & target)


def _any_name(given: Sequence[str], names: Mapping[str, Sequence[str]]) -> set[str]:
    return _keys([name for one in given for name in names.get(one, [one])])


def _keys(texts: Iterable[str], article: Row | None = None) -> set[str]:
    """What a name is compared by: its content words; "article" for the article itself."""
    found = {" ".join(_words(text)) for text in texts} - {""}
    return found | ({"article"} if article is not None else set())


def _words(text: str) -> list[str]:
    return [
        word
        for word in re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[$€£%]", text.casefold())
        if word not in _LEFT_OUT
    ]


def _figure(qualifiers: Row) -> set[str]:
    """The record's figure in words, as gold objects write it: 537 USD -> "$ 537"."""
    value, unit = qualifiers.get("value"), qualifiers.get("unit", "")
    if not isinstance(value, int | float):
        return set()
    sign = {"USD": "$", "EUR": "€", "GBP": "£"}.get(str(unit), "")
    texts = [f"{value:g} {unit}", f"{sign}{value:,}", f"{value:g}%" if unit == "percent" else f"{value:g}"]
    for scale, word in ((10**9, "billion"), (10**6, "million")):
        texts += [f"{sign}{value / scale:g} {word}"] if value >= scale else []
    return _keys(texts)


def _same_mood(gold: Row, record: Row) -> bool:
    wanted = gold["qualifiers"]
    hedged = bool(wanted.get("modality")) == bool(record["modality"])
    return hedged and (wanted.get("polarity") == "negative") == (record["polarity"] == "negative")


def _excused(wrong: Row, record: Row) -> bool:
    """A denial is never wrong; with `unless`, neither is a statement that carries that mood (any hedge for a modality)."""
    unless = wrong.get("unless", {})
    return record["polarity"] == "negative" or bool(unless.get("modality") and record["modality"])
