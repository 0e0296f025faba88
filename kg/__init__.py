"""kg: news articles in, one evidence-backed knowledge graph out.

    import kg

    result = kg.build(kg.read("articles/"))
    for fact in result.graph.facts(subject="Alibaba"):
        print(fact.relation, fact.object, [claim.quote for claim in fact.claims])
    kg.save(result, "outputs/")

The names in `__all__` are all that is public; `docs/python.md` shows each at work. Most are imported when first used, so that
`import kg` is quick and loads neither the language pipeline nor the RDF store.
"""

from importlib import import_module
from typing import TYPE_CHECKING

import kg.extract  # before `extract` is bound below: importing the room later would put the room in its place  # noqa: F401
from kg.articles import Articles, read
from kg.build import Result, build, extract
from kg.check import check
from kg.errors import (
    ArticleError,
    GraphError,
    IdentityError,
    KGError,
    OntologyError,
    OutputError,
    PipelineError,
    QueryError,
)
from kg.findings import Finding
from kg.model import Article, Claim, Entity, Fact, Modality, Polarity, Ref, Span, Value

if TYPE_CHECKING:
    from kg.extract.opentriples import OpenTriple
    from kg.extract.pipeline import load_pipeline
    from kg.graph import Graph, merge
    from kg.identity.differences import differences
    from kg.identity.load import read_identity
    from kg.ontology import Ontology
    from kg.outputs import load, save
    from kg.rdf.codec import to_nquads, to_turtle
    from kg.rdf.infer import infer
    from kg.rdf.schema import load_ontology
    from kg.rdf.store import query, to_rdflib
    from kg.resolve.decisions import Decisions
    from kg.resolve.identity import Identity
    from kg.view.network import to_networkx
    from kg.view.page import to_html

__all__ = [
    "Article",
    "ArticleError",
    "Articles",
    "Claim",
    "Decisions",
    "Entity",
    "Fact",
    "Finding",
    "Graph",
    "GraphError",
    "Identity",
    "IdentityError",
    "KGError",
    "Modality",
    "Ontology",
    "OntologyError",
    "OpenTriple",
    "OutputError",
    "PipelineError",
    "Polarity",
    "QueryError",
    "Ref",
    "Result",
    "Span",
    "Value",
    "build",
    "check",
    "differences",
    "extract",
    "infer",
    "load",
    "load_ontology",
    "load_pipeline",
    "merge",
    "query",
    "read",
    "read_identity",
    "save",
    "to_html",
    "to_networkx",
    "to_nquads",
    "to_rdflib",
    "to_turtle",
]

__version__ = "0.1.0"

_HOMES = {  # name -> the module it is imported from when first used
    "Decisions": "kg.resolve.decisions",
    "Graph": "kg.graph",
    "Identity": "kg.resolve.identity",
    "Ontology": "kg.ontology",
    "OpenTriple": "kg.extract.opentriples",
    "differences": "kg.identity.differences",
    "infer": "kg.rdf.infer",
    "load": "kg.outputs",
    "load_ontology": "kg.rdf.schema",
    "load_pipeline": "kg.extract.pipeline",
    "merge": "kg.graph",
    "query": "kg.rdf.store",
    "read_identity": "kg.identity.load",
    "save": "kg.outputs",
    "to_html": "kg.view.page",
    "to_networkx": "kg.view.network",
    "to_nquads": "kg.rdf.codec",
    "to_rdflib": "kg.rdf.store",
    "to_turtle": "kg.rdf.codec",
}


def __getattr__(name: str) -> object:
    """PEP 562: a public name of a heavy room, imported now that it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
