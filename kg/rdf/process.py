"""The other end of `kg.rdf.worker`: starts the process that runs queries, talks with it, kills it when it is late."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import GraphError, QueryError
from kg.graph import Graph
from kg.rdf.encode import encode
from kg.rdf.iris import Iris
from kg.rdf.vocabulary import BASE, KG


class Worker:
    """The process that holds the graph. Any failure to talk with it is a KGError."""

    def __init__(self, source: Graph | Path) -> None:
        script = str(Path(__file__).with_name("worker.py"))
        self._process = subprocess.Popen(
            [sys.executable, "-P", script],  # -P: this folder's modules must not hide the standard library's
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        try:
            said = self._exchange(*_opening(source))
        except BaseException:
            self.kill()
            raise
        if "error" in said:
            self.kill()
            where = source if isinstance(source, Path) else "graph"
            line = f", line {said['line']}" if said.get("line") else ""
            raise GraphError(f"{where}{line}: cannot be loaded ({said['message'][:200]}); build it again")
        ready = said["ready"]
        self.prefixes = Iris(ready["base"] or BASE, ready["ontologyNamespace"] or KG).prefixes()

    def ask(self, request: dict[str, Any], timeout: float) -> dict[str, Any]:
        """One query and its answer; kills the process when that takes too long."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(timeout, stop)
        timer.start()
        try:
            return self._exchange(request)
        except QueryError:
            if late.is_set():
                raise QueryError(
                    f"stopped after {timeout:g} s; ask for less (LIMIT, a named subject) or allow more time"
                ) from None
            raise
        finally:
            timer.cancel()

    def _exchange(self, request: dict[str, Any], data: bytes = b"") -> dict[str, Any]:
        """Send a line (and data), read a line. QueryError when the process has ended."""
        stdin, stdout = self._pipes()
        try:
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.write(data)
            stdin.flush()
            line = stdout.readline()
        except OSError:
            line = b""
        if not line.endswith(b"\n"):
            raise QueryError(
                "the query process ended unexpectedly, most likely out of memory; ask for less at a time"
            )
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self._process.stdin is not None and self._process.stdout is not None  # noqa: PT018
        return self._process.stdin, self._process.stdout

    def kill(self) -> None:
        """End the process at once; nothing in it needs saving."""
        self._process.kill()
        for pipe in self._pipes():
            with contextlib.suppress(OSError):
                pipe.close()
        self._process.wait()


def _opening(source: Graph | Path) -> tuple[dict[str, Any], bytes]:
    """The first line to the worker, and the data after it."""
    if isinstance(source, Path):
        return {"directory" if source.is_dir() else "path": str(source)}, b""
    data = ox.serialize(encode(source), format=ox.RdfFormat.N_QUADS) or b""
    return {"bytes": len(data)}, data
