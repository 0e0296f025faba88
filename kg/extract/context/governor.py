"""What the governing word does to the clause or event below it: plans to, fails to, claims that, rumours of.

Implicatives and factives follow Karttunen (1971) and Nairn, Condoravdi and Karttunen (2006): "forget to" turns polarity,
"forget that" presupposes. Stance and source follow FactBank (Saurí and Pustejovsky 2009): every reporting word opens the
world of its source, where the denial of the report ("did not say that") is no denial of what is reported.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.context.clause import condition_of, is_denied
from kg.extract.context.mood import (
    DENIED_PLAINLY,
    NO_EFFECT,
    Effect,
    Words,
    has,
    is_infinitive,
    keys_of,
    look_up,
    opener,
    subjects,
)
from kg.extract.context.sources import is_report, source_of, source_of_noun
from kg.model import Modality

ASSERTED = Modality.ASSERTED


@dataclass(frozen=True, slots=True)
class Link:
    """One step up the tree: what the governor adds, and which of the things above it still reach down here."""

    modality: Modality = ASSERTED
    negative: bool = False
    speaker: Token | None = None
    report: bool = False  # the governor reports what stands below it
    negation: bool = True  # denials above reach down
    mood: bool = True  # hedges above reach down
    future_only: bool = False  # … but only those about the future
    voice: bool = True  # sources above reach down
    own_negation: bool = True  # the next clause's own denial reaches down (coordination)
    own_mood: bool = True


OPEN = Link()
CLOSED = Link(negation=False, mood=False)
SEALED = Link(negation=False, mood=False, voice=False)
_TIME_MARKS = frozenset(
    {"after", "before", "since", "while", "when", "despite", "besides", "upon", "whilst", "once"}
)
_CLAUSES = frozenset({"xcomp", "ccomp", "csubj", "advcl", "acl", "dep"})


def link(token: Token, words: Words) -> Link:
    """The step from `token` to its head."""
    label = tree.base(token)
    if label == "conj":
        return _coordination(token, words)
    if token.dep_ in ("acl:relcl", "advcl:relcl") and not any(c.dep_ == "mark" for c in token.children):
        before = token.left_edge.i - 1
        loose = before >= 0 and token.doc[before].text in (",", "-", "–", "—", "(")
        return SEALED if loose else CLOSED
    if label == "appos":
        return SEALED
    if label == "parataxis" or (label in ("dep", "discourse", "list") and token.head.dep_ != "ROOT"):
        return _parataxis(token, words)
    if label in _CLAUSES and not (label == "dep" and token.pos_ in tree.NOUNS):
        return _clause(token, words)
    return _event(token, words)


def _coordination(token: Token, words: Words) -> Link:
    """Which auxiliaries and negations of the first conjunct belong to a later one too.

    "did not extend or renew" shares all, "did not close but sold" nothing: the verb form tells (a bare verb needs the
    auxiliary), and so does "but".
    """
    first = token.head
    cc = tree.child(token, "cc")
    joiner = " ".join(w.lower_ for w in (cc, *tree.children(cc, "fixed"))) if cc is not None else ""
    own = any(tree.base(c) in ("aux", "cop") or c.dep_ in tree.SUBJECTS for c in token.children)
    if token.pos_ in tree.NOUNS and first.pos_ in tree.NOUNS:
        return Link(own_negation=joiner in ("or", "nor"), own_mood=True)
    helped = any(tree.base(c) == "aux" for c in first.children)
    same_form = token.tag_ == first.tag_ if token.tag_ else True
    shares = not own and same_form and helped
    if has(words, "negative_marker", joiner) or joiner == "nor":
        return Link(own_negation=False, own_mood=shares)
    if joiner in ("but", "yet"):
        return Link(own_negation=False, own_mood=shares)
    if shares:
        return OPEN
    return Link(own_negation=joiner == "or" and not own, own_mood=False)


def _parataxis(token: Token, words: Words) -> Link:
    head = token.head
    if is_report(head, words) and not is_report(token, words):
        return _reported(head, words, look_up(words, "reporting_verb", keys_of(head)) or NO_EFFECT)
    if has(words, "source_noun", head.lower_):
        return Link(speaker=head, report=True, negation=False, mood=False)
    return CLOSED


def _clause(token: Token, words: Words) -> Link:
    label, head = tree.base(token), token.head
    opening = opener(token)
    kind = condition_of(token, words)
    if label in ("ccomp", "xcomp", "csubj", "acl") and opening in ("whether", "if"):
        return _question(head, words)
    if head.lower_ in ("provided", "assuming", "supposing") and label in ("ccomp", "advcl"):
        return Link(Modality.HYPOTHETICAL, negation=False, mood=False)
    if kind is not None and label != "ccomp":
        if kind == Modality.CONDITIONAL or (
            opening in ("until", "till", "once") and token.tag_ not in ("VBD", "VBN")
        ):
            return Link(Modality.HYPOTHETICAL, negation=False, mood=False)
        return CLOSED
    if _is_nonfinite(token):
        return _nonfinite(token, opening, words)
    if label == "advcl" and not (opening == "" and is_report(head, words) and subjects(head)):
        present = token.tag_ in ("VBZ", "VBP") or any(
            c.tag_ in ("VBZ", "VBP") for c in token.children if c.dep_ == "cop"
        )
        if present and has(words, "future_temporal", opening or _wh(token)):
            return Link(negation=False, future_only=True)
        if opening == "so that":
            return Link(Modality.INTENDED, negation=False, mood=False)
        return CLOSED
    return _finite(token, words)


def _is_nonfinite(token: Token) -> bool:
    if is_infinitive(token) or tree.base(token) == "xcomp":
        return True
    finite = any(
        c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in token.children if tree.base(c) in ("aux", "cop")
    )
    return token.tag_ in ("VBG", "VBN", "VB") and not finite


def _nonfinite(token: Token, opening: str, words: Words) -> Link:
    """Infinitives, gerunds and participles: complements first, then purposes and free participles."""
    head, label = token.head, tree.base(token)
    infinitive = is_infinitive(token)
    if infinitive and any(m.dep_ == "mark" and m.i and m.nbor(-1).lower_ == "yet" for m in token.children):
        opening = "yet"
    has_object = any(c.dep_ == "obj" for c in head.children)
    if label == "advcl" and not infinitive and opening == "" and _is_apart(token):
        return Link(negation=False, mood=token.i > head.i and token.tag_ == "VBG")
    if opening not in _TIME_MARKS and not (
        label == "advcl" and infinitive and has_object and not _asks(head, words)
    ):
        effect = _governs(head, words, infinitive, opening)
        if effect is not None:
            return _governed(token, effect, words)
    if head.pos_ in tree.NOUNS and (label == "acl" or not tree.child(head, "cop") or _embeds(head, words)):
        return _under_noun(token, infinitive, words)
    if label == "advcl" and infinitive:
        return _purpose(token, words)
    if label == "advcl":
        follows = token.i > head.i and token.tag_ == "VBG"
        return Link(negation=False, mood=follows and opening in ("", "by", "through"))
    if label == "csubj":
        return Link(Modality.HYPOTHETICAL, negation=False, mood=False) if infinitive else CLOSED
    if label == "acl":
        return CLOSED
    return OPEN


def _is_apart(token: Token) -> bool:
    """A participle before its clause or behind a comma: "Seeking growth, it …", "…, adding that"."""
    edge = token.left_edge
    return (
        token.i < token.head.i
        or edge.text == ","
        or (edge.i > 0 and edge.nbor(-1).text in (",", "-", "–", "—"))
    )


def _governs(head: Token, words: Words, infinitive: bool, opening: str) -> Effect | None:
    """What a verb or adjective does to its infinitive or -ing clause; None when no word class knows it."""
    keys = keys_of(head)
    if head.pos_ in ("VERB", "AUX"):
        if infinitive and tree.is_passive(head):
            effect = look_up(words, "passive_report", keys)
            if effect is not None:
                return effect
        if infinitive and opening == "yet":
            return NO_EFFECT  # "has yet to pay" is no "has to pay"
        if infinitive and tree.lemma(head) == "be":
            return Effect(Modality.PLANNED)
        with_opening = (f"{tree.lemma(head)} {opening}",) if opening else ()
        return look_up(words, "infinitive_verb", (*with_opening, *keys))
    if head.pos_ in ("ADJ", "ADV") or tree.child(head, "cop"):
        effect = look_up(words, "embedding_adjective", (f"{opener(head)} {head.lower_}", *keys))
        if effect is None and any(c.lower_ == "too" and c.dep_ == "advmod" for c in head.children):
            return Effect(negative=True)
        return effect
    return None


def _embeds(noun: Token, words: Words) -> bool:
    return has(words, "embedding_noun", noun.lower_, tree.lemma(noun))


def _asks(head: Token, words: Words) -> bool:
    """Whether the verb makes or wants its object act: "urge the bank to lower fees", "force the chain to sell"."""
    value = words.get("infinitive_verb", {}).get(tree.lemma(head), "")
    return "source" in value or value == "plain" or has(words, "object_control_verb", tree.lemma(head))


def _governed(token: Token, effect: Effect, words: Words) -> Link:
    head = token.head
    denied = is_denied(head, words)
    modality = effect.modality
    if denied and modality in DENIED_PLAINLY:
        modality = ASSERTED
    speaker = None
    if effect.source or (_has_other_subject(token) and is_report(head, words)):
        speaker = source_of(head)
    elif tree.is_passive(head) and not effect.factive:
        speaker = next((c for c in head.children if c.dep_ == "obl:agent"), None)
    return Link(modality, effect.negative, speaker)


def _has_other_subject(token: Token) -> bool:
    """ "expects sales to rise" as against "expects to sell"."""
    return bool(subjects(token)) or any(c.dep_ in ("obj", "iobj") for c in token.head.children)


def _under_noun(token: Token, infinitive: bool, words: Words) -> Link:
    """ "plans to buy", "the claim that", "the first bank to open", "a machine to cut costs", "shares held by"."""
    noun = token.head
    complement = infinitive or opener(token) in (
        "of",
        "for",
        "to",
        "that",
        "at",
        "about",
        "on",
        "in",
        "from",
        "against",
    )
    effect = look_up(words, "embedding_noun", (noun.lower_, tree.lemma(noun))) if complement else None
    if effect is not None:
        return _of_noun(noun, effect, words)
    if not infinitive:
        return CLOSED
    if noun.dep_ == "obj" and _asks(noun.head, words):
        # "ordered the app to delete", its infinitive taken for the noun's
        wanted = look_up(words, "infinitive_verb", keys_of(noun.head)) or NO_EFFECT
        return Link(wanted.modality, wanted.negative, source_of(noun.head) if wanted.source else None)
    if any(has(words, "superlative_noun_modifier", c.lower_) for c in noun.children):
        return OPEN
    if noun.dep_ == "ROOT" and not tree.child(noun, "cop"):
        return Link(Modality.PLANNED)  # headline: "Pension fund to buy forest"
    return Link(Modality.INTENDED, negation=False, mood=False)


def _of_noun(noun: Token, effect: Effect, words: Words) -> Link:
    report = has(words, "reporting_noun", noun.lower_, tree.lemma(noun))
    speaker = source_of_noun(noun) if report else None
    if effect.factive:
        return Link(speaker=speaker, report=report, negation=False, mood=False)
    plain = is_denied(noun, words) and effect.modality in DENIED_PLAINLY
    return Link(ASSERTED if plain else effect.modality, effect.negative, speaker, report=report)


def _purpose(token: Token, words: Words) -> Link:
    """ "built a depot to serve the Baltic" intends, "rose to reach 5%" tells what came of it."""
    head = token.head
    changed = has(words, "nonaction_verb", *keys_of(head)) or tree.lemma(head) in (
        "go",
        "return",
        "live",
        "survive",
    )
    if changed and has(words, "result_verb", *keys_of(token)) and token.i > head.i:
        return OPEN
    return Link(Modality.INTENDED, negation=False, mood=False)


def _question(head: Token, words: Words) -> Link:
    speaker = source_of(head) if is_report(head, words) else None
    return Link(Modality.QUESTION, speaker=speaker, negation=False, mood=False)


def _finite(token: Token, words: Words) -> Link:
    """That-clauses, and speech that is a complement of its reporting verb."""
    head, keys = token.head, keys_of(token.head)
    if head.pos_ in tree.NOUNS and not tree.child(head, "cop"):
        effect = look_up(words, "embedding_noun", (head.lower_, tree.lemma(head)))
        return _of_noun(head, effect, words) if effect is not None else CLOSED
    if head.pos_ in ("ADJ", "ADV") or tree.child(head, "cop"):
        effect = look_up(words, "embedding_adjective", keys)
        return CLOSED if effect is None or effect.factive else Link(effect.modality, effect.negative)
    passive = tree.is_passive(head)
    agent = next((c for c in head.children if c.dep_ == "obl:agent"), None)
    if passive and agent is None and (effect := look_up(words, "passive_report", keys)) is not None:
        named = source_of(head)  # "was told by", "told that"
        return Link(effect.modality if named is None else ASSERTED, speaker=named, negation=False, mood=False)
    effect = look_up(words, "reporting_verb", keys)
    if effect is not None:
        if effect.modality is Modality.QUESTION or (_wh(token) and tree.lemma(head) == "wonder"):
            return _question(head, words)
        return _reported(head, words, effect)
    if has(words, "factive_verb", *keys):
        return CLOSED
    effect = look_up(words, "infinitive_verb", keys)
    return Link(effect.modality, effect.negative) if effect is not None else OPEN


def _reported(head: Token, words: Words, effect: Effect) -> Link:
    """Crossing into the world of a source: what is denied above is the report, not what is reported (save "do not think that")."""
    raising = has(words, "raising_verb", tree.lemma(head))
    modality, negative = effect.modality, effect.negative
    if not raising and is_denied(head, words):
        modality, negative = Modality.POSSIBLE, False
    return Link(modality, negative, source_of(head), report=True, negation=raising, mood=False)


def _wh(token: Token) -> str:
    """The question word that opens a clause."""
    first = token.left_edge
    return first.lower_ if first.tag_ in ("WP", "WRB", "WDT", "WP$") else ""


def _event(token: Token, words: Words) -> Link:
    """A noun that names an event, inside the clause or phrase that says whether it happens: "a sale is unlikely"."""
    head, label = token.head, token.dep_
    keys = keys_of(head)
    if opener(token) in ("if", "unless", "provided"):
        return Link(Modality.HYPOTHETICAL, negation=False, mood=False)
    if token.pos_ in ("PROPN", "PRON") or token.ent_type_:
        return CLOSED  # names are no events, whatever becomes of them
    if label in ("obj", "nsubj:pass") and head.pos_ == "VERB":
        return _object(token, words)
    if label == "nsubj":
        effect = look_up(words, "event_verb", keys) if head.pos_ == "VERB" else None
        if effect is None and tree.child(head, "cop"):
            effect = look_up(words, "embedding_adjective", keys)
        return Link(effect.modality, effect.negative) if effect is not None else CLOSED
    if label in ("nmod", "obl", "compound", "nmod:desc") or tree.base(token) in ("nmod", "obl"):
        noun = head.pos_ in tree.NOUNS and not (
            label == "nmod:poss" or opener(token) in ("by", "with", "from", "at", "under")
        )
        effect = look_up(words, "embedding_noun", (head.lower_, tree.lemma(head))) if noun else None
        if noun and effect is None:  # "on course for a record"
            effect = look_up(words, "embedding_adjective", (f"{opener(head)} {head.lower_}",))
        if effect is not None and not effect.factive:
            return _of_noun(head, effect, words)
        if head.pos_ == "VERB":
            effect = look_up(words, "object_verb", (f"{tree.lemma(head)} {opener(token)}",))
            if effect is not None:
                return Link(
                    effect.modality, effect.negative, source_of(head) if is_report(head, words) else None
                )
    return CLOSED


def _object(token: Token, words: Words) -> Link:
    """The event as object of a verb, or as subject of its passive: "consider a sale", "the sale was cancelled"."""
    head, keys = token.head, keys_of(token.head)
    passive = token.dep_ == "nsubj:pass"
    happening = next(
        (c for c in head.children if c.dep_ == "xcomp" and has(words, "event_verb", *keys_of(c))), None
    )
    if happening is not None:  # "the merger is expected to close"
        happens = look_up(words, "event_verb", keys_of(happening)) or NO_EFFECT
        above = _nonfinite(happening, opener(happening), words)
        return Link(above.modality, above.negative ^ happens.negative, above.speaker)
    effect = look_up(words, "event_verb", keys) if passive else None
    effect = effect or look_up(words, "object_verb", keys)
    if effect is None:
        light = not passive and has(words, "light_verb", tree.lemma(head))
        return OPEN if light else CLOSED
    modality = ASSERTED if is_denied(head, words) and effect.modality in DENIED_PLAINLY else effect.modality
    source = has(words, "source_object_verb", *keys) and not passive
    return Link(modality, effect.negative, source_of(head) if source else None)
