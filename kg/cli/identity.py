"""`kg entities`, `kg merge`, `kg split`, `kg diff`: who is who, why, and how to put it right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import Out, Shape, app, print_rows
from kg.errors import IdentityError, KGError, OutputError
from kg.terminal import Cell, Format, harmless, tell

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Entity

IdentityFile = Annotated[
    Path | None,
    typer.Option("--identity", metavar="FILE", help="Decisions; default: identity.yaml in --out."),
]


@app.command(epilog="Example:  kg entities nvidia")
def entities(
    name: Annotated[
        str | None, typer.Argument(help="Only entities with this in their name or an alias.")
    ] = None,
    out: Out = Path("outputs"),
    form: Shape = Format.TABLE,
) -> None:
    """List the entities of the graph with their type, their other names and the number of articles they occur in, most first.

    With a NAME that means one of them, also why it has its names and its type.
    """
    from kg.outputs import load

    graph = load(out)
    rows: list[list[Cell]] = []
    for entity in graph.entities:
        names = (entity.label, *entity.aliases)
        if name is None or name == entity.id or any(name.casefold() in known.casefold() for known in names):
            articles = len({article for article, _ in entity.referents})
            rows.append([entity.id, entity.label, entity.type, "; ".join(entity.aliases), articles])
    rows.sort(key=lambda row: (-int(row[-1] or 0), str(row[0])))
    if name is not None and not rows:
        raise KGError(f"no entity has {name!r} in its name; kg entities lists them all")
    print_rows(["id", "label", "type", "aliases", "articles"], rows, form)
    if name is not None and form is Format.TABLE and (meant := _meant(graph, name, len(rows))):
        _explain(graph, meant)


def _meant(graph: Graph, name: str, rows: int) -> Entity | None:
    """The one entity a name means, if it means one."""
    try:
        return graph.entity(name)
    except KGError:
        only = [
            e for e in graph.entities if any(name.casefold() in n.casefold() for n in (e.label, *e.aliases))
        ]
        return only[0] if rows == 1 and only else None


def _explain(graph: Graph, entity: Entity) -> None:
    """Why the names are one thing, and what spoke for its class."""
    from kg.identity.reasons import Reasons
    from kg.identity.types import ballots

    print(f"\n{harmless(entity.label)}  ({harmless(entity.id)})")
    for merge in Reasons(graph).made(entity):
        many = f"{merge.articles} article{'s' * (merge.articles != 1)}"
        print(
            f"  also {harmless(merge.name)}: {merge.rung} with {harmless(merge.other)}, {merge.score:.2f}, {many}"
        )
        if merge.evidence:
            print(f"      “{harmless(merge.evidence)}” ({harmless(merge.article)})")
    for ballot in ballots(graph, entity):
        print(f"  {ballot.type}: {ballot.count} by {ballot.source} ({harmless(ballot.detail)})")
    for iri in entity.same_as:
        print(f"  same as {harmless(iri)}")
    articles = sorted({article for article, _ in entity.referents})
    more = f" and {len(articles) - 20} more" if len(articles) > 20 else ""
    print(f"  in {', '.join(map(harmless, articles[:20]))}{more}")


@app.command(epilog="Example:  kg merge Meta Facebook")
def merge(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME NAME...", help='Names, ids, or "NAME @ ARTICLE".')
    ],
    out: Out = Path("outputs"),
    identity: IdentityFile = None,
) -> None:
    """Decide that two names or more are one thing: a line under `same` in identity.yaml, obeyed by the next build."""
    from kg.outputs import load

    if len(set(names)) < 2:
        raise typer.BadParameter("name two things or more", param_hint="NAME")
    graph = load(out)
    for name in names:
        _known(graph, name)
    _decide(identity or _beside(out), "same", tuple(names))


@app.command(epilog='Example:  kg split "Ford"   or   kg split Ford "Ford Foundation"')
def split(
    name: Annotated[str, typer.Argument(help="Name or id of an entity that is several things.")],
    others: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME...]", help="Names to part from it; default: each of its names."),
    ] = None,
    out: Out = Path("outputs"),
    identity: IdentityFile = None,
) -> None:
    """Decide that names are different things: a line under `different` in identity.yaml, which nothing overrides.

    Two people of one name are parted by article: kg split "Ann Lee" "Ann Lee @ 05".
    """
    from kg.outputs import load

    graph = load(out)
    _known(graph, name)
    if others:
        for other in others:
            _known(graph, other)
        group = (name, *others)
    else:
        entity = graph.entity(name)
        group = (entity.label, *entity.aliases)
        if len(group) < 2:
            articles = sorted({article for article, _ in entity.referents})
            near = f'kg split {name!r} "{name} @ {articles[0]}"'
            raise KGError(f"{name!r} has no other name; to part two of one name, name the article: {near}")
    _decide(identity or _beside(out), "different", group)


@app.command(epilog="Example:  kg diff   or   kg diff outputs-before outputs")
def diff(
    old: Annotated[
        Path | None,
        typer.Argument(help="Folder or .nq file; alone, this folder's build against the one before it."),
    ] = None,
    new: Annotated[Path | None, typer.Argument(help="Folder or .nq file to compare it with.")] = None,
    form: Shape = Format.TABLE,
) -> None:
    """Show what differs between two graphs: entities merged, split, renamed; facts added and removed."""
    from kg.identity.differences import differences
    from kg.outputs import PREVIOUS, load

    if new is None:
        new = old or Path("outputs")
        old = new / PREVIOUS
        if not old.is_file():
            raise KGError(f"{new}: no build before this one is kept here; build again, or name two folders")
    assert old is not None
    changes = differences(load(old), load(new))
    rows: list[list[Cell]] = [[c.what, c.change, c.subject, c.detail] for c in changes]
    print_rows(["what", "change", "subject", "detail"], rows, form)


def _beside(out: Path) -> Path:
    from kg.identity.file import NAME

    return (out if out.is_dir() else out.parent) / NAME


def _known(graph: Graph, name: str) -> None:
    """Raises KGError, with names like it, where a selector names nothing in the graph."""
    from kg.resolve.decisions import Selector

    selector = Selector.read(name)
    referents = (referent for reading in graph.readings for referent in reading.referents)
    if any(e.id == name or e.label == name for e in graph.entities) or any(map(selector.names, referents)):
        return
    graph.entity(name)


def _decide(path: Path, key: str, group: tuple[str, ...]) -> None:
    """Add a decision to the file and say what to do next."""
    from kg.identity.file import MARKER, TEMPLATE, own_part, with_entry
    from kg.outputs import replace_text

    text = path.read_text(encoding="utf-8-sig") if path.is_file() else f"{TEMPLATE}\n"
    own = own_part(path) if path.is_file() else text
    try:
        changed = with_entry(own, key, group)
    except IdentityError as error:
        raise IdentityError(f"{path}: {error}") from None
    if changed == own:
        tell(f"{path}: has this already")
        return
    below = text[len(own) :] if MARKER in text else ""
    try:
        replace_text(path, changed + below)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({(error.strerror or str(error)).lower()})") from None
    print(f"{path}: {key}: {', '.join(map(harmless, group))}")
    print("build again to see the effect, then: kg diff")
