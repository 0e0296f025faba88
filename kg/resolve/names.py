"""Names taken apart: determiner, title, legal form and family name told from the core that two names must share.

Word lists (legal forms, titles, particles …) are word classes of `ontology/names.ttl`; nothing is listed here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from kg.ontology import Ontology

_PLAIN = str.maketrans(
    dict.fromkeys("\u2019\u2018\u02bc\u02be\u02bf\u0060\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
DOMAIN = re.compile(
    r"(?:www\.)?([a-z0-9-]{2,})(?:\.(?:com|net|org|info|io|ai|eu|co|[a-z]{2})){1,2}", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:[.'&][^\W_]+)*|&|\+", re.UNICODE)
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')(?=$|[\s,;:.)\"-])", re.IGNORECASE)
_COMMON = re.compile(
    r"(?:[^\W\d_]+\.?[^\W\d_]*\.?-)*[a-z]+", re.UNICODE
)  # "giant", "Family-owned", "U.S.-listed"
# Letters that NFKD leaves whole, in the usual English transcription.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "\u0131": "i", "ð": "d", "þ": "th"}
)


def fold(text: str) -> str:
    """Lower case, no accents, plain quotes and dashes: `fold("Nestlé’s") == "nestle's"`."""
    if text.isascii():
        return text.replace("`", "'").lower()
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

    text: str  # without common nouns before it: "Mars" of "candy giant Mars"
    words: tuple[str, ...]
    core: tuple[str, ...]
    family: tuple[str, ...]  # of a person: ("von", "der", "leyen"); else ()
    kind: str = ""  # "person" (Mr, Dr), "organisation" (Ltd, Inc) or ""
    person: bool = False
    trade: bool = False  # ends in a trade word, as companies' names do: "Kestrel Semiconductor"
    known: str = ""  # canonical name of a country or body with many names: "United States" of "U.S."

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
    def shouted(self) -> bool:
        """In capitals throughout, as headlines have it, and too long for an acronym."""
        return len(self.text) > 4 and self.text.isupper()

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


def same_person(a: Name, b: Name) -> bool:
    """Two persons' names that differ in titles and middle initials at most."""
    return a.person and b.person and _without_initials(a.core) == _without_initials(b.core)


class NameReader:
    """Takes names apart with the word lists of an ontology; remembers what it has read.

    >>> NameReader(ontology).read("The Alibaba Group Holding Ltd").core
    ('alibaba',)
    """

    def __init__(self, ontology: Ontology) -> None:
        def words(name: str) -> Mapping[str, str]:
            return ontology.words.get(name, {})

        self.determiners = words("determiner")
        self._legal = words("legal_form")
        self._group = words("group_word")
        self._honorifics = words("honorific")
        self._titles = words("title_word")
        self._credentials = words("credential")
        self._particles = words("name_particle")
        self.links = words("name_link")
        self.modifiers = words("generic_modifier")
        self.descriptors = words("name_descriptor")
        self.units = words("unit_word")
        self.nations = words("demonym").keys() | words("continent_demonym").keys() | words("country").keys()
        self._known = {
            " ".join(split_words(alias)): full
            for name in ("known_alias", "continent", "country")
            for alias, full in words(name).items()
            if alias not in words("own_name")
        }
        for form in sorted(words("state_form")):
            self._known |= {f"{form} {alias}": full for alias, full in words("country").items()}
        self._memory: dict[tuple[str, bool], Name] = {}

    def read(self, text: str, person: bool = False) -> Name:
        """The name in `text`; `person` says that it is known to be a person's."""
        key = (text, person)
        if key not in self._memory:
            self._memory[key] = self._read(text, person)
        return self._memory[key]

    def _read(self, text: str, person: bool) -> Name:
        text = self._proper(text.split())
        words = split_words(text) or (fold(text),)
        while len(words) > 1 and words[0] in self.determiners:
            words = words[1:]
        honoured = len(words) > 1 and words[0] in self._honorifics
        person = person or honoured
        known = "" if person else self._known.get(" ".join(words), "")
        core = self._untitle(words) if person else split_words(known) or self._unlegal(words)
        return Name(
            text=text,
            words=words,
            core=core,
            family=self._family(core) if person else (),
            kind="person"
            if honoured
            else "organisation"
            if not person and self._has_form(words, text)
            else "",
            person=person,
            trade=not person and len(words) > 1 and words[-1] in self.descriptors,
            known=known,
        )

    def _proper(self, written: list[str]) -> str:
        """A name without the common nouns before it: "Family-owned candy giant Mars" -> "Mars"; "Bank of America" stays."""
        common = [i for i, w in enumerate(written) if _COMMON.fullmatch(w) and w not in self.links]
        start = common[-1] + 1 if common else 0
        proper = 0 < start < len(written) and written[start] not in self.links
        proper = proper and not any(
            w.lower() in self.modifiers for w in written[:start]
        )  # a "newer IE" is not IE
        return " ".join(written[start:] if proper else written)

    def _has_form(self, words: tuple[str, ...], text: str) -> bool:
        """A legal form at its end, or the name of a web site."""
        return (len(words) > 1 and words[-1] in self._legal) or DOMAIN.fullmatch(text) is not None

    def _unlegal(self, words: tuple[str, ...]) -> tuple[str, ...]:
        core = words
        while len(core) > 1 and (core[-1] in self._legal or core[-1] in self._group or core[-1] == "and"):
            core = core[:-1]
        return words if core[0] in self._legal or core[0] in self._group else core

    def _untitle(self, words: tuple[str, ...]) -> tuple[str, ...]:
        titles = [i for i, w in enumerate(words[:-1]) if w in self._honorifics or w in self._titles]
        if titles and (titles[0] == 0 or len(words) - titles[-1] > 2):  # not "Ann Head Smith"
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
