"""A user's list of entities: tables and RDF, and one line for what is wrong in them."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import IdentityError
from kg.identity.tables import read_entities
from kg.resolve.catalogue import Known

ONTOLOGY = kg.load_ontology()
ALIBABA = Known(
    "LEI-1", ("Alibaba", "BABA", "Alibaba Group"), "Company", ("cloud", "shop"), ("http://a.example/1",)
)


def read(folder: Path, name: str, text: str) -> tuple[Known, ...]:
    (folder / name).write_text(text, encoding="utf-8")
    return read_entities(folder / name, ONTOLOGY).entries


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table(tmp_path: Path, mark: str) -> None:
    rows = [
        ["ID", "Name", "Aliases", "Type", "Context", "owl:sameAs"],
        ["LEI-1", "Alibaba", "BABA|Alibaba Group", "company", "shop|cloud", "http://a.example/1"],
        ["", "", "", "", "", ""],
        ["2", "Ann Lee", "", "", "", ""],
    ]
    found = read(tmp_path, "list.csv", "\ufeff" + "".join(mark.join(row) + "\r\n" for row in rows))
    assert found == (Known("2", ("Ann Lee",)), ALIBABA)


def test_rows_of_one_id_are_one_entry(tmp_path: Path) -> None:
    found = read(tmp_path, "list.csv", "id,name\n1,Meta\n1,Facebook\n")
    assert found == (Known("1", ("Facebook", "Meta")),)


def test_turtle_and_skos(tmp_path: Path) -> None:
    text = """
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix schema: <https://schema.org/> .
        @prefix kg: <https://kg.example/ontology#> .
        @prefix x: <https://x.example/> .
        x:1 a skos:Concept, kg:Company ; skos:prefLabel "Alibaba"@en ; skos:altLabel "BABA", "阿里巴巴" ;
            kg:context "cloud, shop" ; owl:sameAs x:2 .
        x:3 a schema:Organization ; schema:name "Quorvane" .
    """
    assert read(tmp_path, "list.ttl", text) == (
        Known(
            "https://x.example/1",
            ("Alibaba", "BABA", "阿里巴巴"),
            "Company",
            ("cloud", "shop"),
            ("https://x.example/2",),
        ),
        Known("https://x.example/3", ("Quorvane",), "Organization"),
    )


@pytest.mark.parametrize(
    ("name", "text", "hint"),
    [
        ("list.csv", "name,type\nMeta,Company\n", "line 1: needs the columns id and name"),
        ("list.csv", "", "line 1: needs the columns id and name"),
        ("list.csv", "id,name\n1,\n", "line 2: no name"),
        ("list.csv", "id,name,type\n1,Meta,Frobnitz\n", "line 2: type 'Frobnitz' is no class"),
        ("list.csv", "id,name,sameAs\n1,Meta,Q380\n", "line 2: sameAs 'Q380' is no IRI"),
        ("list.ttl", "x:1 a x:2 .", "prefix x: is not declared"),
        ("list.xlsx", "", "is to end in .csv"),
    ],
)
def test_what_is_wrong_is_one_line_with_its_place(tmp_path: Path, name: str, text: str, hint: str) -> None:
    with pytest.raises(IdentityError) as caught:
        read(tmp_path, name, text)
    assert hint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(IdentityError, match="no such file"):
        read_entities(tmp_path / "none.csv", ONTOLOGY)


def test_read_identity_reads_both(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text("same:\n  - [A, B]\n", encoding="utf-8")
    (tmp_path / "e.csv").write_text("id,name\n1,Meta\n", encoding="utf-8")
    identity = kg.read_identity(tmp_path / "d.yaml", tmp_path / "e.csv")
    assert identity == kg.Identity(kg.Decisions((("A", "B"),)), identity.catalogue)
    assert [entry.id for entry in identity.catalogue.entries] == ["1"]
