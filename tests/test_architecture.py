"""Who may import what: read off the sources, so that the rooms stay apart."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "kg").rglob("*.py"))

# Library -> the rooms that may use it. Type annotations (under TYPE_CHECKING) are free.
OWNERS = {
    "spacy": ("extract",),
    "thinc": ("extract",),
    "onnxruntime": ("extract",),
    "tokenizers": ("extract",),
    "torch": ("extract/pipeline/train",),
    "transformers": ("extract/pipeline/train",),
    "onnx": ("extract/pipeline/train",),
    "rdflib": ("rdf",),
    "pyoxigraph": ("rdf",),
    "oxrdflib": ("rdf",),
    "networkx": ("view",),
    "pyvis": ("view",),
    "jinja2": ("view",),
    "rapidfuzz": ("resolve",),
    "yaml": ("identity",),
    "trafilatura": ("formats.py",),
    "typer": ("cli",),
    "rich": ("terminal.py",),
}

# Room -> the rooms of kg it must not know.
# (extract uses the name ladder of resolve: inside an article and across articles names are compared alike.)
STRANGERS = {
    "model.py": (
        "extract",
        "resolve",
        "rdf",
        "view",
        "graph",
        "ontology",
        "interpret",
        "articles",
        "build",
        "outputs",
        "cli",
    ),
    "ontology.py": ("extract", "resolve", "rdf", "view", "graph", "articles", "build", "outputs", "cli"),
    "interpret.py": ("extract", "resolve", "rdf", "view", "graph", "articles", "build", "outputs", "cli"),
    "graph.py": ("extract", "rdf", "view", "articles", "build", "outputs", "cli"),
    "derive": (
        "extract",
        "resolve",
        "rdf",
        "view",
        "graph",
        "articles",
        "build",
        "outputs",
        "rulebook",
        "cli",
    ),
    "rulebook": ("view", "articles", "build", "outputs", "cli"),
    "extract": ("rdf", "view", "graph", "articles", "build", "outputs", "cli"),
    "resolve": ("extract", "rdf", "view", "graph", "articles", "build", "outputs", "cli"),
    "identity": ("extract", "view", "articles", "build", "outputs", "cli"),
    "rdf": ("extract", "view", "articles", "build", "outputs", "cli"),
    "view": ("extract", "rdf", "articles", "build", "outputs", "cli"),
    "build.py": ("view", "outputs", "cli"),
    "outputs.py": ("extract", "cli"),
}
PRINTERS = (
    "cli",
    "terminal.py",
    "extract/pipeline/train",
    "extract/pipeline/corpora",
    "extract/pipeline/evaluate.py",
    "extract/coref/train.py",
    "extract/coref/calibrate.py",
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT / "kg").as_posix()


def inside(path: Path, rooms: tuple[str, ...]) -> bool:
    return any(name_of(path) == room or name_of(path).startswith(room + "/") for room in rooms)


def imports(path: Path) -> Iterator[str]:
    """Dotted names a module imports when it runs."""
    todo: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            todo.extend(node.orelse)
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        todo.extend(ast.iter_child_nodes(node))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    for name in imports(path):
        rooms = OWNERS.get(name.split(".")[0])
        assert rooms is None or inside(path, rooms), (
            f"{name} may be used in kg/{', kg/'.join(rooms or ())} only"
        )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_rooms_do_not_know_each_other(path: Path) -> None:
    for room, strangers in STRANGERS.items():
        if inside(path, (room,)):
            known = {name.split(".")[1] for name in imports(path) if name.startswith("kg.")}
            assert not known & set(strangers), f"kg/{room} must not import {known & set(strangers)}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_command_line_prints_and_exits(path: Path) -> None:
    if inside(path, PRINTERS):
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) not in ("print", "sys.exit", "exit"), f"line {node.lineno}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_are_short_and_named_for_what_they_hold(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert path.stem not in ("utils", "util", "helpers", "misc", "common")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source))


def test_every_test_module_lies_in_the_room_it_tests() -> None:
    rooms = {path.name for path in (ROOT / "kg").iterdir() if path.is_dir()} | {"ontology"}
    folders = {
        path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and any(path.glob("test_*.py"))
    }
    assert folders <= rooms | {"mood"}
