"""Pairs of mentions that the typing head proposes: which, in which mood, and when none at all."""

from pathlib import Path

import numpy as np
import pytest
from spacy.tokens import Doc

from kg.extract.mentions import Mentions
from kg.extract.pairs import MOST_MENTIONS, RULE, _told_at, find_pairs
from kg.extract.pipeline import load_pipeline
from kg.extract.pipeline.typer import Typer
from kg.extract.read import read_article
from kg.extract.values import find_values
from kg.model import Article, Frame, Modality, Polarity, Ref
from kg.ontology import Ontology, Relation
from kg.rdf.schema import load_ontology
from tests.extract.parse import parse

WIDTH = 4
BOUGHT = (
    "Norda/PROPN/nsubj/3 may/AUX/aux/3 not/PART/advmod/3 buy/VERB/ROOT/3 Alvion/PROPN/obj/3"
    " for/ADP/case/8 $/SYM/nmod/8 5/NUM/nummod/8 million/NUM/obl/3"
)


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture
def typer(tmp_path: Path) -> Typer:
    """A head that finds every pair alike: "acquires" 0.97, any other relation and none 0.01 each."""
    return head(tmp_path, 4.5)


def head(folder: Path, surplus: float) -> Typer:
    """A head that gives "acquires" so many logits more than all else."""
    hidden = 2 * WIDTH
    shapes: dict[str, tuple[int, ...]] = {
        "subject": (hidden, 3 * WIDTH),
        "object": (hidden, 3 * WIDTH),
        "product": (hidden, WIDTH),
    }
    shapes |= {
        "seeker": (WIDTH, hidden),
        "found": (hidden, WIDTH),
        "relations": (4, hidden),
        "moods": (2, hidden),
    }
    weights: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = {}
    weights |= {f"{name}.weight": np.zeros(shape) for name, shape in shapes.items()}
    weights |= {f"{name}.bias": np.zeros(shape[0]) for name, shape in shapes.items()}
    weights["place.weight"] = np.zeros((30, WIDTH))
    weights["relations.bias"] = np.array([0.0, surplus, 0.0, 0.0])
    weights["moods.bias"] = np.zeros(2)
    np.savez(folder / "typing.npz", allow_pickle=False, **weights)
    return Typer(folder / "typing.npz", ("acquires", "sues", "no_such_relation"), ("asserted", "denied"))


def _pairs(doc: Doc, ontology: Ontology, typer: Typer) -> list[Frame]:
    doc.user_data["kg.typed"] = np.zeros((len(doc), WIDTH), dtype=np.float32)
    mentions = Mentions(doc, ontology, find_values(doc.text, ontology.words, None))
    return list(find_pairs(doc, mentions, ontology, typer))


def test_every_ordered_pair_is_rated_and_a_figure_is_no_subject(ontology: Ontology, typer: Typer) -> None:
    pairs = _pairs(parse(BOUGHT, ents=[(0, 1, "ORG"), (4, 5, "ORG")]), ontology, typer)
    said = {tuple(role.mentions[0].text for role in frame.roles) for frame in pairs}
    assert {("Norda", "Alvion"), ("Alvion", "Norda"), ("Norda", "$5 million")} <= said
    assert not any(subject == "$5 million" for subject, _ in said)


def test_a_proposal_carries_rule_and_probability(ontology: Ontology, typer: Typer) -> None:
    frame = _pairs(parse(BOUGHT), ontology, typer)[0]
    assert (frame.cues, frame.rule) == (("acquires",), RULE)
    assert frame.confidence == pytest.approx(0.97, abs=0.01)


def test_a_likely_pair_needs_a_cue_word_of_its_relation_a_sure_one_does_not(
    ontology: Ontology, typer: Typer, tmp_path: Path
) -> None:
    cueless = BOUGHT.replace("buy/VERB/ROOT", "like/VERB/ROOT")
    likely = head(tmp_path, 1.5)
    assert _pairs(parse(BOUGHT), ontology, likely) != []
    assert _pairs(parse(cueless), ontology, likely) == []
    assert _pairs(parse(cueless), ontology, typer) != []


def test_a_likely_pair_stands_in_one_clause(ontology: Ontology, tmp_path: Path) -> None:
    apart = (
        "Norda/PROPN/nsubj/1 sank/VERB/ROOT/1 after/SCONJ/mark/4 Tern/PROPN/nsubj/4 bought/VERB/advcl/1/buy"
        " Alvion/PROPN/obj/4"
    )
    said = {
        tuple(role.mentions[0].text for role in frame.roles)
        for frame in _pairs(parse(apart), ontology, head(tmp_path, 1.5))
    }
    assert ("Tern", "Alvion") in said
    assert ("Norda", "Alvion") not in said


