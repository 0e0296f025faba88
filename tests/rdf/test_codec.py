"""Graph <-> quads: nothing is lost, the same graph gives the same bytes, and damage is noticed."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.compare import graph_diff, to_isomorphic

from kg.errors import GraphError
from kg.graph import Graph
from kg.model import Claim, Modality, Polarity, Reading, Reason, Ref, Referent, Rejection, Span, Value
from kg.ontology import Ontology
from kg.rdf.codec import decode, encode, to_nquads, to_turtle
from kg.rdf.schema import load_ontology
from kg.rdf.store import to_rdflib
from tests.rdf import world

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = [
    "",
    " ",
    '"',
    "'''",
    '"""',
    "\\",
    "\\u0041",
    "\n",
    "\r\n",
    "\t",
    "\x00\x07\x7f\x85",
    "\u2028\u2029\ufeff",
    "\u202egnp.exe",
    "> . <x> <y> <z> .",
    '" . <x> <y> "',
    "</script>",
    "${x}",
    "😀 \U0001d510",
    "e\u0301",
    "a=1 b=2",
    "@prefix kg: <x> .",
    "Ünïcödé & Söhne",
    "_:b0",
    "%41",
]
TEXTS = st.text(max_size=12) | st.sampled_from(HOSTILE)
NAMES = TEXTS.filter(lambda text: any(c.isalnum() for c in text)) | st.sampled_from(
    ["Alibaba", "S1", "Nvidia", "S1"]
)
SPANS = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda p: Span(min(p), max(p)))
NUMBERS = st.sampled_from(["537", "537.00", "-4.5", "0", "00012", "1" * 40, "0.0000001", "five", "1e5", ""])
VALUES = st.builds(
    Value,
    kind=st.sampled_from(["money", "percent", "quantity", "date", "ordinal"]),
    text=TEXTS,
    number=st.none() | NUMBERS,
    unit=st.none() | st.sampled_from(["USD", "percent", "units", "a-b _%"]),
    high=st.none() | NUMBERS,
    iso=st.none()
    | st.sampled_from(
        ["2025-11-27", "2025-11", "2025", "2025-Q3", "2025-13", "2025-W01-1", "9999-99-99", "0000"]
    ),
    approximate=st.booleans(),
)


@st.composite
def readings(draw: st.DrawFn, article: str) -> Reading:
    keys = draw(st.lists(TEXTS, min_size=1, max_size=4, unique=True).map(sorted))
    referents = tuple(draw(_referents(article, key)) for key in keys)
    sentences = draw(st.dictionaries(SPANS, TEXTS, min_size=1, max_size=3))
    claims = tuple(draw(st.lists(_claims(article, keys, sentences), max_size=5)))
    rejections = st.builds(
        Rejection, st.just(article), st.sampled_from(Reason), rule=TEXTS, cue=TEXTS, quote=TEXTS, detail=TEXTS
    )
    return Reading(
        article=article,
        title=draw(TEXTS),
        source=draw(TEXTS),
        date=draw(st.none() | st.dates()),
        digest=draw(TEXTS),
        length=draw(st.integers(0, 10**9)),
        referents=referents,
        claims=claims,
        rejections=tuple(draw(st.lists(rejections, max_size=2))),
        pipeline=draw(TEXTS),
    )


@st.composite
def _referents(draw: st.DrawFn, article: str, key: str) -> Referent:
    mentions = tuple(sorted(draw(st.lists(SPANS, max_size=3, unique=True))))
    return Referent(
        article=article,
        key=key,
        name=draw(NAMES),
        form=draw(st.sampled_from(["name", "nominal"])),
        types=tuple(
            draw(
                st.lists(
                    st.tuples(st.sampled_from(["Company", "Product", "?=x y"]), st.integers(0, 9)), max_size=2
                )
            )
        ),
        aliases=tuple(sorted(draw(st.lists(NAMES, max_size=2, unique=True)))),
        mentions=mentions,
        descriptions=tuple(sorted(draw(st.lists(TEXTS, max_size=2, unique=True)))),
        rungs=tuple(draw(TEXTS) for _ in mentions) if draw(st.booleans()) else (),
        local=draw(st.booleans()),
    )


