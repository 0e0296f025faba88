"""Figures: whose what is how much ("Sea's revenue rose 29.6% to $4.84 billion", "the S1 at a starting price of $537").

The pattern attribute-holder-value after BONIE (Saha, Pal & Mausam 2017), which reads numerical facts the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.clauses import Clause, read_clause
from kg.extract.context import read_context
from kg.extract.frames import Rule, Sentence, noun_cues
from kg.extract.rules.periods import is_day, is_report, periods
from kg.extract.rules.roles import number_of_people
from kg.extract.rules.verbs import measured_after, per_share
from kg.model import Frame, Role

DIRECTIONS = frozenset({"up", "down", "higher", "lower"})
FIGURES = frozenset({"money", "percent", "quantity"})
SITES = ("Facility", "Product")
BASES = frozenset({"from", "against"})  # before a figure of an earlier time
HOLDERS = frozenset({"of", "for", "in", "at", "on"})


def find_measures(sentence: Sentence) -> Iterator[Frame]:
    """One frame of kind "measure" per figure: cue the measured noun, roles holder, value and what else the noun carries."""
    for token in _figure_heads(sentence):
        noun, change = _measured(sentence, token)
        if noun is None:
            continue
        value = Role("value", (sentence.mentions.at(token),), sentence.mentions.at(token).phrase)
        cues = noun_cues(noun)
        if per_share(sentence, token):
            cues = [*(f"{cue} per share" for cue in cues), *cues]
        if change:
            cues = [*(f"{cue} {change}" for cue in cues), *cues]
        roles = [value, sentence.role("self", [noun]), *_details(sentence, noun, token)]
        holder = _holder(sentence, noun)
        topic = [] if holder else _topic(sentence, noun)
        if holder and tree.is_collective(holder[0]):
            continue  # "Acme and Bolt together earned $5bn": neither did
        if holder or topic:
            roles.insert(0, sentence.role("holder", holder or topic, alone=bool(topic)))
        context = read_context(_told_at(sentence, noun, token), sentence.ontology.words)
        yield sentence.frame("measures.figure", "measure", cues, [noun], roles, noun, context=context)


def _told_at(sentence: Sentence, noun: Token, figure: Token) -> Token:
    """Where the mood of a figure is read: at the verb or noun of change around what is measured ("its goal is to cut costs by 5%")."""
    verb = tree.first_conjunct(figure).head
    if verb.pos_ == "VERB" and noun.head == verb and noun.dep_ == "obj":
        return verb if tree.lemma(verb) in sentence.words("change_direction") else noun
    above = noun.head
    changes = noun.dep_ in ("compound", "nmod") and tree.lemma(above) in sentence.words("change_noun")
    return above if changes and above.pos_ == "NOUN" else noun


def _figure_heads(sentence: Sentence) -> list[Token]:
    """One token per figure: of those the value covers, the last that hangs on a word outside it ("%" of "more than a 90%")."""
    heads: dict[tuple[int, int], Token] = {}
    for token in sentence.tokens:
        found = sentence.mentions.value_at(token)
        if found is None or found[1].kind not in FIGURES:
            continue
        span = found[0]
        outside = token.head == token or not span.start <= token.head.idx < span.end
        if outside or (span.start, span.end) not in heads:
            heads[(span.start, span.end)] = token
    return list(heads.values())


def _measured(sentence: Sentence, figure: Token) -> tuple[Token | None, str]:
    """The noun that is measured, and the verb of change between them ("" if none)."""
    top = tree.first_conjunct(figure)
    governor = top.head
    if (behind := measured_after(sentence, top)) is not None:
        return behind, ""
    direction = _direction(top) or _direction(governor)
    if governor == top:
        return (_subject_noun(top), direction) if tree.child(top, "cop") else (None, "")
    if tree.child(top, "cop") and (subject := _subject_noun(top)) is not None:
        return subject, direction  # "revenue was $5bn", "shares were up 7%"
    if (
        governor.pos_ in ("ADV", "ADJ", "ADP") and direction
    ):  # "turnover was 9% higher", "with revenue down 7%"
        clause = read_clause(governor)
        measured = clause.subjects[0] if clause.subjects and not clause.inherited else None
        return measured or _absolute(governor), direction
    if sentence.mentions.value_at(governor) is not None:
        return _measured(sentence, governor)  # "fell 3 percent to $2bn", the second figure hung on the first
    if tree.marker(governor) == "per" and governor.head.pos_ == "NOUN":
        governor = governor.head  # "earnings per share of 42 pence"
    if tree.marker(governor) in ("before", "after") and governor.head.pos_ == "NOUN":
        governor = governor.head  # "profit before tax of £6.2m"
    if governor.pos_ in ("NOUN", "PROPN"):
        if top.dep_ in ("nmod", "nmod:unmarked", "appos", "acl") and top.i > governor.i:
            return _inner_noun(sentence, governor), _change(
                sentence, governor
            )  # "revenue of $5bn", "a jump of 5% in sales"
        if top.dep_ in ("nummod", "compound", "nmod", "amod", "nmod:unmarked", "det") and top.i < governor.i:
            return _inner_noun(sentence, governor), _change(
                sentence, governor
            )  # "$537 entry price", "30% jump in sales"
        return None, ""
    if tree.is_predicate(governor) and governor.pos_ in ("VERB", "AUX"):
        clause = read_clause(governor)
        subject = _subject_noun(governor)
        lemma = tree.lemma(governor)
        if subject is None and clause.subjects:
            subject = clause.subjects[0]
        if lemma in sentence.words("change_direction") or (lemma in sentence.words("measure_verb")):
            changed = [o for o in clause.objects if o != subject and sentence.mentions.value_at(o) is None]
            if changed:
                subject = changed[0]  # "cut costs by 5%"
            return subject, lemma
        if direction and clause.objects and clause.objects[0] != top:
            return clause.objects[0], direction  # "sent its shares up 5%"
        if lemma in sentence.words("report_figure_verb") and top.dep_ == "obj":
            return None, ""
    return None, ""


def _direction(token: Token) -> str:
    """ "up" of "up 7%", "higher" of "9% higher": the word itself, or one beside the figure."""
    words = [token, *tree.children(token, "advmod", "case")]
    return next((t.lower_ for t in words if t.lower_ in DIRECTIONS), "")


def _absolute(adverb: Token) -> Token | None:
    """ "revenue" of "with revenue down 7%", where the parser hung it on the main clause."""
    before = adverb.doc[adverb.i - 1] if adverb.i else None
    return before if before is not None and before.pos_ == "NOUN" else None


def _change(sentence: Sentence, noun: Token) -> str:
    """The noun itself where it names a change: "30% surge in revenue" -> "surge"."""
    return tree.lemma(noun) if tree.lemma(noun) in sentence.words("change_noun") else ""


def _inner_noun(sentence: Sentence, noun: Token) -> Token:
    """ "a 30% surge in first-quarter revenue": revenue is measured, not the surge."""
    if tree.lemma(noun) in sentence.words("change_noun"):
        for c in tree.children(noun, "nmod"):
            if (
                tree.marker(c) in ("in", "of")
                and c.pos_ in ("NOUN", "PROPN")
                and sentence.mentions.value_at(c) is None
            ):
                return c
        compound = next(
            (
                c
                for c in tree.children(noun, "compound")
                if c.pos_ == "NOUN" and sentence.mentions.value_at(c) is None
            ),
            None,
        )
        if compound is not None:
            return compound
    return noun


def _subject_noun(head: Token) -> Token | None:
    return next(
        (
            c
            for c in head.children
            if c.dep_ in ("nsubj", "nsubj:pass") and c.pos_ in ("NOUN", "PROPN", "PRON")
        ),
        None,
    )


def _governor(noun: Token) -> Token | None:
    """The clause the noun stands in: its mood is the figure's mood."""
    for ancestor in noun.ancestors:
        if tree.is_predicate(ancestor):
            return ancestor
    return None


