"""Cue words for ontologies that have none: a relation's name says in which words sentences state it.

`worksFor` -> "work … for", `acquired_by` -> "acquire" with subject and object exchanged, `hasCEO` -> "X is the CEO of Y",
`launches` -> "launch". So any OWL or RDFS file with labels, domains and ranges is usable as it is; cues
written in Turtle (`kg:cue`) are better and switch all of this off.
"""

from __future__ import annotations

import re

from kg.ontology import Cue

PREPOSITIONS = frozenset(
    {
        "about", "across", "after", "against", "among", "as", "at", "behind", "by", "during", "for",
        "from", "in", "inside", "into", "of", "on", "onto", "over", "through", "to", "toward", "towards",
        "under", "upon", "via", "with", "within", "without"
    }
)  # fmt: skip
PARTICLES = frozenset(
    {
        "up", "out", "off", "down", "away", "back", "over", "together", "apart"
    }
)  # fmt: skip
#: Names of classes, as common vocabularies have them, and the pipeline's labels for names of such things.
NER_OF_CLASS: dict[str, frozenset[str]] = {
    "person": frozenset({"PERSON"}),
    "agent": frozenset({"PERSON", "ORG"}),
    "organization": frozenset({"ORG"}),
    "organisation": frozenset({"ORG"}),
    "company": frozenset({"ORG"}),
    "corporation": frozenset({"ORG"}),
    "place": frozenset({"PLACE"}),
    "location": frozenset({"PLACE"}),
    "country": frozenset({"PLACE"}),
    "city": frozenset({"PLACE"}),
    "product": frozenset({"PRODUCT"}),
    "event": frozenset({"EVENT"}),
}
_PARTICIPLES = {
    "born": "bear", "bought": "buy", "built": "build", "dealt": "deal", "drawn": "draw", "driven": "drive", "fed": "feed",
    "found": "find", "given": "give", "grown": "grow", "held": "hold", "kept": "keep", "known": "know", "led": "lead",
    "left": "leave", "lent": "lend", "lost": "lose", "made": "make", "met": "meet", "paid": "pay", "put": "put",
    "run": "run", "seen": "see", "sent": "send", "set": "set", "shown": "show", "sold": "sell", "spent": "spend",
    "spoken": "speak", "split": "split", "taken": "take", "taught": "teach", "told": "tell", "won": "win",
    "written": "write",
}  # fmt: skip
_AUXILIARIES = frozenset({"is", "are", "was", "were", "be", "been"})
_VERBS_IN_S = {"has": "have", "does": "do", "goes": "go", "is": "be", "buys": "buy", "focuses": "focus"}


def words_of(name: str) -> tuple[str, ...]:
    """The words of an identifier or label, lower case: `words_of("hasCEOSince") == ("has", "ceo", "since")`."""
    spaced = re.sub(r"([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])", r"\1\3 \2", name)
    return tuple(re.sub(r"[\W_]+", " ", spaced).lower().split())


def class_nouns(label: str) -> frozenset[str]:
    """The head noun that gives a class away: its label ("Electric Car" -> "electric car")."""
    return frozenset({" ".join(words_of(label))}) - {""}


def class_ner(name: str) -> frozenset[str]:
    """Pipeline labels for names of a class called `name`; empty where its name tells nothing."""
    return NER_OF_CLASS.get(" ".join(words_of(name)), frozenset())


def cues_of(name: str) -> tuple[Cue, ...]:
    """Cues that a relation's name or label implies, sorted; () where it implies none.

    >>> [(c.frame, c.lemma, c.subject, c.object) for c in cues_of("worksFor")]
    [('verb', 'work', 'subj', 'for')]
    """
    words = words_of(name)
    passive = words[:1] != ("has",) and words[:1] and words[0] in _AUXILIARIES
    if passive:
        words = words[1:]
    if not words:
        return ()
    head, rest = words[0], words[1:]
    last = rest[-1] if rest and rest[-1] in PREPOSITIONS else ""
    if len(rest) == 1 and last in PARTICLES:  # "takes over": no preposition after all
        last = ""
    if head == "has" and rest and not last:
        return (Cue("role", " ".join(rest), "of", "subj"),)
    if participles := _participle(head):
        return _participle_cues(participles, rest, last, bool(passive))
    if verb := _third_person(head):
        return (Cue("verb", _with_particle(verb, rest, last), "subj", last or "obj"),)
    if passive and last and len(words) == 2 and last not in {"of", "as", "by"}:
        return (Cue("adjective", head, "subj", last),)  # "available in"
    if last:  # "subsidiary of", "chief executive of"
        return (Cue("role", " ".join(words[:-1]), "subj", last),)
    return (Cue("role", " ".join(words), "of", "subj"),)  # "employer": the object is the subject's employer


def _participle_cues(
    lemmas: tuple[str, ...], rest: tuple[str, ...], last: str, passive: bool
) -> tuple[Cue, ...]:
    """ "founded" (a past tense), "founded by" and "based in" (passives)."""
    cues = []
    for lemma in lemmas:
        whole = _with_particle(lemma, rest, last)
        if last == "by":
            cues.append(Cue("verb", whole, "obj", "subj"))
        elif last:
            cues.append(Cue("verb", whole, "obj", last))
            if not passive:
                cues.append(Cue("verb", whole, "subj", last))  # "worked for", "invested in"
        else:
            cues.append(Cue("verb", whole, "subj", "obj"))
    return tuple(sorted(cues, key=lambda cue: (cue.lemma, cue.subject)))


def _with_particle(verb: str, rest: tuple[str, ...], last: str) -> str:
    return " ".join((verb, *(rest[:-1] if last else rest)))


def _third_person(word: str) -> str:
    """ "launches" -> "launch"; "" when the word is no verb in -s."""
    if word in _VERBS_IN_S:
        return _VERBS_IN_S[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return ""
    if word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:ss|x|zz|ch|sh|oe)es$", word):
        return word[:-2]
    return word[:-1]


def _participle(word: str) -> tuple[str, ...]:
    """Lemmas a past form may have: without a dictionary "acquired" may be "acquire" or "acquir"; the wrong ones match nothing."""
    if word in _PARTICIPLES:
        return (_PARTICIPLES[word],)
    if len(word) < 5 or not word.endswith("ed"):
        return ()
    if word.endswith("ied"):
        return (word[:-3] + "y",)
    stem = word[:-2]
    found = {stem, word[:-1]}
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "ls":
        found = {stem[:-1]}
    return tuple(sorted(found))
