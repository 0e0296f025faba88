"""Re-DocRED's articles (Tan et al. 2022) as plain text with character offsets, and its triples between named entities."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.model import Article, Span

LITERALS = frozenset({"TIME", "NUM"})  # entity types of the data set that are no named entities
_CLOSING = frozenset({*".,;:)]}!?%'", "'s", "’s", "n't", "'ll", "'re", "'ve", "'d", "'m"})
_OPENING = frozenset({"(", "[", "$", "£", "€"})
_JOINING = frozenset({"-", "–", "/"})

Triple = tuple[int, str, int]  # number of an entity, property, number of an entity


@dataclass(frozen=True, slots=True)
class Gold:
    """One article: its text, where each entity is mentioned and what it is called, and its triples between named entities."""

    article: Article
    places: tuple[tuple[Span, ...], ...]
    names: tuple[frozenset[str], ...]
    named: tuple[bool, ...]
    triples: frozenset[Triple]


def load(path: Path) -> list[Gold]:
    """The articles of `dev_revised.json` or `dev_revised.json.gz`, in the file's order."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        return [_gold(number, document) for number, document in enumerate(json.load(file))]


def _gold(number: int, document: dict[str, Any]) -> Gold:
    text, offsets = join(document["sents"])
    entities = document["vertexSet"]
    places = tuple(tuple(_span(mention, offsets) for mention in entity) for entity in entities)
    names = tuple(frozenset(span.of(text).casefold() for span in spans) for spans in places)
    named = tuple(not LITERALS & {mention["type"] for mention in entity} for entity in entities)
    triples = frozenset(
        (label["h"], label["r"], label["t"])
        for label in document["labels"]
        if named[label["h"]] and named[label["t"]]
    )
    return Gold(Article(f"{number:04}", text, document["title"]), places, names, named, triples)


def _span(mention: dict[str, Any], offsets: Sequence[Sequence[Span]]) -> Span:
    first, end = mention["pos"]
    sentence = offsets[mention["sent_id"]]
    return Span(sentence[first].start, sentence[end - 1].end)


def join(sentences: Sequence[Sequence[str]]) -> tuple[str, list[list[Span]]]:
    """Tokens as running text, and the characters of each: spaces where print has them.

    >>> join([["Ann", "'s", "hat", "."]])[0]
    "Ann's hat."
    """
    parts: list[str] = []
    offsets: list[list[Span]] = []
    length, before, quoted = 0, "", False
    for sentence in sentences:
        row = []
        for token in sentence:
            tight = token in _CLOSING or before in _OPENING or bool({token, before} & _JOINING)
            tight = tight or (quoted and '"' in (token, before))
            space = "" if tight or not parts else " "
            quoted ^= token == '"'
            start = length + len(space)
            row.append(Span(start, start + len(token)))
            parts.append(space + token)
            length, before = row[-1].end, token
        offsets.append(row)
    return "".join(parts), offsets
