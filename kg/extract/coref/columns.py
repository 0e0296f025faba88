"""The mentions of an article as columns of numbers, one row for each in reading order: what the ranker's features are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from kg.extract import tree
from kg.extract.coref.anaphora import is_expletive
from kg.extract.coref.salience import Salience
from kg.extract.coref.seen import OBJECT, OBLIQUE, OTHER, POSSESSIVE, SUBJECT, Seen, Sight, said_of
from kg.extract.coref.speech import Speech
from kg.extract.coref.subjects import COUNT, depth, said_to_be, subjects_above
from kg.model import Form
from kg.resolve.link import KINDS, Clusters, kind_of, vote
from kg.resolve.names import NameReader, split_words

Ints = NDArray[np.int64]

FORMS = (Form.NAME, Form.NOMINAL, Form.PRONOUN)
ROLES = (SUBJECT, OBJECT, OBLIQUE, POSSESSIVE, OTHER)
GENDERS = ("", "male", "female")
PRONOUNS = (
    "", "male", "female", "thing", "plural", "speaker", "speakers", "addressee", "relative", "demonstrative", "indefinite",
)  # fmt: skip
DETERMINERS = ("", "the", "a", "this", "owner", "some")
LABELS = ("nsubj", "obj", "obl", "nmod", "appos", "conj", "compound", "ROOT", "flat", "other")
RUNGS = (
    "", "pronoun", "description", "known description", "same phrase", "same head", "apposition", "name and noun",
    "relative pronoun", "reflexive", "speaker", "speaker's organisation", "same name", "name",
)  # fmt: skip
SLOTS = ("head", "governor", "before", "after")  # words the ranker may know by themselves
KIND_NAMES = ("", *KINDS)


@dataclass(frozen=True, slots=True)
class Columns:
    """One row for each mention, by place of its head word; `ints` holds whole numbers by name, `words` content words."""

    order: tuple[Seen, ...]
    ints: Mapping[str, Ints]
    words: tuple[frozenset[str], ...]
    related: NDArray[np.bool_]  # is one class above or the same as the other? by numbers of classes
    called: Ints  # (cluster of names × nouns) that the article says of a name, as one number
    nouns: int  # how many different nouns there are: the base of `called`
    lexical: tuple[tuple[str, ...], ...]  # for each mention the words of SLOTS
    told: tuple[frozenset[str], ...]  # for each mention the nations it says its thing is of
    origins: Mapping[int, frozenset[str]]  # cluster of names -> nations it is of, as the article tells

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, name: str) -> Ints:
        return self.ints[name]


class _Numbers:
    """Numbers for strings, in order of first use; "" is 0."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {"": 0}

    def __call__(self, text: str) -> int:
        return self.known.setdefault(text, len(self.known))


