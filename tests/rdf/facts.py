"""A graph from bare triples: each is said by one sentence of one article, so that it has a witness."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.graph import Graph
from kg.model import Claim, Modality, Polarity, Reading, Ref, Referent, Span, Value
from kg.ontology import Ontology
from kg.rdf.schema import load_ontology

Said = tuple[str, str, str | Value] | tuple[str, str, str | Value, dict[str, object]]
HEAD = """@prefix : <https://example.org/o#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix kg: <https://kg.example/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Company a owl:Class . :Product a owl:Class . :Place a owl:Class . :City a owl:Class ; rdfs:subClassOf :Place .
"""


def ontology(turtle: str, folder: Path) -> Ontology:
    """An ontology of these statements, after a few classes."""
    file = folder / "ontology.ttl"
    file.write_text(HEAD + turtle, encoding="utf-8")
    return load_ontology(file)


def graph(
    said: Iterable[Said],
    ontology: Ontology,
    types: Mapping[str, str] | None = None,
    article: str = "a",
    date: dt.date | None = None,
) -> Graph:
    """`("A", "uses", "B")`, with `{"polarity": …}` and other fields of a Claim where needed; names begin with a capital."""
    return Graph.of([reading(said, types, article, date)], ontology)


def reading(
    said: Iterable[Said],
    types: Mapping[str, str] | None = None,
    article: str = "a",
    date: dt.date | None = None,
) -> Reading:
    """The reading of one article that says these things, a sentence for each."""
    text = ""
    claims, names = [], set()
    for subject, relation, target, *more in said:
        words = target.text if isinstance(target, Value) else target
        quote = f"{subject} {relation} {words}."
        fields: dict[str, object] = {"polarity": Polarity.POSITIVE, "modality": Modality.ASSERTED}
        fields |= more[0] if more else {}
        is_name = isinstance(target, str) and target[:1].isupper()
        claims.append(
            Claim(
                article,
                subject,
                relation,
                Ref(target) if is_name else target,
                Span(len(text), len(text) + len(quote)),
                quote,
                "verbs.clause",
                **fields,
            )
        )
        names |= {subject, *([target] if is_name else [])}
        text += quote + " "
    referents = tuple(
        Referent(article, name, name, "name", ((types[name], 1),) if types and name in types else ())
        for name in sorted(names)
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Reading(article, article, f"{article}.txt", date, digest, len(text), referents, tuple(claims))
