"""Graphs that can be asked in SPARQL 1.1, and the same graph as an rdflib Dataset.

Queries run in Oxigraph, in a process of their own: Oxigraph cannot stop a running query, a process can be killed. The process is a
fresh interpreter, not a fork, since forking one that runs threads (the language pipeline's) may hang; it starts in
0.05 s, and a small graph is answered in a tenth of a second. Whoever asks often keeps a `Store` open.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import GraphError, KGError, OutputError, QueryError
from kg.graph import Graph
from kg.rdf.encode import encode
from kg.rdf.iris import EVIDENCE, INFERRED, PREMISES, Iris
from kg.rdf.process import Worker
from kg.rdf.sparql import check, explain
from kg.rdf.vocabulary import BASE, KG, XSD

if TYPE_CHECKING:
    import rdflib

_INTEGERS = {
    XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")
}
_FLOATS = {XSD + name for name in ("decimal", "double", "float")}


class Iri(str):
    """An IRI in an answer: a string, its full text. `short` is its prefixed name: "ent:Alibaba"."""

    __slots__ = ("short",)
    short: str

    def __new__(cls, text: str, short: str) -> Iri:
        iri = super().__new__(cls, text)
        iri.short = short
        return iri

    def __reduce__(self) -> tuple[type[Iri], tuple[str, str]]:  # for pickle and copy
        return Iri, (str(self), self.short)


Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query: rows of plain values under the names of its variables.

    IRIs are `Iri` (a str), numbers int or float, dates and all other literals str, unbound variables None. ASK has one column
    "answer"; CONSTRUCT and DESCRIBE have "subject", "predicate", "object". `truncated` when there were more than `max_rows` rows.
    """

    columns: list[str]
    rows: list[list[Cell]]
    truncated: bool = False

    def records(self) -> list[dict[str, Cell]]:
        """Each row as a dict: `[{"what": "https://kg.example/entity/S1"}]`."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def query(
    source: Graph | Store | str | Path,
    sparql: str,
    *,
    timeout: float = 30.0,
    max_rows: int = 100_000,
    inferred: bool = False,
) -> Table:
    """Ask a graph, a results folder, a `.nq` file or a store directory. SELECT, ASK, CONSTRUCT and DESCRIBE.

    The prefixes kg, ent, art, val, ev, rel, qual, fact, rdf, rdfs, owl, xsd, skos, prov, schema and nif are known; facts are in the
    default graph, their witnesses in `GRAPH kg:evidence`, what follows from them in `GRAPH kg:inferred`; with `inferred` the
    default graph holds that, too. `timeout` is in seconds, loading not counted. Raises QueryError for a query
    that is malformed, too slow or not a reading one, GraphError where there is no graph.

    >>> query(graph, 'SELECT ?what { ?who rdfs:label "Alibaba" ; kg:launches/rdfs:label ?what }').rows
    [['S1']]
    """
    if isinstance(source, Store):
        return source.query(sparql, timeout=timeout, max_rows=max_rows, inferred=inferred)
    with Store(source) as store:
        return store.query(sparql, timeout=timeout, max_rows=max_rows, inferred=inferred)


class Store:
    """A graph opened for many queries: loaded once, in a process that ends with `close` (or `with`).

    >>> with Store("outputs") as store:
    ...     store.query("ASK { ?who kg:launches ?what }").rows
    [[True]]
    """

    def __init__(self, source: Graph | str | Path) -> None:
        self._source = source if isinstance(source, Graph) else _find(Path(source))
        self._worker: Worker | None = None
        self._prefixes = Iris(
            namespace=source.ontology.namespace if isinstance(source, Graph) else KG
        ).prefixes()

    def query(
        self, sparql: str, *, timeout: float = 30.0, max_rows: int = 100_000, inferred: bool = False
    ) -> Table:
        """Ask; as the function `query`. A query that was stopped costs the next one a new start."""
        if self._worker is None:
            check(sparql, self._prefixes | {"": ""})  # what is refused anyway needs no process
            self._worker = Worker(self._source)
            self._prefixes = self._worker.prefixes
        check(sparql, self._prefixes)
        request = {
            "query": sparql,
            "prefixes": self._prefixes,
            "timeout": timeout,
            "max_rows": max_rows,
            "inferred": inferred,
        }
        try:
            answer = self._worker.ask(request, timeout)
        except KGError:
            self.close()
            raise
        if "error" in answer:
            if answer["error"] == "SyntaxError":
                raise QueryError(explain(sparql, answer["message"]))
            raise QueryError(f"the query failed: {' '.join(answer['message'].split())[:200]}")
        short = _Shortener(self._prefixes)
        rows = [[_cell(cell, short) for cell in row] for row in answer["rows"]]
        return Table(answer["columns"], rows, answer["truncated"])

    def close(self) -> None:
        """End the process. The store may be asked again; it then loads anew."""
        if self._worker is not None:
            self._worker.kill()
            self._worker = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_worker", None) is not None:
            self.close()


def _find(path: Path) -> Path:
    """What a path means: a store directory, or the graph.nq of a results folder, or a file of quads."""
    if path.is_dir() and not (path / "CURRENT").is_file():
        path = path / "graph.nq"
    if not path.exists():
        raise GraphError(f"{path}: no graph here; run kg build first, or name its folder")
    return path


class _Shortener:
    """IRIs as prefixed names, by the longest namespace that fits."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        self._spaces = sorted(
            ((space, prefix) for prefix, space in prefixes.items()), key=lambda s: (-len(s[0]), s[1])
        )

    def __call__(self, iri: str) -> Iri:
        for space, prefix in self._spaces:
            if iri.startswith(space) and not set(iri[len(space) :]) & set("/#,()"):
                return Iri(iri, f"{prefix}:{iri[len(space) :]}")
        return Iri(iri, f"<{iri}>")