@st.composite
def _claims(draw: st.DrawFn, article: str, keys: list[str], sentences: dict[Span, str]) -> Claim:
    sentence = draw(st.sampled_from(sorted(sentences)))
    qualifiers = draw(
        st.lists(st.tuples(TEXTS | st.sampled_from(["time", "place"]), TEXTS | VALUES), max_size=3)
    )
    return Claim(
        article=article,
        subject=draw(st.sampled_from(keys)),
        relation=draw(st.sampled_from(["launches", "has_price"]) | TEXTS),
        object=draw(
            st.sampled_from(keys).map(Ref) | VALUES | TEXTS | st.sampled_from(["cut costs", "Cut costs"])
        ),
        sentence=sentence,
        quote=sentences[sentence],
        rule=draw(TEXTS),
        open=draw(st.booleans()),
        polarity=draw(st.sampled_from(Polarity)),
        modality=draw(st.sampled_from(Modality)),
        attribution=draw(TEXTS),
        qualifiers=tuple(sorted(qualifiers, key=lambda q: q[0])),
        confidence=draw(st.floats(0, 1)),
        subject_span=draw(st.none() | SPANS),
        cue_span=draw(st.none() | SPANS),
        object_span=draw(st.none() | SPANS),
    )


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    articles = draw(st.lists(TEXTS, max_size=3, unique=True))
    return Graph.of([draw(readings(article)) for article in articles], world.ontology())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs())
def test_decode_undoes_encode(graph: Graph) -> None:
    text = to_nquads(graph)
    back = decode(text)
    assert back == graph
    assert back.ontology == graph.ontology
    assert (back.entities, back.facts_all) == (graph.entities, graph.facts_all)
    assert to_nquads(back) == text
    assert len(text.split("\n")) - 1 == len(encode(graph)), (
        "one line for each quad, whatever the strings contain"
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs())
def test_a_store_may_rewrite_literals_and_still_nothing_is_lost(graph: Graph) -> None:
    store = ox.Store()
    store.extend(encode(graph))
    assert decode(iter(store)) == graph


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs())
def test_turtle_and_nquads_say_the_same_facts(graph: Graph) -> None:
    turtle = (
        {ox.Quad(*triple) for triple in ox.parse(to_turtle(graph), ox.RdfFormat.TURTLE)}
        if graph.readings
        else set()
    )
    facts = {quad for quad in encode(graph) if isinstance(quad.graph_name, ox.DefaultGraph)}
    assert turtle == facts


def same(found: rdflib.Graph, expected: rdflib.Graph) -> None:
    """Compare as graphs; a failure prints what is missing and what is too much."""
    _, extra, missing = graph_diff(to_isomorphic(found), to_isomorphic(expected))
    assert not len(extra) + len(missing), f"missing:\n{missing.serialize()}\ntoo much:\n{extra.serialize()}"


def test_the_facts_are_as_in_the_golden_file() -> None:
    same(rdflib.Graph().parse(data=to_turtle(world.graph())), rdflib.Graph().parse(GOLDEN / "facts.ttl"))


def test_the_evidence_of_one_sentence_is_as_in_the_golden_file() -> None:
    """Everything in kg:evidence for one denied, attributed, dated claim; the run's record aside."""
    article = Reading(
        article="05",
        title="A title",
        source="in/05.txt",
        date=dt.date(2025, 12, 1),
        digest="d1",
        length=70,
        referents=(
            Referent(
                "05",
                "a",
                "Alibaba",
                "name",
                (("Company", 2),),
                ("Alibaba Group",),
                (Span(0, 7),),
                ("it",),
                ("first",),
            ),
            Referent("05", "s", "S1", "name", mentions=(Span(20, 22),), local=True),
        ),
        claims=(
            Claim(
                article="05",
                subject="a",
                relation="launches",
                object=Ref("s"),
                sentence=Span(0, 40),
                quote="Alibaba did not launch it, Meta said.",
                rule="verbs.clause",
                polarity=Polarity.NEGATIVE,
                modality=Modality.EXPECTED,
                attribution="Meta",
                qualifiers=(("place", "Hangzhou"), ("time", Value("date", "Friday", iso="2025-11-28"))),
                confidence=0.75,
                subject_span=Span(0, 7),
                cue_span=Span(16, 22),
            ),
        ),
        rejections=(Rejection("05", Reason.RANGE, "verbs.clause", "fine", "They fined it.", "too long"),),
    )
    dataset = to_rdflib(Graph.of([article], world.ontology()))
    found = rdflib.Graph()
    for triple in dataset.graph(rdflib.URIRef("https://kg.example/ontology#evidence")):
        if "/run/" not in str(triple[0]) + str(triple[2]):
            found.add(triple)
    same(found, rdflib.Graph().parse(GOLDEN / "evidence.ttl"))


