"""Impossible trees and what becomes of them; trees that are possible stay."""

import numpy as np

from kg.extract.pipeline.mends import Mend, mends


def changes(line: str) -> list[Mend]:
    """The mends of a line of words `text/UPOS/label/head/XPOS`."""
    rows = [word.split("/") for word in line.split()]
    heads = np.array([int(row[3]) for row in rows], dtype=np.int64)
    return list(mends(heads, [r[2] for r in rows], [r[1] for r in rows], [r[4] for r in rows]))


def test_a_name_behind_its_noun_is_no_second_object() -> None:
    found = changes(
        "Rovers/PROPN/nsubj/1/NNP beat/VERB/root/1/VBD holders/NOUN/obj/1/NNS Port/PROPN/compound/4/NNP Elgin/PROPN/obj/1/NNP"
    )
    assert found == [Mend(4, 2, "appos")]


def test_an_object_before_the_subject_is_its_description() -> None:
    found = changes(
        "start-up/NOUN/obj/3/NN Helvex/PROPN/nsubj/3/NNP has/AUX/aux/3/VBZ sold/VERB/root/3/VBN it/PRON/obj/3/PRP"
    )
    assert found == [Mend(1, 0, "appos"), Mend(0, 3, "nsubj")]


def test_a_question_may_put_its_object_first() -> None:
    assert not changes(
        "Which/DET/det/1/WDT firm/NOUN/obj/3/NN Nvidia/PROPN/nsubj/3/NNP bought/VERB/root/3/VBD"
    )


def test_two_objects_apart_stay() -> None:
    assert not changes(
        "It/PRON/nsubj/1/PRP gave/VERB/root/1/VBD money/NOUN/obj/1/NN ,/PUNCT/punct/1/, Acme/PROPN/obj/1/NNP"
    )


def test_a_noun_with_an_apostrophe_is_an_owner() -> None:
    found = changes(
        "Union/PROPN/nsubj/2/NNP 's/PART/case/0/POS probes/NOUN/obj/3/NNS hurt/VERB/root/3/VBD Acme/PROPN/nsubj/3/NNP"
    )
    assert Mend(0, 2, "nmod:poss") in found


def test_what_stands_before_the_verb_is_no_subject_of_its_object() -> None:
    found = changes(
        "Aldera/PROPN/nsubj/3/NNP has/VERB/root/1/VBZ no/DET/det/3/DT office/NOUN/obj/1/NN in/ADP/case/5/IN"
        " Asia/PROPN/nmod/3/NNP"
    )
    assert found == [Mend(0, 1, "nsubj")]
    clause = (
        "It/PRON/nsubj/1/PRP calls/VERB/root/1/VBZ itself/PRON/obj/1/PRP a/DET/det/4/DT bank/NOUN/xcomp/1/NN"
    )
    assert not changes(clause)


def test_a_phrase_with_a_preposition_is_no_apposition() -> None:
    found = changes(
        "Vester/PROPN/nsubj/5/NNP with/ADP/case/2/IN offices/NOUN/appos/0/NNS in/ADP/case/4/IN Riga/PROPN/nmod/2/NNP"
        " grew/VERB/root/5/VBD"
    )
    assert found == [Mend(2, 0, "nmod")]


def test_a_clause_on_an_object_describes_it() -> None:
    found = changes(
        "It/PRON/nsubj/1/PRP did/VERB/root/1/VBD little/ADJ/obj/1/JJ to/PART/mark/4/TO help/VERB/advcl/2/VB"
    )
    assert found == [Mend(4, 2, "acl")]


def test_an_amount_is_joined_to_the_amount_before_it() -> None:
    found = changes(
        "They/PRON/nsubj/1/PRP fined/VERB/root/1/VBD Norda/PROPN/iobj/1/NNP and/CCONJ/cc/4/CC Velox/PROPN/conj/2/NNP"
        " $/SYM/obj/1/$ 5m/NUM/nummod/5/CD and/CCONJ/cc/8/CC $/SYM/conj/4/$ 3m/NUM/nummod/8/CD"
    )
    assert found == [Mend(8, 5, "conj")]


def test_a_name_before_the_copula_is_its_subject() -> None:
    found = changes("Osric/PROPN/compound/3/NNP is/AUX/cop/3/VBZ in/ADP/case/3/IN talks/NOUN/root/3/NNS")
    assert found == [Mend(0, 3, "nsubj")]
    assert not changes("Tern/PROPN/compound/1/NNP shares/NOUN/nsubj/2/NNS fell/VERB/root/2/VBD")


def test_what_stands_before_a_verb_is_no_subject_of_its_infinitive() -> None:
    line = "Tamar/PROPN/nsubj/3/NNP has/VERB/root/1/VBZ to/PART/mark/3/TO hold/VERB/xcomp/1/VB cash/NOUN/obj/3/NN"
    assert changes(line) == [Mend(0, 1, "nsubj")]
    assert not changes(
        "Who/PRON/nsubj/4/WP does/AUX/aux/2/VBZ want/VERB/root/2/VB to/PART/mark/4/TO win/VERB/xcomp/2/VB"
    )


def test_a_second_subject_behind_the_verb_is_its_object() -> None:
    line = "They/PRON/nsubj/1/PRP accuse/VERB/root/1/VBP Matos/PROPN/nsubj/1/NNP of/SCONJ/mark/4/IN theft/NOUN/{}/1/NN"
    assert changes(line.format("obl")) == [Mend(2, 1, "obj")]
    assert not changes(line.format("obj"))


def test_the_noun_of_a_relative_clause_is_the_subject_of_what_follows() -> None:
    found = changes(
        "Velox/PROPN/nsubj/3/NNP which/PRON/nsubj/3/WDT is/AUX/cop/3/VBZ ill/ADJ/advcl/5/JJ must/AUX/aux/5/MD"
        " rest/VERB/root/5/VB"
    )
    assert found == [Mend(0, 5, "nsubj"), Mend(3, 0, "acl:relcl")]


def test_an_active_verb_has_no_agent() -> None:
    line = (
        "Velox/PROPN/nsubj/1/NNP faces/VERB/root/1/VBZ a/DET/det/3/DT probe/NOUN/obj/1/NN by/ADP/case/5/IN"
        " Brussels/PROPN/{}/1/NNP"
    )
    assert changes(line.format("nsubj")) == [Mend(5, 3, "nmod")]
    assert changes(line.format("obl:agent")) == [Mend(5, 3, "nmod")]
    assert not changes(line.format("obl"))
    assert not changes(
        "Velox/PROPN/nsubj:pass/2/NNP was/AUX/aux:pass/2/VBD handed/VERB/root/2/VBN work/NOUN/obj/2/NN"
        " by/ADP/case/5/IN Brussels/PROPN/obl:agent/2/NNP"
    )
