"""Linking across articles: what becomes one entity, what stays apart, and that order never matters."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.model import Entity, Form, Referent, Span
from kg.resolve.link import Clusters, compatible, link, vote

ONTOLOGY = kg.load_ontology()


def named(
    article: str, name: str, kind: str = "Organization", *aliases: str, count: int = 1, local: bool = False
) -> Referent:
    """A referent with a name."""
    return Referent(
        article=article,
        key=name.replace(" ", "_"),
        name=name,
        form=Form.NAME.value,
        types=((kind, 1),) if kind else (),
        aliases=tuple(sorted(aliases)),
        mentions=tuple(Span(10 * i, 10 * i + 5) for i in range(count)),
        rungs=("",) * count,
        local=local,
    )


def phrase(article: str, text: str, kind: str = "", local: bool = False) -> Referent:
    """A referent without a name."""
    return Referent(article, text, text, Form.NOMINAL.value, ((kind, 1),) if kind else (), local=local)


def entities(*referents: Referent) -> dict[str, Entity]:
    """The linked entities by id."""
    return {entity.id: entity for entity in link(referents, ONTOLOGY)}


def test_one_nvidia() -> None:
    found = entities(
        named("a", "NVIDIA"),
        named("b", "Nvidia", count=3),
        named("c", "Nvidia Corp."),
        named("d", "Nvidia", kind=""),
    )
    assert list(found) == ["Nvidia"]
    assert found["Nvidia"].label == "Nvidia"
    assert found["Nvidia"].aliases == ("NVIDIA", "Nvidia Corp.")
    assert [article for article, _ in found["Nvidia"].referents] == ["a", "b", "c", "d"]


def test_a_lone_family_name_never_links_articles() -> None:
    found = entities(
        named("a", "Tim Cook", "Person", "Cook"),
        named("b", "Cook", "Person"),
        named("c", "Cook", "Person"),
        named("d", "Mr. Tim Cook", "Person"),
    )
    assert set(found) == {"Tim_Cook", "Cook_b", "Cook_c"}
    assert [article for article, _ in found["Tim_Cook"].referents] == ["a", "d"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ford", "Organization"), ("Ford Smith", "Person")),
        (("Washington", "Place"), ("Washington", "Organization")),
        (("Mars", "Organization"), ("Mars Incorporated UK", "Organization")),
        (("S1", "Product"), ("S1 Pro", "Product")),
    ],
)
def test_apart(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert len(entities(named("a", *one), named("b", *other))) == 2


def test_a_place_of_several_words_that_no_gazetteer_knows_is_a_misread_company() -> None:
    assert (
        len(entities(named("a", "Beacon Harbour Capital"), named("b", "Beacon Harbour Capital", "Place")))
        == 1
    )
    assert len(entities(named("a", "New York"), named("b", "New York", "City"))) == 2


def test_a_person_and_a_company_of_one_name() -> None:
    found = entities(
        named("a", "Morgan Stanley"), named("b", "Morgan Stanley", "Person"), named("c", "Morgan Stanley")
    )
    assert set(found) == {"Morgan_Stanley", "Morgan_Stanley_Person"}
    assert found["Morgan_Stanley"].type == "Organization"


def test_a_bare_acronym_joins_who_spelt_it_out() -> None:
    spelt = named("a", "Irish Data Protection Commission", "Regulator", "DPC")
    assert set(entities(spelt, named("b", "DPC"))) == {"Irish_Data_Protection_Commission"}
    other = named("c", "Digital Payments Council", "Organization", "DPC")
    assert set(entities(spelt, other, named("b", "DPC"))) == {
        "DPC",
        "Digital_Payments_Council",
        "Irish_Data_Protection_Commission",
    }
    assert len(entities(spelt, named("b", "DPC", "Person"))) == 2


def test_phrases_link_only_when_specific_and_alike() -> None:
    found = entities(
        phrase("a", "Chinese tech companies"),
        phrase("b", "Chinese tech companies"),
        phrase("a", "deal", local=True),
        phrase("b", "deal", local=True),
        phrase("b", "European tech companies"),
    )
    assert set(found) == {"Chinese_tech_companies", "deal_a", "deal_b", "European_tech_companies"}
    assert not found["deal_a"].named
    assert found["deal_a"].label == "deal"


def test_a_common_noun_is_no_company() -> None:
    assert len(entities(named("a", "Apple"), phrase("b", "apple"))) == 2
    assert len(entities(named("a", "Bitcoin", "Technology"), phrase("b", "bitcoin"))) == 1


def test_articles_with_one_title_stay_two() -> None:
    assert len(entities(named("a", "Market update", "Article"), named("b", "Market update", "Article"))) == 2


def test_spelt_out_label_beats_acronym_and_frequent_beats_rare() -> None:
    found = entities(
        named("a", "FSC"), named("b", "Financial Services Commission", "Regulator", "FSC"), named("c", "FSC")
    )
    assert list(found) == ["Financial_Services_Commission"]
    assert found["Financial_Services_Commission"].type == "Regulator"


def test_votes() -> None:
    assert vote([[("Organization", 3)], [("Company", 1)]], ONTOLOGY) == "Company"
    assert vote([[("Person", 2)], [("Company", 1)]], ONTOLOGY) == "Person"
    assert vote([], ONTOLOGY) in ONTOLOGY.types
    assert vote([[("Agent", 2)], [("Organization", 1)]], ONTOLOGY) == "Organization"  # "Danone, owner of …"
    assert vote([[("Agent", 2)]], ONTOLOGY) == "Agent"
    assert not compatible("Person", "Organization")
    assert compatible("", "Person")


NAMES = st.sampled_from(
    [
        "Nvidia",
        "NVIDIA",
        "Nvidia Corp",
        "Cook",
        "Tim Cook",
        "Mr Tim Cook",
        "Ford",
        "Mars",
        "Mars UK",
        "DPC",
        "Data Protection Commission",
    ]
)
REFERENTS = st.lists(
    st.builds(
        lambda article, name, kind, alias, local: named(article, name, kind, *alias, local=local),
        st.sampled_from("abc"),
        NAMES,
        st.sampled_from(["Organization", "Person", "Place", "Product", ""]),
        st.lists(st.sampled_from(["DPC", "NVDA", "Cook"]), max_size=1),
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda r: (r.article, r.key),
)


@settings(max_examples=100, deadline=None)
@given(REFERENTS, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(referents: list[Referent], random: object) -> None:
    expected = link(referents, ONTOLOGY)
    shuffled = referents + referents[:3]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert link(shuffled, ONTOLOGY) == expected
    assert len({entity.id for entity in expected}) == len(expected)
    places = [place for entity in expected for place in entity.referents]
    assert sorted(places) == sorted((r.article, r.key) for r in referents)


@settings(max_examples=60, deadline=None)
@given(REFERENTS)
def test_an_unrelated_article_renames_nothing(referents: list[Referent]) -> None:
    before = {entity.id for entity in link(referents, ONTOLOGY)}
    after = {entity.id for entity in link([*referents, named("z", "Quorvane Textiles")], ONTOLOGY)}
    assert after == before | {"Quorvane_Textiles"}


@given(st.integers(1, 30), st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=40))
def test_clusters_agree_with_connected_components(size: int, pairs: list[tuple[int, int]]) -> None:
    pairs = [(a, b) for a, b in pairs if a < size and b < size]
    sets, graph = Clusters(size), nx.empty_graph(size)
    for a, b in pairs:
        sets.join(a, b)
        graph.add_edge(a, b)
    assert sorted(sets.sets()) == sorted(sorted(part) for part in nx.connected_components(graph))
