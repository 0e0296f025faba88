"""Names taken apart and compared: a ladder of named rungs, from "identical" down to "family name".

A rung says why two names may mean the same thing. Rungs of scope EVERYWHERE hold between articles; those of scope ARTICLE
need one article as context, since only there is "Cook" surely the Tim Cook just introduced. The ladder follows the sieves of
Raghunathan et al., "A Multi-Pass Sieve for Coreference Resolution" (EMNLP 2010): most precise first. Bracketed short forms
are checked as in Schwartz and Hearst, "A Simple Algorithm for Identifying Abbreviation Definitions" (PSB 2003).

Word lists (legal forms, titles, particles …) are word classes of `ontology/names.ttl`; nothing is listed here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.ontology import Ontology

_PLAIN = str.maketrans(
    dict.fromkeys("\u2019\u2018\u02bc\u0060\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
_WORD = re.compile(r"[^\W_]+(?:[.'&][^\W_]+)*|&|\+", re.UNICODE)
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')(?=$|[\s,;:.)\"-])", re.IGNORECASE)
# Letters that NFKD leaves whole, in the usual English transcription.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "\u0131": "i", "ð": "d", "þ": "th"}
)

EVERYWHERE = "everywhere"
ARTICLE = "article"


def fold(text: str) -> str:
    """Lower case, no accents, plain quotes and dashes: `fold("Nestlé’s") == "nestle's"`."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)


def split_words(text: str) -> tuple[str, ...]:
    """The folded words of a name without possessive endings, full stops and apostrophes.

    `split_words("Moody's & Co.’s U.S. arm") == ("moody", "and", "co", "us", "arm")`.
    """
    plain = _POSSESSIVE.sub("", fold(text))
    return tuple("and" if w == "&" else w.replace(".", "").replace("'", "") for w in _WORD.findall(plain))


def joined(words: tuple[str, ...]) -> str:
    """Words written as one, so that "Back Pack" meets "BackPack"; two digits never touch ("S1 0" is not "S10")."""
    text = ""
    for word in words:
        text += " " + word if text and text[-1].isdigit() and word[0].isdigit() else word
    return text


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart. `words` are folded; `core` lacks determiner, legal form and title; `kind` is what its words give away."""

    text: str
    words: tuple[str, ...]
    core: tuple[str, ...]
    family: tuple[str, ...]  # of a person: ("von", "der", "leyen"); else ()
    kind: str = ""  # "person" (Mr, Dr), "organisation" (Ltd, Inc) or ""
    person: bool = False
    known: str = (
        ""  # the canonical name of a country or body that goes by this short form: "United States" of "U.S."
    )

    @property
    def key(self) -> str:
        """Equal keys meet on the first four rungs; the block in which names of many articles are compared."""
        return joined(_without_initials(self.core) if self.person else self.core)

    @property
    def full(self) -> bool:
        """Fit to link articles: any name but a person's lone one."""
        return not self.person or len(_without_initials(self.core)) > 1

    @property
    def trimmings(self) -> int:
        """How many words are no part of the core: legal forms, titles. Fewer make a better label."""
        return abs(len(self.words) - len(self.core))

    @property
    def label(self) -> str:
        """The name as a reader would write it: a person's without post and title ("Graham Doyle"), unless one word would be left."""
        written = self.text.split()
        if not self.person or len(self.core) < 2 or len(written) != len(self.words):
            return self.text
        start = next(i for i in range(len(self.words)) if self.words[i : i + len(self.core)] == self.core)
        return " ".join(written[start : start + len(self.core)]).strip(",")

    @property
    def acronym(self) -> bool:
        """Written like an acronym: two to eight letters, mostly capitals ("DPC", "CySEC", "A.I.")."""
        letters = self.text.replace(".", "")
        return (
            letters.isalnum()
            and 2 <= len(letters) <= 8
            and sum(map(str.isupper, letters)) * 2 > len(letters)
            and len(self.words) == 1
        )


def _without_initials(core: tuple[str, ...]) -> tuple[str, ...]:
    """A person's name without middle initials; the first and the last word always stay."""
    return core[:1] + tuple(w for w in core[1:-1] if len(w) > 1) + core[1:][-1:]


