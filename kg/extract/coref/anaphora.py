"""Pronouns and definite descriptions: whom does "it", "she" or "the company" mean?

Candidates are filtered by agreement and syntax, then weighed by salience as in Lappin and Leass, "An Algorithm for Pronominal
Anaphora Resolution" (Computational Linguistics 20(4), 1994): recent sentences and subjects count more, older ones half as much
per sentence. Precision comes first: where the best candidate does not clearly lead, the mention stays alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import log2

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.coref.seen import OBJECT, OBLIQUE, POSSESSIVE, SUBJECT, Seen, Sight, ancestors, said_of
from kg.extract.coref.speech import Speech
from kg.model import Form
from kg.resolve.link import Clusters, compatible, kind_of
from kg.resolve.names import NameReader, split_words

WEIGHTS = {SUBJECT: 1.0, OBJECT: 0.65, POSSESSIVE: 0.5, OBLIQUE: 0.45}
EXACT_TYPE = 2.0  # a regulator is a likelier "agency" than an organisation of unknown kind
FADING = 0.5  # what is left of a mention's salience one sentence later
NAME_BONUS = 1.25
TOPIC_BONUS = 0.15  # for each doubling of the number of times a thing is named
LONE_FOR_PLURAL = 0.5  # "they" said of one organisation
THING_FOR_PLURAL = 0.7  # "they" said of things
PRONOUN_REACH = 2  # sentences back
PHRASE_REACH = 4
PRONOUN_LEAD = 1.15  # the best candidate must weigh this many times the second
PHRASE_LEAD = 1.3


@dataclass(slots=True)
class Thing:
    """What is known so far about one cluster, from its mentions up to the place being read."""

    mentions: list[Seen] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    types: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)  # heads of what it is called
    words: set[str] = field(default_factory=set)  # all words of that
    genders: set[str] = field(default_factory=set)
    pronouns: set[str] = field(
        default_factory=set
    )  # "male", "thing", "plural" …: what its pronouns agree with
    names: int = 0  # how often the article names it, before and after this place
    plural: bool = False

    @property
    def named(self) -> bool:
        """Called by a name somewhere in the article."""
        return self.names > 0

    @property
    def weight(self) -> float:
        """Names are better antecedents than descriptions, and what the article keeps naming is what it is about."""
        return NAME_BONUS + TOPIC_BONUS * log2(self.names) if self.names else 1.0

    @property
    def worded(self) -> bool:
        """Called by a name or noun at least once."""
        return self.named or bool(self.nouns)

    @property
    def kind(self) -> str:
        """The kind most mentions vote for."""
        return min(self.kinds, key=lambda k: (-self.kinds[k], k), default="")


class Anaphora:
    """Reads the mentions of one article from left to right and joins anaphors to what they mean."""

    def __init__(
        self, seen: Sequence[Seen], sight: Sight, sets: Clusters, rungs: dict[int, str], reader: NameReader
    ) -> None:
        ontology = sight.ontology
        self.order = sorted(seen, key=lambda s: (s.head.i, s.index))
        self.sight = sight
        self.sets = sets
        self.rungs = rungs
        self.ontology = ontology
        self.reader = reader
        self.speech = Speech(sight.doc, ontology.words.get("reporting_verb", {}))
        self.by_head = {item.head.i: item for item in seen}
        self._collective = ontology.words.get("collective_noun", {})
        self._events = ontology.words.get("event_noun", {})
        self._modifiers = ontology.words.get("generic_modifier", {})
        self._plain = ontology.words.get("plain_noun", {})
        self._described = sorted({kind for kind in self._plain.values() if kind})
        self._relational = ontology.words.get("relational_noun", {})
        self.things: dict[int, Thing] = {}
        self.recent: list[Seen] = []

    def run(self) -> None:
        """Resolve what can be resolved with confidence."""
        self._prepare()
        for item in self.order:
            if item.mention.form is Form.PRONOUN:
                self._pronoun(item)
            elif item.mention.form is Form.NOMINAL and item.definite and self._unknown(item):
                self._description(item)
            self._note(item)

    def _prepare(self) -> None:
        """Names first: what any mention of a name says of it holds for all, also before that place."""
        for item in self.order:
            if item.mention.form is Form.NAME and not item.adjective:
                thing = self._thing(item)
                thing.names += 1
                thing.plural |= item.plural and item.kind != "Organization"
                thing.genders |= {item.gender} - {""}
                name = self.reader.read(item.mention.text)
                thing.words.update(name.words)
                thing.nouns.update(name.words[-1:])
                for noun in said_of(item.head):
                    said = self.by_head.get(noun.i)
                    thing.nouns.add(tree.lemma(noun))
                    thing.words.update(split_words(said.mention.text) if said is not None else ())
                for type_name, votes in self.sight.evidence(item, name):
                    kind = kind_of(type_name, self.ontology)
                    thing.kinds[kind] = thing.kinds.get(kind, 0) + votes
                    thing.types.add(type_name)
        for thing in self.things.values():
            thing.types = {t for t in thing.types if kind_of(t, self.ontology) == thing.kind}

    def _thing(self, item: Seen) -> Thing:
        return self.things.setdefault(self.sets.root(item.index), Thing())

    def _note(self, item: Seen) -> None:
        thing = self._thing(item)
        thing.mentions.append(item)
        self.recent.append(item)
        if item.mention.form is Form.NOMINAL:
            thing.nouns.add(item.noun)
            thing.genders |= {item.gender} - {""}
            if not thing.named:
                thing.plural = item.plural
                thing.kinds[item.kind] = thing.kinds.get(item.kind, 0) + 1
                if item.mention.type:
                    thing.types.add(item.mention.type)
        elif item.mention.form is Form.PRONOUN:
            thing.genders |= {item.gender} - {""}
            thing.pronouns.update(item.pronoun[:1] or ("other",))

    def _unknown(self, item: Seen) -> bool:
        """Neither named anywhere nor mentioned before."""
        return not (self._thing(item).named or self._thing(item).mentions)

    def _join(self, item: Seen, antecedent: Seen, reason: str) -> None:
        roots = self.sets.root(antecedent.index), self.sets.root(item.index)
        if roots[0] == roots[1]:
            return
        things = [self.things.pop(root, Thing()) for root in roots]
        self.sets.join(*roots)
        old, new = things
        old.mentions = sorted(old.mentions + new.mentions, key=lambda s: s.head.i)
        for kind, count in new.kinds.items():
            old.kinds[kind] = old.kinds.get(kind, 0) + count
        old.types |= new.types
        old.nouns |= new.nouns
        old.words |= new.words
        old.pronouns |= new.pronouns
        old.plural |= new.plural
        old.genders |= new.genders
        old.names += new.names
        self.things[self.sets.root(item.index)] = old
        self.rungs.setdefault(item.index, reason)

    # Pronouns

    def _pronoun(self, item: Seen) -> None:
        features = item.pronoun
        if not features:
            return
        if features[0] == "relative":
            self._relative(item)
        elif "reflexive" in features:
            self._reflexive(item)
        elif features[0] in ("speaker", "speakers"):
            self._speaker(item)
        elif not (features[0] == "thing" and self._expletive(item.head)):
            weighed = self._weigh(item, PRONOUN_REACH, self._agrees)
            self._decide(item, weighed, PRONOUN_LEAD, "pronoun")

    def _expletive(self, token: Token) -> bool:
        """An "it" that stands for nothing: "it is clear that …", "it seems …"; "it rained" is left to the parser's label."""
        if tree.base(token) == "expl":
            return True
        if tree.base(token) != "nsubj":
            return False
        head = token.head
        clausal = tree.children(head, "csubj", "ccomp")
        infinitive = [
            x
            for x in tree.children(head, "xcomp", "advcl")
            if any(m.text.lower() == "to" for m in tree.children(x, "mark"))
        ]
        adjective = head.pos_ in ("ADJ", "NOUN") and tree.child(head, "cop") is not None
        raised = tree.lemma(head) in ("seem", "appear") and bool(clausal)
        return (
            (adjective and bool(clausal or infinitive))
            or bool(tree.children(head, "aux:pass") and clausal)
            or raised
        )

    def _relative(self, item: Seen) -> None:
        """ "the firm, which …": the noun that the relative clause modifies."""
        for governor in ancestors(item.head):
            if governor.dep_ in ("acl:relcl", "advcl:relcl") and governor.head != governor:
                noun = self.by_head.get(governor.head.i)
                if noun is not None and noun.head.i < item.head.i:
                    self._join(item, noun, "relative pronoun")
                return

    def _reflexive(self, item: Seen) -> None:
        """ "itself": the subject of its clause."""
        clause = tree.read_clause(next((a for a in ancestors(item.head) if tree.is_predicate(a)), item.head))
        for subject in tree.surface_subjects(clause):
            noun = self.by_head.get(subject.i)
            if noun is not None and noun.head.i < item.head.i and self._agrees(item, self._thing(noun)):
                self._join(item, noun, "reflexive")
                return

    def _speaker(self, item: Seen) -> None:
        """ "I" is who speaks; "we" the organisation that speaks or that the speaker is named with."""
        head = self.speech.speaker(item.head)
        speaker = self.by_head.get(head.i) if head is not None else None
        if speaker is None:
            return
        if item.pronoun[0] == "speaker":
            if self._thing(speaker).kind == "Person":
                self._join(item, speaker, "speaker")
            return
        if self._thing(speaker).kind == "Organization":
            self._join(item, speaker, "speaker")
            return
        near = [
            s
            for s in self.recent
            if s.kind == "Organization" and s.mention.form is Form.NAME and _inside(s.head, speaker.head)
        ]
        if len({self.sets.root(s.index) for s in near}) == 1:
            self._join(item, near[0], "speaker's organisation")

    def _agrees(self, item: Seen, thing: Thing) -> bool:
        """Number, gender and kind of a third-person pronoun against a candidate."""
        wanted, kind = item.pronoun[0], thing.kind
        if not thing.worded and thing.pronouns != {wanted}:
            return False
        if wanted in ("male", "female"):
            other = "female" if wanted == "male" else "male"
            return (
                (kind == "Person" or wanted in thing.genders)
                and not thing.plural
                and other not in thing.genders
            )
        if wanted == "thing":
            return kind != "Person" and not thing.plural and not thing.genders
        if wanted == "plural":
            several = thing.plural and kind in ("Person", "Organization", "Thing")
            return several or bool(kind == "Organization" or thing.nouns & self._collective.keys())
        return False

    # Descriptions

    def _description(self, item: Seen) -> None:
        """ "the company", "the Irish regulator", "the wearable": a known thing of that kind."""
        if item.plural or item.noun in self._relational:
            return
        if any(self._restricts(child) for child in item.head.children if child.i > item.head.i):
            return  # "the company that …", "the head of …" says itself whom it means
        exact = self._weigh(item, 10_000, self._known_as)
        if exact and item.noun not in self._plain:
            self._decide(item, exact, 1.0 if len(exact) == 1 else PHRASE_LEAD, "known description")
            return
        wanted = self._wanted(item)
        if not any(self.ontology.is_a(wanted, known) for known in self._described):
            return
        if item.kind == "Thing" and tree.children(item.head, "compound"):
            return  # a business model is no model, a crypto exchange is an exchange
        weighed = self._weigh(item, PHRASE_REACH, self._may_be)
        if self._decide(item, weighed, PHRASE_LEAD, "description"):
            self._thing(item).types.add(wanted)

    def _wanted(self, item: Seen) -> str:
        """The class a description asks for."""
        return self._plain.get(item.noun, "") or item.mention.type

    def _restricts(self, child: Token) -> bool:
        """A complement that says which one; a relative clause behind a comma only adds something."""
        label = tree.base(child)
        return label == "nmod" or (label == "acl" and self.sight.doc[child.left_edge.i - 1].text != ",")

    def _known_as(self, item: Seen, thing: Thing) -> bool:
        """The candidate was called so: "Zorrox, a broker, … the broker"; "the Irish Data Protection Commission … the commission"."""
        if not thing.named or item.noun not in thing.nouns or not compatible(thing.kind, item.kind):
            return False
        return all(
            w in thing.words or w in self._modifiers for w in split_words(item.mention.text) if w != item.noun
        )

    def _may_be(self, item: Seen, thing: Thing) -> bool:
        """A named thing whose known types do not contradict the description's."""
        wanted = self._wanted(item)
        if not thing.named or not thing.types or thing.kind != kind_of(wanted, self.ontology):
            return False
        return all(self.ontology.is_a(wanted, t) or self.ontology.is_a(t, wanted) for t in thing.types)

    # Weighing

    def _weigh(self, item: Seen, reach: int, fits: Callable[[Seen, Thing], bool]) -> list[tuple[float, Seen]]:
        """Candidates that fit, with their salience, best first; each stands for its cluster by its latest mention."""
        totals: dict[int, float] = {}
        latest: dict[int, Seen] = {}
        banned = self._banned(item)
        for other in reversed(self.recent):
            distance = item.mention.sentence - other.mention.sentence
            if distance > reach:
                break
            root = self.sets.root(other.index)
            silent = other.adjective or other.pronoun[:1] == ("relative",)
            if other.head.i >= item.head.i or root in banned or silent:
                continue
            weight = WEIGHTS.get(other.role, 0.3) * FADING**distance
            totals[root] = totals.get(root, 0.0) + weight
            latest.setdefault(root, other)
        own = self.sets.root(item.index)
        found = [
            (total * self.things[root].weight * self._liking(item, self.things[root]), latest[root])
            for root, total in totals.items()
            if root != own and fits(item, self.things[root])
        ]
        return sorted(found, key=lambda pair: (-pair[0], -pair[1].head.i))

    def _liking(self, item: Seen, thing: Thing) -> float:
        """A thing known to be of the described class is liked better; they means people rather than things, and several."""
        if item.mention.form is Form.NOMINAL:
            return EXACT_TYPE if any(self.ontology.is_a(t, self._wanted(item)) for t in thing.types) else 1.0
        if item.pronoun[:1] != ("plural",):
            return 1.0
        if not thing.plural:
            return LONE_FOR_PLURAL
        return 1.0 if thing.kind != "Thing" or "PersonGroup" in thing.types else THING_FOR_PLURAL

    def _decide(self, item: Seen, weighed: Sequence[tuple[float, Seen]], lead: float, reason: str) -> bool:
        rivals = [
            pair for pair in weighed[1:] if self._thing(pair[1]).worded
        ]  # an unresolved "he" is no rival
        clear = bool(weighed) and (not rivals or weighed[0][0] >= lead * rivals[0][0])
        if clear:
            self._join(item, weighed[0][1], reason)
        return clear

    def _banned(self, item: Seen) -> set[int]:
        """Clusters that syntax rules out: arguments of the same predicate, and phrases that contain the anaphor."""
        banned: set[int] = set()
        head = item.head
        if item.role != POSSESSIVE or item.mention.form is not Form.PRONOUN:
            for other in (*head.head.children, head.head):
                seen = self.by_head.get(other.i)
                if seen is not None and seen.index != item.index and _arguments(head, other):
                    banned |= {
                        self.sets.root(self.by_head[t.i].index)
                        for t in tree.conjuncts(other)
                        if t.i in self.by_head
                    }
        beside = tree.base(head) in ("conj", "appos")
        for governor in ancestors(head):
            seen = self.by_head.get(governor.i)
            if seen is not None and not beside:
                banned.add(self.sets.root(seen.index))
            beside = tree.base(governor) in (
                "conj",
                "appos",
            )  # "Ann Lee and her son": Ann Lee contains no "her"
            if tree.is_predicate(governor):
                break
        speaker = self.speech.speaker(head)
        if speaker is not None and speaker.i in self.by_head:  # "He won," Lee said
            banned.add(self.sets.root(self.by_head[speaker.i].index))
        return banned


def _arguments(a: Token, b: Token) -> bool:
    """Two dependents of one predicate, or a dependent and its nominal governor."""
    labels = ("nsubj", "obj", "iobj", "obl", "nmod")
    return tree.base(a) in labels and (tree.base(b) in labels or a.head == b)


def _inside(token: Token, top: Token) -> bool:
    return token == top or any(a == top for a in ancestors(token))
