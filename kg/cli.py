"""The command line: options in, a plain function called, its answer printed. Nothing else in kg prints or exits.

Exit codes: 0 done (articles that could not be read are told on stderr), 1 kg could not do it, 2 the command line is
wrong, 70 a fault of kg itself, 130 stopped by the user.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import KGError
from kg.model import Ref
from kg.outputs import BASE
from kg.terminal import Cell, Format, harmless, progress, table_text, tell, terminal_width

if TYPE_CHECKING:
    from kg.build import Result
    from kg.graph import Graph
    from kg.model import Claim, Value

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
    workers: Annotated[int, typer.Option(min=1, help="Processes that read articles at the same time.")] = 1,
    base: Annotated[
        str, typer.Option(metavar="IRI", help="What IRIs of entities and articles begin with.")
    ] = BASE,
) -> None:
    """Read articles into one graph and write it to a folder: graph.nq, graph.ttl, facts.jsonl, graph.html, report.json."""
    from kg.articles import read
    from kg.build import build as build_graph
    from kg.outputs import save

    chosen = [*(paths or []), *([Path(__file__).parent / "samples"] if samples else [])]
    if not chosen:
        raise typer.BadParameter(
            "name at least one article or folder, or take --samples", param_hint="ARTICLE_OR_FOLDER"
        )
    articles = read(*chosen)
    with progress("articles read") as told:
        result = build_graph(articles, ontology, pipeline=pipeline, workers=workers, progress=told)
    for problem in result.problems[:MAX_WARNINGS]:
        tell(f"warning: {problem}")
    if len(result.problems) > MAX_WARNINGS:
        tell(f"warning: {len(result.problems) - MAX_WARNINGS} more like these; report.json lists all")
    if not result.graph.readings:
        raise KGError(f"no article could be read, so nothing was written and {out} is as it was")
    paths_written = save(result, out, base=base)
    print(_summary(result))
    for name, use in _USES.items():
        print(f"  {paths_written[name]!s:<28}  {use}")


MAX_WARNINGS = 20  # of one build on the screen
_USES = {
    "graph.html": "to look at: kg view",
    "graph.ttl": "plain facts, to read",
    "facts.jsonl": "a line for each claim, with its sentence",
    "graph.nq": "everything: kg query, kg why, kg.load",
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

    answer = ask(out, sparql or "", timeout=timeout)
    rows = answer.rows
    if form is Format.TABLE:  # for reading: ent:Alibaba; the other formats keep whole IRIs
        rows = [[cell.short if isinstance(cell, Iri) else cell for cell in row] for row in rows]
    _print_rows(answer.columns, rows, form)
    if answer.truncated:
        tell(f"warning: there are more rows than these {len(rows)}; add LIMIT and OFFSET to see others")


@app.command(epilog="Example:  kg why Alibaba launches S1")
def why(
    subject: Annotated[str, typer.Argument(help="Name or id of an entity.")],
    relation: Annotated[str, typer.Argument(help='launches, kg:depends_on, "depends on" …')],
    object: Annotated[str, typer.Argument(help="Name or id of an entity, or a figure as worded.")],
    out: Out = Path("outputs"),
) -> None:
    """Show the sentences behind one edge: what was said, where, when, by whom, and which rule read it."""
    from kg.outputs import load

    graph = load(out)
    claims = _claims(graph, subject, relation, object)
    if not claims:
        raise KGError(
            f"no article says that {subject} {relation} {object}; {_instead(graph, subject, object)}"
        )
    dates = {reading.article: (reading.date, reading.source) for reading in graph.readings}
    for claim in claims:
        date, source = dates[claim.article]
        print(f"“{harmless(claim.quote)}”")
        place = f"characters {claim.sentence.start}–{claim.sentence.end}"
        print(f"    {_mood(claim)} · rule {claim.rule} · confidence {claim.confidence:.2f}")
        print(f"    {harmless(source or claim.article)} · {date or 'no date'} · {place}")


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
    name = graph.entity(object.key).label if isinstance(object, Ref) else getattr(object, "text", str(object))
    return set(part.casefold().split()) <= set(name.casefold().split())


def _mood(claim: Claim) -> str:
    """How the sentence says it: "asserted", "denied, planned, according to Alibaba"."""
    words = ["denied"] if claim.polarity == "negative" else []
    words += [claim.modality.value] if claim.modality != "asserted" or not words else []
    words += [f"according to {harmless(claim.attribution)}"] if claim.attribution else []
    return ", ".join(words)


def _instead(graph: Graph, subject: str, object: str) -> str:
    """What the graph does say of the two, to try next."""
    between = {fact.relation for fact in graph.facts(subject, None, object, asserted=None)}
    if between:
        return f"between the two it has {', '.join(sorted(between))}"
    known = sorted({fact.relation for fact in graph.facts(subject, asserted=None)})
    return f"of {subject} it has {', '.join(known[:12]) or 'nothing'}"


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
    _print_rows(["id", "label", "type", "aliases", "articles"], rows, form)


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


@app.command(epilog="Example:  echo 'Beats was bought by Apple in 2014.' | kg extract -")
def extract(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help='Text, or JSON lines {"id", "text"}; - is standard input.')
    ] = "-",
    form: Annotated[
        str, typer.Option("--format", metavar="text|jsonl", help="How to write the triples.")
    ] = "text",
    pipeline: Pipeline = None,
) -> None:
    """Write the open triples of each text in its own words, best first, nothing merged: one line in, one line out."""
    if form not in ("text", "jsonl"):
        raise typer.BadParameter(f"{form!r} is not one of text, jsonl", param_hint="--format")
    if file != "-" and not Path(file).is_file():
        raise KGError(f"{file}: cannot be read: no such file; name a file, or - for standard input")
    from kg.build import extract as open_triples
    from kg.extract.pipeline import load_pipeline
    from kg.rdf.schema import load_ontology

    ontology, nlp = load_ontology(), load_pipeline(pipeline)
    for text_id, text in _texts(file):
        triples = open_triples(text, ontology, pipeline=nlp)
        if form == "jsonl":
            record = {"id": text_id, "text": text, "triples": [triple.as_dict() for triple in triples]}
            print(json.dumps(record, ensure_ascii=False), flush=True)
        else:
            for triple in triples:
                words = "; ".join((triple.subject, triple.relation, triple.object, *triple.args))
                print(f"{triple.confidence:.2f}  ({harmless(words)})")


def _texts(file: str) -> Iterator[tuple[str, str]]:
    """(id, text) of each text in a file, as it comes in: JSON lines where the first line is such a record, else one text."""
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as lines:
            first = next(lines, b"")
            record = _as_record(first)
            if record is None:
                name = "-" if file == "-" else Path(file).stem
                yield name, (first + lines.read()).decode("utf-8-sig")
                return
            yield str(record.get("id", 1)), record["text"]
            for number, line in enumerate(lines, 2):
                record = _as_record(line)
                if record is not None:
                    yield str(record.get("id", number)), record["text"]
                elif line.strip():
                    tell(f'warning: {file}, line {number}: not a record {{"id": "…", "text": "…"}}; left out')
    except OSError as error:
        raise KGError(f"{file}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError as error:
        raise KGError(f"{file}: not UTF-8 (byte {error.start}); convert it, for example with iconv") from None


def _as_record(line: bytes) -> dict[str, str] | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) and isinstance(record.get("text"), str) else None


def _print_rows(columns: list[str], rows: list[list[Cell]], form: Format) -> None:
    print(table_text(columns, rows, form, terminal_width()), end="")
    if form is Format.TABLE:
        tell(f"{len(rows)} row{'s' * (len(rows) != 1)}")


def main() -> None:
    """Run the command line. A user's mistake is one line on stderr, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = app(prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except KGError as error:
        tell(f"error: {error}")
        code = 1
    except typer.TyperException as error:
        command = getattr(getattr(error, "ctx", None), "command_path", "kg")
        tell(f"error: {error.format_message()} (see {command} --help)")
        code = error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        tell("stopped; files written earlier are as they were")
        code = 130
    except BrokenPipeError:  # the reader of our output has seen enough, as with | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        if os.environ.get("KG_DEBUG"):
            raise
        tell(
            f"error: a fault in kg ({type(error).__name__}: {error}); set KG_DEBUG=1 to see where, and please report it"
        )
        code = 70
    sys.exit(code if isinstance(code, int) else 0)
