"""Which queries are let through; what is said of the others."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.rdf.iris import Iris
from kg.rdf.sparql import check, explain, tokens

PREFIXES = Iris().prefixes()
AWAY = "<http://127.0.0.1:9/> { ?a ?b ?c }"
ATTACKS = [
    f"SELECT * {{ SERVICE {AWAY} }}",
    f"SELECT * {{ service silent {AWAY} }}",
    f"SELECT * {{ SeRvIcE{AWAY} }}",
    f"SELECT * {{ ?s ?p 1SERVICE {AWAY} }}",
    f"SELECT * {{ ?s ?p 1.5e3SERVICE {AWAY} }}",
    f"SELECT * {{ ?s ?p trueSERVICE {AWAY} }}",
    f'SELECT * {{ ?s ?p "x"SERVICE {AWAY} }}',
    f"SELECT * {{ ?s ?p '''x'''SERVICE {AWAY} }}",
    f"SELECT * {{ ?s ?p ?o.SERVICE {AWAY} }}",
    f"SELECT * {{ # harmless\nSERVICE {AWAY} }}",
    f"SELECT * {{ ?s <a#b> ?o . SERVICE {AWAY} }}",
    f"SELECT * {{ ?s ?p ?o FILTER(?o<1)SERVICE{AWAY} }}",
    f"SELECT * {{ ?s ?p ?o FILTER(?o < 1 && 3 > ?o) SERVICE {AWAY} }}",
    f"SELECT * {{ ?s ?p '\\'' . SERVICE {AWAY} . ?s ?p '\\'' }}",
    f"SELECT * {{ \\u0053ERVICE {AWAY} }}",
    'SELECT * { ?s ?p "\\u0022 . " }',
    "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
    "PREFIX f: <file:///etc/> SELECT * FROM f:passwd { ?s ?p ?o }",
    "SELECT * FROM { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:9/>",
    "INSERT DATA { <a:a> <a:b> 1 }",
    "PREFIX kg: <x:y> DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP GRAPH kg:evidence",
    "SELECT * { ?s ?p ?o } ; INSERT DATA { <a:a> <a:b> 1 }",
    "SELECT * { ?s ?p ?o } # " + "x" * 100_000,
]
INNOCENT = [
    "SELECT * { ?s ?p ?o }",
    "ask{}",
    "BASE <http://x/> PREFIX ex: <http://x/> SELECT * { ?s ex:service <load> }",
    'SELECT ?service { ?service rdfs:label "SERVICE <http://x> LOAD" }',
    "SELECT * { ?s rdfs:label '''a 'service' \n INSERT ''' , \"\"\"a \"load\" b\"\"\" }",
    "SELECT * { ?s kg:customer_service ?o } # SERVICE LOAD",
    "SELECT * { ent:Customer_Service ?p ?o ; rel:load ?x . _:service ?y ?z }",
    "SELECT * { ?s ?p ?o FILTER(?o<5&&?o>3) }",
    "SELECT * { ?s rdfs:label 'x'@en-service }",
    "SELECT * FROM kg:evidence { ?s ?p ?o }",
    "SELECT * FROM NAMED <https://kg.example/ontology#evidence> { GRAPH ?g { ?s ?p ?o } }",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "DESCRIBE ent:Alibaba",
    "SELECT * { ?s ?p 'it\\'s a service' }",
    "SELECT * { ?s ?p 'café' }",
]


@pytest.mark.parametrize("query", ATTACKS, ids=range(len(ATTACKS)))
def test_what_reads_elsewhere_or_writes_is_refused(query: str) -> None:
    with pytest.raises(QueryError) as caught:
        check(query, PREFIXES)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("query", INNOCENT, ids=range(len(INNOCENT)))
def test_innocent_uses_of_the_words_pass(query: str) -> None:
    check(query, PREFIXES)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "the query is empty; write one such as"),
        ("# nothing", "the query is empty"),
        ("PREFIX a: <b:c>", "the query is empty"),
        (
            "SELCT * { ?s ?p ?o }",
            "line 1, column 1: a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not with 'SELCT'",
        ),
        (
            "SELECT *\n{ ?s foo:x ?o }",
            "line 2, column 6: the prefix foo: is unknown; known are art: ent: ev:",
        ),
        ("ASK {\n  SERVICE <x:y> {} }", "line 2, column 3: SERVICE would ask another server"),
        ("SELECT * { ?s ?p '\\u0041' }", "\\u escapes are not allowed; write the character itself"),
        ("INSERT DATA {}", "line 1, column 1: INSERT would change data; this graph can only be asked"),
    ],
)
def test_messages_tell_the_place_and_the_way_on(query: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        check(query, PREFIXES)
    assert message in str(caught.value)


def test_explanations_of_the_parsers_complaints() -> None:
    query = "SELECT ?x\nWHERE { ?x kg:launches }"
    said = 'error at 2:24: expected one of "(", "*", "a" ..= "z", GRAPH'
    assert explain(query, said) == 'line 2, column 24: not valid SPARQL near "}"; expected ( or *'
    assert "a closing }, ) or quotation mark is missing" in explain("ASK {", "error at 1:6: expected x")
    assert "its brackets match" in explain("ASK { }", "error at 1:8: expected x")
    assert explain("ASK { }", "something\nelse") == "not valid SPARQL: something else"
    assert "not grouped" in explain(
        "x", "error at 1:1: expected The SELECT contains a variable that is unbound"
    )


def test_tokens_keep_strings_and_names_whole() -> None:
    found = [
        (kind, text) for kind, text, _ in tokens('?a kg:b.c <x:y#z> \'it\'\'s\' 1e5x @en # no\n"""q"r""" .')
    ]
    assert found == [
        ("variable", "?a"),
        ("name", "kg:b.c"),
        ("iri", "<x:y#z>"),
        ("string", "'it'"),
        ("string", "'s'"),
        ("number", "1e5"),
        ("word", "x"),
        ("language", "@en"),
        ("string", '"""q"r"""'),
        ("sign", "."),
    ]
