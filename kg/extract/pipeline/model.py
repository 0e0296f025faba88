"""The network at run time: words of many texts in, sentences, tags, trees and names out. No spaCy, no torch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kg.errors import PipelineError
from kg.extract.pipeline.boundaries import sentence_starts
from kg.extract.pipeline.classes import Classes
from kg.extract.pipeline.inputs import PieceMaker, WordInputs, gap_class, pad_batch, shape_class
from kg.extract.pipeline.lemmas import LEMMA_CHOICES, choose_lemma, read_lexicon
from kg.extract.pipeline.names import NameDecoder, agree, tidy
from kg.extract.pipeline.spans import SEGMENT_WORDS, Window, plan_segments
from kg.extract.pipeline.trees import best_tree
from kg.extract.pipeline.typer import Typer

FILES = ("network.onnx", "labels.onnx", "classes.json", "lemmas.tsv", "tokenizer.json")
#: Outputs that are a vector per word and pass through to the rooms that compare them.
VECTORS = ("anaphors", "antecedents", "typed")
#: Padded pieces per run of the encoder: large enough to be fast, small enough to stay in memory.
BATCH_PIECES = 3000
_BREAKS = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_UNSEEN = np.float32(-1e4)

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(slots=True)
class Text:
    """Words of one text, the whitespace before each and its class."""

    words: list[str]
    gaps: list[str]
    classes: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.classes = [gap_class(gap, i == 0) for i, gap in enumerate(self.gaps)]


@dataclass(slots=True)
class Reading:
    """What the network says of one text: an entry per word; heads are word indices, a root heads itself."""

    starts: NDArray[np.bool_]
    upos: Ints
    xpos: Ints
    feats: Ints
    lemmas: Ints
    heads: Ints
    labels: Ints
    certainty: Floats
    names: list[tuple[int, int, str]]
    name_scores: list[Floats]
    vectors: dict[str, Floats] = field(default_factory=dict)


class Network:
    """The exported graphs with their classes; one thread each, so that several workers do not fight."""

    def __init__(self, folder: Path) -> None:
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise PipelineError(
                f"{folder}: {', '.join(missing)} not found; reinstall kg or train anew (docs/pipeline.md)"
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.folder = folder
        self.classes = Classes.read(folder / "classes.json")
        self._maker = PieceMaker(folder / "tokenizer.json")
        self._names = NameDecoder(self.classes.names)
        head = folder / "typing.npz"
        #: Rates pairs of spans by their ``typed`` vectors; None where the weights have no such head.
        self.typer = Typer(head, self.classes.relations, self.classes.moods) if head.is_file() else None
        self._lexicon = read_lexicon(folder / "lemmas.tsv")
        self._root = self.classes.labels.index("root")
        providers = ["CPUExecutionProvider"]
        self._session = onnxruntime.InferenceSession(
            str(folder / "network.onnx"), options, providers=providers
        )
        self._labels = onnxruntime.InferenceSession(str(folder / "labels.onnx"), options, providers=providers)
        outputs = {output.name: output.shape for output in self._session.get_outputs()}
        self._outputs = list(outputs)
        self._vectors = {name: int(outputs[name][2]) for name in VECTORS if name in outputs}

    def __reduce__(self) -> tuple[Any, ...]:
        return Network, (self.folder,)

    def read(self, texts: Sequence[Text]) -> list[Reading]:
        """Read all texts; windows of different texts share a run of the encoder."""
        readings = [_blank(len(text.words), self._vectors) for text in texts]
        for group in self._segment_groups(texts):
            self._read_group(texts, group, readings)
        for text, reading in zip(texts, readings, strict=True):
            reading.names = tidy(text.words, text.gaps, agree(text.words, reading.names, reading.name_scores))
        return readings

    def lemma(self, form: str, choices: Ints, xpos: int) -> str:
        """Lemma of a word: from the lexicon, else by its tag and the network's best scripts."""
        tag = self.classes.xpos[xpos]
        known = self._lexicon.get((form, tag))
        if known is None and not tag.startswith("NNP"):
            known = self._lexicon.get((form.lower(), tag))
        if known is not None:
            return known
        scripts = [self.classes.lemmas[int(choice)] for choice in choices]
        return choose_lemma(form, tag, scripts, self._maker.known)

    def _segment_groups(self, texts: Sequence[Text]) -> Iterator[list[tuple[int, list[Window]]]]:
        """Segments of all texts, gathered until they hold about ``SEGMENT_WORDS`` words."""
        group: list[tuple[int, list[Window]]] = []
        words = 0
        for number, text in enumerate(texts):
            pieces = [len(self._maker.pieces(word)) for word in text.words]
            for segment in plan_segments(text.words, text.classes, pieces):
                size = segment[-1].end - segment[0].first
                if group and words + size > SEGMENT_WORDS:
                    yield group
                    group, words = [], 0
                group.append((number, segment))
                words += size
        if group:
            yield group

    def _read_group(
        self, texts: Sequence[Text], group: list[tuple[int, list[Window]]], readings: list[Reading]
    ) -> None:
        windows = [(number, window) for number, segment in group for window in segment]
        made: list[WordInputs] = []
        for number, window in windows:
            text = texts[number]
            words = text.words[window.first : window.end]
            gaps = text.classes[window.first : window.end]
            made.append(WordInputs(self._maker, words, [shape_class(word) for word in words], gaps))
        outputs = self._run(made)
        position = 0
        for number, segment in group:
            self._join(texts[number], segment, outputs[position : position + len(segment)], readings[number])
            position += len(segment)

    def _run(self, inputs: list[WordInputs]) -> list[dict[str, Any]]:
        """Run the encoder over windows of similar length together; outputs in the order of *inputs*."""
        order = sorted(range(len(inputs)), key=lambda i: len(inputs[i].ids))
        outputs: list[dict[str, Any]] = [{} for _ in inputs]
        batch: list[int] = []
        for place, index in enumerate(order):
            batch.append(index)
            following = order[place + 1] if place + 1 < len(order) else None
            if following is None or len(inputs[following].ids) * (len(batch) + 1) > BATCH_PIECES:
                results = self._session.run(self._outputs, pad_batch([inputs[i] for i in batch]))
                named = dict(zip(self._outputs, results, strict=True))
                for row, i in enumerate(batch):
                    count = inputs[i].words
                    outputs[i] = {key: array[row, :count] for key, array in named.items()}
                    outputs[i]["arcs"] = outputs[i]["arcs"][:, : count + 1].copy()
                    outputs[i]["governors"] = named["governors"][row, : count + 1]
                batch = []
        return outputs

    def _join(self, text: Text, segment: list[Window], outputs: list[dict[str, Any]], into: Reading) -> None:
        """Stitch the windows of one segment and decode sentences, trees, labels and names."""
        base, end = segment[0].own_first, segment[-1].own_end
        starts = np.zeros(end - base, dtype=np.float32)
        names = np.zeros((end - base, len(self.classes.names)), dtype=np.float32)
        for window, out in zip(segment, outputs, strict=True):
            own = slice(window.own_first - base, window.own_end - base)
            seen = slice(window.own_first - window.first, window.own_end - window.first)
            starts[own], names[own] = out["starts"][seen], out["names"][seen]
            for key in ("upos", "xpos", "feats", "lemmas"):
                getattr(into, key)[window.own_first : window.own_end] = out[key][seen]
            for key, vectors in into.vectors.items():
                vectors[window.own_first : window.own_end] = out[key][seen]
        begins = sentence_starts(starts, text.words[base:end], text.classes[base:end])
        into.starts[base:end] = begins
        barriers = [bool(begins[i]) or not _BREAKS.isdisjoint(text.gaps[base + i]) for i in range(end - base)]
        for first, stop, label in self._names.decode(names, barriers):
            into.names.append((base + first, base + stop, label))
            into.name_scores.append(self._names.label_scores(names[first:stop]))
        edges = [int(i) for i in np.flatnonzero(begins)] + [end - base]
        lefts: list[Floats] = []
        rights: list[Floats] = []
        for first, stop in pairwise(edges):
            scores, left, right = _sentence(segment, outputs, base + first, base + stop)
            heads = best_tree(scores)
            rows = np.arange(stop - first)
            columns = np.where(heads == rows, 0, heads + 1)
            into.heads[base + first : base + stop] = heads + base + first
            chosen = scores[rows, columns]
            into.certainty[base + first : base + stop] = np.exp(chosen - _log_sum(scores))
            lefts.append(left)
            rights.append(right[columns])
        into.labels[base:end] = self._label(
            np.concatenate(lefts), np.concatenate(rights), into.heads[base:end], base
        )

    def _label(self, dependents: Floats, governors: Floats, heads: Ints, base: int) -> Ints:
        """Labels of all arcs of a segment; ``root`` goes to the roots and to no other word."""
        parts = []
        for first in range(0, len(heads), 512):
            feed = {
                "dependents": dependents[first : first + 512],
                "governors": governors[first : first + 512],
            }
            parts.append(self._labels.run(None, feed)[0])
        scores = np.concatenate(parts)
        scores[:, self._root] = -np.inf
        labels: Ints = scores.argmax(1)
        labels[heads == np.arange(base, base + len(heads))] = self._root
        return labels


