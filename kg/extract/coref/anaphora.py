"""Pronouns and definite descriptions: whom does "it", "she" or "the company" mean?

Candidates are filtered by agreement and syntax, then weighed by salience (see `things`). Precision comes first: where the best
candidate does not clearly lead, the mention stays alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.clauses import read_clause, surface_subjects
from kg.extract.coref.seen import Seen, Sight, ancestors
from kg.extract.coref.things import Thing, Things, Weighed
from kg.model import Form
from kg.resolve.link import Clusters, compatible, kind_of
from kg.resolve.names import NameReader, split_words

EXACT_TYPE = 2.0  # a regulator is a likelier "agency" than an organisation of unknown kind
LONE_FOR_PLURAL = 0.5  # "they" said of one organisation
THING_FOR_PLURAL = 0.7  # "they" said of things
PRONOUN_REACH = 2  # sentences back
PHRASE_REACH = 4
KNOWN_REACH = 40
FAINT = 0.3  # a description of something last mentioned in passing, three sentences ago, is left alone
PRONOUN_LEAD = 1.15  # the best candidate must weigh this many times the second
PHRASE_LEAD = 1.3
_POSTS = frozenset(
    {"nmod", "appos", "compound", "flat", "conj"}
)  # on the way from a person to the firm in "Lee, head of Acme"


class Anaphora:
    """Reads the mentions of one article from left to right and joins anaphors to what they mean."""

    def __init__(
        self, seen: Sequence[Seen], sight: Sight, sets: Clusters, rungs: dict[int, str], reader: NameReader
    ) -> None:
        self.things = Things(seen, sight, sets, rungs, reader)
        self.sight = sight
        self.ontology = sight.ontology
        words = self.ontology.words
        self._collective = words.get("collective_noun", {})
        self._modifiers = words.get("generic_modifier", {})
        self._plain = words.get("plain_noun", {})
        self._described = sorted({kind for kind in self._plain.values() if kind})
        self._relational = words.get("relational_noun", {})
        self.posts = self._find_posts()

    def run(self) -> None:
        """Resolve what can be resolved with confidence."""
        for item in self.things.order:
            if item.mention.form is Form.PRONOUN and item.pronoun:
                self._pronoun(item)
            elif item.mention.form is Form.NOMINAL and item.definite and self.things.of(item).fresh:
                self._description(item)
            self.things.note(item)

    # Pronouns

    def _pronoun(self, item: Seen) -> None:
        if item.pronoun[0] == "addressee":
            return  # news does not say who "you" is
        if item.pronoun[0] == "relative":
            self._relative(item)
        elif "reflexive" in item.pronoun:
            self._reflexive(item)
        elif item.pronoun[0] in ("speaker", "speakers"):
            self._speaker(item)
        elif not (item.pronoun[0] == "thing" and is_expletive(item.head)):
            self._decide(
                item,
                self.things.weigh(item, PRONOUN_REACH, self._agrees, self._liking),
                PRONOUN_LEAD,
                "pronoun",
            )

    def _relative(self, item: Seen) -> None:
        """ "the firm, which …": the noun that the relative clause modifies."""
        for governor in ancestors(item.head):
            if governor.dep_ in ("acl:relcl", "advcl:relcl") and governor.head != governor:
                noun = self.things.by_head.get(governor.head.i)
                if noun is not None and noun.head.i < item.head.i:
                    self.things.join(item, noun, "relative pronoun")
                return

    def _reflexive(self, item: Seen) -> None:
        """ "itself": the subject of its clause."""
        clause = read_clause(next((a for a in ancestors(item.head) if tree.is_predicate(a)), item.head))
        for subject in surface_subjects(clause):
            noun = self.things.by_head.get(subject.i)
            if noun is not None and noun.head.i < item.head.i and self._agrees(item, self.things.of(noun)):
                self.things.join(item, noun, "reflexive")
                return

    def _speaker(self, item: Seen) -> None:
        """ "I" is the person who speaks; "we" the organisation that speaks, or for which the person does."""
        head = self.things.speech.speaker(item.head)
        speaker = self.things.by_head.get(head.i) if head is not None else None
        if speaker is None:
            return
        thing = self.things.of(speaker)
        if thing.kind == ("Person" if item.pronoun[0] == "speaker" else "Organization"):
            self.things.join(item, speaker, "speaker")
        elif item.pronoun[0] == "speakers":
            root = self.things.root(speaker)
            firms = {
                self.things.root(firm): firm
                for person, firm in self.posts
                if self.things.root(person) == root
            }
            if len(firms) == 1:
                self.things.join(item, next(iter(firms.values())), "speaker's organisation")

    def _find_posts(self) -> list[tuple[Seen, Seen]]:
        """People with organisations named beside them: "Lee, head of Acme", "Acme's chief executive, Ann Lee", "Acme's Ann Lee"."""
        people: dict[int, Seen] = {}
        for item in self.things.order:
            if item.kind == "Person" and item.mention.form is Form.NAME:
                people.setdefault(item.head.i, item)
                if item.head.dep_ in ("appos", "flat"):
                    people.setdefault(item.head.head.i, item)
        found: list[tuple[Seen, Seen]] = []
        for item in self.things.order:
            if item.kind == "Organization" and item.mention.form is Form.NAME:
                below = item.head
                for governor in ancestors(item.head):
                    if tree.base(below) not in _POSTS:
                        break
                    if governor.i in people:
                        found.append((people[governor.i], item))
                        break
                    below = governor
        return found

    def _agrees(self, item: Seen, thing: Thing) -> bool:
        """Number, gender and kind of a third-person pronoun against a candidate."""
        wanted, kind = item.pronoun[0], thing.kind
        if not thing.worded and thing.pronouns != {wanted}:
            return False
        if wanted in ("male", "female"):
            person = kind == "Person" or wanted in thing.genders
            return person and not thing.plural and not thing.genders - {wanted}
        if wanted == "thing":
            return kind != "Person" and not thing.plural and not thing.genders
        several = thing.plural and kind in ("Person", "Organization", "Thing")
        return several or kind == "Organization" or bool(thing.nouns & self._collective.keys())

    def _liking(self, item: Seen, thing: Thing) -> float:
        """They means people rather than things, and several rather than one organisation."""
        if item.pronoun[0] != "plural":
            return 1.0
        if not thing.plural:
            return LONE_FOR_PLURAL
        return 1.0 if thing.kind != "Thing" or "PersonGroup" in thing.types else THING_FOR_PLURAL

    # Descriptions

    def _description(self, item: Seen) -> None:
        """ "the company", "the Irish regulator", "the wearable": a known thing of that kind."""
        if item.plural or item.noun in self._relational or tree.children(item.head, "nmod:poss"):
            return  # "the group's business" is the group's, whoever that is
        if any(self._restricts(child) for child in item.head.children if child.i > item.head.i):
            return  # "the company that …", "the head of …" says itself whom it means
        if item.noun not in self._plain:
            known = self.things.weigh(item, KNOWN_REACH, self._known_as, lambda *_: 1.0)
            if known:
                self._decide(item, known, PHRASE_LEAD, "known description")
                return
        wanted = self._wanted(item)
        if not any(self.ontology.is_a(wanted, known) for known in self._described):
            return
        if item.kind == "Thing" and tree.children(item.head, "compound") and not self._plain.get(item.noun):
            return  # a business model is no model, a crypto exchange is an exchange
        weighed = self.things.weigh(item, PHRASE_REACH, self._may_be, self._exactness)
        if weighed and weighed[0][0] < FAINT:
            return
        if self._decide(item, weighed, PHRASE_LEAD, "description"):
            self.things.of(item).types.add(wanted)

    def _wanted(self, item: Seen) -> str:
        """The class a description asks for."""
        return self._plain.get(item.noun, "") or item.mention.type

    def _restricts(self, child: Token) -> bool:
        """A complement that says which one; a relative clause behind a comma only adds something."""
        label = tree.base(child)
        edge = child.left_edge.i
        return label == "nmod" or (
            label == "acl" and "," not in (self.sight.doc[edge].text, self.sight.doc[edge - 1].text)
        )

    def _known_as(self, item: Seen, thing: Thing) -> bool:
        """The candidate was called so: "Zorrox, a broker, … the broker"; "the Data Protection Commission … the commission"."""
        if not thing.named or item.noun not in thing.nouns or not compatible(thing.kind, item.kind):
            return False
        others = (w for w in split_words(item.mention.text) if w != item.noun)
        return all(w in thing.words or w in self._modifiers for w in others)

    def _may_be(self, item: Seen, thing: Thing) -> bool:
        """A named thing whose known types do not contradict the description's."""
        wanted = self._wanted(item)
        if not thing.named or not thing.types or thing.kind != kind_of(wanted, self.ontology):
            return False
        return all(self.ontology.is_a(wanted, t) or self.ontology.is_a(t, wanted) for t in thing.types)

    def _exactness(self, item: Seen, thing: Thing) -> float:
        """A thing known to be of the described class is liked better, and so is what the article is about."""
        exact = any(self.ontology.is_a(t, self._wanted(item)) for t in thing.types)
        return (EXACT_TYPE if exact else 1.0) * thing.weight

    def _decide(self, item: Seen, weighed: Weighed, lead: float, reason: str) -> bool:
        """Join the best candidate if it clearly leads; a cluster of nothing but pronouns is no rival."""
        rivals = [pair for pair in weighed[1:] if self.things.of(pair[1]).worded]
        clear = bool(weighed) and (not rivals or weighed[0][0] >= lead * rivals[0][0])
        if clear:
            self.things.join(item, weighed[0][1], reason)
        return clear


def is_expletive(token: Token) -> bool:
    """An "it" that stands for nothing: "it is clear that …", "it seems …"; "it rained" is left to the parser's label."""
    if tree.base(token) == "expl":
        return True
    if tree.base(token) != "nsubj":
        return False
    head = token.head
    clausal = bool(tree.children(head, "csubj", "ccomp"))
    infinitive = any(
        mark.text.lower() == "to"
        for verb in tree.children(head, "xcomp", "advcl")
        for mark in tree.children(verb, "mark")
    )
    copular = head.pos_ in ("ADJ", "NOUN") and tree.child(head, "cop") is not None
    if copular:
        return clausal or infinitive
    return clausal and (bool(tree.children(head, "aux:pass")) or tree.lemma(head) in ("seem", "appear"))
