"""Where a graph contradicts itself or the ontology: shown with the sentences on each side, never resolved.

Two sources: facts that one sentence asserts (or that follow) and another denies; and constraints, from the ontology's domains, ranges and
functional relations, from `ontology/shapes.ttl`, and from a shapes file of the user's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.findings import Finding, Severity, Side
from kg.model import Modality, Polarity

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Claim

_ORDER = list(Severity)


def check(graph: Graph, shapes: str | Path | None = None) -> tuple[Finding, ...]:
    """Everything in a graph that cannot be right, the worst first; () when all is well.

    `shapes` is a file of SHACL shapes in Turtle to check beside those that come with kg; docs/checking.md says which part of SHACL
    is known. Raises OntologyError (one line: file, line, shape, what to do) for shapes that are not.

        >>> for finding in check(graph):
        ...     print(finding.severity, finding.entity, finding.message, [side.statement for side in finding.sides])
        warning S1 two dates of its launch ['Alibaba launches S1 (2025-11-27)', 'Alibaba launches S1 (2025-12-01)']
    """
    from kg.rdf.schema import shipped_folder
    from kg.rdf.shapes import read_shapes, shapes_of
    from kg.rdf.validate import violations

    constraints = [*shapes_of(graph.ontology), *read_shapes(shipped_folder() / "shapes.ttl")]
    if shapes is not None:
        constraints += read_shapes(Path(shapes))
    found = {*_denied(graph), *violations(graph, constraints)}
    return tuple(
        sorted(found, key=lambda f: (_ORDER.index(f.severity), f.rule, f.entity, f.message, _words(f)))
    )


def report(findings: Iterable[Finding], limit: int = 200) -> dict[str, object]:
    """Findings as plain JSON data: how many of each severity, and the first `limit` of them with their sentences."""
    found = list(findings)
    return {
        **{severity.value: sum(finding.severity is severity for finding in found) for severity in Severity},
        "findings": [
            {
                "severity": finding.severity.value,
                "rule": finding.rule,
                "entity": finding.entity,
                "message": finding.message,
                "sides": [
                    {
                        "statement": side.statement,
                        "inferred": side.inferred,
                        "sentences": [_sentence(claim) for claim in side.claims],
                    }
                    for side in finding.sides
                ],
            }
            for finding in found[:limit]
        ],
    }


def _sentence(claim: Claim) -> dict[str, object]:
    return {
        "article": claim.article,
        "start": claim.sentence.start,
        "end": claim.sentence.end,
        "quote": claim.quote,
        "polarity": claim.polarity.value,
        "attribution": claim.attribution or None,
    }


def _denied(graph: Graph) -> Iterator[Finding]:
    """Facts that some sentence asserts, or that follow from some, and that another denies outright."""
    from kg.rdf.infer import Statement, infer
    from kg.rdf.iris import Iris
    from kg.rdf.sides import Sides, worded

    denials = [f for f in graph.facts(asserted=False) if _is_denial(f.polarity, f.modality)]
    if not denials:
        return
    iris = Iris(namespace=graph.ontology.namespace)
    sides = Sides(graph, infer(graph), iris)
    for denial in denials:
        said = Statement(denial.subject, denial.relation, denial.object)
        side = sides.of(said, denial.open)
        if side is not None:
            rule = "inferred and denied" if side.inferred else "asserted and denied"
            words = worded(graph, said)
            yield Finding(
                Severity.WARNING,
                rule,
                denial.subject,
                f"{rule}: {words}",
                (side, Side(f"not: {words}", denial.claims)),
            )


def _is_denial(polarity: Polarity, modality: Modality) -> bool:
    return polarity is Polarity.NEGATIVE and modality is Modality.ASSERTED


def _words(finding: Finding) -> list[str]:
    return [side.statement for side in finding.sides]
