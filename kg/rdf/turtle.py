"""Turtle files read into one index of statements that still knows which file said what.

Parsing is pyoxigraph's (W3C Turtle 1.1); it is ten times as quick as rdflib's and names line and column of an error.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.rdf.vocabulary import RDF, local_name

Term = ox.NamedNode | ox.BlankNode | ox.Literal
FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}
MAX_BYTES = 64 * 1024 * 1024


class Statements:
    """All triples of some files, by subject and predicate, in the order of the files.

    Subjects and predicates are IRIs as text; a blank node is "_:" and its (file-unique) id.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._index: dict[str, dict[str, dict[Term, None]]] = {}  # innermost: a set in order
        self._texts: dict[Path, str] = {}
        self._home: dict[str, Path] = {}
        contents: list[bytes] = []
        for path in sorted(paths):
            contents.append(_bytes(path, MAX_BYTES - sum(map(len, contents))))
            self._add(path, contents[-1])
        self.digest = digest_of(contents)

    def _add(self, path: Path, content: bytes) -> None:
        try:
            for quad in ox.parse(
                content, FORMATS[path.suffix.lower()], base_iri="file:///", rename_blank_nodes=True
            ):
                subject, predicate, value = quad.subject, quad.predicate, quad.object
                if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
                    raise OntologyError(
                        f"{path}: has a quoted triple (RDF-star), which kg does not read; state it plainly"
                    )
                key = key_of(subject)
                self._home.setdefault(key, path)
                self._index.setdefault(key, {}).setdefault(predicate.value, {})[value] = None
        except SyntaxError as error:
            raise OntologyError(_explain(path, error)) from None
        self._texts[path] = content.decode("utf-8", "replace")

    def subjects(self, *types: str) -> list[str]:
        """IRIs (no blank nodes) that have one of these `rdf:type`s, sorted."""
        wanted = set(types)
        found = (
            s for s in self._index if not s.startswith("_:") and wanted & set(self.iris(s, RDF + "type"))
        )
        return sorted(found)

    def subjects_with(self, predicate: str) -> list[str]:
        """IRIs that have any value of `predicate`, sorted."""
        return sorted(s for s, said in self._index.items() if predicate in said and not s.startswith("_:"))

    def predicates(self, subject: str) -> list[str]:
        """The predicates a subject has, sorted."""
        return sorted(self._index.get(subject, {}))

    def values(self, subject: str, *predicates: str) -> Iterator[Term]:
        """Every object of these predicates."""
        said = self._index.get(subject, {})
        for predicate in predicates:
            yield from said.get(predicate, ())

    def iris(self, subject: str, *predicates: str) -> list[str]:
        """The objects that are IRIs, in file order."""
        return [v.value for v in self.values(subject, *predicates) if isinstance(v, ox.NamedNode)]

    def nodes(self, subject: str, *predicates: str) -> list[str]:
        """The objects that are IRIs or blank nodes, as keys."""
        return [key_of(v) for v in self.values(subject, *predicates) if not isinstance(v, ox.Literal)]

    def texts(self, subject: str, *predicates: str) -> list[str]:
        """The objects that are literals, white space at the ends dropped, sorted, each once."""
        found = {v.value.strip() for v in self.values(subject, *predicates) if isinstance(v, ox.Literal)}
        return sorted(found)

    def text(self, subject: str, *predicates: str) -> str:
        """One literal: in English if there is one, else without language, else the first; "" if there is none."""
        literals = [v for v in self.values(subject, *predicates) if isinstance(v, ox.Literal)]
        order = sorted(literals, key=lambda v: (_english(v.language), v.value))
        return order[0].value.strip() if order else ""

    def english(self, subject: str, *predicates: str) -> list[str]:
        """The literals in English or without a language, sorted, each once."""
        literals = [v for v in self.values(subject, *predicates) if isinstance(v, ox.Literal)]
        found = {v.value.strip() for v in literals if _english(v.language) < 2}
        return sorted(found - {""})

    def languages(self, subject: str, *predicates: str) -> set[str]:
        """The languages of these literals without region, lower case: {"en", ""}; "" is none."""
        literals = (v for v in self.values(subject, *predicates) if isinstance(v, ox.Literal))
        return {(v.language or "").lower().split("-")[0] for v in literals}

    def used(self) -> Iterator[tuple[str, str]]:
        """Every subject with each of its predicates, in file order."""
        for subject, said in self._index.items():
            for predicate in said:
                yield subject, predicate

    def owner(self, node: str) -> str:
        """The IRI at which a blank node hangs, over other blank nodes; the node itself if it is an IRI or hangs nowhere."""
        seen: set[str] = set()
        while node.startswith("_:") and node not in seen and node in self._holders:
            seen.add(node)
            node = self._holders[node]
        return node

    @cached_property
    def _holders(self) -> dict[str, str]:
        """Blank node -> a subject that has it as a value."""
        return {
            key_of(value): subject
            for subject, said in self._index.items()
            for values in said.values()
            for value in values
            if isinstance(value, ox.BlankNode)
        }

    @cached_property
    def _lines(self) -> dict[tuple[Path, str], int]:
        """(file, local name) -> the line that begins with it; one pass, for files with 50,000 of them."""
        found: dict[tuple[Path, str], int] = {}
        for path, text in self._texts.items():
            for number, line in enumerate(text.split("\n"), 1):
                if match := _SUBJECT.match(line):
                    found.setdefault((path, match[1]), number)
        return found

    def items(self, node: str) -> list[str]:
        """The nodes of an RDF list; a cycle ends it."""
        found: list[str] = []
        seen: set[str] = set()
        while node != RDF + "nil" and node not in seen:
            seen.add(node)
            found += self.nodes(node, RDF + "first")
            node = next(iter(self.nodes(node, RDF + "rest")), RDF + "nil")
        return found

    def place(self, subject: str) -> str:
        """Where a subject is described, for messages: "ontology/products.ttl:12" (line of its first description)."""
        path = self._home.get(subject)
        if path is None:
            return "the ontology"
        line = self._lines.get((path, local_name(subject)))
        return f"{path}:{line}" if line else str(path)


