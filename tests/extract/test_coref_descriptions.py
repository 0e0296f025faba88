"""Descriptions of one article that mean what it names, and those that must not; read by the shipped pipeline."""

from __future__ import annotations

import pytest

import kg


def entities(text: str) -> list[set[str]]:
    """The names and descriptions of each entity."""
    graph = kg.build([kg.Article("a", text)]).graph
    said = {(r.article, r.key): r for reading in graph.readings for r in reading.referents}
    return [
        {word for place in e.referents for word in (said[place].name, *said[place].aliases, *said[place].descriptions)}
        for e in graph.entities
    ]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            "The European Commission opened an inquiry in May. The EU antitrust regulator fined Orlund Games.",
            "European Commission",
            "EU antitrust regulator",
        ),
        (
            "Norwegian technology companies sell abroad. Orlund and other Norwegian tech firms opened plants in Spain.",
            "Norwegian technology companies",
            "other Norwegian tech firms",
        ),
        (
            "Norwegian technology companies sell abroad. The rule keeps Norway's biggest players at home. Orlund fears Norway's "
            "biggest players.",
            "Norwegian technology companies",
            "Norway's biggest players",
        ),
        (
            "Orlund grew in May. Its supplier, Kestrel Foundry, fell. Kestrel's chief executive is Ann Lee. She is a lawyer.",
            "Ann Lee",
            "lawyer",
        ),
    ],
)
def test_together(text: str, one: str, other: str) -> None:
    found = entities(text)
    assert any({one, other} <= names for names in found), found


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            "Malaria kills children. A new Malaria vaccine was approved on Monday. Malaria vaccine sales rose.",
            "Malaria",
            "Malaria vaccine",
        ),
        (
            "Orlund's digital payments segment grew. Its retail banking segment shrank. The segment lost 3 million dollars.",
            "digital payments segment",
            "retail banking segment",
        ),
        (
            "The EU met in May. The EU antitrust regulator fined Orlund Games.",
            "EU",
            "EU antitrust regulator",
        ),
        (
            "Orlund Games Ltd sold more games in May. Orlund denied on Monday that it had hidden its prices. "
            "The regulator fined a rival last year.",
            "Orlund",
            "regulator",
        ),
        ("The old mill is near Ghent. Workers closed the old mill.", "Ghent", "old mill"),
    ],
)
def test_apart(text: str, one: str, other: str) -> None:
    found = entities(text)
    assert not any({one, other} <= names for names in found), found
