"""Reading files: what comes in unchanged, what is refused, and that one bad article never stops the others."""

from __future__ import annotations

import json
import os
import time
from datetime import date
from pathlib import Path

import pytest

from kg.articles import OUTPUTS, Articles, read
from kg.errors import ArticleError
from kg.formats import MAX_CHARACTERS, headline

GOOD = "Mars buys Kellanova\n\nMars bought Kellanova.\n"


def texts(*paths: Path) -> tuple[dict[str, str], list[str]]:
    """(text by id, problems) of some paths."""
    articles = read(*paths)
    return {article.id: article.text for article in articles}, [str(problem) for problem in articles.problems]


def test_id_is_the_path_below_the_folder_without_suffix(tmp_path: Path) -> None:
    (tmp_path / "2025" / "week 1").mkdir(parents=True)
    (tmp_path / "2025" / "week 1" / "Café v1.2.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.md").write_text("Other text", encoding="utf-8")
    assert list(texts(tmp_path)[0]) == ["2025/week 1/Café v1.2", "b"]
    assert list(texts(tmp_path / "b.md")[0]) == ["b"]


def test_newlines_become_plain_and_nothing_else_changes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeff  One\r\n\r\ntwo\rthree\u00a0four\t\n\n".encode())
    assert texts(tmp_path)[0] == {"a": "  One\n\ntwo\nthree\u00a0four\t\n\n"}


