"""One label of a relation -> the ways sentences state it.

A label is read as one of five things: a verb ("owns", "works for"), a participle ("founded by", "starring"), what the subject is
("subsidiary of", "member of political party"), what the object is of the subject ("employer", "head of state"), or where and when
something happens to it ("place of birth", "publication date"). Slots and frames are those of `kg.ontology.Cue`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.derive.lexicon import AUXILIARIES, PARTICLES, PREPOSITIONS, Deed, Lexicon, words_of
from kg.ontology import Cue

WHERE = (
    "in",
    "at",
    "near",
    "on",
    "adv",
)  # slots of a verb in which a place stands; "adv": without a preposition
WHEN = ("in", "on", "at", "since", "adv")
LOCATED = "Event Organization Place"  # what is somewhere, where nothing else is said


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a label says: its cues, and the classes its words give away, for relations that name no domain or range."""

    cues: frozenset[Cue]
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()


def label_cues(label: str, lexicon: Lexicon, *, literal: bool = False, symmetric: bool = False) -> Labelled:
    """The cues a label implies; none for a label without words.

    `literal`: the object is a figure, so a noun is also what is measured ("turnover of $5bn").

    >>> sorted((c.frame, c.lemma, c.subject, c.object) for c in label_cues("works for", lexicon).cues)
    [('verb', 'work', 'subj', 'for')]
    """
    cues: set[Cue] = set()
    domain: tuple[str, ...] = ()
    range_: tuple[str, ...] = ()
    for words in _variants(label):
        reader = _Reader(words, lexicon, literal, symmetric)
        cues |= {replace(cue, source=label) for cue in reader.read()}
        domain, range_ = domain or tuple(reader.domain.split()), range_ or tuple(reader.range.split())
    return Labelled(frozenset(cues), domain, range_)


def _variants(label: str) -> Iterator[tuple[str, ...]]:
    """The label without brackets; "A or B" and "A, B or C" as the label with each of them."""
    plain = re.sub(r"\([^)]*\)", " ", label) if not label.startswith("(") else label
    listed = re.search(r"((?:[\w-]+, )*[\w-]+,? (?:or|and)(?!\w)) ([\w-]+)", plain)
    if listed is None:
        yield words_of(plain)
        return
    for one in [*re.split(r",? (?:or|and)|, ", listed[1]), listed[2]]:
        if one.strip():
            yield words_of(plain[: listed.start()] + one + plain[listed.end() :])


