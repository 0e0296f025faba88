"""Sieves for names: which names of one article mean the same thing.

Each sieve is a rung of the ladder in `kg.resolve.names`; inside an article the looser rungs hold, as long as only one
candidate is there. People's names are left to `persons`, shortened ones of organisations and things to `shortened`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kg.extract.coref.aliases import FORMER, LATER, Announced
from kg.extract.coref.persons import Persons
from kg.extract.coref.seen import Seen, Sight
from kg.extract.coref.shortened import Shortened
from kg.extract.coref.surfaces import Surfaces
from kg.model import Form
from kg.resolve.ladder import abbreviates, initials, rung
from kg.resolve.link import KINDS, Clusters, compatible
from kg.resolve.names import Name, NameReader

_OPENING = re.compile(r"\s*[(\[]\s*[\"“‘']?(?P<market>[A-Z][\w.& ]{1,20}:\s*)?[\"“‘']?$")
_CLOSING = re.compile(r"\.?\s*[\"”’']?\s*[)\];,]")
FORMER_NAME = "former name"  # the rung of a name that the thing has no longer: it is not called by it
_WINDOW = 40  # characters in which a bracket must open before a short form


class Naming:
    """Groups the name mentions of one article. `sets` are joined in place; `rungs` gets a reason for each joined mention."""

    def __init__(
        self, seen: Sequence[Seen], sight: Sight, reader: NameReader, sets: Clusters, rungs: dict[int, str]
    ) -> None:
        self.text = sight.doc.text
        self.ontology = sight.ontology
        self.seen = seen
        self.known = Surfaces(seen, sight, reader, sets, rungs)

    def run(self) -> None:
        """All sieves, the most precise first."""
        self._same_key()
        self._unmarked()
        self._bracketed()
        self._announced()
        self._acronyms()
        Persons(self.known).run()
        Shortened(self.known).run()
        self._acronyms()  # again: what spelt two names may now spell one

    def _same_key(self) -> None:
        """Identical, spelling, legal form, title. Where kinds differ the most frequent wins, unless a title or a full name makes a person."""
        known = self.known
        blocks: dict[str, list[str]] = {}
        for text in known.of:
            blocks.setdefault(known.names[text].key, []).append(text)
        for texts in blocks.values():
            titled = [
                t
                for t in texts
                if any(s.gender for s in known.of[t])
                or known.names[t].kind == "person"
                or (known.kinds[t] == "Person" and known.names[t].core in known.families)
            ]
            rest = [t for t in texts if t not in titled]
            votes = Counter(known.kinds[t] for t in rest for _ in known.of[t] if known.kinds[t])
            kind = min(votes, key=lambda k: (-votes[k], KINDS.index(k)), default="")
            for text in rest:
                known.set_kind(text, kind)
            for group in [texts] if compatible(kind, "Person") else [titled, rest]:
                known.join_all(group)

    def _unmarked(self) -> None:
        """The same capitalised words, once taken for a name and once not."""
        for item in self.seen:
            text = item.mention.text
            if item.mention.form is Form.NOMINAL and text in self.known.of and not text.islower():
                self.known.join(self.known.of[text][0], item, "same name")

    def _bracketed(self) -> None:
        """ "Irish Data Protection Commission (DPC)", "Alibaba (NYSE: BABA)": the bracket says what the short form means."""
        known = self.known
        ends = {s.mention.span.end: s for s in known.mentions}
        for item in known.mentions:
            span, name = item.mention.span, known.names[item.mention.text]
            before = self.text[max(0, span.start - _WINDOW) : span.start]
            opening = _OPENING.search(before)
            if opening is None or not _CLOSING.match(self.text[span.end : span.end + 4]):
                continue
            full = ends.get(span.start - (len(before) - opening.start()))
            if full is None or not name.words:
                continue
            long, short = known.names[full.mention.text], name
            if short.acronym and opening["market"] and known.kinds[long.text] not in ("Person", "Place"):
                known.join(full, item, "ticker")
            elif any(a.acronym and abbreviates(a.text, b.text) for a, b in ((short, long), (long, short))):
                known.join(full, item, "acronym")

    def _announced(self) -> None:
        """ "Aldera, formerly Castle Mills": the text says that two names are one thing's."""
        known, words = self.known, self.ontology.words
        announced = Announced(
            words.get("alias_phrase", {}), words.get("alias_filling", {}), words.get("demonym", {}).keys()
        )
        ordered = sorted(known.mentions, key=lambda s: s.mention.span)
        short = {text for text, name in known.names.items() if name.acronym}
        for first, second in list(announced.pairs(self.text, ordered, known.kinds, short)):
            kinds = [known.kinds[item.mention.text] for item in (first, second)]
            if compatible(*kinds):
                between = self.text[first.mention.span.end : second.mention.span.start]
                order = announced.order(between)
                reason = FORMER_NAME if order == FORMER else "second name"
                known.join(first, second, reason)
                for item in known.of[first.mention.text] if order == LATER else ():
                    known.rungs[item.index] = FORMER_NAME
                if not kinds[1] or kinds[1] == "Thing":
                    known.set_kind(second.mention.text, kinds[0])
                for item in known.of[second.mention.text]:
                    known.join(second, item, reason)

    def _acronyms(self) -> None:
        """An acronym that spells the initials of exactly one name of the article."""
        known = self.known
        spelt: dict[str, list[str]] = {}
        for text, name in known.names.items():
            if not name.acronym and known.kinds[text] != "Person":
                for letters in {i[k:] for i in initials(name) for k in (0, 1)} | {
                    i[:3] for i in initials(name)
                }:
                    spelt.setdefault(letters, []).append(text)
        for text, name in known.names.items():
            if name.acronym:
                near = {*spelt.get(name.words[0], ()), *spelt.get(name.words[0][:3], ())}
                known.join_if_one(
                    [t for t in sorted(near) if rung(known.names[t], name) == "acronym"], text, "acronym"
                )


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
