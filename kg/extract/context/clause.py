"""What stands inside one clause: negation, modals, adverbs of doubt, conditions, orders.

After MinIE's polarity and modality annotation (Gashteovski et al. 2017) and the local features of UDS factuality
(White et al. 2016); the words are data (`ontology/mood.ttl`).
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.context.mood import (
    Words,
    has,
    is_infinitive,
    keys_of,
    look_up,
    opener,
    sentence_of,
    stronger,
    subjects,
)
from kg.extract.context.schedule import is_scheduled
from kg.model import Modality

ASSERTED = Modality.ASSERTED
_INVERTED = frozenset({"should", "had", "were"})


@dataclass(slots=True)
class Local:
    """The mood a clause has by its own words. `would` marks a bare "would", which past speech turns into a "will"."""

    negative: bool = False
    modality: Modality = ASSERTED
    would: bool = False
    condition: str = ""

    def hedge(self, modality: Modality) -> None:
        self.modality = stronger(self.modality, modality)


def read_clause(head: Token, words: Words, below: Token | None = None) -> Local:
    """The mood of the clause or noun phrase `head`; `below` is the dependent from which it is reached, read already."""
    local = Local()
    for child in head.children:
        label = tree.base(child)
        if label in ("advmod", "det", "cc", "discourse"):
            _adverb(local, child, head, words)
        elif label in ("nsubj", "obj", "iobj") and child != below and is_denied_phrase(child, words):
            local.negative = True  # two denials of one clause are one: "is not and never was"
        elif label in ("obl", "nmod"):
            _adverbial(local, child, words)
        elif label == "advcl" and not (
            below is not None and below.dep_ == "conj" and head.i < child.i < below.i
        ):
            _condition(local, child, words)
        elif label == "amod" and child.lower_ == "longer":
            _adverb(local, child, head, words)  # "dominates" taken for a noun
        elif label == "amod" and head.pos_ in tree.NOUNS:
            effect = look_up(words, "attributive_mood", (child.lower_, tree.lemma(child)))
            if effect is not None:
                local.negative ^= effect.negative
                local.hedge(effect.modality)
    if local.negative and any(opener(c) in ("until", "till") for c in head.children):
        local.negative = False  # "did not sell until 2020": it sold
    opening = opener(head)
    name = (
        head.pos_ in ("PROPN", "PRON") or head.ent_type_ != ""
    )  # "without Bolt, the chipmaker": still a chipmaker
    if (has(words, "negative_marker", opening) and not name) or (
        opening == "against" and head.pos_ == "VERB"
    ):
        local.negative = not local.negative
    _auxiliaries(local, head, words)
    if is_scheduled(head, words):
        local.hedge(Modality.PLANNED)
    if is_order(head):
        local.hedge(Modality.RECOMMENDED)
    return local


def is_denied(head: Token, words: Words) -> bool:
    """Whether the clause's own words deny it: "did not say", "nobody said"."""
    return read_clause(head, words).negative


def is_denied_phrase(noun: Token, words: Words) -> bool:
    """Whether a subject or object denies its clause: "no bank", "nobody", "few of them", "not a single fund", "neither A nor B"."""
    if has(words, "negative_quantifier", noun.lower_) and not _has_article(noun):
        return noun.lower_ not in ("few", "little") or noun.pos_ != "PROPN"
    for child in noun.children:
        if child.i < noun.i and child.dep_ in (
            "det",
            "amod",
            "advmod",
            "nummod",
            "cc:preconj",
            "cc",
            "det:predet",
        ):
            if child.lower_ == "not" and noun not in tree.conjuncts(noun):
                return False  # "not Velox but Tern"
            if child.lower_ in ("not", "neither", "nor"):
                return not has(words, "negation_weakener", _next(child))
            if (
                has(words, "negative_quantifier", child.lower_)
                and not _has_article(noun)
                and _next(child) != "other"
            ):
                return True
    return False