def make_columns(
    seen: Sequence[Seen],
    sight: Sight,
    reader: NameReader,
    names: Clusters,
    sieved: Clusters,
    rungs: Mapping[int, str],
    posts: Sequence[tuple[Seen, Seen]],
) -> Columns:
    """`names` are the clusters that names alone make, `sieved` those of all rules, `rungs` the rules' reasons; `posts` are people
    with the organisations named beside them."""
    ontology = sight.ontology
    words = ontology.words
    plain, synonyms, events = (words.get(c, {}) for c in ("plain_noun", "synonym_noun", "event_noun"))
    determiners, modifiers = words.get("determiner", {}), words.get("generic_modifier", {})
    order = tuple(sorted(seen, key=lambda s: (s.head.i, s.index)))
    speech = Speech(sight.doc, words.get("reporting_verb", {}))
    ranges = {place: number for number, place in enumerate(speech.ranges)}
    noun, text, event, kind_of_thing, owner = (_Numbers() for _ in range(5))
    profile = _profiles(order, sight, reader, names)
    salience = Salience(order, sight, names, sieved, posts)
    contents: list[frozenset[str]] = []
    lexical: list[tuple[str, ...]] = []
    inner = {t.i for name in sight.doc.ents if len(name) > 1 for t in name if t != name.root}
    called: set[tuple[int, int]] = set()
    rows: list[dict[str, int]] = []
    first: dict[str, int] = {}
    counts = Counter(synonyms.get(s.noun, s.noun) for s in order)

    for item in order:
        head, mention = item.head, item.mention
        lemma = synonyms.get(item.noun, item.noun)
        root = names.root(item.index)
        said = profile[root]
        kind, gender = said.kind or item.kind, said.gender or item.gender
        type_name = said.type or plain.get(item.noun, "") or sight.type_of_noun(item.noun) or mention.type
        if mention.form is Form.PRONOUN:
            type_name = ""
        content = frozenset(w for w in split_words(mention.text) if w not in determiners)
        contents.append(content)
        lexical.append(_lexical(head))
        quote = speech.quoted(head)
        speaker = speech.speaker(head) if quote is not None else None
        clause = _clause(head)
        above = [*subjects_above(head), *[None] * COUNT][:COUNT]
        told = said_to_be(head)
        said_type = sight.type_of_noun(tree.lemma(told)) if told is not None else ""
        if mention.form is Form.NAME:
            called.update((root, noun(tree.lemma(n))) for n in said_of(head))
            called.update((root, noun(w)) for w in reader.read(mention.text).words[-1:])
        rows.append({
            "form": FORMS.index(mention.form) if mention.form in FORMS else 1,
            "pronoun": _pronoun(item),
            "determiner": _determiner(item, words),
            "role": ROLES.index(item.role),
            "label": _label(head),
            "passive": head.dep_ in ("nsubj:pass", "obl:agent"),
            "plural": item.plural,
            "gender": GENDERS.index(gender),
            "kind": KIND_NAMES.index(kind),
            "type": kind_of_thing(type_name if type_name in ontology.types else ""),
            "sector": ontology.is_a(type_name, "Company") - ontology.is_a(type_name, "GovernmentBody"),
            "proper": head.pos_ == "PROPN",
            "capital": head.text[:1].isupper(),
            "verb": head.pos_ in ("VERB", "AUX"),
            "adjective": item.adjective,
            "sentence": mention.sentence,
            "token": head.i,
            "governor": head.head.i if head.head != head else -1,
            "clause": clause.i,
            "left": head.left_edge.i,
            "right": head.right_edge.i,
            "coordination": tree.first_conjunct(head).i,
            "coordinated": head.dep_ == "conj" or bool(tree.children(head, "conj")),
            "appos": head.dep_ in ("appos", "nmod:desc", "flat"),
            "copular": tree.child(head, "cop") is not None,
            "subject": head.dep_.startswith("nsubj"),
            "owning": tree.is_possessive(head),
            "own": head.i + 1 < len(head.doc) and head.nbor().lower_ == "own",
            "agent": head.dep_ == "obl:agent",
            "depth": min(depth(head), 4),
            **{f"subject {n}": t.i if t is not None else -1 for n, t in enumerate(above, 1)},
            "said kind": KIND_NAMES.index(kind_of(said_type, ontology) or "Thing") if told is not None else 0,
            "said type": kind_of_thing(said_type),
            "quote": ranges[quote] if quote is not None else -1,
            "speaker": speaker.i if speaker is not None else -1,
            "noun": noun(lemma),
            "text": text(" ".join(split_words(mention.text))),
            "word": text(head.text.lower()),
            "event": event(events.get(item.noun, "")),
            "owner": owner(_owner(head)),
            "size": min(len(content), 5),
            "generic": any(w in modifiers for w in content),
            "digits": any(w.isdigit() for w in content),
            "restricted": any(tree.base(c) in ("nmod", "acl") for c in head.children if c.i > head.i),
            "inner": head.i in inner,
            "expletive": item.pronoun[:1] == ("thing",) and is_expletive(head),
            "opening": mention.sentence == 0,
            "count": min(counts[lemma], 16),
            "first": first.setdefault(lemma, len(contents)) == len(contents),
            "cluster": root,
            "named": said.names > 0,
            "names": min(said.names, 16),
            "several": said.plural,
            "sieve": sieved.root(item.index),
            "rung": _rung(rungs.get(item.index, "")),
            **salience.row(item, clause, speaker),
        })  # fmt: skip
    ints = {name: np.array([row[name] for row in rows], dtype=np.int64) for name in (rows[0] if rows else ())}
    for name in ("cluster", "noun", "text", "sieve"):
        ints[f"next_{name}"] = _next(ints[name]) if order else np.zeros(0, dtype=np.int64)
    base = len(noun.known)
    return Columns(
        order,
        ints,
        tuple(contents),
        _related(list(kind_of_thing.known), sight),
        np.array(sorted(root * base + n for root, n in called), dtype=np.int64),
        base,
        tuple(lexical),
        tuple(salience.told(item) for item in order),
        salience.origins,
    )


