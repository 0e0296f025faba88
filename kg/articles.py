"""Paths -> Articles. One article that cannot be read is reported and never stops the others."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.errors import ArticleError
from kg.formats import FORMATS, READERS, read_file, reason, show
from kg.model import Article

OUTPUTS = frozenset(
    {"graph.nq", "graph.ttl", "facts.jsonl", "graph.html", "report.json", "identity.yaml"}
)  # as kg.outputs writes them


def read(*paths: str | Path) -> Articles:
    """Articles of these files and folders (searched to any depth), sorted by path; hidden files are passed over.

    Formats: `.txt` and `.md` as they are, the main text of `.html`, and `.json`/`.jsonl` records
    `{"id", "text", "title"?, "source"?, "date"?}`. The id of an article is its path below the given folder without the
    suffix. Files are UTF-8; newlines are read as "\\n" and nothing else is changed, so that offsets found by kg are
    offsets into the text as an editor shows it.

    Raises ArticleError at once where a path does not exist; whatever else goes wrong is put into `.problems`:

        >>> articles = read("kg/samples")
        >>> [article.id for article in articles][:2]
        ['alibaba-s1-glasses', 'hartwell-appoints-lindqvist']
        >>> articles.problems
        []
    """
    return Articles(*(Path(path) for path in paths))


class Articles:
    """The articles of some paths, read anew by each iteration; after it `problems` holds what could not be read."""

    def __init__(self, *paths: Path) -> None:
        if not paths:
            raise ArticleError("no path given; name at least one article or folder of articles")
        for path in paths:
            if not path.exists():
                broken = "a link to nowhere" if path.is_symlink() else "no such file or folder"
                raise ArticleError(f"{show(path)}: {broken}; name an article or a folder of articles")
        self.paths = paths
        self.problems: list[ArticleError] = []

    def __iter__(self) -> Iterator[Article]:
        self.problems = []
        places: dict[str, str] = {}  # article id -> where it was read
        texts: dict[bytes, str] = {}  # digest -> article id
        for name, path in self._files():
            for found in read_file(path, name):
                if isinstance(found, ArticleError):
                    self.problems.append(found)
                    continue
                digest = hashlib.sha256(found.text.encode()).digest()
                if found.id in places:
                    self.problems.append(
                        ArticleError(
                            f"{show(path)}: id {found.id!r} is taken by {places[found.id]}; "
                            "rename one of them, or name the folder above both"
                        )
                    )
                elif digest in texts:
                    self.problems.append(
                        ArticleError(f"{show(path)}: same text as article {texts[digest]!r}; read once")
                    )
                else:
                    places[found.id], texts[digest] = show(path), found.id
                    yield found

    def _files(self) -> list[tuple[str, Path]]:
        """(name below the folder given, path) of each file, sorted; a file named twice is read once."""
        files: dict[str, tuple[str, Path]] = {}
        for path in sorted(self.paths):
            found = self._below(path) if path.is_dir() else [path]
            for file in found:
                name = file.relative_to(path) if path.is_dir() else Path(file.name)
                files.setdefault(os.path.realpath(file), (show(Path(name.as_posix())), file))
        return sorted(files.values())

    def _below(self, folder: Path) -> list[Path]:
        """Every readable file below a folder. Links to folders are followed; each folder is visited once."""
        found: list[Path] = []
        skipped: Counter[str] = Counter()
        visited = {os.path.realpath(folder)}

        def note(error: OSError) -> None:
            self.problems.append(ArticleError(f"{show(Path(error.filename or folder))}: {reason(error)}"))

        for here, folders, names in os.walk(folder, onerror=note, followlinks=True):
            ahead = {
                os.path.realpath(Path(here, name)): name
                for name in sorted(folders)
                if not name.startswith(".")
            }
            folders[:] = [name for real, name in ahead.items() if real not in visited]
            visited |= ahead.keys()
            own = OUTPUTS if "graph.nq" in names else frozenset()  # results of kg are no articles
            for path in sorted(
                Path(here, name) for name in names if not name.startswith(".") and name not in own
            ):
                if path.suffix.lower() in READERS:
                    found.append(path)
                else:
                    skipped[path.suffix.lower()] += 1
        for suffix, count in sorted(skipped.items()):
            kind = f"{count} {suffix} file{'s' * (count > 1)}" if suffix else f"{count} without a suffix"
            self.problems.append(ArticleError(f"{show(folder)}: skipped {kind}; kg reads {FORMATS}"))
        if not found:
            self.problems.append(
                ArticleError(f"{show(folder)}: no articles in this folder; kg reads {FORMATS}")
            )
        return found
