"""The shipped pipeline on raw text: exact offsets, whole names, no exception whatever comes in."""

import json
import pickle
import string
import subprocess
import sys
import time
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import PipelineError
from kg.extract.pipeline import load_pipeline
from kg.extract.pipeline.labels import ENTITY_LABELS

NEWS = """Norda launches smart glasses

OSLO, Nov. 2 (Newswire) - Norda Group Ltd (NYSE: NRDA) said on Monday that its new glasses, built with chips from \
Nvidia, will cost $537.

"We are pleased," said Ann Lee, chief executive of Norda. The company was not bought by Bruce Investments Ltd in 2014.
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


@pytest.fixture(scope="module")
def news(nlp: Language) -> Doc:
    return nlp(NEWS)


def check(doc: Doc, text: str) -> None:
    """What holds for every text: exact characters, one tree per sentence, names inside one line."""
    assert doc.text == text
    covered = 0
    for sentence in doc.sents:
        assert sentence.start == covered
        covered = sentence.end
        assert sum(token.head == token for token in sentence) == 1
        assert all(sentence.start <= token.head.i < sentence.end for token in sentence)
    assert covered == len(doc)
    for entity in doc.ents:
        assert entity.label_ in ENTITY_LABELS
        assert entity.text == entity.text.strip()
        assert not {"\n", "\r"} & set(entity.text)
    assert all(0.0 <= value <= 1.0 for value in doc.user_data["kg.arc_probability"])
    assert len(doc.user_data["kg.arc_probability"]) == len(doc)


def test_a_news_text_is_read_whole(news: Doc) -> None:
    check(news, NEWS)
    assert news.has_annotation("DEP")
    assert news.has_annotation("TAG")
    assert next(sentence.text.strip() for sentence in news.sents) == "Norda launches smart glasses"


def test_clauses_carry_universal_dependencies(news: Doc) -> None:
    found = {(token.text, token.dep_, token.head.text) for token in news}
    assert ("Ann", "nsubj", "said") in found
    assert ("company", "nsubj:pass", "bought") in found
    assert any((word, "obl:agent", "bought") in found for word in ("Bruce", "Investments", "Ltd"))
    assert ("not", "advmod", "bought") in found


def test_tags_lemmas_and_features(news: Doc) -> None:
    bought = next(token for token in news if token.text == "bought")
    assert (bought.pos_, bought.tag_, bought.lemma_) == ("VERB", "VBN", "buy")
    assert "Voice=Pass" in str(bought.morph)


def test_names_are_whole(news: Doc) -> None:
    found = {(entity.text, entity.label_) for entity in news.ents}
    assert ("Ann Lee", "PERSON") in found
    assert {text for text, _ in found} >= {"Norda Group Ltd", "Nvidia", "Bruce Investments Ltd"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "a",
        "\u200b\u200b",
        "Norda\u200bGroup\ufeff said \u00ad so.",
        "\x00\x01\x02 Norda\x07 said.",
        "😀😀 Norda 👩‍👩‍👧 said 🇳🇴.",
        "مرحبا بالعالم 世界 привет Norda नमस्ते.",
        "http://example.org/" + "a" * 1000 + " said Norda.",
        "<p>Norda &amp; Co.</p><br/>&nbsp;<div class='x'>said</div>",
        "\r\nNorda\r\nGroup\r\n",
        "  Norda said.  ",
        "NORDA GROUP BUYS BRUCE INVESTMENTS LTD IN OSLO",
        "norda group buys bruce investments ltd in oslo",
        "." * 2000,
        "a" * 30_000,
    ],
)
def test_odd_texts_are_read_without_loss(nlp: Language, text: str) -> None:
    check(nlp(text), text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_text_is_read_without_loss(nlp: Language, text: str) -> None:
    check(nlp(text), text)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from([*string.punctuation, "Norda", "said", "Ltd.", "\n", "\n\n", " ", "$5", "the", "😀"])
    )
)
def test_any_order_of_words_and_marks_is_read_without_loss(nlp: Language, parts: list[str]) -> None:
    text = " ".join(parts)
    check(nlp(text), text)


def test_a_sentence_of_three_hundred_words_is_one_tree(nlp: Language) -> None:
    text = "Norda said that " + "it bought a firm in Oslo and " * 42 + "it left."
    check(nlp(text), text)


def test_time_grows_linearly_with_a_text_without_stops(nlp: Language) -> None:
    def seconds(words: int) -> float:
        begun = time.process_time()
        text = "word and Norda " * (words // 3)
        check(nlp(text), text)
        return time.process_time() - begun

    seconds(300)
    assert seconds(6000) < 8 * max(seconds(2000), 0.1)


def test_a_batch_reads_like_single_texts(nlp: Language) -> None:
    texts = [NEWS, "", "Norda left Oslo.", NEWS.upper()]
    for doc, text in zip(nlp.pipe(texts), texts, strict=True):
        check(doc, text)
        single = nlp(text)
        agree = sum(a.dep_ == b.dep_ and a.head.i == b.head.i for a, b in zip(doc, single, strict=True))
        assert agree >= 0.95 * len(doc)  # 8-bit activations differ a little with the padding


def test_reading_twice_gives_the_same(nlp: Language, news: Doc) -> None:
    again = nlp(NEWS)
    assert [(t.head.i, t.dep_, t.tag_, t.ent_type_) for t in again] == [
        (t.head.i, t.dep_, t.tag_, t.ent_type_) for t in news
    ]


def test_the_component_travels_to_worker_processes(nlp: Language) -> None:
    network = nlp.get_pipe("kg_network").network  # type: ignore[attr-defined]
    assert pickle.loads(pickle.dumps(network)).classes == network.classes


def test_the_pipeline_can_be_saved_and_loaded_by_folder(nlp: Language, news: Doc, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    again = load_pipeline(str(tmp_path / "saved"))(NEWS)
    assert [(t.text, t.head.i, t.dep_, t.ent_type_) for t in again] == [
        (t.text, t.head.i, t.dep_, t.ent_type_) for t in news
    ]


def test_a_saved_pipeline_is_read_by_spacy_alone_in_a_fresh_process(nlp: Language, tmp_path: Path) -> None:
    """Through the entry points of the installed package: nobody has imported kg there."""
    text = "Acme’s pre-tax e-commerce profit rose 3% (its best since 2019)!! anti-Trust etc. followed, non-executives said."
    nlp.to_disk(tmp_path / "saved")
    code = (
        "import sys, json, spacy; nlp = spacy.load(sys.argv[1]); doc = nlp(sys.argv[2]);"
        "print(json.dumps([(t.text, t.head.i, t.dep_, t.tag_, t.lemma_) for t in doc]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "saved"), text],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [[t.text, t.head.i, t.dep_, t.tag_, t.lemma_] for t in nlp(text)]


def test_an_unknown_pipeline_is_refused_in_words() -> None:
    with pytest.raises(PipelineError, match="no_such_pipeline"):
        load_pipeline("no_such_pipeline")


def test_a_pipeline_without_a_parser_is_refused_in_words(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(PipelineError, match="predicts no dependencies"):
        load_pipeline(str(tmp_path / "blank"))
