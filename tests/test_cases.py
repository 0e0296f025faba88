"""Cases: a folder each, with an article and the facts it must give. Compared as graphs: order and spelling do not matter.

`expected.ttl` is written by hand and holds everything said of entities; labels of the ontology's own terms are left out.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.compare import graph_diff, to_isomorphic

import kg

CASES = sorted((Path(__file__).parent / "cases").iterdir())

pytestmark = pytest.mark.model


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path) -> None:
    result = kg.build(kg.read(case / "article.txt"))
    found = rdflib.Graph()
    for triple in rdflib.Graph().parse(data=kg.to_turtle(result.graph), format="turtle"):
        if not str(triple[0]).startswith(result.graph.ontology.namespace):
            found.add(triple)
    expected = rdflib.Graph().parse(case / "expected.ttl", format="turtle")
    _, missing, extra = graph_diff(to_isomorphic(expected), to_isomorphic(found))
    assert not missing and not extra, f"missing:\n{_show(missing)}\nextra:\n{_show(extra)}"  # noqa: PT018


def _show(graph: rdflib.Graph) -> str:
    return "\n".join(sorted(" ".join(term.n3() for term in triple) for triple in graph)) or "nothing"