def condition_of(clause: Token, words: Words) -> str | None:
    """For a clause that states a condition: "conditional" or "plain", as `condition_marker` has it; None for other clauses."""
    markers = words.get("condition_marker", {})
    opening = opener(clause)
    if (
        opening == "once"
        and clause.tag_ == "VBN"
        and not any(tree.base(c) in ("aux", "nsubj") for c in clause.children)
    ):
        return None  # "once owned by Acme" tells of old times
    if any(c.lower_ == "even" and c.i < clause.i for c in clause.children):
        opening = f"even {opening}" if not opening.startswith("even") else opening
    for key in (opening, clause.lower_ if clause.lower_ in ("provided", "assuming", "supposing") else ""):
        if key in markers and key not in _INVERTED:
            return markers[key]
    if not opening and (inverted := _inversion(clause)):
        return markers.get(inverted.lower_)
    if clause.head.lower_ == "long" and any(c.lower_ == "as" for c in clause.head.children):
        return markers.get("as long as")
    return None


def is_order(head: Token) -> bool:
    """An imperative: a bare verb without subject that opens its sentence or quotation ("Avoid the bonds.")."""
    if head.tag_ != "VB" or head.pos_ != "VERB":
        return False
    if head.dep_ == "conj" and head.head.tag_ == "VB" and head.head != head:
        return not subjects(head) and is_order(head.head)
    if head.dep_ not in ("ROOT", "parataxis", "ccomp"):
        return False
    if subjects(head) or any(tree.base(c) in ("expl", "mark") for c in head.children):
        return False
    if any(tree.base(c) == "aux" and c.lower_ not in ("do", "let") for c in head.children):
        return False
    return _opens(head)


def _opens(head: Token) -> bool:
    """Whether nothing but adverbs stands between the word and the beginning of its sentence, quotation or list item."""
    for place in range(head.i - 1, sentence_of(head)[0] - 1, -1):
        token = head.doc[place]
        if token.text in ("“", '"', ":", "-", "–", "—", "•", ";", ",") or token.is_space:
            return True
        if token.pos_ not in ("ADV", "AUX", "PART", "INTJ", "CCONJ"):
            return False
    return True


def _adverb(local: Local, word: Token, head: Token, words: Words) -> None:
    low = " ".join(w.lower_ for w in (word, *tree.children(word, "fixed")))
    effect = look_up(words, "modal_adverb", (low,))
    if has(words, "negator", low) or has(words, "negative_marker", low):
        if not has(words, "negation_weakener", _next(word)):
            local.negative = True
    elif low in ("longer", "more") and _previous(word) == "no":
        local.negative = True
    elif (
        low == "no" and word.dep_ == "advmod"
    ):  # "no better than", "longer" as the head of "is no longer in use"
        local.negative = True
    elif word.dep_ == "det" and head.pos_ in tree.NOUNS:
        if has(words, "negative_quantifier", low) and not _has_article(head):
            local.negative = True
    elif effect is not None:
        local.hedge(effect.modality)


def _adverbial(local: Local, noun: Token, words: Words) -> None:
    low = noun.lower_
    if has(words, "negative_adverbial", low) and any(c.lower_ == "no" for c in noun.children):
        local.negative = True
        return
    effect = look_up(words, "modal_adverbial_noun", (low,))
    if (
        effect is not None
        and opener(noun) == "in"
        and not any(c.i > noun.i and not c.is_punct for c in noun.children)
    ):
        local.hedge(effect.modality)
    opening = opener(noun)
    value = words.get("condition_preposition", {}).get(opening)
    if value is None and opening in ("if", "unless", "provided"):
        value = condition_of(
            noun, words
        )  # a clause whose verb was taken for a noun: "If the pilots strike, …"
    if value is not None:
        local.condition = local.condition or phrase_text(noun)
        if value == Modality.CONDITIONAL:
            local.hedge(Modality.CONDITIONAL)


def _condition(local: Local, clause: Token, words: Words) -> None:
    kind = condition_of(clause, words)
    if kind is None:
        return
    local.condition = local.condition or phrase_text(clause)
    if kind == Modality.CONDITIONAL:
        local.hedge(Modality.CONDITIONAL)


