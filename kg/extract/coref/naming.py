"""Sieves for names: which names of one article mean the same thing.

Each sieve is a rung of the ladder in `kg.resolve.names`; inside an article the looser rungs hold, as long as only one
candidate is there. One name keeps one meaning within a text (Gale, Church and Yarowsky, "One Sense Per Discourse", 1992), so the
kind of thing is voted by name, not by mention.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kg.extract.coref.aliases import announced
from kg.extract.coref.seen import SAID, Seen, Sight
from kg.model import Form
from kg.resolve.ladder import abbreviates, initials, rung
from kg.resolve.link import KINDS, Clusters, compatible
from kg.resolve.names import Name, NameReader, joined

_OPENING = re.compile(r"\s*[(\[]\s*[\"“‘']?(?P<market>[A-Z][\w.& ]{1,20}:\s*)?[\"“‘']?$")
_CLOSING = re.compile(r"\.?\s*[\"”’']?\s*[)\];,]")
_WINDOW = 40  # characters in which a bracket must open before a short form


class Naming:
    """Groups the name mentions of one article. `sets` are joined in place; `rungs` gets a reason for each joined mention."""

    def __init__(
        self, seen: Sequence[Seen], sight: Sight, reader: NameReader, sets: Clusters, rungs: dict[int, str]
    ) -> None:
        self.text = sight.doc.text
        self.sight = sight
        self.reader = reader
        self.nations = reader.nations
        self.sets = sets
        self.rungs = rungs
        self.seen = seen
        self.mentions = [s for s in seen if s.mention.form is Form.NAME]
        self.surfaces: dict[str, list[Seen]] = {}
        for item in self.mentions:
            self.surfaces.setdefault(item.mention.text, []).append(item)
        self.kinds = {text: self._vote(items) for text, items in self.surfaces.items()}
        self.names = {text: reader.read(text, person=self.kinds[text] == "Person") for text in self.surfaces}

    def run(self) -> None:
        """All sieves, the most precise first."""
        self._same_key()
        self._unmarked()
        self._bracketed()
        self._announced()
        self._acronyms()
        self._persons()
        self._organisations()
        self._without_first()
        self._last_word()

    def _vote(self, items: Iterable[Seen]) -> str:
        items = list(items)
        given_away = self.reader.read(items[0].mention.text).kind
        if given_away == "organisation":
            return "Organization"
        if given_away == "person" or any(s.gender for s in items):
            return "Person"
        votes = Counter(s.kind for s in items if s.kind)
        votes["Organization"] += SAID * self.reader.read(items[0].mention.text).trade
        return min(
            (k for k in votes if votes[k]), key=lambda kind: (-votes[kind], KINDS.index(kind)), default=""
        )

    def _same_key(self) -> None:
        """Identical, spelling, legal form, title. Where kinds differ the most frequent wins, unless a title makes a person."""
        blocks: dict[str, list[str]] = {}
        for text in self.surfaces:
            blocks.setdefault(self.names[text].key, []).append(text)
        for texts in blocks.values():
            titled = [
                t for t in texts if any(s.gender for s in self.surfaces[t]) or self.names[t].kind == "person"
            ]
            rest = [t for t in texts if t not in titled]
            votes = Counter(self.kinds[t] for t in rest for _ in self.surfaces[t] if self.kinds[t])
            kind = min(votes, key=lambda k: (-votes[k], KINDS.index(k)), default="")
            for text in rest:
                self._set_kind(text, kind)
            groups = [texts] if compatible(kind, "Person") else [titled, rest]
            for group in groups:
                self._join_surfaces(group)

    def _unmarked(self) -> None:
        """The same capitalised words, once taken for a name and once not."""
        for item in self.seen:
            text = item.mention.text
            if item.mention.form is Form.NOMINAL and text in self.surfaces and not text.islower():
                self._join(self.surfaces[text][0], item, "same name")

    def _set_kind(self, text: str, kind: str) -> None:
        if self.kinds[text] != kind:
            self.kinds[text] = kind
            self.names[text] = self.reader.read(text, person=kind == "Person")

    def _join_surfaces(self, texts: Sequence[str]) -> None:
        items = sorted((s for t in texts for s in self.surfaces[t]), key=lambda s: s.head.i)
        for item in items[1:]:
            reason = rung(self.names[items[0].mention.text], self.names[item.mention.text]) or "spelling"
            self._join(items[0], item, "same name" if reason == "identical" else reason)

    def _join(self, first: Seen, other: Seen, reason: str) -> None:
        if self.sets.root(first.index) != self.sets.root(other.index):
            self.sets.join(first.index, other.index)
            later = max(first, other, key=lambda s: s.head.i)
            self.rungs.setdefault(later.index, reason)

    def _bracketed(self) -> None:
        """ "Irish Data Protection Commission (DPC)", "Alibaba (NYSE: BABA)": the bracket says what the short form means."""
        ends = {s.mention.span.end: s for s in self.mentions}
        for item in self.mentions:
            span, name = item.mention.span, self.names[item.mention.text]
            before = self.text[max(0, span.start - _WINDOW) : span.start]
            opening = _OPENING.search(before)
            if opening is None or not _CLOSING.match(self.text[span.end : span.end + 4]):
                continue
            full = ends.get(span.start - (len(before) - opening.start()))
            if full is None or not name.words:
                continue
            long, short = self.names[full.mention.text], name
            if short.acronym and opening["market"] and self.kinds[long.text] not in ("Person", "Place"):
                self._join(full, item, "ticker")
            elif any(a.acronym and abbreviates(a.text, b.text) for a, b in ((short, long), (long, short))):
                self._join(full, item, "acronym")

    def _announced(self) -> None:
        """ "Aldera, formerly Castle Mills": the text says that two names are one thing's."""
        phrases = self.sight.ontology.words.get("alias_phrase", {})
        ordered = sorted(self.mentions, key=lambda s: s.mention.span)
        for first, second in announced(self.text, ordered, phrases.keys()):
            kinds = [self.kinds[item.mention.text] for item in (first, second)]
            if compatible(*kinds):
                self._join(first, second, "second name")
                if not kinds[1] or kinds[1] == "Thing":
                    self._set_kind(second.mention.text, kinds[0])
                for item in self.surfaces[second.mention.text]:
                    self._join(second, item, "second name")

    def _acronyms(self) -> None:
        """An acronym that spells the initials of exactly one name of the article."""
        spelt: dict[str, list[str]] = {}
        for text, name in self.names.items():
            if not name.acronym and self.kinds[text] != "Person":
                for letters in {i[k:] for i in initials(name) for k in (0, 1)} | {
                    i[:3] for i in initials(name)
                }:
                    spelt.setdefault(letters, []).append(text)
        for text, name in self.names.items():
            if name.acronym:
                near = {*spelt.get(name.words[0], ()), *spelt.get(name.words[0][:3], ())}
                self._join_if_one(
                    [t for t in sorted(near) if rung(self.names[t], name) == "acronym"], text, "acronym"
                )

    def _persons(self) -> None:
        """Name order and middle names, then family and given names that only one full name of the article has."""
        people = [text for text in self.surfaces if self.kinds[text] == "Person"]
        orders: dict[tuple[str, ...], list[str]] = {}
        middles: dict[tuple[str, ...], list[str]] = {}
        families: dict[tuple[str, ...], list[str]] = {}
        given: dict[tuple[str, ...], list[str]] = {}
        for text in people:
            name = self.names[text]
            if len(name.core) > 1:
                orders.setdefault(tuple(sorted(name.core)), []).append(text)
                middles.setdefault((name.core[0], *name.family), []).append(text)
                given.setdefault(name.core[:1], []).append(text)
            if len(name.core) > len(name.family):
                families.setdefault(name.family, []).append(text)
        for texts in orders.values():
            for text in texts[1:]:
                self._join_if_one(texts[:1], text, "name order")
        self._initials(people)
        for texts in middles.values():
            for text in sorted(texts, key=lambda t: len(self.names[t].core)):
                short = set(self.names[text].core)
                longer = [t for t in texts if short < set(self.names[t].core)]
                self._join_if_one(longer, text, "middle name")
        titled = {self.names[t].core for t in people if self.names[t].kind == "person"}
        for text in list(self.names):  # "Mr Shiga" makes a person of "Toshiyuki Shiga"
            name = self.reader.read(text, person=True)
            if self.kinds[text] != "Person" and len(name.core) > 1 and name.family in titled:
                self._set_kind(text, "Person")
                families.setdefault(name.family, []).append(text)
        for text in self.names:
            lone = self.reader.read(text, person=True)
            if self.kinds[text] in ("Person", "") and lone.core in families and lone.core == lone.family:
                fits = [t for t in families[lone.core] if self._genders_agree(t, text)]
                if self._join_if_one(self._foremost(fits), text, "family name"):
                    self._set_kind(text, "Person")
            elif self.kinds[text] == "Person" and lone.core in given:
                self._join_if_one(given[lone.core], text, "given name")

    def _initials(self, people: Sequence[str]) -> None:
        """ "N. C. Wyeth" is Newell Convers Wyeth: one initial for each given name."""
        spelt: dict[tuple[str, ...], list[str]] = {}
        for text in people:
            name = self.names[text]
            given = name.core[: -len(name.family)] if name.family else ()
            if given and any(len(word) > 1 for word in given):
                spelt.setdefault((*(word[0] for word in given), *name.family), []).append(text)
        for text in people:
            core = self.names[text].core
            if len(core) > 1 and len(core[0]) == 1:
                self._join_if_one([t for t in spelt.get(core, ()) if t != text], text, "initials")

    def _foremost(self, texts: Sequence[str]) -> list[str]:
        """Of relatives the one whom the article is about: named first and most often. Nobody, where these are two."""
        counts: Counter[int] = Counter()
        first: dict[int, int] = {}
        for text in texts:
            for item in self.surfaces[text]:
                root = self.sets.root(item.index)
                counts[root] += 1
                first[root] = min(item.head.i, first.get(root, item.head.i))
        if len(counts) < 2:
            return list(texts)
        (best, most), (_, next_most), *_ = counts.most_common(2)
        if most == next_most or first[best] != min(first.values()):
            return list(texts)
        return [text for text in texts if self.sets.root(self.surfaces[text][0].index) == best]

    def _genders_agree(self, a: str, b: str) -> bool:
        genders = [{s.gender for s in self.surfaces[t] if s.gender} for t in (a, b)]
        return not (genders[0] and genders[1]) or bool(genders[0] & genders[1])

    def _organisations(self) -> None:
        """ "Micron Technology", later "Micron"; "Lumora Optics", later "Lumora": the end left out, if one full name fits.

        A trade word may always go. Other words go only where the full name came first and names no part of a larger whole: after
        "Carrefour Global Sourcing", Carrefour is its parent. Of several words those left are two or more before a small one: "House
        of Commons of Canada", "Shihlin Electric and Engineering"; an acronym with a word behind it is a part ("BBC Television").
        """
        shortened: dict[str, list[str]] = {}
        for text, name in self.names.items():
            if not compatible(self.kinds[text], "Organization"):
                continue
            for size in range(len(name.core) - 1, 0, -1):
                tail = name.core[size:]
                if all(word in self.reader.descriptors for word in tail):
                    shortened.setdefault(joined(name.core[:size]), []).append(text)
                elif self._may_go(text, tail, size):
                    shortened.setdefault(f"{joined(name.core[:size])} …", []).append(text)
        for text in sorted(self.names):
            name = self.reader.read(text)
            lone = len(name.core) == 1 and self.kinds[text] == "Person" and not self._is_somebody(text)
            if not lone and not compatible(self.kinds[text], "Organization"):
                continue
            full = shortened.get(name.key, [])
            whole = len(name.core) > 1 and self.kinds[text] == "Organization"
            if not full and (whole or (len(name.core) == 1 and not self._is_common(name.key))):
                full = [t for t in shortened.get(f"{name.key} …", ()) if self._introduces(t, text)]
            if self._join_if_one([t for t in full if t != text], text, "short form"):
                self._set_kind(text, "Organization")

    def _may_go(self, text: str, tail: Sequence[str], size: int) -> bool:
        """Whether these last words of an organisation's name may be left out though they are no trade words."""
        if self.kinds[text] != "Organization" or any(word in self.reader.units for word in tail):
            return False
        if size > 1:
            return tail[0] in self.reader.links
        return not self.reader.read(self.names[text].text.split()[0]).acronym

    def _is_somebody(self, text: str) -> bool:
        """One word that is part of a person's full name here, or comes with a title: not the pipeline's guess alone."""
        root = self.sets.root(self.surfaces[text][0].index)
        titled = any(item.gender for item in self.surfaces[text]) or self.names[text].kind == "person"
        others = (
            t for t, items in self.surfaces.items() if t != text and self.sets.root(items[0].index) == root
        )
        return titled or any(self.kinds[t] == "Person" for t in others)

    def _is_common(self, word: str) -> bool:
        """A noun or a nation: "Bank" is not short for Bank of America, nor "American" for American Airlines."""
        return bool(self.sight.type_of_noun(word)) or word in self.nations

    def _introduces(self, full: str, short: str) -> bool:
        """The full name comes before the short one; a headline may be ahead of both."""
        first = min(item.head.i for item in self.surfaces[full])
        return all(item.head.i > first for item in self.surfaces[short] if item.mention.sentence > 0)

    def _without_first(self) -> None:
        """ "Google Chrome", later "Chrome"; "Irish Data Protection Commission", "Data Protection Commission".

        The maker before a thing's name and the nationality before an authority's may be left out, if one full name fits.
        """
        makers = {name.key for text, name in self.names.items() if self.kinds[text] == "Organization"}
        longer: dict[str, list[str]] = {}
        for text, name in self.names.items():
            if len(name.core) > 1:
                thing = self.kinds[text] == "Thing" and (name.core[0] in makers or len(name.core) == 2)
                national = (
                    self.kinds[text] == "Organization" and len(name.core) > 2 and name.core[0] in self.nations
                )
                if thing or national:
                    longer.setdefault(joined(name.core[1:]), []).append(text)
                for size in range(1, len(name.core) - 1):  # "Johns Hopkins Carey Business School"
                    tail = name.core[size:]
                    if self.kinds[text] == "Organization" and self.sight.type_of_words(tail):
                        longer.setdefault(joined(tail), []).append(text)
        for text, name in self.names.items():
            fits = [
                t
                for t in longer.get(name.key, ())
                if self.kinds[t] == self.kinds[text] or not self.kinds[text]
            ]
            if self.kinds[text] in ("Thing", "Organization", ""):
                self._join_if_one(fits, text, "first word left out")

    def _last_word(self) -> None:
        """ "The European Commission", later "the Commission": with the article, and if one full name fits."""
        longer: dict[str, list[str]] = {}
        for text, name in self.names.items():
            if len(name.core) > 1 and self.kinds[text] == "Organization":
                longer.setdefault(name.core[-1], []).append(text)
        for text, name in self.names.items():
            if len(name.words) == 1 and all(s.determiner == "the" for s in self.surfaces[text]):
                self._join_if_one(longer.get(name.words[0], ()), text, "last word")

    def _join_if_one(self, full: Sequence[str], short: str, reason: str) -> bool:
        """Join the mentions of `short` to those of the full name, if all full names are one thing. False if they are not."""
        roots = {self.sets.root(self.surfaces[text][0].index) for text in full}
        if len(roots) != 1:
            return False
        for item in self.surfaces[short]:
            self._join(self.surfaces[full[0]][0], item, reason)
        return True


def best_name(names: Iterable[Name]) -> Name:
    """The name to show: spelt out and full, then the most frequent, then without legal form, not all capitals, the longest."""
    counts = Counter(names)
    longest = max(len(name.core) for name in counts)
    return min(
        counts,
        key=lambda n: (
            n.acronym and longest > 1,
            -len(n.core),
            -counts[n],
            n.shouted,
            n.trimmings,
            -len(n.text),
            n.text,
        ),
    )
