"""`kg ontology check` and `kg ontology suggest`: help for who writes an ontology."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import Out, Shape, app, print_rows
from kg.errors import KGError
from kg.terminal import Format, harmless, tell

ontology = typer.Typer(
    name="ontology", help="Check an ontology of your own; get suggestions for one.", no_args_is_help=True
)
app.add_typer(ontology)


@ontology.command(epilog="Example:  kg ontology check my.ttl")
def check(
    path: Annotated[Path, typer.Argument(metavar="FILE_OR_FOLDER", help="Turtle or RDF/XML.")],
    form: Shape = Format.TABLE,
) -> None:
    """Report every mistake with its file and line, what it is about and what to do. Exit code 1 where kg cannot use the file."""
    from kg.rdf.check import check as find_problems

    problems = find_problems(path)
    if form is Format.TABLE:
        for problem in problems:
            print(harmless(str(problem)))
        if not problems:
            print(f"{path}: nothing to correct")
    else:
        rows = [[p.severity, p.place, p.subject, p.what, p.advice] for p in problems]
        print_rows(["severity", "place", "subject", "what", "advice"], [list(row) for row in rows], form)
    errors = sum(problem.severity == "error" for problem in problems)
    if errors:
        raise KGError(
            f"{path}: {errors} error{'s' * (errors != 1)}; kg cannot use it before they are corrected"
        )
    if problems:
        tell(f"{path}: usable; {len(problems)} thing{'s' * (len(problems) != 1)} to look at")


@ontology.command(epilog="Example:  kg ontology suggest --out outputs > candidates.ttl")
def suggest(
    out: Out = Path("outputs"),
    minimum: Annotated[int, typer.Option(min=1, help="How often a relation must be said.")] = 3,
    limit: Annotated[int, typer.Option(min=1, help="At most so many relations.")] = 30,
) -> None:
    """Gather the open relations of a built graph into candidate relations, as Turtle to review and paste."""
    from kg.outputs import load
    from kg.rdf.schema import load_ontology
    from kg.rulebook import suggest as gather
    from kg.rulebook import to_turtle, unmatched
    from kg.rulebook.turtle import prefixes

    graph = load(out)
    found = gather(unmatched(graph, minimum=1), load_ontology(), minimum=minimum)
    if not found:
        tell(f"no open relation is said {minimum} times or more; try --minimum 1")
        return
    print(prefixes(graph.ontology))
    for suggestion in found[:limit]:
        print(to_turtle(suggestion.name, suggestion.members, suggestion.merged, graph.ontology))
    if len(found) > limit:
        tell(f"{len(found) - limit} more; see them with --limit {len(found)}")
