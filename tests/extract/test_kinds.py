"""What kind of thing something is, and who holds which post where: the constructions that say it, with the shipped pipeline."""

from __future__ import annotations

import pytest

from kg.extract.appositions import mend_appositions, mend_titles
from tests.extract.parse import parse
from tests.extract.test_reading import facts


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Jo Stanfield, the chief executive, resigned.", ("Jo Stanfield", "is_a", "chief executive")),
        ("It was backed by the mayor, Helen Ashworth.", ("Helen Ashworth", "is_a", "mayor")),
        (
            "Octavia Energy, the market leader with 8 million customers, has hired him.",
            ("Octavia Energy", "is_a", "market leader"),
        ),
        (
            "Energy supplier Brightspan of Norwich has stopped trading.",
            ("Brightspan", "is_a", "Energy supplier"),
        ),
        (
            "Norda Bank and the BRVE, the regional bourse shared by eight countries, are in talks.",
            ("BRVE", "is_a", "regional bourse"),
        ),
        (
            "The fund has put forward Keiji Oshima, a former deputy president of Tokyo Gas, and the lawyer Reiko Tanabe.",
            ("Reiko Tanabe", "is_a", "lawyer"),
        ),
        (
            "All staff will keep their jobs, administrators Claire Ollin and Ravi Gill of Interpath said on Friday.",
            ("Ravi Gill", "has_role_at", "Interpath"),
        ),
        (
            "Louis Abadie, Danone's head of south-east Europe, resigned.",
            ("Louis Abadie", "has_role_at", "Danone"),
        ),
        (
            "The current owners, among them the Canadian pension fund Omega, will be wiped out.",
            ("Omega", "is_a", "Canadian pension fund"),
        ),
    ],
)
def test_is_said(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(text)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("All staff will keep their jobs, administrators Claire Ollin and Ravi Gill said.", ("Claire Ollin", "is_a", "jobs")),
        ("Louis Abadie, Danone's head of south-east Europe, resigned.", ("Louis Abadie", "has_role_at", "Europe")),
        ("Jo Stanfield, chief executive of Norda, resigned.", ("Jo Stanfield", "is_a", "chief executive")),
    ],
)  # fmt: skip
def test_is_not_said(text: str, fact: tuple[str, str, str]) -> None:
    assert fact not in facts(text)


CLAUSE = (
    "Velox/PROPN/nsubj/7 ,/PUNCT/punct/3 the/DET/det/3 maker/NOUN/acl:relcl/0/maker/NN"
    " of/ADP/case/5 Zest/PROPN/nmod/3 ,/PUNCT/punct/0 rose/VERB/ROOT/7/rise/VBD"
)
REDUCED = (
    "Tarn/PROPN/nsubj/8 ,/PUNCT/punct/4 the/DET/det/3 firm/NOUN/nsubj/4/firm/NN"
    " founded/VERB/acl:relcl/0/found/VBN by/ADP/case/6 Lee/PROPN/obl:agent/4 ,/PUNCT/punct/0 rose/VERB/ROOT/8/rise/VBD"
)
RELATIVE = (
    "Tarn/PROPN/nsubj/7 ,/PUNCT/punct/5 the/DET/det/3 firm/NOUN/nsubj/5/firm/NN"
    " had/AUX/aux/5 said/VERB/acl:relcl/0/say/VBN ,/PUNCT/punct/0 rose/VERB/ROOT/7/rise/VBD"
)


def arcs(line: str, *names: int) -> set[tuple[str, str, str]]:
    doc = parse(line, [(place, place + 1, "ORG") for place in names])
    mend_titles(doc)
    mend_appositions(doc)
    return {(token.text, token.dep_, token.head.text) for token in doc}


def test_a_noun_read_as_a_clause_is_an_apposition() -> None:
    assert ("maker", "appos", "Velox") in arcs(CLAUSE, 0)


def test_a_participle_behind_an_apposition_is_its_own() -> None:
    assert {("firm", "appos", "Tarn"), ("founded", "acl", "firm")} <= arcs(REDUCED, 0)


def test_a_clause_with_a_subject_stays_one() -> None:
    assert ("firm", "nsubj", "said") in arcs(RELATIVE, 0)


def test_a_noun_and_the_name_behind_it_are_one_conjunct() -> None:
    line = (
        "met/VERB/ROOT/0/meet/VBD Ek/PROPN/obj/0 and/CCONJ/cc/3 singer/NOUN/conj/1/singer/NN Lee/PROPN/conj/1"
    )
    assert {("singer", "nmod:desc", "Lee"), ("and", "cc", "Lee")} <= arcs(line, 1, 4)
