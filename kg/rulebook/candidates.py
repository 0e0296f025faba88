"""What a graph's articles say in words that no relation of its ontology knows: candidates for cues and relations.

Two places know it: open claims (a verb between two things, under a name made of the verb), and refusals (a noun said of something).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.derive.lexicon import PREPOSITIONS
from kg.graph import Graph
from kg.model import Claim, Reading, Reason, Ref, Rejection, Value

MAX_SENTENCES = 5  # kept of one candidate
_NOUN_RULES = ("copula.noun", "copula.definite", "nouns.apposition", "nouns.title")
_WORD = re.compile(r"[a-z][a-z-]*( [a-z][a-z-]*)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that has the words, and between which things; both "" where only the words were refused."""

    text: str
    subject: str = ""
    object: str = ""


@dataclass(slots=True)
class Candidate:
    """Words that mean nothing to the ontology: how often, between which classes, in which sentences."""

    frame: str  # "verb" or "role", as in `kg.ontology.Cue`
    lemma: str
    slot: str  # where the object stands: "obj" or a preposition
    count: int = 0
    domain: Counter[str] = field(default_factory=Counter)  # class of the subject -> how often; "" = unknown
    range: Counter[str] = field(default_factory=Counter)
    sentences: list[Sentence] = field(default_factory=list)
    pairs: set[tuple[str, str]] = field(default_factory=set)  # the entities it stands between
    articles: set[str] = field(default_factory=set)

    @property
    def words(self) -> str:
        """The words to show: "step into", "warden of"."""
        return self.lemma if self.slot == "obj" else f"{self.lemma} {self.slot}"


def unmatched(graph: Graph, *, minimum: int = 2) -> list[Candidate]:
    """Words said at least `minimum` times to which the graph's ontology gives no meaning, the most frequent first.

    >>> [candidate.words for candidate in unmatched(graph)][:2]
    ['step into', 'meet']
    """
    found: dict[tuple[str, str, str], Candidate] = {}
    for reading in graph.readings:
        names = {referent.key: referent.name for referent in reading.referents}
        for claim in reading.claims:
            if claim.open:
                _take_claim(found, graph, reading, claim, names)
        for rejection in reading.rejections:
            _take_refusal(found, rejection)
    chosen = [c for c in found.values() if c.count >= minimum]
    return sorted(chosen, key=lambda c: (-c.count, c.frame, c.lemma, c.slot))


def _take_claim(
    found: dict[tuple[str, str, str], Candidate],
    graph: Graph,
    reading: Reading,
    claim: Claim,
    names: dict[str, str],
) -> None:
    lemma, slot = _verb_and_slot(claim)
    if not _WORD.fullmatch(lemma):
        return
    candidate = found.setdefault(("verb", lemma, slot), Candidate("verb", lemma, slot))
    candidate.count += 1
    candidate.articles.add(claim.article)
    subject = graph.entity_of(claim.article, claim.subject)
    candidate.domain[graph.entity(subject).type] += 1
    if isinstance(claim.object, Ref):
        target = graph.entity_of(claim.article, claim.object.key)
        candidate.range[graph.entity(target).type] += 1
        candidate.pairs.add((subject, target))
        said = names[claim.object.key]
    else:
        candidate.range[_literal(claim.object)] += 1
        said = claim.object.text if isinstance(claim.object, Value) else claim.object
    _keep(candidate, Sentence(" ".join(claim.quote.split()), names[claim.subject], said))


def _verb_and_slot(claim: Claim) -> tuple[str, str]:
    """ "step_into" -> ("step", "into"); the particle of "take_over" stays with its verb where the predicate's own words end with it."""
    words = claim.relation.split("_")
    if len(words) < 2 or words[-1] not in PREPOSITIONS:
        return " ".join(words), "obj"
    span = claim.cue_span
    said = claim.quote[span.start - claim.sentence.start : span.end - claim.sentence.start] if span else ""
    if said.lower().split()[-1:] == words[-1:]:
        return " ".join(words), "obj"
    return " ".join(words[:-1]), words[-1]


def _take_refusal(found: dict[tuple[str, str, str], Candidate], rejection: Rejection) -> None:
    """A noun said of something and its preposition: "warden of" in "Ann Lee is the warden of Holme"."""
    if rejection.rule not in _NOUN_RULES or rejection.reason not in (Reason.NO_OBJECT, Reason.NO_SUBJECT):
        return
    noun = rejection.cue.split()[-1] if rejection.cue else ""
    after = re.search(
        rf"\b{re.escape(noun)}s? (of|for|at|to|with|in) (?=\W*[A-Z]|the [A-Z])", rejection.quote
    )
    if not noun or after is None or not _WORD.fullmatch(noun):
        return
    candidate = found.setdefault(("role", noun, after[1]), Candidate("role", noun, after[1]))
    candidate.count += 1
    candidate.articles.add(rejection.article)
    _keep(candidate, Sentence(" ".join(rejection.quote.split())))


def _keep(candidate: Candidate, sentence: Sentence) -> None:
    if len(candidate.sentences) < MAX_SENTENCES and sentence not in candidate.sentences:
        candidate.sentences.append(sentence)


def _literal(object_: Value | str) -> str:
    """The literal class of a value; phrases have none."""
    kinds = {"money": "Money", "percent": "Percent", "quantity": "Quantity", "date": "Date"}
    return kinds.get(object_.kind, "") if isinstance(object_, Value) else ""


def telling(classes: Counter[str], share: float = 0.25) -> tuple[str, ...]:
    """The classes that make up a domain or range: each with its share of the known ones, the most frequent first."""
    known = Counter({name: count for name, count in classes.items() if name})
    total = sum(known.values())
    ranked: Iterable[tuple[str, int]] = sorted(known.items(), key=lambda item: (-item[1], item[0]))
    return tuple(name for name, count in ranked if count >= share * total)


def counted(classes: Counter[str]) -> Iterator[str]:
    """ "Company 7", "unknown 2": the classes with their counts, the most frequent first."""
    for name, count in sorted(classes.items(), key=lambda item: (-item[1], item[0])):
        yield f"{name or 'unknown'} {count}"
