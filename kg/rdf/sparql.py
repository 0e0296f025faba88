"""Which queries are let through, and what to say of one that is not valid. Text only; running them is `kg.rdf.store`'s.

SPARQL can read addresses (SERVICE, and in some engines FROM and LOAD) and change data. A graph of news is asked by people who paste
queries, so those are refused, by tokens: a "service" in a string, a name or a comment is innocent. Engines differ in where
they see a word end ("1SERVICE" is a number and a keyword to Oxigraph), so any bare word with "service" in it is refused.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from kg.errors import QueryError
from kg.rdf.iris import EVIDENCE, INFERRED, PREMISES

MAX_QUERY = 100_000  # characters
FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_TOKEN = re.compile(
    r"""(?P<comment> \#[^\n\r]* )
      | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
      | (?P<string> \"{3}(?:[^\"\\]|\\.|\"(?!\"\"))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
                  | \"(?:[^\"\\\n\r]|\\.)*\" | '(?:[^'\\\n\r]|\\.)*' )
      | (?P<variable> [?$]\w+ )
      | (?P<blank> _:\w[\w.-]* )
      | (?P<language> @[a-zA-Z]+(?:-[a-zA-Z0-9]+)* )
      | (?P<name> (?:[^\W\d_][\w.-]*)?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)* )
      | (?P<number> [0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)? )
      | (?P<word> [^\W\d]\w* )
      | (?P<sign> \S )""",
    re.VERBOSE | re.DOTALL,
)
GRAPHS = [
    [name]
    for graph in (EVIDENCE, INFERRED, PREMISES)
    for name in (str(graph), f"kg:{graph.value.rpartition('#')[2]}")
]
Token = tuple[str, str, int]  # kind, text, position


def tokens(sparql: str) -> Iterator[Token]:
    """The tokens of a query without its comments."""
    for match in _TOKEN.finditer(sparql):
        if match.lastgroup != "comment":
            yield str(match.lastgroup), match.group(), match.start()


def check(sparql: str, prefixes: Mapping[str, str]) -> None:
    """Refuse what may not run: anything but one reading query of this graph. Raises QueryError with line and column."""
    if len(sparql) > MAX_QUERY:
        raise QueryError(f"the query has {len(sparql):,} characters; {MAX_QUERY:,} are allowed")
    if (escape := re.search(r"\\[uU]", sparql)) is not None:
        raise QueryError(
            f"{place(sparql, escape.start())}: \\u escapes are not allowed; write the character itself"
        )
    found = list(tokens(sparql))
    form = _form(found)
    if form is None:
        raise QueryError("the query is empty; write one such as: SELECT * WHERE { ?s ?p ?o } LIMIT 10")
    for kind, text, position in found:
        if kind == "word" and text.upper() in UPDATES:
            raise QueryError(
                f"{place(sparql, position)}: {text} would change data; this graph can only be asked"
            )
        if kind == "word" and "SERVICE" in text.upper():
            raise QueryError(
                f"{place(sparql, position)}: SERVICE would ask another server; only this graph can be asked"
            )
    if form[1].upper() not in FORMS:
        where = place(sparql, form[2])
        raise QueryError(
            f"{where}: a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not with {form[1][:40]!r}"
        )
    _check_datasets(sparql, found)
    _check_prefixes(sparql, found, prefixes)


def _form(found: list[Token]) -> Token | None:
    """The first token after PREFIX and BASE declarations."""
    rest = iter(found)
    for token in rest:
        skipped = {"PREFIX": 2, "BASE": 1}.get(token[1].upper())
        if skipped is None:
            return token
        for _ in range(skipped):
            next(rest, None)
    return None


def _check_datasets(sparql: str, found: list[Token]) -> None:
    """FROM and FROM NAMED may name the graphs of this file and nothing else: some engines would fetch it."""
    words = [(text.upper() if kind == "word" else text) for kind, text, _ in found]
    for index, (kind, _, position) in enumerate(found):
        if kind == "word" and words[index] == "FROM":
            after = index + 2 if words[index + 1 : index + 2] == ["NAMED"] else index + 1
            if words[after : after + 1] not in GRAPHS:
                said = words[after] if after < len(words) else "nothing"
                raise QueryError(
                    f"{place(sparql, position)}: FROM {said}: this graph consists of facts (no FROM needed), of "
                    "evidence (GRAPH kg:evidence { … }), and of what follows from the facts (GRAPH kg:inferred { … })"
                )


def _check_prefixes(sparql: str, found: list[Token], prefixes: Mapping[str, str]) -> None:
    declared = set(prefixes)
    for (kind, text, _), (_, name, _) in itertools.pairwise(found):
        if kind == "word" and text.upper() == "PREFIX":
            declared.add(name.partition(":")[0])
    for kind, text, position in found:
        prefix = text.partition(":")[0]
        if kind == "name" and prefix not in declared:
            known = " ".join(f"{name}:" for name in sorted(prefixes) if name)
            raise QueryError(
                f"{place(sparql, position)}: the prefix {prefix}: is unknown; known are {known} "
                f"(or declare it: PREFIX {prefix}: <https://…>)"
            )


def explain(sparql: str, said: str) -> str:
    """One line from the parser's complaint ("error at 1:23: expected one of …"): where, what stands there, what could."""
    match = re.match(r"error at (\d+):(\d+): expected (.*)", said, re.DOTALL)
    if match is None:
        return f"not valid SPARQL: {' '.join(said.split())[:200]}"
    line, column, expected = int(match[1]), int(match[2]), match[3]
    lines = sparql.split("\n")
    position = sum(len(text) + 1 for text in lines[: line - 1]) + column - 1
    if "variable that is unbound" in expected:
        return "not valid SPARQL: SELECT names a variable that is not grouped; put it into GROUP BY or an aggregate"
    if near := next((text for _, text, start in tokens(sparql) if start + len(text) > position), ""):
        known = [sign for sign in "{}().;,*" if f'"{sign}"' in expected]
        hint = f"; expected {' or '.join(known)}" if known else ""
        return f'{place(sparql, position)}: not valid SPARQL near "{near[:40]}"{hint}'
    open_ = "".join(text for kind, text, _ in tokens(sparql) if kind == "sign" and text in "{}()'\"")
    if (
        open_.count("{") != open_.count("}")
        or open_.count("(") != open_.count(")")
        or "'" in open_
        or '"' in open_
    ):
        return "not valid SPARQL: the query ends too early; a closing }, ) or quotation mark is missing"
    return "not valid SPARQL, though its brackets match; check the names of functions, and that each AS names a new variable"


def place(sparql: str, position: int) -> str:
    """A position for people: "line 2, column 7"."""
    start = sparql.rfind("\n", 0, position) + 1
    return f"line {sparql.count(chr(10), 0, position) + 1}, column {position - start + 1}"
