"""`kg build`: articles in, one graph out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import kg
from kg.build import ARTICLE_SECONDS, LEAST_STATED
from kg.cli.app import Ontology, Pipeline, app
from kg.errors import KGError
from kg.outputs import BASE
from kg.terminal import progress, tell

if TYPE_CHECKING:
    from kg.build import Result


@app.command(epilog="Example:  kg build articles/ more/news.jsonl --out outputs --workers 4")
def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="ARTICLE_OR_FOLDER...", help=".txt, .md, .html, .json, .jsonl files, or folders of them."
        ),
    ] = None,
    samples: Annotated[
        bool, typer.Option("--samples", help="Read the ten sample articles that come with kg.")
    ] = False,
    out: Annotated[Path, typer.Option(help="Folder for the results; made if missing.")] = Path("outputs"),
    ontology: Ontology = None,
    pipeline: Pipeline = None,
    identity: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Your decisions about who is who; default: identity.yaml in --out, if there."
        ),
    ] = None,
    entities: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Your own list of entities (CSV, SKOS or Turtle): its ids become the nodes'."
        ),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read articles at the same time.")] = 1,
    article_seconds: Annotated[
        float,
        typer.Option(min=0.1, help="Processor time an article may take; one that takes more is left out."),
    ] = ARTICLE_SECONDS,
    min_confidence: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help="Leave out claims less likely than this to be true and complete."
        ),
    ] = LEAST_STATED,
    base: Annotated[
        str, typer.Option(metavar="IRI", help="What IRIs of entities and articles begin with.")
    ] = BASE,
    inference: Annotated[
        bool,
        typer.Option(
            "--inference/--no-inference", help="Write what follows from the facts, too (marked so)."
        ),
    ] = True,
) -> None:
    """Read articles into one graph and write it to a folder: graph.nq, graph.ttl, facts.jsonl, graph.html, report.json."""
    from kg.articles import read
    from kg.build import build as build_graph
    from kg.identity.load import read_identity
    from kg.outputs import IDENTITY, save
    from kg.rdf.schema import load_ontology

    chosen = [*(paths or []), *([Path(kg.__file__).parent / "samples"] if samples else [])]
    if not chosen:
        raise typer.BadParameter(
            "name at least one article or folder, or take --samples", param_hint="ARTICLE_OR_FOLDER"
        )
    known = load_ontology(ontology)
    if identity is not None and not identity.is_file():
        raise KGError(f"{identity}: no such file; name one with decisions, or leave --identity out")
    decisions = identity or (out / IDENTITY if (out / IDENTITY).is_file() else None)
    laid_down = read_identity(decisions, entities, known)
    articles = read(*chosen)
    with progress("articles read") as told:
        result = build_graph(
            articles,
            known,
            pipeline=pipeline,
            identity=laid_down,
            workers=workers,
            article_seconds=article_seconds,
            min_confidence=min_confidence,
            progress=told,
        )
    problems = [*map(str, result.problems), *result.graph.linking.problems]
    for problem in problems[:MAX_WARNINGS]:
        tell(f"warning: {problem}")
    if len(problems) > MAX_WARNINGS:
        tell(f"warning: {len(problems) - MAX_WARNINGS} more like these; report.json lists all")
    if not result.graph.readings:
        raise KGError(f"no article could be read, so nothing was written and {out} is as it was")
    paths_written = save(result, out, base=base, inference=inference, identity=decisions)
    print(_summary(result))
    for name, use in _USES.items():
        print(f"  {paths_written[name]!s:<28}  {use}")


MAX_WARNINGS = 20  # of one build on the screen
_USES = {
    "graph.html": "to look at: kg view",
    "graph.ttl": "plain facts, to read",
    "facts.jsonl": "a line for each claim, with its sentence",
    "graph.nq": "everything: kg query, kg why, kg.load",
    "identity.yaml": "who is who: to decide in, or kg merge, kg split",
    "report.json": "counts, refusals, timings",
}


def _summary(result: Result) -> str:
    graph = result.graph
    plain = sum(fact.asserted for fact in graph.facts_all)
    rest = len(graph.facts_all) - plain
    seconds = sum(result.timings.values())
    count = len(graph.readings)
    return (
        f"{count} article{'s' * (count != 1)} read in {seconds:.1f} s: {len(graph.entities)} entities, {plain} facts, "
        f"and {rest} more that are denied, hedged or only reported"
    )
