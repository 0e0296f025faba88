"""Readable ids: an entity's id is its label, written so that it may stand in an IRI; never a counter, never chance."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_SIGNS = {
    "&": "and",
    "+": "plus",
    "#": "sharp",
    "%": "percent",
    "@": "at",
    "$": "dollar",
    "€": "euro",
    "£": "pound",
}
_LONGEST = 80
_GAP = re.compile(r"[\s_/\\|,;:–—]+")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")


def slug(text: str) -> str:
    """A name as the last part of an IRI: `slug("M&M’s Inc.") == "MandMs_Inc"`, `slug("Nestlé S.A.") == "Nestlé_SA"`.

    Letters and digits of any script stay (NFC), blanks become "_", signs are spelt out, other marks go. A text of no letters
    or of more than 80 characters gets a short hash of itself, so that different texts keep different slugs.
    """
    text = unicodedata.normalize("NFC", text)
    spelt = _POINT.sub("\0", _GAP.sub("_", text.strip()))
    kept = "".join(_SIGNS.get(c, c if c.isalnum() or c in "-_\0" else "") for c in spelt)
    kept = kept.replace("\0", ".").strip("-_.")
    if not kept or len(kept) > _LONGEST:
        kept = f"{kept[:_LONGEST].rstrip('-_.')}~{short_hash(text)}".lstrip("~")
    return kept


def short_hash(text: str) -> str:
    """Eight hexadecimal digits of SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


@dataclass(frozen=True, slots=True, order=True)
class Wish:
    """The id an entity would like (`stem`), how strongly (`rank`, 0 first), what tells it from others that want it too."""

    stem: str
    rank: int
    suffix: str  # "Person"
    witness: str  # text that no other entity has


def grant(wishes: Iterable[Wish]) -> Mapping[Wish, str]:
    """One id for each wish, all different, whatever the order: the first by rank takes the stem, others add their suffix.

    The companies Ford and Washington keep "Ford" and "Washington"; the person and the place are "Ford_Person", "Washington_Place".
    """
    granted: dict[Wish, str] = {}
    taken: set[str] = set()
    wanted = sorted(set(wishes))
    stems = {wish.stem for wish in wanted}
    for wish in wanted:
        plain = f"{wish.stem}_{wish.suffix}" if wish.stem in taken else wish.stem
        clash = plain in taken or (plain != wish.stem and plain in stems)
        granted[wish] = f"{plain}~{short_hash(wish.witness)}" if clash else plain
        taken.add(granted[wish])
    return granted
