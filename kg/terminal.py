"""How the command line prints: tables in three formats, progress, and text from articles made harmless for a terminal."""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum

Cell = str | int | float | bool | None


class Format(StrEnum):
    """How a table is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def harmless(text: str) -> str:
    """Article text for a terminal: newlines as spaces, control characters (escape sequences) spelled out."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() else f"\\x{ord(char):02x}" for char in text
    )


def tell(line: str) -> None:
    """A line for the user beside the results: on stderr, so that results can be piped."""
    print(f"kg: {harmless(line)}", file=sys.stderr, flush=True)


def table_text(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], form: Format, width: int | None = None
) -> str:
    """A table as text: aligned for reading (`width` in columns of the terminal, None = as wide as it needs), CSV, or JSON.

    JSON is a list of objects, one for each row.
    """
    if form is Format.JSON:
        return (
            json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1)
            + "\n"
        )
    if form is Format.CSV:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_shown(cell) for cell in row] for row in rows)
        return text.getvalue()
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(Text(harmless(column)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(harmless(_shown(cell))) for cell in row))
    console = Console(file=io.StringIO(), width=width or 100_000, color_system=None)
    console.print(table)
    assert isinstance(console.file, io.StringIO)
    return "".join(f"{line.rstrip()}\n" for line in console.file.getvalue().splitlines())


def _shown(cell: Cell) -> str:
    """A cell as text, booleans as SPARQL writes them."""
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


def terminal_width() -> int | None:
    """Columns of the terminal that shows the results; None where they go into a pipe or file."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A callback (done, total) that shows a bar on a terminal, and elsewhere a plain line every ten seconds."""
    if not sys.stderr.isatty():
        last = time.monotonic()

        def line(done: int, total: int) -> None:
            nonlocal last
            if time.monotonic() - last >= 10 and done < total:
                last = time.monotonic()
                tell(f"{done} of {total} {what}")

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
