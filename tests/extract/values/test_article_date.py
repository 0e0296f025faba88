"""Where articles say their own date, and the dates beside it that are none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from kg.extract.values import article_date

Words = Mapping[str, Mapping[str, str]]
BODY = "\n".join(
    f"Brightwell said line {number} of its long statement about hearing aids was right."
    for number in range(20)
)

FOUND = [
    ("LONDON, 27 November 2025 - Brightwell raised its forecast.", "27 November 2025", "2025-11-27"),
    ("NEW YORK, Nov. 27, 2025 /NewsPress/ -- Brightwell raised its forecast.", "Nov. 27, 2025", "2025-11-27"),
    ("Brightwell lifts forecast\nPublished: Nov 27, 2025\nThe firm said so.", "Nov 27, 2025", "2025-11-27"),
    ("Brightwell lifts forecast\n**Posted on 27/11/2025**\nThe firm said so.", "27/11/2025", "2025-11-27"),
    ("Brightwell lifts forecast\n2025-11-27T09:30:00Z\nThe firm said so.", "2025-11-27", "2025-11-27"),
    ("Brightwell lifts forecast\nThursday, November 27, 2025\nThe firm said so.", "Thursday, November 27, 2025", "2025-11-27"),
    ("Brightwell lifts forecast\nBy Ana Ruiz | 27 November 2025 | 3 min read\nThe firm said so.", "27 November 2025", "2025-11-27"),
    ("*By Ana Ruiz Thu, Nov 27, 2025, 5:00 AM*\n\n" + BODY, "Thu, Nov 27, 2025", "2025-11-27"),
    ("Updated 28 November 2025\nPublished 27 November 2025\n" + BODY, "27 November 2025", "2025-11-27"),
    (BODY + "\nPublished on November 27, 2025", "November 27, 2025", "2025-11-27"),
    ("June 3 (Newswire) - Brightwell fell.\nIt had opened on May 30, 2024.", "June 3", "2024-06-03"),
    ("A hall in Leeds, U.K., May 7, 2025. Photo: A. Berg LEEDS, May 19 (Newswire) - It fell.", "May 19", "2025-05-19"),
]  # fmt: skip

NONE = [
    "",
    "Brightwell raised its forecast on 27 November 2025 after a strong third quarter in Europe.",
    "© 2025 Brightwell. All rights reserved.",
    "Copyright 27 November 2025 Brightwell Media",
    "June 3 (Newswire) - Brightwell fell.",
    "Published: yesterday",
    "Published in 2025",
    "Published 31 February 2025",
    BODY.replace("line 10", "27 November 2025\nline 10"),
]


@pytest.mark.parametrize(("text", "printed", "iso"), FOUND, ids=[case[1] for case in FOUND])
def test_found(words: Words, text: str, printed: str, iso: str) -> None:
    found = article_date(text, words)
    assert found is not None
    span, date = found
    assert (span.of(text), date) == (printed, dt.date.fromisoformat(iso))


@pytest.mark.parametrize("text", NONE, ids=[text[:40] for text in NONE])
def test_none(words: Words, text: str) -> None:
    assert article_date(text, words) is None