def _auxiliaries(local: Local, head: Token, words: Words) -> None:
    auxiliaries = [c for c in head.children if tree.base(c) in ("aux", "cop")]
    modal = next((c for c in auxiliaries if c.lower_ in words.get("modal_verb", {})), None)
    if modal is not None:
        _modal(local, modal, head, auxiliaries, words)
        return
    if not is_infinitive(head):
        present = any(c.lower_ in ("is", "are", "'s", "’s", "am", "'re", "’re", "'m") for c in auxiliaries)
        if head.tag_ == "VBG" and present and has(words, "deal_verb", *keys_of(head)):
            local.hedge(Modality.PLANNED)  # news convention: "A is buying B" is agreed, not done
        return
    mark = next(c for c in head.children if c.dep_ == "mark" and c.lower_ == "to")
    if _previous(mark) == "yet":
        local.negative = not local.negative  # "has yet to pay"
    elif (
        having := next((c for c in auxiliaries if tree.lemma(c) == "have" and c.i < mark.i), None)
    ) is not None:
        if having.tag_ != "VBD":  # "had to pay" tells that it did
            local.hedge(Modality.OBLIGATORY)  # "has to pay", parsed as one verb
    elif any(c.lower_ in ("is", "are", "was", "were", "'s", "’s") and c.i < mark.i for c in auxiliaries):
        local.hedge(_goal(head, words))
    elif head.dep_ in ("ROOT", "ccomp", "parataxis") and subjects(head):
        local.hedge(
            Modality.PLANNED
        )  # headlines: "Banks to merge in autumn", "Firm to shed jobs, union says"


def _goal(head: Token, words: Words) -> Modality:
    """ "The bank is to open" is planned; "its aim is to open" is what the noun says."""
    noun = next((s for s in subjects(head)), None)
    effect = look_up(words, "embedding_noun", (tree.lemma(noun),)) if noun is not None else None
    return effect.modality if effect is not None else Modality.PLANNED


def _modal(local: Local, modal: Token, head: Token, auxiliaries: list[Token], words: Words) -> None:
    perfect = any(tree.lemma(c) == "have" and c.i > modal.i for c in auxiliaries)
    low = modal.lower_
    effect = look_up(words, "modal_perfect" if perfect else "modal_verb", (low,))
    if effect is None:
        return
    modality = effect.modality
    if low in ("will", "wo", "'ll", "’ll", "shall") and looks_ahead(head, words):
        modality = Modality.EXPECTED
    elif low == "could" and local.negative and not perfect:
        modality = ASSERTED  # "could not pay" denies it as "cannot" does
    elif modality is Modality.RECOMMENDED and looks_ahead(head, words):
        modality = Modality.EXPECTED
    elif modality is Modality.CONDITIONAL:
        governed = look_up(words, "infinitive_verb", keys_of(head))
        if governed is not None and governed.modality is Modality.INTENDED:
            return  # "would like to"
        local.would = local.modality is not Modality.CONDITIONAL
    local.hedge(modality)


def looks_ahead(head: Token, words: Words) -> bool:
    """Whether the clause tells of something that happens rather than of somebody who acts: "prices will rise"."""
    subject = next((s for s in subjects(head)), None)
    if subject is not None and has(words, "nonagent_noun", subject.lower_, tree.lemma(subject)):
        return True
    if any(c.dep_ == "aux:pass" for c in head.children):
        return False
    if any(c.dep_ == "cop" for c in head.children):
        return head.pos_ == "ADJ"
    return has(words, "nonaction_verb", *keys_of(head)) and not any(
        c.dep_ == "obj" and c.ent_type_ for c in head.children
    )


def _inversion(clause: Token) -> Token | None:
    """ "should" of "Should the subsidy survive, …": an auxiliary before the subject in a clause without conjunction."""
    if clause.dep_ not in ("advcl", "parataxis", "ccomp", "dep"):
        return None
    subject = next((s for s in subjects(clause)), None)
    for child in clause.children:
        if tree.base(child) in ("aux", "cop") and child.lower_ in _INVERTED and subject is not None:
            return child if child.i < subject.i and child.i == clause.left_edge.i else None
    return None


def phrase_text(head: Token) -> str:
    """The words of a phrase as the article has them, blanks made one, without punctuation around it."""
    phrase = tree.trim(tree.subtree(head)) or [head]
    return " ".join(head.doc[phrase[0].i : phrase[-1].i + 1].text.split())


def _next(token: Token) -> str:
    return token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""


def _previous(token: Token) -> str:
    return token.doc[token.i - 1].lower_ if token.i else ""


def _has_article(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in ("a", "the") for c in noun.children)
