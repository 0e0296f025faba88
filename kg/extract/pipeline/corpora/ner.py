"""Named-entity corpora as passages: DocRED, WikiGold, WNUT-17, re3d, SEC filings and Universal NER over EWT.

Their tokens are written as running text and cut again by kg's own tokenizer, so that training sees the words the
pipeline will see. Where a source marks something that is no name for kg (a pronoun, "the Borrower"), the words are
left out of the name layer.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.extract.pipeline.corpora.passage import NO_NAME, Name, Passage, join_words, read_lines
from kg.extract.pipeline.labels import SOURCE_LABELS, is_norp, split_norp

#: Cuts a text into words: spans of characters, whitespace left out.
Tokenize = Callable[[str], list[tuple[int, int]]]
Tagged = tuple[list[str], list[tuple[int, int, str]]]
#: Start and end of a name in the text, its labels in kg's scheme, whether to trust the span, its label in the source.
_Labelled = tuple[int, int, frozenset[str], bool, str]

_ROLES = frozenset(
    """borrower lender bank company agent guarantor lessee lessor executive employee employer purchaser seller buyer
    tenant landlord parent subsidiary grantor trustee holder issuer consultant party parties borrowers lenders
    """.split()
)
_PERSON_TITLES = frozenset(
    "secretary minister president mr mr. dr dr. sir lord general prime foreign king".split()
)
_INNER = frozenset(
    {"of", "the", "for", "and", "&", "de", "la", "al", "-", "'s", "’s", "in", "’", "s", "'", "."}
)


def in_fold(name: str, fold: int = 0, folds: int = 5) -> bool:
    """Say whether a document belongs to a held-out fold, by the SHA-1 of its name."""
    return int(hashlib.sha1(name.encode("utf-8")).hexdigest(), 16) % folds == fold


def _spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """IOB1 or IOB2 tags as (first, end, label)."""
    spans: list[tuple[int, int, str]] = []
    previous = "O"
    for index, tag in enumerate([*tags, "O"]):
        kind = tag[2:]
        if previous != "O" and (tag == "O" or tag.startswith("B-") or kind != previous):
            first, _, label = spans[-1]
            spans[-1] = (first, index, label)
            previous = "O"
        if tag != "O" and previous == "O":
            spans.append((index, index + 1, kind))
            previous = kind
    return spans


def _read_iob(path: Path, word: int, tag: int, separator: str | None) -> Iterator[tuple[str, Tagged]]:
    """Yield (document, sentence) of a column file; documents are numbered when the file names none."""
    words: list[str] = []
    tags: list[str] = []
    document = "0"
    for line in [*read_lines(path), ""]:
        if line.startswith("# newdoc id = "):
            document = line.partition("=")[2].strip()
        if line.startswith(("# ", "-DOCSTART-")):
            continue
        cells = line.split(separator)
        if len(cells) > max(word, 0) and line.strip():
            if cells[word].strip():
                words.append(cells[word].strip())
                tags.append(cells[tag])
        elif words:
            yield document, (words, _spans(tags))
            words, tags = [], []


def _passage(source: str, document: str, sentences: Iterable[Tagged], tokenize: Tokenize) -> Passage:
    """Join tagged sentences into one text, cut it anew and carry the names over by their characters."""
    pieces: list[str] = []
    labelled: list[_Labelled] = []
    base = 0
    for words, spans in sentences:
        text, places = join_words(words)
        for first, end, label in spans:
            labels, trust, first = _agreed(source, words, first, end, label.lower())
            labelled.append(
                (base + places[first][0], base + places[end - 1][1], labels, trust, label.upper())
            )
        pieces.append(text)
        base += len(text) + 1
    return _named(source, document, " ".join(pieces), labelled, tokenize)


def _named(source: str, document: str, text: str, labelled: list[_Labelled], tokenize: Tokenize) -> Passage:
    """Cut a text into kg's words and give them the names found at these characters."""
    tokens = tokenize(text)
    names: list[Name] = []
    unknown: set[int] = set()
    taken: set[int] = set()
    lost = 0
    for start, stop, labels, trust, gold in labelled:
        inside = [i for i, (left, right) in enumerate(tokens) if left < stop and right > start]
        if not inside or taken & set(inside):
            lost += bool(labels)
            continue
        exact = tokens[inside[0]][0] == start and tokens[inside[-1]][1] == stop
        taken.update(inside)
        if not trust or not exact:
            unknown.update(inside)
            lost += bool(labels)
        elif labels:
            names.append(Name(inside[0], inside[-1] + 1, labels, gold))
    for index, (left, right) in enumerate(tokens):
        if index not in taken and text[left].isupper() and is_norp(text[left:right]):
            names.append(Name(index, index + 1, frozenset({"NORP", NO_NAME})))
    names.sort(key=lambda name: name.first)
    return Passage(source, document, text, tokens, None, names, frozenset(unknown), lost)


