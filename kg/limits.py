"""A limit on the processor time that one article may take, so that none can stop the others."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 1.0  # seconds after which it is said once more, should the first time have been lost in a library's callback


class TimeUp(BaseException):
    """The time is over. Not an Exception, so that no `except Exception` on the way keeps it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TimeUp` in the block once this process has computed for `seconds` more (user and system time, all threads).

    Processor time, unlike the clock's, does not depend on what else the machine does, so that the same articles are read on
    a busy one. Without a limit where the system has no such timer (Windows) or outside the main thread.

    >>> with time_limit(0.1):
    ...     while True: pass
    Traceback (most recent call last):
    kg.limits.TimeUp
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeUp

    before = signal.signal(signal.SIGPROF, stop)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    finally:
        signal.signal(signal.SIGPROF, before)
