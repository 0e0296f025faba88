"""What follows from stated facts: each axiom, its premises, what is no premise, circles, bounds, and where it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import OntologyError
from kg.graph import Graph
from kg.model import Modality, Polarity, Ref, Value
from kg.ontology import Ontology
from kg.rdf import infer as rules
from kg.rdf.infer import Inference, infer
from kg.rdf.sides import inferred_facts
from kg.rdf.store import to_rdflib
from kg.view.data import view
from tests.conftest import Run
from tests.rdf.facts import Said, graph, ontology, reading

TURTLE = """
:uses a owl:ObjectProperty ; owl:inverseOf :used_by .
:makes a owl:ObjectProperty ; owl:inverseOf :made_by ; rdfs:subPropertyOf :offers .
:offers a owl:ObjectProperty .
:depends_on a owl:ObjectProperty ; owl:propertyChainAxiom ( :uses :made_by ) .
:part_of a owl:TransitiveProperty .
:rivals a owl:SymmetricProperty .
:lies_in a owl:ObjectProperty ; rdfs:range :City .
:sits_in a owl:ObjectProperty ; rdfs:subPropertyOf :lies_in .
:costs a owl:DatatypeProperty ; rdfs:subPropertyOf :has_figure ; owl:inverseOf :cost_of .
:has_figure a owl:DatatypeProperty .
:same_price_as a owl:ObjectProperty ; owl:propertyChainAxiom ( :costs :cost_of ) .
"""
CHAIN: list[Said] = [("Brightwell", "uses", "Tern OS"), ("Tern Labs", "makes", "Tern OS")]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    return ontology(TURTLE, tmp_path_factory.mktemp("small"))


def conclusions(found: Inference) -> set[tuple[str, str, str]]:
    said = [fact.statement for fact in found.facts]
    return {
        (
            s.subject,
            s.relation,
            s.object.key if isinstance(s.object, Ref) else getattr(s.object, "text", s.object),
        )
        for s in said
    }


@pytest.mark.parametrize(
    ("said", "follows"),
    [
        ([("A", "rivals", "B")], {("B", "rivals", "A")}),
        ([("A", "rivals", "B"), ("B", "rivals", "A")], set()),
        ([("A", "makes", "B")], {("A", "offers", "B"), ("B", "made_by", "A")}),
        (
            [("A", "part_of", "B"), ("B", "part_of", "C"), ("C", "part_of", "D")],
            {("A", "part_of", "C"), ("A", "part_of", "D"), ("B", "part_of", "D")},
        ),
        ([("A", "part_of", "B"), ("B", "part_of", "A")], set()),  # nothing is part of itself
        ([("A", "costs", Value("money", "$5", "5", "USD"))], {("A", "has_figure", "$5")}),
        ([("A", "has_figure", "$5")], set()),  # not upwards
    ],
)  # fmt: skip
def test_each_axiom(said: list[Said], follows: set[tuple[str, str, str]], small: Ontology) -> None:
    assert conclusions(infer(graph(said, small))) == follows


def test_a_chain_is_explained_by_its_premises(small: Ontology) -> None:
    found = {str(fact.axiom): fact for fact in infer(graph(CHAIN, small)).facts}
    fact = found["uses ∘ ^makes → depends_on"]
    assert (fact.statement.subject, fact.statement.object) == ("Brightwell", Ref("Tern_Labs"))
    assert [(p.subject, p.relation) for p in fact.premises] == [
        ("Brightwell", "uses"),
        ("Tern_Labs", "makes"),
    ]


@pytest.mark.parametrize(
    "mood",
    [
        {"polarity": Polarity.NEGATIVE},
        {"modality": Modality.PLANNED},
        {"attribution": "analysts"},
        {"open": True},
    ],
)
def test_only_stated_facts_are_premises(mood: dict[str, object], small: Ontology) -> None:
    assert infer(graph([("A", "rivals", "B", mood)], small)) == Inference()


def test_no_path_leads_through_a_value(small: Ontology) -> None:
    price = Value("money", "$5", "5", "USD")
    said: list[Said] = [("A", "costs", price), ("B", "costs", price)]
    assert {relation for _, relation, _ in conclusions(infer(graph(said, small)))} == {"has_figure"}


def test_a_conclusion_fits_domain_and_range(small: Ontology) -> None:
    said: list[Said] = [
        ("Acme", "sits_in", "Leeds"),
        ("Acme", "sits_in", "England"),
        ("Acme", "sits_in", "Somewhere"),
    ]
    found = infer(graph(said, small, {"Leeds": "City", "England": "Place"}))
    assert conclusions(found) == {("Acme", "lies_in", "Leeds"), ("Acme", "lies_in", "Somewhere")}


def test_order_of_facts_and_articles_makes_no_difference(small: Ontology) -> None:
    said = [*CHAIN, ("Tern OS", "part_of", "Tern"), ("Tern", "part_of", "Sea"), ("Sea", "rivals", "Tern")]
    one = infer(graph(said, small))
    parts = [reading([triple], article=str(number)) for number, triple in enumerate(reversed(said))]
    assert infer(Graph.of(parts, small)) == one


def test_circles_end(tmp_path: Path) -> None:
    """Two relations that are each other's inverse and chain, and a transitive ring."""
    circular = ontology(
        ":a a owl:TransitiveProperty, owl:SymmetricProperty ; owl:propertyChainAxiom ( :b :b ) ."
        ":b a owl:ObjectProperty ; owl:inverseOf :a ; owl:propertyChainAxiom ( :a :b :a ) .",
        tmp_path,
    )
    names = "ABCDEF"
    found = infer(graph([(x, "a", y) for x, y in zip(names, names[1:] + "A", strict=True)], circular))
    assert len(found.facts) == 2 * len(names) * (len(names) - 1) - len(
        names
    )  # each of the two relations, every pair
    assert found.given_up == ()


