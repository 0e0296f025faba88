"""Ids come from names alone."""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.ids import Wish, grant, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alibaba Group Holding Ltd", "Alibaba_Group_Holding_Ltd"),
        ("M&M’s Inc.", "MandMs_Inc"),
        ("Nestlé S.A.", "Nestlé_SA"),
        ("C++", "Cplusplus"),
        ("GPT-4.5", "GPT-4.5"),
        ("US–China tech policy", "US_China_tech_policy"),
        ("阿里巴巴", "阿里巴巴"),
    ],
)
def test_slugs_are_readable(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text(max_size=200))
def test_any_text_makes_a_short_slug_without_forbidden_characters(text: str) -> None:
    made = slug(text)
    assert 0 < len(made) <= 90
    assert not re.search(r"""[\s<>"{}|\\^`/?#:;,'%\x00-\x1f]""", made)
    assert slug(text) == made


def test_the_stronger_kind_keeps_the_plain_id() -> None:
    company = Wish("Ford", 0, "Organization", "company")
    person = Wish("Ford", 3, "Person", "person")
    for order in permutations([company, person]):
        assert grant(order) == {company: "Ford", person: "Ford_Person"}


def test_ids_never_clash_and_do_not_depend_on_order() -> None:
    wishes = [
        Wish("Ford", 0, "Organization", "a"),
        Wish("Ford", 0, "Organization", "b"),
        Wish("Ford", 3, "Person", "c"),
        Wish("Ford_Person", 1, "Thing", "d"),
    ]
    first = grant(wishes)
    assert len(set(first.values())) == len(wishes)
    assert first[wishes[3]] == "Ford_Person"
    assert all(grant(order) == first for order in permutations(wishes))
