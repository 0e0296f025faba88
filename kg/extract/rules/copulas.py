"""Copulas and adjectives: what something is, is like, or is in ("is a platform of Sea", "available in Asia", "Berlin-based").

Clause types SVC and SVA of Quirk et al. (1985), as in ClausIE (Del Corro & Gemulla 2013); attributive adjectives after MinIE.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.clauses import read_clause, surface_subjects
from kg.extract.context import read_phrase_context
from kg.extract.frames import Rule, Sentence, noun_cues
from kg.extract.rules.roles import deed_roles, is_aim, is_name, noun_roles, number_of_people, role_frame
from kg.model import Frame, Role

REVERSED = "copula.reversed"
DEFINITE = "copula.definite"
IDENTIFIED = "copula.identified"
HYPHEN_SLOTS = (
    "in",
    "by",
    "on",
    "of",
    "with",
    "from",
    "at",
)  # "Berlin-based" = based in, "state-owned" = owned by


def find_copulas(sentence: Sentence) -> Iterator[Frame]:
    """ "Shopee is a market leader in Indonesia"; "Lee remains chairman of Samsung"; "The phone is available in France"."""
    copular = sentence.words("copular_verb")
    for clause in sentence.clauses:
        predicate = clause.head if is_aim(sentence, clause) else clause.predicate
        if predicate is None and tree.lemma(clause.head) in copular:
            predicate = clause.complement or next((o for o in clause.objects if o.i > clause.head.i), None)
        if predicate is None or not clause.subjects or clause.subjects[0] == predicate:
            continue
        if (kind := _one_of(predicate)) is not None:
            yield role_frame(sentence, "copula.noun", clause.subjects, kind, clause.head, False)
            continue
        if sentence.mentions.value_at(predicate) is not None:
            continue  # "revenue was $5bn": the measure rule
        if tree.marker(predicate):  # "is at the top of", "is in Berlin"
            preposition = tree.marker(predicate)
            roles = [sentence.role("subj", clause.subjects), sentence.role(preposition, [predicate])]
            words = tree.auxiliaries(clause.head) or [predicate]
            cues = [f"{preposition} {cue}" for cue in noun_cues(predicate)]
            if any(sentence.known("adjective", cue) for cue in cues):
                state = sentence.state_role("self", predicate)
                inner = [state, *noun_roles(sentence, predicate)]
                yield sentence.frame(
                    "copula.state", "adjective", cues, [*words, predicate], [roles[0], *inner], clause.head
                )
            else:
                yield sentence.frame("copula.prep", "verb", ["be"], words, roles, clause.head)
                yield from _possessed_place(sentence, clause.subjects[0], roles[1], clause.head)
        elif (
            reversed_frame := _reversed_copula(sentence, clause.subjects[0], predicate, clause.head)
        ) is not None:
            yield reversed_frame
        elif (
            clause.predicate is not None
            and (deed := _identified(sentence, clause.subjects[0], predicate, clause.head)) is not None
        ):
            yield deed
        elif predicate.pos_ in ("NOUN", "PROPN"):
            rule = DEFINITE if _is_definite(predicate) else "copula.noun"
            for noun in tree.conjuncts(predicate):  # "chairman and chief executive of Renault"
                if noun == predicate or noun.pos_ == "NOUN":
                    yield role_frame(sentence, rule, clause.subjects, noun, clause.head, False)
        elif predicate.pos_ in ("ADJ", "VERB", "ADV") and number_of_people(sentence, predicate) is None:
            yield from describe(sentence, "copula.adjective", clause.subjects, predicate, clause.head)


def _one_of(predicate: Token) -> Token | None:
    """ "carmakers" of "is one of the largest carmakers": the noun of the certain many says what the one is."""
    if predicate.lower_ != "one":
        return None
    many = (c for c in tree.children(predicate, "nmod") if tree.marker(c) == "of" and c.i > predicate.i)
    return next((c for c in many if c.pos_ == "NOUN" and tree.child(c, "det", "nmod:poss") is not None), None)


def _possessed_place(sentence: Sentence, subject: Token, place: Role, head: Token) -> Iterator[Frame]:
    """ "TikTok's headquarters are in Ireland": TikTok has headquarters in Ireland."""
    cues = [cue for noun in noun_cues(subject) if sentence.known("verb", cue := f"have {noun}")]
    of = next((r for r in noun_roles(sentence, subject) if r.slot in ("poss", "of", "compound")), None)
    if cues and of is not None:
        roles = [Role("subj", of.mentions, of.phrase), place]
        yield sentence.frame("copula.possessed", "verb", cues, [subject], roles, head, inferred=True)


def _is_definite(predicate: Token) -> bool:
    """ "the darling of investors", "Chile's fastest-growing guard service": one certain thing, not a kind of thing."""
    owned = tree.children(predicate, "nmod:poss")
    the = any(c.lower_ in ("the", "this", "that") for c in tree.children(predicate, "det"))
    return bool(owned) or the or any(c.tag_ == "JJS" for c in tree.children(predicate, "amod"))


def _reversed_copula(sentence: Sentence, subject: Token, predicate: Token, head: Token) -> Frame | None:
    """ "Its owner is Acme", "the goal of the fund is to rebuild the port": the role noun comes first, whose role it is after it."""
    if subject.pos_ != "NOUN" or is_name(sentence, subject):
        return None
    if any(is_name(sentence, c) for c in tree.children(subject, "appos")):
        return None  # "its lead candidate, MB-204, is a drug" says which it is already
    if predicate.pos_ == "ADJ":
        return None  # "the Ghent firm is active" names no firm of Ghent
    cues = [cue for cue in noun_cues(subject) if sentence.known("role", cue)]
    if not cues or any(sentence.known("role", cue) for cue in noun_cues(predicate)):
        return None
    inner = noun_roles(sentence, subject)
    of = next((r for r in inner if r.slot in ("of", "poss", "compound")), None)
    if of is None:
        return None
    nominal = predicate.pos_ in ("NOUN", "PROPN", "PRON")
    filler = sentence.role("subj", [predicate]) if nominal else sentence.clause_role("subj", predicate)
    roles = [filler, sentence.role("self", [subject]), Role("of", of.mentions, of.phrase)]
    return sentence.frame(REVERSED, "role", cues, [subject, *tree.auxiliaries(head)], roles, head)


def _identified(sentence: Sentence, subject: Token, predicate: Token, head: Token) -> Frame | None:
    """ "The danger for Tamar is a closure of the route", "Google's ambition is to run on wind": the predicate fills what the noun leaves open."""
    verbal = predicate.pos_ == "VERB" and tree.child(predicate, "mark") is not None
    nominal = predicate.pos_ in ("NOUN", "PROPN") and not verbal
    if subject.pos_ != "NOUN" or is_name(sentence, subject) or not (verbal or nominal):
        return None
    if nominal and any(sentence.known("role", cue) for cue in noun_cues(predicate)):
        return None  # "approval was the last hurdle": the predicate says something of the subject
    cues = [cue for cue in noun_cues(subject) if sentence.known("noun", cue)]
    roles = deed_roles(sentence, subject) if cues else []
    if not roles:
        return None
    taken = {r.slot for r in roles}
    for slot in ("obj", "of", "comp"):
        if slot in taken:
            continue
        if nominal and slot != "comp":
            roles.append(sentence.role(slot, [predicate]))
        elif not nominal:
            roles.append(sentence.clause_role(slot, predicate))
    return sentence.frame(
        IDENTIFIED, "noun", cues, [subject, *tree.auxiliaries(head)], roles, head, "", False, 0.8
    )


def describe(
    sentence: Sentence, rule: str, subjects: Sequence[Token], adjective: Token, head: Token
) -> Iterator[Frame]:
    roles = [sentence.role("subj", subjects), sentence.state_role("self", adjective)]
    for c in tree.children(adjective, "obl", "nmod"):
        if tree.marker(c) and c.i > adjective.i:
            roles.append(sentence.role(tree.marker(c), [c]))
    for c in tree.children(adjective, "obj", "obl", "nummod"):
        if not tree.marker(c) and sentence.mentions.value_at(c) is not None:  # "worth $30bn"
            roles += [sentence.role(slot, [c], alone=True) for slot in ("obj", "value")]
    for c in tree.children(adjective, "xcomp", "ccomp", "advcl"):
        roles.append(sentence.clause_role("comp", c))
    words = [*tree.auxiliaries(head), adjective] if head.dep_ != "amod" else [adjective]
    for c in tree.children(adjective, "obl", "nmod"):  # "subject to approval by the regulator"
        cues = [f"{tree.lemma(adjective)} {tree.marker(c)} {cue}" for cue in noun_cues(c)]
        known = [cue for cue in cues if sentence.known("adjective", cue)]
        if known:
            inner = noun_roles(sentence, c)
            yield sentence.frame("copula.idiom", "adjective", known, [*words, c], [*roles[:2], *inner], head)
    yield sentence.frame(rule, "adjective", [tree.lemma(adjective)], words, roles, head)


def find_adjectives(sentence: Sentence) -> Iterator[Frame]:
    """Adjectives with a complement behind their noun ("glasses available in Asia"), and "Berlin-based firm"."""
    for token in sentence.tokens:
        noun = token.head
        if (
            token.pos_ == "ADJ"
            and token.dep_ in ("amod", "acl", "appos", "parataxis")
            and token.i > noun.i
            and noun.pos_ in tree.NOUNS
        ) and any(tree.marker(c) or c.dep_ == "obj" for c in tree.children(token, "obl", "nmod", "obj")):
            yield from describe(sentence, "nouns.adjective", [noun], token, token)
        elif (bearer := _fronted(token)) is not None:
            yield from describe(sentence, "nouns.adjective", [bearer], token, token)
        doc = token.doc
        known = sentence.known("adjective", token.lower_)
        if known and token.i >= 2 and doc[token.i - 1].text == "-" and noun != token:
            owner = doc[token.i - 2]
            while (
                token.dep_ in ("amod", "compound", "nmod")
                and noun.dep_ in ("amod", "compound")
                and noun.head != noun
            ):
                noun = noun.head
            if noun.pos_ in tree.NOUNS and noun.i > token.i:
                # "Norda is an Oslo-based maker": it is Norda that is based there
                said_of = tree.children(noun, "nsubj") if tree.child(noun, "cop") else []
                roles = [
                    sentence.role("subj", said_of[:1] or [noun]),
                    *(sentence.role(slot, [owner]) for slot in HYPHEN_SLOTS),
                ]
                yield sentence.frame(
                    "nouns.hyphen",
                    "adjective",
                    [token.lower_],
                    [token],
                    roles,
                    noun,
                    inferred=True,
                    context=read_phrase_context(noun, sentence.ontology.words),
                )


def _fronted(adjective: Token) -> Token | None:
    """The subject that a phrase before it describes: "Devoid of advertising, the newsletter survives on fees"."""
    main = adjective.head
    if (
        adjective.pos_ != "ADJ"
        or adjective.dep_ not in ("advcl", "advmod")
        or adjective.i > main.i
        or not tree.is_predicate(main)
    ):
        return None
    if tree.children(adjective, "nsubj", "mark", "cop", "aux") or not tree.children(adjective, "obl", "nmod"):
        return None
    found = surface_subjects(read_clause(main))
    return found[0] if found and found[0].i > adjective.i else None


RULES = (
    Rule(
        "copula.noun",
        "Shopee is a platform of Sea.",
        ("Shopee", "platform", "Sea"),
        "ClausIE 2013",
        find_copulas,
    ),
    Rule(
        "copula.definite",
        "Acme is the largest shareholder of Bolt.",
        ("Acme", "shareholder", "Bolt"),
        "ClausIE 2013",
        find_copulas,
    ),
    Rule(
        "copula.reversed",
        "The owner of Castell is Acme.",
        ("Acme", "owner", "Castell"),
        "ClausIE 2013",
        find_copulas,
    ),
    Rule(
        "copula.identified",
        "The danger for Acme is a closure of the route.",
        ("Acme", "danger", "closure of the route"),
        "Quirk et al. 1985, 10.6",
        find_copulas,
    ),
    Rule(
        "copula.adjective",
        "The phone is available in France.",
        ("phone", "available", "France"),
        "ClausIE 2013",
        find_copulas,
    ),
    Rule(
        "copula.prep",
        "The plant is in Leeds.",
        ("plant", "be", "Leeds"),
        "ClausIE 2013",
        find_copulas,
    ),
    Rule(
        "copula.state",
        "The merger is on hold.",
        ("merger", "on hold", "on hold"),
        "ClausIE 2013",
        find_copulas,
    ),
    Rule(
        "copula.possessed",
        "TikTok's headquarters are in Ireland.",
        ("TikTok", "have headquarters", "Ireland"),
        "MinIE 2017",
        find_copulas,
    ),
    Rule(
        "nouns.adjective",
        "The phones, available in Japan, sold out.",
        ("phones", "available", "Japan"),
        "MinIE 2017",
        find_adjectives,
    ),
    Rule(
        "nouns.hyphen",
        "The Berlin-based firm grew.",
        ("Berlin-based firm", "based", "Berlin"),
        "MinIE 2017",
        find_adjectives,
    ),
)
