"""Every IRI kg mints, in one place: readable, from names alone, and safe whatever the names contain.

A name becomes the last part of an IRI: letters, digits, "_", "-" and "." stay (of any script: IRIs are RFC 3987), all else is
percent-encoded. So each IRI can be written as a prefixed name (`ent:Nestlé_SA`), no name can break out of it, and
different names have different IRIs.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import quote as percent_encode
from urllib.parse import unquote as percent_decode

import pyoxigraph as ox

from kg.model import Span, Value
from kg.rdf.vocabulary import BASE, KG, NIF, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, XSD

Node = ox.NamedNode
EVIDENCE = Node(KG + "evidence")


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints IRIs below `base` (ends in "/" or "#"); relations and classes live in the ontology's `namespace`.

    >>> Iris().entity("Alibaba").value
    'https://kg.example/entity/Alibaba'
    """

    base: str = BASE
    namespace: str = KG

    def entity(self, identifier: str) -> Node:
        """An entity, from `Entity.id`."""
        return Node(f"{self.base}entity/{quote(identifier)}")

    def type(self, name: str) -> Node:
        """A class of the ontology."""
        return Node(self.namespace + quote(name))

    def relation(self, name: str, open: bool) -> Node:
        """A relation of the ontology, or an open one in a namespace of its own."""
        return Node((f"{self.base}relation/" if open else self.namespace) + quote(name))

    def relation_name(self, iri: str) -> tuple[str, bool]:
        """The name of a relation and whether it is open: `relation` undone. ValueError for any other IRI."""
        for start, open_ in ((f"{self.base}relation/", True), (self.namespace, False)):
            if iri.startswith(start):
                return unquote(iri[len(start) :]), open_
        raise ValueError(iri)

    def qualifier(self, key: str) -> Node:
        """The predicate of a qualifier: `qual:time`."""
        return Node(f"{self.base}qualifier/{quote(key)}")

    def qualifier_key(self, iri: str) -> str | None:
        """The key of a qualifier's predicate; None for other predicates."""
        start = f"{self.base}qualifier/"
        return unquote(iri[len(start) :]) if iri.startswith(start) else None

    def value(self, value: Value) -> Node:
        """A number with its unit, from what it means, not how it is worded: `val:537-USD`, `val:about-5-percent`."""
        parts = ["about"] * value.approximate + [_part(value.number or "")]
        parts += [_part(value.high)] if value.high is not None else []
        return Node(f"{self.base}value/" + "-".join([*parts, _part(value.unit or value.kind)]))

    def article(self, identifier: str) -> Node:
        """An article, from `Article.id`."""
        return Node(f"{self.base}article/{quote(identifier)}")

    def sentence(self, article: str, span: Span) -> Node:
        """Characters of an article, by position (RFC 5147's scheme, as in NIF): `art:05#char=0,61`."""
        return Node(f"{self.article(article).value}#char={span.start},{span.end}")

    def referent(self, article: str, key: str) -> Node:
        """What an article speaks of, from `Referent.key`."""
        return Node(f"{self.article(article).value}#ref={quote(key)}")

    def evidence(self, article: str, number: int) -> Node:
        """A claim: the n-th of its article, from 0."""
        return Node(f"{self.base}evidence/{quote(article)}-{number}")

    def fact(self, subject: Node, relation: Node, object: Node | ox.Literal) -> Node:
        """A fact node: a hash of its triple."""
        return Node(f"{self.base}fact/{_hash(f'{subject} {relation} {object}')}")

    def run(self, *settings: str) -> Node:
        """A run of kg, from the settings that decide its results."""
        return Node(f"{self.base}run/{_hash(chr(10).join(settings))}")

    def prefixes(self) -> dict[str, str]:
        """Prefix -> namespace, as queries and Turtle files use them; "" is the namespace of an ontology of the user's own."""
        own = {"ent": "entity/", "art": "article/", "val": "value/", "ev": "evidence/", "rel": "relation/"}
        own |= {"fact": "fact/", "qual": "qualifier/"}
        known = {"kg": KG, "rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD, "skos": SKOS, "prov": PROV}
        known |= {"schema": SCHEMA, "nif": NIF}
        known |= {"": self.namespace} if self.namespace != KG else {}
        return known | {prefix: self.base + path for prefix, path in own.items()}


def quote(name: str) -> str:
    """A name as the last part of an IRI: `quote("M&M’s 1/2") == "M%26M%E2%80%99s%201%2F2"`."""
    kept = "".join(
        c if c.isalnum() or c in "_-." else percent_encode(c, safe="", errors="surrogatepass") for c in name
    )
    if kept[:1] in ("-", "."):
        kept = f"%{ord(kept[0]):02X}{kept[1:]}"
    if kept[-1:] == ".":
        kept = f"{kept[:-1]}%2E"
    return kept.replace("~", "%7E") or "-"  # "-" alone is free: a name that starts with it is encoded


def unquote(part: str) -> str:
    """The name a part of an IRI was made from: `unquote(quote(name)) == name`."""
    return "" if part == "-" else percent_decode(part, errors="surrogatepass")


def _part(text: str) -> str:
    """One part of a composed name: blanks read "_", and the "-" between parts stays theirs alone."""
    return quote(text).replace("_", "%5F").replace("%20", "_").replace("-", "%2D")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
