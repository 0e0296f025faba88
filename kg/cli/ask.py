"""`kg query`, `kg why`, `kg view`: questions to a graph that was built."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import Out, Shape, app, print_rows
from kg.cli.sentences import name_of, print_claims, print_conclusion
from kg.errors import KGError
from kg.model import Ref
from kg.terminal import Format, tell

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Claim, Value


@app.command(
    epilog="Example:  kg query 'SELECT ?what WHERE { ?who rdfs:label \"Alibaba\" ; kg:launches ?what }'"
)
def query(
    sparql: Annotated[
        str | None, typer.Argument(metavar="SPARQL", help="SELECT, ASK, CONSTRUCT or DESCRIBE.")
    ] = None,
    file: Annotated[Path | None, typer.Option(help="Read the query from this file instead.")] = None,
    out: Out = Path("outputs"),
    form: Shape = Format.TABLE,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds after which a query is stopped.")] = 30.0,
    inferred: Annotated[
        bool, typer.Option("--inferred", help="Answer from inferred facts, too, not only from stated ones.")
    ] = False,
) -> None:
    """Ask the graph in SPARQL 1.1. The prefixes kg: ent: rdfs: prov: xsd: and others are known without being typed."""
    if (sparql is None) == (file is None):
        raise typer.BadParameter("give the query itself or --file, one of the two", param_hint="SPARQL")
    if file is not None:
        try:
            sparql = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise KGError(f"{file}: cannot be read as a query ({error})") from None
    from kg.rdf.store import Iri
    from kg.rdf.store import query as ask

    answer = ask(out, sparql or "", timeout=timeout, inferred=inferred)
    rows = answer.rows
    if form is Format.TABLE:  # for reading: ent:Alibaba; the other formats keep whole IRIs
        rows = [[cell.short if isinstance(cell, Iri) else cell for cell in row] for row in rows]
    print_rows(answer.columns, rows, form)
    if answer.truncated:
        tell(f"warning: there are more rows than these {len(rows)}; add LIMIT and OFFSET to see others")


@app.command(epilog="Example:  kg why Alibaba launches S1")
def why(
    subject: Annotated[str, typer.Argument(help="Name or id of an entity.")],
    relation: Annotated[str, typer.Argument(help='launches, kg:depends_on, "depends on" …')],
    object: Annotated[str, typer.Argument(help="Name or id of an entity, or a figure as worded.")],
    out: Out = Path("outputs"),
    inference: Annotated[
        bool, typer.Option("--inference/--no-inference", help="Explain also what only follows from facts.")
    ] = True,
) -> None:
    """Show the sentences behind one edge: what was said, where, when, by whom, and which rule read it.

    An edge that no article states but that follows from stated facts is explained by them.
    """
    from kg.outputs import load

    graph = load(out)
    claims = _claims(graph, subject, relation, object)
    if not claims and inference and _print_inferred(graph, subject, relation, object):
        return
    if not claims:
        raise KGError(
            f"no article says that {subject} {relation} {object}; {_instead(graph, subject, object)}"
        )
    print_claims(graph, claims)


def _claims(graph: Graph, subject: str, relation: str, object: str) -> list[Claim]:
    """The claims of an edge however it is put: "depends on", "kg:depends_on", "S1 launched_by Alibaba"."""
    name = relation.removeprefix("kg:").strip().replace(" ", "_")
    found = graph.why(subject, name, object)
    for kind in graph.ontology.relations.values():
        if kind.inverse == name or (kind.symmetric and kind.name == name):
            turned = graph.facts(object, kind.name, subject, asserted=None)
            found += [claim for fact in turned for claim in fact.claims if claim not in found]
    if not found:  # "S1" where the graph only has "S1 smart glasses"
        near = [
            fact for fact in graph.facts(subject, name, asserted=None) if _names(graph, fact.object, object)
        ]
        found = [claim for fact in near for claim in fact.claims]
    return found


def _names(graph: Graph, object: Ref | Value | str, part: str) -> bool:
    """True when the words given are among the words of the object's name."""
    return set(part.casefold().split()) <= set(name_of(graph, object).casefold().split())


def _print_inferred(graph: Graph, subject: str, relation: str, object: str) -> bool:
    """What the edge follows from, where no article states it; False where it does not follow either."""
    from kg.rdf.infer import infer

    inference = infer(graph)
    name = relation.removeprefix("kg:").strip().replace(" ", "_")
    found = False
    for fact in inference.facts:
        said = fact.statement
        if said.relation == name and said.subject in graph.called(subject):
            exact = isinstance(said.object, Ref) and said.object.key in graph.called(object)
            if exact or (not graph.called(object) and _names(graph, said.object, object)):
                print_conclusion(graph, inference, fact)
                found = True
    return found


def _instead(graph: Graph, subject: str, object: str) -> str:
    """What the graph does say of the two, to try next."""
    between = {fact.relation for fact in graph.facts(subject, None, object, asserted=None)}
    if between:
        return f"between the two it has {', '.join(sorted(between))}"
    known = sorted({fact.relation for fact in graph.facts(subject, asserted=None)})
    return f"of {subject} it has {', '.join(known[:12]) or 'nothing'}"


@app.command(epilog="Example:  kg view --out outputs")
def view(out: Out = Path("outputs")) -> None:
    """Open the graph's page in the browser. The page is one file and needs no network."""
    import webbrowser

    page = out / "graph.html"
    if not page.is_file():
        raise KGError(f"{page}: no page here; run kg build first, or name its folder with --out")
    print(page)
    if not webbrowser.open(page.resolve().as_uri()):
        tell("no browser found; open this file in one")