_SUBJECT = re.compile(r"[^\s#\"]*[:/#]([^\s:/#>]+)>?(?=[ \t\r]|$)")


def digest_of(contents: Iterable[bytes]) -> str:
    """SHA-256 over files' contents, hex; sorted by content, so that renaming a file changes nothing."""
    digest = hashlib.sha256()
    for content in sorted(contents):
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


def key_of(term: Term) -> str:
    """A node as text: the IRI, or "_:" and the blank node's id."""
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(term.value)


def _english(language: str | None) -> int:
    return 0 if (language or "").lower().split("-")[0] == "en" else 1 if language is None else 2


def _bytes(path: Path, allowed: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > allowed:
            raise OntologyError(
                f"{path}: {size:,} bytes; an ontology may have {MAX_BYTES:,} in all. Split or shorten it"
            )
        return path.read_bytes()
    except OSError as error:
        raise OntologyError(
            f"{path}: cannot be read ({error.strerror}); check the path and its permissions"
        ) from None


def _explain(path: Path, error: SyntaxError) -> str:
    """One line for the user from the parser's words."""
    said = " ".join(str(error.args[0] if error.args else error).split())
    said = re.sub(r"^Parser error at line \d+ (?:column \d+|between columns \d+ and \d+): ", "", said)[:200]
    place = f"{path}:{error.lineno}" if error.lineno else str(path)
    advice = "correct this line"
    if unknown := re.match(r"The prefix (\S*): has not been declared", said):
        name = unknown.group(1)
        said = f"the prefix {name}: is not declared"
        advice = f"add a line like: @prefix {name}: <https://…> ."
    return f"{place}: not valid {'Turtle' if path.suffix == '.ttl' else 'RDF'}: {said}; {advice}"
