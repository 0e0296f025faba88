"""Pairs of phrases rated by the pipeline's learned typing head: relations that no rule reads, and what it thinks of those that one did.

The head only proposes: a likely pair where one clause holds it and a cue word of the relation, a sure pair anywhere in the sentence. Each
proposal is a frame of kind "learned" whose cue is the relation's name, so that the ontology admits or refuses it like any other; its mood
is read where the pair is told (`_told_at`), then settled with the head (`kg.extract.moods`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from kg.extract import tree
from kg.extract.circumstances import around, is_field, size_of
from kg.extract.context import is_statement, read_context, read_phrase_context
from kg.extract.mentions import Mentions, span_beside
from kg.extract.pipeline.component import NetworkReader
from kg.extract.pipeline.typer import Typer
from kg.model import Claim, Form, Frame, Mention, Polarity, Role, Span
from kg.ontology import LEARNED, Ontology

RULE = "learned.typing"
MOST_MENTIONS = 12  # of one sentence; the cost grows with their square
LIKELY = 0.55  # probability from which a relation is proposed; docs/reading.md says how these were chosen
SURE = 0.65  # from here the sentence need hold no cue word of the relation, nor the pair stand in one clause
CLAUSES = frozenset({"advcl", "ccomp", "acl", "acl:relcl", "advcl:relcl", "parataxis", "csubj"})
HELD = frozenset({"xcomp", "ccomp", "acl"})  # clauses whose mood their governor sets
BESIDE = frozenset({"conj", "parataxis"})  # clauses with a mood of their own
DENIED = Polarity.NEGATIVE
_RANK = {Form.NAME: 0, Form.VALUE: 1, Form.NOMINAL: 2, Form.PRONOUN: 3}


class Opinion(NamedTuple):
    """Of a claim: the probability of its relation, of none at all, and of each mood."""

    agreed: float
    none: float
    moods: Mapping[str, float]


def typer_of(nlp: Language) -> Typer | None:
    """The typing head of a pipeline; None for a pipeline without one."""
    readers = (pipe for _, pipe in nlp.pipeline if isinstance(pipe, NetworkReader))
    return next((reader.network.typer for reader in readers), None)


def find_pairs(
    doc: Doc,
    mentions: Mentions,
    ontology: Ontology,
    typer: Typer,
    told: Iterable[Frame] = (),
    crossed: Callable[[Mention, Mention], bool] = lambda one, other: False,
) -> Iterator[Frame]:
    """A frame for each pair of mentions that a relation is likely to hold of, the probability as its confidence.

    From the frames *told* by the rules it takes what is said around the pair. No pair that is *crossed*, which the words
    themselves tell apart: one firm and the figure of another in a list.

    The pairs of a sentence come by probability, so that the likelier of two that exclude each other is seen first.

    Only relations that the ontology has, or has one of the same meaning for (`Relation.heads`), are proposed.
    """
    meant = _meant(ontology, typer)
    vectors = doc.user_data.get("kg.typed")
    if vectors is None or not meant:
        return
    allowed = np.array([number in meant for number in range(len(typer.relations))])
    forecasts = {relation.expected_as for relation in ontology.relations.values()} - {""}
    beside: dict[int, list[Frame]] = {}
    for frame in told:
        beside.setdefault(frame.sentence.start, []).append(frame)
    placed = mentions.placed()
    starts = [token.i for token, _ in placed]
    for sentence in doc.sents:
        here = placed[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        chosen = _salient(here)
        heads = {id(mention): token for token, mention in chosen}
        if len(chosen) > 1:
            for pair in _rated(sentence, chosen, ontology, typer, vectors, allowed, meant):
                one, other = (role.mentions[0] for role in pair.roles)
                if crossed(one, other):
                    continue
                relation, head = ontology.relations[pair.cues[0]], heads[id(other)]
                kind = _kind(head, one, other, mentions) if ontology.classifies(relation.name) else other
                if relation.name in forecasts and _is_base(head):
                    continue  # "expects $700m, down from $815m": that has been
                frames = beside.get(pair.sentence.start, ())
                if kind is not None and not is_field(frames, other, relation):
                    size = size_of(head, mentions)
                    more = around(frames, pair.predicate, (one, other), relation, size, ontology.words)
                    when = [_role("time", mentions.part(c, [c])) for c in _former(head, ontology)]
                    yield replace(pair, roles=(pair.roles[0], _role("obj", kind), *when, *more))


def _meant(ontology: Ontology, typer: Typer) -> dict[int, list[tuple[str, bool]]]:
    """For each relation of the head those of the ontology that mean it, and whether turned round."""
    known: dict[str, list[tuple[str, bool]]] = {}
    for relation in ontology.relations.values():
        for name, turned in _heads_of(ontology, relation.name):
            known.setdefault(name, []).append((relation.name, turned))
    return {number: sorted(known[name]) for number, name in enumerate(typer.relations) if name in known}


def _salient(placed: Sequence[tuple[Token, Mention]]) -> list[tuple[Token, Mention]]:
    """The mentions that say most, by place: names first, then figures, then what stands highest in the tree."""
    usable = [(t, m) for t, m in placed if m.form in _RANK and m.text]
    if len(usable) > MOST_MENTIONS:
        usable.sort(key=lambda pair: (_RANK[pair[1].form], _depth(pair[0]), pair[0].i))
        usable = usable[:MOST_MENTIONS]
    return sorted(usable, key=lambda pair: pair[0].i)


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def _rated(
    sentence: Tokens,
    chosen: Sequence[tuple[Token, Mention]],
    ontology: Ontology,
    typer: Typer,
    vectors: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
    allowed: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    meant: Mapping[int, Sequence[tuple[str, bool]]],
) -> Iterator[Frame]:
    words = [t for t in sentence if not t.is_space]
    span = tree.char_span(words)  # as the rules have it
    starts = [t.idx for t in words]
    pairs: list[tuple[int, int]] = []
    places: list[tuple[int, int, int, int]] = []
    for i, (_, one) in enumerate(chosen):
        for j, (_, other) in enumerate(chosen):
            here = (*_words_of(starts, span_beside(one, other)), *_words_of(starts, span_beside(other, one)))
            if one.form is not Form.VALUE and _apart(here):
                pairs.append((i, j))
                places.append(here)
    if not pairs:
        return
    ratings = typer.rate(vectors[[t.i for t in words]], _heads(words), places)
    shares = np.where(allowed, ratings.relations, 0.0)
    best = shares.max(1)
    likely = np.flatnonzero(best >= LIKELY)
    for row in likely[np.argsort(-best[likely], kind="stable")]:
        i, j = pairs[row]
        number = int(shares[row].argmax())
        said = _lemmas(words, (places[row][:2], places[row][2:]))
        cued = any(cue <= said for name, _ in meant[number] for cue in ontology.cue_words[name])
        own = any(name != typer.relations[number] for name, _ in meant[number])
        if (own or shares[row, number] < SURE) and not (cued and _in_one_clause(chosen[i][0], chosen[j][0])):
            continue
        cue = words[int(ratings.cues[row])]
        head = _told_at(chosen[i][0], chosen[j][0], cue)
        if not is_statement(head, ontology.words):
            continue
        within = not tree.is_predicate(head) and (head == chosen[i][0] or head.is_ancestor(chosen[i][0]))
        read = read_phrase_context if within else read_context
        context = read(head, ontology.words)
        if _is_deed(cue, head, chosen[j][0]) and read_context(cue, ontology.words).polarity is DENIED:
            context = replace(context, polarity=DENIED)
        for name, turned in meant[number]:
            one, other = (chosen[j][1], chosen[i][1]) if turned else (chosen[i][1], chosen[j][1])
            yield Frame(
                RULE,
                LEARNED,
                (name,),
                tree.char_span([cue]),
                cue.text,
                (_role("subj", one), _role("obj", other)),
                span,
                context,
                confidence=round(float(shares[row, number]), 3),
            )


def _is_base(figure: Token) -> bool:
    """ "$815m" of "down from $815m": what a figure is compared with; "raised its forecast from $815m" tells of a forecast."""
    return tree.marker(figure) == "from" and figure.head.pos_ in ("ADV", "ADP", "ADJ")


def _former(head: Token, ontology: Ontology) -> list[Token]:
    """ "once" of "Acme, once the biggest maker of bricks"; what stands in the kind itself, as "former", says so there."""
    times = ontology.words.get("role_time", {})
    before = tree.children(head, "case", "advmod", "mark", "cc")
    return [c for c in before if c.i < head.i and times.get(tree.lemma(c)) == "former"][:1]


def _kind(head: Token, one: Mention, kind: Mention, mentions: Mentions) -> Mention | None:
    """The kind that a phrase names, without how many there are: "African fintech groups" of "two African fintech groups".

    Nor the name itself: "lawyer" of "lawyer Ann Lee". None where the phrase goes on: "brands like Acme" said of Acme.
    """
    if kind.span.start <= one.span.start and one.span.end <= kind.span.end:
        before = [t for t in head.sent if kind.span.start <= t.idx < one.span.start]
        ends = one.span.end == kind.span.end and bool(before) and before[-1].pos_ == "NOUN"
        return mentions.part(before[-1], before) if ends else None
    whole = tree.whole_of(head)
    if whole is not None:
        return mentions.at(whole)  # "two of Italy's banks"
    counts = [c.right_edge.i for c in tree.children(head, "nummod") if c.i < head.i]
    words = [t for t in head.doc[max(counts, default=head.i) + 1 : head.i + 1] if t.idx >= kind.span.start]
    return mentions.part(head, words) if words and head.tag_ == "NNS" else kind


def opinions(doc: Doc, claims: Iterable[Claim], ontology: Ontology, typer: Typer) -> dict[int, Opinion]:
    """What the head thinks of claims that were read.

    A relation of a user's own is rated as what it means (`Relation.heads`). Keys are places in *claims*; absent are
    claims of a relation the head knows nothing of, and such without two phrases in one sentence.
    """
    vectors = doc.user_data.get("kg.typed")
    found: dict[int, Opinion] = {}
    if vectors is None:
        return found
    number = {name: index for index, name in enumerate(typer.relations)}
    told: dict[int, list[tuple[int, int | None, bool, Claim]]] = {}
    for index, claim in enumerate(claims):
        meant = [
            (number[name], turned) for name, turned in _heads_of(ontology, claim.relation) if name in number
        ]
        for which, turned in [(None, False)] if claim.open else meant:
            told.setdefault(claim.sentence.start, []).append((index, which, turned, claim))
    for sentence in doc.sents:
        words = [t for t in sentence if not t.is_space]
        here = told.get(words[0].idx, []) if words else []
        starts = [t.idx for t in words]
        asked = [
            (index, which, place[2:] + place[:2] if turned else place)
            for index, which, turned, claim in here
            if (place := _places(starts, claim)) is not None
        ]
        if not asked:
            continue
        ratings = typer.rate(vectors[[t.i for t in words]], _heads(words), [place for *_, place in asked])
        for row, (index, which, _) in enumerate(asked):
            share = 0.0 if which is None else float(ratings.relations[row, which])
            if index in found and found[index].agreed >= share:
                continue
            moods = {mood: float(part) for mood, part in zip(typer.moods, ratings.moods[row], strict=True)}
            found[index] = Opinion(share, float(ratings.none[row]), moods)
    return found


def _heads_of(ontology: Ontology, relation: str) -> Sequence[tuple[str, bool]]:
    """The relations of the head that a relation means, and whether turned round."""
    known = ontology.relations.get(relation)
    return known.heads if known is not None and known.heads else ((relation, False),)


def _places(starts: Sequence[int], claim: Claim) -> tuple[int, int, int, int] | None:
    """Words of a claim's subject and object; None where one is missing or they overlap."""
    if claim.subject_span is None or claim.object_span is None:
        return None
    place = (*_words_of(starts, claim.subject_span), *_words_of(starts, claim.object_span))
    return place if _apart(place) else None


