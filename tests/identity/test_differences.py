"""What a decision changed, shown; and why an entity is what it is."""

from __future__ import annotations

from dataclasses import replace

import kg
from kg.identity.reasons import Reasons
from kg.identity.types import Ballot, ballots
from kg.model import Claim, Ref, Span
from kg.resolve.decisions import Decisions
from tests.resolve.test_decisions import META, graph, named, reading

BUYS = Claim("b", "Facebook", "subsidiary_of", Ref("Instagram"), Span(0, 24), "Facebook is in Instagram", "t")
BUYER = replace(reading("b", named("b", "Facebook"), named("b", "Instagram", "Platform")), claims=(BUYS,))
MERGED = Decisions.of(same=(("Meta", "Facebook"),))


def changes(old: kg.Graph, new: kg.Graph) -> list[tuple[str, str, str]]:
    return [(c.change, c.subject, c.detail) for c in kg.differences(old, new)]


def test_nothing_differs_from_itself() -> None:
    assert changes(graph(META, BUYER), graph(BUYER, META)) == []


def test_a_merge_and_its_undoing() -> None:
    before, after = graph(META, BUYER), graph(META, BUYER, decisions=MERGED)
    label = after.entity("Meta").label
    assert label == "Facebook"
    assert changes(before, after) == [
        ("changed", "Facebook", "also called Meta"),
        ("merged", "Meta", "now part of Facebook"),
    ]
    assert changes(after, before) == [
        ("changed", "Facebook", "no longer called Meta"),
        ("split", "Meta", "was part of Facebook"),
    ]


def test_a_new_name_is_no_loss_and_facts_follow_it() -> None:
    renamed = graph(BUYER, decisions=Decisions.of(rename=(("Facebook", "Meta Platforms"),)))
    assert [line[0] for line in changes(graph(BUYER), renamed)] == ["changed"] * 3  # label, id, names


def test_facts_and_entities_come_and_go() -> None:
    assert changes(graph(META), graph(META, BUYER)) == [
        ("added", "Facebook", "Organization, 1 article"),
        ("added", "Instagram", "Platform, 1 article"),
        ("added", "Facebook", "subsidiary_of Instagram"),
    ]
    assert [line[0] for line in changes(graph(META, BUYER), graph(META))] == ["removed"] * 3


def test_reasons_carry_the_sentence() -> None:
    made = graph(META, BUYER, decisions=MERGED)
    (merge,) = Reasons(made).made(made.entity("Facebook"))
    assert (merge.name, merge.other, merge.rung, merge.score) == ("Meta", "Facebook", "your decision", 1.0)
    proposed = graph(BUYER, reading("c", named("c", "Meta", "Organization", "Facebook")))
    (merge,) = Reasons(proposed).proposed()
    assert (merge.name, merge.rung, merge.made, merge.evidence) == (
        "Facebook",
        "other name",
        False,
        BUYS.quote,
    )


def test_ballots_show_who_spoke_for_a_class() -> None:
    made = graph(BUYER, META, decisions=Decisions.of(type=(("Facebook", "Company"),)))
    found = ballots(made, made.entity("Facebook"))
    assert Ballot("you", "Company", 1, "Facebook") in found
    assert Ballot("articles", "Organization", 2, "b") in found
    assert any(ballot.source == "relation" and ballot.detail == "subsidiary_of …" for ballot in found)
