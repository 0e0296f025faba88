"""Figures and things shared out among several: whose is which, and what is nobody's alone."""

from collections.abc import Callable

import pytest
from spacy.language import Language

from kg.extract.gaps import find_gaps, mend_gaps
from kg.extract.pipeline import load_pipeline
from kg.extract.read import read_article
from kg.extract.shares import elided_units
from kg.extract.values import find_values
from kg.model import Article, Ref
from kg.ontology import Ontology
from kg.rdf.schema import load_ontology
from tests.extract.parse import parse

PAID = (
    "Acme/PROPN/nsubj/1 paid/VERB/ROOT/1/pay/VBD $/SYM/obj/1 3/NUM/compound/4 m/NUM/nummod/2 and/CCONJ/cc/8"
    " Bolt/PROPN/compound/8 {}/ADV/advmod/8 $/SYM/conj/2 2/NUM/compound/10 m/NUM/nummod/8 ./PUNCT/punct/1"
)
Read = Callable[[str], set[tuple[str, str, str]]]


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


@pytest.fixture
def read(ontology: Ontology, nlp: Language) -> Read:
    def facts(text: str) -> set[tuple[str, str, str]]:
        found = read_article(Article("a", text), ontology, nlp)
        names = {r.key: r.name for r in found.referents}
        return {
            (
                names[c.subject],
                c.relation,
                names[c.object.key] if isinstance(c.object, Ref) else c.object.text,
            )
            for c in found.claims
        }

    return facts


def test_a_name_left_over_hangs_on_the_verb_and_its_figure_on_the_name(ontology: Ontology) -> None:
    doc = parse(PAID.format("just"), ents=[(0, 1, "ORG"), (6, 7, "ORG")], spaces={3: False, 9: False})
    gaps = find_gaps(doc, find_values(doc.text, ontology.words))[0]
    assert [(name.text, figure.of(doc.text)) for gap in gaps for name, figure in gap.members] == [
        ("Bolt", "$2m")
    ]
    mend_gaps(doc, gaps)
    tree = [(t.text, t.dep_, t.head.text, t.head.i) for t in doc]
    assert tree[6] == ("Bolt", "conj", "paid", 1)
    assert tree[8] == ("$", "orphan", "Bolt", 6)
    assert tree[2] == ("$", "obj", "paid", 1)


def test_a_name_before_a_figure_of_another_kind_opens_no_clause(ontology: Ontology) -> None:
    line = PAID.replace(
        "$/SYM/conj/2 2/NUM/compound/10 m/NUM/nummod/8", "2/NUM/conj/2 jobs/NOUN/obj/1 x/X/dep/1"
    )
    doc = parse(line.format("cut"), ents=[(0, 1, "ORG"), (6, 7, "ORG")], spaces={3: False})
    assert find_gaps(doc, find_values(doc.text, ontology.words))[0] == []


@pytest.mark.parametrize(
    ("first", "number", "unit"),
    [("12 per cent", "7.1", "percent"), ("340 cafes", "190", "cafes"), ("42 million phones", "26", None)],
)
def test_a_bare_figure_has_the_unit_of_the_first(
    first: str, number: str, unit: str | None, ontology: Ontology, nlp: Language
) -> None:
    doc = nlp(f"Harvil had {first} last year, Ostoma {number}.")
    _, values = find_gaps(doc, find_values(doc.text, ontology.words))
    assert next((value.unit for _, value in values if value.text == number), None) == unit


def test_a_number_has_the_unit_of_the_last_of_its_list(ontology: Ontology, nlp: Language) -> None:
    doc = nlp("Acme Corp and Velox employ 4,000 and 2,500 people respectively.")
    values = elided_units(doc, find_values(doc.text, ontology.words))
    assert [(value.number, value.unit) for _, value in values] == [("4000", "people"), ("2500", "people")]


@pytest.mark.parametrize(
    ("text", "relation", "facts"),
    [
        (
            "Harvil had 12.4 per cent of grocery sales last year, Ostoma 7.1 and Lumen Fresh 5.5.",
            "has_market_share",
            {("Harvil", "12.4 per cent"), ("Ostoma", "7.1"), ("Lumen Fresh", "5.5")},
        ),
        (
            "Norvik closed 3% lower, Direct Marine 2%.",
            "has_share_price_change",
            {("Norvik", "3%"), ("Direct Marine", "2%")},
        ),
        (
            "Shares in Acme Corp rose 4 percent, while Velox lost 3 percent and Norvik 2 percent.",
            "has_share_price_change",
            {("Acme Corp", "4 percent"), ("Velox", "-3 percent"), ("Norvik", "-2 percent")},
        ),
        ("Acme Corp was fined $3m and Velox $2m.", "incurs_fine", {("Acme Corp", "$3m"), ("Velox", "$2m")}),
        (
            "Acme Corp reported revenue of $20 million and Velox $15 million.",
            "has_revenue",
            {("Acme Corp", "$20 million"), ("Velox", "$15 million")},
        ),
        (
            "Acme Corp already has 46 percent of the Polish market to Velox's 21 and Norvik's 17.",
            "has_market_share",
            {("Acme Corp", "46 percent"), ("Velox", "21"), ("Norvik", "17")},
        ),
        (
            "Acme Corp and Velox employ 4,000 and 2,500 people respectively.",
            "has_headcount",
            {("Acme Corp", "4,000"), ("Velox", "2,500 people")},
        ),
        (
            "Acme Corp and Velox are based in Oslo and Bergen respectively.",
            "headquartered_in",
            {("Acme Corp", "Oslo"), ("Velox", "Bergen")},
        ),
        (
            "Acme Corp, Norvik and Velox had respectively moved offices to Madrid, Milan and Frankfurt.",
            "shifts_activity_to",
            {("Acme Corp", "Madrid"), ("Norvik", "Milan"), ("Velox", "Frankfurt")},
        ),
        (
            "Revenue at Acme Corp and Velox rose 3 percent and 5 percent respectively.",
            "has_revenue_growth",
            {("Acme Corp", "3 percent"), ("Velox", "5 percent")},
        ),
        ("Acme Corp and Velox had 11.8 percent of the market between them.", "has_market_share", set()),
        ("Together Acme Corp and Velox employ 4,000 people.", "has_headcount", set()),
    ],
)
def test_each_figure_is_of_its_own(text: str, relation: str, facts: set[tuple[str, str]], read: Read) -> None:
    assert {(s, o) for s, r, o in read(text) if r == relation} == facts


def test_a_figure_in_brackets_is_of_the_name_before_it(read: Read) -> None:
    facts = read("Shares of Norvik (down 5 percent) and Velox (up 3 percent) moved most.")
    assert not {("Norvik", "3 percent"), ("Velox", "5 percent")} & {(s, o) for s, _, o in facts}


def test_what_each_does_is_said_of_each(read: Read) -> None:
    facts = read("Acme Corp and Velox paid $3 million each.")
    assert {s for s, r, o in facts if o == "$3 million"} == {"Acme Corp", "Velox"}