def test_utf_16_with_its_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("€5 fine".encode("utf-16"))
    assert texts(tmp_path)[0] == {"a": "€5 fine"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.txt", b"PK\x03\x04\x00\x00binary", "a binary file"),
        ("a.txt", "Café".encode("latin-1"), "not UTF-8 (byte 3)"),
        ("a.txt", b"\xff\xfea", "not UTF-16"),
        ("a.txt", b"\x01\x02\x03\x04 text", "control characters"),
        ("a.html", b"<html><body></body></html>", "no article text"),
        ("a.html", b"", "no article text"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.json", b'{"id": "x"}', "not an article"),
        ("a.json", b'{"id": "x", "text": "\\ud800"}', "half a character"),
        ("a.json", b'{"id": "x", "text": "t", "date": "yesterday"}', "not of the form"),
        ("a.jsonl", b"", "empty"),
        ("a.jsonl", b"plain words\n", "line 1: not JSON"),
        ("a.jsonl", b'{"text": 5}\n', "line 1: not an article"),
    ],
)
def test_a_bad_article_is_one_problem_and_the_others_are_read(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    found, problems = texts(tmp_path)
    assert found == {"good": GOOD}
    assert len(problems) == 1
    assert said in problems[0]
    assert name in problems[0]
    assert "\n" not in problems[0]


def test_a_few_control_characters_are_kept(tmp_path: Path) -> None:
    text = GOOD + "Page\x0c break and a bell\x07, " + "words " * 40
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert texts(tmp_path)[0] == {"a": text}


def test_too_large_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    (tmp_path / "long.txt").write_text("a" * (MAX_CHARACTERS + 1), encoding="utf-8")
    started = time.perf_counter()
    found, problems = texts(tmp_path)
    assert time.perf_counter() - started < 1
    assert found == {}
    assert "50.0 MB is too large" in problems[0]
    assert "1,000,001 characters are too many" in problems[1]


def test_a_jsonl_line_without_end_is_passed_over(tmp_path: Path) -> None:
    line = json.dumps({"id": "big", "text": "x" * (9 * MAX_CHARACTERS)})
    (tmp_path / "a.jsonl").write_text(line + "\n" + json.dumps({"id": "small", "text": "fine"}) + "\n")
    found, problems = texts(tmp_path)
    assert found == {"small": "fine"}
    assert "line 1: too long" in problems[0]


def test_json_records(tmp_path: Path) -> None:
    records = [
        {
            "id": "x/1",
            "text": "A\r\nB",
            "title": "T",
            "date": "2025-11-27T10:00:00Z",
            "url": "https://e.example/1",
        },
        {"text": "no id"},
        {"id": 7, "text": "number"},
    ]
    (tmp_path / "list.json").write_text(json.dumps(records))
    found = {article.id: article for article in read(tmp_path)}
    assert list(found) == ["x/1", "list-2", "7"]
    assert found["x/1"].text == "A\r\nB"
    assert (found["x/1"].title, found["x/1"].date) == ("T", date(2025, 11, 27))
    assert found["x/1"].source == "https://e.example/1"


def test_html_main_text_title_and_date(tmp_path: Path) -> None:
    body = "".join(
        f"<p>Mars bought Kellanova number {n} for a great deal of money, the company said.</p>"
        for n in range(9)
    )
    page = (
        "<html><head><title>Mars buys Kellanova</title><meta property='article:published_time' content='2025-11-27'></head>"
        f"<body><nav><a href='/'>Home</a> <a href='/x'>More</a></nav><article><h1>Mars buys Kellanova</h1>{body}</article>"
        "<script>var evil = 1;</script><footer>Cookies</footer></body></html>"
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (article,) = read(tmp_path)
    assert "Mars bought Kellanova number 3" in article.text
    assert "evil" not in article.text
    assert article.title == "Mars buys Kellanova"
    assert article.date == date(2025, 11, 27)


def test_hidden_files_are_passed_over_and_other_formats_counted(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.txt").write_text(GOOD)
    (tmp_path / ".hidden.txt").write_text(GOOD)
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "scan.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "a.txt").write_text(GOOD)
    found, problems = texts(tmp_path)
    assert list(found) == ["a"]
    assert len(problems) == 1
    assert "skipped 2 .jpg files; kg reads .txt, .md" in problems[0]


def test_results_of_kg_are_no_articles(tmp_path: Path) -> None:
    (tmp_path / "outputs").mkdir()
    for name in OUTPUTS:
        (tmp_path / "outputs" / name).write_text(GOOD)
    (tmp_path / "outputs" / "a.txt").write_text(GOOD)
    (tmp_path / "report.json").write_text('{"text": "An article by that name"}')
    assert texts(tmp_path) == ({"outputs/a": GOOD, "report": "An article by that name"}, [])


def test_links_are_followed_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text(GOOD)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "again.txt").symlink_to(tmp_path / "a" / "one.txt")
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nowhere.txt")
    found, problems = texts(tmp_path)
    assert list(found.values()) == [GOOD]
    assert len(problems) == 1
    assert "dead.txt" in problems[0]


def test_pipes_are_no_articles(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a regular file" in texts(tmp_path)[1][0]


def test_one_id_for_two_texts_is_told(tmp_path: Path) -> None:
    for folder, text in (("a", "One text"), ("b", "Another text")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "01.txt").write_text(text)
    found, problems = texts(tmp_path / "b", tmp_path / "a")
    assert found == {"01": "One text"}
    assert "id '01' is taken by" in problems[0]
    assert len(texts(tmp_path)[0]) == 2


def test_the_same_text_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b.txt").write_text(GOOD)
    found, problems = texts(tmp_path)
    assert found == {"a": GOOD}
    assert "same text as article 'a'" in problems[0]
    assert texts(tmp_path / "a.txt", tmp_path / "a.txt") == ({"a": GOOD}, [])


def test_order_of_paths_does_not_matter(tmp_path: Path) -> None:
    for name in ("c", "a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"Text {name}")
    files = sorted(tmp_path.iterdir())
    assert list(read(*files)) == list(read(*reversed(files))) == list(read(tmp_path))


def test_missing_paths_raise_at_once(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no such file or folder"):
        read(tmp_path / "nothing")
    with pytest.raises(ArticleError, match="no path given"):
        read()


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert "no articles in this folder" in texts(tmp_path)[1][0]


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b.txt").write_bytes(b"\0")
    articles = read(tmp_path)
    assert isinstance(articles, Articles)
    assert (
        (list(articles), len(articles.problems))
        == (list(articles), len(articles.problems))
        == (list(read(tmp_path)), 1)
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Mars buys Kellanova for $36 billion\n\nMars …", "Mars buys Kellanova for $36 billion"),
        ("\n\n# Mars buys Kellanova\ntext", "Mars buys Kellanova"),
        ("Only a headline here", "Only a headline here"),
        ("November 27, 2025\nPublished by: someone", ""),
        ("LONDON (Reuters) - Mars bought Kellanova.\n", ""),
        ("Mars bought it. It was cheap\n", ""),
    ],
)
def test_headline(text: str, title: str) -> None:
    assert headline(text) == title
