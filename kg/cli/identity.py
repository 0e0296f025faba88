"""`kg entities`: who is who in a graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import Out, Shape, app, print_rows
from kg.errors import KGError
from kg.terminal import Cell, Format


@app.command(epilog="Example:  kg entities nvidia")
def entities(
    name: Annotated[
        str | None, typer.Argument(help="Only entities with this in their name or an alias.")
    ] = None,
    out: Out = Path("outputs"),
    form: Shape = Format.TABLE,
) -> None:
    """List the entities of the graph with their type, their other names and the number of articles they occur in, most first."""
    from kg.outputs import load

    rows: list[list[Cell]] = []
    for entity in load(out).entities:
        names = (entity.label, *entity.aliases)
        if name is None or any(name.casefold() in known.casefold() for known in names):
            articles = len({article for article, _ in entity.referents})
            rows.append([entity.id, entity.label, entity.type, "; ".join(entity.aliases), articles])
    rows.sort(key=lambda row: (-int(row[-1] or 0), str(row[0])))
    if name is not None and not rows:
        raise KGError(f"no entity has {name!r} in its name; kg entities lists them all")
    print_rows(["id", "label", "type", "aliases", "articles"], rows, form)
