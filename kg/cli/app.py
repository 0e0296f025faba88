"""The typer application, options that several commands take, and how rows are printed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.terminal import Cell, Format, table_text, tell, terminal_width

app = typer.Typer(
    name="kg",
    help="News articles in, one evidence-backed knowledge graph out.",
    epilog="Start with:  kg build --samples   then   kg view   and   kg why Alibaba launches S1",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Out = Annotated[Path, typer.Option(help="Folder of a build's files, or one .nq file.")]
Ontology = Annotated[Path | None, typer.Option(help="Turtle file or folder; default: the ontology kg ships.")]
Pipeline = Annotated[
    str | None, typer.Option(metavar="NAME", help="Installed spaCy pipeline; default: the one kg ships.")
]
Shape = Annotated[Format, typer.Option("--format", help="How to write the rows.")]


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if version:
        import kg

        print(f"kg {kg.__version__}")
        raise typer.Exit


def print_rows(columns: list[str], rows: list[list[Cell]], form: Format) -> None:
    """Rows on stdout in the format asked for; below a table, on stderr, their number."""
    print(table_text(columns, rows, form, terminal_width()), end="")
    if form is Format.TABLE:
        tell(f"{len(rows)} row{'s' * (len(rows) != 1)}")
