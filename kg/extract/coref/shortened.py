"""Sieves for shortened names of organisations and things inside one article: "Lumora Optics", later "Lumora"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.coref.surfaces import Surfaces
from kg.resolve.link import compatible
from kg.resolve.names import joined


class Shortened:
    """Joins a name to the one fuller name of the article that it shortens."""

    def __init__(self, known: Surfaces) -> None:
        self.known = known
        self.reader = known.reader

    def run(self) -> None:
        """All sieves, the most precise first."""
        self._without_end()
        self._without_first()
        self._titles()
        self._places()
        self._last_word()
        self._proper_end()

    def _without_end(self) -> None:
        """ "Micron Technology", later "Micron"; "Lumora Optics", later "Lumora": the end left out, if one full name fits.

        A trade word may always go. Other words go only where the full name came first and names no part of a larger whole: after
        "Carrefour Global Sourcing", Carrefour is its parent. Of several words those left are two or more before a small one: "House
        of Commons of Canada", "Shihlin Electric and Engineering"; an acronym with a word behind it is a part ("BBC Television").
        """
        known = self.known
        shortened: dict[str, list[str]] = {}
        for text, name in known.names.items():
            if not compatible(known.kinds[text], "Organization"):
                continue
            for size in range(len(name.core) - 1, 0, -1):
                tail = name.core[size:]
                if all(word in self.reader.descriptors for word in tail):
                    shortened.setdefault(joined(name.core[:size]), []).append(text)
                elif self._may_go(text, tail, size):
                    shortened.setdefault(f"{joined(name.core[:size])} …", []).append(text)
        for text in sorted(known.names):
            name = self.reader.read(text)
            lone = len(name.core) == 1 and known.kinds[text] == "Person" and not self._is_somebody(text)
            if not lone and not compatible(known.kinds[text], "Organization"):
                continue
            full = shortened.get(name.key, [])
            whole = len(name.core) > 1 and known.kinds[text] == "Organization"
            if not full and (whole or (len(name.core) == 1 and not self._is_common(name.key))):
                full = [
                    t
                    for t in shortened.get(f"{name.key} …", ())
                    if self._introduces(t, text) and not self._beside(t, text)
                ]
            if known.join_if_one([t for t in full if t != text], text, "short form"):
                known.set_kind(text, "Organization")

    def _may_go(self, text: str, tail: Sequence[str], size: int) -> bool:
        """Whether these last words of an organisation's name may be left out though they are no trade words."""
        if self.known.kinds[text] != "Organization" or any(word in self.reader.units for word in tail):
            return False
        if size > 1:
            return tail[0] in self.reader.links
        return not self.reader.read(self.known.names[text].text.split()[0]).acronym

    def _is_somebody(self, text: str) -> bool:
        """One word that is part of a person's full name here, or comes with a title: not the pipeline's guess alone."""
        known = self.known
        if self.reader.read(text).core in known.families:
            return True
        root = known.root(text)
        titled = any(item.gender for item in known.of[text]) or known.names[text].kind == "person"
        others = (t for t in known.of if t != text and known.root(t) == root)
        return titled or any(known.kinds[t] == "Person" for t in others)

    def _is_common(self, word: str) -> bool:
        """A noun or a nation: "Bank" is not short for Bank of America, nor "American" for American Airlines."""
        return bool(self.known.sight.type_of_noun(word)) or word in self.reader.nations

    def _introduces(self, full: str, short: str) -> bool:
        """The full name comes before the short one; a headline may be ahead of both."""
        first = min(item.head.i for item in self.known.of[full])
        return all(item.head.i > first for item in self.known.of[short] if item.mention.sentence > 0)

    def _beside(self, full: str, short: str) -> bool:
        """One sentence has both: "Quorvane drops Quorvane Notes" tells of two things."""
        sentences = {item.mention.sentence for item in self.known.of[full]}
        return any(item.mention.sentence in sentences for item in self.known.of[short])

    def _without_first(self) -> None:
        """ "Google Chrome", later "Chrome"; "Irish Data Protection Commission", "Data Protection Commission".

        The maker before a thing's name and the nationality before an authority's may be left out, if one full name fits.
        """
        known = self.known
        makers = {name.key for text, name in known.names.items() if known.kinds[text] == "Organization"}
        longer: dict[str, list[str]] = {}
        for text, name in known.names.items():
            if len(name.core) > 1:
                thing = known.kinds[text] == "Thing" and (name.core[0] in makers or len(name.core) == 2)
                national = (
                    known.kinds[text] in ("Organization", "Thing")
                    and len(name.core) > 2
                    and name.core[0] in self.reader.nations
                )
                if thing or national:
                    longer.setdefault(joined(name.core[1:]), []).append(text)
                for size in range(1, len(name.core) - 1):  # "Johns Hopkins Carey Business School"
                    tail = name.core[size:]
                    if known.kinds[text] == "Organization" and known.sight.type_of_words(tail):
                        longer.setdefault(joined(tail), []).append(text)
        for text, name in known.names.items():
            fits = [
                t
                for t in longer.get(name.key, ())
                if known.kinds[t] == known.kinds[text] or not known.kinds[text]
            ]
            if known.kinds[text] in ("Thing", "Organization", ""):
                known.join_if_one(fits, text, "first word left out")

    def _titles(self) -> None:
        """ "Titan Farm: Harvest Home", later "Harvest Home". The first half may be another work: what this one takes up."""
        known = self.known
        halves: dict[str, list[str]] = {}
        for text in known.of:
            _, colon, half = text.rpartition(": ")
            if colon and known.kinds[text] == "Thing":
                halves.setdefault(known.reader.read(half).key, []).append(text)
        for text, name in known.names.items():
            if known.kinds[text] == "Thing" and name.key in halves:
                known.join_if_one(halves[name.key], text, "half of a title")

    def _places(self) -> None:
        """ "Kingdom of Prussia", "Prussia"; "Mola di Bari", "Mola"; "Upper Vell River", "the Upper Vell": its kind or where it is left out.

        Without the article what a river or a bridge is called after is rather a town: "Vell".
        """
        known, words = self.known, self.known.sight.ontology.words
        forms, kinds, particles = (
            words.get(c, {}) for c in ("state_form", "place_descriptor", "name_particle")
        )
        longer: dict[str, list[str]] = {}
        rivers: dict[str, list[str]] = {}
        for text, name in known.names.items():
            core = name.core
            if known.kinds[text] != "Place" or len(core) < 2:
                continue
            form = next((size for size in range(2, len(core)) if " ".join(core[:size]) in forms), 0)
            if form:
                longer.setdefault(joined(core[form:]), []).append(text)
            elif core[1] in particles:
                longer.setdefault(core[0], []).append(text)
            elif core[-1] in kinds:
                (rivers if kinds[core[-1]] == "the" else longer).setdefault(joined(core[:-1]), []).append(
                    text
                )
        for text, name in known.names.items():
            if known.kinds[text] == "Place":
                the = all(s.determiner == "the" for s in known.of[text])
                fits = [*longer.get(name.key, ()), *(rivers.get(name.key, ()) if the else ())]
                known.join_if_one([t for t in fits if t != text], text, "short form")

    def _last_word(self) -> None:
        """ "The European Commission", later "the Commission"; "the Committee against Noise", "the Committee": if one full name fits."""
        known = self.known
        longer: dict[str, list[str]] = {}
        for text, name in known.names.items():
            if len(name.core) > 1 and known.kinds[text] in ("Organization", "Thing"):
                link = next((i for i, word in enumerate(name.core) if word in self.reader.links), 0)
                for word in {name.core[-1], *name.core[link - 1 : link]}:
                    longer.setdefault(word, []).append(text)
        for text, name in known.names.items():
            if len(name.words) == 1 and all(s.determiner in ("the", "'s") for s in known.of[text]):
                kind = known.kinds[text]
                fits = [
                    t
                    for t in longer.get(name.words[0], ())
                    if t != text and known.kinds[t] in (kind, kind or known.kinds[t])
                ]
                known.join_if_one(known.foremost(fits), text, "last word")

    def _proper_end(self) -> None:
        """ "Nordic Halvex", later "Halvex": the last word of one organisation's name, if it is a word of no other use.

        Where Orlund is named, too, Orlund-Halvex is what became of both.
        """
        known = self.known
        keys = {name.key for name in known.names.values()}
        longer: dict[str, list[str]] = {}
        bearers: dict[int, set[str]] = {}  # cluster -> its names
        for text, name in known.names.items():
            bearers.setdefault(known.root(text), set()).add(name.key)
            linked = any(word in self.reader.links for word in name.core)
            both = "-" in text and name.core[0] in keys
            if len(name.core) > 1 and known.kinds[text] == "Organization" and not linked and not both:
                longer.setdefault(name.core[-1], []).append(text)
        for text, name in known.names.items():
            proper = len(name.words) == 1 and not name.acronym and not self._is_common(name.key)
            if proper and known.kinds[text] == "Organization" and len(bearers[known.root(text)]) == 1:
                fits = longer.get(name.words[0], ())
                if not any(self._beside(t, text) for t in fits) and not self._is_somebody(text):
                    known.join_if_one(fits, text, "first word left out")
