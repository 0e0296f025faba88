"""Small values of the mood reader: what a word does to the statement it governs, and the mood while it is being read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from spacy.tokens import Token

from kg.extract import tree
from kg.model import Modality

Words = Mapping[str, Mapping[str, str]]

#: Where several words hedge one statement ("may plan to buy"), the modality further right decides: it leaves most open.
STRENGTH = (
    Modality.ASSERTED,
    Modality.ALLEGED,
    Modality.PLANNED,
    Modality.INTENDED,
    Modality.EXPECTED,
    Modality.OBLIGATORY,
    Modality.RECOMMENDED,
    Modality.LIKELY,
    Modality.POSSIBLE,
    Modality.UNLIKELY,
    Modality.CONDITIONAL,
    Modality.QUESTION,
    Modality.HYPOTHETICAL,
    Modality.COUNTERFACTUAL,
)
_RANK = {modality: rank for rank, modality in enumerate(STRENGTH)}
#: A plan, a permission or a duty that is denied leaves nothing open: "has no plans to sell" is a plain denial.
DENIED_PLAINLY = frozenset({Modality.PLANNED, Modality.INTENDED, Modality.POSSIBLE, Modality.OBLIGATORY})
FUTURE = frozenset(
    {Modality.PLANNED, Modality.INTENDED, Modality.EXPECTED, Modality.LIKELY, Modality.CONDITIONAL}
)


def stronger(one: Modality, other: Modality) -> Modality:
    """The modality that leaves more open: `stronger(PLANNED, POSSIBLE)` is POSSIBLE."""
    return one if _RANK[one] >= _RANK[other] else other


@dataclass(frozen=True, slots=True)
class Effect:
    """What one word does to what it governs, as its value in the ontology's word class spells it ("negative source")."""

    modality: Modality = Modality.ASSERTED
    negative: bool = False
    factive: bool = False
    source: bool = False
    raising: bool = False
    open: bool = False  # denied, it leaves the matter open: "has not ruled out selling"


NO_EFFECT = Effect()


@lru_cache(maxsize=256)
def effect_of(value: str) -> Effect:
    """Read a word's value: `effect_of("planned source")`. Features it does not know are passed over."""
    features = value.split()
    named = next((m for m in Modality if m.value in features), Modality.ASSERTED)
    return Effect(
        named,
        "negative" in features,
        "factive" in features,
        "source" in features,
        "raising" in features,
        "open" in features,
    )


def look_up(words: Words, name: str, keys: Iterable[str]) -> Effect | None:
    """The effect of the first of these keys that the word class `name` has; None when it has none of them."""
    entries = words.get(name)
    if entries:
        for key in keys:
            value = entries.get(key)
            if value is not None:
                return effect_of(value)
    return None


def has(words: Words, name: str, *keys: str) -> bool:
    """Whether the word class `name` has one of these words."""
    entries = words.get(name, {})
    return any(key in entries for key in keys)


def keys_of(token: Token) -> tuple[str, ...]:
    """The forms under which a word class may list a token, most specific first: "give up", "going", "go"."""
    lemma = tree.lemma(token)
    found = [token.lower_, lemma] if token.lower_ != lemma else [lemma]
    found += _stems(token.lower_, token.tag_)
    particles = " ".join(child.lower_ for child in token.children if child.dep_ == "compound:prt")
    if particles:
        found = [f"{lemma} {particles}", *found]
    return tuple(found)


@lru_cache(maxsize=8192)
def _stems(form: str, tag: str) -> tuple[str, ...]:
    """Base forms that an inflected form may have, for lemmas that went wrong: "tipped" -> "tipp", "tippe", "tip"."""
    for ending, tags in _ENDINGS:
        if form.endswith(ending) and tag in tags and len(form) > len(ending) + 2:
            stem = form[: -len(ending)]
            if ending == "s":
                return (stem[:-2] + "y", stem) if stem.endswith("ie") else (stem,)
            single = (stem[:-1],) if stem[-1] == stem[-2] else ()
            y = (stem[:-1] + "y",) if stem.endswith("i") else ()
            return (stem, stem + "e", *single, *y)
    return ()


_ENDINGS = (
    ("ed", frozenset({"VBD", "VBN", "JJ"})),
    ("ing", frozenset({"VBG", "NN", "JJ"})),
    ("s", frozenset({"VBZ", "NNS"})),
)
_SPLIT = frozenset({"rather than", "instead of", "far from", "short of", "according to"})


def opener(token: Token) -> str:
    """The words that open a clause or phrase, fixed expressions whole: "without", "instead of", "if", ""."""
    store: dict[int, str] = token.doc.user_data.setdefault("kg.openers", {})
    if token.i not in store:
        store[token.i] = _read_opener(token)
    return store[token.i]


def _read_opener(token: Token) -> str:
    marks = [c for c in token.children if c.dep_ in ("mark", "case") and c.i < token.i]
    found = [c for c in marks if c.pos_ != "PART"] or [c for c in marks if c.dep_ == "mark"]
    parts = [w for c in found for w in (c, *(f for f in c.children if f.dep_ == "fixed"))]
    parts.sort(key=lambda w: w.i)
    if parts and parts[0].i and f"{parts[0].nbor(-1).lower_} {parts[0].lower_}" in _SPLIT:
        parts.insert(0, parts[0].nbor(-1))  # parsers part them now and then
    return " ".join(w.lower_ for w in parts)


def is_infinitive(token: Token) -> bool:
    """ "to" with a bare verb: "(plans) to buy"."""
    return any(c.dep_ == "mark" and c.lower_ == "to" for c in token.children)


def sentence_of(token: Token) -> tuple[int, int]:
    """First word and end of the token's sentence; `Token.sent` looks through the whole Doc each time."""
    bounds: list[tuple[int, int]] | None = token.doc.user_data.get("kg.sentences")
    if bounds is None:
        starts = [t.i for t in token.doc if t.is_sent_start or t.i == 0] + [len(token.doc)]
        bounds = [(a, b) for a, b in pairwise(starts) for _ in range(a, b)]
        token.doc.user_data["kg.sentences"] = bounds
    return bounds[token.i]


def is_verb(token: Token) -> bool:
    """Whether part of speech or tag make the token a verb; they are predicted apart and may disagree."""
    return token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB")


def subjects(token: Token) -> list[Token]:
    """The subjects that stand in the clause itself."""
    return [c for c in token.children if c.dep_ in tree.SUBJECTS]
