"""What a name right behind or before a noun is to it, which the two classes tell: "a report by Ann Lee", "Acme's mills".

A preposition alone says little; between a text and a person "by" names its author, and a site is run by the firm it is said to be of
(noun compounds and prepositions after Nastase & Szpakowicz 2003).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.context import read_phrase_context
from kg.extract.frames import Rule, Sentence
from kg.model import Frame


@dataclass(frozen=True, slots=True)
class Beside:
    """Two classes and what stands between them; the adjective and its slot that say the same: "written by"."""

    noun: tuple[str, ...]
    markers: tuple[str, ...]  # prepositions; "poss" for an owner before the noun
    other: tuple[str, ...]
    cue: str
    slot: str


PAIRS = (
    Beside(("Article",), ("by",), ("Person",), "written", "by"),
    Beside(("Facility", "Infrastructure"), ("poss",), ("Organization",), "run", "by"),
)


def find_beside(sentence: Sentence) -> Iterator[Frame]:
    """One frame of kind "adjective" for each pair of which the classes tell what the one is to the other."""
    for token in sentence.tokens:
        noun, marker = token.head, tree.marker(token)
        if token.dep_ == "nmod:poss":
            marker = "poss"
        elif token.dep_ != "nmod" or token.i < noun.i:
            continue
        if noun.pos_ != "NOUN" or not any(marker in pair.markers for pair in PAIRS):
            continue
        for pair in PAIRS:
            if (
                marker in pair.markers
                and _is_of(sentence, noun, pair.noun)
                and _is_of(sentence, token, pair.other)
            ):
                roles = [sentence.role("subj", [noun], alone=True), sentence.role(pair.slot, [token])]
                context = read_phrase_context(noun, sentence.ontology.words)
                yield sentence.frame(
                    "attached.beside",
                    "adjective",
                    [pair.cue],
                    [noun],
                    roles,
                    noun,
                    "is",
                    True,
                    0.8,
                    context=context,
                )


def _is_of(sentence: Sentence, token: Token, kinds: tuple[str, ...]) -> bool:
    found = sentence.mentions.at(token).type
    return bool(found) and any(sentence.ontology.is_a(found, kind) for kind in kinds)


RULES = (
    Rule(
        "attached.beside",
        "A report by Ann Lee shocked Riga.",
        ("report by Ann Lee", "written", "Ann Lee"),
        "Nastase & Szpakowicz 2003",
        find_beside,
    ),
)
