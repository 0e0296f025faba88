"""A cluster of referents on its way to an entity: its label, its class, the id it would like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.model import Entity, Form, Referent
from kg.ontology import Ontology
from kg.resolve.catalogue import Known
from kg.resolve.ids import Wish, slug
from kg.resolve.kinds import KINDS, kind_of, vote
from kg.resolve.names import Name, NameReader


def read_name(referent: Referent, ontology: Ontology, reader: NameReader) -> Name:
    """The referent's name taken apart, as a person's where its type says so."""
    return reader.read(referent.name, person=kind_of(referent.type, ontology) == "Person")


def linkable(referent: Referent, ontology: Ontology, name: Name) -> bool:
    """Whether other articles may speak of the same thing: not an article itself, not local, not a person's lone name."""
    return not referent.local and not ontology.is_a(referent.type, "Article") and name.full


class Draft:
    """One entity to be. `label`, `type` and `known` are what a person or the user's list has laid down, if anything.

    `asked` counts the classes that its relations ask for; they elect where no article has voted.
    """

    def __init__(
        self,
        members: Sequence[Referent],
        ontology: Ontology,
        reader: NameReader,
        *,
        label: str = "",
        type: str = "",
        known: Known | None = None,
        asked: Sequence[tuple[str, int]] = (),
    ) -> None:
        self.members = members
        self.known = known
        ballots: list[Sequence[tuple[str, int]]] = [r.types for r in members if r.types]
        self.type = type or (known.type if known else "") or vote(ballots or [asked], ontology)
        self.label = label or (known.names[0] if known else "") or self._label(reader)
        free = [r for r in members if linkable(r, ontology, read_name(r, ontology, reader))]
        first = (free or members)[0]
        alone = not (free or label or known)
        kind = kind_of(self.type, ontology) or "Thing"
        stem = f"{slug(first.key)}_{slug(first.article)}" if alone else slug(self.label)
        self.wish = Wish(
            stem=known.id if known else stem,
            rank=-1 if known else KINDS.index(kind) + (len(KINDS) if alone else 0),
            suffix=kind,
            witness=f"{first.form}\n{first.article}\n{first.key}",
        )

    def _label(self, reader: NameReader) -> str:
        named = [r for r in self.members if r.form == Form.NAME] or self.members
        articles = Counter(r.name for r in named)
        mentions: Counter[str] = Counter()
        for referent in named:
            mentions[referent.name] += len(referent.mentions)
        spelt = [name for name in articles if not reader.read(name).acronym] or list(articles)

        # An acronym is the label only where nobody spelt it out; capitals throughout are a headline's.
        def rank(name: str) -> tuple[int, int, bool, int, int, str]:
            read = reader.read(name)
            return (-articles[name], -mentions[name], read.shouted, read.trimmings, -len(name), name)

        return min(spelt, key=rank)

    def entity(self, identifier: str) -> Entity:
        """The entity under the id it was granted."""
        names = {name for referent in self.members for name in (referent.name, *referent.aliases)}
        names |= {self.label}
        return Entity(
            id=identifier,
            label=self.label,
            type=self.type,
            aliases=tuple(sorted(names - {self.label})),
            referents=tuple((r.article, r.key) for r in self.members),
            named=any(r.form == Form.NAME for r in self.members),
            same_as=self.known.same_as if self.known else (),
        )
