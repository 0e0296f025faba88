"""What is blanked before parsing, and that nothing moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.masking import mask


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("BRUSSELS, May 19 (Reuters) - Regulators met.", "Regulators met."),
        ("LONDON (AP) — Shares fell.", "Shares fell."),
        ("PARIS — Shares fell.", "Shares fell."),
        ("(Reuters) – Sea grew.", "Sea grew."),
        ("HANGZHOU, November 27, 2025 - Alibaba (NYSE: BABA) grew.", "Alibaba grew."),
        ("# A heading\n* an item", "A heading an item"),
        ("See https://example.com/a?b=c now", "See now"),
        ("SHARES ARE UP - way up", "SHARES ARE UP - way up"),
        ("The plan (revised: May) holds", "The plan (revised: May) holds"),
    ],
)
def test_what_is_blanked(text: str, kept: str) -> None:
    assert " ".join(mask(text).split()) == kept


@given(st.text(max_size=300))
def test_length_and_line_breaks_stay(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert [i for i, c in enumerate(masked) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]
    assert all(a == b or b == " " for a, b in zip(text, masked, strict=True))