def _apart(place: tuple[int, int, int, int]) -> bool:
    """Whether both stretches hold words, and none the same."""
    first, end, other, last = place
    return (end <= other or last <= first) and first < end and other < last


def _lemmas(words: Sequence[Token], pair: Sequence[tuple[int, int]]) -> set[str]:
    """What the sentence says outside the two mentions."""
    return {
        tree.lemma(word)
        for index, word in enumerate(words)
        if not any(first <= index < end for first, end in pair)
    }


def _heads(words: Sequence[Token]) -> list[int]:
    """Of each word the index of its head, of a root the word itself."""
    index = {word.i: number for number, word in enumerate(words)}
    return [index.get(word.head.i, number) for number, word in enumerate(words)]


def _role(slot: str, mention: Mention) -> Role:
    return Role(slot, (mention,), mention.phrase)


def _words_of(starts: Sequence[int], span: Span) -> tuple[int, int]:
    """Indices of the first word of a span and of the word after its last."""
    first = bisect_left(starts, span.start)
    return first, max(first, bisect_left(starts, span.end))


def _in_one_clause(one: Token, other: Token) -> bool:
    """Whether no clause opens on the way from one word to the other through the tree."""
    above = _governor(one, other)
    way = [
        t for end in (one, other) for t in (end, *end.ancestors) if t != above and not t.is_ancestor(above)
    ]
    return not any(t.dep_ in CLAUSES or (t.dep_ == "conj" and tree.is_predicate(t)) for t in way)


