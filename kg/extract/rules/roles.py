"""What a noun says of something, as a frame: "X is N of Y", "X, N of Y", "Y's N X" and "Y N X" are one and the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.clauses import Clause
from kg.extract.context import read_context
from kg.extract.frames import PREMODIFIERS, Sentence, noun_cues
from kg.model import Form, Frame, Mention, Modality, Role


def noun_roles(sentence: Sentence, noun: Token) -> list[Role]:
    """What a noun's own dependents fill: "poss", "compound" (a name before it), and each preposition."""
    roles = dash_pair(sentence, noun)
    for c in noun.children:
        if roles and c.dep_ == "compound":
            continue
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
            roles += _prepositional(sentence, c)
        elif c.dep_ == "acl" and any(tree.lemma(m) == "to" for m in tree.children(c, "mark")):
            roles.append(sentence.clause_role("comp", c))
    return roles if any(r.slot == "by" for r in roles) else roles + _agent_below(sentence, noun)


def dash_pair(sentence: Sentence, noun: Token) -> list[Role]:
    """ "of" and "and" of "the Norda–Velox merger"."""
    doc = noun.doc
    for name in tree.children(noun, "compound"):
        if name.i + 2 >= noun.i or doc[name.i + 1].text not in ("–", "-", "/") or not is_name(sentence, name):
            continue
        other = doc[name.i + 2]
        if other.pos_ == "PROPN" and other.head in (name, noun):
            return [sentence.role("of", [name], alone=True), sentence.role("and", [other], alone=True)]
    return []


def _prepositional(sentence: Sentence, head: Token) -> list[Role]:
    """A noun's prepositional phrase: its slot, and "and" for the other side of "between A and B"."""
    slot, joined = tree.marker(head), tree.conjuncts(head)
    if slot == "between" and len(joined) > 1:
        return [sentence.role(slot, joined[:1], alone=True), sentence.role("and", joined[1:], alone=True)]
    roles = [sentence.role(slot, [head])]
    if slot == "of" and len(joined) > 1:  # "the merger of A and B"
        roles.append(sentence.role("and", joined[1:], alone=True))
    return roles


def _agent_below(sentence: Sentence, noun: Token) -> list[Role]:
    """The agent hung too deep: in "the purchase of Mirador by Castell" the parser often puts "by Castell" under Mirador."""
    for c in tree.children(noun, "nmod"):
        for held in (c, *tree.children(c, "appos", "flat")) if tree.marker(c) == "of" else ():
            agent = next((a for a in tree.children(held, "nmod") if tree.marker(a) == "by"), None)
            if agent is not None:
                return [sentence.role("by", [agent])]
    return []


def size_before(sentence: Sentence, noun: Token) -> list[Role]:
    """ "51%" of "a 51% stake"."""
    before = (c for c in tree.children(noun, "compound", "nummod", "amod", "nmod") if c.i < noun.i)
    figures = ((c, sentence.mentions.value_at(c)) for c in before)
    return [
        sentence.role("value", [c], alone=True)
        for c, found in figures
        if found and found[1].kind == "percent"
    ]


def deed_roles(sentence: Sentence, noun: Token) -> list[Role]:
    """The roles of a noun that names a deed or a relation: who is "subj", what "obj" and "of", whichever way they stand beside it.

    "Mars's purchase", "the purchase by Mars", "the Kellanova purchase", "the purchase of Kellanova".
    """
    inner = {r.slot: r for r in reversed(noun_roles(sentence, noun))}
    subject, object_ = inner.pop("by", None), inner.pop("of", None)
    for role in (inner.pop("poss", None), inner.pop("compound", None)):
        first = role is not None and role.slot == "poss"
        if role is None:
            continue
        if subject is None and (first or object_ is not None):
            subject = role
        elif object_ is None:
            object_ = role
    roles = [Role("subj", subject.mentions, subject.phrase)] if subject is not None else []
    if object_ is not None:
        roles += [Role(slot, object_.mentions, object_.phrase) for slot in ("obj", "of")]
    found = [*roles, *inner.values()]
    return [*found, *_hung_deeper(sentence, noun, {r.slot for r in found})]


