"""The formats kg reads: one function per file suffix, from a path to its Articles.

A reader raises ArticleError where a whole file is unreadable and yields one where a single record of it is, so that the
other records go on. A new format is a function here and a line in `READERS`.
"""

from __future__ import annotations

import codecs
import datetime as dt
import json
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.errors import ArticleError
from kg.model import Article

MAX_CHARACTERS = 1_000_000  # about 160,000 words: longer than any article, short enough to parse in memory
MAX_BYTES = 4 * MAX_CHARACTERS  # UTF-8 needs at most four bytes a character
MAX_JSON_BYTES = (
    100_000_000  # a .json file is parsed whole; .jsonl is read line by line and has no such limit
)

Reader = Callable[
    [Path, str], Iterator[Article | ArticleError]
]  # takes the path and its name below the folder given


def read_text(path: Path, name: str) -> Iterator[Article]:
    """A plain text file: UTF-8 or UTF-16, universal newlines, otherwise untouched."""
    yield _article(show(path), article_id(name), _decode(_content(path), path), name)


def read_html(path: Path, name: str) -> Iterator[Article]:
    """The main text of a web page, without menus, comments and advertising (trafilatura); its title and date where it says."""
    content = _content(path)
    import trafilatura  # here, not above: it takes half a second to load

    page = (
        trafilatura.bare_extraction(content, with_metadata=True, include_comments=False)
        if content.strip()
        else None
    )
    if page is None or isinstance(page, dict) or not page.text:
        raise ArticleError(f"{show(path)}: no article text found in this page; save its text as .txt instead")
    yield _article(show(path), article_id(name), page.text, name, page.title or "", _date(page.date))


def read_json(path: Path, name: str) -> Iterator[Article | ArticleError]:
    """One record or a list of records."""
    text = _decode(_content(path, MAX_JSON_BYTES, "split it or use .jsonl, one article a line"), path)
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ArticleError(f"{show(path)}: not JSON: {error}") from None
    records = data if isinstance(data, list) else [data]
    for number, record in enumerate(records, 1):
        own_id = article_id(name) if len(records) == 1 else f"{article_id(name)}-{number}"
        try:
            yield _record(record, f"{show(path)}, record {number}", own_id, name)
        except ArticleError as error:
            yield error


def read_jsonl(path: Path, name: str) -> Iterator[Article | ArticleError]:
    """One record a line; read line by line, so the file may be of any size."""
    limit = 2 * MAX_BYTES  # escapes may double a text
    number = 0
    with path.open("rb") as lines:
        while line := lines.readline(limit):
            number += 1
            where = f"{show(path)}, line {number}"
            if len(line) == limit and not line.endswith(b"\n"):
                while (rest := lines.readline(limit)) and not rest.endswith(b"\n"):
                    pass
                yield ArticleError(f"{where}: too long; an article may have {MAX_CHARACTERS:,} characters")
                continue
            try:
                if line.strip():
                    yield _line(line, where, f"{article_id(name)}-{number}", name)
            except ArticleError as error:
                yield error
    if not number:
        raise ArticleError(f"{show(path)}: empty")


READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".json": read_json,
}
FORMATS = ", ".join(READERS)