def test_cyclic_sub_properties_are_refused_when_the_ontology_is_read(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="goes in a circle"):
        ontology(
            ":a a owl:ObjectProperty ; rdfs:subPropertyOf :b . :b a owl:ObjectProperty ; rdfs:subPropertyOf :a .",
            tmp_path,
        )


def test_an_unknown_step_of_a_chain_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        OntologyError, match=r"ontology\.ttl:5: a chain of a has the step sells, which is no relation"
    ):
        ontology(":a a owl:ObjectProperty ; owl:propertyChainAxiom ( :a :sells ) .", tmp_path)


def test_a_step_may_be_an_anonymous_inverse(tmp_path: Path) -> None:
    known = ontology(
        ":a a owl:ObjectProperty ; owl:propertyChainAxiom ( [ owl:inverseOf :b ] :b ) . :b a owl:ObjectProperty .",
        tmp_path,
    )
    assert known.relations["a"].chains == (("^b", "b"),)


def test_what_would_grow_too_much_is_given_up_and_named(
    small: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "ROWS_PER_FACT", 1)
    monkeypatch.setattr(rules, "FREE_ROWS", 10)
    said = [(f"P{n}", "part_of", f"P{n + 1}") for n in range(50)]
    found = infer(graph([*said, ("A", "rivals", "B")], small))
    assert [str(axiom) for axiom in found.given_up] == ["part_of ∘ part_of → part_of"]
    assert ("B", "rivals", "A") in conclusions(found)


