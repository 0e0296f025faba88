"""Descriptions of one article that mean what it names, and those that must not; read by the shipped pipeline."""

from __future__ import annotations

import pytest

import kg

LONG = "\n\n".join(
    " ".join(paragraph.split())
    for paragraph in """
Helvion shares slide as solar maker shuts Saxony plant

BERLIN, Oct 14 - German solar panel maker Helvion AG will close its factory in Bautzen by the end of March and
cut 640 jobs, the company said on Tuesday, blaming cheap imports from China and the collapse of a supply deal
with Norway's Statkraft.

Shares in Helvion fell 17% to 4.12 euros in Frankfurt, their lowest since the group listed in 2011.

Chief executive Katrin Vogel told reporters that the plant, which opened in 2009 and makes about a third of
the company's modules, had lost 48 million euros last year. "We have not found a buyer, and we will not run it
at a loss," she said.

Helvion, which is 23 percent owned by the Danish pension fund PKA, plans to move production of its Aurora
modules to Gujarat, where its Indian partner Suryatech operates two lines. Suryatech, founded by brothers Anil
and Rakesh Mehta in 2006, has not commented.

The closure comes a month after rival Meyer Burger filed for insolvency. Analysts at Berenberg cut their price
target for Helvion from 7 euros to 4.50 euros and said that a capital increase was likely.

The state government of Saxony had offered Helvion a 30 million euro loan guarantee in July, but the company
rejected it, according to economy minister Dirk Panter. The IG Metall union urged Berlin to impose tariffs on
Chinese panels. A spokesman for the economy ministry denied that such duties were being considered.

Helvion expects revenue of between 610 million and 640 million euros this year, down from 815 million in 2024.
It said it would not pay a dividend.

Last week the firm appointed Jonas Lindqvist, previously finance chief of Swedish battery group Northvolt, as
its chief financial officer. He replaces Petra Maurer, who stepped down in August after a dispute over the
sale of the group's inverter business to SMA Solar for 90 million euros.
""".split("\n\n")
)


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
        (
            "Orlund to build $4 billion mill in Norway\n\nOrlund will build a $4 billion paper mill near Oslo, it said on Monday. The "
            "mill will employ 300 people.",
            "mill",
            "$4 billion paper mill",
        ),
        (
            "Retailers speed up the overseas sourcing of fabrics. This overseas shift lets Orlund sell cheaper shirts. Analysts see this "
            "move as a threat to Kestrel.",
            "overseas sourcing of fabrics",
            "move",
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
            "Banks paid for the regulatory training of staff. The regulatory push helps Orlund.",
            "regulatory training of staff",
            "regulatory push",
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
        (LONG, "Helvion", "group's inverter business"),
    ],
)
def test_apart(text: str, one: str, other: str) -> None:
    found = entities(text)
    assert not any({one, other} <= names for names in found), found
