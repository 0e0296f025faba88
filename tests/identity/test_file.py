"""`identity.yaml`: what is understood, what is refused in one line, and that the user's part stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import IdentityError
from kg.identity.file import MARKER, TEMPLATE, own_part, parse, quoted, read_decisions, to_text, with_entry
from kg.resolve.decisions import Decisions
from tests.resolve.test_decisions import BOTH, FACEBOOK, META, graph

TEXT = """\
# mine
same:
  - [Meta, Facebook]   # since 2021
  - - Ann Lee @ 05
    - Ann Lee @ 06
different:
- [No, 2025, 1.5]
rename: {Alibaba: Alibaba Group}
type:
  "S1: the glasses": Product
"""


def test_names_are_text_whatever_yaml_takes_them_for() -> None:
    decisions = parse(TEXT)
    assert decisions.same == (("Ann Lee @ 05", "Ann Lee @ 06"), ("Facebook", "Meta"))
    assert decisions.different == (("1.5", "2025", "No"),)
    assert decisions.rename == (("Alibaba", "Alibaba Group"),)
    assert decisions.type == (("S1: the glasses", "Product"),)
    assert parse("") == parse("same:\ndifferent: []") == parse(TEMPLATE) == Decisions()


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("same: Meta", 1, "lists of two names"),
        ("same:\n  - [Meta]", 2, "lists of two names"),
        ("same:\n  - [Meta, Meta]", 2, "lists of two names"),
        ("same:\n  - [Meta, [x]]", 2, "lists of two names"),
        ("sam:\n  - [a, b]", 2, "'sam' is not known here; allowed are same, different"),
        ("same: []\nsame: []", 2, "stands twice"),
        ("rename:\n  a: x\n  a: y", 3, "stands twice under rename"),
        ("rename: [a, b]", 1, "key: value"),
        ("type:\n  a: [x]", 2, "a name and a text"),
        ("same: [a, b", 1, "not YAML"),
        ("- a", 1, "key: value"),
        ("same: *x", 1, "not YAML"),
        ("rename: {? [a] : b}", 1, "before the colon"),
    ],
)
def test_what_is_not_understood_is_one_line_with_its_place(text: str, line: int, hint: str) -> None:
    with pytest.raises(IdentityError) as caught:
        parse(text)
    assert f"line {line}" in str(caught.value)
    assert hint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_yaml_tags_make_no_objects() -> None:
    text = "same:\n  - [!!python/object/apply:os.system [x], b]"
    with pytest.raises(IdentityError):
        parse(text)


def test_the_users_part_stays_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "identity.yaml"
    path.write_text(TEXT, encoding="utf-8")
    first = to_text(graph(META, FACEBOOK, BOTH), own_part(path))
    assert first.startswith(TEXT + MARKER)
    path.write_text(first, encoding="utf-8")
    assert own_part(path) == TEXT
    assert to_text(graph(META, FACEBOOK, BOTH), own_part(path)) == first
    assert read_decisions(path) == parse(TEXT)


def test_merges_and_proposals_are_listed_with_rung_and_score() -> None:
    text = to_text(graph(META, FACEBOOK, BOTH), "")
    listed = yaml.safe_load(text)
    assert [(m["into"], m["name"], m["rung"]) for m in listed["merged"]] == [
        ("Meta", "Facebook", "coreference")
    ]
    assert [(m["same"], m["rung"]) for m in listed["proposed"]] == [(["Meta", "Facebook"], "other name")]


def test_decisions_from_python_are_written_into_a_new_file() -> None:
    decisions = Decisions.of(
        (("Meta", "Facebook"),), (("a: b", "#c"),), (("Meta", "M"),), (("x", "Product"),)
    )
    text = to_text(graph(META, decisions=decisions))
    assert parse(text.split(MARKER)[0]) == decisions


def test_entries_are_added_where_they_belong_and_nothing_else_moves() -> None:
    text = with_entry(TEXT, "same", ("Ford", "Ford Motor"))
    assert text == TEXT.replace("same:\n", "same:\n  - [Ford, Ford Motor]\n", 1)
    assert with_entry(text, "same", ("Ford Motor", "Ford")) == text
    assert with_entry(TEXT, "different", ("a", "b")) == TEXT.replace(
        "different:\n", 'different:\n- ["a", "b"]\n', 1
    )
    assert with_entry("rename: {a: b}", "same", ("A1", "B1")) == "rename: {a: b}\nsame:\n  - [A1, B1]\n"
    assert parse(with_entry("same: []  \n", "same", ("A1", "B1"))).same == (("A1", "B1"),)
    with pytest.raises(IdentityError, match="no line can be added"):
        with_entry("same: [[a, b]]\n", "same", ("c", "d"))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.text(min_size=1, max_size=12).map(str.strip).filter(bool), min_size=2, max_size=3, unique=True
    )
)
def test_any_name_can_be_written_and_read_again(names: list[str]) -> None:
    names = [name.encode("utf-8", "replace").decode() for name in names]
    text = with_entry("", "same", tuple(names)) if len(set(names)) > 1 else ""
    assert parse(text).same == (((tuple(sorted(set(names)))),) if text else ())
    assert all(yaml.safe_load(quoted(name)) == name for name in names)


def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(IdentityError, match="no such file"):
        read_decisions(tmp_path / "none.yaml")
    (tmp_path / "bad.yaml").write_bytes(b"same: \xff")
    with pytest.raises(IdentityError, match="not UTF-8"):
        read_decisions(tmp_path / "bad.yaml")


def test_a_build_in_python_obeys(tmp_path: Path) -> None:
    made = graph(META, FACEBOOK, decisions=Decisions.of((("Meta", "Facebook"),)))
    kg.save(made, tmp_path)
    assert read_decisions(tmp_path / "identity.yaml") == made.identity.decisions
    assert kg.load(tmp_path) == made
