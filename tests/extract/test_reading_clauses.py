"""Duties, blame, causes and shared participles, read from whole sentences with the shipped pipeline."""

from __future__ import annotations

import pytest

from tests.extract.test_reading import NLP, facts


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "Tamar Markets is authorised and regulated by the Financial Conduct Authority.",
            ("Tamar Markets", "regulated_by", "Financial Conduct Authority"),
        ),
        ("Jill Ward will found Ward Aviation.", ("Ward Aviation", "founded_by?", "Jill Ward")),
        ("Osric Foods is in talks to buy Tern Labs.", ("Osric Foods", "acquires?", "Tern Labs")),
        (
            "Orlund faces a lawsuit by the city of Ghent over the spill.",
            ("Ghent", "sues", "Orlund"),
        ),
    ],
)
def test_verbs(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "Norda Group must give up 14 landing slots, Brussels said.",
            ("Norda Group", "required_to", "give up 14 landing slots"),
        ),
        ("Norda has to sell its ferry arm.", ("Norda", "required_to", "sell its ferry arm")),
        (
            "Velox, which has been under pressure from Norda, must publish its review.",
            ("Velox", "required_to", "publish its review"),
        ),
        ("Orlund may have to sell its ferry arm.", ("Orlund", "required_to?", "sell its ferry arm")),
        ("Kestrel Bank was told to hire a monitor.", ("Kestrel Bank", "required_to", "hire a monitor")),
        (
            "Orlund has until Friday to answer the charges.",
            ("Orlund", "required_to", "answer the charges"),
        ),
        (
            "The merger must be approved by the cartel office.",
            ("merger", "requires_approval_from", "cartel office"),
        ),
        (
            "The European Commission has yet to rule on the merger.",
            ("merger", "requires_approval_from", "European Commission"),
        ),
    ],
)
def test_duties(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Norda must have known of the leak.",
        "Norda must not sell the mill.",
        "Norda has yet to sell its mill.",
        "Ann Lee told Norda that it had sold the mill.",
        '"We must do better," said Ann Lee, chief executive of Norda.',
        "Carterly is said to have sold its mill.",
    ],
)
def test_no_duties(text: str) -> None:
    assert not any(relation.startswith("required_to") for _, relation, _ in facts(text))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "The court ruled that Searchlight had abused its dominance.",
            ("Searchlight", "found_liable_for", "abused its dominance"),
        ),
        (
            "The court ruled that Velox had not misled passengers.",
            ("Velox", "not found_liable_for", "misled passengers"),
        ),
        (
            "Whistleblowers claim Velox hid losses from its auditors.",
            ("Velox", "accused_of", "hid losses from its auditors"),
        ),
        (
            "Norda rejected allegations that it had bribed port officials.",
            ("Norda", "accused_of", "bribed port officials"),
        ),
    ],
)
def test_blame(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "The court ruled that the merger could proceed.",
        "The regulator found that prices had risen.",
        "Velox plans to copy Norda.",
    ],
)
def test_no_blame(text: str) -> None:
    assert not any(relation.startswith(("found_liable_for", "accused_of")) for _, relation, _ in facts(text))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Norda cut 300 jobs due to weak demand.", ("Norda", "motivated_by", "weak demand")),
        (
            "Castell Ports suspended loading because the crane had collapsed.",
            ("Castell Ports", "motivated_by", "the crane had collapsed"),
        ),
        (
            "Output halved as a result of a shortage of chlorine.",
            ("shortage of chlorine", "causes", "Output halved"),
        ),
        (
            "Shares in Norda rose on the back of a strong outlook for vans.",
            ("strong outlook for vans", "causes", "Shares in Norda rose"),
        ),
        ("The delay was due to a shortage of chips.", ("shortage of chips", "causes", "delay")),
    ],
)
def test_causes(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(text)


def test_what_is_due_to_happen_has_no_cause() -> None:
    found = facts("The loan is due to be repaid in May.") | facts(
        "In response to a query, Velox said it was fine."
    )
    assert not any(relation.startswith(("causes", "motivated_by")) for _, relation, _ in found)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "Norda Group, formerly known as Velox, makes vans.",
            ("Norda Group", "formerly_named", "Velox"),
        ),
        ("Norda Group, formerly known as Velox, makes vans.", ("Norda Group", "manufactures", "vans")),
        ("Velox rebranded as Norda Group last year.", ("Norda Group", "formerly_named", "Velox")),
        ("Orlund fined €4m over price fixing", ("Orlund", "incurs_fine", "€4m")),
        (
            "Norcliffe Power ordered to refund customers",
            ("Norcliffe Power", "required_to", "refund customers"),
        ),
        ("The CMA hit Velox with a £5 million fine.", ("Velox", "incurs_fine", "£5 million")),
        ("Norda awaits Beijing's verdict on the deal.", ("deal", "requires_approval_from", "Beijing")),
        ("The lawsuit that Orlund filed against Velox was long.", ("Orlund", "sues", "Velox")),
        ("Orlund stopped making typewriters in 2003.", ("Orlund", "discontinues", "typewriters")),
        ("Norda bought not Velox but Tern Labs.", ("Norda", "acquires", "Tern Labs")),
        (
            "The purpose of the visit was to inspect the welds.",
            ("visit", "has_purpose?", "inspect the welds"),
        ),
        ("Velox is the subject of an investigation by the FTC.", ("FTC", "investigates", "Velox")),
        ("The deal gives Volta the right to hold deposits.", ("deal", "enables", "hold deposits")),
    ],
)
def test_constructions(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(text)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Tern Labs wins approval for its flu jab.", "approves"),
        ("Norda bought not Velox but Tern Labs.", "not acquires"),
        ("A committee has yet to approve the sale of the lottery to Norda Capital.", "not divests"),
        ("The CMA hit Velox with a £5 million fine.", "causes"),
        ("The purpose of the visit was to inspect the welds.", "investigates?"),
        ("Velox came under scrutiny from the FTC.", "misses_estimate"),
        ("Norda told reporters it had sold the mill.", "required_to"),
    ],
)
def test_what_is_not_said(text: str, relation: str) -> None:
    assert relation not in {said for _, said, _ in facts(text)}


def test_a_full_stop_behind_an_amount_ends_the_sentence() -> None:
    assert [token.text for token in NLP.tokenizer("It lost $2m.")] == ["It", "lost", "$", "2", "m", "."]
    found = facts("Norda made a profit of $5m in 2024 and Velox a loss of $2m.")
    assert ("Norda", "has_profit", "$2m") not in found
