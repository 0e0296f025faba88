"""Every phrase that might be meant again: for the graph those that claims can be about, for full chains nouns inside compounds, too."""

from __future__ import annotations

from kg.extract.mentions import Mentions
from kg.model import Form, Mention

_NOUNS = ("NOUN", "PROPN")


def every_mention(mentions: Mentions) -> list[Mention]:
    """All mentions of a document with those inside compounds ("chip" of "chip makers"), by place; no clauses.

    The graph does without the inner ones; chains as annotated in corpora hold them.
    """
    for token in mentions.doc:
        pointing = token.pos_ == "DET" and token.dep_ not in ("det", "det:predet") and token.tag_ == "DT"
        if pointing or (token.pos_ in _NOUNS and token.dep_ == "compound"):
            mentions.at(token)
    return [m for m in mentions.all() if m.form is not Form.CLAUSE]


def graph_mentions(mentions: Mentions) -> list[Mention]:
    """Those the graph is built on: what claims can be about, without values and clauses."""
    return [m for m in mentions.all() if m.form not in (Form.VALUE, Form.CLAUSE)]
