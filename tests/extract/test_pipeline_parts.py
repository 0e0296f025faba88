"""The parts of the language pipeline that need no trained weights."""

from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.pipeline.boundaries import LONGEST_SENTENCE, sentence_starts
from kg.extract.pipeline.classes import NAME_TAGS
from kg.extract.pipeline.inputs import gap_class, shape_class
from kg.extract.pipeline.labels import ENTITY_LABELS
from kg.extract.pipeline.lemmas import (
    apply_script,
    build_lexicon,
    choose_lemma,
    derive_script,
    read_lexicon,
    write_lexicon,
)
from kg.extract.pipeline.names import NameDecoder, agree, tidy
from kg.extract.pipeline.spans import OVERLAP, WINDOW_PIECES, WINDOW_WORDS, plan_segments
from kg.extract.pipeline.trees import best_tree

WORDS = st.text(alphabet="abcdefgXYZ'-", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("form", "lemma", "script"),
    [
        ("studies", "study", "l3+y"),
        ("Was", "be", "=be"),
        ("Apple", "Apple", "k0+"),
        ("ISRAEL", "Israel", "t0+"),
        ("bought", "buy", "l5+uy"),
        ("n't", "not", "l2+ot"),
    ],
)
def test_lemma_scripts_are_short(form: str, lemma: str, script: str) -> None:
    assert derive_script(form, lemma) == script
    assert apply_script(form, script) == lemma


@given(WORDS, WORDS)
def test_a_script_turns_its_form_into_its_lemma(form: str, lemma: str) -> None:
    assert apply_script(form, derive_script(form, lemma)) == lemma


@pytest.mark.parametrize("script", ["l3+y", "k9+", "=be", "t2+um"])
def test_any_script_suits_any_form(script: str) -> None:
    assert apply_script("a", script)


def _is_tree(heads: list[int]) -> bool:
    roots = [i for i, head in enumerate(heads) if head == i]
    if len(roots) != 1:
        return False
    for word in range(len(heads)):
        seen = set()
        while heads[word] != word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word]
    return True


def _rate(scores: np.ndarray, heads: list[int]) -> float:  # type: ignore[type-arg]
    return float(sum(scores[i, 0 if head == i else head + 1] for i, head in enumerate(heads)))


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 5), st.integers(0, 10_000))
def test_best_tree_equals_search_over_all_trees(count: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(count, count + 1)).astype(np.float32)
    best = max(
        _rate(scores, list(heads)) for heads in product(range(count), repeat=count) if _is_tree(list(heads))
    )
    found = best_tree(scores).tolist()
    assert _is_tree(found)
    assert _rate(scores, found) == pytest.approx(best, abs=1e-4)


def test_long_sentences_get_a_tree() -> None:
    scores = np.random.default_rng(1).normal(size=(300, 301)).astype(np.float32)
    assert _is_tree(best_tree(scores).tolist())


def _scores(*tags: str) -> np.ndarray:  # type: ignore[type-arg]
    scores = np.full((len(tags), len(NAME_TAGS)), -8.0, dtype=np.float32)
    for row, tag in enumerate(tags):
        scores[row, NAME_TAGS.index(tag)] = -0.1
    return scores


def test_names_are_read_from_well_formed_tags() -> None:
    decoder = NameDecoder(NAME_TAGS)
    scores = _scores("O", "B-ORG", "I-ORG", "L-ORG", "U-PLACE", "O")
    assert decoder.decode(scores, [False] * 6) == [(1, 4, "ORG"), (4, 5, "PLACE")]


def test_no_name_crosses_a_barrier() -> None:
    decoder = NameDecoder(NAME_TAGS)
    scores = _scores("B-ORG", "I-ORG", "L-ORG")
    assert all(not first < 2 < end for first, end, _ in decoder.decode(scores, [False, False, True]))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.integers(0, 10_000))
