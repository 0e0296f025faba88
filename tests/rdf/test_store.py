"""Asking graphs: kinds of queries and sources, plain values, time and row limits, and that nothing gets out."""

from __future__ import annotations

import copy
import pickle
import socket
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import GraphError, OutputError, QueryError
from kg.graph import Graph
from kg.rdf.codec import to_nquads
from kg.rdf.process import Worker
from kg.rdf.schema import load_ontology
from kg.rdf.store import Iri, Store, Table, query, to_rdflib, write_store
from tests.rdf import world

LAUNCHES = 'SELECT ?what { ?who rdfs:label "Alibaba" ; kg:launches ?what }'
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


@pytest.fixture(scope="module")
def store() -> object:
    with Store(world.graph()) as opened:
        yield opened


def test_a_graph_a_folder_a_file_and_a_directory_give_the_same_answer(tmp_path: Path) -> None:
    graph = world.graph()
    (tmp_path / "graph.nq").write_text(to_nquads(graph), encoding="utf-8")
    directory = write_store(graph, tmp_path / "store")
    answers = [query(source, LAUNCHES) for source in (graph, tmp_path, str(tmp_path / "graph.nq"), directory)]
    assert answers == [Table(["what"], [["https://kg.example/entity/S1"]])] * 4


def test_select_gives_plain_values(store: Store) -> None:
    table = store.query(
        "SELECT ?s ?amount ?growth ?about ?day ?title ?none { ?s kg:has_price/kg:amount ?amount . "
        "?x kg:has_growth [ kg:amount ?growth ; kg:approximate ?about ] . ?s kg:available_from ?day . "
        "GRAPH kg:evidence { ?a schema:datePublished '2025-12-09'^^xsd:date ; schema:headline ?title } }"
    )
    assert table.columns == ["s", "amount", "growth", "about", "day", "title", "none"]
    assert table.rows == [
        ["https://kg.example/entity/S1", 537, 4.5, True, "2025-11", "“No bid”, says Nvidia", None]
    ]
    assert [type(cell) for cell in table.rows[0]] == [Iri, int, float, bool, str, str, type(None)]
    assert table.records()[0]["amount"] == 537


def test_iris_have_short_names_and_survive_pickling(store: Store) -> None:
    iri = store.query(LAUNCHES).rows[0][0]
    assert isinstance(iri, Iri)
    assert iri.short == "ent:S1"
    for twin in (pickle.loads(pickle.dumps(iri)), copy.deepcopy(iri)):
        assert (twin, twin.short) == (iri, "ent:S1")
    sentence = store.query("SELECT ?s { GRAPH kg:evidence { ?s nif:beginIndex 0 } } LIMIT 1").rows[0][0]
    assert isinstance(sentence, Iri)
    assert sentence.short == f"<{sentence}>"


def test_ask_construct_describe(store: Store) -> None:
    assert store.query("ASK { ent:Alibaba kg:launches ent:S1 }") == Table(["answer"], [[True]])
    assert store.query("ASK { ent:Nvidia kg:acquires ?x }").rows == [[False]], "denied, so no fact"
    made = store.query("CONSTRUCT { ?b kg:launched_by ?a } WHERE { ?a kg:launches ?b }")
    assert made.columns == ["subject", "predicate", "object"]
    assert [[str(cell).rpartition("/")[2] for cell in row] for row in made.rows] == [
        ["S1", "ontology#launched_by", "Alibaba"]
    ]
    assert len(store.query("DESCRIBE ent:S1").rows) == 5


def test_rows_are_limited_and_it_is_told(store: Store) -> None:
    few = store.query("SELECT * { ?s ?p ?o }", max_rows=3)
    assert (len(few.rows), few.truncated) == (3, True)
    exact = store.query("SELECT * { ?s ?p ?o } LIMIT 3", max_rows=3)
    assert (len(exact.rows), exact.truncated) == (3, False)


def test_a_slow_query_is_stopped_and_the_store_goes_on() -> None:
    with Store(world.graph()) as store:
        started = time.monotonic()
        with pytest.raises(QueryError, match=r"stopped after 0\.5 s; ask for less"):
            store.query(SLOW, timeout=0.5)
        assert time.monotonic() - started < 20
        assert store.query("ASK {}").rows == [[True]]