def read_file(path: Path, name: str) -> Iterator[Article | ArticleError]:
    """The articles of one file, whatever its format, and what is wrong with those that are none. Never raises.

    A suffix kg does not know, on a file the user named, is taken for plain text.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ArticleError(f"{show(path)}: not a regular file")
        yield from READERS.get(path.suffix.lower(), read_text)(path, name)
    except ArticleError as error:
        yield error
    except OSError as error:
        yield ArticleError(f"{show(path)}: {reason(error)}")


def article_id(name: str) -> str:
    """The name without its suffix: "2025/Café.txt" -> "2025/Café", in one spelling of accents."""
    suffix = Path(name).suffix
    return unicodedata.normalize("NFC", name[: -len(suffix)] if suffix.lower() in READERS else name)


def headline(text: str) -> str:
    """The first line of a text where it looks like a headline, else "": some words, no full stop, not a date line."""
    line = next((line.strip() for line in text.split("\n", 20) if line.strip()), "").lstrip("# ").strip()
    line = re.sub(r"^(?:Title|Headline): +", "", line)
    words = re.findall(r"[^\W\d_][\w'’-]*", line)
    if not 3 <= len(words) <= 25 or len(line) > 160 or line.endswith((".", ":", ";", ",")) or ". " in line:
        return ""
    return line


def show(path: Path) -> str:
    """A path as it can be printed anywhere: control characters and undecodable bytes spelled out."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def reason(error: OSError) -> str:
    """What the system says about a file: "cannot be read: permission denied"."""
    return f"cannot be read: {(error.strerror or str(error)).lower()}"


def _content(path: Path, limit: int = MAX_BYTES, advice: str = "split it into articles") -> bytes:
    """The bytes of a file, read only after a look at its size."""
    size = path.stat().st_size
    if size > limit:
        most = f"{limit / 1e6:.0f} MB"
        raise ArticleError(f"{show(path)}: {size / 1e6:.1f} MB is too large (limit {most}); {advice}")
    return path.read_bytes()


def _decode(content: bytes, path: Path) -> str:
    """UTF-8 (with or without byte-order mark) or UTF-16 with its mark -> text with plain newlines."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and b"\0" in content:
        raise ArticleError(f"{show(path)}: a binary file, not text; kg reads {FORMATS}")
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        name = "UTF-16" if wide else "UTF-8"
        raise ArticleError(
            f"{show(path)}: not {name} (byte {error.start}); convert it, for example with iconv -f latin1 -t utf-8"
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line(line: bytes, where: str, own_id: str, source: str) -> Article:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ArticleError(f'{where}: not JSON ({error}); each line is {{"id": "…", "text": "…"}}') from None
    return _record(record, where, own_id, source)


def _record(record: object, where: str, own_id: str, source: str) -> Article:
    """One JSON record -> Article; its text is taken exactly as it is, so that offsets fit the user's string."""
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise ArticleError(
            f'{where}: not an article; a record is {{"id": "…", "text": "…"}}, text being a string'
        )
    date = _date(record.get("date"))
    if date is None and record.get("date") not in (None, ""):
        raise ArticleError(f"{where}: date {str(record['date'])[:40]!r} is not of the form 2025-11-27")
    given = record.get("id")
    own_id = str(given) if isinstance(given, str | int) and str(given).strip() else own_id
    source = str(record.get("source") or record.get("url") or source)
    return _article(where, own_id, record["text"], source, str(record.get("title") or ""), date)


def _article(
    where: str, own_id: str, text: str, source: str, title: str = "", date: dt.date | None = None
) -> Article:
    """The last checks, shared by all formats."""
    if not text.strip():
        raise ArticleError(f"{where}: empty")
    if len(text) > MAX_CHARACTERS:
        raise ArticleError(
            f"{where}: {len(text):,} characters are too many (limit {MAX_CHARACTERS:,}); split it into articles"
        )
    for part in (own_id, text, source, title):
        try:
            part.encode()
        except UnicodeEncodeError as error:
            raise ArticleError(
                f"{where}: half a character (lone surrogate) at {error.start}; mend its escapes"
            ) from None
    controls = sum(ord(char) < 32 and char not in "\n\r\t\f\v" for char in text)
    if controls > max(3, len(text) / 20):
        raise ArticleError(f"{where}: {controls} control characters, so not text; kg reads {FORMATS}")
    return Article(own_id, text, " ".join(title.split()) or headline(text), source, date)


def _date(value: object) -> dt.date | None:
    """An ISO date, or the date of an ISO date-time; None for anything else."""
    try:
        return dt.date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
