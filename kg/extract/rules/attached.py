"""Phrases that say of their noun what a verb would: "a plant in Ulm", "Vester, with turnover of 5bn kroner", "Ann Lee of Acme".

Noun-phrase propositions after MinIE (Gashteovski et al. 2017); "with" as possession after Quirk et al. (1985, 9.55).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.clauses import read_clause, surface_subjects
from kg.extract.context import read_phrase_context
from kg.extract.frames import Rule, Sentence, noun_cues
from kg.extract.rules.roles import is_name, noun_roles
from kg.extract.rules.verbs import noun_phrases
from kg.model import Frame, Role

PLACING = frozenset({"in", "near", "outside", "at", "on"})
SITED = ("Facility", "Infrastructure", "BusinessUnit")  # what a place right before it locates
PLACED = (*SITED, "Organization", "PersonGroup")  # and one behind it
BELONGING = frozenset({"of", "at", "from", "with"})


def find_with(sentence: Sentence) -> Iterator[Frame]:
    """ "With offices in Riga, Acme …", "Acme, with 300 employees, …": the subject or the noun has what "with" brings."""
    for token in sentence.tokens:
        if token.dep_ not in ("obl", "nmod") or tree.marker(token) != "with" or not _is_held(token):
            continue
        holder = _holder_of(token)
        if holder is None:
            continue
        between = any(t.i > token.i for t in tree.conjuncts(holder))  # "Acme, with 16%, and Bolt, with 9%"
        roles = [
            sentence.role("subj", [holder], alone=between),
            sentence.role("obj", [token]),
            *(noun_phrases(sentence, token) or _whole_before(sentence, holder, token)),
        ]
        cues = [*(f"have {cue}" for cue in noun_cues(token)), "have"]
        context = read_phrase_context(token, sentence.ontology.words)
        yield sentence.frame(
            "attached.with", "verb", cues, [token], roles, token, "has", True, confidence=0.7, context=context
        )


def _whole_before(sentence: Sentence, holder: Token, share: Token) -> list[Role]:
    """ "of Tern" for the 9% of "Acme, with 16% of Tern, and Bolt, with 9%"."""
    first = tree.first_conjunct(holder)
    value = sentence.mentions.value_at(share)
    if first == holder or value is None or value[1].kind != "percent":
        return []
    before = [
        c for c in (first, *tree.children(first, "nmod", "obl")) if tree.marker(c) == "with" and c.i < share.i
    ]
    return next((roles for c in before if (roles := noun_phrases(sentence, c))), [])


def _is_held(token: Token) -> bool:
    """A thing had, not an absolute clause ("with restrictions tightening") nor a person's company."""
    owned = any(c.pos_ != "PRON" for c in tree.children(token, "nmod:poss"))
    known = any(c.lower_ in ("the", "this", "that") for c in tree.children(token, "det"))
    if owned or known:
        return False  # "With Acme's algorithm, shops can …" names a tool
    return token.pos_ in ("NOUN", "SYM") and not any(
        c.dep_ in ("acl", "advcl", "amod") and c.i > token.i and c.tag_ in ("VBG", "VBN")
        for c in token.children
    )


def _holder_of(token: Token) -> Token | None:
    """The subject after or around a fronted or bracketed "with"; the noun it is attached to."""
    governor, first = token.head, tree.case_words(token)[0]
    if token.dep_ == "nmod":
        return governor if governor.pos_ in ("NOUN", "PROPN") and governor.i < first.i else None
    if not tree.is_predicate(governor) or first.i > governor.i:
        return None
    subjects = read_clause(governor).subjects
    return subjects[0] if subjects and subjects[0].pos_ in ("NOUN", "PROPN", "PRON") else None


def find_places(sentence: Sentence) -> Iterator[Frame]:
    """ "a battery factory near Gwangju", "its Casablanca plant", "a contractor in Dongguan": a site or a body and the place beside it."""
    for token in sentence.tokens:
        noun, slot = token.head, tree.marker(token)
        before = token.dep_ == "compound" and token.i < noun.i and token.ent_type_ == "PLACE"
        behind = token.dep_ == "nmod" and token.i > noun.i and slot in PLACING
        if noun.pos_ != "NOUN" or not (before or behind):
            continue
        if sentence.mentions.at(token).type not in ("Place", "City", "Country"):
            continue
        kind = sentence.mentions.at(noun).type
        if not kind or not any(sentence.ontology.is_a(kind, site) for site in (SITED if before else PLACED)):
            continue
        placed = noun.head if noun.dep_ == "appos" and is_name(sentence, noun.head) else noun
        roles = [sentence.role("subj", [placed], alone=True), sentence.role(slot or "in", [token])]
        context = read_phrase_context(noun, sentence.ontology.words)
        yield sentence.frame(
            "attached.place", "adjective", ["located"], [noun], roles, noun, "is", True, 0.8, context=context
        )


