"""Namesakes: which of the people of one full name are one person, judged by employer, role and who is named with them.

Most people of one full name in a collection of news are one person, so it takes evidence to keep them apart: known employers
and roles that differ, and nobody named in both articles (Bagga and Baldwin, "Entity-Based Cross-Document Coreferencing Using
the Vector Space Model", 1998, in its simplest form). Linear in the number of mentions: referents meet in an index of features.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kg.resolve.clusters import Clusters
from kg.resolve.context import Hint


def persons(
    positions: Sequence[int], hint: Callable[[int], Hint], company: Callable[[int], frozenset[str]]
) -> list[list[int]]:
    """The positions of one name, grouped by person; each group sorted, groups by their first position.

    `hint` tells employers and roles, `company` the telling names in the same article.
    """
    employed = [position for position in positions if hint(position).employers]
    if len({hint(position).employers for position in employed}) < 2:
        return [list(positions)]
    sets = Clusters(len(positions))
    first: dict[str, int] = {}
    for number, position in enumerate(positions):
        for feature in hint(position).employers | company(position):  # in any order: joining is commutative
            sets.join(first.setdefault(feature, number), number)
    groups = [[positions[number] for number in members] for members in sets.sets()]
    known = [group for group in groups if any(hint(p).employers for p in group)]
    people = _told_apart(known, hint)
    vague = [group for group in groups if group not in known]
    if len(people) == 1:  # nothing speaks for a second person
        people[0] += [position for group in vague for position in group]
        vague = []
    return sorted(sorted(group) for group in (*people, *vague))


def given_names(
    cores: Sequence[tuple[str, ...]], nicknames: Mapping[str, str]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Pairs of people's names, the fuller first, that differ in a nickname or an initial: "robert iger", "bob iger"; "r iger".

    An initial that fits two full names is nobody's. Names are compared only with those of the same rest.
    """
    by_rest: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for core in sorted(set(cores)):
        if len(core) > 1:
            by_rest.setdefault(core[1:], []).append(core)
    for family in by_rest.values():
        whole = {core[0]: core for core in family if len(core[0]) > 1}
        for core in family:
            if len(core[0]) == 1:
                fits = [other for given, other in whole.items() if given[0] == core[0]]
                if len(fits) == 1:
                    yield fits[0], core
            elif (full := nicknames.get(core[0], "")) in whole:
                yield whole[full], core


def _told_apart(groups: Sequence[list[int]], hint: Callable[[int], Hint]) -> list[list[int]]:
    """Groups with a role in common, or of which one has no role, are one person who changed the firm."""
    sets = Clusters(len(groups))
    first: dict[str, int] = {}
    for number, group in enumerate(groups):
        roles = {role for position in group for role in hint(position).roles}
        for role in sorted(roles):
            sets.join(first.setdefault(role, number), number)
    return [[position for number in members for position in groups[number]] for members in sets.sets()]