def _blank(count: int, vectors: dict[str, int]) -> Reading:
    def zeros() -> Ints:
        return np.zeros(count, dtype=np.int64)

    return Reading(
        starts=np.zeros(count, dtype=np.bool_),
        upos=zeros(),
        xpos=zeros(),
        feats=zeros(),
        lemmas=np.zeros((count, LEMMA_CHOICES), dtype=np.int64),
        heads=zeros(),
        labels=zeros(),
        certainty=np.zeros(count, dtype=np.float32),
        names=[],
        name_scores=[],
        vectors={name: np.zeros((count, width), dtype=np.float32) for name, width in vectors.items()},
    )


def _log_sum(scores: Floats) -> Floats:
    top = scores.max(1)
    total: Floats = top + np.log(np.exp(scores - top[:, None]).sum(1))
    return total


def _sentence(
    segment: list[Window], outputs: list[dict[str, Any]], first: int, stop: int
) -> tuple[Floats, Floats, Floats]:
    """Arc scores [n, n + 1] and label vectors of one sentence, from one window or stitched from several."""
    covering = [i for i, w in enumerate(segment) if w.first <= first and stop <= w.end]
    if covering:
        best = max(covering, key=lambda i: min(first - segment[i].first, segment[i].end - stop))
        window, out = segment[best], outputs[best]
        low, high = first - window.first, stop - window.first
        columns = np.r_[0, low + 1 : high + 1]
        return out["arcs"][low:high][:, columns], out["dependents"][low:high], out["governors"][columns]
    count = stop - first
    scores = np.full((count, count + 1), _UNSEEN, dtype=np.float32)
    width = outputs[0]["dependents"].shape[1]
    dependents = np.zeros((count, width), dtype=np.float32)
    governors = np.zeros((count + 1, width), dtype=np.float32)
    for window, out in zip(segment, outputs, strict=True):
        low, high = max(first, window.own_first), min(stop, window.own_end)
        if low >= high:
            continue
        seen_low, seen_high = max(first, window.first), min(stop, window.end)
        mine = slice(low - window.first, high - window.first)
        arcs = out["arcs"][mine]
        scores[low - first : high - first, 0] = arcs[:, 0]
        scores[low - first : high - first, seen_low - first + 1 : seen_high - first + 1] = arcs[
            :, seen_low - window.first + 1 : seen_high - window.first + 1
        ]
        dependents[low - first : high - first] = out["dependents"][mine]
        governors[low - first + 1 : high - first + 1] = out["governors"][
            low - window.first + 1 : high - window.first + 1
        ]
        governors[0] = out["governors"][0]
    return scores, dependents, governors