def test_order_of_articles_and_hash_seed_change_nothing() -> None:
    text = to_nquads(world.graph())
    assert to_nquads(Graph.of(reversed(world.readings()), world.ontology())) == text
    assert text == "".join(sorted(text.splitlines(keepends=True)))
    assert "\r" not in text
    script = "from tests.rdf import world; from kg.rdf.codec import *; g = world.graph(); print(to_nquads(g) + to_turtle(g), end='')"
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert run.stdout.decode() == text + to_turtle(world.graph())


def test_inverses_are_not_stored_and_denials_are_no_facts() -> None:
    facts = to_turtle(world.graph())
    assert "launched_by" not in facts
    assert "kg:acquires ent:" not in facts
    assert "rel:supply ent:" not in facts, "what Meta says is evidence, no fact"


def test_the_base_of_the_iris_is_free() -> None:
    text = to_nquads(world.graph(), base="https://news.example/kg/")
    assert "<https://news.example/kg/entity/Alibaba>" in text
    assert "kg.example/entity/" not in text
    assert decode(text) == world.graph()
    assert "@prefix ent: <https://news.example/kg/entity/> ." in to_turtle(
        world.graph(), base="https://news.example/kg/"
    )


def test_an_ontology_in_another_namespace(tmp_path: Path) -> None:
    path = tmp_path / "o.ttl"
    path.write_text(
        world.ONTOLOGY.read_text().replace("https://kg.example/ontology#", "https://my.example/o#")
    )
    graph = Graph.of(world.readings(), load_ontology(path))
    text = to_nquads(graph)
    assert "<https://my.example/o#launches>" in text
    assert (decode(text), decode(text).ontology) == (graph, graph.ontology)


def test_the_shipped_ontology_is_not_written_but_another_is() -> None:
    shipped = Graph.of(world.readings(), load_ontology())
    assert "ontology#ontology>" not in to_nquads(shipped)
    assert decode(to_nquads(shipped)).ontology == load_ontology()
    assert "ontology#ontology>" in to_nquads(world.graph())
    other = replace(load_ontology(), digest="another")
    assert decode(to_nquads(Graph.of((), other))).ontology == other
    assert decode(to_nquads(world.graph()), load_ontology()).ontology == load_ontology(), (
        "an ontology given is taken"
    )


def test_an_empty_graph() -> None:
    graph = Graph.of((), Ontology({}, {}))
    assert decode(to_nquads(graph)) == graph
    assert decode(to_nquads(graph)).ontology == graph.ontology


def test_the_run_is_recorded_without_times() -> None:
    text = to_nquads(world.graph())
    assert '"kg_test 1.0"' in text
    assert f'"{world.ontology().digest}"' in text
    assert "#dateTime>" not in text


def test_half_a_character_is_told() -> None:
    reading = replace(world.readings()[0], title="a \ud800 b")
    with pytest.raises(GraphError, match=r"lone surrogate\) in 'a .*ud800 b'; mend the article"):
        to_nquads(Graph.of([reading], world.ontology()))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda text: "", "no record of a kg run"),
        (lambda text: text[: len(text) // 2], r"line \d+: not N-Quads, damaged or cut off"),
        (lambda text: "hello", "line 1: not N-Quads"),
        (lambda text: _without(text, "/evidence/glasses-2> "), "lacks some of its evidence"),
        (lambda text: _without(text, "#rule>"), "has no <https://kg.example/ontology#rule>"),
        (lambda text: _without(text, "#evidenceFor>"), "damaged"),
        (lambda text: _without(text, "#ref=Alibaba> <https://kg.example/ontology#key>"), "has no <.*#key>"),
        (
            lambda text: text.replace('"denied"', '"?"').replace('"negative"', '"perhaps"'),
            "'perhaps' is not a valid Pol",
        ),
        (lambda text: _without(text, "#beginIndex>"), "has no <.*beginIndex>"),
        (lambda text: text.replace('{\\"kind\\"', "{"), "damaged"),
        (lambda text: text.replace('"2025-12-01"^^', '"soon"^^'), "damaged"),
        (lambda text: text.replace('"[\\"first', '"' + "[" * 100_000 + '\\"first'), "damaged"),
        (lambda text: text.replace("ontology#digest", "ontology#nothing"), "has no <.*digest>"),
    ],
)
def test_damage_is_noticed(damage: object, message: str) -> None:
    with pytest.raises(GraphError, match=message) as caught:
        decode(damage(to_nquads(world.graph())))  # type: ignore[operator]
    assert "\n" not in str(caught.value)


def _without(text: str, part: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if part not in line)
