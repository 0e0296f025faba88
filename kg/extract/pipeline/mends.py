"""Mends of trees that no English sentence has: what the parser, choosing arc by arc, cannot see.

A clause has one subject and one object (core arguments are unique in Universal Dependencies), and a statement does not put its
object before its subject. Where the parser has it so around a common noun and a name side by side, the two are one phrase:
"the website Chipwire", "Swiss start-up Helvex". An object that is no clause has no subject of its own: that is its verb's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from kg.extract.pipeline.trees import Heads

SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
CORE = SUBJECTS | {"obj"}

NOMINALS = frozenset({"NOUN", "PROPN", "PRON", "ADJ"})
AMOUNTS = frozenset({"SYM", "NUM"})


class Mend(NamedTuple):
    """A word gets another head and label; all are indices of words, the label a name."""

    word: int
    head: int
    label: str


def mends(heads: Heads, labels: Sequence[str], upos: Sequence[str], xpos: Sequence[str]) -> Iterator[Mend]:
    """What to change in the trees of a text, given as word indices of heads and names of labels and tags.

    >>> list(mends(np.array([1, 3, 3, 3, 5, 3]), ["det", "nsubj", "nsubj", "root", "det", "obj"],
    ...            ["DET", "NOUN", "PROPN", "VERB", "DET", "NOUN"], ["DT", "NN", "NNP", "VBD", "DT", "NN"]))
    [Mend(word=2, head=1, label='appos')]
    """
    before: dict[int, int] = {}  # head -> its last core argument so far
    for word, head in enumerate(heads.tolist()):
        above = int(heads[head])
        if xpos[word] == "POS" and above > word and labels[head] in CORE and upos[above] in ("NOUN", "PROPN"):
            yield Mend(head, above, "nmod:poss")  # a noun with 's before a noun is its owner
        yield from _first_of_two_prepositions(word, heads, labels, upos)
        mend = _misattached(word, heads, labels, upos, xpos)
        if mend is not None:
            yield mend
        if labels[word] not in CORE or mend is not None:
            continue
        other = before.get(head)
        before[head] = word
        if other is None or upos[other] != "NOUN" or upos[word] != "PROPN":
            continue
        fronted = labels[other] == "obj" and labels[word] in SUBJECTS and word < head
        if labels[other] != labels[word] and not fronted:
            continue
        noun = _noun_before(word, other, heads)
        if noun is None or upos[noun] != "NOUN" or any(xpos[w].startswith("W") for w in range(other + 1)
                                                       if int(heads[w]) == other):  # fmt: skip
            continue
        yield Mend(word, noun, "appos")
        if fronted:
            yield Mend(other, head, labels[word])
        before[head] = other


def _misattached(
    word: int, heads: Heads, labels: Sequence[str], upos: Sequence[str], xpos: Sequence[str]
) -> Mend | None:
    """A word whose own label or head cannot be, whatever else hangs beside it."""
    head = int(heads[word])
    above, label = int(heads[head]), labels[word]
    if label == "compound" and _has(heads, labels, head, word + 1, head, {"cop"}):
        return Mend(word, head, "nsubj")  # "Osric Foods is in talks": no name goes on behind a verb
    if (
        label in ("nsubj", "obl:agent")
        and head < word
        and (owner := _object_before(word, heads, labels)) >= 0
    ):
        prepositional = _has(heads, labels, word, head, word, {"case"})
        if (label == "nsubj" and prepositional) or (
            label == "obl:agent" and _is_active(head, heads, labels, xpos)
        ):
            return Mend(word, owner, "nmod")  # "faces a probe by the court": an active verb has no agent
    if label == "nsubj" and word < above < head and upos[above] == "VERB":
        raised = labels[head] == "xcomp" and not xpos[word].startswith("W")
        if labels[head] == "obj" or (raised and not _has(heads, labels, above, 0, above, SUBJECTS)):
            return Mend(
                word, above, "nsubj"
            )  # what stands before a verb is no subject of its object or infinitive
    if label == "nsubj" and head < word and _says_what_is_before(word, heads, labels, upos):
        return Mend(word, head_of_speech(word, heads, labels), "nsubj")  # "Income was $4m, Acme said"
    if label == "nsubj" and xpos[head] == "VBG" and _has(heads, labels, head, head, word, {"obj"}):
        return Mend(
            word, head, "parataxis"
        )  # "unveiling a phone – a move that …": no subject behind the object
    if label == "nsubj" and word > head and upos[head] == "VERB" and not xpos[word].startswith("W"):
        taken = _has(heads, labels, head, head, len(labels), {"obj", "ccomp", "xcomp"})
        taken = taken or _has(heads, labels, word, head, word, {"case"})
        if _has(heads, labels, head, max(0, head - 30), head, {"nsubj"}) and not taken:
            return Mend(
                word, head, "obj"
            )  # "prosecutors accuse the boss of theft": one subject, before the verb
    if label in ("nsubj", "advcl") and (
        pair := _relative(head if label == "nsubj" else word, heads, labels, upos, xpos)
    ):
        if label == "nsubj" and word == pair[0]:
            return Mend(word, pair[1], "nsubj")  # "The group, which is ill, must rest": the group must
        if label == "advcl":
            return Mend(word, pair[0], "acl:relcl")
    if label == "case" and labels[head] == "appos" and xpos[word] != "POS":
        return Mend(
            head, above, "nmod"
        )  # "Vester, with offices in Riga": what a preposition opens is no apposition
    if label == "advcl" and labels[head] == "obj" and upos[head] in NOMINALS and head < word:
        return Mend(word, head, "acl")  # "did little to lift sales"
    if label == "conj" and upos[word] in AMOUNTS and upos[head] not in AMOUNTS:
        amount = _amount_before(word, heads, labels, upos)
        return Mend(word, amount, "conj") if amount is not None else None  # "fined A and B $5m and $3m"
    return None


def _relative(
    clause: int, heads: Heads, labels: Sequence[str], upos: Sequence[str], xpos: Sequence[str]
) -> tuple[int, int] | None:
    """The noun and the main verb of a relative clause that took the noun for a second subject; None for other clauses."""
    main = int(heads[clause])
    if labels[clause] != "advcl" or main < clause or upos[main] != "VERB":
        return None
    own = [w for w in range(clause) if int(heads[w]) == clause and labels[w] == "nsubj"]
    if len(own) != 2 or xpos[own[0]].startswith("W") or xpos[own[1]] not in ("WDT", "WP"):
        return None
    return None if _has(heads, labels, main, 0, main, SUBJECTS) else (own[0], main)


def _has(
    heads: Heads, labels: Sequence[str], head: int, start: int, end: int, wanted: Collection[str]
) -> bool:
    """Whether one of the words from *start* to before *end* hangs on *head* with one of these labels."""
    return any(int(heads[w]) == head and labels[w] in wanted for w in range(start, end))


def _object_before(word: int, heads: Heads, labels: Sequence[str]) -> int:
    """The object between a verb and a word behind it that hangs on the verb, too; -1 if there is none."""
    head = int(heads[word])
    found = (w for w in range(head + 1, word) if int(heads[w]) == head and labels[w] == "obj")
    return next(found, -1)


def _is_active(verb: int, heads: Heads, labels: Sequence[str], xpos: Sequence[str]) -> bool:
    """A form of the verb that no passive has, with a subject of its own before it."""
    ahead = max(0, verb - 12)
    subject = _has(heads, labels, verb, ahead, verb, {"nsubj"})
    passive = _has(heads, labels, verb, ahead, verb, {"aux:pass", "nsubj:pass"})
    return subject and not passive and xpos[verb] in ("VBZ", "VBP", "VBD", "VB", "VBG")


def _first_of_two_prepositions(
    word: int, heads: Heads, labels: Sequence[str], upos: Sequence[str]
) -> Iterator[Mend]:
    """ "cut its forecast for Spain to 2%": of two prepositions before an amount the first goes with the noun between them."""
    head = int(heads[word])
    if labels[word] != "case" or word >= head or upos[word] != "ADP":
        return
    others = [w for w in range(word + 2, head) if int(heads[w]) == head and labels[w] == "case"]
    between = others[0] - 1 if others else word
    if (
        between == word
        or upos[between] not in ("NOUN", "PROPN")
        or labels[between] not in ("nmod", "nmod:poss")
    ):
        return
    if any(int(heads[w]) == between and labels[w] == "case" for w in range(word, between)):
        return
    yield Mend(word, between, "case")
    if labels[between] == "nmod:poss" and word and upos[word - 1] == "NOUN":
        yield Mend(between, word - 1, "nmod")


def head_of_speech(word: int, heads: Heads, labels: Sequence[str]) -> int:
    """The place right behind a name, whose last words may hang on its first ("Ann Lee")."""
    place = word + 1
    while place < len(labels) and int(heads[place]) == word and labels[place] == "flat":
        place += 1
    return place


def _says_what_is_before(word: int, heads: Heads, labels: Sequence[str], upos: Sequence[str]) -> bool:
    """Whether a verb right behind a word governs the clause that the word was taken for the subject of."""
    verb, clause = head_of_speech(word, heads, labels), int(heads[word])
    if verb >= len(upos) or upos[verb] != "VERB" or labels[clause] != "ccomp":
        return False
    return int(heads[clause]) == verb and not any(
        int(heads[w]) == verb and labels[w] in SUBJECTS for w in range(clause, verb)
    )


def _amount_before(word: int, heads: Heads, labels: Sequence[str], upos: Sequence[str]) -> int | None:
    """The head of the amount that stands right before the conjunction of another."""
    links = [w for w in range(word) if int(heads[w]) == word and labels[w] == "cc"]
    if not links or links[0] == 0:
        return None
    place = links[0] - 1
    while upos[int(heads[place])] in AMOUNTS and int(heads[place]) != place and labels[place] != "conj":
        place = int(heads[place])
    return place if upos[place] in AMOUNTS and place != word else None


def _noun_before(name: int, other: int, heads: Heads) -> int | None:
    """The last word of the other argument where it stands right before the name and its own first words ("Port" of "Port Elgin")."""
    place = name - 1
    while place > other and int(heads[place]) == name:
        place -= 1
    above = place
    while above != other and int(heads[above]) != above:
        above = int(heads[above])
    return place if above == other else None
