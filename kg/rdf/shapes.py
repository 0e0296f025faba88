"""SHACL shapes in Turtle -> `Constraint`s, each one rule that one SPARQL query can look for (`kg.rdf.constraints`).

The subset of SHACL Core (W3C, 2017): node and property shapes; targets by class, node, subjects or objects of a predicate; every
property path; the constraint components listed in `COMPONENTS`, and `sh:or` between classes. What else a shapes file uses
is refused by name rather than passed over, for a check that skips a rule says that all is well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.findings import Severity
from kg.ontology import Ontology
from kg.rdf.iris import Iris
from kg.rdf.turtle import FORMATS, Statements, Term, key_of
from kg.rdf.vocabulary import OWL, RDF, RDFS, local_name

SH = "http://www.w3.org/ns/shacl#"
#: The constraint components kg checks, by the name of their parameter.
COMPONENTS = frozenset(
    """minCount maxCount class datatype nodeKind in hasValue pattern minLength maxLength minInclusive maxInclusive
    minExclusive maxExclusive lessThan lessThanOrEquals equals disjoint""".split()
)
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_OTHERS = {
    *_TARGETS,
    "path",
    "property",
    "or",
    "flags",
    "message",
    "severity",
    "name",
    "description",
    "deactivated",
    "order",
    "group",
}
_STEPS = {
    "inversePath": "^({})",
    "zeroOrMorePath": "({})*",
    "oneOrMorePath": "({})+",
    "zeroOrOnePath": "({})?",
}
_NEED_PATH = {"minCount", "maxCount", "lessThan", "lessThanOrEquals", "equals", "disjoint"}
_WHOLE_NUMBERS = {"minCount", "maxCount", "minLength", "maxLength"}
MAX_DEPTH = 20  # of a path within paths


@dataclass(frozen=True, slots=True)
class Constraint:
    """One component of one shape: what it is about, where it looks, what must hold there."""

    shape: str  # its name, for messages
    targets: tuple[tuple[str, str], ...]  # ("targetClass", IRI) …
    path: str  # a SPARQL property path; "" for the focus node itself
    predicates: tuple[
        str, ...
    ]  # IRIs of the path's relations, whose facts are shown; "^" before one read backwards
    component: str  # one of COMPONENTS
    values: tuple[str, ...]  # its parameter as SPARQL terms; alternatives where there are several
    message: str = ""
    severity: Severity = Severity.VIOLATION
    flags: str = ""  # of sh:pattern
    lenient: bool = False  # what has no class fits any: for what the ontology itself says


def read_shapes(path: Path) -> tuple[Constraint, ...]:
    """The constraints of a shapes file, sorted.

    Raises OntologyError, naming file, line and shape, for a file that cannot be read, has no shape, or uses what kg does not check.

    >>> {constraint.component for constraint in read_shapes(Path("ontology/shapes.ttl"))} <= COMPONENTS
    True
    """
    if not path.is_file():
        raise OntologyError(f"{path}: no such file; give a file of SHACL shapes in Turtle")
    if path.suffix.lower() not in FORMATS:
        raise OntologyError(f"{path}: not a shapes file by its name; allowed: {', '.join(sorted(FORMATS))}")
    said = Statements([path])
    shapes = [*said.subjects(SH + "NodeShape", SH + "PropertyShape")]
    shapes += [s for target in _TARGETS for s in said.subjects_with(SH + target) if s not in shapes]
    found = [
        constraint
        for shape in dict.fromkeys(shapes)
        for constraint in _Shape(said, shape, path).constraints()
    ]
    if not found:
        raise OntologyError(
            f"{path}: no SHACL shape with a target and a constraint in it; see docs/checking.md for one"
        )
    return tuple(sorted(dict.fromkeys(found), key=lambda c: (c.shape, c.path, c.component, c.values)))


def shapes_of(ontology: Ontology) -> tuple[Constraint, ...]:
    """What the ontology says of its relations as constraints: domains, ranges, and one value at most where functional.

    What has no class, or only that of a common noun, fits any domain and range: nothing is known of it. So does a number of
    things ("37 customers"): they are of the kind that is counted.
    """
    iris, found = Iris(namespace=ontology.namespace), []
    unknown = tuple(
        name for name, kind in sorted(ontology.types.items()) if kind.common or name == "Quantity"
    )
    for name, relation in sorted(ontology.relations.items()):
        iri = iris.relation(name, False).value
        sides = (
            ("domain", relation.domain, "targetSubjectsOf", iri),
            ("range", relation.range, "targetObjectsOf", f"^{iri}"),
        )
        for side, classes, target, shown in sides:
            if classes and "Any" not in classes:
                values = tuple(str(iris.type(kind)) for kind in (*classes, *unknown))
                message = f"outside the {side} of “{relation.label}”: {', '.join(classes)}"
                found.append(
                    Constraint(
                        f"{side} of {name}",
                        ((target, iri),),
                        "",
                        (shown,),
                        "class",
                        values,
                        message,
                        Severity.WARNING,
                        lenient=True,
                    )
                )
        if relation.functional:
            message = f"more than one “{relation.label}”, of which there can be one at most"
            targets = (("targetSubjectsOf", iri),)
            found.append(Constraint(f"one {name}", targets, f"<{iri}>", (iri,), "maxCount", ("1",), message))
    return tuple(found)


class _Shape:
    """A shape with a name of its own, and the property shapes inside it."""

    def __init__(self, said: Statements, shape: str, path: Path) -> None:
        self.said, self.shape, self.file = said, shape, path
        self.name = local_name(shape)
        self.targets = tuple(
            (target, iri) for target in _TARGETS for iri in sorted(said.iris(shape, SH + target))
        )
        if {OWL + "Class", RDFS + "Class"} & set(
            said.iris(shape, RDF + "type")
        ):  # SHACL's implicit class target
            self.targets = (*self.targets, ("targetClass", shape))

    def constraints(self) -> Iterator[Constraint]:
        """Those of the shape and of its property shapes; none without a target, or where deactivated."""
        if self.targets and not self._off(self.shape):
            yield from self._of(self.shape)
            for inner in self.said.nodes(self.shape, SH + "property"):
                if not self._off(inner):
                    yield from self._of(inner)

    def _of(self, node: str) -> Iterator[Constraint]:
        said = self.said
        self._refuse_unknown(node)
        if node != self.shape and not said.nodes(node, SH + "path"):
            raise self._error("a property shape without sh:path", "add one, such as: sh:path kg:founded_on")
        tops = said.nodes(node, SH + "path")
        path = self._path(tops[0], 0) if tops else ""
        predicates = self._predicates(tops[0], 0) if tops else self._target_predicates()
        severity = self._severity(node)
        for component, values in self._components(node):
            yield Constraint(
                said.text(node, SH + "name") or self.name,
                self.targets,
                path,
                predicates,
                component,
                values,
                said.text(node, SH + "message")
                or (said.text(self.shape, SH + "message") if node != self.shape else ""),
                severity,
                said.text(node, SH + "flags"),
            )

    def _components(self, node: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        said = self.said
        for component in sorted(COMPONENTS):
            terms = list(said.values(node, SH + component))
            if component == "in" and terms:
                items = [term for top in terms for term in self._list(key_of(top))]
                yield component, tuple(map(str, items))
            else:  # sh:class given twice means both: a constraint each
                for term in terms:
                    self._check_parameter(node, component, term)
                    yield component, (str(term),)
        for top in said.nodes(node, SH + "or"):
            members = said.items(top)
            classes = [c for member in members for c in said.iris(member, SH + "class")]
            if len(classes) != len(members) or any(len(said.predicates(member)) != 1 for member in members):
                raise self._error(
                    "sh:or between other things than classes",
                    "only sh:or ( [ sh:class … ] [ sh:class … ] ) is checked",
                )
            yield "class", tuple(f"<{iri}>" for iri in classes)

    def _check_parameter(self, node: str, component: str, term: Term) -> None:
        what = f"sh:{component} {str(term)[:60]}"
        if isinstance(term, ox.BlankNode):
            raise self._error(f"a blank node as sh:{component}", "give a name or a literal")
        if component in _NEED_PATH and not self.said.nodes(node, SH + "path"):
            raise self._error(f"sh:{component} without sh:path", "put it into a property shape")
        if component in _WHOLE_NUMBERS and not re.fullmatch(r"[0-9]{1,9}", key_of(term)):
            raise self._error(what, "it takes a whole number")
        if component == "pattern" and not _is_pattern(str(term)):
            raise self._error(what, "it is no regular expression")

    def _list(self, node: str) -> Iterator[ox.NamedNode | ox.Literal]:
        seen: set[str] = set()
        while node != RDF + "nil" and node not in seen:
            seen.add(node)
            for term in self.said.values(node, RDF + "first"):
                if not isinstance(term, ox.BlankNode):
                    yield term
            node = next(iter(self.said.nodes(node, RDF + "rest")), RDF + "nil")

    def _path(self, node: str, depth: int) -> str:
        """A SHACL path as a SPARQL one; they mean the same (SHACL, section 2.3.1)."""
        if depth > MAX_DEPTH:
            raise self._error(f"a path more than {MAX_DEPTH} deep", "make it simpler")
        if not node.startswith("_:"):
            return f"<{node}>"
        if items := self.said.items(node):
            return "/".join(self._path(item, depth + 1) for item in items)
        if tops := self.said.nodes(node, SH + "alternativePath"):
            return "(" + "|".join(self._path(item, depth + 1) for item in self.said.items(tops[0])) + ")"
        for step, form in _STEPS.items():
            if inner := self.said.nodes(node, SH + step):
                return form.format(self._path(inner[0], depth + 1))
        raise self._error("a sh:path that is none", "see SHACL, section 2.3.1, for the forms of paths")

    def _predicates(self, node: str, depth: int) -> tuple[str, ...]:
        """The relations in a path, in order; "^" before one that is read backwards."""
        if not node.startswith("_:"):
            return (node,)
        turned = self.said.nodes(node, SH + "inversePath")
        inner = (
            self.said.items(node)
            or turned
            or self.said.items(next(iter(self.said.nodes(node, SH + "alternativePath")), RDF + "nil"))
        )
        inner = inner or [n for step in _STEPS for n in self.said.nodes(node, SH + step)]
        found = (name for n in inner if depth <= MAX_DEPTH for name in self._predicates(n, depth + 1))
        return tuple(dict.fromkeys(f"^{name}" if turned else name for name in found))

    def _target_predicates(self) -> tuple[str, ...]:
        signs = {"targetSubjectsOf": "", "targetObjectsOf": "^"}
        return tuple(f"{signs[target]}{iri}" for target, iri in self.targets if target in signs)

    def _severity(self, node: str) -> Severity:
        given = self.said.iris(node, SH + "severity") or self.said.iris(self.shape, SH + "severity")
        name = local_name(given[0]).lower() if given else "violation"
        if name not in set(Severity):
            raise self._error(
                f"sh:severity {local_name(given[0])}", "use sh:Violation, sh:Warning or sh:Info"
            )
        return Severity(name)

    def _off(self, node: str) -> bool:
        return self.said.text(node, SH + "deactivated") == "true"

    def _refuse_unknown(self, node: str) -> None:
        for predicate in self.said.predicates(node):
            if predicate.startswith(SH) and local_name(predicate) not in COMPONENTS | _OTHERS:
                known = ", ".join(f"sh:{name}" for name in sorted(COMPONENTS))
                raise self._error(
                    f"sh:{local_name(predicate)}",
                    f"kg check knows {known}; check this shape with pySHACL on graph.ttl",
                )

    def _error(self, what: str, advice: str) -> OntologyError:
        return OntologyError(
            f"{self.said.place(self.shape)}: {self.name} uses {what}, which is not supported; {advice}"
        )


def _is_pattern(term: str) -> bool:
    """Whether Oxigraph takes a literal for a regular expression: where it does not, REGEX has no value."""
    if not term.startswith('"'):
        return False
    answer = ox.Store().query(f'SELECT (REGEX("", {term}) AS ?x) {{}}')
    return isinstance(answer, ox.QuerySolutions) and any(row["x"] is not None for row in answer)
