"""Typed pairs of the expression bank, on sentences of our own."""

from typing import Any

from kg.extract.pipeline.classes import collect
from kg.extract.pipeline.corpora.augment import cut
from kg.extract.pipeline.corpora.load import tokenizer
from kg.extract.pipeline.corpora.passage import Pair, Passage
from kg.extract.pipeline.corpora.relations import read_pairs, surface_places


def _fact(text: str, subject: str, relation: str, other: str, **more: Any) -> dict[str, Any]:
    return {
        "relation": relation,
        "subject_span": [text.index(subject), text.index(subject) + len(subject)],
        "object_span": [text.index(other), text.index(other) + len(other)],
        "polarity": "positive",
        **more,
    }


def _read(text: str, *facts: dict[str, Any]) -> Passage:
    tokens = tokenizer()(text)
    pairs = read_pairs({"text": text, "facts": list(facts)}, tokens)
    return Passage("expressions", "x-1", text, tokens, pairs=pairs)


def _said(passage: Passage, pair: Pair) -> tuple[str, str, str, str]:
    words = passage.words
    subject, other = (" ".join(words[slice(*place)]) for place in (pair.subject, pair.object))
    return subject, "+".join(sorted(pair.relations)), other, pair.mood


def test_facts_become_pairs_and_all_other_spans_counterexamples() -> None:
    text = "Shares in Brightwell rose after Norda agreed to buy the pump maker."
    fact = _fact(text, "Norda", "acquires", "the pump maker", modality="planned", object_name="Brightwell")
    passage = _read(text, fact)
    said = [_said(passage, pair) for pair in passage.pairs]
    assert said[0] == ("Norda", "acquires", "the pump maker", "planned")
    assert ("the pump maker", "", "Norda", "") in said
    assert all(not relation for _, relation, _, _ in said[1:])
    # the description stands for Brightwell, which is therefore no counterexample
    assert not any("Brightwell" in (subject, other) for subject, _, other, _ in said)


def test_a_symmetric_relation_is_no_counterexample_when_turned() -> None:
    text = "Norda does not compete with Alvion."
    passage = _read(text, _fact(text, "Norda", "competes_with", "Alvion", polarity="negative"))
    said = {_said(passage, pair) for pair in passage.pairs if pair.relations}
    assert said == {
        ("Norda", "competes_with", "Alvion", "denied"),
        ("Alvion", "competes_with", "Norda", "denied"),
    }


def test_two_relations_of_one_pair_stay_together() -> None:
    text = "Norda makes pumps."
    facts = [_fact(text, "Norda", relation, "pumps") for relation in ("develops", "manufactures")]
    passage = _read(text, *facts)
    assert _said(passage, passage.pairs[0])[1] == "develops+manufactures"
    classes = collect([passage])
    assert classes.relations == ("develops", "manufactures")
    assert classes.moods == ("asserted",)


def test_pairs_move_with_their_window() -> None:
    text = "It rained. Norda bought Alvion."
    passage = _read(text, _fact(text, "Norda", "acquires", "Alvion"))
    piece = cut(passage, 3, len(passage.spans))
    assert _said(piece, piece.pairs[0]) == ("Norda", "acquires", "Alvion", "asserted")
    assert all(pair.subject[0] >= 0 and pair.object[1] <= len(piece.spans) for pair in piece.pairs)


def test_places_end_at_function_words_and_changes_of_case() -> None:
    words = "Rivals of Norda Foods say its new plant is late".split()
    said = {" ".join(words[slice(*place)]) for place in surface_places(words)}
    assert {"Norda Foods", "its", "new plant", "plant", "Rivals"} <= said
    assert not any("of" in place.split() or "is" in place.split() for place in said)
