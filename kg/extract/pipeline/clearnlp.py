"""From ClearNLP dependency labels (spaCy's own English pipelines) to Universal Dependencies.

ClearNLP makes prepositions heads of their nouns and copulas heads of their predicates; UD has it the other way round.
The component relabels what differs in name only and turns these two constructions (de Marneffe et al., 2014).
"""

from __future__ import annotations

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc, Token

#: Labels that only change their name.
RENAMED = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "relcl": "acl:relcl",
    "poss": "nmod:poss",
    "prt": "compound:prt",
    "neg": "advmod",
    "npadvmod": "obl:npmod",
    "nn": "compound",
    "intj": "discourse",
    "meta": "dep",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "quantmod": "advmod",
    "oprd": "xcomp",
    "acomp": "xcomp",
}
#: Labels found in ClearNLP parses only: one of them marks a parse as such.
_CLEARNLP_ONLY = frozenset(
    {"nsubjpass", "dobj", "pobj", "prep", "auxpass", "relcl", "attr", "acomp", "pcomp", "poss"}
)
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "SYM"})
_KEPT_BY_COPULA = frozenset(
    {"nsubj", "csubj", "aux", "advmod", "mark", "punct", "cc", "conj", "neg", "advcl", "prep"}
)


def is_clearnlp(doc: Doc) -> bool:
    """Whether a parse carries labels that UD does not know."""
    return any(token.dep_ in _CLEARNLP_ONLY for token in doc)


def to_ud(doc: Doc) -> Doc:
    """Rewrite heads and labels of a ClearNLP parse in place; any other parse is left alone."""
    if not is_clearnlp(doc):
        return doc
    heads = [token.head.i for token in doc]
    labels = [token.dep_ for token in doc]
    _turn_prepositions(doc, heads, labels)
    _turn_copulas(doc, heads, labels)
    for index, label in enumerate(labels):
        labels[index] = RENAMED.get(label, label)
    _write(doc, heads, labels)
    return doc


def _turn_prepositions(doc: Doc, heads: list[int], labels: list[str]) -> None:
    """``sat -prep-> on -pobj-> mat`` becomes ``sat -obl-> mat -case-> on``; agents likewise."""
    for token in doc:
        if token.dep_ not in {"prep", "agent", "dative"} or token.pos_ not in {"ADP", "SCONJ", "PART"}:
            continue
        inner = next((child for child in token.children if child.dep_ in {"pobj", "pcomp"}), None)
        if inner is None:
            labels[token.i] = "advmod" if token.dep_ == "prep" else labels[token.i]
            continue
        governor = heads[token.i]
        clause = inner.dep_ == "pcomp" and inner.pos_ in {"VERB", "AUX"}
        heads[inner.i] = governor
        labels[inner.i] = _oblique(doc[governor], token, clause)
        heads[token.i], labels[token.i] = inner.i, "mark" if clause else "case"
        for child in token.children:
            if child.i != inner.i:
                heads[child.i] = inner.i


def _oblique(governor: Token, preposition: Token, clause: bool) -> str:
    nominal = governor.pos_ in _NOMINAL and governor.dep_ not in {"ROOT"}
    if clause:
        return "acl" if nominal else "advcl"
    if preposition.dep_ == "agent":
        return "obl:agent"
    return "nmod" if governor.pos_ in _NOMINAL else "obl"


def _turn_copulas(doc: Doc, heads: list[int], labels: list[str]) -> None:
    """``is -attr-> analyst`` becomes ``analyst -cop-> is``: the predicate takes the copula's place."""
    for token in doc:
        if token.lemma_ != "be" or token.pos_ not in {"AUX", "VERB"}:
            continue
        predicate = next((child for child in token.children if child.dep_ in {"attr", "acomp"}), None)
        if predicate is None:
            predicate = _place_predicate(doc, token, heads, labels)
        if predicate is None:
            continue
        outer = heads[token.i]
        heads[predicate.i] = predicate.i if outer == token.i else outer
        labels[predicate.i] = labels[token.i]
        for other in range(len(doc)):
            moves = heads[other] == token.i and other not in {predicate.i, token.i}
            if moves and (doc[other].dep_ in _KEPT_BY_COPULA or labels[other] in {"obl", "advcl", "expl"}):
                heads[other] = predicate.i
        heads[token.i], labels[token.i] = predicate.i, "cop"


def _place_predicate(doc: Doc, copula: Token, heads: list[int], labels: list[str]) -> Token | None:
    """``Norda is in Oslo``: with a subject and nothing else, the first prepositional phrase is the predicate."""
    kinds = {child.dep_ for child in copula.children}
    if "nsubj" not in kinds or kinds & {"expl", "ccomp", "xcomp", "advcl"}:
        return None
    return next(
        (doc[i] for i in range(copula.i, len(doc)) if heads[i] == copula.i and labels[i] == "obl"), None
    )


def _write(doc: Doc, heads: list[int], labels: list[str]) -> None:
    table = np.zeros((len(doc), 2), dtype=np.uint64)
    table[:, 0] = (np.array(heads, dtype=np.int64) - np.arange(len(doc))).astype(np.uint64)
    table[:, 1] = [doc.vocab.strings.add(label) for label in labels]
    doc.from_array([HEAD, DEP], table)  # type: ignore[arg-type]


@Language.component("kg_clearnlp_to_ud", assigns=["token.dep", "token.head"])
def clearnlp_to_ud(doc: Doc) -> Doc:
    """Pipeline component: UD labels whatever the parser before it speaks."""
    return to_ud(doc)
