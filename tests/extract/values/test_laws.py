"""Laws of find_values on any text, and its time on hostile text."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract.values import article_date, find_values

Words = Mapping[str, Mapping[str, str]]
KINDS = {"money", "percent", "quantity", "date", "ordinal", "ticker", "email", "url"}
ISO = re.compile(
    r"--\d\d(-\d\d)?|FY\d{4}(-[QH]\d)?|\d{4}s|\d{4}(-(\d\d(-\d\d)?|[QH]\d|W\d\d|spring|summer|autumn|winter))?"
)
PIECES = st.sampled_from(
    [
        "1", "12", "2025", "1,200", "0.5", "May", "may", "March", "Friday", "$", "€", "%", "bn", "million", "k", "to", "and", "between",
        "from", "about", "more than", "-", "–", "/", ".", ",", ":", "(", ")", "'s", "’", "jobs", "years", "ago", "last", "next", "the",
        "first", "half", "quarter", "of", "Q3", "FY", "ended", "year", "third", "a", "hundred", "two", "-five", "points", "cents", "RMB",
        "NYSE", "ABC", "@", "x.com", "https://", "\n", "\n\n", "early", "mid", "earlier", "following", "plus", "or", "old", "summer",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " "])), max_size=30).map(
        lambda parts: "".join(piece + space for piece, space in parts)
    ),
)
DATES = st.one_of(st.none(), st.dates())


@given(text=TEXTS, today=DATES)
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_values_lie_apart_in_order_and_say_what_they_say(
    words: Words, text: str, today: dt.date | None
) -> None:
    found = find_values(text, words, today)
    for span, value in found:
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text) == value.text
        assert value.kind in KINDS
        if value.number is not None:
            assert re.fullmatch(r"-?\d+(\.\d*[1-9])?", value.number)
        if value.high is not None and value.number is not None:
            assert Decimal(value.number) <= Decimal(value.high)
        if value.kind == "money":
            assert re.fullmatch("[A-Z]{3}", value.unit or "")
        if value.iso is not None:
            assert value.kind == "date"
            assert all(ISO.fullmatch(part) for part in value.iso.split("/")), value.iso
    assert all(first.end <= second.start for (first, _), (second, _) in pairwise(found))
    assert found == find_values(text, words, today)


@given(text=TEXTS)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_line_added_in_front_only_moves_the_spans(words: Words, text: str) -> None:
    front = "Nothing to see here.\n\n"
    alone = find_values(text, words)
    behind = find_values(front + text, words)
    moved = [(span.start + len(front), value.text, value.number, value.unit) for span, value in alone]
    assert moved == [(span.start, value.text, value.number, value.unit) for span, value in behind]


@given(text=TEXTS)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_article_date_is_printed_where_it_is_said_to_be(words: Words, text: str) -> None:
    found = article_date(text, words)
    if found is not None:
        span, date = found
        assert 0 <= span.start < span.end <= len(text)
        assert str(date.day) in span.of(text)


@pytest.mark.parametrize("unit", ["7", " ", "\n", "\t \n", "9.", "1,"], ids=repr)
def test_a_megabyte_of_digits_or_spaces_takes_no_time_to_speak_of(words: Words, unit: str) -> None:
    text = (unit * 1_000_000)[:1_000_000]
    start = time.process_time()
    assert find_values(text, words, dt.date(2025, 1, 1)) == []
    assert article_date(text, words) is None
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "2025-",
        "two-",
        "May ",
        "between 1 and ",
        "about ",
        "hundred and ",
        "first quarter ",
        "mid-",
        "12 new ",
        "a@",
        "www.",
        "(A:",
        "$",
        "é",
        "1/",
    ],
)
def test_time_grows_with_the_text_and_no_faster(words: Words, unit: str) -> None:
    def seconds(size: int) -> float:
        """The best of three runs: what else the machine does only ever adds to it."""
        text = (unit * size)[:size]
        runs = []
        for _ in range(3):
            start = time.process_time()
            find_values(text, words, dt.date(2025, 1, 1))
            runs.append(time.process_time() - start)
        return min(runs)

    seconds(1_000)
    small = max(seconds(8_000), 0.02)
    assert seconds(64_000) < 8 * small * 4  # eight times the text; a square law would take sixty-four times


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("It paid 3 crowns, then 2.1 billion Swedish crowns, then 310 crowns.", ["SEK", "SEK", "SEK"]),
        ("5 Mexican pesos, 6 Chilean pesos, 7 pesos.", ["MXN", "CLP", "CLP"]),
        ("It cost 20 pesos and 3 Danish crowns.", ["XXX", "DKK"]),
    ],
)
def test_a_shared_currency_name_is_settled_by_the_text(text: str, units: list[str], words: Words) -> None:
    assert [value.unit for _, value in find_values(text, words)] == units
