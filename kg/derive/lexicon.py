"""What is known of English words when labels are read: inflection, verb-noun pairs, classes of nouns.

The words are Turtle (`ontology/derivation.ttl`); of inflection only the regular endings are here. The pairs of verbs and nouns
are of the kinds of NOMLEX (Macleod et al. 1998): who does it (founder), to whom it is done (employee), what happens (birth).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

PREPOSITIONS = frozenset({
    "about", "across", "after", "against", "along", "among", "as", "at", "behind", "beside", "between", "by", "during", "for", "from", "in",
    "inside", "into", "near", "of", "on", "onto", "opposite", "over", "through", "to", "toward", "towards", "under", "upon", "via", "with",
    "within", "without",
})  # fmt: skip
PARTICLES = frozenset({"up", "out", "off", "down", "away", "back", "over", "together", "apart"})
AUXILIARIES = frozenset({"is", "are", "was", "were", "be", "been"})
_VERBS_IN_S = {"has": "have", "does": "do", "goes": "go", "is": "be", "focuses": "focus"}


@dataclass(frozen=True, slots=True)
class Deed:
    """One verb for an event noun: "birth" is "bear", passive: it happens to the subject, a Person."""

    verb: str
    passive: bool
    bearer: str  # class of who can be the subject, or ""


@dataclass(frozen=True)
class Lexicon:
    """Word classes of the shipped ontology (`Ontology.words`) and its verbs, as derivation asks for them."""

    words: Mapping[str, Mapping[str, str]]
    verbs: frozenset[str]

    def has(self, kind: str, word: str) -> bool:
        """Whether a word is in a word class."""
        return word in self.words.get(kind, {})

    def value(self, kind: str, word: str) -> str:
        """The value a word has in a word class, "" without one."""
        return self.words.get(kind, {}).get(word, "")

    def listed(self, kind: str, word: str) -> tuple[str, ...]:
        """The values a word has in a word class, where there may be several: "founder" -> ("found", "establish")."""
        return tuple(part.strip() for part in self.value(kind, word).split(",") if part.strip())

    def nouns_for(self, kind: str, verb: str) -> tuple[str, ...]:
        """The nouns paired with a verb in a word class, those first of whose verbs it is: "found" -> ("founder",)."""
        return tuple(
            noun for noun in sorted(self.words.get(kind, {})) if self.listed(kind, noun)[:1] == (verb,)
        )

    def deeds(self, noun: str) -> tuple[Deed, ...]:
        """The verbs for an event noun; a noun that is a verb as well ("merge", "visit") may happen to or be done by the subject."""
        found = []
        for entry in self.listed("deed_noun", noun):
            verb, *marks = entry.split()
            found.append(Deed(verb, "passive" in marks, next((m for m in marks if m[:1].isupper()), "")))
        if not found and self.is_verb(noun):
            found = [Deed(noun, True, ""), Deed(noun, False, "")]
        return tuple(found)

    def is_verb(self, lemma: str) -> bool:
        """Whether some relation of the shipped ontology, or a list beside it, knows this verb."""
        return lemma in self.verbs or self.has("verb_beside", lemma)

    def agent_verbs(self, noun: str) -> tuple[str, ...]:
        """What somebody called so does: "founder" -> ("found", …), "tormentor" -> () unless "torment" is a known verb."""
        if listed := self.listed("agent_noun", noun):
            return listed
        if not re.search(r"[a-z]{3}[eo]r$", noun):
            return ()
        stem = noun[:-2]
        doubled = stem[:-1] if stem[-1] == stem[-2] else stem
        return tuple(verb for verb in dict.fromkeys((stem, f"{stem}e", doubled)) if self.is_verb(verb))[:1]

    def participle(self, word: str) -> tuple[str, ...]:
        """Verbs a past form may be of: known ones, else every regular guess (wrong ones match nothing); () for no such form."""
        if irregular := self.value("past_form", word):
            return (irregular,)
        if len(word) < 5 or not word.endswith("ed"):
            return ()
        stem = word[:-2]
        guesses = [f"{word[:-3]}y"] if word.endswith("ied") else [stem, word[:-1]]
        if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "ls":
            guesses = [stem[:-1]]
        return tuple(g for g in guesses if self.is_verb(g)) or tuple(guesses)

    def gerund(self, word: str) -> tuple[str, ...]:
        """Known verbs a form in -ing is of: "starring" -> ("star",)."""
        if len(word) < 6 or not word.endswith("ing"):
            return ()
        stem = word[:-3]
        doubled = stem[:-1] if stem[-1] == stem[-2] else stem
        return tuple(v for v in dict.fromkeys((stem, f"{stem}e", doubled)) if self.is_verb(v))[:1]

    def third_person(self, word: str) -> str:
        """ "launches" -> "launch"; "" when the word is no form in -s."""
        if word in _VERBS_IN_S:
            return _VERBS_IN_S[word]
        if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
            return ""
        if word.endswith("ies"):
            return next((v for v in (f"{word[:-3]}y", word[:-1]) if self.is_verb(v)), f"{word[:-3]}y")
        return word[:-2] if re.search(r"(?:ss|x|zz|ch|sh|oe)es$", word) else word[:-1]

    def past_participle(self, verb: str) -> str:
        """The form of a verb that stands as an adjective ("founded"), to be found after a hyphen or a noun."""
        for form, base in sorted(self.words.get("past_form", {}).items()):
            if base == verb:
                return form
        if verb.endswith("e"):
            return f"{verb}d"
        return f"{verb[:-1]}ied" if re.search(r"[^aeiou]y$", verb) else f"{verb}ed"


def words_of(name: str) -> tuple[str, ...]:
    """The words of an identifier or label, lower case: `words_of("hasCEOSince") == ("has", "ceo", "since")`."""
    spaced = re.sub(r"([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])", r"\1\3 \2", name)
    return tuple(re.sub(r"[^\w'’-]+|_+", " ", spaced).lower().split())