def _holder(sentence: Sentence, noun: Token) -> list[Token]:
    """Whose measure it is: possessor, "of" phrase, a name before the noun, else the clause's subject or the object priced."""
    gapped = tree.child(noun, "nsubj")
    if gapped is not None and tree.child(noun, "cop") is None:
        return [gapped]  # "Norda made a profit and Velox a loss of $2m"
    if noun.pos_ == "PROPN" or noun.ent_type_ or noun.pos_ == "PRON":
        return [noun]
    for c in tree.children(noun, "nmod:poss"):
        return [c]
    for c in tree.children(noun, "nmod"):
        if (
            tree.marker(c) in HOLDERS
            and c.i > noun.i
            and sentence.mentions.at(c).value is None
            and (tree.marker(c) == "of" or c.ent_type_ or _is_firm(sentence, [c]) or _is_site(sentence, c))
            and not _is_market(sentence, noun, c)
        ):
            return [c]
    for c in tree.children(noun, "compound", "nmod:desc", "nmod"):
        if c.i < noun.i and c.ent_type_ and not tree.marker(c):
            return [c]
    outer = noun
    while (
        outer.head.pos_ in ("NOUN", "SYM", "NUM")
        and outer.dep_ in ("nmod", "compound", "conj", "appos")
        and outer.head != outer
    ):
        outer = outer.head  # "a 30% surge in revenue": who reported the surge
        for c in tree.children(outer, "nmod:poss"):
            return [c]
    governor = outer.head
    if governor == outer or not tree.is_predicate(governor):
        return []
    clause = read_clause(governor)
    if outer.dep_ in tree.OBLIQUES and clause.objects and tree.marker(outer) in ("at", "for"):
        return clause.objects[:1]  # "unveiled the S1 at a price of $537"
    if tree.lemma(noun) in sentence.words("penalty_noun") and (struck := _struck(sentence, clause, outer)):
        return struck
    if given := _given(sentence, clause, outer):
        return given
    own = [s for s in clause.subjects[:1] if s not in (outer, noun)]
    if own and outer.dep_ == "obj" and _is_changed(sentence, governor, own[0]):
        return []  # "the crossover lifted deliveries by 71%": they are not its own
    if own and tree.lemma(governor) in sentence.words("estimating_verb"):
        return []  # "analysts put the damage at $5bn": it is not theirs
    if own or governor.dep_ not in ("ccomp", "parataxis", "advcl") or not tree.is_predicate(governor.head):
        return own or _source(sentence, governor)
    speaker = read_clause(governor.head).subjects[:1]  # "Acme said revenue fell": its own
    return speaker if _is_firm(sentence, speaker) else []


