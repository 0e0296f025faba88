"""Cues guessed from names, for ontologies without any."""

from __future__ import annotations

import pytest

from kg.rdf.plain import class_ner, class_nouns, cues_of, words_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("launches", ("verb", "launch", "subj", "obj")),
        ("worksFor", ("verb", "work", "subj", "for")),
        ("works for", ("verb", "work", "subj", "for")),
        ("invests_in", ("verb", "invest", "subj", "in")),
        ("supplies", ("verb", "supply", "subj", "obj")),
        ("takes over", ("verb", "take over", "subj", "obj")),
        ("takes_part_in", ("verb", "take part", "subj", "in")),
        ("acquired_by", ("verb", "acquire", "obj", "subj")),
        ("was founded by", ("verb", "found", "obj", "subj")),
        ("set up by", ("verb", "set up", "obj", "subj")),
        ("isBasedIn", ("verb", "base", "obj", "in")),
        ("isAvailableIn", ("adjective", "available", "subj", "in")),
        ("subsidiaryOf", ("role", "subsidiary", "subj", "of")),
        ("isPartOf", ("role", "part", "subj", "of")),
        ("chief executive of", ("role", "chief executive", "subj", "of")),
        ("hasCEO", ("role", "ceo", "of", "subj")),
        ("employer", ("role", "employer", "of", "subj")),
        ("acquired", ("verb", "acquire", "subj", "obj")),
        ("sold_to", ("verb", "sell", "obj", "to")),
    ],
)
def test_a_name_says_how_sentences_state_it(name: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in [(cue.frame, cue.lemma, cue.subject, cue.object) for cue in cues_of(name)]


def test_names_without_words_have_no_cues() -> None:
    assert cues_of("") == cues_of("__") == cues_of("is") == ()


def test_words_and_classes() -> None:
    assert words_of("hasCEOSince") == ("has", "ceo", "since")
    assert words_of("Électricité de France") == ("électricité", "de", "france")
    assert class_nouns("ElectricCar") == {"electric car"}
    assert class_ner("Organization") == {"ORG"}
    assert class_ner("Wombat") == frozenset()
