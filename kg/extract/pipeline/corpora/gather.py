"""Sentences with typed pairs put behind one another, as an article has them.

At run time the encoder reads a sentence among its neighbours. A head that has only seen sentences alone loses a quarter
of its right choices there (docs/pipeline.md), so training and selection see them in company.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.extract.pipeline.corpora.passage import Name, Pair, Passage, Place

#: Sentences and words of one window at most.
SENTENCES = 5
WORDS = 150
#: What stands between two sentences, by weight.
_GAPS, _WEIGHTS = (" ", "\n\n", "\n"), (60, 30, 10)


def gather(passages: Sequence[Passage], rng: random.Random) -> list[Passage]:
    """Windows of one to five passages: of an article in its order, of single sentences at random.

    Passages of one article follow each other and share the part of ``document`` before the last hyphen.
    """
    articles: dict[str, list[Passage]] = {}
    single: list[Passage] = []
    for passage in passages:
        if passage.source == "article":
            articles.setdefault(passage.document.rpartition("-")[0], []).append(passage)
        else:
            single.append(passage)
    rng.shuffle(single)
    return [
        join(run, rng.choices(_GAPS, _WEIGHTS)[0])
        for sequence in (single, *articles.values())
        for run in _runs(sequence, rng)
    ]


def _runs(sequence: Sequence[Passage], rng: random.Random) -> Iterator[list[Passage]]:
    run: list[Passage] = []
    most = rng.randint(1, SENTENCES)
    for passage in sequence:
        if run and (len(run) == most or sum(len(p.spans) for p in run) + len(passage.spans) > WORDS):
            yield run
            run, most = [], rng.randint(1, SENTENCES)
        run.append(passage)
    if run:
        yield run


def join(passages: Sequence[Passage], gap: str) -> Passage:
    """One passage of several without syntax; ``parts`` says where each begins.

    >>> one = Passage("bank", "1", "Norda grows.", [(0, 5), (6, 11), (11, 12)], names=[])
    >>> both = join([one, one], " ")
    >>> both.text, both.parts
    ('Norda grows. Norda grows.', (0, 3))
    """
    text = ""
    spans: list[Place] = []
    names: list[Name] = []
    pairs: list[Pair] = []
    unknown: set[int] = set()
    parts: list[int] = []
    for passage in passages:
        text += gap if text else ""
        first = len(spans)
        parts.append(first)
        spans += _moved(passage.spans, len(text))
        text += passage.text
        names += [replace(n, first=n.first + first, end=n.end + first) for n in passage.names or ()]
        unknown |= {index + first for index in passage.unknown}
        for pair in passage.pairs:
            subject, other = _moved((pair.subject, pair.object), first)
            cue = None if pair.cue is None else (pair.cue[0] + first, pair.cue[1] + first)
            pairs.append(replace(pair, subject=subject, object=other, cue=cue))
    return Passage(
        passages[0].source,
        "+".join(p.document for p in passages),
        text,
        spans,
        names=names,
        unknown=frozenset(unknown),
        pairs=tuple(pairs),
        parts=tuple(parts),
    )


def _moved(places: Iterable[Place], by: int) -> list[Place]:
    return [(start + by, end + by) for start, end in places]
