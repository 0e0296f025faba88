"""Sieves for people's names inside one article: word order, middle names and initials, then the lone family or given name."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.coref.surfaces import Surfaces

Texts = dict[tuple[str, ...], list[str]]  # words of a name -> spellings of full names that hold them


class Persons:
    """Joins the names of people. What is left of a name must fit one person of the article, or the one whom it is about."""

    def __init__(self, known: Surfaces) -> None:
        self.known = known

    def run(self) -> None:
        """All sieves, the most precise first."""
        people = [text for text in self.known.of if self.known.kinds[text] == "Person"]
        self._other_order(people)
        self._initials(people)
        self._middle_names(people)
        self._lone(people)

    def _other_order(self, people: Sequence[str]) -> None:
        """ "Foo Yun Chee", "Yun Chee Foo"."""
        orders: Texts = {}
        for text in people:
            core = self.known.names[text].core
            if len(core) > 1:
                orders.setdefault(tuple(sorted(core)), []).append(text)
        for texts in orders.values():
            for text in texts[1:]:
                self.known.join_if_one(texts[:1], text, "name order")

    def _initials(self, people: Sequence[str]) -> None:
        """ "N. C. Wyeth" is Newell Convers Wyeth: one initial for each given name."""
        spelt: Texts = {}
        for text in people:
            name = self.known.names[text]
            given = name.core[: -len(name.family)] if name.family else ()
            if given and any(len(word) > 1 for word in given):
                spelt.setdefault((*(word[0] for word in given), *name.family), []).append(text)
        for text in people:
            core = self.known.names[text].core
            if len(core) > 1 and len(core[0]) == 1:
                self.known.join_if_one([t for t in spelt.get(core, ()) if t != text], text, "initials")

    def _middle_names(self, people: Sequence[str]) -> None:
        """ "Charles Spurgeon Johnson", "Charles Johnson"."""
        middles: Texts = {}
        for text in people:
            name = self.known.names[text]
            if len(name.core) > 1:
                middles.setdefault((name.core[0], *name.family), []).append(text)
        for texts in middles.values():
            for text in sorted(texts, key=lambda t: len(self.known.names[t].core)):
                short = set(self.known.names[text].core)
                longer = [t for t in texts if short < set(self.known.names[t].core)]
                self.known.join_if_one(longer, text, "middle name")

    def _lone(self, people: Sequence[str]) -> None:
        """Family names, then given names, then names from the middle, that only one full name of the article has."""
        families, given, inner = self._parts(people)
        reader, kinds = self.known.reader, self.known.kinds
        titled = {self.known.names[t].core for t in people if self.known.names[t].kind == "person"}
        for text in list(self.known.names):  # "Mr Shiga" makes a person of "Toshiyuki Shiga"
            name = reader.read(text, person=True)
            if kinds[text] != "Person" and len(name.core) > 1 and name.family in titled:
                self.known.set_kind(text, "Person")
                families.setdefault(name.family, []).append(text)
        for text in self.known.names:
            core = reader.read(text, person=True).core
            joined = False
            if kinds[text] in ("Person", "") or self._mistaken(text, families.get(core, ())):
                fits = [t for t in families.get(core, ()) if t != text and self._genders_agree(t, text)]
                joined = self.known.join_if_one(self.known.foremost(fits), text, "family name")
                if joined:
                    self.known.set_kind(text, "Person")
            if not joined and kinds[text] == "Person":
                fits = [t for t in given.get(core, ()) if t != text]
                if core not in families:
                    joined = self.known.join_if_one(self.known.foremost(fits), text, "given name")
                if not joined and core not in families and core not in given:
                    self.known.join_if_one(inner.get(core, ()), text, "middle name")

    def _mistaken(self, text: str, full: Sequence[str]) -> bool:
        """A lone family name that the pipeline took for a firm's: "Azevedo" after "Duarte Azevedo", with no Azevedo Group beside.

        A firm is named before the people it is called after: where the lone word comes first, it is Ford, not Bill Ford.
        """
        known = self.known
        if known.kinds[text] != "Organization" or known.names[text].acronym or not full:
            return False
        first = min(item.head.i for t in full for item in known.of[t])
        firm = any(t != text and known.names[t].core[:1] == known.names[text].core for t in known.of)
        return not firm and all(item.head.i > first for item in known.of[text])

    def _parts(self, people: Sequence[str]) -> tuple[Texts, Texts, Texts]:
        """Full names by what may stand for them: what ends them ("de Masi", "Burne-Jones"), their first word, one inside."""
        families: Texts = {}
        given: Texts = {}
        inner: Texts = {}
        for text in people:
            name = self.known.names[text]
            core = name.core
            if len(core) < 2:
                continue
            given.setdefault(core[:1], []).append(text)
            ends = {core[start:] for start in range(1, len(core) - 1)}
            if len(core) > len(name.family):
                ends |= {name.family, name.family[-1:]}
            for end in sorted(ends):
                families.setdefault(end, []).append(text)
            for word in core[1:-1]:
                inner.setdefault((word,), []).append(text)
        return families, given, inner

    def _genders_agree(self, a: str, b: str) -> bool:
        genders = [{s.gender for s in self.known.of[t] if s.gender} for t in (a, b)]
        return not (genders[0] and genders[1]) or bool(genders[0] & genders[1])
