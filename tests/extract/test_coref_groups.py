"""Groups said by their number: which members "both firms" and "the two companies" have. On hand-built parses, without the pipeline."""

from __future__ import annotations

import pytest

import kg
from kg.extract.coref import chains
from kg.extract.coref.groups import groups, spread
from kg.extract.mentions import Mentions
from kg.model import Context, Form, Frame, Role, Span
from tests.extract.parse import parse

ONTOLOGY = kg.load_ontology()
PAIR = (
    "Mars/PROPN/nsubj/3 and/CCONJ/cc/2 Kellanova/PROPN/conj/0 spoke/VERB/ROOT/3/speak ./PUNCT/punct/3 "
    "{}/DET/det/6 firms/NOUN/nsubj/7/firm/NNS grew/VERB/ROOT/7/grow ./PUNCT/punct/7"
)
THREE = "Acme/PROPN/nsubj/1 rose/VERB/ROOT/1/rise ./PUNCT/punct/1 "


def shifted(line: str, by: int) -> str:
    """A hand-built parse moved right."""
    rows = [word.split("/") for word in line.split()]
    return " ".join("/".join([*row[:3], str(int(row[3]) + by), *row[4:]]) for row in rows)


def found(line: str, names: list[int]) -> dict[str, list[str]]:
    """Group phrase -> names of its members."""
    doc = parse(line, [(n, n + 1, "ORG") for n in names])
    mentions = [m for m in Mentions(doc, ONTOLOGY, ()).all() if m.form not in (Form.VALUE, Form.CLAUSE)]
    made = groups(doc.text, mentions, chains(mentions, doc, ONTOLOGY), ONTOLOGY)
    assert all(member.span == group.span for group, members in made.items() for member in members)
    return {group.text: [member.text for member in members] for group, members in made.items()}


def test_both_firms_are_the_two_named() -> None:
    assert found(PAIR.format("Both"), [0, 2]) == {"firms": ["Mars", "Kellanova"]}


@pytest.mark.parametrize("word", ["The", "Some"])
def test_without_a_number_there_is_no_group(word: str) -> None:
    assert found(PAIR.format(word), [0, 2]) == {}


def test_of_three_firms_those_named_side_by_side_are_both() -> None:
    assert found(THREE + shifted(PAIR.format("Both"), 3), [0, 3, 5]) == {"firms": ["Mars", "Kellanova"]}


def test_of_three_firms_apart_nobody_knows_which() -> None:
    after = shifted(THREE, 5)
    apart = PAIR.format("Both").split()
    line = " ".join(apart[:5]) + " " + after + " " + shifted(" ".join(apart[5:]), 3)
    assert found(line, [0, 2, 5]) == {}


def test_what_is_said_of_a_group_is_said_of_each_member() -> None:
    doc = parse(PAIR.format("Both"), [(0, 1, "ORG"), (2, 3, "ORG")])
    mentions = [m for m in Mentions(doc, ONTOLOGY, ()).all() if m.form not in (Form.VALUE, Form.CLAUSE)]
    members = groups(doc.text, mentions, chains(mentions, doc, ONTOLOGY), ONTOLOGY)
    (group,) = members
    frame = Frame(
        "verbs.clause",
        "verb",
        ("grow",),
        Span(36, 40),
        "grew",
        (Role("subj", (group,), group.phrase),),
        Span(25, 41),
        Context(),
    )
    assert [m.text for m in spread(frame, members).roles[0].mentions] == ["Mars", "Kellanova"]
    assert spread(frame, {}) is frame
