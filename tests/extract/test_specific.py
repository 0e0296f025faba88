"""What could be anybody's is refused; what is named, owned, pointed at or said again is not."""

import pytest

import kg
from kg.extract.read import read_article
from kg.extract.specific import is_bare
from kg.model import Article, Reading, Reason
from kg.rdf.schema import load_ontology

ONTOLOGY = load_ontology()


@pytest.mark.parametrize(
    ("phrase", "bare"),
    [
        ("companies", True),
        ("other companies", True),
        ("chip companies", False),
        ("Nissan's workforce", False),
    ],
)
def test_one_noun_behind_general_words_is_bare(phrase: str, bare: bool) -> None:
    assert is_bare(phrase, ONTOLOGY.words) is bare


@pytest.fixture(scope="module")
def read() -> object:
    nlp = kg.load_pipeline()
    return lambda text: read_article(Article("a", text), ONTOLOGY, nlp)


def reasons(reading: Reading) -> set[Reason]:
    return {rejection.reason for rejection in reading.rejections}


def test_gamers_in_general_are_refused(read) -> None:  # type: ignore[no-untyped-def]
    reading = read("Gamers seek thrills.")
    assert not reading.claims
    assert Reason.VAGUE in reasons(reading)


def test_a_firm_may_seek_thrills(read) -> None:  # type: ignore[no-untyped-def]
    assert [c.relation for c in read("Acme Corp. seeks thrills.").claims]


def test_a_phrase_does_not_say_itself(read) -> None:  # type: ignore[no-untyped-def]
    assert not read("Tariff-free entry ends.").claims


def test_counted_things_are_not_just_anybodys(read) -> None:  # type: ignore[no-untyped-def]
    assert Reason.VAGUE not in reasons(read("Eleven estates belong to Norda Corp."))


def test_where_a_thing_is_by_its_own_phrase_is_told_of_the_place(read) -> None:  # type: ignore[no-untyped-def]
    text = "Output fell at a battery factory near Leeds."
    said = [
        (c.subject_span.of(text), c.relation) for c in read(text).claims if c.object_span.of(text) == "Leeds"
    ]
    assert ("battery factory", "located_in") in said
