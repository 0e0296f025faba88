"""The classes the network chooses from, collected from the training data and shipped beside the weights."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from kg.extract.pipeline.corpora.passage import Passage
from kg.extract.pipeline.labels import ENTITY_LABELS
from kg.extract.pipeline.lemmas import KEEP, derive_script

#: Name tags by position (BILOU; Ratinov and Roth, 2009): outside, then begin, inside, last, unit of each label.
NAME_TAGS: tuple[str, ...] = ("O", *(f"{place}-{label}" for label in ENTITY_LABELS for place in "BILU"))
IGNORED = -100


@dataclass(frozen=True, slots=True)
class Classes:
    """Class names in the order of the network's outputs."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    lemmas: tuple[str, ...]
    labels: tuple[str, ...]
    names: tuple[str, ...] = NAME_TAGS
    relations: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()

    def write(self, path: Path) -> None:
        table = {field.name: list(getattr(self, field.name)) for field in fields(self)}
        path.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Classes:
        table = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{key: tuple(values) for key, values in table.items()})


def collect(passages: Iterable[Passage], rare_lemmas: int = 2) -> Classes:
    """Collect the classes of all passages; lemma scripts seen fewer than *rare_lemmas* times are left out."""
    counts: dict[str, Counter[str]] = {
        key: Counter() for key in ("upos", "xpos", "feats", "lemmas", "labels")
    }
    counts["relations"], counts["moods"] = Counter(), Counter()
    for passage in passages:
        syntax = passage.syntax
        for pair in passage.pairs:
            counts["relations"].update(pair.relations)
            counts["moods"].update({pair.mood} - {""})
        if syntax is None:
            continue
        counts["upos"].update(syntax.upos)
        counts["xpos"].update(syntax.xpos)
        counts["feats"].update(syntax.feats)
        counts["labels"].update(syntax.labels)
        pairs = zip(passage.words, syntax.lemmas, strict=True)
        counts["lemmas"].update(derive_script(form, lemma) for form, lemma in pairs if lemma != "_")
    scripts = sorted(
        script for script, count in counts["lemmas"].items() if count >= rare_lemmas or script == KEEP
    )
    rest = {
        key: tuple(sorted(counts[key])) for key in ("upos", "xpos", "feats", "labels", "relations", "moods")
    }
    return Classes(lemmas=tuple(scripts), **rest)


def readings(passages: Iterable[Passage]) -> Iterator[tuple[str, str, str]]:
    """(form, Penn tag, lemma) of every word with syntactic annotation."""
    for passage in passages:
        if passage.syntax is not None:
            yield from zip(passage.words, passage.syntax.xpos, passage.syntax.lemmas, strict=True)


def positions(values: Sequence[str]) -> dict[str, int]:
    """Index of each class name."""
    return {value: index for index, value in enumerate(values)}
