"""A definite description that goes back to a name says what the named thing is."""

import pytest

import kg
from kg.extract.descriptions import RULE
from kg.extract.read import read_article
from kg.model import Article, Span
from kg.rdf.schema import load_ontology

ONTOLOGY = load_ontology()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Norda cut its forecast on Monday. The Danish brewer said sales were weak.", {"Norda": "Danish brewer"}),
        ("Norda cut its forecast. The company sells 40 beers.", {}),
        ("Orlund launched the Fjord S1 glasses. The S1 glasses cost 40 euros.", {}),
    ],
)  # fmt: skip
def test_what_a_name_is_called(text: str, kinds: dict[str, str]) -> None:
    reading = read_article(Article("a", text), ONTOLOGY, kg.load_pipeline())
    said = [claim for claim in reading.claims if claim.rule == RULE]
    assert {claim.subject: claim.object for claim in said} == kinds
    for claim in said:  # the witness is the sentence that uses the words
        assert claim.relation == "is_a"
        assert isinstance(claim.subject_span, Span)
        assert claim.sentence.start <= claim.subject_span.start < claim.sentence.end
        assert text[claim.sentence.start : claim.sentence.end] == claim.quote
