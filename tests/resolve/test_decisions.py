"""A person's decisions and list of entities: what they do, what goes before what, and that they can be taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.graph import Graph
from kg.model import Claim, Form, Reading, Ref, Referent, Span
from kg.rdf.codec import decode, to_nquads
from kg.resolve.catalogue import Catalogue, Known
from kg.resolve.decisions import Decisions
from kg.resolve.identity import Identity

ONTOLOGY = kg.load_ontology()


def named(article: str, name: str, kind: str = "Organization", *aliases: str) -> Referent:
    return Referent(
        article,
        name,
        name,
        Form.NAME.value,
        ((kind, 2),) if kind else (),
        tuple(sorted(aliases)),
        (Span(0, 3),),
        (),
        ("",),
    )


def reading(article: str, *referents: Referent, claims: tuple[Claim, ...] = ()) -> Reading:
    ordered = tuple(sorted(referents, key=lambda r: r.key))
    return Reading(article, article, "", dt.date(2025, 1, 1), f"digest {article}", 100, ordered, claims)


def graph(*readings: Reading, decisions: Decisions | None = None, known: Catalogue | None = None) -> Graph:
    return Graph.of(readings, ONTOLOGY, Identity(decisions or Decisions(), known or Catalogue()))


def groups(made: Graph) -> set[frozenset[str]]:
    """Each entity as the set of "article/key" that it stands for."""
    return {frozenset("/".join(place) for place in entity.referents) for entity in made.entities}


META = reading("a", named("a", "Meta"))
FACEBOOK = reading("b", named("b", "Facebook"))
BOTH = reading("c", named("c", "Meta", "Company", "Facebook"))


def test_same_joins_and_can_be_taken_back() -> None:
    before = graph(META, FACEBOOK)
    assert groups(before) == {frozenset({"a/Meta"}), frozenset({"b/Facebook"})}
    decided = graph(META, FACEBOOK, decisions=Decisions.of(same=(("Meta", "Facebook"),)))
    assert groups(decided) == {frozenset({"a/Meta", "b/Facebook"})}
    assert [join.rung for join in decided.linking.joins] == ["your decision"]
    assert to_nquads(graph(META, FACEBOOK)) == to_nquads(before)
    assert decode(to_nquads(decided)) == decided
    assert decode(to_nquads(decided)).entities == decided.entities


def test_different_undoes_what_one_article_has_merged() -> None:
    said = Claim(
        "c",
        "Meta",
        "launches",
        "Threads",
        Span(0, 26),
        "Facebook launches Threads.",
        "t",
        subject_span=Span(0, 8),
    )
    both = replace(BOTH, claims=(said,))
    before = graph(META, FACEBOOK, both)
    assert groups(before) == {frozenset({"a/Meta", "c/Meta"}), frozenset({"b/Facebook"})}
    assert [(join.rung, join.made) for join in before.linking.joins] == [("other name", False)]
    decided = graph(META, FACEBOOK, both, decisions=Decisions.of(different=(("Meta", "Facebook"),)))
    assert groups(decided) == {frozenset({"a/Meta", "c/Meta"}), frozenset({"b/Facebook", "c/Meta~Facebook"})}
    assert [fact.subject for fact in before.facts()] == ["Meta"]
    assert [fact.subject for fact in decided.facts()] == ["Facebook"]


@pytest.mark.parametrize("names", [("Meta", "Facebook"), ("Meta @ a", "Facebook @ b")])
def test_different_goes_before_same_and_before_a_list(names: tuple[str, str]) -> None:
    decisions = Decisions.of(same=(("Meta", "Facebook"),), different=(names,))
    known = Catalogue((Known("Q380", ("Meta", "Facebook")),))
    decided = graph(META, FACEBOOK, decisions=decisions, known=known)
    assert len(decided.entities) == 2
    assert "stay apart" in decided.linking.problems[0]


def test_one_name_is_parted_by_article() -> None:
    readings = [reading(a, named(a, "Delta")) for a in "abc"]
    decided = graph(*readings, decisions=Decisions.of(different=(("Delta", "Delta @ b"),)))
    assert groups(decided) == {frozenset({"a/Delta", "c/Delta"}), frozenset({"b/Delta"})}


def test_rename_and_type() -> None:
    decisions = Decisions.of(
        rename=(("Meta", "Meta Platforms"),), type=(("Meta", "Regulator"), ("Facebook", "Nonsense"))
    )
    decided = graph(META, FACEBOOK, decisions=decisions)
    entity = decided.entity("Meta Platforms")
    assert (entity.id, entity.type, entity.aliases) == ("Meta_Platforms", "Regulator", ("Meta",))
    assert decided.linking.problems == (
        "type 'Facebook': 'Nonsense' is no class of the ontology; left as it was",
    )


def test_a_decision_about_nothing_is_told_and_does_nothing() -> None:
    decided = graph(META, decisions=Decisions.of(same=(("Meta", "Quorvane"),)))
    assert len(decided.entities) == 1
    assert "'Quorvane' names nothing" in decided.linking.problems[0]


def test_known_entities_give_their_ids_and_join_their_names() -> None:
    known = Catalogue.of(
        [Known("Q380", ("Meta Platforms", "Meta", "Facebook"), "Company", (), ("https://a.example/1",))]
    )
    decided = graph(META, FACEBOOK, known=known)
    (entity,) = decided.entities
    assert (entity.id, entity.label, entity.type) == ("Q380", "Meta Platforms", "Company")
    assert entity.aliases == ("Facebook", "Meta")
    assert entity.same_as == ("https://a.example/1",)
    assert "owl:sameAs <https://a.example/1>" in kg.to_turtle(decided)
    assert decode(to_nquads(decided)).entities == decided.entities


def test_an_iri_of_the_list_is_the_nodes_iri() -> None:
    iri = "http://www.wikidata.org/entity/Q380"
    decided = graph(META, known=Catalogue((Known(iri, ("Meta",)),)))
    assert decided.entities[0].id == iri
    assert f"<{iri}>" in kg.to_turtle(decided)
    assert kg.query(decided, f"SELECT ?name WHERE {{ <{iri}> rdfs:label ?name }}").rows == [["Meta"]]


def test_an_ambiguous_name_is_linked_to_neither_unless_context_tells() -> None:
    known = Catalogue.of(
        [
            Known("apple-records", ("Apple",), "", ("Beatles",)),
            Known("apple-inc", ("Apple",), "", ("iPhone",)),
        ]
    )
    readings = [
        reading("a", named("a", "Apple"), named("a", "iPhone", "Product")),
        reading("b", named("b", "Apple"), named("b", "Beatles", "Person")),
        reading("c", named("c", "Apple")),
    ]
    decided = graph(*readings, known=known)
    apples = {entity.id for entity in decided.entities if entity.label == "Apple"}
    assert apples == {"apple-inc", "apple-records", "Apple"}
    assert decided.entity("Apple").referents == (("c", "Apple"),)
    assert [(a.article, a.ids) for a in decided.linking.ambiguities] == [
        ("c", ("apple-inc", "apple-records"))
    ]


def test_a_name_that_is_an_id_too_still_means_everything_called_so() -> None:
    """`different: [Nvidia, Nvidia Corp]` holds for the person called Nvidia as well, whom `same` would bring in by another name."""
    readings = (
        reading("a", named("a", "Nvidia", "Organization"), named("a", "Nvidia Corp", "Organization")),
        reading("b", named("b", "Nvidia", "Person", "Ford")),
    )
    decisions = Decisions.of((("Ford", "Nvidia Corp"),), (("Nvidia", "Nvidia Corp"),))
    made = graph(*readings, decisions=decisions)
    assert all(len({key for _, key in e.referents} & {"Nvidia", "Nvidia_Corp"}) < 2 for e in made.entities)


def test_only_the_entries_that_occur_stay_with_the_graph() -> None:
    known = Catalogue((Known("1", ("Meta",)), Known("2", ("Quorvane",))))
    assert [entry.id for entry in graph(META, known=known).identity.catalogue.entries] == ["1"]


NAMES = [
    "Nvidia",
    "Nvidia Corp",
    "Ford",
    "Ford Motor",
    "Tim Cook",
    "Cook",
    "DPC",
    "Data Protection Commission",
]
SELECTORS = st.sampled_from([*NAMES, "Nvidia @ a", "Ford @ b", "Tim_Cook", "Nobody"])
GROUPS = st.lists(st.lists(SELECTORS, min_size=2, max_size=3, unique=True).map(tuple), max_size=3).map(tuple)
DECISIONS = st.builds(lambda same, different: Decisions.of(same, different), GROUPS, GROUPS)
REFERENTS = st.lists(
    st.builds(
        named,
        st.sampled_from("abc"),
        st.sampled_from(NAMES),
        st.sampled_from(["Organization", "Person", "Product"]),
        st.sampled_from(["DPC", "Nvidia", "Cook", "Ford"]),
    ),
    max_size=10,
    unique_by=lambda r: (r.article, r.key),
)


def readings_of(referents: list[Referent]) -> list[Reading]:
    return [
        reading(a, *(r for r in referents if r.article == a)) for a in sorted({r.article for r in referents})
    ]


@settings(max_examples=80, deadline=None)
@given(REFERENTS, DECISIONS, st.randoms(use_true_random=False))
def test_order_changes_nothing_and_different_beats_everything(
    referents: list[Referent], decisions: Decisions, random: object
) -> None:
    readings = readings_of(referents)
    made = graph(*readings, decisions=decisions)
    shuffled = [*readings, *readings]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert graph(*shuffled, decisions=decisions).entities == made.entities
    for group in decisions.different:
        plain = [name for name in group if name in NAMES and not any(f"{name} @" in other for other in group)]
        for entity in made.entities:
            names = {
                r.name
                for reading in made.readings
                for r in reading.referents
                if (r.article, r.key) in entity.referents
            }
            assert len(names & set(plain)) < 2


@settings(max_examples=40, deadline=None)
@given(REFERENTS, DECISIONS)
def test_taking_decisions_back_gives_the_same_bytes(referents: list[Referent], decisions: Decisions) -> None:
    readings = readings_of(referents)
    before = to_nquads(graph(*readings))
    decided = to_nquads(graph(*readings, decisions=decisions))
    assert to_nquads(graph(*readings)) == before
    assert decode(decided).identity.decisions == decisions


@settings(max_examples=40, deadline=None)
@given(REFERENTS, st.integers(0, 3))
def test_two_halves_merged_are_the_whole(referents: list[Referent], cut: int) -> None:
    readings = readings_of(referents)
    whole = graph(*readings)
    assert kg.merge(graph(*readings[:cut]), graph(*readings[cut:])).entities == whole.entities


def test_claims_follow_their_referent() -> None:
    said = Claim(
        "a", "Meta", "acquires", Ref("Instagram"), Span(0, 10), "Meta buys ", "t", subject_span=Span(0, 4)
    )
    one = reading("a", named("a", "Meta"), named("a", "Instagram"), claims=(said,))
    decided = graph(one, FACEBOOK, decisions=Decisions.of(same=(("Meta", "Facebook"),)))
    assert [(f.subject, f.object) for f in decided.facts()] == [("Facebook", Ref("Instagram"))]


def test_relations_elect_a_class_only_where_no_article_has_voted() -> None:
    said = Claim("a", "Quorvane", "subsidiary_of", Ref("Meta"), Span(0, 10), "Quorvane i", "t")
    silent = reading("a", named("a", "Quorvane", ""), named("a", "Meta"), claims=(said,))
    voted = reading("b", named("b", "Quorvane", "Product"))
    assert graph(silent).entity("Quorvane").type == "Organization"
    assert graph(silent, voted).entity("Quorvane").type == "Product"


def test_namesakes_stay_apart_by_employer_role_and_company() -> None:
    def works(article: str, firm: str, role: str) -> Reading:
        said = Claim(
            article,
            "Ann_Lee",
            "has_role_at",
            Ref(firm),
            Span(0, 4),
            "She.",
            "t",
            qualifiers=(("role", role),),
        )
        people = replace(named(article, "Ann Lee", "Person"), key="Ann_Lee")
        return reading(article, people, named(article, firm), claims=(said,))

    one, other = works("a", "Acme", "chief executive"), works("b", "Leeds", "striker")
    assert len({e.id for e in graph(one, other).entities if e.label == "Ann Lee"}) == 2
    assert len(graph(one, works("b", "Leeds", "chief executive")).entities) == 3  # she changed the firm
    silent = reading("c", replace(named("c", "Ann Lee", "Person"), key="Ann_Lee"))
    assert len(graph(one, silent).entities) == 2
    assert len(graph(one, other, silent).entities) == 5  # who is meant in c is open


def test_a_misspelt_firm_joins_and_a_series_does_not() -> None:
    names = [
        named("a", "Microsoft"),
        named("b", "Microsfot"),
        named("c", "iPhone 15", "Product"),
        named("d", "iPhone 16", "Product"),
    ]
    made = graph(*(reading(r.article, r) for r in names))
    assert frozenset({"a/Microsoft", "b/Microsfot"}) in groups(made)
    assert len(made.entities) == 3


def test_a_short_form_joins_its_one_owner_unless_an_article_names_both() -> None:
    full, short = (
        reading("a", named("a", "Micron Technology", "Company", "Micron")),
        reading("b", named("b", "Micron")),
    )
    assert len(graph(full, short).entities) == 1
    both = reading("c", named("c", "Micron Technology"), named("c", "Micron"))
    assert len(graph(full, short, both).entities) == 2


def test_a_former_name_and_a_domain_name() -> None:
    said = Claim("a", "Aldera", "formerly_named", "Castle Mills", Span(0, 6), "Aldera", "t")
    renamed = reading("a", named("a", "Aldera"), claims=(said,))
    assert len(graph(renamed, reading("b", named("b", "Castle Mills"))).entities) == 1
    shop = [reading("a", named("a", "Booking.com", "Company")), reading("b", named("b", "Booking"))]
    assert len(graph(*shop).entities) == 1


def test_nicknames_and_initials_need_company() -> None:
    def with_disney(article: str, name: str) -> Reading:
        return reading(article, named(article, name, "Person"), named(article, "Disney"))

    bob, robert, initial = (
        with_disney(a, n) for a, n in (("a", "Bob Iger"), ("b", "Robert Iger"), ("c", "R. Iger"))
    )
    assert len(graph(bob, robert, initial).entities) == 2
    assert len(graph(bob, reading("b", named("b", "Robert Iger", "Person"))).entities) == 3
    assert len(graph(initial, robert, with_disney("d", "Rosa Iger")).entities) == 4
