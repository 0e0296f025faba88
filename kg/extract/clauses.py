"""Clauses of a Universal Dependencies parse, voice undone: subjects and objects restored across control, coordination, relatives.

What UD's enhanced dependencies add to the basic tree (Schuster & Manning 2016), construction by construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extract.antecedents import antecedent, meant, noun_before, renamed
from kg.extract.tree import (
    LOOSE,
    NOUNS,
    OBLIQUES,
    RELATIVE,
    SUBJECTS,
    case_words,
    child,
    children,
    first_conjunct,
    is_passive,
    is_predicate,
    lemma,
    marker,
    subtree,
)

NO_PARTICLES = frozenset({"for", "with", "at", "to", "from", "into", "without"})
# Prepositions that are no part of the verb before them: what follows is no object, whatever the parser takes it for


@dataclass(slots=True)
class Clause:
    """One clause, voice undone: who does what to whom, with its other phrases. Tokens are heads of phrases, before coordination."""

    head: Token
    passive: bool = False
    subjects: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    indirect: list[Token] = field(default_factory=list)
    obliques: list[tuple[str, Token]] = field(default_factory=list)  # (preposition or "", head)
    complement: Token | None = None  # head of a ccomp or xcomp
    predicate: Token | None = None  # nonverbal predicate of a copula or of "become", "remain"
    inherited: bool = False  # the subject was found outside the clause
    relative: Token | None = None  # antecedent noun of a relative clause


def clauses_of(sentence: Iterable[Token]) -> Iterator[Clause]:
    """The clauses of a sentence in text order, with subjects and objects restored across control, coordination and relatives."""
    for token in sentence:
        if is_predicate(token):
            clause = read_clause(token)
            yield clause
            yield from _gapped(clause)


def read_clause(head: Token) -> Clause:
    """The clause headed by this token."""
    clause = Clause(head, passive=is_passive(head))
    late = _late_subjects(head)
    for c in head.children:
        if c.is_space or c in late:
            continue
        if c.dep_ in SUBJECTS and c.dep_ not in ("csubj", "csubj:pass"):
            clause.subjects.append(c)
        elif c.dep_ == "obj" and not _is_prepositional(c):
            clause.objects.append(c)
        elif c.dep_ == "iobj":
            clause.indirect.append(c)
        elif c.dep_ in OBLIQUES or c.dep_ == "obj" or _is_renaming(c):
            clause.obliques.append((marker(c) or ("by" if c.dep_ == "obl:agent" else ""), c))
        elif c.dep_ in ("ccomp", "xcomp") and clause.complement is None:
            clause.complement = c
    if not clause.objects and any(_is_deed_of_object(c) for c in children(head, "advcl")):
        clause.objects, clause.indirect = clause.indirect, []  # "accused X of lying": the only object
    _raise_object(clause)
    outer = child(head, "nsubj:outer") and not any(m.lower_ == "to" for m in children(head, "mark"))
    if child(head, "cop") and (head.pos_ != "VERB" or outer):  # "is to become" is a verbal clause
        clause.predicate = head
    _fill_relative(clause)
    if not clause.subjects:
        _mend_order(clause)
    if not clause.subjects:
        _inherit_subject(clause)
    _share_objects(clause)
    _fill_gap(clause)
    _undo_voice(clause)
    return clause


def _is_renaming(noun: Token) -> bool:
    """ "changed its name to Aldera", "rebranded as Aldera", labelled as what the verb makes of its subject."""
    return noun.dep_ == "xcomp" and noun.pos_ == "PROPN" and marker(noun) in ("to", "as")


def _is_prepositional(noun: Token) -> bool:
    """ "sells for £400", labelled as an object; "puts together up to 40 tractors" has one."""
    words = case_words(noun)
    return marker(noun) in NO_PARTICLES and (words[0].i == 0 or words[0].nbor(-1).lower_ != "up")


def _gapped(clause: Clause) -> Iterator[Clause]:
    """The clause whose verb is left out: "and Velox a loss" of "Norda made a profit and Velox a loss"."""
    for subject in _late_subjects(clause.head):
        conjoined = [
            c for t in (clause.head, *clause.objects) for c in children(t, "conj") if c.i > subject.i
        ]
        objects = [c for c in conjoined if c.pos_ in NOUNS]
        if objects and not clause.passive:
            yield Clause(clause.head, subjects=[subject], objects=objects[:1])
    for noun in children(clause.head, "conj"):  # the same, parsed as if the noun were a clause of its own
        owners = children(noun, "nsubj")
        if noun.pos_ in NOUNS and owners and child(noun, "cop") is None and not clause.passive:
            yield Clause(clause.head, subjects=owners, objects=[noun])


def _late_subjects(head: Token) -> list[Token]:
    """Subjects behind a verb that has one before it already."""
    subjects = children(head, "nsubj")
    if len(subjects) < 2 or subjects[0].i > head.i:
        return []
    return [s for s in subjects if s.i > head.i]


def surface_subjects(clause: Clause) -> list[Token]:
    """The grammatical subject, which in a passive is the first object."""
    return clause.objects[:1] if clause.passive else clause.subjects


def _fill_relative(clause: Clause) -> None:
    """In a relative clause, put the antecedent where its pronoun stands, or into the gap."""
    head = clause.head
    top = first_conjunct(head)
    said_by_who = top.dep_ == "acl" and any(lemma(c) in RELATIVE for c in clause.subjects)
    if top.dep_ not in ("acl:relcl", "advcl:relcl") and not said_by_who:
        return
    noun = noun_before(top) or top.head
    if noun.pos_ not in NOUNS:
        return
    antecedent = clause.relative = meant(noun)
    pronouns = {
        c
        for c in clause.subjects + clause.objects
        if lemma(c) in RELATIVE and c.pos_ in ("PRON", "DET", "SCONJ")
    }
    others = [c for c in clause.subjects if c not in pronouns]
    if others and len(others) < len(clause.subjects):  # "which Bolt tried to buy": not the subject
        if clause.complement is None or _is_full(clause.complement):
            clause.objects += [c for c in clause.subjects if c in pronouns]
        clause.subjects = others
    clause.subjects = [antecedent if c in pronouns else c for c in clause.subjects]
    clause.objects = [antecedent if c in pronouns else c for c in clause.objects]
    gaps = [c for p, c in clause.obliques if not p and c.lower_ == "that"]
    if gaps and not clause.objects:  # "the deal that Acme signed with Bolt": what was signed is the deal
        clause.objects = [antecedent]
        clause.obliques = [(p, c) for p, c in clause.obliques if c not in gaps]
    fronted = [(p, c) for p, c in clause.obliques if lemma(c) in RELATIVE]
    clause.obliques = [(p, antecedent if lemma(c) in RELATIVE else c) for p, c in clause.obliques]
    if not clause.subjects and head == top:
        clause.subjects.append(antecedent)
    elif (
        head == top
        and head.pos_ == "VERB"
        and not pronouns
        and not fronted
        and not clause.objects
        and not clause.passive
        and not clause.complement
        and not any(lemma(c) in ("where", "when", "why", "how") for c in head.children)
    ):
        clause.objects.append(antecedent)


def _raise_object(clause: Clause) -> None:
    """ "consider Acme a monopoly", parsed with Acme as the subject of "monopoly": it is what is considered, too."""
    small = clause.complement
    if small is None or small.dep_ != "xcomp" or clause.objects or clause.indirect or child(small, "cop"):
        return
    held = child(small, "nsubj")
    if held is not None and (small.pos_ in ("NOUN", "PROPN", "ADJ") or held.i > clause.head.i):
        clause.objects.append(held)  # "told Acme to sell", parsed with Acme as the subject of selling


def _mend_order(clause: Clause) -> None:
    """English has no object before its verb and another behind it: what the parser took for one is the subject.

    Nor has a finite verb after a fronted phrase an object but no subject: "On the board sits Ann Lee".
    """
    fronted = any(c.i < clause.head.i for _, c in clause.obliques)
    if fronted and clause.head.tag_ in ("VBZ", "VBD") and clause.head.dep_ == "ROOT" and not clause.passive:
        if len(clause.objects) == 1 and clause.objects[0].i > clause.head.i and clause.complement is None:
            clause.subjects, clause.objects = clause.objects, []
        return
    before = [o for o in clause.objects if o.i < clause.head.i and lemma(o) not in RELATIVE | {"what"}]
    if before and before[0].pos_ in NOUNS and len(clause.objects) > 1 and not clause.passive:
        clause.subjects = before[:1]
        clause.objects = [o for o in clause.objects if o not in before]


def _inherit_subject(clause: Clause) -> None:
    """Subject from the governor: coordination, control and raising, participles, noun modifiers (UD enhanced relations, rule by rule)."""
    head, governor = clause.head, clause.head.head
    if governor == head:
        return
    label = head.dep_
    if label == "conj" and is_predicate(governor):
        clause.subjects = surface_subjects(read_clause(governor))
    elif label == "xcomp" and (is_predicate(governor) or governor.pos_ in ("ADJ", "NOUN")):
        other = read_clause(governor)
        controller = other.indirect or other.objects
        object_control = controller and not other.passive and lemma(governor) != "promise"
        clause.subjects = controller[:1] if object_control else surface_subjects(other)
    elif (
        label in ("advcl", "ccomp")
        and not is_headline_future(head)
        and not _has_own_subject_mark(head)
        and is_predicate(governor)
    ):
        other = read_clause(_main(governor) if _is_free(head) else governor)
        blamed = label == "advcl" and not other.passive and _is_deed_of_object(head)
        if blamed and (other.objects or other.indirect):
            clause.subjects = [o for o in other.indirect + other.objects if not children(o, "nummod")][:1]
        else:
            clause.subjects = surface_subjects(other)
    elif label == "acl" or is_headline_future(head) or _is_aside(head):
        _subject_of_acl(clause)
    else:
        return
    clause.inherited = bool(clause.subjects)


def _is_deed_of_object(head: Token) -> bool:
    """ "fined X $5m for dumping", "accused X of lying", "kept X from selling": X is the one who does or did it."""
    return any(lemma(m) in ("for", "of", "from", "into") for m in children(head, "mark", "case"))


def _is_free(head: Token) -> bool:
    """A participle set off by a comma: "…, unveiling the S1"."""
    first = next(t.i for t in subtree(head) if not t.is_punct)
    return head.tag_ == "VBG" and first > 0 and head.doc[first - 1].text == ","


def _main(head: Token) -> Token:
    """The finite clause above: a free participle is about its subject, however deep the parser hung it."""
    while head.tag_ in ("VBG", "VBN", "VB") and not children(head, "aux", "nsubj"):
        above = next((a for a in head.ancestors if is_predicate(a)), None)
        if above is None:
            break
        head = above
    return head


def _has_own_subject_mark(head: Token) -> bool:
    """ "if", "as", "that" open clauses whose missing subject must not be guessed."""
    return any(
        lemma(m) in ("if", "that", "as", "because") for m in children(head, "mark")
    ) and head.tag_ not in ("VBG", "VBN")


def _subject_of_acl(clause: Clause) -> None:
    """ "a chip designed by Arm" (chip is object), "a firm making chips" (subject), "plans to buy" (whoever has the plan).

    A headline that is no more than a name and an infinitive says what the name will do: "Acme to buy Bolt".
    """
    head, noun = clause.head, clause.head.head
    if is_headline_future(head):
        clause.subjects = [noun]
        return
    if head.tag_ in ("VBN", "VBG") and not any(lemma(m) == "to" for m in children(head, "mark")):
        clause.subjects = [renamed(head) or meant(noun)]
        return
    holder = child(noun, "nmod:poss")
    if holder is not None:
        clause.subjects = [holder]
        return
    if child(noun, "cop") is not None:  # "is in talks to buy"
        clause.subjects = children(noun, "nsubj", *(["expl"] if marker(noun) else []))
        return
    governor = noun.head
    if noun.dep_ in ("obj", "obl", "xcomp", "ccomp") and is_predicate(governor):
        clause.subjects = surface_subjects(read_clause(governor))


def _is_aside(head: Token) -> bool:
    """ "Norbank, fined 150 million crowns, …", parsed as an aside of the name."""
    noun = head.head
    return (
        head.dep_ == "parataxis" and head.tag_ == "VBN" and noun.pos_ in ("NOUN", "PROPN") and noun.i < head.i
    )


def is_headline_future(head: Token) -> bool:
    """ "Acme to buy Bolt": an infinitive right after a name that heads the whole line."""
    name, to = head.head, child(head, "mark")
    if (
        head.dep_ not in ("acl", "advcl", "parataxis")
        or name.dep_ != "ROOT"
        or name.pos_ not in NOUNS
        or to is None
    ):
        return False
    return lemma(to) == "to" and name.i < to.i and not child(name, "cop", "nsubj", "det")


def _is_full(complement: Token) -> bool:
    """Whether an infinitive needs nothing more: "to be usurpers", "to buy chips"; "tried to buy" has a gap."""
    return bool(children(complement, "cop", "obj")) or complement.pos_ != "VERB"


def _fill_gap(clause: Clause) -> None:
    """In "Acme, which Bolt tried to buy", what Bolt tried to buy is Acme."""
    head, above = clause.head, clause.head.head
    if (
        head.dep_ != "xcomp"
        or above.dep_ != "acl:relcl"
        or clause.passive
        or _is_full(head)
        or clause.complement
    ):
        return
    subjects = children(above, "nsubj")
    if len(subjects) > 1 and any(lemma(s) in RELATIVE for s in subjects) and not clause.objects:
        clause.objects = [noun] if (noun := antecedent(head)) is not None else []


def _share_objects(clause: Clause) -> None:
    """ "designs and sells chips": the object after the last verb belongs to both."""
    head = clause.head
    if (
        clause.objects
        or clause.passive
        or clause.complement
        or clause.predicate is not None
        or head.pos_ != "VERB"
    ):
        return
    if head.dep_ == "conj" and head.head.pos_ == "VERB":
        clause.objects = [o for o in children(head.head, "obj") if o.i > head.i]
    else:
        for other in children(head, "conj"):
            between = [c for c in head.children if head.i < c.i < other.i and c.dep_ not in LOOSE]
            if other.pos_ == "VERB" and other.i - head.i <= 3 and not between and not is_passive(other):
                clause.objects = [o for o in children(other, "obj") if o.i > other.i]
                break


def _undo_voice(clause: Clause) -> None:
    """In a passive, the surface subject is the object and the by-phrase the subject."""
    if not clause.passive:
        return
    agents = [
        c
        for p, c in clause.obliques
        if (c.dep_ == "obl:agent" and p in ("by", "")) or (p == "by" and c.dep_ == "obl" and c.pos_ != "NUM")
    ]
    agents = [c for c in agents if c.ent_type_ != "DATE"] or _shared_agent(clause.head)
    if clause.subjects:
        clause.objects = [*clause.subjects, *clause.objects]
    clause.subjects = agents
    clause.obliques = [(p, c) for p, c in clause.obliques if c not in agents]


def _shared_agent(head: Token) -> list[Token]:
    """ "authorised and regulated by Bolt", "owned and operated by Bolt": the agent behind the last participle is everyone's."""
    first = first_conjunct(head)
    joined = [first, *children(first, "conj")]
    for other in joined if len(joined) > 1 and all(t.tag_ == "VBN" for t in joined) else ():
        agent = child(other, "obl:agent")
        if other == head or agent is None or agent.i < joined[-1].i:
            continue
        between = [t for t in head.doc[head.i + 1 : joined[-1].i] if t.dep_ not in LOOSE and t not in joined]
        if all(t.pos_ == "ADV" for t in between):
            return [agent]
    return []
