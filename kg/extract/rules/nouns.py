"""Nouns that say something: titles ("Nissan chairman Carlos Ghosn"), deverbal nouns ("the launch of the S1"), appositions.

Noun-phrase patterns after RENOUN (Yahya et al. 2014) and MinIE (Gashteovski et al. 2017); deverbal nouns after NOMLEX
(Macleod et al. 1998).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.clauses import Clause, read_clause
from kg.extract.context import read_phrase_context
from kg.extract.frames import Rule, Sentence, is_light, members_noun, noun_cues
from kg.extract.rules.described import bearer, described
from kg.extract.rules.roles import deed_roles, is_name, one_of, role_frame
from kg.extract.rules.undergoers import deed_done_to, undergone
from kg.model import Form, Frame, Mention, Role


def find_appositions(sentence: Sentence) -> Iterator[Frame]:
    """ "Tim Cook, the chief executive of Apple"; "Sea's e-commerce platform, Shopee"; "Apple chief executive Tim Cook"."""
    for token in sentence.tokens:
        if token.dep_ == "appos" and token.pos_ in ("NOUN", "PROPN"):
            yield from _apposition(sentence, token.head, token)
        elif (noun := sentence.title_in_ing(token)) is not None and is_name(sentence, token.head):
            yield role_frame(sentence, "nouns.apposition", [token.head], noun, token.head, True)
        elif (
            token.dep_ in ("compound", "nmod:desc", "flat", "nmod", "nmod:unmarked")
            and token.i < token.head.i
            and _classifies(sentence, token)
        ):
            # a noun before a name of which it is said: "chief executive Satya Nadella", "chipmaker Nvidia"
            name = token.head
            if (
                is_name(sentence, name)
                and not tree.marker(token)
                and name.ent_type_
                and token.ent_type_ == ""
                and (token.tag_ != "NNS" or len(_alike(name)) > 1)  # not of "the shopworkers' union Unitas"
                and not _modifies_next(token)
            ):
                yield title_frame(sentence, name, token)
        elif token.dep_ == "flat" and token.ent_type_ == "PERSON" and _under_title(sentence, token):
            frame = title_frame(sentence, token, token.head)
            yield replace(frame, roles=tuple(r for r in frame.roles if r.slot != "self"))


def _alike(name: Token) -> list[Token]:
    """A name and the names of the same kind joined to it: both of "analysts Ann Lee and Bo Ek"."""
    return [t for t in tree.conjuncts(name) if t.ent_type_ == name.ent_type_ and t.i >= name.i]


def _under_title(sentence: Sentence, name: Token) -> bool:
    """ "Norda founder Ana Ruiz", parsed with the name under its title."""
    title = name.head
    known = any(sentence.known("role", cue) for cue in noun_cues(title))
    return known and title.pos_ == "NOUN" and name.nbor(-1) == title


def _modifies_next(noun: Token) -> bool:
    """ "state utility Acme": beside another noun before the same name it says of what kind that one is, not the name."""
    following = noun.nbor(1)
    return following.pos_ == "NOUN" and following.head == noun.head


def _classifies(sentence: Sentence, noun: Token) -> bool:
    """A common noun, or a post in capitals: "Ford Chief Financial Officer Ann Lee"."""
    return noun.pos_ == "NOUN" or (
        noun.ent_type_ == "" and any(sentence.known("role", cue) for cue in noun_cues(noun))
    )


def _labels(sentence: Sentence, noun: Token) -> bool:
    """ "licence GB24-118", "under the name CasaSegura": the noun says what the name is for, not what kind of thing bears it."""
    return not noun.is_alpha or tree.lemma(noun) in sentence.words("label_noun")


def title_frame(sentence: Sentence, name: Token, noun: Token) -> Frame:
    """A title before a name; what follows the name belongs to the title: "analyst Ann Lee of Acme", "from Acme"."""
    rule = "nouns.label" if _labels(sentence, noun) else "nouns.title"
    names = _alike(name) if noun.tag_ == "NNS" else [name]
    frame = role_frame(sentence, rule, names, noun, name, True)
    if not one_of(sentence, noun, "state_post"):  # "supplier Acme of Leeds" is one in Leeds
        frame = replace(frame, roles=tuple(r for r in frame.roles if not _is_place_behind(r, name)))
    before = _hung_on_name(name, noun)
    if before:
        frame = _with_self(frame, sentence.mentions.part(noun, [*before, *tree.subtree(noun)]))
    taken = {r.slot for r in frame.roles}
    after = [
        c
        for c in tree.children(name, "nmod")
        if tree.marker(c) in ("of", "at", "from", "with") and c.i > name.i
        if c.ent_type_ != "PLACE" or one_of(sentence, noun, "state_post")
    ]
    more = [
        sentence.role(slot, [c]) for c in after if (slot := tree.marker(c).replace("from", "of")) not in taken
    ]
    return replace(frame, roles=(*frame.roles, *more))


def _is_place_behind(role: Role, name: Token) -> bool:
    behind = role.slot == "of" and role.phrase.start > name.idx
    return behind and all(m.type in ("Place", "City", "Country") for m in role.mentions)


def _hung_on_name(name: Token, noun: Token) -> list[Token]:
    """ "online" of "the online notary Actum": the parser hangs it on the name, but it goes with the noun behind it."""
    found: list[Token] = []
    place = noun.left_edge.i - 1
    while place >= 0 and (word := name.doc[place]).head == name and word.dep_ in ("amod", "compound"):
        if word.ent_type_ not in ("", "NORP") or "-" in (word.nbor(1).text, name.doc[place - 1].text):
            break  # not of "state-owned railway"
        found.insert(0, word)
        place -= 1
    return found


def _apposition(sentence: Sentence, left: Token, right: Token) -> Iterator[Frame]:
    first, second = sentence.mentions.at(left), sentence.mentions.at(right)
    if sentence.mentions.value_at(left) or sentence.mentions.value_at(right):
        return
    if any(tree.lemma(c) in tree.CONTRASTS for c in tree.children(right, "advmod", "cc")):
        return  # "a tool — not a toy"
    for adverb in tree.children(right, "advmod"):
        if sentence.known("adjective", tree.lemma(adverb)) and _both_names(
            first, second
        ):  # "Aldera, formerly Castle Mills"
            roles = [sentence.role("subj", [left], alone=True), sentence.role("self", [right], alone=True)]
            yield sentence.frame("nouns.apposition", "adjective", [tree.lemma(adverb)], [adverb], roles, left)
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
        noun = described(sentence, right, left)
        if noun is None or _has_title(sentence, right, left):
            return
        left, right = right, noun  # "Sea's e-commerce platform, Shopee": the name is the subject
        subjects = (
            tree.conjuncts(left) if right.tag_ == "NNS" else [left]
        )  # "studios, among them Disney and Fox"
    elif _both_names(first, second) and left.doc[max(right.left_edge.i - 1, 0)].text in ("(", "["):
        return  # an acronym or ticker in brackets: identity, not a statement
    elif right.pos_ == "NOUN":
        said_of = bearer(sentence, left, right)
        if said_of is None:
            return
        left, subjects = said_of, [said_of]
        if right.tag_ == "NNS" and tree.child(right, "conj"):
            return  # "Meta and Apple, numerous mergers and probes": the list goes on
        if right.tag_ == "NNS":  # "Shein and Temu, two Chinese shops"
            subjects = tree.conjuncts(tree.first_conjunct(said_of))
    for noun in tree.conjuncts(right):  # "CEO and co-founder of 7Learnings"
        if noun != right and (tree.marker(noun) or _names_another(sentence, noun)):
            continue  # "the mayor, Ann Lee, and the transport authority, TransNorth"
        if _classifies(sentence, noun) or _both_names(first, second):
            rule = "nouns.label" if _labels(sentence, noun) else "nouns.apposition"
            yield role_frame(sentence, rule, subjects, noun, left, True)


def _has_title(sentence: Sentence, name: Token, left: Token) -> bool:
    """ "will keep their jobs, administrators Ann Lee and Bo Ek said": the name has a noun of its own, and renames no other."""
    own = (c for c in tree.children(name, "nmod:desc", "compound") if c.i < name.i and c != left)
    return any(c.pos_ == "NOUN" and not c.ent_type_ and c.nbor(1) == name for c in own)


def _names_another(sentence: Sentence, noun: Token) -> bool:
    return any(is_name(sentence, c) and c.i > noun.i for c in tree.children(noun, "appos", "flat"))


def _both_names(first: Mention, second: Mention) -> bool:
    return first.form is Form.NAME and second.form is Form.NAME


def find_kinds(sentence: Sentence) -> Iterator[Frame]:
    """ "Retailers such as Aldwick and Penny Lane", "Tradlist and other online marketplaces": each is one of that kind."""
    for token in sentence.tokens:
        if token.pos_ != "NOUN" or token.tag_ != "NNS":
            continue
        listed = [
            c
            for c in tree.children(token, "nmod", "obl")
            if tree.marker(c) in sentence.words("example_marker") and c.i > token.i
        ]
        listed += _among_them(token)
        members = [m for c in listed for m in tree.conjuncts(c)]
        if token.dep_ == "conj" and any(c.lower_ == "other" for c in tree.children(token, "amod", "det")):
            first = tree.first_conjunct(token)
            members += [t for t in tree.conjuncts(first) if t.i < token.i]
        members = [m for m in members if is_name(sentence, m)]
        if members and not tree.children(token, "nummod"):
            frame = role_frame(sentence, "nouns.kind", members, token, token, True)
            # "does not sell to chains such as Acme": Acme is a chain all the same
            frame = replace(frame, context=read_phrase_context(token, sentence.ontology.words))
            yield _with_self(frame, sentence.mentions.part(token, _kind(token)))


def _among_them(kind: Token) -> list[Token]:
    """ "Acme" of "Several owners, among them the fund Acme and Bolt, …"."""
    hung = [
        d
        for c in kind.rights
        if c.dep_ in ("appos", "nmod", "parataxis", "conj")
        for d in (c, *tree.children(c, "appos"))
    ]
    return [c for c in hung if any(m.lower_ == "them" and tree.marker(m) == "among" for m in c.lefts)]


def _kind(noun: Token) -> list[Token]:
    """ "online shops for shoes" of "other online shops for shoes such as Acme and Bolt": without the members, and without "other"."""
    before = [c for c in noun.lefts if c.dep_ in ("amod", "compound") and c.lower_ != "other"]
    behind = [c for c in tree.children(noun, "nmod") if c.i > noun.i and tree.marker(c) in ("of", "for")]
    words = [w for c in (*before, *behind) for w in tree.subtree(c, {"acl:relcl", "appos"})]
    return tree.contiguous(sorted([*words, noun], key=lambda t: t.i), noun)


def _with_self(frame: Frame, whole: Mention) -> Frame:
    """The frame with another cut of the words that say what its subject is."""
    slots = ("self", "pred")
    roles = (
        Role(r.slot, (replace(whole, type=r.mentions[0].type),), whole.span) if r.slot in slots else r
        for r in frame.roles
    )
    return replace(frame, roles=tuple(roles))


def find_members(sentence: Sentence) -> Iterator[Frame]:
    """ "Its customers include Westwing and Bonprix": each is a customer of it."""
    for clause in sentence.clauses:
        for members, kind in _among(sentence, clause):
            yield role_frame(sentence, "nouns.members", members, kind, clause.head, False)
        if (noun := members_noun(sentence, clause)) is not None:
            yield role_frame(sentence, "nouns.members", clause.objects, noun, clause.head, False)


def _among(sentence: Sentence, clause: Clause) -> Iterator[tuple[list[Token], Token]]:
    """ "Among its customers are Acme and Bolt", whichever of the two the parser takes for the predicate."""
    predicate = clause.predicate
    if predicate is None:
        return
    pairs = [(clause.subjects, predicate)] if tree.marker(predicate) == "among" else []
    pairs += [
        ([predicate], noun) for slot, noun in clause.obliques if slot == "among" and not clause.subjects
    ]
    for members, noun in pairs:
        if members and noun.pos_ == "NOUN" and any(sentence.known("role", cue) for cue in noun_cues(noun)):
            yield members, noun


def find_deverbal(sentence: Sentence) -> Iterator[Frame]:
    """ "Alibaba's launch of the S1", "the acquisition of Kellanova by Mars", "dependence on Nvidia", "Nvidia's grip on the segment"."""
    for token in sentence.tokens:
        if token.pos_ not in ("NOUN", "PROPN") or token.ent_type_ or token.dep_ in ("flat", "fixed"):
            continue
        cues = noun_cues(token)
        if not any(sentence.known("noun", cue) for cue in cues):
            continue
        if is_light(sentence, token) or deed_done_to(sentence, token) or undergone(sentence, token):
            continue  # read by the rules for light verbs and for undergoers
        roles = deed_roles(sentence, token)
        slots = {r.slot for r in roles}
        subject: list[Token] = []
        if not slots & {"subj", "obj"}:
            subject = _subject_around(sentence, token)
        elif "subj" not in slots and tree.marker(token) in sentence.words("means_preposition"):
            subject = _subject_beside(token)
        if subject:
            roles.insert(0, sentence.role("subj", subject, alone=len(subject) == 1))
        if roles:
            yield sentence.frame("nouns.deverbal", "noun", cues, [token], roles, token)


def _subject_around(sentence: Sentence, noun: Token) -> list[Token]:
    """Whose a noun is that has nobody beside it: "faces competition from Bolt"; but who welcomes a launch launches nothing."""
    if noun.dep_ == "obj" and tree.is_predicate(noun.head):
        clause = read_clause(noun.head)
        if clause.subjects and clause.subjects[0] != noun:
            return clause.subjects
    if one_of(sentence, noun, "bound_noun") and (firm := sentence.firm_meant(noun)) is not None:
        return [firm]
    return []


def _subject_beside(noun: Token) -> list[Token]:
    """Who does by means of a deed: "With the launch of its coin, Acme enters the market": Acme launches it."""
    governor = noun.head
    of = any(tree.marker(c) == "of" for c in tree.children(noun, "nmod"))
    absolute = any(
        c.i > noun.i and c.pos_ in ("ADJ", "VERB") for c in noun.children
    )  # "with the merger complete"
    if noun.dep_ != "obl" or not of or absolute or not tree.is_predicate(governor) or governor.pos_ != "VERB":
        return []
    clause = read_clause(governor)
    return [] if clause.passive else [s for s in clause.subjects[:1] if s.pos_ in ("NOUN", "PROPN", "PRON")]


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
        "nouns.apposition",
        "Tim Cook, chairman of Apple, spoke.",
        ("Tim Cook", "chairman", "Apple"),
        "RENOUN 2014",
        find_appositions,
    ),
    Rule(
        "nouns.title",
        "Nissan chairman Carlos Ghosn spoke.",
        ("Carlos Ghosn", "chairman", "Nissan"),
        "RENOUN 2014",
        find_appositions,
    ),
    Rule(
        "nouns.label",
        "It was sold under the name CasaSegura.",
        ("CasaSegura", "name", "name"),
        "Quirk et al. 1985, 17.65",
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
        "nouns.kind",
        "Exporters such as Acme grew.",
        ("Acme", "exporter", "Exporters"),
        "Hearst 1992",
        find_kinds,
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
