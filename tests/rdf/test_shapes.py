"""SHACL shapes: what is read, what is refused, and that the generated SPARQL finds what pySHACL finds."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

import kg
from kg.errors import OntologyError
from kg.rdf.constraints import to_sparql
from kg.rdf.schema import shipped_folder
from kg.rdf.shapes import COMPONENTS, read_shapes

HEAD = """@prefix : <urn:x:> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
DATA = (
    HEAD
    + """
:a a :Firm ; :name "Aster" ; :founded "1990-05-01"^^xsd:date ; :closed "2001-01-01"^^xsd:date ; :size 12 ; :owns :b ; :rival :c .
:b a :Firm ; :name "B", "Bee" ; :founded "2010-01-01"^^xsd:date ; :closed "2009-12-31"^^xsd:date ; :size -3 ; :owns :a, :t .
:c a :Firm ; :founded "then" ; :size 12.5 ; :owns :c ; :rival :a ; :part :b .
:d a :Bank ; :name "dd" ; :founded "1999-09-09"^^xsd:date ; :closed "1999-09-09"^^xsd:date ; :size 7 ; :part :c ; :owned :d .
:Bank rdfs:subClassOf :Firm .
:t a :Town ; :name "a very long name indeed" .
"""
)
SHAPES = {
    "minCount": "sh:path :name ; sh:minCount 1",
    "minCount 2": "sh:path :name ; sh:minCount 2",
    "maxCount": "sh:path :name ; sh:maxCount 1",
    "maxCount 0": "sh:path :rival ; sh:maxCount 0",
    "class": "sh:path :owns ; sh:class :Firm",
    "two classes": "sh:path :owns ; sh:or ( [ sh:class :Firm ] [ sh:class :Town ] )",
    "datatype": "sh:path :founded ; sh:datatype xsd:date",
    "nodeKind": "sh:path :size ; sh:nodeKind sh:IRI",
    "in": 'sh:path :name ; sh:in ( "Aster" "B" )',
    "hasValue": 'sh:path :name ; sh:hasValue "B"',
    "pattern": 'sh:path :name ; sh:pattern "^[a-z]"',
    "pattern, either case": 'sh:path :name ; sh:pattern "^a" ; sh:flags "i"',
    "minLength": "sh:path :name ; sh:minLength 2",
    "maxLength": "sh:path :name ; sh:maxLength 4",
    "minInclusive": "sh:path :size ; sh:minInclusive 7",
    "minExclusive": "sh:path :size ; sh:minExclusive 7",
    "maxInclusive": "sh:path :size ; sh:maxInclusive 12",
    "maxExclusive": "sh:path :size ; sh:maxExclusive 12",
    "dates": 'sh:path :closed ; sh:minInclusive "2000-01-01"^^xsd:date',
    "lessThan": "sh:path :founded ; sh:lessThan :closed",
    "lessThanOrEquals": "sh:path :founded ; sh:lessThanOrEquals :closed",
    "equals": "sh:path :owns ; sh:equals :rival",
    "disjoint": "sh:path :owns ; sh:disjoint :rival",
    "inverse": "sh:path [ sh:inversePath :owns ] ; sh:maxCount 0",
    "sequence": "sh:path ( :owns :name ) ; sh:maxLength 4",
    "alternative": "sh:path [ sh:alternativePath ( :owns :owned ) ] ; sh:class :Town",
    "closure": "sh:path [ sh:oneOrMorePath :part ] ; sh:maxCount 0",
}  # fmt: skip
TARGETS = {
    "class": "sh:targetClass :Firm",
    "subjects": "sh:targetSubjectsOf :rival",
    "objects": "sh:targetObjectsOf :owns",
    "nodes": "sh:targetNode :a, :c, :d",
}
#: Where kg and SHACL differ on purpose: what cannot be compared is broken to SHACL, not to kg.
INCOMPARABLE = {"lessThan", "lessThanOrEquals"}


def written(folder: Path, turtle: str) -> Path:
    file = folder / "my.ttl"
    file.write_text(HEAD + turtle, encoding="utf-8")
    return file


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
@pytest.mark.parametrize("name", SHAPES)
def test_sparql_finds_what_pyshacl_finds(name: str, target: str, tmp_path: Path) -> None:
    file = written(tmp_path, f":Shape a sh:NodeShape ; {target} ; sh:property [ {SHAPES[name]} ] .")
    data, shapes = rdflib.Graph().parse(data=DATA), rdflib.Graph().parse(file)
    _, results, text = pyshacl.validate(data, shacl_graph=shapes)
    theirs = {str(node) for node in results.objects(None, rdflib.SH.focusNode)}
    store = ox.Store()
    store.load(DATA, ox.RdfFormat.TURTLE)
    store.update(
        "INSERT { ?x a ?above } WHERE { ?x a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>+ ?above }"
    )
    ours = {
        row["this"].value for constraint in read_shapes(file) for row in store.query(to_sparql(constraint))
    }
    if name in INCOMPARABLE:
        theirs.discard("urn:x:c")  # "then" is before no date and after none
    assert ours == theirs, text


