"""What the ontology knows: classes, relations, the words that express them. Plain values; Turtle is read in `kg.rdf.schema`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

#: Kind of the frames that propose a relation by its name instead of a cue word.
LEARNED = "learned"


@dataclass(frozen=True, slots=True)
class EntityType:
    """A class of things. `nouns` are head nouns that give it away ("chipmaker" -> Company); `ner` pipeline labels."""

    name: str
    label: str
    comment: str = ""
    parents: tuple[str, ...] = ()  # direct superclasses
    nouns: frozenset[str] = frozenset()  # lemmas, lower case
    ner: frozenset[str] = frozenset()  # labels of the language pipeline that map here
    literal: bool = False  # Money, Date … : objects are Values
    phrase: bool = False  # Outcome, Action … : objects are kept as text
    common: bool = False  # Concept: only common nouns stand for it ("a chipmaker"), never a name
    shipped: bool = False  # put under an own ontology by kg, not of the ontology itself
    loose: bool = (
        False  # of an own ontology, and kg cannot tell its members by their names: anything named may be one
    )


@dataclass(frozen=True, slots=True)
class Cue:
    """One way to say a relation: a word and the slots where its subject and object stand (a LexInfo frame, compact).

    `frame`: "verb" (verbal clause) | "noun" (deverbal or relational noun with its PPs or possessive) | "role" (noun said OF
    the subject: "X is a subsidiary of Y", "X, maker of Y", "Y unit X") | "adjective" ("X is available in Y", "Y-based X") |
    "measure" (noun whose value is the object: "revenue of $5bn") | "possessive" ("Acme's glasses") | "metadata".
    Slots are those of `kg.model.Role`.
    """

    frame: str
    lemma: str  # "launch"; with particle "roll out"; with object noun "take stake"
    subject: str  # slot of the relation's subject: "subj"
    object: str  # slot of the relation's object: "obj", "with" …
    qualifiers: tuple[tuple[str, str], ...] = ()  # (slot, qualifier name)
    modality: str = ""  # mood the word itself carries: "planned"
    polarity: str = ""  # "negative" for "lack"
    negated: bool = False  # says it only when denied: "does not guarantee" disclaims, "has no" lacks
    domain: tuple[
        str, ...
    ] = ()  # narrower than the relation's: "cut" reduces costs, not ribbons; () = as the relation has it
    range: tuple[str, ...] = ()
    strict: bool = False  # both sides must be known to fit, not merely unknown: for words of many meanings ("have", "make")
    beside: tuple[str, ...] = ()  # slots that must be filled, too: "wants Bolt to sell" urges
    without: tuple[str, ...] = ()  # slots that must stay empty: "wants to sell" is an intention
    bars: tuple[
        str, ...
    ] = ()  # classes of which no further argument may be: who sells a plant to a fund does not supply it
    shared: bool = False  # several relations may say it of one pair, where both their sides are surely met: "Lyon, France"
    source: str = ""  # the label or comment it was derived from; "" = written in the ontology
    units: tuple[str, ...] = ()  # what the figure must count: "pages" for a number of pages; () = anything


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """A sentence that says the relation of `subject` and `object`; both "" where the ontology does not name them."""

    text: str
    subject: str = ""
    object: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation: who may stand on either side, how it behaves, which words say it."""

    name: str
    label: str
    comment: str = ""
    domain: tuple[str, ...] = ()  # alternatives; () = anything
    range: tuple[str, ...] = ()
    inverse: str = ""
    symmetric: bool = False
    transitive: bool = False
    fallback: bool = False  # of a clause ("said that …", "plans to …"): kept only where that clause says nothing more special
    expected_as: str = ""  # the relation to say instead where it is only expected: a result is no forecast
    functional: bool = False  # a thing has one value of it at most: two are a contradiction (`kg.check`)
    chains: tuple[
        tuple[str, ...], ...
    ] = ()  # paths of relations that imply it; "^made" is "made" read backwards
    parents: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    heads: tuple[tuple[str, bool], ...] = ()  # shipped relations that mean the same, and whether turned round
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ontology:
    """Classes and relations by name, and word classes ("reporting_verb" -> {"say", "tell"}) the reading rules speak of."""

    types: Mapping[str, EntityType]
    relations: Mapping[str, Relation]
    words: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # class -> word (lower-case lemma) -> its value or ""
    digest: str = ""  # hash of the Turtle it came from
    namespace: str = "https://kg.example/ontology#"

    @cached_property
    def nouns(self) -> frozenset[str]:
        """All nouns that give a class away."""
        return frozenset(noun for kind in self.types.values() for noun in kind.nouns)

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        return {}  # filled as classes are asked for: of 50,000, an article needs few

    def ancestors(self, name: str) -> frozenset[str]:
        """A class and all classes above it; none for ""."""
        if name not in self.types:
            return frozenset({name} - {""})
        if name not in self._ancestors:
            found = {name}
            waiting = [name]
            while waiting:
                kind = self.types.get(waiting.pop())
                above = [parent for parent in (kind.parents if kind else ()) if parent not in found]
                found.update(above)
                waiting += above
            self._ancestors[name] = frozenset(found)
        return self._ancestors[name]

    def is_a(self, name: str, ancestor: str) -> bool:
        """True when class `name` is `ancestor` or below it; "Any" is above everything."""
        return ancestor == "Any" or ancestor in self.ancestors(name)

    @cached_property
    def _breadths(self) -> dict[str, int]:
        below: dict[str, list[str]] = {}
        for kind in self.types.values():
            for parent in kind.parents:
                below.setdefault(parent, []).append(kind.name)
        count: dict[str, int] = {}
        for name in {c for r in self.relations.values() for c in (*r.domain, *r.range)}:
            found = {name}
            waiting = [name]
            while waiting:
                new = [child for child in below.get(waiting.pop(), ()) if child not in found]
                found.update(new)
                waiting += new
            count[name] = len(found)

        def admitted(classes: tuple[str, ...]) -> int:
            return sum(
                len(self.types) if name == "Any" else count.get(name, 1) for name in classes or ("Any",)
            )

        return {r.name: admitted(r.domain) + admitted(r.range) for r in self.relations.values()}

    def breadth(self, relation: Relation) -> int:
        """How many classes a relation admits on its two sides: the fewer, the more special it is."""
        return self._breadths[relation.name]

    def classifies(self, relation: str) -> bool:
        """Whether the relation says what kind of thing its subject is: its object is a common noun."""
        known = self.relations.get(relation)
        names = known.range if known is not None else ()
        return any(self.types[name].common for name in names if name in self.types)

    def meanings(self, kind: str, cue: str) -> tuple[tuple[Relation, Cue], ...]:
        """The relations that a cue of a frame of this kind may mean, in name order; a learned frame names its relation."""
        if kind == LEARNED:
            relation = self.relations.get(cue)
            if relation is None:
                return ()
            usual = sorted({name for known in relation.cues for _, name in known.qualifiers})
            return ((relation, Cue(LEARNED, cue, "subj", "obj", tuple((name, name) for name in usual))),)
        return self.cue_index.get((kind, cue), ())

    @cached_property
    def cue_frames(self) -> frozenset[str]:
        """The kinds of frames that some cue asks for."""
        return frozenset(kind for kind, _ in self.cue_index)

    @cached_property
    def cue_words(self) -> dict[str, tuple[frozenset[str], ...]]:
        """Relation -> the words of each of its cues."""
        return {
            relation.name: tuple(frozenset(cue.lemma.split()) for cue in relation.cues)
            for relation in self.relations.values()
        }

    @cached_property
    def cue_index(self) -> dict[tuple[str, str], tuple[tuple[Relation, Cue], ...]]:
        """(frame, lemma) -> the relations that may be meant, in name order."""
        index: dict[tuple[str, str], list[tuple[Relation, Cue]]] = {}
        for relation in sorted(self.relations.values(), key=lambda r: r.name):
            for cue in relation.cues:
                index.setdefault((cue.frame, cue.lemma), []).append((relation, cue))
        return {key: tuple(found) for key, found in index.items()}
