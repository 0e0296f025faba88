"""`kg check`: what in a graph cannot be right, with the sentences on each side."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import app
from kg.cli.sentences import print_claims
from kg.terminal import harmless, tell


class Form(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"


@app.command(epilog="Example:  kg check --shapes my.ttl")
def check(
    out: Annotated[
        Path, typer.Option("--out", "--outputs", help="Folder of a build's files, or one .nq file.")
    ] = Path("outputs"),
    shapes: Annotated[
        Path | None, typer.Option(metavar="FILE", help="SHACL shapes of your own (Turtle), to check, too.")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How to write the findings.")] = Form.TEXT,
) -> None:
    """Show where the graph contradicts itself, the ontology or your shapes, with the sentences on each side.

    Nothing is resolved. Exits with 1 where there is a violation, with 0 where there is none (or only warnings).
    """
    from kg.check import check as find
    from kg.check import report
    from kg.findings import Severity
    from kg.outputs import load

    graph = load(out)
    findings = find(graph, shapes)
    if form is Form.JSON:
        print(json.dumps(report(findings, limit=len(findings)), indent=1, ensure_ascii=False))
    else:
        for finding in findings:
            print(
                f"{finding.severity}: {harmless(finding.entity)}: {harmless(finding.message)} ({finding.rule})"
            )
            for side in finding.sides:
                print(f"    {harmless(side.statement)}{' (inferred)' if side.inferred else ''}")
                print_claims(graph, side.claims, " " * 8)
    counts = {kind: sum(finding.severity is kind for finding in findings) for kind in Severity}
    said = ", ".join(
        f"{count} {kind}{'s' * (count != 1)}" for kind, count in counts.items() if kind != "info"
    )
    tell(f"{said}, {counts[Severity.INFO]} for information" if findings else "nothing that cannot be right")
    if counts[Severity.VIOLATION]:
        raise typer.Exit(1)
