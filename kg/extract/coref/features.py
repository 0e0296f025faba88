"""What the ranker looks at: facts about a mention, about a candidate, and about the two together. Every column has a name.

After the surface features of Durrett and Klein, "Easy Victories and Uphill Battles in Coreference Resolution" (EMNLP 2013), and the
agreement, binding and salience features of the literature before them (Soon et al. 2001, Lappin and Leass 1994). The decision of
the rules and the rung it was made on are features too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from kg.extract.coref.affinity import Floats
from kg.extract.coref.columns import (
    DETERMINERS,
    FORMS,
    GENDERS,
    LABELS,
    PRONOUNS,
    ROLES,
    RUNGS,
    SLOTS,
    Columns,
    Ints,
)
from kg.extract.coref.pairs import Pairs
from kg.extract.coref.subjects import COUNT
from kg.resolve.link import KINDS

Column = tuple[str, Any]

_CLASSES = (
    ("form", [form.value for form in FORMS]),
    ("pronoun", PRONOUNS),
    ("determiner", DETERMINERS),
    ("role", ROLES),
    ("label", LABELS),
    ("gender", GENDERS),
    ("kind", ("", *KINDS)),
)
_FLAGS = (
    "passive", "plural", "proper", "capital", "verb", "adjective", "coordinated", "copular", "generic", "digits", "restricted",
    "inner", "expletive", "owning", "own", "opening", "first", "named", "several", "led", "main", "placed",
)  # fmt: skip
_SENTENCES = (0, 1, 2, 3, 6, 12, 25)  # upper ends of the ranges of distance, in sentences
GOVERNOR = SLOTS.index("governor")
_MENTIONS = (1, 2, 3, 5, 8, 13, 21, 40)


def mention_features(columns: Columns) -> tuple[tuple[str, ...], Floats]:
    """One row for each mention, the names of its columns beside it."""
    return _table(_of_mentions(columns), len(columns))


def _of_mentions(c: Columns) -> Iterator[Column]:
    for name, values in _CLASSES:
        for number, value in enumerate(values):
            yield f"{name} {value}".strip(), c[name] == number
    for number, rung in enumerate(RUNGS):
        yield f"rung {rung}".strip(), c["rung"] == number
    for name in _FLAGS:
        yield name, c[name] != 0
    yield "quoted", c["quote"] >= 0
    yield "speaker known", c["speaker"] >= 0
    yield "typed", c["type"] != 0
    yield "event", c["event"] != 0
    yield "owned", c["owner"] != 0
    yield "topic", c["topic"] == 1
    yield "second topic", c["topic"] == 2
    yield "depth", c["depth"] / 4
    yield "said to be", c["said kind"] != 0
    yield "names", np.log2(c["names"] + 1) / 4
    yield "count", np.log2(c["count"] + 1) / 4
    yield "size", c["size"] / 5
    yield "progress", np.minimum(c["sentence"], 40) / 40


def pair_features(c: Columns, pairs: Pairs) -> tuple[tuple[str, ...], Floats]:
    """One row for each pair, the names of its columns beside it; all zero where nothing was mentioned before."""
    names, table = _table(_of_pairs(c, pairs), len(pairs))
    table[pairs.candidate < 0] = 0
    return names, table


def _of_pairs(c: Columns, pairs: Pairs) -> Iterator[Column]:
    i, j = pairs.anaphor, pairs.candidate

    def same(name: str) -> Any:
        return c[name][i] == c[name][j]

    def same_known(name: str) -> Any:
        return same(name) & (c[name][i] != 0)

    sentences = c["sentence"][i] - c["sentence"][j]
    for low, high in zip((-1, *_SENTENCES), (*_SENTENCES, 10**9), strict=True):
        yield f"sentences to {high}", (sentences > low) & (sentences <= high)
    for low, high in zip((0, *_MENTIONS), (*_MENTIONS, 10**9), strict=True):
        yield f"mentions to {high}", (i - j > low) & (i - j <= high)
    yield "words", np.log2(np.maximum(c["token"][i] - c["token"][j], 1)) / 10
    # agreement
    numbers = c["plural"][i] == c["plural"][j]
    genders, kinds = (c["gender"][i], c["gender"][j]), (c["kind"][i], c["kind"][j])
    known = (genders[0] != 0) & (genders[1] != 0)
    clash = known & (genders[0] != genders[1])
    yield "number agrees", numbers
    yield "gender agrees", known & (genders[0] == genders[1])
    yield "gender differs", clash
    yield "kind agrees", same_known("kind")
    kind_clash = (kinds[0] != 0) & (kinds[1] != 0) & (kinds[0] != kinds[1])
    yield "kind differs", kind_clash
    types = c["type"][i], c["type"][j]
    related = c.related[types]
    yield "class agrees", same_known("type")
    yield "class above or below", related
    yield "class differs", (types[0] != 0) & (types[1] != 0) & ~related
    yield "same pronoun", same_known("pronoun")
    fits = numbers & ~clash & ~kind_clash
    yield "nearest that agrees", _ranks(i, fits & (j >= 0)) == 1
    yield "second that agrees", _ranks(i, fits & (j >= 0)) == 2
    subject = c["subject"][j] != 0
    yield "nearest subject", (_ranks(i, fits & subject & (j >= 0)) == 1) & subject
    named = np.isin(c["sieve"], c["sieve"][c["named"] != 0])
    latest = fits & (j >= 0) & named[j] & (c["next_sieve"][j] >= i)  # things by their latest mention
    yield "nearest thing", _ranks(i, latest) == 1
    yield "second thing", _ranks(i, latest) == 2
    yield "subject above", subject & (c["governor"][j] == c["above"][i]) & (c["above"][i] >= 0)
    yield "subject of sentence before", (c["main"][j] != 0) & (sentences == 1)
    # words
    yield "same noun", same_known("noun")
    yield "same noun, last", same_known("noun") & (c["next_noun"][j] >= i)
    yield "same text", same_known("text")
    yield "same word", same_known("word")
    yield "same event", same_known("event")
    inside, around, shared = _overlap(c, pairs)
    yield "words inside candidate's", inside
    yield "candidate's words inside", around
    yield "words shared", shared
    yield "called so", np.isin(c["cluster"][j] * c.nouns + c["noun"][i], c.called)
    yield "calls so", np.isin(c["cluster"][i] * c.nouns + c["noun"][j], c.called)
    yield "same owner", same_known("owner")
    yield "other owner", (c["owner"][i] != 0) & (c["owner"][j] != 0) & ~same("owner")
    yield "same determiner", same_known("determiner")
    # names and rules
    yield "same name", same("cluster")
    yield "name, last", (c["next_cluster"][j] >= i) & (c["named"][j] != 0)
    yield "rules agree", same("sieve")
    yield "employer", (c["employer"][i] >= 0) & (c["employer"][i] == c["cluster"][j]) & (c["named"][j] != 0)
    yield "same nation", (nation := _nations(c, pairs)) > 0
    yield "other nation", nation < 0
    # syntax
    yield "same role", same("role")
    yield "both subjects", (c["subject"][i] != 0) & subject
    yield "same clause", same("clause")
    yield "same governor", same("governor")
    yield "governs", c["governor"][i] == c["token"][j]
    yield "governed by", c["governor"][j] == c["token"][i]
    yield "inside candidate", (c["left"][j] <= c["token"][i]) & (c["token"][i] <= c["right"][j])
    yield "around candidate", (c["left"][i] <= c["token"][j]) & (c["token"][j] <= c["right"][i])
    yield "apposition", (c["appos"][i] != 0) & (c["governor"][i] == c["token"][j])
    yield "copula", (c["copular"][i] != 0) & subject & (c["governor"][j] == c["token"][i])
    yield "same coordination", same("coordination")
    yield "same coordination's clause", same("clause") & ~same("coordination")
    for number in range(1, COUNT + 1):
        above = c["token"][j] == c[f"subject {number}"][i]
        yield f"subject {number} above", above
        yield f"owned, subject {number} above", above & (c["owning"][i] != 0)
        yield f"subject, subject {number} above", above & (c["subject"][i] != 0)
    thing = _thing_at(c, "subject 1")[i]
    yield "thing of subject above", (c["sieve"][j] == thing) & (thing >= 0)
    yield "agent of clause", (c["agent"][j] != 0) & same("clause")
    word = _numbered(c)
    yield "same governing word", (word[i] == word[j]) & (word[i] >= 0)
    kind, said = c["said kind"][i], c["said type"][i]
    yield "said to be its kind", (kind != 0) & (kind == kinds[1])
    yield "said to be another kind", (kind != 0) & (kinds[1] != 0) & (kind != kinds[1])
    yield "said to be its class", (said != 0) & c.related[said, types[1]]
    # speech
    yield "same quotation", same("quote") & (c["quote"][i] >= 0)
    yield "only one quoted", (c["quote"][i] >= 0) != (c["quote"][j] >= 0)
    yield "speaker", (c["speaker"][i] >= 0) & (c["speaker"][i] == c["token"][j])
    yield "same speaker", same("speaker") & (c["speaker"][i] >= 0)


def _thing_at(c: Columns, name: str) -> Any:
    """For each mention the thing whose head word the column `name` points to; -1 where no mention begins there."""
    tokens = c["token"]
    if not len(tokens):
        return tokens
    place = np.minimum(np.searchsorted(tokens, c[name]), len(tokens) - 1)
    return np.where(tokens[place] == c[name], c["sieve"][place], -1)


def _numbered(c: Columns) -> Ints:
    """The governing words of all mentions as numbers; -1 for none."""
    known: dict[str, int] = {"": -1}
    found = [known.setdefault(words[GOVERNOR], len(known)) for words in c.lexical]
    return np.array(found, dtype=np.int64)


def _ranks(anaphor: Any, fits: Any) -> Any:
    """For each fitting row its rank among the fitting rows of its anaphor, from 1; 0 elsewhere."""
    running = np.cumsum(fits)
    starts = np.flatnonzero(np.diff(anaphor, prepend=-1))
    before = running[starts] - fits[starts]
    sizes = np.diff(np.append(starts, len(anaphor)))
    return np.where(fits, running - np.repeat(before, sizes), 0)


def _overlap(c: Columns, pairs: Pairs) -> tuple[Any, Any, Any]:
    """Whether all words of one phrase are in the other, and the share of the shorter that is; pronouns have no words."""
    found = np.zeros((3, len(pairs)), dtype=np.float32)
    form = c["form"]
    rows = np.flatnonzero((form[pairs.anaphor] != 2) & (form[pairs.candidate] != 2) & (pairs.candidate >= 0))
    words = c.words
    for row, a, b in zip(
        rows.tolist(), pairs.anaphor[rows].tolist(), pairs.candidate[rows].tolist(), strict=True
    ):
        mine, theirs = words[a], words[b]
        both = len(mine & theirs)
        if both:
            found[:, row] = both == len(mine), both == len(theirs), both / min(len(mine), len(theirs))
    return found[0], found[1], found[2]


def _nations(c: Columns, pairs: Pairs) -> Any:
    """1 where a description tells the nation of a candidate, -1 where it tells another, 0 where neither is known."""
    found = np.zeros(len(pairs), dtype=np.int64)
    cluster = c["cluster"].tolist()
    rows = np.flatnonzero(
        (c["placed"][pairs.anaphor] != 0) & (c["named"][pairs.candidate] != 0) & (pairs.candidate >= 0)
    )
    for row, a, b in zip(
        rows.tolist(), pairs.anaphor[rows].tolist(), pairs.candidate[rows].tolist(), strict=True
    ):
        known = c.origins.get(cluster[b])
        if known:
            found[row] = -1 if known.isdisjoint(c.told[a]) else 1
    return found


def _table(columns: Iterator[Column], rows: int) -> tuple[tuple[str, ...], Floats]:
    names, values = zip(*columns, strict=True)
    return names, np.stack([np.asarray(v, dtype=np.float32) for v in values], axis=1).reshape(rows, -1)
