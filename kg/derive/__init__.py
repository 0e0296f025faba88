"""From names to wording: the cues that a relation's labels and comment imply, and what a class of an own ontology is named like.

So that any OWL or RDFS file with labels, domains and ranges can be read with. Nothing here knows Turtle, spaCy or an article.
"""

from __future__ import annotations

from kg.derive.classes import on_foundation
from kg.derive.comments import comment_cues
from kg.derive.labels import Labelled, label_cues
from kg.derive.lexicon import Lexicon, words_of
from kg.derive.notions import Notion, Notions

__all__ = [
    "Labelled",
    "Lexicon",
    "Notion",
    "Notions",
    "comment_cues",
    "label_cues",
    "on_foundation",
    "words_of",
]
