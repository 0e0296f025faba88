"""Every IRI kg mints, in one place: readable, from names alone, and safe whatever the names contain.

A name becomes the last part of an IRI: letters, digits, "_", "-" and "." stay (of any script: IRIs are RFC 3987), all else is
percent-encoded. So each IRI can be written as a prefixed name (`ent:Nestlé_SA`), no name can break out of it, and
different names have different IRIs.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import unquote as percent_decode

import pyoxigraph as ox

from kg.model import Span, Value
from kg.rdf.vocabulary import BASE, KG, NIF, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, XSD

Node = ox.NamedNode
EVIDENCE, INFERRED, PREMISES = (Node(KG + name) for name in ("evidence", "inferred", "premises"))
_IRI = re.compile(r"(?:https?://|urn:)[^\s<>\"{}|\\^`\x00-\x20]+")
_NUMBER = re.compile(r"[+-]?[0-9]{1,100}(\.[0-9]{1,100})?")


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints IRIs below `base` (ends in "/" or "#"); relations and classes live in the ontology's `namespace`.

    >>> Iris().entity("Alibaba").value
    'https://kg.example/entity/Alibaba'
    """

    base: str = BASE
    namespace: str = KG

    def entity(self, identifier: str) -> Node:
        """An entity, from `Entity.id`; an id that is an IRI, from a user's own list, is its IRI as it stands."""
        if is_iri(identifier):
            return Node(identifier)
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
        numbers = [digits for digits in (value.number, value.high) if digits is not None]
        parts = ["about"] * value.approximate
        parts += [_part(canonical(digits) if is_number(digits) else digits) for digits in numbers]
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


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI that may stand in RDF: "http://www.wikidata.org/entity/Q312", "urn:lei:…"."""
    return _IRI.fullmatch(text) is not None


def quote(name: str) -> str:
    """A name as the last part of an IRI: `quote("M&M’s 1/2") == "M%26M%E2%80%99s%201%2F2"`."""
    kept = "".join(c if c.isalnum() or c in "_-." else _encode(c) for c in name)
    first, dot, rest = kept.partition(".")
    kept = first + dot + rest.replace(".", "%2E")  # Oxigraph's SPARQL reads no second "." in a prefixed name
    if kept[:1] in ("-", "."):
        kept = f"{_encode(kept[0])}{kept[1:]}"
    if kept[-1:] == ".":
        kept = f"{kept[:-1]}%2E"
    return {"": "_", "_": "%5F"}.get(kept, kept)


def _encode(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


def unquote(part: str) -> str:
    """The name a part of an IRI was made from: `unquote(quote(name)) == name`."""
    return "" if part == "_" else percent_decode(part, errors="surrogatepass")


def is_number(digits: str) -> bool:
    """Whether a text is a plain decimal number: "4840000000", "-4.50"."""
    return _NUMBER.fullmatch(digits) is not None


def canonical(digits: str) -> str:
    """A plain number without superfluous zeros: `canonical("537.00") == "537"`; two spellings of a number are one node."""
    whole, _, fraction = format(Decimal(digits), "f").partition(".")
    fraction = fraction.rstrip("0")
    short = f"{whole}.{fraction}" if fraction else whole
    return "0" if short == "-0" else short


def _part(text: str) -> str:
    """One part of a composed name: blanks read "_", and the "-" between parts stays theirs alone."""
    return quote(text).replace("_", "%5F").replace("%20", "_").replace("-", "%2D")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
