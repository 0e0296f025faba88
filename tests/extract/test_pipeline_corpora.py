"""Readers and scores of the training corpora, on small texts of our own."""

import gzip
import json
from pathlib import Path

import pytest
import spacy

from kg.errors import KGError
from kg.extract.pipeline.corpora.augment import cut, gaps, render, windows
from kg.extract.pipeline.corpora.expressions import read_expressions
from kg.extract.pipeline.corpora.load import tokenizer
from kg.extract.pipeline.corpora.ner import in_fold, read_docred, read_iob
from kg.extract.pipeline.corpora.passage import Passage, join_words
from kg.extract.pipeline.corpora.ud import read_treebank
from kg.extract.pipeline.scores import name_scores, syntax_scores
from kg.extract.pipeline.tokens import build_tokenizer

CONLLU = """\
# newdoc id = one
# newpar
# text = Norda isn't new.
1\tNorda\tNorda\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\tEntity=(1-organization-new-x)
2-3\tisn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tis\tbe\tAUX\tVBZ\t_\t4\tcop\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tnew\tnew\tADJ\tJJ\tDegree=Pos\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
# text = The University of Oslo, which Ann left
1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\tEntity=(2-organization-new-x
2\tUniversity\tUniversity\tPROPN\tNNP\tNumber=Sing\t0\troot\t_\t_
3\tof\tof\tADP\tIN\t_\t4\tcase\t_\t_
4\tOslo\tOslo\tPROPN\tNNP\tNumber=Sing\t2\tnmod\t_\tEntity=(3-place-new-x)|SpaceAfter=No
5\t,\t,\tPUNCT\t,\t_\t8\tpunct\t_\t_
6\twhich\twhich\tPRON\tWDT\t_\t8\tobj\t_\t_
7\tAnn\tAnn\tPROPN\tNNP\tNumber=Sing\t8\tnsubj\t_\tEntity=(4-person-new-x)
8\tleft\tleave\tVERB\tVBD\t_\t2\tacl:relcl\t_\tEntity=2)
"""


@pytest.fixture
def passage(tmp_path: Path) -> Passage:
    path = tmp_path / "small.conllu.gz"
    path.write_bytes(gzip.compress(CONLLU.encode()))
    return read_treebank(path, "gum")[0]


def names(passage: Passage) -> list[tuple[str, set[str]]]:
    return [
        (passage.text[passage.spans[name.first][0] : passage.spans[name.end - 1][1]], set(name.labels))
        for name in passage.names or ()
    ]


def test_a_treebank_becomes_raw_text_with_its_annotation(passage: Passage) -> None:
    assert passage.text.split("\n\n")[0].strip() == "Norda isn't new."
    assert passage.words[:4] == ["Norda", "is", "n't", "new"]
    assert passage.syntax is not None
    assert passage.syntax.heads[:5] == [3, 3, 3, 3, 3]
    assert [i for i, first in enumerate(passage.syntax.sentence_starts) if first] == [0, 5]


def test_gum_mentions_are_trimmed_to_names(passage: Passage) -> None:
    assert names(passage) == [
        ("Norda", {"ORG"}),
        ("University of Oslo", {"ORG"}),
        ("Ann", {"PERSON"}),
    ]


def test_cutting_and_rendering_keep_the_annotation(passage: Passage) -> None:
    pieces = windows(passage, 6)
    assert [piece.text.strip() for piece in pieces] == [
        "Norda isn't new.",
        "The University of Oslo, which Ann left",
    ]
    assert names(pieces[1]) == names(passage)[1:]
    again = render(passage, passage.words, gaps(passage))
    assert (again.text, again.spans) == (passage.text.strip(), passage.spans)
    assert cut(passage, 5, 13).syntax is not None


def test_missing_corpora_are_named(tmp_path: Path) -> None:
    with pytest.raises(KGError, match=r"gone\.conllu\.gz: corpus file not found"):
        read_treebank(tmp_path / "gone.conllu.gz", "ewt")


def test_words_are_written_as_running_text() -> None:
    text, spans = join_words(["Smith", "'s", '"', "big", '"', "firm", "(", "est.", ")", "."])
    assert text == 'Smith\'s "big" firm (est.).'
    assert [text[start:end] for start, end in spans][-3:] == ["est.", ")", "."]


def test_column_corpora_map_to_the_scheme(tmp_path: Path) -> None:
    path = tmp_path / "small.conll.gz"
    path.write_bytes(
        gzip.compress(b"Danish O\nfirm O\nNorda I-ORG\nHolding I-ORG\nin O\nOslo I-LOC\n. O\n\n")
    )
    (read,) = read_iob(path, "wikigold", tokenizer())
    assert read.text == "Danish firm Norda Holding in Oslo."
    assert ("Norda Holding", {"ORG"}) in names(read)
    assert ("Danish", {"NORP", ""}) in names(read)


def test_docred_mentions_become_names(tmp_path: Path) -> None:
    article = {
        "title": "Norda",
        "sents": [["Norda", "sold", "Vint", "in", "2014", "."]],
        "vertexSet": [
            [{"sent_id": 0, "pos": [0, 1], "type": "ORG", "name": "Norda"}],
            [{"sent_id": 0, "pos": [2, 3], "type": "MISC", "name": "Vint"}],
            [{"sent_id": 0, "pos": [4, 5], "type": "TIME", "name": "2014"}],
        ],
    }
    path = tmp_path / "docred.json.gz"
    path.write_bytes(gzip.compress(json.dumps([article]).encode()))
    (read,) = read_docred(path, tokenizer())
    assert names(read) == [("Norda", {"ORG"}), ("Vint", {"PRODUCT", "EVENT", "MISC"})]


def test_the_expression_bank_gives_names_and_unknown_words(tmp_path: Path) -> None:
    line = {
        "id": "x-002",
        "text": "Shares rose after Norda bought Vint Ltd from Ann Lee.",
        "facts": [
            {
                "subject": "Norda",
                "relation": "acquires",
                "object": "Vint Ltd",
                "subject_span": [18, 23],
                "object_span": [31, 39],
            }
        ],
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    (read,) = read_expressions(tmp_path, tokenizer(), held_out=in_fold("x-002"))
    assert [name for name, _ in names(read)] == ["Norda", "Vint Ltd"]
    assert names(read)[0][1] == {"ORG"}
    assert {read.words[i] for i in read.unknown} == {"Shares", "Ann", "Lee"}
    assert read_expressions(tmp_path, tokenizer(), held_out=not in_fold("x-002")) == []


def test_scores_of_a_perfect_and_of_a_wrong_parse(passage: Passage) -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = build_tokenizer(nlp.vocab)
    doc = nlp(passage.text)
    for token in doc:
        token.is_sent_start = token.i == 0
    worst = syntax_scores([(passage, doc)])
    assert worst["words"] == 100.0
    assert worst["las"] < 20
    assert worst["sentences"] == 0.0
    assert name_scores([(passage, doc)], "uner")["f1"] == 0.0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("London-based non-profit", ["London", "-", "based", "non-profit"]),
        ("wow!!!", ["wow", "!!!"]),
        ("=====", ["====="]),
        ("call 713-853-3989.", ["call", "713-853-3989", "."]),
        ("(NYSE: BABA)", ["(", "NYSE", ":", "BABA", ")"]),
        ("It didn't cost $1.2bn", ["It", "did", "n't", "cost", "$", "1.2bn"]),
    ],
)
def test_words_are_cut_as_in_universal_dependencies(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in tokenizer()(text)] == words
