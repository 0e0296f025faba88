"""Cutting passages and rewriting their spacing and case, so that training sees text as it arrives in the wild."""

from __future__ import annotations

import random
from dataclasses import replace

from kg.extract.pipeline.corpora.inventions import invent
from kg.extract.pipeline.corpora.passage import Name, Passage, Syntax

_INVENTED = 0.12
_CURLY = {"``": "“", "''": "”"}


def gaps(passage: Passage) -> list[str]:
    """Whitespace before each word."""
    ends = [0, *(end for _, end in passage.spans)]
    return [passage.text[ends[i] : start] for i, (start, _) in enumerate(passage.spans)]


def render(passage: Passage, words: list[str], spacing: list[str]) -> Passage:
    """The same annotation over other words and spacing."""
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for word, gap in zip(words, spacing, strict=True):
        pieces += (gap, word)
        spans.append((length + len(gap), length + len(gap) + len(word)))
        length += len(gap) + len(word)
    return replace(passage, text="".join(pieces), spans=spans)


def cut(passage: Passage, first: int, end: int) -> Passage:
    """The words *first* to *end* (exclusive); both must be sentence boundaries where syntax is annotated."""
    offset = passage.spans[first][0]
    spans = [(start - offset, stop - offset) for start, stop in passage.spans[first:end]]
    syntax = passage.syntax
    if syntax is not None:
        syntax = Syntax(
            syntax.sentence_starts[first:end],
            syntax.upos[first:end],
            syntax.xpos[first:end],
            syntax.feats[first:end],
            syntax.lemmas[first:end],
            [head - first for head in syntax.heads[first:end]],
            syntax.labels[first:end],
        )
    names = passage.names
    if names is not None:
        names = [
            Name(name.first - first, name.end - first, name.labels, name.gold)
            for name in names
            if first <= name.first and name.end <= end
        ]
    unknown = frozenset(index - first for index in passage.unknown if first <= index < end)
    pairs = tuple(
        replace(
            pair,
            subject=_moved(pair.subject, first),
            object=_moved(pair.object, first),
            cue=_moved(pair.cue, first) if pair.cue is not None else None,
        )
        for pair in passage.pairs
        if first <= min(pair.subject[0], pair.object[0]) and max(pair.subject[1], pair.object[1]) <= end
    )
    text = passage.text[offset : passage.spans[end - 1][1]]
    chains = passage.chains[first:end] if passage.chains is not None else None
    return replace(
        passage,
        text=text,
        spans=spans,
        syntax=syntax,
        names=names,
        unknown=unknown,
        chains=chains,
        pairs=pairs,
    )


def _moved(place: tuple[int, int], by: int) -> tuple[int, int]:
    return place[0] - by, place[1] - by


def windows(passage: Passage, limit: int, rng: random.Random | None = None) -> list[Passage]:
    """Cut into pieces of at most *limit* words at sentence boundaries, of random length where *rng* is given."""
    if passage.syntax is not None:
        starts = [i for i, first in enumerate(passage.syntax.sentence_starts) if first]
    else:
        starts = [i for i in range(len(passage.spans)) if i == 0 or _after_stop(passage, i)]
    pieces: list[Passage] = []
    first, target = 0, limit
    for start, end in zip(starts, [*starts[1:], len(passage.spans)], strict=True):
        if end - first > target and start > first:
            pieces.append(cut(passage, first, start))
            first = start
        if start == first and rng is not None:
            target = rng.randint(limit // 6, limit)
        while passage.syntax is None and end - first > 2 * limit:
            pieces.append(cut(passage, first, first + limit))
            first += limit
    if first < len(passage.spans):
        pieces.append(cut(passage, first, len(passage.spans)))
    return pieces


def _after_stop(passage: Passage, index: int) -> bool:
    start, end = passage.spans[index - 1]
    inside_name = any(name.first < index < name.end for name in passage.names or ())
    return passage.text[start:end] in {".", "!", "?"} and not inside_name


def vary(passage: Passage, rng: random.Random) -> Passage:
    """Change names, quotes, spacing and case at random: line breaks at boundaries, hard wraps, capitals."""
    passage = _rename(passage, rng)
    words, spacing = _curl(passage, rng), gaps(passage)
    starts = passage.syntax.sentence_starts if passage.syntax is not None else [False] * len(words)
    paragraph = rng.choices(["\n\n", "\n", " ", "\n \n"], [70, 20, 7, 3])[0]
    line = rng.choices([" ", "\n", "\n\n"], [90, 6, 4])[0]
    wrap = rng.randint(50, 100) if rng.random() < 0.03 else 0
    column = 0
    for index in range(1, len(words)):
        gap = spacing[index]
        if "\n" in gap:
            gap = paragraph
        elif starts[index] and gap == " ":
            gap = line
        column = 0 if "\n" in gap else column + len(gap) + len(words[index])
        if wrap and gap == " " and column > wrap:
            gap, column = "\n", 0
        spacing[index] = gap
    return render(passage, _recase(words, starts, rng), spacing)


def _rename(passage: Passage, rng: random.Random) -> Passage:
    """Put made-up names in place of some; a name that recurs is renamed alike."""
    words = passage.words
    renamed: dict[tuple[str, ...], list[str]] = {}
    for name in passage.names or ():
        old = tuple(words[name.first : name.end])
        kinds = name.labels & {"ORG", "PRODUCT"}
        if (
            len(name.labels) > 1
            or not kinds
            or len(old) > 4
            or not all(w[:1].isupper() and w.isalnum() for w in old)
        ):
            continue
        if old not in renamed:
            label = next(iter(kinds))
            renamed[old] = invent(rng, label, len(old)) if rng.random() < _INVENTED else list(old)
        words[name.first : name.end] = renamed[old]
    if words == passage.words:
        return passage
    syntax = passage.syntax
    if syntax is not None:
        pairs = zip(words, passage.words, syntax.lemmas, strict=True)
        syntax = replace(syntax, lemmas=[lemma if new == old else new for new, old, lemma in pairs])
    return render(replace(passage, syntax=syntax), words, gaps(passage))


def _curl(passage: Passage, rng: random.Random) -> list[str]:
    """The words, in one passage of six with typographic quotes and apostrophes."""
    words = passage.words
    if passage.syntax is None or rng.random() > 0.16:
        return words
    tags = passage.syntax.xpos
    return [
        _CURLY[tag] if tag in _CURLY and word == '"' else word.replace("'", "’")
        for word, tag in zip(words, tags, strict=True)
    ]


def _recase(words: list[str], starts: list[bool], rng: random.Random) -> list[str]:
    draw = rng.random()
    if draw < 0.02:
        return [word.upper() if len(word.upper()) == len(word) else word for word in words]
    if draw < 0.05:
        return [word.lower() if len(word.lower()) == len(word) else word for word in words]
    if draw < 0.10:  # one sentence as a headline, in title case or capitals
        begins = [i for i, first in enumerate(starts) if first] or [0]
        begin = rng.choice(begins)
        end = next((i for i in begins if i > begin), len(words))
        style = str.upper if rng.random() < 0.4 else _title
        changed = [style(word) for word in words[begin:end]]
        if end - begin <= 20 and all(
            len(a) == len(b) for a, b in zip(changed, words[begin:end], strict=True)
        ):
            return [*words[:begin], *changed, *words[end:]]
    return words


def _title(word: str) -> str:
    return word if word in {"of", "the", "a", "an", "to", "in", "and", "for"} else word[:1].upper() + word[1:]
