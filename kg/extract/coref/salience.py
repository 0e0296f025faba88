"""What makes a thing of an article the likelier one to be meant: it is what the article is about, it is the subject above, its own
people speak of it, and it is from where the description says ("the Danish brewer").

Centering (Grosz, Joshi and Weinstein 1995) ranks subjects before all else; news names what it is about in headline and lead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.coref.seen import Seen, Sight, ancestors
from kg.model import Form
from kg.ontology import Ontology
from kg.resolve.link import Clusters

LEAD = 2  # sentences of headline and lead
TOPICS = 2  # as many things as an article is about, at most
NEAR = 12  # words around a name that tell where it is from
_PLACES = ("continent_demonym", "continent", "demonym", "country", "bloc", "city", "region")


class Salience:
    """Numbers about the mentions of one article. `names` are the clusters that names alone make, `sieved` those of all rules;
    `posts` are pairs (person, organisation named beside)."""

    def __init__(
        self,
        order: Sequence[Seen],
        sight: Sight,
        names: Clusters,
        sieved: Clusters,
        posts: Sequence[tuple[Seen, Seen]],
    ) -> None:
        self.names = names
        self.sieved = sieved
        self.nations = nations_of(sight.ontology)
        self.topics = self._topics(order)
        self.led = {names.root(s.index) for s in order if _named(s) and s.mention.sentence < LEAD}
        self.origins = self._origins(order)
        self.by_head = {s.head.i: s for s in order}
        self._subjects: dict[int, int] = {}  # of sentences
        self._above: dict[int, int] = {}  # of clauses
        self._employers: dict[int, set[int]] = {}
        for person, firm in posts:
            self._employers.setdefault(sieved.root(person.index), set()).add(names.root(firm.index))

    def row(self, item: Seen, clause: Token, speaker: Token | None) -> dict[str, int]:
        """The columns of one mention; `clause` is the predicate it belongs to, `speaker` who says it, if it is quoted."""
        root = self.names.root(item.index)
        if clause.i not in self._above:
            above = next((token for token in ancestors(clause) if tree.is_predicate(token)), None)
            self._above[clause.i] = above.i if above is not None else -1
        return {
            "topic": self.topics.get(root, 0) if _named(item) else 0,
            "led": _named(item) and root in self.led,
            "main": item.head.dep_.startswith("nsubj") and item.head.head.dep_ == "ROOT",
            "above": self._above[clause.i],
            "employer": self._employer(item, speaker),
            "placed": bool(self.told(item)) or _named_after(item),
        }

    def told(self, item: Seen) -> frozenset[str]:
        """The nations a description without a name says its thing is of: Denmark for "the Danish brewer", "the Aarhus firm"."""
        if item.mention.form is not Form.NOMINAL:
            return frozenset()
        words = [child for child in item.head.lefts if child.dep_ in ("amod", "compound")]
        words += [child.left_edge for child in words if child.left_edge != child]  # "Danish-based"
        return frozenset(self.nations[w.lower_] for w in words if w.lower_ in self.nations)

    def _topics(self, order: Sequence[Seen]) -> dict[int, int]:
        """Clusters of organisations and things that are named most often, and how many are named more often, from 1."""
        counts = Counter(
            self.names.root(s.index) for s in order if _named(s) and s.kind not in ("Person", "Place")
        )
        ranked = sorted((root for root in counts if counts[root] > 1), key=lambda root: (-counts[root], root))
        return {root: rank for rank, root in enumerate(ranked[:TOPICS], 1)}

    def _origins(self, order: Sequence[Seen]) -> dict[int, frozenset[str]]:
        """Nations told beside the names of a cluster: "Norda of Denmark", "Norda, a Danish brewer", "Aarhus-based Norda"."""
        found: dict[int, set[str]] = {}
        for item in order:
            if _named(item) and item.kind in ("Organization", "Person", "Thing", ""):
                head = item.head
                near = [*head.subtree][: 2 * NEAR]
                if head.dep_ in ("appos", "flat"):
                    near += [w for w in head.head.subtree if abs(w.i - head.i) <= NEAR]
                words = {w.lower_ for w in near if abs(w.i - head.i) <= NEAR}
                words |= {part for word in words for part in word.split("-")}
                found.setdefault(self.names.root(item.index), set()).update(
                    self.nations[w] for w in words if w in self.nations
                )
        return {root: frozenset(nations) for root, nations in found.items() if nations}

    def _employer(self, item: Seen, speaker: Token | None) -> int:
        """The cluster of the one organisation for which the person speaks who is the subject of the sentence; -1 for none."""
        person = self.by_head.get(speaker.i if speaker is not None else self._subject(item))
        firms = self._employers.get(self.sieved.root(person.index), set()) if person is not None else set()
        return next(iter(firms)) if len(firms) == 1 else -1

    def _subject(self, item: Seen) -> int:
        """The subject of the sentence; -1 for none."""
        number = item.mention.sentence
        if number not in self._subjects:
            top = item.head.sent.root
            found = (c.i for c in top.children if c.dep_ in ("nsubj", "nsubj:pass"))
            self._subjects[number] = next(found, -1)
        return self._subjects[number]


def nations_of(ontology: Ontology) -> Mapping[str, str]:
    """Word -> the nation it names or lies in: Denmark of "danish" and "aarhus"."""
    return {word: nation for name in _PLACES for word, nation in ontology.words.get(name, {}).items()}


def _named(item: Seen) -> bool:
    return item.mention.form is Form.NAME and not item.adjective


def _named_after(item: Seen) -> bool:
    """ "The Edinburgh house": a name stands in the description, and be it unknown."""
    return item.mention.form is Form.NOMINAL and any(
        w.pos_ == "PROPN" for w in tree.children(item.head, "compound")
    )