class _Reader:
    """Reads the words of one label; `domain` and `range` are what they give away."""

    def __init__(self, words: tuple[str, ...], lexicon: Lexicon, literal: bool, symmetric: bool) -> None:
        self.lexicon, self.literal, self.symmetric = lexicon, literal, symmetric
        self.passive = bool(words) and words[0] in AUXILIARIES
        self.words = words[1:] if self.passive else words
        self.domain = self.range = ""

    def read(self) -> Iterator[Cue]:
        """Every cue of the label."""
        words = self.words
        if not words:
            return
        if words[0] in ("has", "have") and len(words) > 1 and words[-1] not in PREPOSITIONS:
            yield from self._noun(words[1:])
            return
        place = next((i for i, word in enumerate(words) if word in PREPOSITIONS and i), 0)
        if place == 1 and len(words) == 2 and words[1] in PARTICLES and self._verb_form(words[0]):
            place = 0  # "takes over": no preposition after all
        head, tail = (words[:place], words[place:]) if place else (words, ())
        if past := self.lexicon.participle(head[0]):
            yield from self._participle(past, head, tail)
        elif gerunds := self.lexicon.gerund(head[0]):
            yield from self._verb(gerunds, head[1:], tail)
        elif self._verb_form(head[0]) and not (tail[:1] == ("of",) and len(tail) > 1):
            yield from self._verb((self._verb_form(head[0]),), head[1:], tail)
            if not self.lexicon.is_verb(
                self._verb_form(head[0])
            ):  # "characters", "lyrics by": it may be a plural
                yield from self._with_preposition(head, tail) if tail else self._noun(words)
        elif tail:
            yield from self._with_preposition(head, tail)
        else:
            yield from self._noun(words)

    def _verb_form(self, word: str) -> str:
        """The verb of "owns" and of "own"; "" for what is rather a noun."""
        nouns = ("deed_noun", "agent_noun", "place_noun", "belonging_noun")
        if any(self.lexicon.has(kind, word) for kind in nouns):
            return ""
        base = self.lexicon.third_person(word)
        alone = len(self.words) == 1 or self.words[1] in PREPOSITIONS
        if base and (self.lexicon.is_verb(base) or alone):
            return base
        bare = self.lexicon.is_verb(word) and alone and self.words[-1] in PREPOSITIONS - {"of"}
        return word if bare else ""

    def _slots(self, tail: tuple[str, ...]) -> tuple[str, ...]:
        """The slot a preposition names; "in or next to" and "next to" name what stands near."""
        if not tail:
            return ("obj",)
        if len(tail) > 1:
            self.range = self.range or self._class_of(tail[1:])
        return (tail[0],)

    def _verb(self, verbs: tuple[str, ...], rest: tuple[str, ...], tail: tuple[str, ...]) -> Iterator[Cue]:
        """ "owns", "works for", "takes part in", "contains administrative unit"."""
        particle = rest and rest[0] in PARTICLES
        idiom = bool(rest) and (bool(tail) or bool(particle))  # "share border with", "take over"
        if rest and not idiom:
            self.range = self.range or self._class_of(rest)
            if self.range == "Place" and self.lexicon.has("containing_verb", verbs[0]):
                self.domain = self.domain or "Place"
                yield Cue("place", "*", "in", "subj", strict=True)
        for verb in verbs:
            lemma = " ".join((verb, *rest)) if idiom else verb
            strict = bool(rest and not idiom) or self._broad(lemma)
            for slot in self._slots(tail):
                yield Cue("verb", lemma, "subj", slot, strict=strict)
                if self.symmetric:
                    yield Cue("verb", lemma, "subj", "subj", strict=strict)
            if not tail and not rest:
                for noun in self.lexicon.nouns_for("agent_noun", verb):
                    yield Cue("role", noun, "subj", "of")
                for noun in self.lexicon.nouns_for("patient_noun", verb):
                    yield Cue("role", noun, "of", "subj")

    def _participle(
        self, verbs: tuple[str, ...], head: tuple[str, ...], tail: tuple[str, ...]
    ) -> Iterator[Cue]:
        """ "founded by", "located in the region", "set up by", "attended", "studied at", "educated at"."""
        rest = head[1:]
        if (
            rest
            and not tail
            and (self.lexicon.has("date_noun", rest[-1]) or self.lexicon.value("place_noun", rest[-1]))
        ):
            when = self.lexicon.has("date_noun", rest[-1])
            self.range = self.range or ("Date" if when else self.lexicon.value("place_noun", rest[-1]))
            yield from (
                self._deed(Deed(v, True, ""), slot) for v in verbs for slot in (WHEN if when else WHERE)
            )
            return  # "dissolved date"
        for verb in verbs:
            lemma = " ".join((verb, *rest)) if rest and (tail or rest[0] in PARTICLES) else verb
            strict = self._broad(lemma)
            for slot in self._slots(tail):
                if slot == "by":
                    yield from self._done_by(verb, lemma, head, strict)
                elif slot == "obj":
                    yield Cue("verb", lemma, "subj", "obj", strict=strict)
                    if self.symmetric:
                        yield Cue("verb", lemma, "subj", "subj", strict=strict)
                else:
                    yield Cue("verb", lemma, "obj", slot, strict=strict)
                    yield Cue("adjective", " ".join(head), "subj", slot, strict=strict)
                    if not self.passive:
                        yield Cue("verb", lemma, "subj", slot, strict=strict)
            if tail and self.lexicon.has("located_verb", verb) and tail[0] in ("in", "at", "on", "near"):
                yield from self._somewhere(tail[0])
                self.range = self.range or "Place"

    def _done_by(self, verb: str, lemma: str, head: tuple[str, ...], strict: bool) -> Iterator[Cue]:
        yield Cue("verb", lemma, "obj", "subj", strict=strict)
        yield Cue("adjective", " ".join(head), "subj", "by", strict=strict)
        for noun in self.lexicon.nouns_for("agent_noun", verb) if lemma == verb else ():
            yield Cue("role", noun, "of", "subj")

    def _with_preposition(self, head: tuple[str, ...], tail: tuple[str, ...]) -> Iterator[Cue]:
        """ "subsidiary of", "member of political party", "head of state", "place of birth", "available in"."""
        preposition, after = tail[0], tail[1:]
        noun = " ".join(head)
        where, when = self.lexicon.value("place_noun", head[-1]), self.lexicon.has("date_noun", head[-1])
        if preposition == "of" and after and (where or when):
            self.range = self.range or ("Date" if when else where)
            yield from self._happening(after, where, when)
        elif preposition == "of" and after and not self._belongs(head[-1]):
            yield Cue("role", " ".join((*head, *tail)), "of", "subj")
            yield from self._noun(head)  # "head of state": the object is the head, of the subject
        else:
            if after:
                self.range = self.range or self._class_of(after)
            self.domain = self.domain or self._class_of(head)
            yield Cue("role", noun, "subj", preposition)
            if preposition in ("of", "in") and self._belongs(head[-1]):
                yield Cue("role", noun, "subj", "in" if preposition == "of" else "of")
            yield Cue("adjective", noun, "subj", preposition)

    def _belongs(self, noun: str) -> bool:
        return self.lexicon.has("belonging_noun", noun)

    def _noun(self, words: tuple[str, ...]) -> Iterator[Cue]:
        """ "employer", "head of state", "headquarters location", "award received", "publication date"."""
        for place, word in enumerate(words[1:], 1):
            if verbs := self.lexicon.participle(word):  # "award received", "languages spoken"
                self.range = self.range or self._class_of(words[:place])
                for verb in verbs:
                    yield Cue("verb", verb, "subj", "obj", strict=True)
                return
        last = words[-1]
        if len(words) > 1 and self.lexicon.value("place_noun", last):
            self.range = self.range or self.lexicon.value("place_noun", last)
            yield from self._happening(words[:-1], self.lexicon.value("place_noun", last), False)
        elif len(words) > 1 and self.lexicon.has("date_noun", last):
            self.range = self.range or "Date"
            yield from self._happening(words[:-1], "", True)
        elif len(words) == 1 and self.lexicon.value("place_noun", last):
            self.range = self.range or self.lexicon.value("place_noun", last)
            yield Cue("role", last, "of", "subj")
            yield from self._somewhere("in")
            yield from self._of_origin(words)
        elif self.lexicon.listed("deed_noun", last) and len(words) == 1:
            yield from self._happening(words, "", True)
        else:
            yield from self._is_noun_of(words)

    def _is_noun_of(self, words: tuple[str, ...]) -> Iterator[Cue]:
        """The object is what the noun says, of the subject: "employer", "founder", "record label"."""
        noun, last = " ".join((*words[:-1], self._singular(words[-1]))), self._singular(words[-1])
        self.range = self.range or self._class_of((*words[:-1], last))
        yield Cue("role", noun, "of", "subj")
        if self.symmetric:
            yield Cue("role", noun, "subj", "of")
        if self.literal:
            yield Cue("measure", noun, "holder", "value")
        if len(words) > 1:
            yield Cue("role", last, "of", "subj", strict=True)
            return
        for verb in self.lexicon.agent_verbs(noun):
            strict = self._broad(verb)
            yield Cue("verb", verb, "obj", "subj", strict=strict)
            yield Cue("adjective", self.lexicon.past_participle(verb), "subj", "by", strict=strict)
        for verb in self.lexicon.listed("patient_noun", noun):
            yield Cue("verb", verb, "subj", "obj", strict=self._broad(verb))
        yield from self._of_origin(words)

    def _happening(self, words: tuple[str, ...], where: str, when: bool) -> Iterator[Cue]:
        """Where or when it happens: "place of birth", "publication date", "country of origin"."""
        noun = " ".join(words)
        deeds = self.lexicon.deeds(noun) or self.lexicon.deeds(words[-1])
        if any(word in PREPOSITIONS for word in words):
            deeds = ()
        for deed in deeds:
            self.domain = self.domain or deed.bearer
            for slot in WHEN if when else WHERE:
                yield self._deed(deed, slot)
            if deed.verb in ("come", "hail", "originate"):
                yield self._deed(deed, "from")
        for slot in ("in", "on") if when else ("in", "at"):
            for holder in ("subj", "obj") if deeds else ():
                yield Cue("noun", noun, holder, slot)
        held = self.lexicon.value("holder_noun", words[-1])
        if held:
            person = self.lexicon.value("class_noun", held)
            self.domain = self.domain or person
            yield Cue("role", held, "subj", "of")
        yield Cue("role", noun, "of", "subj", strict=not deeds)
        yield from self._of_origin(words)

    def _deed(self, deed: Deed, slot: str) -> Cue:
        return Cue("verb", deed.verb, "obj" if deed.passive else "subj", slot, strict=self._broad(deed.verb))

    def _of_origin(self, words: tuple[str, ...]) -> Iterator[Cue]:
        """An adjective of nationality says the country one is from: "a German engineer"."""
        if words and all(self.lexicon.has("origin_noun", word) for word in words):
            self.range = self.range or "Country"
            yield Cue("demonym", "*", "subj", "of", strict=True, shared=True)
            yield Cue("role", "*", "subj", "from", strict=True, shared=True)  # "a singer from Chad"

    def _somewhere(self, preposition: str) -> Iterator[Cue]:
        """Words that only say where: "X in Y", "X is in Y", "X, a village in Y", and the chain "X, Y"."""
        self.domain = self.domain or LOCATED
        for frame, word in (("place", "*"), ("verb", "be"), ("role", "*")):
            yield Cue(frame, word, "subj", preposition, strict=True, shared=True)
        for noun in sorted(self.lexicon.words.get("named_place_noun", {})) if preposition == "in" else ():
            yield Cue("role", noun, "subj", "of", strict=True, shared=True)
        if preposition == "in":
            yield Cue("role", "*", "subj", "from", strict=True, shared=True)  # "a club from Lyon"
        for verb in sorted(self.lexicon.words.get("located_verb", {})):
            yield Cue("verb", verb, "obj", preposition, shared=True)
            yield Cue("verb", verb, "subj", preposition, shared=True)

    def _broad(self, verb: str) -> bool:
        return self.lexicon.has("broad_verb", verb.split()[0]) and " " not in verb

    def _class_of(self, words: tuple[str, ...]) -> str:
        """The class that a phrase gives away, by its last words, the longest known first."""
        plain = tuple(word for word in words if word not in ("the", "a", "an"))
        if len(plain) == 1 and self._belongs(plain[0]) and not self.lexicon.value("kind_noun", plain[0]):
            return ""  # "part", "member": whatever has one or is one
        for size in range(min(3, len(plain)), 0, -1):
            phrase = " ".join((*plain[-size:-1], self._singular(plain[-1])))
            if found := self.lexicon.value("kind_noun", phrase) or self.lexicon.value("class_noun", phrase):
                return found
        return "Agent" if plain and self.lexicon.agent_verbs(plain[-1]) else ""

    def _singular(self, noun: str) -> str:
        base = self.lexicon.third_person(noun)
        known = base and (self.lexicon.value("class_noun", base) or self.lexicon.value("kind_noun", base))
        plural = (
            noun.endswith("s")
            and not self.lexicon.value("class_noun", noun)
            and not self.lexicon.has("deed_noun", noun)
        )
        return base if known or (plural and base and base.endswith(("r", "ge", "t", "n"))) else noun
