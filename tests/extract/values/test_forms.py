"""The forms of forms.tsv, each read from its sentence exactly, and the places where a form means something else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.extract.values import find_values
from kg.model import Value

TODAY = dt.date(2025, 11, 27)
LINES = (Path(__file__).parent / "forms.tsv").read_text(encoding="utf-8").split("\n")
FORMS = [tuple(line.split("\t")) for line in LINES if line and not line.startswith("#")]
Words = Mapping[str, Mapping[str, str]]


def written(value: Value) -> str:
    """A value as forms.tsv writes it."""
    parts = [f"{value.kind}[{value.text}]"]
    if value.number is not None:
        parts.append(value.number + (f"..{value.high}" if value.high is not None else ""))
    if value.unit:
        parts.append(value.unit)
    if value.iso:
        parts.append(f"@{value.iso}")
    if value.approximate:
        parts.append("~")
    return " ".join(parts)


@pytest.mark.parametrize(("sentence", "expected"), FORMS, ids=[form[0] for form in FORMS])
def test_form(words: Words, sentence: str, expected: str) -> None:
    found = [written(value) for _, value in find_values(sentence, words, TODAY)]
    assert found == ([] if expected == "-" else expected.split(" | "))


def test_there_are_two_hundred_forms() -> None:
    assert sum(expected != "-" for _, expected in FORMS) >= 200


def test_without_the_articles_date_nothing_is_guessed(words: Words) -> None:
    text = "It met last Friday and on May 3; it opens in June, in two years' time, or in Q3 2026."
    assert [value.iso for _, value in find_values(text, words, None)] == [
        None,
        "--05-03",
        "--06",
        None,
        "2026-Q3",
    ]


def test_an_earlier_article_date_moves_relative_dates(words: Words) -> None:
    text = "Shares fell last month, two years ago and on Monday."
    found = find_values(text, words, dt.date(2024, 1, 3))
    assert [value.iso for _, value in found] == ["2023-12", "2022", "2024-01-01"]


def test_a_month_leans_with_the_tense_before_it(words: Words) -> None:
    def month(sentence: str) -> str | None:
        return find_values(sentence, words, dt.date(2025, 3, 1))[0][1].iso

    assert month("It will open in August.") == "2025-08"
    assert month("It was opened in August.") == "2024-08"
    assert month("It will be opened in August.") == "2025-08"


def test_values_do_not_cross_a_line_break(words: Words) -> None:
    found = find_values("Visitors in May 3\n2025 guests came\nIt cost $5\nmillions watched", words, TODAY)
    assert all("\n" not in value.text for _, value in found)


def test_a_wrapped_line_is_read_through(words: Words) -> None:
    text = (
        "Brightwell said on the very first day of its fair that it had raised $12\nmillion from three funds."
    )
    assert "12000000" in [value.number for _, value in find_values(text, words, TODAY)]


def test_a_users_words_are_enough(words: Words) -> None:
    mine = {**words, "currency_code": {"zzd": "ZZD"}, "measure_unit": {"furlong": "furlongs"}}
    found = find_values("It paid ZZD 5m for 12 furlongs.", mine, TODAY)
    assert [(value.number, value.unit) for _, value in found] == [("5000000", "ZZD"), ("12", "furlongs")]
    assert find_values("It paid $5 on 3 May 2025.", {}, TODAY) == []