def _agreed(
    source: str, words: list[str], first: int, end: int, label: str
) -> tuple[frozenset[str], bool, int]:
    """Labels in kg's scheme, whether to trust the span, and its first word without determiners."""
    labels = SOURCE_LABELS[source].get(label, frozenset())
    while first < end - 1 and words[first].lower() in {"the", "a", "an"} and source == "re3d":
        first += 1
    inside = words[first:end]
    if source == "sec" and len(inside) == 1 and inside[0].lower() in _ROLES:
        return frozenset(), True, first
    if source == "re3d" and labels:
        named = all(word[:1].isupper() or word[:1].isdigit() or word in _INNER for word in inside)
        titled = "PERSON" in labels and any(word.lower() in _PERSON_TITLES for word in inside)
        if not named or titled or inside[0] in {"I", "We", "He", "She", "They", "It"}:
            return labels, False, first
    if source in {"wnut17", "wikigold"} and len(labels) == 1 and len(inside) == 1 and is_norp(inside[0]):
        return frozenset({"NORP", *labels}), True, first
    return (split_norp(" ".join(inside), labels) if labels else labels), True, first


def read_iob(path: Path, source: str, tokenize: Tokenize, sentences: int = 8) -> list[Passage]:
    """Read one column corpus; consecutive sentences are joined, *sentences* to a passage."""
    columns = {"wikigold": (0, -1, None), "sec": (0, -1, None)}
    word, tag, separator = columns.get(source, (0, 1, "\t"))
    groups: list[tuple[str, list[Tagged]]] = []
    for document, sentence in _read_iob(path, word, tag, separator):
        full = not groups or groups[-1][0] != document or len(groups[-1][1]) >= sentences
        # tweets do not continue one another
        if full or source == "wnut17":
            groups.append((document, []))
        groups[-1][1].append(sentence)
    return [_passage(source, document, group, tokenize) for document, group in groups]


def read_uner(path: Path, treebank: Iterable[Passage], tokenize: Tokenize) -> list[Passage]:
    """Read Universal NER (Mayhew et al., 2024) into the raw texts of the treebank documents it annotates."""
    texts = {passage.document: passage.text for passage in treebank}
    found: dict[str, list[_Labelled]] = {}
    cursors = dict.fromkeys(texts, 0)
    for document, (words, spans) in _read_iob(path, 1, 2, "\t"):
        places = []
        for word in words:
            start = texts[document].index(word, cursors[document])
            cursors[document] = start + len(word)
            places.append((start, start + len(word)))
        labelled = found.setdefault(document, [])
        for first, end, label in spans:
            labels, trust, first = _agreed("uner", words, first, end, label.lower())
            labelled.append((places[first][0], places[end - 1][1], labels, trust, label.upper()))
    return [_named("uner", name, texts[name], labelled, tokenize) for name, labelled in found.items()]


@dataclass(frozen=True, slots=True)
class _Mention:
    sentence: int
    first: int
    end: int
    label: str


def read_docred(path: Path, tokenize: Tokenize) -> list[Passage]:
    """Read (Re-)DocRED (Yao et al., 2019; Tan et al., 2022): one passage per article."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        articles = json.load(handle)
    passages: list[Passage] = []
    for article in articles:
        mentions = {
            _Mention(m["sent_id"], m["pos"][0], m["pos"][1], m["type"])
            for v in article["vertexSet"]
            for m in v
        }
        ordered = sorted(mentions, key=lambda m: (m.sentence, m.first - m.end, m.first))
        tagged: list[Tagged] = []
        for number, words in enumerate(article["sents"]):
            words = [word.replace("\xa0", " ").strip() or "-" for word in words]
            spans = [(m.first, m.end, m.label) for m in ordered if m.sentence == number]
            tagged.append((words, spans))
        passages.append(_passage("docred", article["title"], tagged, tokenize))
    return passages
