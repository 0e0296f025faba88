"""No article can stop the others: processor time is limited for each, and said so."""

from __future__ import annotations

import contextlib
import signal
import threading
import time

import pytest

import kg
from kg.limits import TimeUp, time_limit
from tests.conftest import SAMPLES

SHORT = kg.Article("short", "Mars bought Kellanova for $36 billion.")
LONG = kg.Article(
    "long",
    "\n\n".join(path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))) * 12,
    source="long.txt",
)


def spin(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        with contextlib.suppress(Exception):  # a rule that swallows what it should not
            sum(range(1000))


def test_time_is_up() -> None:
    started = time.process_time()
    with pytest.raises(TimeUp), time_limit(0.2):
        spin(20)
    assert time.process_time() - started < 5


def test_the_limit_ends_with_its_block_and_leaves_nothing_behind() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with time_limit(0.3):
        spin(0.01)
    spin(0.5)
    assert signal.getsignal(signal.SIGPROF) is before


def test_waiting_costs_nothing() -> None:
    with time_limit(0.2):
        time.sleep(0.4)


def test_another_thread_is_not_limited() -> None:
    done: list[str] = []

    def work() -> None:
        with time_limit(0.05):
            spin(0.2)
        done.append("all of it")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == ["all of it"]


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_a_huge_article_is_left_out_and_the_others_are_read(workers: int) -> None:
    kg.build([SHORT])  # what is loaded once is loaded
    result = kg.build([LONG, SHORT], workers=workers, article_seconds=3)
    assert result.graph.articles == ("short",)
    (problem,) = result.problems
    assert str(problem).startswith("long.txt: reading it took more than 3 s of processor time; left out, ")


def test_no_time_at_all_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="article_seconds is 0"):
        kg.build([SHORT], article_seconds=0)
