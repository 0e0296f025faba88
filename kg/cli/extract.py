"""`kg extract`: the open triples of single texts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import Ontology, Pipeline, app
from kg.errors import KGError
from kg.terminal import harmless, tell


@app.command(epilog="Example:  echo 'Beats was bought by Apple in 2014.' | kg extract -")
def extract(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help='Text, or JSON lines {"id", "text"}; - is standard input.')
    ] = "-",
    form: Annotated[
        str, typer.Option("--format", metavar="text|jsonl", help="How to write the triples.")
    ] = "text",
    every: Annotated[
        bool,
        typer.Option("--all", help="Also the other ways to cut one proposition; else one triple for each."),
    ] = False,
    explicit: Annotated[
        bool, typer.Option("--explicit", help="Only relations that are in the sentence's own words.")
    ] = False,
    ontology: Ontology = None,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave out triples less likely right than this.")
    ] = 0.0,
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

    loaded, nlp = load_ontology(ontology), load_pipeline(pipeline)
    for text_id, text in _texts(file):
        triples = open_triples(text, loaded, pipeline=nlp, alternatives=every, explicit=explicit)
        triples = [triple for triple in triples if triple.confidence >= min_confidence]
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
