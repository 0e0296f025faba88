"""What a clause says of an event that a noun names: "is considering a sale", "the merger is unlikely to close"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.context.clause import is_denied
from kg.extract.context.complements import nonfinite, of_noun
from kg.extract.context.mood import DENIED_PLAINLY, NO_EFFECT, Words, has, is_verb, keys_of, look_up, opener
from kg.extract.context.sources import is_report, source_of
from kg.extract.context.step import ASSERTED, CLOSED, OPEN, SEALED, Link
from kg.model import Modality


def event(token: Token, words: Words) -> Link:
    """A noun that names an event, inside the clause or phrase that says whether it happens: "a sale is unlikely"."""
    head, label = token.head, token.dep_
    keys = keys_of(head)
    if opener(token) in ("if", "unless", "provided"):
        return Link(Modality.HYPOTHETICAL, negation=False, mood=False)
    if token.pos_ in ("PROPN", "PRON") or token.ent_type_:
        return SEALED  # what is said inside a name's phrase ("the chipmaker Bolt") is the article's own, whoever speaks of Bolt
    if label in ("obj", "nsubj:pass") and is_verb(head):
        return _object(token, words)
    if label == "nsubj" and is_verb(head) and (happens := _happening(head, words)) is not None:
        return happens
    if label == "nsubj":
        effect = look_up(words, "event_verb", keys) if is_verb(head) and not _controls(head) else None
        if effect is None and head.pos_ == "ADJ":
            effect = look_up(words, "embedding_adjective", keys)
        if effect is None and _is_figure(token, words) and _measures(head, words):
            return OPEN  # "revenue may have dropped by 5%"
        return Link(effect.modality, effect.negative) if effect is not None else CLOSED
    if label in ("nmod", "obl", "compound", "nmod:desc") or tree.base(token) in ("nmod", "obl"):
        noun = (
            head.pos_ in tree.NOUNS
            and not is_verb(head)
            and not (label == "nmod:poss" or opener(token) in ("by", "with", "from", "at", "under"))
        )
        effect = look_up(words, "embedding_noun", (head.lower_, tree.lemma(head))) if noun else None
        if noun and effect is None:  # "on course for a record"
            effect = look_up(words, "embedding_adjective", (f"{opener(head)} {head.lower_}",))
        if effect is not None and not effect.factive:
            return of_noun(head, effect, words)
        if is_verb(head):
            effect = look_up(words, "object_verb", (f"{tree.lemma(head)} {opener(token)}",))
            if effect is not None:
                return Link(
                    effect.modality, effect.negative, source_of(head) if is_report(head, words) else None
                )
    return CLOSED


def _happening(verb: Token, words: Words) -> Link | None:
    """ "The merger is expected to close", "revenue failed to reach": what the verb does to the happening it governs."""
    for inner in verb.children:
        if inner.dep_ != "xcomp":
            continue
        happens = look_up(words, "event_verb", keys_of(inner)) or (
            NO_EFFECT if _measures(inner, words) else None
        )
        if happens is not None:
            above = nonfinite(inner, opener(inner), words)
            return Link(above.modality, above.negative ^ happens.negative, above.speaker)
    return None


def _controls(verb: Token) -> bool:
    return any(c.dep_ == "xcomp" for c in verb.children)


def _is_figure(noun: Token, words: Words) -> bool:
    return has(words, "nonagent_noun", noun.lower_, tree.lemma(noun))


def _measures(verb: Token, words: Words) -> bool:
    """Whether the verb says how large a figure is or how it changed, by the classes that figures are read with."""
    return any(
        has(words, name, *keys_of(verb))
        for name in ("change_direction", "measure_verb", "report_figure_verb")
    )


def _object(token: Token, words: Words) -> Link:
    """The event as object of a verb, or as subject of its passive: "consider a sale", "the sale was cancelled"."""
    head, keys = token.head, keys_of(token.head)
    passive = token.dep_ == "nsubj:pass"
    if (happens := _happening(head, words)) is not None:
        return happens
    effect = look_up(words, "event_verb", keys) if passive else None
    effect = effect or look_up(words, "object_verb", keys)
    if effect is not None and effect.negative and _measures(head, words) and _is_figure(token, words):
        effect = NO_EFFECT  # "lifted profit", "ended the year with revenue of": no denial of a figure
    if effect is None:
        light = has(words, "light_verb", tree.lemma(head)) or has(words, "report_figure_verb", *keys)
        return OPEN if light and not passive else CLOSED
    modality = ASSERTED if is_denied(head, words) and effect.modality in DENIED_PLAINLY else effect.modality
    source = has(words, "source_object_verb", *keys) and not passive
    return Link(modality, effect.negative, source_of(head) if source else None, open=effect.open)
