"""Nouns that say something: roles ("Nissan chairman Carlos Ghosn"), deverbal nouns ("the launch of the S1"), appositions.

Noun-phrase patterns after RENOUN (Yahya et al. 2014) and MinIE (Gashteovski et al. 2017); deverbal nouns after NOMLEX
(Macleod et al. 1998).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.context import read_context, read_phrase_context
from kg.extract.frames import Rule, Sentence, is_light, members_noun, noun_cues
from kg.model import Form, Frame, Mention, Modality, Role

REVERSED = "copula.reversed"
HYPHEN_SLOTS = (
    "in",
    "by",
    "on",
    "of",
    "with",
    "from",
    "at",
)  # "Berlin-based" = based in, "state-owned" = owned by


def noun_roles(sentence: Sentence, noun: Token) -> list[Role]:
    """What a noun's own dependents fill: "poss", "compound" (a name before it), and each preposition."""
    roles: list[Role] = []
    for c in noun.children:
        if (
            c.i < noun.i
            and (value := sentence.mentions.value_at(c)) is not None
            and value[1].kind in ("money", "percent")
        ):
            roles.append(sentence.role("value", [c], alone=True))  # "the $36 billion takeover"
        elif c.dep_ == "nmod:poss":
            roles.append(sentence.role("poss", [c]))
        elif c.dep_ in ("compound", "nmod:desc", "flat") and c.i < noun.i and is_name(sentence, c):
            roles.append(sentence.role("compound", [c]))
        elif c.dep_ in ("nmod", "obl") and c.i > noun.i and tree.marker(c):
            roles.append(sentence.role(tree.marker(c), [c]))
        elif c.dep_ == "acl" and any(tree.lemma(m) == "to" for m in tree.children(c, "mark")):
            roles.append(sentence.clause_role("comp", c))
    return roles


def is_name(sentence: Sentence, token: Token) -> bool:
    """A proper name: inside an entity of the pipeline, or a proper noun."""
    return token.ent_type_ != "" or token.pos_ == "PROPN"


def role_frame(
    sentence: Sentence,
    rule: str,
    subjects: Sequence[Token],
    noun: Token,
    head: Token,
    inferred: bool,
    confidence: float = 1.0,
) -> Frame:
    """ "X is N of Y" as a frame of kind "role": subj X, self N, of Y (also "Y's N", "Y N")."""
    itself = sentence.role("self", [noun], alone=inferred)
    roles = [
        sentence.role("subj", subjects, alone=inferred),
        itself,
        Role("pred", itself.mentions, itself.phrase),
    ]
    inner = noun_roles(sentence, noun)
    for other in tree.conjuncts(
        tree.first_conjunct(noun)
    ):  # "CEO and co-founder of 7Learnings": the phrase after the last holds for all
        if other.i > noun.i:
            inner += [
                r
                for r in noun_roles(sentence, other)
                if r.slot not in {i.slot for i in inner} | {"poss", "compound"}
            ]
    context = read_context(head, sentence.ontology.words)
    for modifier in [*tree.children(noun, "amod", "compound"), *tree.children(head, "advmod")]:
        when = sentence.words("role_time").get(tree.lemma(modifier), "")
        if when == "planned" and context.modality is Modality.ASSERTED:
            context = replace(context, modality=Modality.PLANNED)  # "the incoming chairman"
        elif when == "former":
            roles.append(sentence.role("time", [modifier], alone=True))
    taken = {r.slot for r in inner}
    for role in inner:
        if role.slot in ("poss", "compound") and "of" not in taken:
            roles.append(Role("of", role.mentions, role.phrase))
            taken.add("of")
        else:
            roles.append(role)
    bare = inferred and not taken & {"of", "at", "for", "in"} and _one_of(sentence, noun, "company_post")
    if bare and (firm := sentence.firm_meant(noun)) is not None:
        roles.append(sentence.role("of", [firm], alone=True))
    words = [noun] if inferred else [*tree.auxiliaries(head), noun]
    return sentence.frame(
        rule,
        "role",
        noun_cues(noun),
        words,
        roles,
        head,
        inferred=inferred,
        confidence=confidence,
        context=context,
    )


def _one_of(sentence: Sentence, noun: Token, words: str) -> bool:
    return any(cue in sentence.words(words) for cue in noun_cues(noun))