def _cell(cell: list[str] | dict[str, str] | None, short: _Shortener) -> Cell:
    if cell is None:
        return None
    if isinstance(cell, dict):
        return cell["other"]
    if len(cell) == 1:
        return short(cell[0])
    text, datatype = cell
    try:
        if datatype in _INTEGERS:
            return int(text)
        if datatype in _FLOATS:
            number = float(text)
            return int(number) if datatype == XSD + "decimal" and "." not in text else number
    except ValueError:
        return text  # an ill-typed literal stays text
    return text == "true" if datatype == XSD + "boolean" else text


def write_store(graph: Graph, folder: str | Path) -> Path:
    """The graph as an Oxigraph directory, for graphs too large to load at each query; `query` takes its path.

    Written aside and renamed; an older store there is replaced. It is a cache: its format may change with Oxigraph, so keep
    graph.nq. Raises OutputError where the folder cannot be written or is no store.
    """
    folder = Path(folder)
    if folder.exists() and not (folder / "CURRENT").is_file():
        raise OutputError(f"{folder}: exists and is no store; choose another name")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".kg-", dir=folder.parent) as aside:
            fresh = ox.Store(str(Path(aside, "new")))
            fresh.bulk_extend(encode(graph))
            fresh.flush()
            del fresh  # closes it
            if folder.exists():
                folder.rename(Path(aside, "old"))
            Path(aside, "new").rename(folder)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error}); choose another folder") from None
    return folder


def to_rdflib(graph: Graph, *, base: str = BASE, store: str = "Memory") -> rdflib.Dataset:
    """The graph as an rdflib Dataset with prefixes bound: facts in its default graph, evidence in `kg:evidence`.

    `store` is rdflib's own "Memory" or "Oxigraph" (quick also on large graphs; through oxrdflib). rdflib, unlike
    `kg.query`, follows FROM and SERVICE to any address: do not run queries of strangers on it.

    >>> len(to_rdflib(graph).default_graph) > 0
    True
    """
    import rdflib

    quads = encode(graph, base=base)
    if store == "Oxigraph":
        from oxrdflib import OxigraphStore

        inner = ox.Store()
        inner.bulk_extend(quads)
        dataset = rdflib.Dataset(store=OxigraphStore(store=inner))
    elif store == "Memory":
        dataset = rdflib.Dataset()
        named = {str(name): dataset.graph(_rdflib(name)) for name in (EVIDENCE, INFERRED, PREMISES)}
        for quad in quads:
            target = named.get(str(quad.graph_name), dataset.default_graph)
            target.add((_rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object)))
    else:
        raise ValueError(f'store is {store!r}; "Memory" or "Oxigraph" are possible')
    for prefix, namespace in Iris(base, graph.ontology.namespace).prefixes().items():
        dataset.bind(prefix, namespace, replace=True)
    return dataset


def _rdflib(term: object) -> rdflib.term.Identifier:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    assert isinstance(term, ox.Literal)
    plain = term.datatype.value == XSD + "string"  # rdflib tells "x" from "x"^^xsd:string; RDF 1.1 does not
    return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))
