"""Weak supervision of names in business news, and typed pairs: the project's own expression bank.

Each line is a sentence with the character spans of subjects and objects of its facts. A span written as a name is a
name; the relation narrows its label. Words with a capital outside these spans are unknown, all others are no names.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.extract.pipeline.corpora.ner import Tokenize, in_fold
from kg.extract.pipeline.corpora.passage import Name, Passage
from kg.extract.pipeline.corpora.relations import read_pairs
from kg.extract.pipeline.labels import ENTITY_LABELS, GENERIC_ACRONYMS, is_norp

ANY = frozenset(ENTITY_LABELS) - {"NORP"}
_ORG, _PLACE, _PERSON = frozenset({"ORG"}), frozenset({"PLACE"}), frozenset({"PERSON"})
_PRODUCT, _OWNER = frozenset({"PRODUCT"}), frozenset({"ORG", "PERSON"})
_MADE = frozenset({"PRODUCT", "ORG"})

#: Relations whose subject or object is of one kind when it is a name.
_SUBJECTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        """acquires subsidiary_of founded_by founded_on headquartered_in has_ticker appoints cuts_jobs merges_with
        raises_funding has_headcount has_revenue has_profit has_debt pays_dividend supplies_to has_total_funding
        manufactures recalls divests has_earnings_per_share has_revenue_growth misses_estimate beats_estimate
        has_registration_number has_licence_number has_customer leads_round""".split(),
        _ORG,
    ),
    "has_role_at": _PERSON,
    "has_price": _PRODUCT,
    "written_by": frozenset({"PRODUCT", "MISC"}),
}
_OBJECTS: dict[str, frozenset[str]] = {
    **dict.fromkeys("headquartered_in located_in produced_in available_in expands_into".split(), _PLACE),
    **dict.fromkeys("founded_by appoints written_by nominates".split(), _PERSON),
    **dict.fromkeys(
        "subsidiary_of has_role_at operated_by invests_in merges_with regulated_by".split(), _ORG
    ),
    "owned_by": _OWNER,
    "develops": _MADE,
    "manufactures": _MADE,
    "launches": frozenset({"PRODUCT", "ORG", "EVENT"}),
    "recalls": _PRODUCT,
}
_NO_NAMES = frozenset(
    """we it i he she they you monday tuesday wednesday thursday friday saturday sunday january february march april
    may june july august september october november december q1 q2 q3 q4 its their his her""".split()
)
_LINKS = frozenset({"of", "and", "the", "for", "&", "de", "la", "von", "van"})
_TITLES = frozenset({"The", "Sir", "Mr", "Mrs", "Ms", "Dr", "Lord", "A", "An"})


def read_expressions(folder: Path, tokenize: Tokenize, *, held_out: bool = False) -> list[Passage]:
    """Read all ``*.jsonl`` files of the bank; lines with ``sha1(id) % 5 == 0`` are held out of training."""
    passages: list[Passage] = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if in_fold(record["id"]) == held_out:
                passage = _passage(record, tokenize)
                if passage.names or passage.pairs:
                    passages.append(passage)
    return passages


def _passage(record: dict[str, Any], tokenize: Tokenize) -> Passage:
    text: str = record["text"]
    tokens = tokenize(text)
    named: dict[tuple[int, int], frozenset[str]] = {}
    for fact in record["facts"]:
        for side, table in (("subject", _SUBJECTS), ("object", _OBJECTS)):
            span = fact.get(f"{side}_span")
            if not span or (side == "object" and fact["relation"] == "has_ticker"):
                continue
            place = _name_span(text, tokens, span[0], span[1])
            if place is not None:
                labels = table.get(fact["relation"], ANY)
                named[place] = named.get(place, ANY) & labels or ANY
    names = [Name(first, end, labels) for (first, end), labels in sorted(named.items())]
    names = [name for i, name in enumerate(names) if not i or name.first >= names[i - 1].end]
    covered = {index for name in names for index in range(name.first, name.end)}
    unknown = {i for i, (start, _) in enumerate(tokens) if text[start].isupper() and i not in covered}
    unknown -= {i for i, (start, end) in enumerate(tokens) if text[start:end] in GENERIC_ACRONYMS}
    pairs = read_pairs(record, tokens)
    return Passage("expressions", record["id"], text, tokens, None, names, frozenset(unknown), pairs=pairs)


def _name_span(text: str, tokens: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """Word indices of a span written as a name, without article or title; None for any other span."""
    inside = [i for i, (left, right) in enumerate(tokens) if left >= start and right <= end]
    while inside and text[slice(*tokens[inside[0]])] in _TITLES:
        inside.pop(0)
    if not inside or tokens[inside[-1]][1] != end or len(inside) > 6:
        return None
    words = [text[left:right] for left, right in (tokens[i] for i in inside)]
    if not words[0][:1].isupper() or (
        not any(word[:1].isupper() for word in words[-1:]) and not words[-1].isdigit()
    ):
        return None
    if any(not (w[:1].isupper() or w[:1].isdigit() or w in _LINKS or w in "-.'’s") for w in words):
        return None
    if any(word.lower() in _NO_NAMES for word in words) or (len(words) == 1 and is_norp(words[0])):
        return None
    opens = inside[0] == 0 and len(words) == 1
    if opens and words[0].isalpha() and text.count(words[0]) == 1 and _common(words[0]):
        return None
    return inside[0], inside[-1] + 1


def _common(word: str) -> bool:
    """Whether a sentence-initial single word looks like an ordinary noun ("Insurance", "Rents")."""
    return word.lower().endswith(("s", "ing", "tion", "ment", "ance", "rent", "ity", "ers", "ce", "th"))