class NameReader:
    """Takes names apart with the word lists of an ontology; remembers what it has read.

    >>> NameReader(ontology).read("The Alibaba Group Holding Ltd").core
    ('alibaba',)
    """

    def __init__(self, ontology: Ontology) -> None:
        def words(name: str) -> Mapping[str, str]:
            return ontology.words.get(name, {})

        self._determiners = words("determiner")
        self._legal = words("legal_form")
        self._group = words("group_word")
        self._honorifics = words("honorific")
        self._titles = words("title_word")
        self._credentials = words("credential")
        self._particles = words("name_particle")
        self.descriptors = words("name_descriptor")
        self._known = {
            " ".join(split_words(alias)): full
            for name in ("known_alias", "continent", "country")
            for alias, full in words(name).items()
        }
        self._memory: dict[tuple[str, bool], Name] = {}

    def read(self, text: str, person: bool = False) -> Name:
        """The name in `text`; `person` says that it is known to be a person's."""
        key = (text, person)
        if key not in self._memory:
            self._memory[key] = self._read(text, person)
        return self._memory[key]

    def _read(self, text: str, person: bool) -> Name:
        words = split_words(text)
        while len(words) > 1 and words[0] in self._determiners:
            words = words[1:]
        honoured = len(words) > 1 and words[0] in self._honorifics
        person = person or honoured
        known = "" if person else self._known.get(" ".join(words), "")
        core = self._untitle(words) if person else split_words(known) or self._unlegal(words)
        return Name(
            text=" ".join(text.split()),
            words=words,
            core=core,
            family=self._family(core) if person else (),
            kind="person" if honoured else "organisation" if not person and self._has_form(words) else "",
            person=person,
            known=known,
        )

    def _has_form(self, words: tuple[str, ...]) -> bool:
        return len(words) > 1 and words[-1] in self._legal

    def _unlegal(self, words: tuple[str, ...]) -> tuple[str, ...]:
        core = words
        while len(core) > 1 and (core[-1] in self._legal or core[-1] in self._group or core[-1] == "and"):
            core = core[:-1]
        return words if core[0] in self._legal or core[0] in self._group else core

    def _untitle(self, words: tuple[str, ...]) -> tuple[str, ...]:
        titles = [i for i, w in enumerate(words[:-1]) if w in self._honorifics or w in self._titles]
        if titles and (
            titles[0] == 0 or len(words) - titles[-1] > 2
        ):  # "Apple chief executive Tim Cook", not "Ann Head Smith"
            words = words[titles[-1] + 1 :]
        while len(words) > 2 and words[-1] in self._credentials:
            words = words[:-1]
        return words

    def _family(self, core: tuple[str, ...]) -> tuple[str, ...]:
        """The last word with the particles before it: "ursula von der leyen" -> "von der leyen"."""
        names = core[:-1] if len(core) > 2 and self._particles.get(core[-1]) == "suffix" else core
        start = len(names) - 1
        while start > 1 and names[start - 1] in self._particles:
            start -= 1
        return names[start:]


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: `holds(full, other)` says whether two names meet on it. `example` is a pair that does."""

    name: str
    scope: str  # EVERYWHERE or ARTICLE
    example: tuple[str, str]
    holds: Callable[[Name, Name], bool]


def _organisations(a: Name, b: Name) -> bool:
    return not (a.person or b.person)


def _expands(full: Name, short: Name) -> bool:
    """The acronym spells the initials of the name, with or without its small words, perhaps after a leading adjective."""
    letters = short.words[0] if len(short.words) == 1 else ""
    if not short.acronym or len(letters) < 2 or len(full.words) < len(letters):
        return False
    capitals = [w for w in re.findall(r"[^\W_]+", full.text) if w[0].isupper() or w[0].isdigit()]
    initials = fold("".join(w[0] for w in capitals))
    everything = "".join(w[0] for w in full.words)
    if len(letters) == 2:  # too short for luck: all of the initials
        return letters in (initials, everything)
    return letters in (initials, everything) or (
        len(initials) == len(letters) + 1 and initials.endswith(letters)
    )


def _same_spelling(a: Name, b: Name) -> bool:
    return a.words == b.words or (_organisations(a, b) and joined(a.words) == joined(b.words))


def _same_person(a: Name, b: Name) -> bool:
    return a.person and b.person and _without_initials(a.core) == _without_initials(b.core)


def _same_words_in_other_order(a: Name, b: Name) -> bool:
    return a.person and b.person and len(a.core) > 1 and a.core != b.core and sorted(a.core) == sorted(b.core)


def _family_name(full: Name, short: Name) -> bool:
    return full.person and short.person and len(full.core) > len(short.core) and short.core == full.family


LADDER: tuple[Rung, ...] = (
    Rung("identical", EVERYWHERE, ("Nvidia", "Nvidia"), lambda a, b: a.text == b.text),
    Rung("spelling", EVERYWHERE, ("Nestlé", "NESTLE's"), _same_spelling),
    Rung(
        "known alias",
        EVERYWHERE,
        ("United States", "U.S."),
        lambda a, b: _organisations(a, b) and bool(a.known or b.known) and a.core == b.core,
    ),
    Rung(
        "legal form",
        EVERYWHERE,
        ("Alibaba Group Holding Ltd", "Alibaba"),
        lambda a, b: _organisations(a, b) and a.key == b.key,
    ),
    Rung("title", EVERYWHERE, ("Mr. Tim Cook", "Tim D. Cook"), _same_person),
    Rung("acronym", ARTICLE, ("European Economic Area", "EEA"), _expands),
    Rung("name order", ARTICLE, ("Foo Yun Chee", "Yun Chee Foo"), _same_words_in_other_order),
    Rung("family name", ARTICLE, ("Ursula von der Leyen", "von der Leyen"), _family_name),
)


def rung(full: Name, other: Name, scope: str = ARTICLE) -> str:
    """The first rung on which two names meet, or "". `full` is the longer one; scope ARTICLE includes EVERYWHERE."""
    for step in LADDER:
        if (scope == ARTICLE or step.scope == EVERYWHERE) and step.holds(full, other):
            return step.name
    return ""


def abbreviates(short: str, long: str) -> bool:
    """Whether bracketed `short` may abbreviate the `long` form right before it (Schwartz and Hearst 2003, section 3.2).

    Matches the letters of `short` in `long` from right to left; the first letter must begin a word.
    `abbreviates("CySEC", "Cyprus Securities and Exchange Commission")` is True.
    """
    small, large = [c for c in fold(short) if c.isalnum()], fold(long)
    if not 2 <= len(small) <= 10 or len(large) <= len(small):
        return False
    at = len(large)
    for position in range(len(small) - 1, -1, -1):
        at = large.rfind(small[position], 0, at)
        while position == 0 and at > 0 and large[at - 1].isalnum():
            at = large.rfind(small[0], 0, at)
        if at < 0:
            return False
    return True