@dataclass(slots=True)
class _Profile:
    kind: str = ""
    gender: str = ""
    type: str = ""
    names: int = 0
    plural: bool = False


def _profiles(
    order: Sequence[Seen], sight: Sight, reader: NameReader, names: Clusters
) -> dict[int, _Profile]:
    """What the names of one cluster say together: kind and class by vote, gender, how often it is named."""
    found: dict[int, _Profile] = {}
    votes: dict[int, Counter[str]] = {}
    for item in order:
        root = names.root(item.index)
        profile = found.setdefault(root, _Profile())
        if item.mention.form is not Form.NAME or item.adjective:
            continue
        profile.names += 1
        profile.gender = profile.gender or item.gender
        profile.plural |= item.plural
        tally = votes.setdefault(root, Counter())
        for type_name, count in sight.evidence(item, reader.read(item.mention.text)):
            tally[type_name] += count
    for root, tally in votes.items():
        best = vote([tuple(tally.items())], sight.ontology) if tally else ""
        found[root].type, found[root].kind = best, kind_of(best, sight.ontology)
        found[root].plural &= (
            found[root].kind != "Organization"
        )  # "General Motors", "7Learnings": whatever the tagger says
    return found


def _pronoun(item: Seen) -> int:
    if item.mention.form is not Form.PRONOUN:
        return 0
    if item.head.tag_ == "DT":
        return PRONOUNS.index("demonstrative")
    name = item.pronoun[0] if item.pronoun else "indefinite"
    return PRONOUNS.index(name if name in PRONOUNS else "indefinite")


def _determiner(item: Seen, words: Mapping[str, Mapping[str, str]]) -> int:
    word = item.determiner
    if word in ("", "the"):
        name = word
    elif word in ("a", "an"):
        name = "a"
    elif word == "'s" or word in words.get("pronoun", {}):
        name = "owner"
    else:
        name = "this" if item.definite else "some"
    return DETERMINERS.index(name)


def _label(head: Token) -> int:
    label = "ROOT" if head.dep_ == "ROOT" else tree.base(head)
    return LABELS.index(label if label in LABELS else "other")


def _rung(reason: str) -> int:
    return RUNGS.index(reason) if reason in RUNGS else RUNGS.index("name")


def _clause(head: Token) -> Token:
    """The predicate a phrase belongs to."""
    token = head
    while token.head != token:
        token = token.head
        if tree.is_predicate(token):
            break
    return token


def _owner(head: Token) -> str:
    owner = tree.child(head, "nmod:poss")
    return tree.lemma(owner) if owner is not None else ""


def _lexical(head: Token) -> tuple[str, ...]:
    """The words of SLOTS: the head as it is written, its governor's lemma, what stands around it."""
    doc, place = head.doc, head.i
    governor = tree.lemma(head.head) if head.head != head else ""
    before = doc[place - 1].lower_ if place else ""
    after = doc[place + 1].lower_ if place + 1 < len(doc) else ""
    return head.lower_, governor, before, after


def _next(values: Ints) -> Ints:
    """For each row the next row of the same value; the number of rows where there is none."""
    found = np.full(len(values), len(values), dtype=np.int64)
    last: dict[int, int] = {}
    for row, value in enumerate(values.tolist()):
        if value in last:
            found[last[value]] = row
        last[value] = row
    return found


def _related(types: Sequence[str], sight: Sight) -> Any:
    is_a = sight.ontology.is_a
    return np.array(
        [[bool(a and b) and (is_a(a, b) or is_a(b, a)) for b in types] for a in types], dtype=bool
    )
