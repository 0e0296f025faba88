"""Authorities that are described and not named: "Ireland's data regulator", "the EU antitrust enforcer"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.model import Form, Referent
from kg.ontology import Ontology
from kg.resolve.names import Name


def bodies(
    items: Sequence[Referent], names: Sequence[Name], kinds: Sequence[str], ontology: Ontology
) -> Iterator[tuple[int, list[int]]]:
    """Positions of descriptions that begin with a nation, each with those of the bodies it may mean: of that nation, named in the same
    article, of the class described or one above or below it."""
    nations = _nations(ontology)
    named: dict[tuple[str, str], list[int]] = {}
    said: list[tuple[int, str]] = []
    for position, item in enumerate(items):
        words = names[position].words
        if item.form != Form.NAME:
            if words[0] in nations and len(words) > 1 and _says_more(item, ontology):
                said.append((position, nations[words[0]]))
        elif kinds[position] == "Organization" and " ".join(words) not in nations:
            for nation in {nations[word] for word in words if word in nations}:
                named.setdefault((item.article, nation), []).append(position)
    for position, nation in said:
        item = items[position]
        yield (
            position,
            [
                p
                for p in named.get((item.article, nation), ())
                if ontology.is_a(items[p].type, item.type)
                or (ontology.is_a(item.type, items[p].type) and items[p].type != "Organization")
            ],
        )


def _says_more(item: Referent, ontology: Ontology) -> bool:
    """Which authority: "regulator", not just any organisation of a nation; and one, not several ("Irish regulators")."""
    return ontology.is_a(item.type, "GovernmentBody") and not item.name.endswith("s")


def _nations(ontology: Ontology) -> Mapping[str, str]:
    """Word -> the country or continent it names or belongs to: Ireland of "irish" and "ireland", Europe of "eu"."""
    classes = ("continent_demonym", "continent", "demonym", "country", "bloc")
    return {word: nation for name in classes for word, nation in ontology.words.get(name, {}).items()}