def test_the_mood_is_read_at_the_word_above_both(ontology: Ontology, typer: Typer) -> None:
    context = _pairs(parse(BOUGHT), ontology, typer)[0].context
    assert (context.polarity, context.modality) == (Polarity.NEGATIVE, Modality.POSSIBLE)


def test_a_question_proposes_nothing(ontology: Ontology, typer: Typer) -> None:
    asked = "Will/AUX/aux/2 Norda/PROPN/nsubj/2 buy/VERB/ROOT/2 Alvion/PROPN/obj/2 ?/PUNCT/punct/2"
    assert _pairs(parse(asked), ontology, typer) == []


def test_an_ontology_the_head_does_not_know_gets_no_proposals(typer: Typer) -> None:
    foreign = Ontology(types={}, relations={"frobs": Relation("frobs", "frobs")})
    assert _pairs(parse(BOUGHT), foreign, typer) == []


def test_a_parse_without_vectors_gets_no_proposals(ontology: Ontology, typer: Typer) -> None:
    doc = parse(BOUGHT)
    assert list(find_pairs(doc, Mentions(doc, ontology, ()), ontology, typer)) == []


def test_a_long_list_is_cut_to_the_mentions_that_say_most(ontology: Ontology, typer: Typer) -> None:
    names = [f"Firm{letter}/PROPN/conj/0" for letter in "ABCDEFGHIJKLMNOPQ"]
    doc = parse("Norda/PROPN/nsubj/1 bought/VERB/ROOT/1/buy " + " ".join(names))
    pairs = _pairs(doc, ontology, typer)
    subjects = {frame.roles[0].mentions[0].text for frame in pairs}
    assert len(subjects) == MOST_MENTIONS
    assert "Norda" in subjects


def test_the_shipped_pipeline_proposes_what_no_rule_reads(ontology: Ontology) -> None:
    text = '"We built it ourselves," said Lena Foss, principal at Nordnytt.'
    reading = read_article(Article("a", text), ontology, load_pipeline())
    names = {referent.key: referent.name for referent in reading.referents}
    learned = [claim for claim in reading.claims if claim.rule == RULE]
    assert [
        (names[c.subject], c.relation, names[c.object.key]) for c in learned if isinstance(c.object, Ref)
    ] == [("Lena Foss", "has_role_at", "Nordnytt")]
    assert learned[0].confidence > 0.5
    assert learned[0].quote == text


def test_the_mood_is_that_of_the_clause_that_tells_it() -> None:
    line = (
        "Norda/PROPN/nsubj/3 is/AUX/cop/3/be in/ADP/case/3 talks/NOUN/ROOT/3/talk to/PART/mark/5 buy/VERB/acl/3/buy/VB"
        " Alvion/PROPN/obj/5"
    )
    doc = parse(line, ents=[(0, 1, "ORG"), (6, 7, "ORG")])
    assert _told_at(doc[0], doc[6], doc[5]) == doc[5]
    assert _told_at(doc[0], doc[6], doc[3]) == doc[3]  # the cue is the governor's own


def test_a_clause_beside_another_has_its_own_mood() -> None:
    shared = parse(
        "Norda/PROPN/nsubj/3 has/AUX/aux/3 not/PART/advmod/3 sold/VERB/ROOT/3/sell mills/NOUN/obj/3 and/CCONJ/cc/6"
        " bought/VERB/conj/3/buy Alvion/PROPN/obj/6"
    )
    assert _told_at(shared[0], shared[7], shared[6]) == shared[6]
    beside = parse(
        "Norda/PROPN/nsubj/1 owns/VERB/ROOT/1/own no/DET/det/3 mill/NOUN/obj/1 :/PUNCT/punct/6 Alvion/PROPN/nsubj/6"
        " spins/VERB/parataxis/1/spin its/PRON/nmod:poss/8 yarn/NOUN/obj/6"
    )
    assert _told_at(beside[0], beside[5], beside[3]) == beside[6]


def test_two_subjects_are_told_by_their_clause_or_the_event_it_names() -> None:
    doc = parse(
        "Norda/PROPN/nsubj/3 and/CCONJ/cc/2 Alvion/PROPN/conj/0 shelve/VERB/ROOT/3/shelve merger/NOUN/obj/3",
        ents=[(0, 1, "ORG"), (2, 3, "ORG")],
    )
    assert _told_at(doc[0], doc[2], doc[4]) == doc[4]
    assert _told_at(doc[0], doc[2], doc[1]) == doc[3]