def test_names_never_overlap_whatever_the_scores(count: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(count, len(NAME_TAGS))).astype(np.float32) - 4
    names = NameDecoder(NAME_TAGS).decode(scores, [False] * count)
    assert all(0 <= first < end <= count for first, end, _ in names)
    assert all(left[1] <= right[0] for left, right in pairwise(names))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 10), st.sampled_from([1, 2, 2, 2, 2, 2, 3, 4])), min_size=1, max_size=900
    )
)
def test_windows_cover_every_word_once_and_fit_the_encoder(shape: list[tuple[int, int]]) -> None:
    pieces, gaps = [size for size, _ in shape], [gap for _, gap in shape]
    segments = plan_segments(["w."] * len(shape), gaps, pieces)
    windows = [window for segment in segments for window in segment]
    owned = [word for window in windows for word in range(window.own_first, window.own_end)]
    assert owned == list(range(len(shape)))
    for window in windows:
        assert window.first <= window.own_first < window.own_end <= window.end
        assert window.end - window.first <= WINDOW_WORDS
        assert sum(pieces[window.first : window.end]) <= WINDOW_PIECES


def test_short_sentences_lie_within_one_window() -> None:
    windows = [w for segment in plan_segments(["w"] * 2000, [2] * 2000, [1] * 2000) for w in segment]
    for first in range(2000 - OVERLAP):
        assert any(w.first <= first and first + OVERLAP <= w.end for w in windows)


def test_long_texts_are_cut_into_segments_at_paragraphs() -> None:
    gaps = ([2] * 99 + [4]) * 200
    segments = plan_segments(["w."] * len(gaps), gaps, [1] * len(gaps))
    assert len(segments) > 2
    assert all(gaps[segment[0].first] == 4 for segment in segments[1:])


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("word", 1),
        ("Word", 2),
        ("W", 3),
        ("WORD", 4),
        ("iPhone", 5),
        ("2024", 6),
        ("S1", 7),
        ("...", 8),
        ("語", 9),
    ],
)
def test_shape_classes(word: str, shape: int) -> None:
    assert shape_class(word) == shape


@pytest.mark.parametrize(("gap", "expected"), [("", 1), (" ", 2), ("\n", 3), ("\r\n", 3), (" \n \n", 4)])
def test_gap_classes(gap: str, expected: int) -> None:
    assert gap_class(gap) == expected


def test_sentences_start_by_probability_and_gap() -> None:
    words = ["He", "said", ":", "“", "Yes", ".", "”", "Items", "•", "one", "two"]
    gaps = [5, 2, 1, 2, 1, 1, 1, 4, 3, 2, 3]
    chances = np.array([0.9, 0.1, 0.1, 0.9, 0.8, 0.1, 0.9, 0.2, 0.0, 0.4, 0.2], dtype=np.float32)
    starts = sentence_starts(chances, words, gaps)
    assert [word for word, start in zip(words, starts, strict=True) if start] == ["He", "“", "Items", "•"]


def test_numbers_and_marks_that_open_a_line_stay_with_it() -> None:
    words = ["Plans", "1", ".", "Grow", ".", "*", "By", "Ann"]
    starts = sentence_starts(np.full(8, 0.6, dtype=np.float32), words, [5, 3, 1, 2, 1, 3, 1, 2])
    assert [word for word, start in zip(words, starts, strict=True) if start][:4] == ["Plans", "1", ".", "*"]


def test_endless_sentences_are_cut_at_their_likeliest_boundary() -> None:
    chances = np.full(1000, 0.01, dtype=np.float32)
    chances[[300, 650]] = 0.4
    starts = sentence_starts(chances, ["word"] * 1000, [5] + [2] * 999)
    assert starts.nonzero()[0].tolist()[:3] == [0, 300, 650]
    assert max(np.diff([*starts.nonzero()[0], 1000])) <= LONGEST_SENTENCE


def test_names_written_alike_get_one_label() -> None:
    chances = np.log(np.full((3, len(ENTITY_LABELS)), 0.01, dtype=np.float32))
    place, org = ENTITY_LABELS.index("PLACE"), ENTITY_LABELS.index("ORG")
    chances[0, org], chances[1, org], chances[2, place] = np.log([0.9, 0.8, 0.9]).astype(np.float32)
    words = ["Norda", "and", "Norda", "and", "Norda", "of", "Iraqis"]
    names = [(0, 1, "ORG"), (2, 3, "ORG"), (4, 5, "PLACE")]
    assert {label for _, _, label in agree(words, names, list(chances))} == {"ORG"}
    assert agree(words, [(6, 7, "PLACE")], [chances[2]]) == [(6, 7, "NORP")]