def _told_at(one: Token, other: Token, cue: Token) -> Token:
    """Where the mood of a pair is read: at the word above both, or at a clause under it that holds one of them.

    That is a clause whose subject is shared ("Acme sells cars and will open a plant"), one that stands beside ("Acme has no
    plant: Bolt makes its cars"), and one that its governor moves, if it holds the cue: "Acme is in talks to buy Bolt" tells
    of buying, "asks funds to invest at home" of asking.
    """
    above = _governor(one, other)
    if above in (one, other) and one in tree.conjuncts(tree.first_conjunct(other)):
        return _told_of_both(above, cue)
    for end in (other, one):
        for token in (end, *end.ancestors):
            if token == above or token.is_ancestor(above):
                break
            if not tree.is_predicate(token):
                continue
            if token.dep_ in BESIDE or (token.dep_ in HELD and (token == cue or token.is_ancestor(cue))):
                return token
    return above


def _is_deed(cue: Token, head: Token, other: Token) -> bool:
    """Whether a noun tells of the pair, whose verb says what became of it: "dropped its bid for Bolt"."""
    return cue.pos_ == "NOUN" and head.pos_ == "VERB" and head.is_ancestor(cue) and cue.is_ancestor(other)


def _told_of_both(first: Token, cue: Token) -> Token:
    """Where a pair is told that stands together as a subject: "Acme and Bolt shelve their merger" tells of the merger."""
    clause = first.head
    if first.dep_ not in tree.SUBJECTS or not tree.is_predicate(clause):
        return first
    within = clause.is_ancestor(cue) and not first.is_ancestor(cue)
    return cue if within and cue.pos_ in ("NOUN", "VERB") else clause


def _governor(one: Token, other: Token) -> Token:
    """The lowest word above both mentions, or one of them itself."""
    above = {t.i for t in (one, *one.ancestors)}
    return next((t for t in (other, *other.ancestors) if t.i in above), one)
