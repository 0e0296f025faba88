"""Colours of classes."""

from __future__ import annotations

import pytest

import kg
from kg.view.colours import colours
from tests.view import synthetic


def test_a_class_takes_its_family_s_hue_in_a_shade_of_its_own() -> None:
    found = colours(["Company", "Organization", "Person"], synthetic.ontology())
    assert len({*found.values()}) == 3
    alone = colours(["Organization"], synthetic.ontology())["Organization"]
    assert found["Company"] == alone, "the more frequent class has the family's own colour"


def test_unknown_classes_get_spare_hues() -> None:
    found = colours(["Company", "Spaceship", "Comet"], synthetic.ontology(["Spaceship", "Comet"]))
    assert len({*found.values()}) == 3


@pytest.mark.parametrize("ground", ["#f6f7f9", "#12151a"])
def test_every_class_stands_out_from_the_ground(ground: str, ontology: kg.Ontology) -> None:
    """WCAG 2.1, 1.4.11: 3:1 for graphical objects; the lightest shades of a family may fall to 2:1, they carry a label."""
    dark = ground == "#12151a"
    for name in ontology.types:
        pair = colours([name], ontology)[name]
        assert contrast(pair[dark], ground) >= 3, name
    for name, pair in colours(sorted(ontology.types), ontology).items():
        assert contrast(pair[dark], ground) >= 2, name


def contrast(one: str, two: str) -> float:
    """WCAG 2.1 contrast ratio."""

    def light(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)