def find_copulas(sentence: Sentence) -> Iterator[Frame]:
    """ "Shopee is a market leader in Indonesia"; "Lee remains chairman of Samsung"; "The phone is available in France"."""
    copular = sentence.words("copular_verb")
    for clause in sentence.clauses:
        predicate = clause.predicate
        if predicate is None and tree.lemma(clause.head) in copular:
            predicate = clause.complement or next((o for o in clause.objects if o.i > clause.head.i), None)
        if predicate is None or not clause.subjects or clause.subjects[0] == predicate:
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
        elif (
            reversed_frame := _reversed_copula(sentence, clause.subjects[0], predicate, clause.head)
        ) is not None:
            yield reversed_frame
        elif predicate.pos_ in ("NOUN", "PROPN"):
            yield role_frame(sentence, "copula.noun", clause.subjects, predicate, clause.head, False)
        elif predicate.pos_ in ("ADJ", "VERB", "ADV"):
            yield from _adjective(sentence, "copula.adjective", clause.subjects, predicate, clause.head)


def _reversed_copula(sentence: Sentence, subject: Token, predicate: Token, head: Token) -> Frame | None:
    """ "Its owner is Acme", "the goal of the fund is to rebuild the port": the role noun comes first, whose role it is after it."""
    if subject.pos_ != "NOUN" or is_name(sentence, subject):
        return None
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


