"""The ladder of names: what meets, on which rung, and what must stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.resolve.ladder import ARTICLE, EVERYWHERE, LADDER, abbreviates, rung
from kg.resolve.names import NameReader, fold, joined, split_words


@pytest.fixture(scope="module")
def reader() -> NameReader:
    return NameReader(kg.load_ontology())


def test_fold_and_split() -> None:
    assert fold("Nestlé’s") == "nestle's"
    assert split_words("Moody's & Co.’s U.S. arm") == ("moody", "and", "co", "us", "arm")
    assert joined(("back", "pack")) == joined(("backpack",))
    assert joined(("s1", "0")) != joined(("s10",))


@pytest.mark.parametrize("step", LADDER, ids=lambda step: step.name)
def test_each_rung_holds_for_its_own_example(step: object, reader: NameReader) -> None:
    people = step.name in ("title", "name order", "family name")  # type: ignore[attr-defined]
    full, other = (reader.read(text, person=people) for text in step.example)  # type: ignore[attr-defined]
    assert step.holds(full, other)  # type: ignore[attr-defined]
    assert rung(full, other) == step.name  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("full", "other"),
    [
        ("Nvidia", "NVIDIA"),
        ("NVIDIA", "NVIDIA."),
        ("Alibaba", "Alibaba’s"),
        ("Alibaba Group Holding", "Alibaba Group Holding Ltd"),
        ("Sea Ltd", "Sea"),
        ("Tiffany & Co.", "Tiffany"),
        ("Carrefour S.A.", "Carrefour"),
        ("Société Générale SA", "Societe Generale"),
        ("BackPack", "Back Pack"),
        ("The European Commission", "European Commission"),
        ("U.S.", "United States"),
        ("EU", "European Union"),
    ],
)
def test_organisations_that_meet_between_articles(full: str, other: str, reader: NameReader) -> None:
    assert rung(reader.read(full), reader.read(other), EVERYWHERE)
    assert reader.read(full).key == reader.read(other).key


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Mars", "Mars Incorporated UK"),
        ("Carrefour", "Carrefour Global Sourcing"),
        ("Alibaba", "Alibaba Cloud"),
        ("iPhone 15", "iPhone 16"),
        ("S1", "S1 Pro"),
        ("Internet Explorer 6", "Internet Explorer 9"),
        ("Google", "Alphabet"),
        ("Bank of America", "Bank of Japan"),
        ("Apple", "Apple Pay"),
    ],
)
def test_names_that_stay_apart(a: str, b: str, reader: NameReader) -> None:
    first, second = reader.read(a), reader.read(b)
    assert not rung(first, second, ARTICLE)
    assert not rung(second, first, ARTICLE)
    assert first.key != second.key


@pytest.mark.parametrize(
    ("full", "other", "expected"),
    [
        ("Tim Cook", "Mr. Tim Cook", "title"),
        ("Kenneth Feinberg", "Kenneth R. Feinberg", "title"),
        ("Graham Doyle", "Deputy Commissioner Graham Doyle", "title"),
        ("Graham Doyle", "GDPR Deputy Commissioner Graham Doyle", "title"),
        ("Ann Head Smith", "Ann Smith", ""),
        ("Ursula von der Leyen", "von der Leyen", "family name"),
        ("Donald Trump Jr.", "Trump", "family name"),
        ("Tim Cook", "Tom Cook", ""),
        ("Donald Trump Jr.", "Donald Trump", ""),
        ("Li Na", "Lina", ""),
    ],
)
def test_persons(full: str, other: str, expected: str, reader: NameReader) -> None:
    assert rung(reader.read(full, person=True), reader.read(other, person=True)) == expected


def test_a_lone_family_name_is_not_full(reader: NameReader) -> None:
    assert not reader.read("Mr Cook").full
    assert reader.read("Mr Cook").kind == "person"
    assert reader.read("Tim Cook", person=True).full
    assert reader.read("Nvidia").full


def test_common_nouns_before_a_name_are_no_part_of_it(reader: NameReader) -> None:
    for text, name in {
        "Family-owned candy giant Mars": "Mars",
        "U.S.-listed Coinbase": "Coinbase",
        "Chinese company ByteDance": "ByteDance",
        "Bank of America": "Bank of America",
        "iPhone 15": "iPhone 15",
        "eBay": "eBay",
        "S1 smart glasses": "S1 smart glasses",
        "The Home Depot": "The Home Depot",
    }.items():
        assert reader.read(text).text == name


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("GDPR Deputy Commissioner Graham Doyle", "Graham Doyle"),
        ("Mr. Tim Cook", "Tim Cook"),
        ("Mr Cook", "Mr Cook"),
        ("Jane Smith, PhD", "Jane Smith"),
    ],
)
def test_a_person_is_shown_without_post_and_title(text: str, label: str, reader: NameReader) -> None:
    assert reader.read(text, person=True).label == label


def test_words_that_are_all_legal_forms_stay(reader: NameReader) -> None:
    assert reader.read("The Company").core == ("company",)
    assert reader.read("Group").core == ("group",)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.booleans())
def test_any_text_can_be_read(text: str, person: bool) -> None:
    name = NameReader(kg.load_ontology()).read(text, person)
    assert name.words
    assert name.core
    assert name.label is not None
    assert rung(name, name) == "identical"


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("DPC", "Irish Data Protection Commission", True),
        ("CySEC", "Cyprus Securities and Exchange Commission", True),
        ("FSC", "Financial Services Commission", True),
        ("GDPR", "General Data Protection Regulation", True),
        ("EU", "Irish Data Protection Commission", False),
        ("CEO", "Tim Cook", False),
        ("DPC", "DPC", False),
    ],
)
def test_bracketed_short_forms(short: str, long: str, expected: bool) -> None:
    assert abbreviates(short, long) is expected


@pytest.mark.parametrize(
    ("full", "short", "expected"),
    [
        ("European Economic Area", "EEA", True),
        ("PlayStation Portable", "PSP", True),
        ("High-Tech Gründerfonds", "HTGF", True),
        ("Irish Data Protection Commission", "DPC", True),
        ("Ministry of Defence", "MoD", True),
        ("Asset Group", "AG", True),
        ("Halden Wave Servo-Drive Co., Ltd.", "HWS", True),
        ("Internet Explorer 6", "IE", False),
        ("Micron Technology", "MU", False),
        ("Electronic Arts", "AE", False),
        ("Federal Trade Commission", "FCC", False),
    ],
)
def test_acronyms_by_initials(full: str, short: str, expected: bool, reader: NameReader) -> None:
    assert (rung(reader.read(full), reader.read(short)) == "acronym") is expected