def _hung_deeper(sentence: Sentence, noun: Token, taken: set[str]) -> Iterator[Role]:
    """What the parser hung on a name beside the noun although the noun asks for it: "an investment by Temujin in Ulaan"."""
    known = [entry for cue in noun_cues(noun) for entry in sentence.ontology.cue_index.get(("noun", cue), ())]
    asked = {slot for _, cue in known for slot in (cue.subject, cue.object)} - taken - {"of", "by"}
    for c in tree.children(noun, "nmod"):
        for held in tree.children(c, "nmod") if is_name(sentence, c) and asked else ():
            if (slot := tree.marker(held)) in asked and held.i > noun.i:
                asked.discard(slot)
                yield sentence.role(slot, [held])


def is_aim(sentence: Sentence, clause: Clause) -> bool:
    """ "The aim of the scheme is to cut emissions": the infinitive says which aim, and no aim cuts anything."""
    head = clause.head
    if clause.passive or not clause.subjects or head.pos_ != "VERB" or tree.child(head, "cop") is None:
        return False
    infinitive = any(m.lower_ == "to" for m in tree.children(head, "mark"))
    return infinitive and tree.lemma(clause.subjects[0]) in sentence.words("embedding_noun")


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
    itself = _uncounted(sentence, noun) or sentence.role("self", [noun], alone=inferred)
    roles = [
        sentence.role("subj", subjects, alone=inferred),
        itself,
        Role("pred", itself.mentions, itself.phrase),
        _post(sentence, noun),
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
    adverbs = [*tree.children(noun, "advmod", "advcl"), *tree.children(head, "advmod")]
    for modifier in [*tree.children(noun, "amod", "compound"), *adverbs]:
        when = sentence.words("role_time").get(tree.lemma(modifier), "")
        if when == "planned" and context.modality is Modality.ASSERTED:
            context = replace(context, modality=Modality.PLANNED)  # "the incoming chairman"
        elif when == "former":
            roles.append(sentence.role("time", [modifier], alone=True))
    inner += _held_at(sentence, noun, {r.slot for r in inner})
    apart = any(r.slot == "poss" or _is_field(sentence, noun, r) for r in inner)
    if apart and sentence.ontology.is_a(sentence.mentions.at(noun).type, "Person"):
        inner = [r for r in inner if r.slot != "of"]  # "Norda's head of Europe" is head at Norda
    taken = {r.slot for r in inner}
    for role in inner:
        if role.slot in ("poss", "compound") and "of" not in taken:
            roles.append(Role("of", role.mentions, role.phrase))
            taken.add("of")
        else:
            roles.append(role)
    if "of" not in taken and (nation := _nation(sentence, noun)) is not None:
        roles.append(nation)
        taken.add("of")
    bare = inferred and not taken & {"of", "at", "for", "in"} and one_of(sentence, noun, "company_post")
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


def _is_field(sentence: Sentence, noun: Token, role: Role) -> bool:
    """ "rail strategy" of "head of rail strategy": what a post is about, nothing that anybody could hold it at."""
    if role.slot != "of" or any(m.form is not Form.NOMINAL or m.type for m in role.mentions):
        return False
    behind = [c for c in tree.children(noun, "nmod") if tree.marker(c) == "of"]
    return all(tree.child(c, "det", "nmod:poss") is None for c in behind)


def _uncounted(sentence: Sentence, noun: Token) -> Role | None:
    """ "earlier vaccines" of "two earlier vaccines, Mosquirix and R21": each is one of them, none is two."""
    counts = [c for c in tree.children(noun, "nummod") if c.i < noun.i]
    if not counts or noun.tag_ != "NNS" or sentence.mentions.value_at(noun) is not None:
        return None
    span = sentence.mentions.at(noun).span
    after = counts[-1].right_edge.i
    words = [t for t in noun.doc[after + 1 : noun.i + 1] if t.idx >= span.start]
    mention = sentence.mentions.part(noun, words)
    return Role("self", (mention,), mention.span)


def _held_at(sentence: Sentence, noun: Token, taken: set[str]) -> list[Role]:
    """ "Kraken" of "head of exchange at Kraken", which the parser hangs on the exchange."""
    for c in tree.children(noun, "nmod") if "at" not in taken else ():
        if tree.marker(c) == "of" and c.pos_ == "NOUN" and not is_name(sentence, c):
            for held in tree.children(c, "nmod"):
                if tree.marker(held) == "at" and is_name(sentence, held):
                    return [sentence.role("at", [held])]
    return []


def _post(sentence: Sentence, noun: Token) -> Role:
    """The post alone, without time and giver: "finance director" of "former Ford finance director", "head of design"."""
    words = [noun]
    for c in reversed(list(noun.lefts)):
        apart = c.ent_type_ != "" or tree.lemma(c) in sentence.words("role_time")
        if apart or c.dep_ not in PREMODIFIERS or c.right_edge.i != words[0].i - 1:
            break
        words = [*tree.subtree(c), *words]
    for c in tree.children(noun, "nmod"):
        behind = [
            t for t in c.subtree if all(t != h and not h.is_ancestor(t) for h in tree.children(c, "nmod"))
        ]
        owned = tree.child(noun, "nmod:poss") is not None
        about = tree.marker(c) == "of" and (owned or not any(is_name(sentence, t) for t in behind))
        if (about or _is_region(c)) and behind[0].i == words[-1].i + 1:
            words = [*words, *behind]
    while (place := words[0].i - 1) >= 0 and _is_of_post(sentence, noun.doc[place], words[0], noun):
        words = [noun.doc[place], *words]
    mention = sentence.mentions.part(noun, tree.trim(words))
    return Role("post", (mention,), mention.span)


def _is_region(token: Token) -> bool:
    """ "for Asia" of "vice president for Asia at Norda"."""
    return tree.marker(token) == "for" and token.ent_type_ == "PLACE"


def _is_of_post(sentence: Sentence, word: Token, following: Token, noun: Token) -> bool:
    """ "finance" of "Norda finance chief Ann Lee", "managing" of "managing partner": part of a post, wherever the parser hung it."""
    if not word.is_alpha or word.ent_type_ or tree.lemma(word) in sentence.words("role_time"):
        return False
    if following == noun and sentence.known("role", f"{word.lower_} {tree.lemma(noun)}"):
        return True
    beside = word.head == noun.head and word.dep_ in ("amod", "compound") and noun.dep_ != "conj"
    return beside and is_name(sentence, noun.head) and following.head in (noun, noun.head)


def _nation(sentence: Sentence, noun: Token) -> Role | None:
    """The country in "French President Emmanuel Macron": offices of state are held of the country they are called by."""
    if not one_of(sentence, noun, "state_post"):
        return None
    for c in tree.children(noun, "amod", "compound"):
        country = sentence.words("demonym").get(tree.lemma(c), "")
        if country:
            span = tree.char_span([c])
            return Role("of", (Mention(span, span, country, country, Form.NAME, type="Country"),), span)
    return None


def one_of(sentence: Sentence, noun: Token, words: str) -> bool:
    return any(cue in sentence.words(words) for cue in noun_cues(noun))


def number_of_people(sentence: Sentence, token: Token) -> Token | None:
    """The number of "30-strong", "an 85-person firm", "1,200 strong"."""
    if tree.lemma(token) not in sentence.words("strength_noun"):
        return None
    near = token.doc[max(token.sent.start, token.i - 2) : token.i]
    return next(
        (
            t
            for t in reversed(near)
            if t.pos_ in ("NUM", "NOUN") and sentence.mentions.value_at(t) is not None
        ),
        None,
    )
