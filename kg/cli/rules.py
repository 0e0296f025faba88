"""`kg rules`: what the relations of an ontology are said by, tried on sentences and on a built graph."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import Ontology, Pipeline, Shape, app, print_rows
from kg.errors import KGError
from kg.terminal import Format, harmless, tell

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.ontology import Ontology as Loaded

OutIfThere = Annotated[
    Path | None,
    typer.Option(
        "--out", help="Folder of a build's files, or one .nq file; default: outputs, if it is there."
    ),
]


@app.command(
    epilog="Example:  kg rules acquires     kg rules --ontology my.ttl --test     kg rules --unmatched"
)
def rules(
    relation: Annotated[str | None, typer.Argument(help="Only this relation, in full.")] = None,
    ontology: Ontology = None,
    out: OutIfThere = None,
    test: Annotated[
        bool, typer.Option("--test", help="Read every example and counterexample of the ontology.")
    ] = False,
    unmatched: Annotated[
        bool,
        typer.Option("--unmatched", help="Words of a built graph that match no cue, as Turtle to paste."),
    ] = False,
    minimum: Annotated[
        int, typer.Option(min=1, help="With --unmatched: how often the words must be said.")
    ] = 2,
    limit: Annotated[int, typer.Option(min=1, help="With --unmatched: at most so many.")] = 20,
    form: Shape = Format.TABLE,
    pipeline: Pipeline = None,
) -> None:
    """Show which words say each relation and, with a built graph, the sentences they fired on."""
    if test and unmatched:
        raise typer.BadParameter("take one of --test and --unmatched", param_hint="--test")
    graph = None if test else _graph(out, needed=unmatched or out is not None)
    loaded = _ontology(ontology, graph)
    if relation is not None:
        relation = _known(relation, loaded)
    if test:
        _test(loaded, relation, pipeline)
    elif unmatched:
        assert graph is not None
        _unmatched(graph, minimum, limit)
    elif relation is not None:
        from kg.rulebook import relation_lines

        for line in relation_lines(loaded.relations[relation], graph):
            print(harmless(line))
    else:
        from kg.rulebook import overview

        columns = ["relation", "label", "subject → object", "cues", "fired"]
        print_rows(columns, overview(loaded, graph), form)


def _graph(out: Path | None, needed: bool) -> Graph | None:
    folder = out if out is not None else Path("outputs")
    if not needed and not folder.exists():
        return None
    from kg.outputs import load

    return load(folder)


def _ontology(path: Path | None, graph: Graph | None) -> Loaded:
    """The one named, else the graph's own, else the shipped one."""
    from kg.rdf.schema import load_ontology

    return load_ontology(path) if path is not None or graph is None else graph.ontology


def _known(name: str, ontology: Loaded) -> str:
    """A relation by its name or label."""
    wanted = name.rpartition(":")[2].strip()
    by_label = {relation.label.casefold(): relation.name for relation in ontology.relations.values()}
    for found in (wanted, wanted.replace(" ", "_"), by_label.get(wanted.casefold(), "")):
        if found in ontology.relations:
            return found
    near = difflib.get_close_matches(wanted, sorted({*ontology.relations, *by_label}), n=3)
    hint = f"near: {', '.join(near)}" if near else "kg rules lists them all"
    raise KGError(f"no relation is called {name!r} in this ontology; {hint}")


def _test(ontology: Loaded, relation: str | None, pipeline: str | None) -> None:
    from kg.extract.pipeline import load_pipeline
    from kg.rulebook import run_examples

    chosen = [relation] if relation is not None else []
    tested = ontology.relations.values() if relation is None else [ontology.relations[relation]]
    if not any(r.examples or r.counterexamples for r in tested):
        raise KGError(
            'nothing to test: no kg:example or kg:counterexample here; add kg:example "A sentence."'
        )
    total = failed = 0
    for outcome in run_examples(ontology, load_pipeline(pipeline), chosen):
        total += 1
        if outcome.passed:
            continue
        failed += 1
        print(f"{outcome.relation}: “{harmless(outcome.text)}”")
        print(f"    wanted  {harmless(outcome.wanted) or 'no such relation'}")
        print(f"    read    {harmless('; '.join(outcome.said)) or 'nothing'}")
    print(f"{total - failed} of {total} sentences are read as the ontology says")
    if failed:
        raise KGError(
            f"{failed} of {total} sentences are read otherwise; correct their cues or the sentences"
        )


def _unmatched(graph: Graph, minimum: int, limit: int) -> None:
    from kg.rulebook import to_turtle, unmatched
    from kg.rulebook.turtle import prefixes

    found = unmatched(graph, minimum=minimum)
    if not found:
        tell(f"no words are said {minimum} times or more that match nothing; try --minimum 1")
        return
    print(prefixes(graph.ontology))
    for candidate in found[:limit]:
        for sentence in candidate.sentences:
            print(f"# “{harmless(sentence.text)}”")
        name = candidate.words.replace(" ", "_").replace("-", "_")
        print(to_turtle(name, [candidate], candidate, graph.ontology))
    if len(found) > limit:
        tell(f"{len(found) - limit} more; see them with --limit {len(found)}")
