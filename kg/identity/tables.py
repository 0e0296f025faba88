"""A user's list of known entities, read from a CSV table or from RDF."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from kg.errors import IdentityError
from kg.formats import reason, show
from kg.ontology import Ontology
from kg.resolve.catalogue import Catalogue, Known

COLUMNS = {  # as written in the first line, folded -> field
    "id": "id", "iri": "id", "uri": "id",
    "name": "names", "names": "names", "label": "names", "alias": "names", "aliases": "names", "altlabel": "names",
    "type": "type", "class": "type",
    "context": "context", "keywords": "context", "words": "context",
    "sameas": "same_as", "owlsameas": "same_as",
}  # fmt: skip
_IRI = re.compile(r"(?:https?://|urn:)[^\s<>\"{}|\\^`]+")


def read_entities(path: str | Path, ontology: Ontology) -> Catalogue:
    """The entries of a `.csv`, `.tsv`, `.ttl`, `.nt`, `.rdf` or `.owl` file.

    A table has a first line with column names: `id` and `name`, and if wanted `aliases`, `type` (a class of the ontology),
    `context` and `sameAs`; several values in one cell are parted by "|". Rows of one id are one entry. RDF is read as SKOS or
    anything with labels (see `kg.rdf.catalogue`). Raises IdentityError, naming file and line.

    >>> read_entities("companies.csv", ontology).entries[0]
    Known(id='LEI-5493…', names=('Alibaba', 'BABA'), type='Company', context=(), same_as=())
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv"):
        return _read_table(path, ontology)
    if suffix in (".ttl", ".nt", ".rdf", ".owl"):
        from kg.rdf.catalogue import read_rdf

        return read_rdf(path, ontology)
    raise IdentityError(f"{show(path)}: a list of entities is to end in .csv, .tsv, .ttl, .nt, .rdf or .owl")


def _read_table(path: Path, ontology: Ontology) -> Catalogue:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise IdentityError(f"{show(path)}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise IdentityError(f"{show(path)}: {reason(error)}") from None
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=mark)
    try:
        columns = [COLUMNS.get(re.sub(r"[\W_]", "", name).casefold(), "") for name in next(rows, [])]
        if not {"id", "names"} <= set(columns):
            raise IdentityError(
                f"{show(path)}, line 1: needs the columns id and name; aliases, type, context and sameAs may be there, too"
            )
        types = {name.casefold(): name for name in ontology.types}
        types |= {kind.label.casefold(): name for name, kind in ontology.types.items() if kind.label}
        entries = []
        for row in rows:
            if any(cell.strip() for cell in row):
                entries.append(_entry(row, columns, types, f"{show(path)}, line {rows.line_num}"))
    except csv.Error as error:
        raise IdentityError(f"{show(path)}, line {rows.line_num}: no table row ({error})") from None
    return Catalogue.of(entries)


def _entry(row: list[str], columns: list[str], types: dict[str, str], where: str) -> Known:
    found: dict[str, list[str]] = {}
    for column, cell in zip(columns, row, strict=False):
        parts = (part.strip() for part in (cell.split("|") if column != "id" else [cell]))
        found.setdefault(column, []).extend(part for part in parts if part)
    if not found.get("id") or not found.get("names"):
        raise IdentityError(f"{where}: no {'name' if found.get('id') else 'id'}; every row needs both")
    kind = next(iter(found.get("type", ())), "")
    if kind and kind.casefold() not in types:
        raise IdentityError(
            f"{where}: type {kind!r} is no class of the ontology; leave it empty or take one that is"
        )
    odd = next((iri for iri in found.get("same_as", ()) if not _IRI.fullmatch(iri)), None)
    if odd is not None:
        raise IdentityError(
            f"{where}: sameAs {odd!r} is no IRI; it is to begin with https://, http:// or urn:"
        )
    return Known(
        id=found["id"][0],
        names=tuple(dict.fromkeys(found["names"])),
        type=types.get(kind.casefold(), ""),
        context=tuple(sorted(set(found.get("context", ())))),
        same_as=tuple(sorted(set(found.get("same_as", ())))),
    )