def _is_changed(sentence: Sentence, verb: Token, changer: Token) -> bool:
    """Whether a verb tells that a thing, and no body or person, changes what is measured."""
    kind = sentence.mentions.at(changer).type
    things = ("Product", "Event", "MarketFactor", "Technology")
    return tree.lemma(verb) in sentence.words("change_direction") and any(
        kind and sentence.ontology.is_a(kind, thing) for thing in things
    )


def _struck(sentence: Sentence, clause: Clause, penalty: Token) -> list[Token]:
    """Whom a penalty strikes: "hit Norda with a fine", "Norda was handed a fine", "imposed a fine on Norda"."""
    on = [c for p, c in clause.obliques if p == "on"]
    others = [o for o in clause.objects if o != penalty and sentence.mentions.value_at(o) is None]
    return (clause.indirect or others or on)[:1]


def _given(sentence: Sentence, clause: Clause, noun: Token) -> list[Token]:
    """Who is left with a figure that somebody else gives: "hit Velox with a £5m fine", "imposed a fine of $5m on Velox"."""
    if tree.lemma(clause.head) not in sentence.words("burdening_verb"):
        return []
    if tree.marker(noun) == "with":
        return [o for o in clause.objects if sentence.mentions.value_at(o) is None][:1]
    laid_on = [c for slot, c in clause.obliques if slot in ("on", "upon")]
    return clause.indirect[:1] or (laid_on[:1] if noun in clause.objects else [])


def _source(sentence: Sentence, governor: Token) -> list[Token]:
    """The firm behind a bare figure: "Net income was $402m, according to Acme"."""
    named = [c for c in tree.children(governor, "obl") if tree.marker(c) == "according to"]
    return named[:1] if _is_firm(sentence, named[:1]) else []


def _topic(sentence: Sentence, noun: Token) -> list[Token]:
    """A bare "revenue" that is a subject is the revenue of the firm last spoken of."""
    bare = (
        noun.dep_ in ("nsubj", "nsubj:pass")
        and noun.pos_ == "NOUN"
        and tree.child(noun, "det") is None
        and all(_is_market(sentence, noun, c) for c in tree.children(noun, "nmod"))
    )
    firm = (
        sentence.firm_meant(noun)
        if bare and any(sentence.known("measure", c) for c in noun_cues(noun))
        else None
    )
    return [firm] if firm is not None else []


