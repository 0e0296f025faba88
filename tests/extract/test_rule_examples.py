"""Every rule reads its own example, with the shipped pipeline."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.extract.frames import Sentence
from kg.extract.mentions import Mentions
from kg.extract.pipeline import load_pipeline
from kg.extract.rules import RULES, Rule
from kg.extract.values import find_values
from kg.ontology import Cue, Relation
from kg.rdf.schema import load_ontology

NLP = load_pipeline()
SHIPPED = load_ontology()
WITHIN = Relation(
    "within", "is in", cues=(Cue("place", "*", "subj", "in"), Cue("demonym", "*", "subj", "of"))
)
BORN = Relation(
    "born", "born in", cues=(Cue("verb", "bear", "obj", "adv"), Cue("adjective", "high", "subj", "value"))
)
GENRE = Relation("genre", "genre", cues=(Cue("kind", "jazz", "subj", "self"),))
# places, lives and kinds are read only for ontologies that say with a cue that they want them; the shipped one does not
ONTOLOGY = replace(SHIPPED, relations={**SHIPPED.relations, "within": WITHIN, "born": BORN, "genre": GENRE})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_example(rule: Rule) -> None:
    doc = NLP(rule.example)
    mentions = Mentions(doc, ONTOLOGY, find_values(doc.text, ONTOLOGY.words, None))
    subject, cue, obj = rule.yields
    found = []
    for tokens in doc.sents:
        for frame in rule.find(Sentence(tokens, mentions, ONTOLOGY)):
            if frame.rule != rule.name:
                continue
            texts = {m.text for role in frame.roles for m in role.mentions}
            found.append((sorted(texts), frame.cues))
            if {subject, obj} <= texts and any(
                cue in (key, *key.split()) for key in (*frame.cues, frame.words)
            ):
                return
    pytest.fail(f"{rule.yields} not read; found {found}")


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert all(rule.source for rule in RULES)


def test_the_manual_lists_every_rule() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")
    assert [rule.name for rule in RULES if f"| `{rule.name}` |" not in page] == []
