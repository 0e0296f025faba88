"""Article -> Reading: the whole of extraction as one pure function of the article, the ontology and the pipeline."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.appositions import mend_appositions, mend_posts, mend_titles
from kg.extract.claims import Writer
from kg.extract.confidence import rated
from kg.extract.coref import chains, referents
from kg.extract.coref.groups import groups, spread
from kg.extract.descriptions import find_descriptions
from kg.extract.details import placed
from kg.extract.frames import Sentence
from kg.extract.gaps import find_gaps, mend_gaps
from kg.extract.masking import mask, unwrap
from kg.extract.mentions import Mentions
from kg.extract.metadata import find_metadata
from kg.extract.moods import settle
from kg.extract.owners import name_by_owners
from kg.extract.pairs import RULE as LEARNED_RULE
from kg.extract.pairs import find_pairs, opinions, typer_of
from kg.extract.participles import (
    mend_amounts,
    mend_bases,
    mend_headlines,
    mend_lemmas,
    mend_participles,
    mend_possessors,
)
from kg.extract.rounds import mend_rounds
from kg.extract.rules import RULES, Rule, find_all
from kg.extract.shares import Shares, elided_units
from kg.extract.values import article_date, find_values
from kg.extract.whole_names import complete_names
from kg.model import (
    Article,
    Claim,
    Form,
    Frame,
    Reading,
    Reason,
    Span,
)
from kg.ontology import Ontology

DOUBTED = 0.1  # probability below which the typing head does not believe what a rule has read
MAX_TOKENS = 400  # of one sentence; what is longer is a table or an attack, not a sentence


def read_article(
    article: Article, ontology: Ontology, nlp: Language, rules: Sequence[Rule] = RULES
) -> Reading:
    """Everything kg takes from one article.

    Pure: the same article, ontology and pipeline give the same Reading on any machine and in any order. Every claim's
    `quote` is `article.text[claim.sentence.start:claim.sentence.end]`.

    >>> reading = read_article(Article("a", "Mars bought Kellanova."), ontology, nlp)
    >>> [(c.subject, c.relation) for c in reading.claims]
    [('Mars', 'acquires')]
    """
    text = unwrap(article.text)  # what is read; as long as the article's own, which is what is quoted
    doc = nlp(mask(text))
    complete_names(doc, ontology.words.get("legal_form", {}), ontology.nouns)
    mend_possessors(doc)
    mend_bases(doc)
    mend_lemmas(doc, lambda verb: ("verb", verb) in ontology.cue_index)
    mend_titles(doc)
    mend_posts(doc)
    mend_appositions(doc)
    mend_headlines(doc, ontology.words)
    mend_participles(doc, ontology.words.get("intransitive", {}))
    mend_amounts(doc)
    mend_rounds(doc)
    dated = article_date(text, ontology.words)
    date = article.date or (dated[1] if dated else None)
    gaps, values = find_gaps(doc, elided_units(doc, find_values(text, ontology.words, date)))
    mend_gaps(doc, gaps)
    mentions = Mentions(doc, ontology, values)
    shares = Shares(doc, mentions, gaps)
    frames = list(find_frames(doc, mentions, ontology, rules))
    frames += find_metadata(text, mentions, ontology.words, dated, _sentence_finder(doc))
    linkable = [m for m in mentions.all() if m.form not in (Form.VALUE, Form.CLAUSE)]
    chained = chains(linkable, doc, ontology)
    found, key_of = referents(article.id, linkable, chained, ontology)
    members = groups(doc.text, linkable, chained, ontology)
    known = {linkable[index]: key for index, key in key_of.items()}
    known |= {member: key_of[name] for named in members.values() for member, name in named.items()}
    writer = Writer(article, ontology, name_by_owners({r.key: r for r in found}, known), known)
    frames += find_descriptions(doc, mentions, linkable, chained, ontology)
    for frame in frames:
        for dealt in shares.deal(frame if shares.is_joint(frame) else spread(frame, members)):
            writer.take(dealt)
    typer = typer_of(nlp)
    if typer is not None:
        told = list(writer.claims.values())
        early = opinions(doc, told, ontology, typer)
        writer.doubt(told[index] for index, opinion in early.items() if opinion.agreed < DOUBTED)
        for proposal in find_pairs(doc, mentions, ontology, typer, frames, shares.crossed):
            for dealt in shares.deal(proposal):
                writer.propose(dealt)
    for tokens in doc.sents:
        if len(tokens) > MAX_TOKENS:
            place = Span(tokens.start_char, tokens.end_char)
            writer.refuse(place, Reason.LIMIT, f"{len(tokens)} tokens in one sentence")
    writer.drop_covered()
    claims = placed(list(writer.claims.values()), writer.referents, ontology)
    thought = opinions(doc, claims, ontology, typer) if typer is not None else {}
    claims = settle(claims, {index: opinion.moods for index, opinion in thought.items()}, LEARNED_RULE)
    ratings = {index: (opinion.agreed, opinion.none) for index, opinion in thought.items()}
    used = writer.used()
    return Reading(
        article.id,
        article.title,
        article.source,
        date,
        hashlib.sha256(article.text.encode()).hexdigest(),
        len(article.text),
        tuple(sorted(writer.typed(used))),
        tuple(sorted(rated(claims, writer.referents, ontology, ratings), key=_place)),
        tuple(writer.rejections),
    )


def find_frames(
    doc: Doc, mentions: Mentions, ontology: Ontology, rules: Sequence[Rule] = RULES
) -> Iterator[Frame]:
    """The frames of every sentence, rule by rule."""
    for tokens in doc.sents:
        if len(tokens) <= MAX_TOKENS and any(not t.is_space for t in tokens):
            sentence = Sentence(tokens, mentions, ontology)
            yield from find_all(sentence, rules)


def _sentence_finder(doc: Doc) -> Callable[[int], Span]:
    spans = []
    for tokens in doc.sents:
        text = tokens.text
        start = tokens.start_char + len(text) - len(text.lstrip())
        spans.append(Span(start, start + len(text.strip())))
    starts = [s.start for s in spans]
    return lambda place: spans[max(0, bisect_right(starts, place) - 1)]


def _place(claim: Claim) -> tuple[object, ...]:
    return (
        claim.sentence,
        claim.cue_span or claim.sentence,
        claim.subject,
        claim.relation,
        str(claim.object),
    )
