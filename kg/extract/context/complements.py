"""What a word does to the clause it governs: plans to, fails to, claims that, the failure to.

Implicatives and factives follow Karttunen (1971) and Nairn, Condoravdi and Karttunen (2006): "forget to" turns polarity,
"forget that" presupposes. Stance and source follow FactBank (Saurí and Pustejovsky 2009): every reporting word opens the
world of its source, where the denial of the report ("did not say that") is no denial of what is reported.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.context.clause import is_denied
from kg.extract.context.mood import (
    DENIED_PLAINLY,
    FUTURE,
    NO_EFFECT,
    Effect,
    Words,
    has,
    is_infinitive,
    is_verb,
    keys_of,
    look_up,
    opener,
    subjects,
)
from kg.extract.context.sources import is_evidence, is_report, source_of, source_of_noun
from kg.extract.context.step import ASSERTED, CLOSED, OPEN, Link
from kg.model import Modality

_TIME_MARKS = frozenset(
    {"after", "before", "since", "while", "when", "despite", "besides", "upon", "whilst", "once"}
)


def is_nonfinite(token: Token, words: Words) -> bool:
    """Whether the clause is an infinitive, a gerund or a participle, whatever tag its verb got."""
    if tree.base(token) == "ccomp" and subjects(token):
        if is_infinitive(
            token
        ):  # "Firm to shed jobs, union says" is speech, "asks the court to act" a complement
            return not is_report(token.head, words) or has(words, "infinitive_verb", *keys_of(token.head))
        if token.tag_ == "VBN":
            return False  # "said it closed", a past tense tagged as a participle
    if is_infinitive(token) or tree.base(token) == "xcomp":
        return True
    finite = any(
        c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in token.children if tree.base(c) in ("aux", "cop")
    )
    return token.tag_ in ("VBG", "VBN", "VB") and not finite


def nonfinite(token: Token, opening: str, words: Words) -> Link:
    """Infinitives, gerunds and participles: complements first, then purposes and free participles."""
    head, label = token.head, tree.base(token)
    infinitive = is_infinitive(token)
    if infinitive and any(m.dep_ == "mark" and m.i and m.nbor(-1).lower_ == "yet" for m in token.children):
        opening = "yet"
    has_object = any(c.dep_ == "obj" for c in head.children)
    if label == "advcl" and not infinitive and opening == "" and _is_apart(token):
        return _participle(token, words)
    if opening not in _TIME_MARKS and not (
        label == "advcl" and infinitive and has_object and not _asks(head, words)
    ):
        effect = _governs(head, words, infinitive, opening)
        if effect is not None:
            return _governed(token, effect, words)
    if (
        head.pos_ in tree.NOUNS
        and not is_verb(head)
        and (label == "acl" or not tree.child(head, "cop") or _embeds(head, words))
    ):
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


def _participle(token: Token, words: Words) -> Link:
    """A free participle shares a future that its clause tells of: "aims to grow, opening ten shops in the process"."""
    if token.i < token.head.i or token.tag_ != "VBG":
        return CLOSED
    goals = [c for c in token.head.children if c.dep_ == "xcomp" and c.i < token.i and is_infinitive(c)]
    future = nonfinite(goals[0], opener(goals[0]), words).modality if goals else ASSERTED
    return Link(future if future in FUTURE else ASSERTED, negation=False)


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
    if is_verb(head):
        if infinitive and tree.is_passive(head):
            effect = look_up(words, "passive_report", keys)
            if effect is not None:
                return effect
        if infinitive and opening == "yet":
            return NO_EFFECT  # "has yet to pay" is no "has to pay"
        if infinitive and tree.lemma(head) == "be":
            return Effect(Modality.PLANNED)
        effect = look_up(words, "infinitive_verb", (*_with_prepositions(head, opening), *keys))
        duty = effect is not None and effect.modality is Modality.OBLIGATORY
        if duty and head.tag_ == "VBD" and tree.lemma(head) == "have":
            return NO_EFFECT  # "had to pay" tells that it did
        return None if duty and not infinitive else effect
    if head.pos_ in ("ADJ", "ADV") or tree.child(head, "cop"):
        effect = look_up(words, "embedding_adjective", (f"{opener(head)} {head.lower_}", *keys))
        if effect is None and any(c.lower_ == "too" and c.dep_ == "advmod" for c in head.children):
            return Effect(negative=True)
        return effect
    return None


def _with_prepositions(verb: Token, opening: str) -> list[str]:
    """ "call on" of "called on the state to freeze rents": the verb with each preposition beside it, "choose them" with an object."""
    found = [opening] if opening else []
    found += [opener(c) for c in verb.children if tree.base(c) == "obl" and c.i > verb.i]
    if tree.is_passive(verb) or any(c.dep_ == "obj" for c in verb.children):
        found.append("them")
    return [f"{tree.lemma(verb)} {preposition}" for preposition in found if preposition]


def _embeds(noun: Token, words: Words) -> bool:
    return has(words, "embedding_noun", noun.lower_, tree.lemma(noun))


def _asks(head: Token, words: Words) -> bool:
    """Whether the verb makes or wants its object act: "urge the bank to lower fees", "force the chain to sell"."""
    value = words.get("infinitive_verb", {}).get(tree.lemma(head), "")
    if tree.lemma(head) == "make" and not tree.is_passive(head):
        return False  # who makes another act takes no "to": "made an offer to win time" tells a purpose
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
    return Link(modality, effect.negative, speaker, open=effect.open)


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
        return of_noun(noun, effect, words)
    if noun.dep_ == "obj" and complement and _asks(noun.head, words):
        # "ordered the app to delete", its infinitive taken for the noun's
        wanted = look_up(words, "infinitive_verb", keys_of(noun.head)) or NO_EFFECT
        return Link(wanted.modality, wanted.negative, source_of(noun.head) if wanted.source else None)
    if not infinitive:
        return CLOSED
    if any(has(words, "superlative_noun_modifier", c.lower_) for c in noun.children):
        return OPEN
    if noun.dep_ == "ROOT" and not tree.child(noun, "cop"):
        return Link(Modality.PLANNED)  # headline: "Pension fund to buy forest"
    return Link(Modality.INTENDED, negation=False, mood=False)


def of_noun(noun: Token, effect: Effect, words: Words) -> Link:
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
    moved = head.tag_ in ("VBD", "VBN") and not any(c.tag_ == "MD" for c in head.children)
    if moved and has(words, "career_move", *keys_of(head)) and has(words, "career_goal", *keys_of(token)):
        return OPEN  # "joined in 2019 to run the shops": so it did
    return Link(Modality.INTENDED, negation=False, mood=False)


def question(head: Token, words: Words) -> Link:
    speaker = source_of(head) if is_report(head, words) else None
    return Link(Modality.QUESTION, speaker=speaker, negation=False, mood=False)


def finite(token: Token, words: Words) -> Link:
    """That-clauses, and speech that is a complement of its reporting verb."""
    head, keys = token.head, keys_of(token.head)
    if head.pos_ in tree.NOUNS and not is_verb(head) and not tree.child(head, "cop"):
        said = bool(subjects(token)) and (is_verb(token) or tree.child(token, "cop") is not None)
        effect = look_up(words, "embedding_noun", (head.lower_, tree.lemma(head))) if said else None
        verb = head.head
        if (
            effect is None and head.dep_ in ("obj", "iobj") and is_report(verb, words)
        ):  # "told the court that"
            return reported(verb, words, look_up(words, "reporting_verb", keys_of(verb)) or NO_EFFECT)
        return of_noun(head, effect, words) if effect is not None else CLOSED
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
        if effect.modality is Modality.QUESTION or (question_word(token) and tree.lemma(head) == "wonder"):
            return question(head, words)
        return reported(head, words, effect)
    if has(words, "factive_verb", *keys):
        return CLOSED
    effect = look_up(words, "infinitive_verb", keys)
    return Link(effect.modality, effect.negative) if effect is not None else OPEN


def reported(head: Token, words: Words, effect: Effect) -> Link:
    """Crossing into the world of a source: what is denied above is the report, not what is reported (save "do not think that")."""
    raising = has(words, "raising_verb", tree.lemma(head))
    modality, negative = effect.modality, effect.negative
    if not raising and is_denied(head, words):
        modality, negative = Modality.POSSIBLE, False
    source = source_of(head)
    if is_evidence(head, source, words):
        return Link(modality, negative, negation=raising, mood=False)
    return Link(modality, negative, source, report=True, negation=raising, mood=False)


def question_word(token: Token) -> str:
    """The question word that opens a clause."""
    first = token.left_edge
    return first.lower_ if first.tag_ in ("WP", "WRB", "WDT", "WP$") else ""
