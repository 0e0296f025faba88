"""Groups said by their number: who are "both firms", "the two companies", "the three men"?

A group is spoken of only where the article has just named as many things of that kind as it counts, or has named exactly so many
side by side ("Mars and Kellanova"); otherwise it stays one thing nobody can name. What is said of it is then said of each member.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.coref.chain import Chain
from kg.model import Form, Frame, Mention
from kg.ontology import Ontology
from kg.resolve.link import vote
from kg.resolve.names import split_words

REACH = 3  # sentences back in which all members must have been mentioned
Members = Mapping[
    Mention, Mapping[Mention, int]
]  # group -> members, as named but in the group's place -> index of that name


def groups(text: str, mentions: Sequence[Mention], found: Sequence[Chain], ontology: Ontology) -> Members:
    """The group phrases of an article and for each the names of its members, by place. `found` are the chains of `mentions`.

    >>> text = "Mars and Kellanova spoke. Both firms grew."
    >>> {group.text: [m.text for m in members] for group, members in groups(text, mentions, found, ontology).items()}
    {'firms': ['Mars', 'Kellanova']}
    """
    words = ontology.words
    named = [(chain, vote([chain.votes], ontology)) for chain in found if chain.votes and not chain.adjective]
    made: dict[Mention, dict[Mention, int]] = {}
    for mention in mentions:
        phrase = split_words(text[mention.phrase.start : mention.span.end])
        size = next((int(words["group_size"][word]) for word in phrase if word in words["group_size"]), 0)
        pointing = mention.plural and phrase[:1] and phrase[0] in words["definite"]
        wanted = words["plain_noun"].get(mention.head, "") or mention.type
        if size and pointing and wanted and mention.form is Form.NOMINAL:
            fitting = (
                chain for chain, kind in named if ontology.is_a(kind, wanted) or ontology.is_a(wanted, kind)
            )
            before = [i for chain in fitting for i in _names_before(chain, mentions, mention)]
            members = _side_by_side(sorted(before, key=lambda i: mentions[i].span), mentions, size, text)
            if members:
                made[mention] = {_placed(mentions[i], mention): i for i in members}
    return made


def _placed(name: Mention, group: Mention) -> Mention:
    """A name as if it stood where the group does, so that a claim points into its own sentence."""
    return replace(name, span=group.span, phrase=group.phrase, sentence=group.sentence)


def _names_before(chain: Chain, mentions: Sequence[Mention], group: Mention) -> list[int]:
    """The latest name of a chain before a group, if it is near."""
    names = [i for i in chain if mentions[i].form is Form.NAME and mentions[i].span.end <= group.span.start]
    return [i for i in names[-1:] if group.sentence - mentions[i].sentence <= REACH]


def _side_by_side(ordered: Sequence[int], mentions: Sequence[Mention], size: int, text: str) -> Sequence[int]:
    """All names, if they are as many as the group counts; else those that come last as "A and B"; else nobody."""
    last = ordered[-size:]
    between = (text[mentions[a].span.end : mentions[b].span.start].strip(" ,") for a, b in pairwise(last))
    joined = len(last) == size and all(words in ("", "and", "and the") for words in between)
    return last if joined or len(ordered) == size else ()


def spread(frame: Frame, members: Members) -> Frame:
    """The frame with every group in its roles replaced by the group's members."""
    if not any(m in members for role in frame.roles for m in role.mentions):
        return frame
    roles = (
        replace(role, mentions=tuple(each for m in role.mentions for each in members.get(m, (m,))))
        for role in frame.roles
    )
    return replace(frame, roles=tuple(roles))
