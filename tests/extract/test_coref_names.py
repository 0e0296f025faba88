"""Names of one thing inside one article, read by the shipped pipeline."""

from __future__ import annotations

import pytest

import kg


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "together"),
    [
        (
            "Aldera, formerly Castle Mills, makes carpets. Castle Mills was sold in 2019.",
            {"Aldera", "Castle Mills"},
        ),
        (
            "Quorvane (also known as Blue Anvil) sells tools. Blue Anvil employs 300 people.",
            {"Quorvane", "Blue Anvil"},
        ),
        (
            "The Northfield Carey Business School opened in May. Carey Business School has 900 students.",
            {"Northfield Carey Business School", "Carey Business School"},
        ),
        (
            "J. C. Halvorsen lives in Bergen. Jens Carl Halvorsen paints ships.",
            {"J. C. Halvorsen", "Jens Carl Halvorsen"},
        ),
        (
            "Chief executive Inge van Asten said she would leave Quorvane. Van Asten joined in 2019.",
            {"Inge van Asten", "Van Asten"},
        ),
        (
            "Chairwoman Pilar Serrano Ibarra said she would retire. Mrs Serrano joined Quorvane in 2009.",
            {"Pilar Serrano Ibarra", "Mrs Serrano"},
        ),
        (
            "Quorvane Tools (now Blue Anvil) was sold. Blue Anvil employs 300 people.",
            {"Quorvane Tools", "Blue Anvil"},
        ),
        (
            "Harald Lindqvist chairs Quorvane. His sister Karin Lindqvist left. Lindqvist said sales rose.",
            {"Harald Lindqvist", "Lindqvist"},
        ),
        (
            "Blue Anvil Ltd, trading under the name Quorvane, sells tools. Quorvane employs 300 people.",
            {"Blue Anvil Ltd", "Quorvane"},
        ),
        (
            "Nordic Halvex lost money in May. Shares in Halvex fell. Halvex will cut 300 jobs.",
            {"Nordic Halvex", "Halvex"},
        ),
        (
            "Orlund opened a shop in New York City. The New York shop sells games.",
            {"New York City", "New York"},
        ),
    ],
)
def test_together(text: str, together: set[str]) -> None:
    (reading,) = kg.build([kg.Article("a", text)]).graph.readings
    names = [{r.name, *r.aliases} for r in reading.referents]
    assert any(together <= some for some in names), names


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Aldera and Castle Mills make carpets. Castle Mills was sold.", "Aldera", "Castle Mills"),
        ("Aldera, which bought Castle Mills, makes carpets.", "Aldera", "Castle Mills"),
        ("Users of Pixogram (Orlund Games) complained. Orlund Games fell.", "Pixogram", "Orlund Games"),
        ("Ann Halvorsen met Bo Halvorsen. Halvorsen left early.", "Ann Halvorsen", "Halvorsen"),
        ("Quorvane drops Quorvane Notes. Quorvane employs 300 people.", "Quorvane", "Quorvane Notes"),
    ],
)
def test_apart(text: str, one: str, other: str) -> None:
    (reading,) = kg.build([kg.Article("a", text)]).graph.readings
    assert not any({one, other} <= {r.name, *r.aliases} for r in reading.referents)
