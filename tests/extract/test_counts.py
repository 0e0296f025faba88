"""Counts: what is counted is a thing, and some of several things are one mention."""

import pytest

import kg
from kg.extract.mentions import Mentions
from kg.extract.values import find_values
from kg.model import Form, Mention, Value
from kg.rdf.schema import load_ontology

ONTOLOGY = load_ontology()


@pytest.fixture(scope="module")
def read() -> object:
    nlp = kg.load_pipeline()

    def mentions(text: str) -> dict[str, Mention]:
        doc = nlp(text)
        values = find_values(text, ONTOLOGY.words)
        found = Mentions(doc, ONTOLOGY, values)
        return {mention.text: mention for _, mention in found.placed()}

    return mentions


def test_counted_things_are_things_with_a_number(read) -> None:  # type: ignore[no-untyped-def]
    estates = read("Sorenta sold eleven estates to Norda.")["eleven estates"]
    assert estates.form is Form.NOMINAL
    assert estates.value == Value("quantity", "eleven estates", number="11", unit="estates")


def test_measures_stay_values(read) -> None:  # type: ignore[no-untyped-def]
    assert read("The plant uses 40 megawatts.")["40 megawatts"].form is Form.VALUE


def test_some_of_several_things_are_one_mention_of_their_class(read) -> None:  # type: ignore[no-untyped-def]
    stores = read("Norda will close 28 of its 141 stores in May.")["28 of its 141 stores"]
    assert (stores.type, stores.plural) == ("Facility", True)


def test_a_phrase_has_a_core(read) -> None:  # type: ignore[no-untyped-def]
    text = "Norda closed a plant outside Almaty."
    assert read(text)["plant outside Almaty"].core.of(text) == "plant"
