"""The graph: facts derived from claims, questions in Python, and the laws of merging."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import GraphError
from kg.graph import Graph, asserted, merge
from kg.model import Claim, Modality, Polarity, Reading, Ref, Referent, Span, Value
from kg.ontology import Ontology

ONTOLOGY = kg.load_ontology()
PRICE = Value("money", "$537", "537", "USD")


def referent(article: str, name: str, kind: str, *aliases: str) -> Referent:
    return Referent(
        article,
        name.replace(" ", "_"),
        name,
        "name",
        ((kind, 2),),
        aliases,
        (Span(0, len(name)),),
        rungs=("",),
    )


def claim(
    article: str, subject: str, relation: str, target: Ref | Value | str, place: int = 0, **mood: object
) -> Claim:
    quote = f"{subject} {relation} {target}."
    return Claim(
        article, subject, relation, target, Span(place, place + len(quote)), quote, "verbs.clause", **mood
    )  # type: ignore[arg-type]


def reading(article: str, referents: list[Referent], claims: list[Claim], digest: str = "") -> Reading:
    return Reading(
        article,
        f"Title {article}",
        f"{article}.txt",
        None,
        digest or article,
        999,
        tuple(sorted(referents)),
        tuple(claims),
    )


def launch(article: str, company: str, **mood: object) -> Reading:
    key = company.replace(" ", "_")
    return reading(
        article,
        [referent(article, company, "Company"), referent(article, "S1", "Product")],
        [
            claim(article, key, "launches", Ref("S1"), **mood),
            claim(article, "S1", "has_price", Value("money", f"{article} 537 dollars", "537", "USD"), 100),
        ],
    )


@pytest.fixture(scope="module")
def graph() -> Graph:
    rumour = reading(
        "c",
        [referent("c", "Alibaba", "Company"), referent("c", "Nvidia", "Company", "NVIDIA")],
        [
            claim("c", "Alibaba", "depends_on", Ref("Nvidia"), 50),
            claim("c", "Alibaba", "acquires", Ref("Nvidia"), 0, polarity=Polarity.NEGATIVE),
            claim("c", "Alibaba", "acquires", Ref("Nvidia"), 90, modality=Modality.POSSIBLE),
            claim("c", "Nvidia", "partners_with", Ref("Alibaba"), 130, attribution="an analyst"),
        ],
    )
    return Graph.of([rumour, launch("b", "Alibaba Group Ltd"), launch("a", "ALIBABA")], ONTOLOGY)


def test_claims_of_many_articles_become_one_fact(graph: Graph) -> None:
    (fact,) = graph.facts("Alibaba", "launches")
    assert [c.article for c in fact.claims] == ["a", "b"]
    assert fact.asserted
    assert fact.object == Ref("S1")
    assert graph.why(fact) == graph.why("alibaba", "launches", "S1") == list(fact.claims)


def test_values_are_one_by_meaning_not_by_wording(graph: Graph) -> None:
    (price,) = graph.facts("S1", "has_price")
    assert isinstance(price.object, Value)
    assert price.object.number == "537"
    assert len(price.claims) == 2
    assert list(graph.facts("S1", object=PRICE)) == [price]
    assert list(graph.facts("S1", object="537")) == [price]


def test_denied_hedged_and_reported_are_kept_but_not_asserted(graph: Graph) -> None:
    assert not list(graph.facts("Alibaba", "acquires"))
    moods = {(f.polarity, f.modality) for f in graph.facts("Alibaba", "acquires", asserted=False)}
    assert moods == {(Polarity.NEGATIVE, Modality.ASSERTED), (Polarity.POSITIVE, Modality.POSSIBLE)}
    assert [f.asserted for f in graph.facts("Nvidia", asserted=None)] == [False]
    assert len(graph.why("Alibaba", "acquires", "Nvidia")) == 2


@pytest.mark.parametrize(
    ("mood", "plain"),
    [
        ({}, True),
        ({"polarity": Polarity.NEGATIVE}, False),
        ({"modality": Modality.PLANNED}, False),
        ({"attribution": "Reuters"}, False),
    ],
)
def test_the_policy(mood: dict[str, object], plain: bool) -> None:
    assert asserted(claim("a", "X", "launches", Ref("Y"), **mood)) is plain


def test_one_own_voice_witness_asserts_a_reported_fact() -> None:
    graph = Graph.of([launch("a", "Alibaba", attribution="Reuters"), launch("b", "Alibaba")], ONTOLOGY)
    (fact,) = graph.facts("Alibaba", "launches")
    assert len(fact.claims) == 2


def test_entities_are_found_by_id_label_or_alias(graph: Graph) -> None:
    assert graph.entity("Nvidia") is graph.entity("NVIDIA") is graph.entity("nvidia")
    assert graph.entity("Alibaba Group").id == "Alibaba"
    with pytest.raises(GraphError, match="Alibaba"):
        graph.entity("Alibabba")
    with pytest.raises(GraphError, match="no entity is called"):
        graph.why("Nobody", "launches", "S1")
    assert not list(graph.facts("Nobody"))


def test_an_ambiguous_name_is_an_error_that_lists_the_ids() -> None:
    cooks = [
        reading(a, [referent(a, "Cook", "Person")], [claim(a, "Cook", "launches", "a plan")]) for a in "ab"
    ]
    graph = Graph.of(cooks, ONTOLOGY)
    with pytest.raises(GraphError, match="Cook_a, Cook_b"):
        graph.entity("Cook")
    assert len(list(graph.facts("Cook"))) == 2


def test_neighbours_follow_asserted_facts_both_ways(graph: Graph) -> None:
    assert [e.id for e in graph.neighbours("Alibaba")] == ["Nvidia", "S1"]
    assert [e.id for e in graph.neighbours("S1")] == ["Alibaba"]


def test_an_empty_graph_answers() -> None:
    empty = Graph.of([], ONTOLOGY)
    assert not list(empty.facts())
    assert not list(empty.claims())
    assert not empty.entities
    assert not empty.articles


def test_facts_of_all_subjects_are_the_facts_of_each(graph: Graph) -> None:
    everything = list(graph.facts(asserted=None))
    assert everything == list(graph.facts_all)
    assert everything == [f for e in graph.entities for f in graph.facts(e.id, asserted=None)]


def test_a_thing_has_no_fact_about_itself() -> None:
    twice = reading(
        "a",
        [referent("a", "Alibaba", "Company"), referent("a", "Alibaba Ltd", "Company")],
        [claim("a", "Alibaba", "owns", Ref("Alibaba_Ltd"))],
    )
    assert not Graph.of([twice], ONTOLOGY).facts_all


def test_two_texts_under_one_id_are_an_error() -> None:
    with pytest.raises(GraphError, match="two different texts"):
        Graph.of([launch("a", "X"), reading("a", [], [], digest="other")], ONTOLOGY)


def test_graphs_of_different_ontologies_do_not_merge(graph: Graph) -> None:
    other = Graph.of([], Ontology({}, {}, digest="other"))
    with pytest.raises(GraphError, match="different ontologies"):
        merge(graph, other)


def test_removing_an_article(graph: Graph) -> None:
    assert graph.remove("c").articles == ("a", "b")
    with pytest.raises(GraphError, match="no article 'z'"):
        graph.remove("z")


COMPANIES = ["Alibaba", "ALIBABA", "Alibaba Group Ltd", "Nvidia", "Tim Cook"]
GRAPHS = st.lists(st.tuples(st.sampled_from("abcdef"), st.just(0)), max_size=5).map(
    lambda picks: Graph.of([launch(a, COMPANIES[ord(a) % len(COMPANIES)]) for a, _ in picks], ONTOLOGY)
)


def same(a: Graph, b: Graph) -> bool:
    """Equal in what was read and in everything derived from it."""
    return a == b and a.entities == b.entities and a.facts_all == b.facts_all


@settings(max_examples=40, deadline=None)
@given(GRAPHS, GRAPHS, GRAPHS)
def test_merge_is_commutative_associative_and_idempotent(a: Graph, b: Graph, c: Graph) -> None:
    assert same(merge(a, b), merge(b, a))
    assert same(merge(merge(a, b), c), merge(a, merge(b, c)))
    assert same(merge(a, a), a)
    assert same(merge(a, Graph.of([], ONTOLOGY)), a)


@settings(max_examples=30, deadline=None)
@given(GRAPHS)
def test_removing_what_was_added_gives_the_graph_back(a: Graph) -> None:
    extra = Graph.of([launch("zz", "Alibaba Group Ltd")], ONTOLOGY)
    assert same(merge(a, extra).remove("zz"), a)


def test_the_order_of_readings_changes_nothing(graph: Graph) -> None:
    for order in itertools.permutations(graph.readings):
        assert same(Graph.of(order, ONTOLOGY), graph)


def test_one_text_read_from_two_paths_counts_once() -> None:
    one = launch("a", "Alibaba")
    other = Reading(**{name: getattr(one, name) for name in one.__slots__} | {"source": "elsewhere/a.txt"})
    assert Graph.of([one, other], ONTOLOGY) == Graph.of([other, one], ONTOLOGY)
    assert len(Graph.of([one, other], ONTOLOGY).readings) == 1