def _is_market(sentence: Sentence, noun: Token, place: Token) -> bool:
    """ "Europe" of "sales in Europe", which are those of a firm there; but inflation is a country's."""
    if tree.marker(place) != "in" or place.ent_type_ != "PLACE":
        return False
    meant = [r for cue in noun_cues(noun) for r, _ in sentence.ontology.cue_index.get(("measure", cue), ())]
    return bool(meant) and not any(
        "Place" in r.domain or "Country" in r.domain or "Any" in r.domain or not r.domain for r in meant
    )


def _is_site(sentence: Sentence, head: Token) -> bool:
    """ "the social network" of "headcount at the social network"."""
    kind = sentence.mentions.at(head).type
    return tree.marker(head) == "at" and any(kind and sentence.ontology.is_a(kind, site) for site in SITES)


def _is_firm(sentence: Sentence, heads: Sequence[Token]) -> bool:
    kinds = [sentence.mentions.at(h).type for h in heads]
    return any(kind and sentence.ontology.is_a(kind, "Organization") for kind in kinds)


def _details(sentence: Sentence, noun: Token, figure: Token) -> list[Role]:
    """When and where: the prepositional phrases of the noun, the figure and their clause."""
    seen: set[int] = set()
    governor = _governor(noun)
    sources: list[Token] = [noun, figure, figure.head, *([governor] if governor is not None else [])]
    if tree.marker(figure) in BASES:
        sources = [figure]  # "rose to $5bn in 2024 from $4bn in 2023"
    roles = list(periods(sentence, noun, governor, sources)) if len(sources) > 1 else []
    for source in sources:
        for c in tree.children(source, "nmod", "obl"):
            if c.i in seen or c in (figure, noun) or c.pos_ == "VERB" or tree.is_possessive(c):
                continue
            if is_day(sentence, c) and is_report(sentence, source):
                continue  # "on Tuesday reported revenue of $5bn": not what it earned on Tuesday
            mention = sentence.mentions.at(c)
            if mention.value is None or mention.value.kind == "date":
                seen.add(c.i)
                roles.append(sentence.role(tree.marker(c) or "adv", [c]))
    return roles


def find_strengths(sentence: Sentence) -> Iterator[Frame]:
    """ "a 30-strong team at Acme", "an 85-person firm", "the group is 1,200 strong": so many people work there."""
    for token in sentence.tokens:
        figure = number_of_people(sentence, token)
        holder = _counted_body(sentence, token) if figure is not None else []
        if figure is None or not holder:
            continue
        value = sentence.mentions.at(figure)
        roles = [sentence.role("holder", holder), Role("value", (value,), value.phrase)]
        yield sentence.frame("measures.strength", "measure", [tree.lemma(token)], [token], roles, token)


def _counted_body(sentence: Sentence, token: Token) -> list[Token]:
    """The firm that is so strong, or whose team, crew or workforce is."""
    if tree.child(token, "cop") is not None:
        return [s for s in read_clause(token).subjects[:1] if _is_firm(sentence, [s])]
    joined = token.i and token.doc[token.i - 1].text == "-"
    body = next(
        (t for t in token.doc[token.i + 1 : token.i + 4] if t.pos_ == "NOUN" and t.right_edge.i >= t.i), None
    )
    if not joined or body is None:
        return []
    if tree.lemma(body) not in sentence.words("body_of_people"):
        return [body] if _is_firm(sentence, [body]) else []
    owners = [c for c in tree.children(body, "nmod:poss", "nmod") if _is_firm(sentence, [c])]
    if owners or body.dep_ not in ("obj", "obl"):
        return owners[:1]
    return [s for s in read_clause(body.head).subjects[:1] if _is_firm(sentence, [s])]


RULES = (
    Rule(
        "measures.figure",
        "Acme's sales rose to $5 billion.",
        ("Acme", "sales", "$5 billion"),
        "BONIE 2017",
        find_measures,
    ),
    Rule(
        "measures.strength",
        "Acme has a 30-strong team in Riga.",
        ("Acme", "strong", "30-strong"),
        "Quirk et al. 1985, 7.83",
        find_strengths,
    ),
)