def test_conclusions_lie_in_graphs_of_their_own(small: Ontology) -> None:
    chain = graph(CHAIN, small, {"Brightwell": "Company"})
    ask = "SELECT ?b { ent:Brightwell :depends_on ?b }"
    assert kg.query(chain, ask).rows == []
    answer = [["https://kg.example/entity/Tern_Labs"]]
    assert kg.query(chain, ask, inferred=True).rows == answer
    assert kg.query(chain, "SELECT ?b { GRAPH kg:inferred { ent:Brightwell :depends_on ?b } }").rows == answer
    why = """SELECT ?axiom ?quote {
        GRAPH kg:premises { ?f rdf:predicate :depends_on ; kg:axiom ?axiom ; kg:premise ?p }
        GRAPH kg:evidence { ?e kg:evidenceFor ?p ; kg:sentence/nif:anchorOf ?quote } } ORDER BY ?quote"""
    assert kg.query(chain, why).rows == [
        ["uses ∘ ^makes → depends_on", "Brightwell uses Tern OS."],
        ["uses ∘ ^makes → depends_on", "Tern Labs makes Tern OS."],
    ]
    labels = "SELECT ?l { GRAPH kg:inferred { ?s ?p ent:Brightwell } ?p rdfs:label ?l }"
    assert kg.query(chain, labels).rows == [["used by"]]


def test_classes_above_are_inferred(small: Ontology) -> None:
    places = graph([("Leeds", "part_of", "England")], small, {"Leeds": "City"})
    ask = "SELECT ?x { ?x a :Place }"
    assert kg.query(places, ask).rows == []
    assert kg.query(places, ask, inferred=True).rows == [["https://kg.example/entity/Leeds"]]


def test_stated_and_inferred_never_mix(samples: kg.Result) -> None:
    both = "ASK { ?s ?p ?o GRAPH kg:inferred { ?s ?p ?o } }"
    assert kg.query(samples.graph, both).rows == [[False]]
    dataset = to_rdflib(samples.graph)
    names = {
        str(name).rpartition("#")[2]: len(dataset.graph(name))
        for name in (context.identifier for context in dataset.graphs())
    }
    assert names["inferred"] > 0
    assert names["premises"] > names["inferred"]


def test_off_with_one_flag(samples: kg.Result) -> None:
    text = kg.to_nquads(samples.graph, inference=False)
    assert "kg:inferred" not in text
    assert "ontology#inferred>" not in text
    assert "ontology#premises>" not in text
    assert "ontology#inferred>" in kg.to_nquads(samples.graph)


def test_why_shows_the_premises_and_their_sentences(run: Run, outputs: Path) -> None:
    done = run("why", "S1", "depends on", "Alibaba", "--out", outputs)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("inferred: S1")
    assert (
        " depends on Alibaba; no article says so\n    by chain: uses ∘ ^develops → depends_on\n"
        in done.stdout
    )
    assert "by sub-property: based_on → uses" in done.stdout
    assert "an artificial intelligence model that Alibaba develops" in done.stdout
    done = run("why", "S1", "depends on", "Alibaba", "--no-inference", "--out", outputs)
    assert (done.returncode, done.stdout) == (1, "")


def test_what_a_page_draws_has_the_sentences_of_its_premises(small: Ontology) -> None:
    chain = graph(
        [*CHAIN, ("Tern OS", "rivals", "Other OS"), ("Tern OS", "costs", Value("money", "$5", "5", "USD"))],
        small,
    )
    drawn = {(fact.subject, fact.relation): (fact, axiom) for fact, axiom in inferred_facts(chain)}
    assert set(drawn) == {("Brightwell", "depends_on"), ("Tern_Labs", "offers")}  # no inverses, no values
    fact, axiom = drawn["Brightwell", "depends_on"]
    assert not fact.asserted
    assert axiom == "uses ∘ ^makes → depends_on"
    assert [claim.quote for claim in fact.claims] == ["Brightwell uses Tern OS.", "Tern Labs makes Tern OS."]
    shown = view(chain, inferred=inferred_facts(chain))
    assert [row["by"] for row in shown["facts"] if row["mood"] == "inferred"] == [
        "uses ∘ ^makes → depends_on",
        "makes → offers",
    ]
    assert "inferred" not in view(chain)["moods"]
