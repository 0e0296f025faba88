"""What a person has decided about identity: which names are the same, which are not, how a thing is called and typed.

A decision names things by a *selector*: an entity's id ("Ford_Person"), a name or alias ("Facebook": everything called so),
or `NAME @ ARTICLE` ("Cook @ 05": what one article calls so). `different` is obeyed before anything else: no rule, no list of
known entities and no `same` joins what it keeps apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from kg.model import Referent
from kg.resolve.names import split_words

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """The part of `identity.yaml` that is the user's. Equal whatever the order of the entries."""

    same: Groups = ()  # each group is one thing
    different: Groups = ()  # the members of each group are pairwise different things
    rename: tuple[tuple[str, str], ...] = ()  # selector -> label
    type: tuple[tuple[str, str], ...] = ()  # selector -> ontology class

    @classmethod
    def of(
        cls,
        same: Groups = (),
        different: Groups = (),
        rename: tuple[tuple[str, str], ...] = (),
        type: tuple[tuple[str, str], ...] = (),
    ) -> Self:
        """Decisions in one order, each once."""
        groups = [tuple(sorted({tuple(sorted(set(g))) for g in given})) for given in (same, different)]
        return cls(groups[0], groups[1], tuple(sorted(set(rename))), tuple(sorted(set(type))))

    def __bool__(self) -> bool:
        return bool(self.same or self.different or self.rename or self.type)

    def __or__(self, other: Decisions) -> Decisions:
        return Decisions.of(
            self.same + other.same,
            self.different + other.different,
            self.rename + other.rename,
            self.type + other.type,
        )


@dataclass(frozen=True, slots=True)
class Selector:
    """A selector taken apart: `Selector.read("Cook @ 05") == Selector("Cook @ 05", ("cook",), "05")`."""

    text: str
    words: tuple[str, ...] = field(default=())
    article: str | None = None

    @classmethod
    def read(cls, text: str) -> Selector:
        name, at, article = text.rpartition(" @ ")
        return (
            cls(text, split_words(name), article.strip())
            if at and name.strip()
            else cls(text, split_words(text))
        )

    def names(self, referent: Referent) -> bool:
        """Whether the referent's article calls it so."""
        return self.article in (None, referent.article) and any(
            split_words(name) == self.words for name in (referent.name, *referent.aliases)
        )
