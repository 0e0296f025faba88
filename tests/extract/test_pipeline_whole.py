"""Articles written for kg: where their sentences and the marks of their coreference stand."""

from pathlib import Path

import pytest

from kg.errors import KGError
from kg.extract.coref.gold import part_of
from kg.extract.pipeline.corpora.whole import ARTICLES, MARKS, NOTHING, TOGETHER, read_articles, read_marks


def test_every_mark_stands_where_it_says() -> None:
    parts = {"train": 0, "dev": 0, "test": 0}
    for article, marks in read_marks():
        parts[part_of(article.name)] += len(marks)
        names = {article.text[first:end] for first, end in article.names()}
        assert names
        for mark in marks:
            assert article.text[slice(*mark.place)] == mark.words
            for name in mark.name.split(TOGETHER):
                assert name == NOTHING or name in article.text
    assert min(parts.values()) > 300


def test_an_article_is_its_sentences() -> None:
    article = next(read_articles(ARTICLES))
    for start, sentence in zip(article.starts, article.sentences, strict=True):
        assert article.text[start:].startswith(sentence.text)


@pytest.mark.parametrize("marks", ["@a1-0\n", "@a1-2\n1\tno such words\t-\n", "@a1-2\n99\tit\t-\n"])
def test_mistakes_are_named(tmp_path: Path, marks: str) -> None:
    (tmp_path / "x.tsv").write_text(marks, encoding="utf-8")
    with pytest.raises(KGError, match=r"x\.tsv"):
        list(read_marks(tmp_path))
    assert MARKS.is_dir()