def find_parts(sentence: Sentence) -> Iterator[Frame]:
    """ "a unit of LSEG", "Nvidia's venture arm", "the board of Acme": a body without a name of its own and the firm it belongs to."""
    kind = sentence.ontology.types.get("BusinessUnit")
    if kind is None or not sentence.known("adjective", "part"):
        return
    for noun in sentence.tokens:
        if noun.pos_ != "NOUN" or kind.nouns.isdisjoint(noun_cues(noun)) or sentence.denoted(noun) != [noun]:
            continue
        owners = tree.children(noun, "nmod:poss") or [
            c for c in tree.children(noun, "nmod") if tree.marker(c) == "of" and c.i > noun.i
        ]
        if not owners:
            continue
        roles = [sentence.role("subj", [noun], alone=True), sentence.role("of", owners[:1])]
        context = read_phrase_context(noun, sentence.ontology.words)
        yield sentence.frame(
            "attached.part", "adjective", ["part"], [noun], roles, noun, "is", True, 0.8, context=context
        )


def find_states(sentence: Sentence) -> Iterator[Frame]:
    """ "Acme, under investigation by the regulator, …", "the app in beta": a phrase that an adjective cue knows, said of its noun."""
    for token in sentence.tokens:
        if token.pos_ != "NOUN" or token.dep_ not in ("nmod", "obl") or not (slot := tree.marker(token)):
            continue
        cues = [f"{slot} {cue}" for cue in noun_cues(token)]
        if not any(sentence.known("adjective", cue) for cue in cues):
            continue
        bearer = _bearer_of(token)
        if bearer is None:
            continue
        roles = [
            sentence.role("subj", [bearer]),
            sentence.state_role("self", token),
            *noun_roles(sentence, token),
        ]
        context = read_phrase_context(token, sentence.ontology.words)
        yield sentence.frame(
            "attached.state", "adjective", cues, [token], roles, token, "is", True, 0.8, context=context
        )


def _bearer_of(token: Token) -> Token | None:
    """What a phrase set off by commas is said of: the noun it hangs on, the subject it stands before or right behind."""
    first, governor = tree.case_words(token)[0], token.head
    if token.tag_ == "NNS" or tree.children(token, "det", "nmod:poss"):
        return None  # "in our test", "on the trial" say where, not how it stands
    if token.dep_ == "nmod":
        while token.doc[first.i - 1].text == "," and governor.dep_ == "nmod" and governor.head.pos_ == "NOUN":
            governor = governor.head  # "a cap on lending, in force since May": the cap is
        return governor if governor.pos_ in ("NOUN", "PROPN") and governor.i < first.i else None
    if not tree.is_predicate(governor) or first.i > governor.i:
        return None
    subjects = surface_subjects(read_clause(governor))
    if not subjects or subjects[0].pos_ not in ("NOUN", "PROPN"):
        return None
    doc, subject = token.doc, subjects[0]
    opens = (
        first.i == 0 or doc[first.i - 1].is_punct or bool(first.is_sent_start) or doc[first.i - 1].is_space
    )
    return subject if opens and (subject.i > token.i or first.i - subject.i <= 2) else None


def find_members(sentence: Sentence) -> Iterator[Frame]:
    """ "Ana Kobakhidze of Caspia Partners": a person and the firm named right after."""
    for token in sentence.tokens:
        person = token.head
        if token.dep_ != "nmod" or tree.marker(token) not in BELONGING or token.i < person.i:
            continue
        if not (person.ent_type_ == "PERSON" and is_name(sentence, token)):
            continue
        kind = sentence.mentions.at(token).type
        if kind and sentence.ontology.is_a(kind, "Organization"):
            roles = [sentence.role("subj", [person], alone=True), sentence.role("of", [token])]
            context = read_phrase_context(person, sentence.ontology.words)
            yield sentence.frame(
                "attached.member",
                "role",
                ["member"],
                [person],
                roles,
                person,
                "is of",
                True,
                0.8,
                context=context,
            )


RULES = (
    Rule(
        "attached.with",
        "Vester, with headquarters in Ulm, is a builder.",
        ("Vester", "have headquarters", "Ulm"),
        "Quirk et al. 1985, 9.55",
        find_with,
    ),
    Rule(
        "attached.place",
        "Output fell at a battery factory near Leeds.",
        ("battery factory", "located", "Leeds"),
        "MinIE 2017",
        find_places,
    ),
    Rule(
        "attached.part",
        "A unit of Acme Partners made pumps.",
        ("unit of Acme Partners", "part", "Acme Partners"),
        "MinIE 2017",
        find_parts,
    ),
    Rule(
        "attached.state",
        "Acme, under investigation by Bolt, fell.",
        ("Acme", "under investigation", "Bolt"),
        "Quirk et al. 1985, 9.5",
        find_states,
    ),
    Rule(
        "attached.member",
        "Ann Lee of Acme Partners spoke.",
        ("Ann Lee", "member", "Acme Partners"),
        "MinIE 2017",
        find_members,
    ),
)