def test_a_dead_process_is_an_error_and_the_next_query_starts_another() -> None:
    with Store(world.graph()) as store:
        store.query("ASK {}")
        store._worker._process.kill()  # type: ignore[union-attr]
        with pytest.raises(QueryError, match="ended unexpectedly"):
            store.query("ASK {}")
        assert store.query("ASK {}").rows == [[True]]


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELECT ?x { ?x kg:launches }", r'line 1, column 28: not valid SPARQL near "}"; expected'),
        ("SELECT ?x { ?x kg:launches ?y", "ends too early; a closing }"),
        ("SELECT ?x { ?x kg:launches 'y }", "ends too early; a closing }"),
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", "names a variable that is not grouped"),
        ("SELECT * { ?s ?p ?o FILTER(foo(?s)) }", "check the names of functions"),
        ("SELECT ?x { ?x nope:launches ?y }", "the prefix nope: is unknown"),
        ("DROP ALL", "DROP would change data"),
    ],
)
def test_a_malformed_query_gets_one_line(store: Store, sparql: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        store.query(sparql)
    assert "\n" not in str(caught.value)
    assert store.query("ASK {}").rows == [[True]]


def test_the_process_itself_cannot_reach_out() -> None:
    """Were a query to slip through the check: no socket, no file."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        worker = Worker(world.graph())
        try:
            address = f"http://127.0.0.1:{server.getsockname()[1]}/"
            sparql = f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
            answer = worker.ask({"query": sparql, "prefixes": {}, "timeout": 5.0, "max_rows": 9}, 5.0)
            assert "error" in answer
            with pytest.raises(TimeoutError):
                server.accept()
        finally:
            worker.kill()


def test_hostile_names_are_data(store: Store) -> None:
    assert store.query('SELECT ?s { ?s rdfs:label "\\" . <x:y> <x:y> \\"" }').rows == []


def test_missing_and_damaged_graphs(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no graph here; run kg build first"):
        query(tmp_path, "ASK {}")
    with pytest.raises(GraphError, match="no graph here"):
        query(tmp_path / "nowhere", "ASK {}")
    (tmp_path / "graph.nq").write_text("<a:b> <a:c> <a:d> .\n<a:b> <a:c\n")
    with pytest.raises(GraphError, match=r"graph\.nq, line 2: cannot be loaded .*build it again"):
        query(tmp_path, "ASK {}")


def test_prefixes_follow_base_and_namespace(tmp_path: Path) -> None:
    path = tmp_path / "o.ttl"
    path.write_text(
        world.ONTOLOGY.read_text().replace("https://kg.example/ontology#", "https://my.example/o#")
    )
    graph = Graph.of(world.readings(), load_ontology(path))
    (tmp_path / "graph.nq").write_text(to_nquads(graph, base="https://news.example/"), encoding="utf-8")
    rows = query(tmp_path, "SELECT ?o { ent:Alibaba :launches ?o }").rows
    assert rows == [["https://news.example/entity/S1"]]
    assert query(graph, "SELECT ?o { ent:Alibaba :launches ?o }").rows == [["https://kg.example/entity/S1"]]


def test_a_directory_is_replaced_whole_and_nothing_else_is(tmp_path: Path) -> None:
    folder = write_store(world.graph(), tmp_path / "deep" / "store")
    write_store(Graph.of(world.readings()[:1], world.ontology()), folder)
    assert query(folder, 'SELECT ?s { ?s rdfs:label "TSMC" }').rows == []
    assert [path.name for path in folder.parent.iterdir()] == ["store"], "nothing is left aside"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(OutputError, match="exists and is no store"):
        write_store(world.graph(), tmp_path / "mine")


def test_a_directory_holds_the_whole_graph(tmp_path: Path) -> None:
    from kg.rdf.codec import decode

    folder = write_store(world.graph(), tmp_path / "store")
    assert decode(iter(ox.Store.read_only(str(folder)))) == world.graph()


def test_rdflib_views() -> None:
    with pytest.raises(ValueError, match='"Memory" or "Oxigraph" are possible'):
        to_rdflib(world.graph(), store="Disk")
    dataset = to_rdflib(world.graph())
    assert dict(dataset.namespaces())["ent"].toPython() == "https://kg.example/entity/"