def test_every_component_is_among_the_shapes_above(tmp_path: Path) -> None:
    tested = {
        c.component
        for shape in SHAPES.values()
        for c in read_shapes(written(tmp_path, f":S sh:targetClass :Firm ; sh:property [ {shape} ] ."))
    }
    assert tested == COMPONENTS


@pytest.mark.parametrize(
    ("turtle", "said"),
    [
        (":S sh:targetClass :F ; sh:closed true .", "my.ttl:3: S uses sh:closed, which is not supported; kg check knows sh:class"),
        (":S sh:targetClass :F ; sh:property [ sh:path :p ; sh:qualifiedMinCount 1 ] .", "S uses sh:qualifiedMinCount"),
        (":S sh:targetClass :F ; sh:sparql [ sh:select 'SELECT ?x {}' ] .", "S uses sh:sparql"),
        (":S sh:targetClass :F ; sh:or ( [ sh:minLength 3 ] ) .", "sh:or between other things than classes"),
        (":S sh:targetClass :F ; sh:property [ sh:minCount 1 ] .", "a property shape without sh:path"),
        (":S sh:targetClass :F ; sh:minCount 1 .", "sh:minCount without sh:path"),
        (":S sh:targetClass :F ; sh:property [ sh:path :p ; sh:minCount 'one' ] .", "it takes a whole number"),
        (":S sh:targetClass :F ; sh:property [ sh:path :p ; sh:pattern '(' ] .", "it is no regular expression"),
        (":S sh:targetClass :F ; sh:property [ sh:path [ :p :q ] ; sh:minCount 1 ] .", "a sh:path that is none"),
        (":S sh:targetClass :F ; sh:property [ sh:path :p ; sh:minCount 1 ; sh:severity :Bad ] .", "use sh:Violation, sh:Warning or sh:Info"),
        (":S a sh:NodeShape .", "no SHACL shape with a target and a constraint"),
        (":S sh:targetClass :F ; sh:deactivated true ; sh:nodeKind sh:IRI .", "no SHACL shape with a target"),
        (":S sh:targetClass ", "my.ttl:3: not valid Turtle"),
    ],
)  # fmt: skip
def test_what_is_not_supported_is_refused_by_name(turtle: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(OntologyError) as caught:
        read_shapes(written(tmp_path, turtle))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_path_in_a_circle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="more than 20 deep"):
        read_shapes(
            written(
                tmp_path,
                ":S sh:targetClass :F ; sh:property [ sh:path _:p ; sh:minCount 1 ] . _:p sh:inversePath _:p .",
            )
        )


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="no such file"):
        read_shapes(tmp_path / "nowhere.ttl")
    (tmp_path / "shapes.txt").write_text("x")
    with pytest.raises(OntologyError, match="not a shapes file by its name; allowed"):
        read_shapes(tmp_path / "shapes.txt")


def test_severity_message_and_name_come_from_the_shape(tmp_path: Path) -> None:
    (found,) = read_shapes(
        written(
            tmp_path,
            ':S sh:targetClass :F ; sh:severity sh:Info ; sh:message "so" ; sh:property [ sh:name "N" ; sh:path :p ; sh:minCount 1 ] .',
        )
    )
    assert (found.shape, found.severity, found.message, found.predicates) == ("N", "info", "so", ("urn:x:p",))


SHAPES_FILE = shipped_folder() / "shapes.ttl"


@pytest.mark.slow
def test_the_ontology_keeps_its_own_shapes() -> None:
    ontology = rdflib.Graph()
    for file in sorted(shipped_folder().glob("*.ttl")):
        if not file.stem.startswith("notions"):  # a notion has as many labels as people give it
            ontology.parse(file)
    conforms, _, text = pyshacl.validate(ontology, shacl_graph=rdflib.Graph().parse(SHAPES_FILE))
    assert conforms, text


def test_the_samples_as_pyshacl_sees_them(samples: kg.Result) -> None:
    """The facts of the samples keep the shapes, by pySHACL and by kg (which checks dates of events and inverses beside)."""
    facts = rdflib.Graph().parse(data=kg.to_turtle(samples.graph))
    conforms, _, text = pyshacl.validate(facts, shacl_graph=rdflib.Graph().parse(SHAPES_FILE))
    assert conforms, text
    rules = {constraint.shape for constraint in read_shapes(SHAPES_FILE)}
    assert [str(finding) for finding in kg.check(samples.graph) if finding.rule in rules] == []
