"""What kind of thing is said of one of many, and of whom a kind cannot be; what is denied of a pair stays denied."""

import pytest

import kg
from kg.extract.read import read_article
from kg.model import Article, Polarity, Reading
from kg.rdf.schema import load_ontology

ONTOLOGY = load_ontology()


@pytest.fixture(scope="module")
def read() -> object:
    nlp = kg.load_pipeline()
    return lambda text: read_article(Article("a", text), ONTOLOGY, nlp)


def kinds(reading: Reading) -> set[tuple[str, object]]:
    return {(claim.subject, claim.object) for claim in reading.claims if claim.relation == "is_a"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norda and Bolt are Danish brewers.", {("Norda", "Danish brewer"), ("Bolt", "Danish brewer")}),
        ("Norda and other Danish brewers cut prices.", {("Norda", "Danish brewer")}),
        ("Norda is one of the largest Danish brewers.", {("Norda", "largest Danish brewers")}),
        ("Analysts at banks, among them Osric and Halden, disagree.", set()),
    ],
)
def test_one_of_many(text: str, expected: set[tuple[str, str]], read) -> None:  # type: ignore[no-untyped-def]
    assert kinds(read(text)) == expected


def test_never_holds_for_all_that_is_read_of_the_two(read) -> None:  # type: ignore[no-untyped-def]
    claims = read("Sola Phones never got beyond 2 per cent of the market.").claims
    assert claims
    assert {claim.polarity for claim in claims} == {Polarity.NEGATIVE}
