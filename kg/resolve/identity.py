"""All that a person lays down about who is who: decisions and a list of known entities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import Reading
from kg.ontology import Ontology
from kg.resolve.catalogue import Catalogue
from kg.resolve.decisions import Decisions
from kg.resolve.names import NameReader


@dataclass(frozen=True, slots=True)
class Identity:
    """Decisions about identity and the user's own list of entities; part of a graph, since its entities follow from them."""

    decisions: Decisions = field(default_factory=Decisions)
    catalogue: Catalogue = field(default_factory=Catalogue)

    def __bool__(self) -> bool:
        return bool(self.decisions or self.catalogue)

    def __or__(self, other: Identity) -> Identity:
        return Identity(self.decisions | other.decisions, self.catalogue | other.catalogue)

    def for_readings(self, readings: Iterable[Reading], ontology: Ontology) -> Identity:
        """The same with only those entries of the list that share a name with something in the readings."""
        if not self.catalogue:
            return self
        names = (
            name
            for reading in readings
            for referent in reading.referents
            for name in (referent.name, *referent.aliases)
        )
        return Identity(self.decisions, self.catalogue.named(names, NameReader(ontology)))
