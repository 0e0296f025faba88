"""Every rule reads its own example, with the shipped pipeline."""

from __future__ import annotations

import pytest

from kg.extract.frames import Sentence
from kg.extract.mentions import Mentions
from kg.extract.pipeline import load_pipeline
from kg.extract.rules import RULES, Rule
from kg.extract.values import find_values
from kg.rdf.schema import load_ontology

NLP = load_pipeline()
ONTOLOGY = load_ontology()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_example(rule: Rule) -> None:
    doc = NLP(rule.example)
    mentions = Mentions(doc, ONTOLOGY, find_values(doc.text, ONTOLOGY.words, None))
    subject, cue, obj = rule.yields
    found = []
    for tokens in doc.sents:
        for frame in rule.find(Sentence(tokens, mentions, ONTOLOGY)):
            texts = {m.text for role in frame.roles for m in role.mentions}
            found.append((sorted(texts), frame.cues))
            if {subject, obj} <= texts and any(cue in key.split() or cue == key for key in frame.cues):
                return
    pytest.fail(f"{rule.yields} not read; found {found}")


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert all(rule.source for rule in RULES)
