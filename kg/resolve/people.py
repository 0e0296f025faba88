"""Namesakes: which of the people of one full name are one person, judged by employer, role and who is named with them.

Most people of one full name in a collection of news are one person, so it takes evidence to keep them apart: known employers
and roles that differ, and nobody named in both articles (Bagga and Baldwin, "Entity-Based Cross-Document Coreferencing Using
the Vector Space Model", 1998, in its simplest form). Linear in the number of mentions: referents meet in an index of features.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
        for feature in sorted(hint(position).employers | company(position)):
            sets.join(first.setdefault(feature, number), number)
    groups = [[positions[number] for number in members] for members in sets.sets()]
    known = [group for group in groups if any(hint(p).employers for p in group)]
    people = _told_apart(known, hint)
    vague = [group for group in groups if group not in known]
    if len(people) == 1:  # nothing speaks for a second person
        people[0] += [position for group in vague for position in group]
        vague = []
    return sorted(sorted(group) for group in (*people, *vague))


def _told_apart(groups: Sequence[list[int]], hint: Callable[[int], Hint]) -> list[list[int]]:
    """Groups with a role in common, or of which one has no role, are one person who changed the firm."""
    sets = Clusters(len(groups))
    first: dict[str, int] = {}
    for number, group in enumerate(groups):
        roles = {role for position in group for role in hint(position).roles}
        for role in sorted(roles):
            sets.join(first.setdefault(role, number), number)
    return [[position for number in members for position in groups[number]] for members in sets.sets()]
