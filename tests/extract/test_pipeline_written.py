"""The sentences written for training: their marks are read right, and every line of them keeps to the rules."""

import random
from pathlib import Path

import pytest

from kg.errors import KGError
from kg.extract.pipeline.corpora.gather import SENTENCES as MOST
from kg.extract.pipeline.corpora.gather import gather
from kg.extract.pipeline.corpora.load import ARTICLES, SELECTION, SENTENCES, tokenizer
from kg.extract.pipeline.corpora.written import parse, read_written
from kg.ontology import Ontology

LINE = "[1o Norda], a Danish [2 packaging group], said [3=1 it] might buy [4 [5o Velox]'s plant]. || 3 acquires 4 possible: might buy"


def test_marks_become_spans() -> None:
    marked = parse(LINE)
    assert marked.text == "Norda, a Danish packaging group, said it might buy Velox's plant."
    said = {number: marked.text[start:end] for number, (start, end) in marked.mentions.items()}
    assert said == {"1": "Norda", "2": "packaging group", "3": "it", "4": "Velox's plant", "5": "Velox"}
    assert [(marked.text[start:end], label) for (start, end), label in marked.names] == [
        ("Norda", "ORG"),
        ("Velox", "ORG"),
    ]
    ((subject, relation, other, mood, cue),) = marked.facts
    assert (subject, relation, other, mood) == ("3", "acquires", "4", "possible")
    assert cue is not None
    assert marked.text[slice(*cue)] == "might buy"


def test_pairs_and_counterexamples(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"# a remark\n{LINE}\n", encoding="utf-8")
    (passage,) = read_written(tmp_path, "written", tokenizer())
    words = passage.words
    stated = [pair for pair in passage.pairs if pair.relations]
    assert [(words[p.subject[0]], p.relations, words[p.object[0]], p.mood) for p in stated] == [
        ("it", frozenset({"acquires"}), "Velox", "possible")
    ]
    unsaid = [(words[p.subject[0]], words[p.object[0]]) for p in passage.pairs if not p.relations]
    assert ("packaging", "Velox") in unsaid
    assert ("Norda", "Velox") not in [  # the same fact in other words is no counterexample
        (words[p.subject[0]], words[p.object[0]])
        for p in passage.pairs
        if not p.relations and p.object[1] - p.object[0] == 3
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[1o Norda] sank.", "between sentence and facts"),
        ("[1x Norda] sank. || ", "not a mark"),
        ("[1o Norda sank. || ", "never closes"),
        ("1o Norda] sank. || ", "never opened"),
        ("[1o Norda] bought [1o Velox]. || ", "there twice"),
        ("[1o Norda] bought [2o Velox]. || 1 acquires 3", "no mention 3"),
        ("[1o Norda] bought [2o Velox]. || 1 acquires", "not a fact"),
        ("[1o Norda] bought [2o Velox]. || 1 acquires 2 maybe", "no such mood"),
        ("[1o Norda] bought [2o Velox]. || 1 acquires 2: purchased", "does not hold"),
        ("[1o Norda] bought [2=7o Velox]. || ", "not a mark"),
        ("[1o Norda] bought [2o=7 Velox]. || ", "names no mention"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "a.txt").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(KGError, match=said) as caught:
        read_written(tmp_path, "written", tokenizer())
    assert "a.txt:1" in str(caught.value)


def test_sentences_in_company(tmp_path: Path) -> None:
    lines = [f"[1o Firm{n}] bought [2o Velox{n}]. || 1 acquires 2: bought" for n in range(9)]
    (tmp_path / "a.txt").write_text("# one\n" + "\n".join(lines) + "\n", encoding="utf-8")
    single = read_written(tmp_path, "written", tokenizer())
    article = read_written(tmp_path, "article", tokenizer())
    for passages in (single, article):
        windows = gather(passages, random.Random(3))
        assert sum(len(window.parts) for window in windows) == 9
        assert max(len(window.parts) for window in windows) in range(2, MOST + 1)
        for window in windows:
            ends = [*window.parts[1:], len(window.words)]
            for pair in window.pairs:  # both in one sentence, and still the words they were
                places = {sum(end <= place[0] for end in ends) for place in (pair.subject, pair.object)}
                assert len(places) == 1
                if pair.relations:
                    subject, other = window.words[pair.subject[0]], window.words[pair.object[0]]
                    assert subject.replace("Firm", "") == other.replace("Velox", "")
    order = [word for window in gather(article, random.Random(3)) for word in window.words if "Firm" in word]
    assert order == [f"Firm{n}" for n in range(9)]


def test_every_line_keeps_to_the_rules(ontology: Ontology) -> None:
    texts: set[str] = set()
    for path in sorted(path for folder in (SENTENCES, ARTICLES, SELECTION) for path in folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            marked = parse(line)
            assert marked.text not in texts, f"{path.name}:{number} is there twice"
            texts.add(marked.text)
            unknown = {relation for _, relation, _, _, _ in marked.facts} - set(ontology.relations)
            assert not unknown, f"{path.name}:{number}: {unknown}"
