"""Names among the entity mentions of the GUM corpus (Zeldes, 2017).

GUM marks every noun phrase as a mention. A mention whose head is a proper noun is a name once it is trimmed of
determiners, titles and trailing clauses. Words tagged as proper nouns that end up in no name are reported as doubtful,
so that training ignores their name layer instead of learning "no name" from them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from kg.extract.pipeline.corpora.passage import NO_NAME, Name
from kg.extract.pipeline.labels import SOURCE_LABELS, is_norp

_BRACKET = re.compile(r"\([^()]+\)?|[^()]+\)")
_NAME_TAGS = frozenset({"NNP", "NNPS"})
_INNER_WORDS = frozenset({"of", "the", "for", "and", "&", "de", "la", "du", "von", "van", "-", "'s", "’s"})
_INNER_TAGS = frozenset(
    {"NN", "NNS", "JJ", "CD", "FW", "HYPH", "NNP", "NNPS", "VBN", "VBG", "LS", "POS", "RB", "VB"}
)
_TITLES = frozenset(
    """mr mr. mrs mrs. ms ms. dr dr. prof prof. professor president senator sen. sir lord lady king queen prince
    princess captain capt. general gen. governor gov. judge justice minister pope saint reverend rev. mayor
    representative rep. congressman secretary chancellor chairman director chief officer colonel col. lieutenant
    lt. sergeant sgt. miss madam""".split()
)


class UDWord(Protocol):
    form: str
    upos: str
    xpos: str
    head: int
    label: str
    misc: dict[str, str]


def _mentions(words: Sequence[UDWord]) -> list[tuple[int, int, str, str]]:
    """Spans (first, last, type, entity) of all mentions that open and close in this sentence."""
    spans: list[tuple[int, int, str, str]] = []
    open_mentions: list[tuple[str, int, str]] = []
    for index, word in enumerate(words):
        for part in _BRACKET.findall(word.misc.get("Entity", "")):
            if part.startswith("("):
                cells = part.strip("()").split("-")
                if len(cells) < 2:
                    continue
                if part.endswith(")"):
                    spans.append((index, index, cells[1], cells[0]))
                else:
                    open_mentions.append((cells[0], index, cells[1]))
            else:
                key = part.rstrip(")")
                for position in range(len(open_mentions) - 1, -1, -1):
                    if open_mentions[position][0] == key:
                        _, first, kind = open_mentions.pop(position)
                        spans.append((first, index, kind, key))
                        break
    return spans


def gum_chains(words: Sequence[UDWord], entities: dict[str, int]) -> list[int]:
    """For each word of a sentence the number in *entities* (filled as they come) of the entity it heads a mention of, or 0.

    A word that heads several nested mentions stands for the shortest.
    """
    chains = [0] * len(words)
    for first, last, _, key in sorted(_mentions(words), key=lambda span: span[0] - span[1]):
        heads = [i for i in range(first, last + 1) if not first <= words[i].head - 1 <= last]
        if heads:
            chains[heads[0]] = entities.setdefault(key, len(entities) + 1)
    return chains


def _name_part(words: Sequence[UDWord], first: int, last: int, kind: str) -> tuple[int, int] | None:
    """Trim a mention to the name around its head; None if its head is no proper noun."""
    heads = [i for i in range(first, last + 1) if not first <= words[i].head - 1 <= last]
    if not heads or words[heads[0]].xpos not in _NAME_TAGS:
        return None
    head = heads[0]
    start = head
    while start > first:
        previous = words[start - 1]
        inner = previous.form in _INNER_WORDS and start - 1 > first and words[start - 2].xpos in _NAME_TAGS
        if (
            previous.xpos in _NAME_TAGS
            or inner
            or (previous.form[:1].isupper() and previous.xpos in _INNER_TAGS)
        ):
            start -= 1
        else:
            break
    end = head
    while end < last:
        following = words[end + 1]
        links = following.form in _INNER_WORDS and following.form not in {"'s", "’s"}
        if links:  # "University of Portsmouth": only if capitals go on after it
            beyond = end + 2
            while beyond <= last and words[beyond].form in _INNER_WORDS:
                beyond += 1
            joins_two = following.form == "and" and words[end + 2 : end + 3] and words[end + 2].form == "the"
            if beyond <= last and words[beyond].form[:1].isupper() and not joins_two and kind != "person":
                end = beyond
                continue
            break
        if (
            following.xpos in _NAME_TAGS
            or (following.xpos == "CD" and following.label in {"flat", "nummod", "dep"})
            or (following.form[:1].isupper() and following.xpos in _INNER_TAGS)
        ):
            end += 1
        else:
            break
    while start < head and words[start].form.lower() in _TITLES | {"the", "a", "an", "this", "that"}:
        start += 1
    if words[start].form.lower() in _TITLES or not any(c.isupper() for c in words[head].form):
        return None  # "the President of France": an office, no name
    return start, end


def gum_names(words: Sequence[UDWord], base: int) -> tuple[list[Name], set[int]]:
    """Names of one sentence and the words whose name layer is doubtful; indices are shifted by *base*."""
    candidates: list[tuple[int, int, str]] = []
    for first, last, kind, _ in _mentions(words):
        part = _name_part(words, first, last, kind)
        if part is not None and kind in SOURCE_LABELS["gum"]:
            candidates.append((*part, kind))
    candidates.sort(key=lambda span: (-(span[1] - span[0]), span[0]))
    taken: set[int] = set()
    names: list[Name] = []
    valued: set[int] = set()
    for first, last, kind in candidates:
        if taken & set(range(first, last + 1)):
            continue
        taken.update(range(first, last + 1))
        labels = SOURCE_LABELS["gum"][kind]
        text = " ".join(word.form for word in words[first : last + 1])
        if not labels:
            valued.update(range(first, last + 1))
            continue
        if is_norp(text):
            labels = frozenset({"NORP"}) if kind in {"person", "place"} else frozenset({"NORP", "MISC"})
        names.append(Name(base + first, base + last + 1, labels))
    doubtful: set[int] = set()
    for index, word in enumerate(words):
        if index in taken:
            continue
        if word.upos == "ADJ" and word.form[:1].isupper() and is_norp(word.form):
            names.append(Name(base + index, base + index + 1, frozenset({"NORP", NO_NAME})))
        elif word.xpos in _NAME_TAGS:
            doubtful.add(base + index)
    names.sort(key=lambda name: name.first)
    return names, doubtful
