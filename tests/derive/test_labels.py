"""Labels, comments and classes of an own ontology become cues and kinds of names: every shape of label, no Turtle, no model."""

from __future__ import annotations

import pytest

from kg.derive import Lexicon, comment_cues, label_cues, on_foundation, words_of
from kg.derive.comments import quoted_names
from kg.ontology import EntityType
from kg.rdf.derived import lexicon_of
from kg.rdf.schema import load_ontology

LEXICON: Lexicon = lexicon_of(load_ontology())


def cues(label: str, **how: bool) -> set[tuple[str, str, str, str]]:
    found = label_cues(label, LEXICON, **how).cues
    assert all(cue.source == label for cue in found)
    return {(cue.frame, cue.lemma, cue.subject, cue.object) for cue in found}


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("launches", ("verb", "launch", "subj", "obj")),
        ("worksFor", ("verb", "work", "subj", "for")),
        ("invests_in", ("verb", "invest", "subj", "in")),
        ("supplies", ("verb", "supply", "subj", "obj")),
        ("lies on", ("verb", "lie", "subj", "on")),
        ("takes over", ("verb", "take over", "subj", "obj")),
        ("takes_part_in", ("verb", "take part", "subj", "in")),
        ("owns", ("role", "owner", "subj", "of")),
        ("acquired_by", ("verb", "acquire", "obj", "subj")),
        ("was founded by", ("role", "founder", "of", "subj")),
        ("founded by", ("adjective", "founded", "subj", "by")),
        ("set up by", ("verb", "set up", "obj", "subj")),
        ("isBasedIn", ("verb", "base", "obj", "in")),
        ("isAvailableIn", ("adjective", "available", "subj", "in")),
        ("starring", ("verb", "star", "subj", "obj")),
        ("wrote", ("verb", "write", "subj", "obj")),
        ("studied at", ("verb", "study", "subj", "at")),
        ("acquired", ("verb", "acquire", "subj", "obj")),
        ("sold_to", ("verb", "sell", "obj", "to")),
        ("subsidiaryOf", ("role", "subsidiary", "subj", "of")),
        ("isPartOf", ("role", "part", "subj", "of")),
        ("chief executive of", ("role", "chief executive", "subj", "of")),
        ("member of political party", ("role", "member", "subj", "of")),
        ("album by", ("role", "album", "subj", "by")),
        ("hasCEO", ("role", "ceo", "of", "subj")),
        ("CEO", ("role", "ceo", "of", "subj")),
        ("head of state", ("role", "head of state", "of", "subj")),
        ("employer", ("role", "employer", "of", "subj")),
        ("employer", ("verb", "employ", "obj", "subj")),
        ("employee", ("verb", "employ", "subj", "obj")),
        ("record label", ("role", "record label", "of", "subj")),
        ("characters", ("role", "character", "of", "subj")),
        ("date of birth", ("verb", "bear", "obj", "on")),
        ("place of death", ("verb", "die", "subj", "in")),
        ("publication date", ("verb", "publish", "obj", "in")),
        ("headquartered in", ("adjective", "headquartered", "subj", "in")),
        ("headquarters location", ("verb", "headquarter", "obj", "in")),
        ("award received", ("verb", "receive", "subj", "obj")),
        ("product or material produced", ("verb", "produce", "subj", "obj")),
        ("languages spoken, written or signed", ("verb", "speak", "subj", "obj")),
        ("country of citizenship", ("role", "citizen", "subj", "of")),
        ("country of citizenship", ("demonym", "*", "subj", "of")),
        ("country", ("place", "*", "subj", "in")),
        ("located in the region", ("place", "*", "subj", "in")),
    ],
)
def test_a_label_says_how_sentences_state_it(label: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in cues(label)


def test_direction_is_in_the_cue() -> None:
    """No label yields a verb cue in both directions, but for symmetric relations."""
    for label in ("founded by", "founder", "owns", "employer", "acquired by", "parent company"):
        sides = {(lemma, frozenset((s, o))): (s, o) for frame, lemma, s, o in cues(label) if frame == "verb"}
        verbs = [(lemma, s, o) for frame, lemma, s, o in cues(label) if frame == "verb"]
        assert len(sides) == len(verbs), label
    married = cues("married to", symmetric=True)
    assert ("verb", "marry", "obj", "to") in married
    assert ("role", "spouse", "subj", "of") in cues("spouse", symmetric=True)


def test_verbs_of_many_meanings_ask_for_known_classes() -> None:
    strict = {cue.lemma: cue.strict for cue in label_cues("made by", LEXICON).cues if cue.frame == "verb"}
    assert strict == {"make": True}
    assert not any(c.strict for c in label_cues("founded by", LEXICON).cues)


def test_figures_are_measured() -> None:
    assert ("measure", "turnover", "holder", "value") in cues("turnover", literal=True)
    assert ("measure", "turnover", "holder", "value") not in cues("turnover")


@pytest.mark.parametrize(
    ("label", "domain", "range_"),
    [
        ("place of birth", ("Person",), ("Place",)),
        ("date of death", ("Person",), ("Date",)),
        ("country of citizenship", ("Person",), ("Country",)),
        ("father", (), ("Person",)),
        ("part of", (), ()),
    ],
)
def test_words_give_classes_away(label: str, domain: tuple[str, ...], range_: tuple[str, ...]) -> None:
    found = label_cues(label, LEXICON)
    assert (found.domain, found.range) == (domain, range_)


@pytest.mark.parametrize("label", ["", "__", "is", "...", "(of work)", "42", "[a-z]+", "日本", "a" * 500])
def test_odd_labels_do_no_harm(label: str) -> None:
    label_cues(label, LEXICON)


def test_names_without_words_have_no_cues() -> None:
    assert cues("") == cues("__") == cues("is") == set()


def test_words() -> None:
    assert words_of("hasCEOSince") == ("has", "ceo", "since")
    assert words_of("Électricité de France") == ("électricité", "de", "france")


def test_comments_tell_more() -> None:
    found = comment_cues("The organisation that built the ship.", ["ship"], ["organisation"], LEXICON)
    assert [(c.frame, c.lemma, c.subject, c.object) for c in found] == [("verb", "build", "obj", "subj")]
    found = comment_cues("A person who owns the horse.", ["person"], ["horse"], LEXICON)
    assert [(c.lemma, c.subject, c.object) for c in found] == [("own", "subj", "obj")]
    assert (
        comment_cues("Something that concerns everybody.", ["ship"], ["organisation"], LEXICON) == frozenset()
    )
    assert quoted_names('Also "maker" or “produced by”.') == ["maker", "produced by"]


def test_classes_find_their_place_on_the_shipped_ones() -> None:
    own = {name: EntityType(name, name.lower()) for name in ("Firm", "Human", "Person", "Album", "Gizmo")}
    own["Startup"] = EntityType("Startup", "startup", parents=("Firm",))
    names = {name: [kind.label] for name, kind in own.items()}
    found = on_foundation(own, names, load_ontology().types, LEXICON)
    assert found["Firm"].parents == ("Company",)
    assert found["Human"].parents == ("Person",)
    assert found["Album"].parents == ("Product",)
    assert found["Startup"].parents == ("Firm",), "a class above it has its place already"
    assert found["Gizmo"].parents == ()
    assert found["Person"].ner == {"PERSON"}
    assert "album" in found["Album"].nouns
    assert "album" not in found["Product"].nouns
