"""What a text calls a thing it has named: "The Danish brewer fell" says of Norda, where it goes back to Norda, that it is one.

A definite description may be used to refer and still says of what it refers to what it describes (Donnellan 1966).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extract import tree
from kg.extract.coref.chain import Chain
from kg.extract.frames import Sentence
from kg.extract.mentions import Mentions
from kg.extract.rules.roles import role_frame
from kg.extract.specific import is_bare
from kg.model import Form, Frame, Mention, Role
from kg.ontology import Ontology
from kg.resolve.names import split_words

RULE = "descriptions.definite"
RIGHT = 0.8  # share of descriptions that go back to the right name, on GUM test (docs/identity.md)


def find_descriptions(
    doc: Doc, mentions: Mentions, linked: Sequence[Mention], chains: Sequence[Chain], ontology: Ontology
) -> Iterator[Frame]:
    """A frame of kind "role" for the first of each definite description that goes back to a name, by place.

    *chains* are of indices into *linked*. Bare nouns ("the company"), plurals and what an apposition says already are left out.
    """
    sentences = list(doc.sents)
    starts = [tokens.start for tokens in sentences]
    found: list[Token] = []
    for chain in chains:
        members = [linked[index] for index in chain]
        named = {word for m in members if m.form is Form.NAME for word in split_words(m.text)}
        if not named:
            continue
        told: set[str] = set()
        for mention in members:
            head = _described(doc, mention, ontology)
            repeats = not named.isdisjoint(split_words(mention.text))  # "the S1 model"
            if head is not None and not repeats and mention.text.lower() not in told:
                told.add(mention.text.lower())
                found.append(head)
    for head in sorted(found, key=lambda token: token.i):
        sentence = Sentence(sentences[bisect_right(starts, head.i) - 1], mentions, ontology)
        frame = role_frame(sentence, RULE, [head], head, head, True, RIGHT)
        yield replace(
            frame, roles=tuple(_without_article(r) if r.slot in ("self", "pred") else r for r in frame.roles)
        )


def _without_article(role: Role) -> Role:
    """The phrase as a kind, no longer the thing it stands for."""
    return replace(role, mentions=tuple(replace(m, phrase=m.span) for m in role.mentions))


def _described(doc: Doc, mention: Mention, ontology: Ontology) -> Token | None:
    """The head of "the Danish brewer"; None for anything else."""
    if mention.form is not Form.NOMINAL or is_bare(mention.text, ontology.words):
        return None
    span = doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
    if span is None or span.root.tag_ != "NN" or span.root.dep_ in ("appos", "root", "ROOT", "conj"):
        return None
    head = span.root
    definite = ontology.words.get("definite", {})
    if not any(tree.lemma(word) in definite for word in tree.children(head, "det")):
        return None
    named = any(child.dep_ in ("appos", "flat", "cop") for child in head.children)
    return None if named else head
