"""The process that runs queries, so that a slow one can be killed. Started by `kg.rdf.store` as a script, never imported.

It speaks JSON, one object a line. In: {"path": …} or {"bytes": n} and n bytes of N-Quads; then a query a line. Out: {"ready": …}, then an
answer a line. Of kg it imports nothing, so that it starts in a twentieth of a second. Once an in-memory graph is loaded it
gives up opening files and sockets: whatever a query may try, nothing gets out.
"""

from __future__ import annotations

import json
import signal
import sys
from typing import Any, BinaryIO

import pyoxigraph as ox

KG = "https://kg.example/ontology#"
MAX_MEMORY = 8 * 1024**3  # bytes of address space; a query that needs more ends the process
MAX_ANSWER = 128 * 1024**2  # characters of all cells together


def main() -> None:
    """Load, then answer until standard input ends."""
    source, out = sys.stdin.buffer, sys.stdout.buffer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's: it ends this process
    try:
        store = load(json.loads(source.readline()), source)
        facts = {word: recorded(store, word) for word in ("base", "ontologyNamespace")}
    except (SyntaxError, OSError, ValueError) as error:
        reply(
            out,
            {"error": type(error).__name__, "message": str(error), "line": getattr(error, "lineno", None)},
        )
        return
    reply(out, {"ready": facts})
    for line in source:
        request = json.loads(line)
        expire(request["timeout"] + 5)
        try:
            answer = ask(store, request)
        except (SyntaxError, OSError, ValueError, RuntimeError) as error:
            answer = {"error": type(error).__name__, "message": str(error)}
        expire(0)
        reply(out, answer)


def load(header: dict[str, Any], source: BinaryIO) -> ox.Store:
    """The store: a directory opened for reading, or N-Quads from a file or from the parent, loaded into memory."""
    if header.get("directory"):
        return ox.Store.read_only(header["directory"])
    limit("RLIMIT_AS", MAX_MEMORY)
    store = ox.Store()
    if "path" in header:
        store.bulk_load(path=header["path"], format=ox.RdfFormat.N_QUADS, lenient=True)
    else:
        store.bulk_load(source.read(header["bytes"]), format=ox.RdfFormat.N_QUADS, lenient=True)
    limit("RLIMIT_NOFILE", 3)  # standard input, output and error stay; no other file or socket can be opened
    return store


def limit(name: str, value: int) -> None:
    """Lower a resource limit where the system has it (POSIX); elsewhere the tokens checked by kg.rdf.sparql must do."""
    try:
        import resource

        resource.setrlimit(getattr(resource, name), (value, value))
    except (ImportError, AttributeError, ValueError, OSError):
        pass


def expire(seconds: float) -> None:
    """Die after some seconds even if the parent has died; 0 lifts it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def recorded(store: ox.Store, word: str) -> str | None:
    """What a kg run wrote down about itself: the base of its IRIs, the namespace of its ontology."""
    quads = store.quads_for_pattern(None, ox.NamedNode(KG + word), None, ox.NamedNode(KG + "evidence"))
    return next((quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)), None)


def ask(store: ox.Store, request: dict[str, Any]) -> dict[str, Any]:
    """Run one query: {"columns", "rows", "truncated"}; a cell is null, [iri], [text, datatype] or {"other": text}."""
    plain: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.DefaultGraph()]
    graphs = [*plain, ox.NamedNode(KG + "inferred")] if request.get("inferred") else plain
    results = store.query(request["query"], prefixes=request["prefixes"], default_graph=graphs)
    if isinstance(results, ox.QueryBoolean):
        return {
            "columns": ["answer"],
            "rows": [[[str(bool(results)).lower(), XSD_BOOLEAN]]],
            "truncated": False,
        }
    if isinstance(results, ox.QuerySolutions):
        columns = [variable.value for variable in results.variables]
    else:
        columns = ["subject", "predicate", "object"]
    rows: list[list[object]] = []
    size = 0
    for result in results:
        if len(rows) == request["max_rows"] or size > MAX_ANSWER:
            return {"columns": columns, "rows": rows, "truncated": True}
        cells = [cell(term) for term in result]
        size += sum(len(str(part)) for part in cells)
        rows.append(cells)
    return {"columns": columns, "rows": rows, "truncated": False}


XSD_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"


def cell(term: object) -> object:
    """A term as JSON."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return [term.value]
    if isinstance(term, ox.Literal):
        return [term.value, term.datatype.value]
    return {"other": str(term)}


def reply(out: BinaryIO, answer: dict[str, Any]) -> None:
    """One line to the parent."""
    out.write(json.dumps(answer).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    main()