def test_a_lone_family_name_is_the_person_unless_something_else_bears_it() -> None:
    chances = np.log(np.full((3, len(ENTITY_LABELS)), 0.01, dtype=np.float32))
    person, org = ENTITY_LABELS.index("PERSON"), ENTITY_LABELS.index("ORG")
    chances[0, person], chances[1, org], chances[1, person] = np.log([0.9, 0.6, 0.3]).astype(np.float32)
    chances[2, org] = np.log(0.9)
    words = ["Moira", "Arlen", "said", "Arlen", "of", "Arlen", "Foods"]
    names = [(0, 2, "PERSON"), (3, 4, "ORG")]
    assert agree(words, names, list(chances[:2])) == [(0, 2, "PERSON"), (3, 4, "PERSON")]
    names.append((5, 7, "ORG"))
    assert agree(words, names, list(chances)) == names


def test_the_lexicon_keeps_clear_lemmas_only(tmp_path: Path) -> None:
    readings = [("left", "VBD", "leave"), ("'s", "VBZ", "be"), ("'s", "VBZ", "have"), ("Oslo", "NNP", "Oslo")]
    lexicon = build_lexicon(readings)
    assert lexicon == {("left", "VBD"): "leave"}
    write_lexicon(lexicon, tmp_path / "lemmas.tsv")
    assert read_lexicon(tmp_path / "lemmas.tsv") == lexicon


def test_known_words_win_among_the_best_scripts() -> None:
    assert choose_lemma("launches", "VBZ", ["l1+", "l2+"], frozenset({"launch"})) == "launch"
    assert choose_lemma("glorps", "NNS", ["l1+", "l0+"], frozenset({"launch"})) == "glorp"
    assert choose_lemma("glorbies", "NNS", ["l1+"], frozenset({"launch"})) == "glorby"
    assert choose_lemma("Waive", "VB", ["l3+"], frozenset()) == "waive"
    assert choose_lemma("Holdings", "NNPS", ["l1+"], frozenset()) == "Holding"
    assert choose_lemma("6,606", "CD", ["k0+"], frozenset()) == "6606"


def test_names_are_completed_across_a_hyphen() -> None:
    words = ["Emelia", "Sithole", "-", "Matarise", "of", "US", "-", "China", "Acme", "-", "backed", "Monday"]
    gaps = ["", " ", "", "", " ", " ", "", "", " ", "", "", " "]
    names = [(0, 2, "PERSON"), (5, 6, "PLACE"), (7, 8, "PLACE"), (8, 9, "ORG"), (11, 12, "PERSON")]
    assert tidy(["#", "Norda", ",", "Ann", "Tue"], [""] * 5, [(0, 3, "ORG"), (3, 5, "PERSON")]) == [
        (1, 2, "ORG"),
        (3, 4, "PERSON"),
    ]
    assert tidy(words, gaps, names) == [(0, 4, "PERSON"), (5, 6, "PLACE"), (7, 8, "PLACE"), (8, 9, "ORG")]


def test_a_lone_word_is_no_person_in_a_text_that_introduces_people() -> None:
    chances = np.log(np.full(len(ENTITY_LABELS), 0.01, dtype=np.float32))
    chances[ENTITY_LABELS.index("PERSON")], chances[ENTITY_LABELS.index("ORG")] = np.log([0.5, 0.4])
    words = ["Temu", "and", "Ann", "Lee", "and", "Lee", "and", "Mr", "Roth"]
    names = [(0, 1, "PERSON"), (2, 4, "PERSON"), (5, 6, "PERSON"), (8, 9, "PERSON")]
    padded = [*words, *(["word"] * 200)]
    labels = [label for _, _, label in agree(padded, names, [chances] * 4)]
    assert labels == ["ORG", "PERSON", "PERSON", "PERSON"]
    assert agree(words, names[:1], [chances]) == names[:1]  # a note among friends