def _adjective(
    sentence: Sentence, rule: str, subjects: Sequence[Token], adjective: Token, head: Token
) -> Iterator[Frame]:
    roles = [sentence.role("subj", subjects), sentence.state_role("self", adjective)]
    for c in tree.children(adjective, "obl", "nmod"):
        if tree.marker(c) and c.i > adjective.i:
            roles.append(sentence.role(tree.marker(c), [c]))
    for c in tree.children(adjective, "xcomp", "ccomp", "advcl"):
        roles.append(sentence.clause_role("comp", c))
    words = [*tree.auxiliaries(head), adjective] if head.dep_ != "amod" else [adjective]
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
        ) and any(tree.marker(c) for c in tree.children(token, "obl", "nmod")):
            yield from _adjective(sentence, "nouns.adjective", [noun], token, token)
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
                roles = [
                    sentence.role("subj", [noun]),
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


def find_appositions(sentence: Sentence) -> Iterator[Frame]:
    """ "Tim Cook, the chief executive of Apple"; "Sea's e-commerce platform, Shopee"; "Apple chief executive Tim Cook"."""
    for token in sentence.tokens:
        if token.dep_ == "appos" and token.pos_ in ("NOUN", "PROPN"):
            yield from _apposition(sentence, token.head, token)
        elif (
            token.dep_ in ("compound", "nmod:desc", "flat", "nmod", "nmod:unmarked")
            and token.i < token.head.i
            and token.pos_ == "NOUN"
        ):
            # a common noun before a name of which it is said: "chief executive Satya Nadella", "chipmaker Nvidia"
            name = token.head
            if (
                is_name(sentence, name)
                and not tree.marker(token)
                and name.ent_type_
                and token.ent_type_ == ""
            ):
                yield title_frame(sentence, name, token)


def title_frame(sentence: Sentence, name: Token, noun: Token) -> Frame:
    """A title before a name; what follows the name belongs to the title: "analyst Ann Lee of Acme", "from Acme"."""
    frame = role_frame(sentence, "nouns.title", [name], noun, name, True)
    taken = {r.slot for r in frame.roles}
    after = [
        c
        for c in tree.children(name, "nmod")
        if tree.marker(c) in ("of", "at", "from", "with") and c.i > name.i
    ]
    more = [
        sentence.role(slot, [c]) for c in after if (slot := tree.marker(c).replace("from", "of")) not in taken
    ]
    return replace(frame, roles=(*frame.roles, *more))


def _apposition(sentence: Sentence, left: Token, right: Token) -> Iterator[Frame]:
    first, second = sentence.mentions.at(left), sentence.mentions.at(right)
    if sentence.mentions.value_at(left) or sentence.mentions.value_at(right):
        return
    if any(t.text == ":" for t in left.doc[left.i : right.i]):
        return  # "three things: price, speed and size" lists, it does not classify
    subjects = [left]
    if (
        is_name(sentence, right)
        and right.pos_ == "PROPN"
        and left.pos_ == "NOUN"
        and not is_name(sentence, left)
    ):
        left, right = right, left  # "Sea's e-commerce platform, Shopee": the name is the subject
        subjects = (
            tree.conjuncts(left) if right.tag_ == "NNS" else [left]
        )  # "studios, among them Disney and Fox"
    elif _both_names(first, second) and left.doc[max(right.left_edge.i - 1, 0)].text in ("(", "["):
        return  # an acronym or ticker in brackets: identity, not a statement
    for noun in tree.conjuncts(right):  # "CEO and co-founder of 7Learnings"
        if noun.pos_ == "NOUN" or _both_names(first, second):
            yield role_frame(sentence, "nouns.apposition", subjects, noun, left, True)


def _both_names(first: Mention, second: Mention) -> bool:
    return first.form is Form.NAME and second.form is Form.NAME


def find_members(sentence: Sentence) -> Iterator[Frame]:
    """ "Its customers include Westwing and Bonprix": each is a customer of it."""
    for clause in sentence.clauses:
        if (noun := members_noun(sentence, clause)) is not None:
            yield role_frame(sentence, "nouns.members", clause.objects, noun, clause.head, False)


def find_deverbal(sentence: Sentence) -> Iterator[Frame]:
    """ "Alibaba's launch of the S1", "the acquisition of Kellanova by Mars", "dependence on Nvidia", "Nvidia's grip on the segment"."""
    for token in sentence.tokens:
        if token.pos_ not in ("NOUN", "PROPN") or token.ent_type_ or token.dep_ in ("flat", "fixed"):
            continue
        cues = noun_cues(token)
        if not any(sentence.known("noun", cue) for cue in cues):
            continue
        governor = token.head
        if is_light(sentence, token):
            continue  # the light-verb rule reads it with its subject
        roles: list[Role] = []
        inner = {r.slot: r for r in noun_roles(sentence, token)}
        subject, object_ = inner.pop("by", None), inner.pop("of", None)
        holder, compound = inner.pop("poss", None), inner.pop("compound", None)
        if holder and subject is None:
            subject = holder
        elif holder and object_ is None:
            object_ = holder
        if compound and object_ is None:
            object_ = compound
        elif compound and subject is None:
            subject = compound
        if subject is None and token.dep_ in ("obj", "obl", "nsubj") and tree.is_predicate(governor):
            clause = tree.read_clause(governor)
            if token.dep_ == "obj" and clause.subjects and clause.subjects[0] != token:
                subject = sentence.role("subj", clause.subjects)
        if subject is None and object_ is None and _one_of(sentence, token, "bound_noun"):
            firm = sentence.firm_meant(token)
            subject = sentence.role("subj", [firm], alone=True) if firm is not None else None
        if subject is not None:
            roles.append(Role("subj", subject.mentions, subject.phrase))
        if object_ is not None:
            roles.append(Role("obj", object_.mentions, object_.phrase))
            roles.append(Role("of", object_.mentions, object_.phrase))
        roles += inner.values()
        if roles:
            yield sentence.frame("nouns.deverbal", "noun", cues, [token], roles, token)


def find_possessives(sentence: Sentence) -> Iterator[Frame]:
    """ "Sea's platform Shopee" is read elsewhere; here the bare possession "Alibaba's S1 glasses": Alibaba has S1 glasses."""
    for token in sentence.tokens:
        if token.dep_ != "nmod:poss" or token.head.pos_ not in ("NOUN", "PROPN"):
            continue
        noun = token.head
        if any(sentence.known("noun", cue) for cue in noun_cues(noun)):
            continue
        roles = [
            sentence.role("subj", [token]),
            Role("obj", (sentence.mentions.at(noun),), sentence.mentions.at(noun).phrase),
        ]
        yield sentence.frame(
            "nouns.possessive",
            "possessive",
            ["have", *noun_cues(noun)],
            [noun],
            roles,
            noun,
            words="has",
            inferred=True,
            confidence=0.5,
            context=read_phrase_context(noun, sentence.ontology.words),
        )


RULES = (
    Rule(
        "copula.noun",
        "Shopee is a platform of Sea.",
        ("Shopee", "platform", "Sea"),
        "ClausIE 2013",
        find_copulas,
    ),
    Rule(
        "nouns.adjective",
        "Acme sells glasses available in Asia.",
        ("glasses", "available", "Asia"),
        "MinIE 2017",
        find_adjectives,
    ),
    Rule(
        "nouns.apposition",
        "Tim Cook, chairman of Apple, spoke.",
        ("Tim Cook", "chairman", "Apple"),
        "RENOUN 2014",
        find_appositions,
    ),
    Rule(
        "nouns.members",
        "Its customers include Bolt.",
        ("Bolt", "customer", "Its"),
        "Hearst 1992",
        find_members,
    ),
    Rule(
        "nouns.deverbal",
        "Acme's acquisition of Bolt pleased investors.",
        ("Acme", "acquisition", "Bolt"),
        "NOMLEX 1998",
        find_deverbal,
    ),
    Rule(
        "nouns.possessive",
        "Acme praised Bolt's glasses.",
        ("Bolt", "have", "Bolt's glasses"),
        "MinIE 2017",
        find_possessives,
    ),
)
