"""Amounts that count below zero: losses and falls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Token

from kg.extract import tree
from kg.model import Value


def signed(token: Token, value: Value, words: Mapping[str, Mapping[str, str]]) -> Value:
    """A loss and a fall count below zero: "a loss of $3m" and "lost $3m" are -$3m, "shares fell 5%" is -5%; "fell to 5%" stays 5%."""
    governor = token.head
    if value.number is None or value.number.startswith("-"):
        return value
    measured = (
        governor if governor.pos_ == "NOUN" else tree.child(governor, "nsubj")
    )  # "a loss of $3m", "the loss was $3m"
    noun = (
        measured is not None
        and tree.lemma(measured) in words.get("negative_measure", {})
        and tree.marker(token) != "by"
    )
    lost = (
        governor.pos_ == "VERB"
        and token.dep_ == "obj"
        and tree.lemma(governor) in words.get("losing_verb", {})
    )
    change = words.get("change_noun" if governor.pos_ == "NOUN" else "change_direction", {})
    fall = change.get(tree.lemma(governor)) == "down" and tree.marker(token) in ("", "by", "of")
    if ((noun or lost) and value.kind == "money") or (
        fall and value.kind == "percent" and not _changes_another(token)
    ):
        return replace(
            value, number=f"-{value.number}", text=f"-{value.text}", high=value.high and f"-{value.high}"
        )
    return value


def _changes_another(figure: Token) -> bool:
    """ "cut costs by 5%" says what was done to costs; "fell 5%" what happened to the subject."""
    return any(o != figure for o in tree.children(figure.head, "obj"))
