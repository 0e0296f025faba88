"""Sieves for noun phrases without a name: the same phrase again, "the deal" after "a $5bn deal", "the S1 glasses"; see `beside`, too."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.coref.beside import Beside
from kg.extract.coref.salience import nations_of
from kg.extract.coref.seen import Seen, Sight, said_of
from kg.model import Form
from kg.resolve.link import Clusters
from kg.resolve.names import NameReader, split_words

_REACH = 12  # sentences back to which a definite phrase may repeat an earlier one
_LEAD = 2  # sentences after the headline that tell the same again
_CLOSE = 2  # the same for "this move"
_THIS = frozenset({"this", "that"})


class Phrases:
    """Groups nominal mentions with each other and with the names they are said of; joins `sets` in place."""

    def __init__(
        self, seen: Sequence[Seen], sight: Sight, reader: NameReader, sets: Clusters, rungs: dict[int, str]
    ) -> None:
        ontology = sight.ontology
        self.seen = seen
        self.sight = sight
        self.reader = reader
        self.sets = sets
        self.rungs = rungs
        sizes = ontology.words.get("size_modifier", {})
        self._sizes = {word for word, value in sizes.items() if not value}
        self._nation_sizes = sizes.keys()
        self._modifiers = ontology.words.get("generic_modifier", {})
        self._events = ontology.words.get("event_noun", {})
        self._pointing = ontology.words.get("pointing_noun", {})
        self._moves = ontology.words.get("movement_noun", {})
        self._pairs = ontology.words.get("pair_noun", {})
        self._said: dict[str, set[str]] = {}  # name -> nouns said of it
        for item in seen:
            if item.mention.form is Form.NAME:
                nouns = self._said.setdefault(item.mention.text, set())
                nouns.update(tree.lemma(noun) for noun in said_of(item.head))
        self._plain = ontology.words.get("plain_noun", {})
        self._synonyms = ontology.words.get("synonym_noun", {})
        self._determiners = ontology.words.get("determiner", {})
        self._nations = nations_of(ontology)
        self.again: list[
            tuple[Seen, Seen]
        ] = []  # "the company", "the company": one thing, unless either is resolved

    def run(self) -> None:
        """All sieves, the most precise first."""
        Beside(self.seen, self.sight, self.sets, self.rungs).run()
        self._models()
        self._headlined()
        self._repeated()
        self._same_event()
        self._taken_up()

    def _join(self, first: Seen, other: Seen, reason: str) -> None:
        if self.sets.root(first.index) != self.sets.root(other.index):
            self.sets.join(first.index, other.index)
            self.rungs.setdefault(other.index, reason)

    def _models(self) -> None:
        """ "the S1 glasses", "Alibaba's S1 model": a product's name before a noun for products is the product itself.

        What reads like a model's name ("S1") needs no other proof; any other name must be known to be a thing's.
        """
        names = {item.mention.text: item for item in self.seen if item.mention.form is Form.NAME}
        first: dict[str, Seen] = {}
        for item in self.seen:
            *before, last = self._own_words(item)
            common = last.text.islower() and last.pos_ not in ("VERB", "ADV")
            if (
                item.mention.form is Form.PRONOUN
                or not before
                or not common
                or tree.lemma(last) in self._events
            ):
                continue
            if item.kind == "Person" or item.plural:
                continue
            texts = [token.text for token in before]
            for model in (" ".join(texts[:size]) for size in range(len(texts), 0, -1)):
                name = names.get(model)
                coded = any(c.isdigit() for c in model.split()[-1]) and model[0].isupper()
                known = coded and bool(
                    item.mention.type or item.noun in self._plain
                )  # "L2 grammar" is no product
                typed = (
                    name is not None
                    and name.mention.type == item.mention.type != ""
                    and self._calls(name, item)
                )
                if name is not None and name is not item and name.kind in ("Thing", "") and (known or typed):
                    self._join(name, item, "name and noun")
                    break
                if known and item.kind in ("Thing", ""):
                    self._join(first.setdefault(model, item), item, "name and noun")
                    break

    def _calls(self, name: Seen, item: Seen) -> bool:
        """Whether a noun after a name only says what it is: "the Pixo console" is Pixo, a malaria vaccine is not malaria."""
        known = (self._plain, self._pairs, self._said.get(name.mention.text, ()))
        return any(item.noun in words for words in known)

    def _own_words(self, item: Seen) -> list[Token]:
        """The tokens of a minimal phrase without owner, determiner and what follows the noun: S1, smart, glasses."""
        words: list[Token] = []
        for token in self.sight.tokens(item.mention):
            if token.pos_ in ("PART", "DET", "PRON") or token.text in ("’s", "'s"):
                words = []
            elif token.pos_ == "ADP" and words:
                break
            else:
                words.append(token)
        return words or [item.head]

    def _headlined(self) -> None:
        """ "Norda to build $4 billion mill" over "Norda will build a $4 billion steel mill": headline and lead tell of one thing.

        The noun must stand once in each, but for "the mill"; of several things ("600 jobs") the words must be the same.
        """
        first = next((s for s in self.sight.doc.sents if s.text.strip()), None)
        if first is None or first.text.strip()[-1] in ".!?":
            return  # no headline
        places: tuple[dict[str, list[Seen]], dict[str, list[Seen]]] = ({}, {})
        for item in self.seen:
            part = 0 if item.head.i < first.end else 1 if item.mention.sentence <= _LEAD else None
            telling = item.mention.form is Form.NOMINAL and item.noun not in self._pointing
            if telling and part is not None:
                places[part].setdefault(f"{item.noun}/{item.plural}", []).append(item)
        for noun, heads in places[0].items():
            leads = places[1].get(noun, [])
            leads = [item for item in leads if not item.definite] or leads
            if len(heads) == len(leads) == 1 and not heads[0].determiner:
                known, words = self._content(heads[0]), self._content(leads[0])
                if words == known or (not heads[0].plural and (words <= known or known <= words)):
                    self._join(heads[0], leads[0], "headline")

    def _repeated(self) -> None:
        """The same words again, or a definite phrase whose words were all in an earlier one with the same head."""
        last: dict[str, list[tuple[Seen, frozenset[str]]]] = {}
        said = {noun.i for item in self.seen if item.mention.form is Form.NAME for noun in said_of(item.head)}
        firms: dict[str, Seen] = {}
        for item in sorted(self.seen, key=lambda s: s.head.i):
            if item.mention.form is not Form.NOMINAL or item.head.i in said:
                continue  # "the broker" after "Zorrox, a broker" is Zorrox, not the class
            words = self._content(item)
            if item.plural:
                self._nations_firms(item, words, firms)
            earlier = last.setdefault(f"{self._synonyms.get(item.noun, item.noun)}/{item.plural}", [])
            if earlier and self._points_back(item):
                for other, known in reversed(earlier[-20:]):
                    near = item.mention.sentence - other.mention.sentence <= _REACH
                    less = item.definite and near and words < known and item.noun not in self._plain
                    if (words == known or less or self._narrower(item, words, known)) and self._same_owner(
                        item, other
                    ):
                        if self._anybodys(item):
                            self.again.append((other, item))
                        else:
                            self._join(other, item, "same phrase" if words == known else "same head")
                        break
            earlier.append((item, words))

    def _nations_firms(self, item: Seen, words: frozenset[str], firms: dict[str, Seen]) -> None:
        """ "China's biggest players" after "Chinese technology companies". `firms` holds for each nation its firms spoken of last."""
        nations = {self._nations[word] for word in words if word in self._nations}
        if len(nations) != 1:
            return
        nation = next(iter(nations))
        more = words - self._nations.keys() - self._nation_sizes - {item.head.text.lower()}
        if self.sight.ontology.is_a(item.mention.type, "Company"):
            firms[nation] = item
        elif item.mention.type == "Agent" and nation in firms and not more:
            self._join(firms[nation], item, "same group")

    def _anybodys(self, item: Seen) -> bool:
        """ "The company": said of one firm here and of another there."""
        telling = self._content(item) - self._modifiers.keys()
        return not item.plural and bool(self._plain.get(item.noun)) and len(telling) < 2

    def _same_event(self) -> None:
        """ "Mars' Kellanova deal", "Mars' takeover of Kellanova", later "the deal": one event of one kind between the same parties."""
        told: dict[str, dict[frozenset[int], Seen]] = {}  # kind of event -> parties -> first phrase
        for item in sorted(self.seen, key=lambda s: s.head.i):
            kind = self._events.get(item.noun, "") if item.mention.form is Form.NOMINAL else ""
            if not kind or item.plural:
                continue
            parties = self._parties(item)
            known = told.setdefault(kind, {})
            same = next((first for others, first in known.items() if len(parties & others) > 1), None)
            if same is not None:
                self._join(same, item, "same parties")
            elif parties:
                known.setdefault(parties, item)
            elif item.definite and len(known) == 1 and len(self._content(item) - self._modifiers.keys()) < 2:
                self._join(next(iter(known.values())), item, "event")

    def _taken_up(self) -> None:
        """ "This overseas shift" after "the overseas sourcing of fabrics", later "this move": a noun for movement takes up what was going on.

        Both have an adjective that picks it out; "the" may stand for "this" only where both are nouns for movement.
        """
        going_on: dict[str, list[Seen]] = {}  # adjective -> phrases for what goes on
        latest: Seen | None = None
        for item in sorted(self.seen, key=lambda s: s.head.i):
            if item.mention.form is not Form.NOMINAL or item.plural:
                continue
            marks = [
                w.lower_ for w in item.head.lefts if tree.base(w) == "amod" and self._picks_out(w.lower_)
            ]
            if item.noun in self._moves and item.definite:
                this, sentence = item.determiner in _THIS, item.mention.sentence
                earlier = [
                    other
                    for mark in marks
                    for other in going_on.get(mark, ())
                    if sentence - other.mention.sentence <= _REACH and (this or other.noun in self._moves)
                ]
                if this and not marks and latest and sentence - latest.mention.sentence <= _CLOSE:
                    earlier = [latest]
                if earlier:
                    self._join(earlier[-1], item, "taken up")
                latest = item
            if item.noun in self._moves or self._goes_on(item):
                for mark in marks:
                    going_on.setdefault(mark, []).append(item)

    def _picks_out(self, adjective: str) -> bool:
        return not (
            adjective in self._modifiers
            or adjective in self._nation_sizes
            or adjective in self.reader.nations
        )

    def _goes_on(self, item: Seen) -> bool:
        """A phrase for something people do: "the overseas sourcing of fabrics"."""
        doing = item.head.tag_ == "NN" and item.head.lower_.endswith("ing")
        return doing or self.sight.ontology.is_a(item.mention.type, "Activity")

    def _parties(self, item: Seen) -> frozenset[int]:
        """The things named inside a phrase."""
        span = item.mention.phrase
        inside = (
            n for n in self.seen if span.start <= n.mention.span.start and n.mention.span.end <= span.end
        )
        return frozenset(
            self.sets.root(n.index) for n in inside if n.mention.form is Form.NAME and not n.adjective
        )

    def _narrower(self, item: Seen, words: frozenset[str], known: frozenset[str]) -> bool:
        """ "Chinese firms", "other Chinese firms" after "Chinese technology companies": a nation's firms are those spoken of before."""
        return item.plural and bool(words & self.reader.nations) and words - self._nation_sizes <= known

    def _points_back(self, item: Seen) -> bool:
        """Definite, or bare and general ("smartphones", "Chinese tech companies"): never "a deal", "its deal", "two deals"."""
        if item.definite:
            return True
        bare = item.determiner == "" and not tree.children(item.head, "nummod")
        return bare and (item.plural or len(self._content(item)) > 1) and not self._changing(item)

    def _changing(self, item: Seen) -> bool:
        words = frozenset(split_words(item.mention.text))
        sizes = self._nation_sizes if item.plural and words & self.reader.nations else self._sizes
        return any(w in self._modifiers and w not in sizes for w in words)

    def _same_owner(self, item: Seen, other: Seen) -> bool:
        """Both or neither belong to a whole clause of their own: "the price of X" is not "the price of Y"."""
        return "'s" not in (item.determiner, other.determiner) or item.mention.text == other.mention.text

    def _content(self, item: Seen) -> frozenset[str]:
        words = split_words(item.mention.text)
        return frozenset(self._synonyms.get(w, w) for w in words if w not in self._determiners)
