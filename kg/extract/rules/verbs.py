"""Verbal clauses: who does what to whom, active or passive, with every prepositional phrase in a slot of its own.

Clause types after Quirk et al. (1985) as used in ClausIE (Del Corro & Gemulla 2013); light verbs after MinIE.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.clauses import Clause
from kg.extract.context import is_order
from kg.extract.frames import Rule, Sentence, is_light, members_noun, noun_cues
from kg.extract.mentions import ARTICLE
from kg.extract.rules.bullets import lead_in
from kg.extract.rules.duties import as_fact, owed
from kg.extract.rules.roles import dash_pair, is_aim, size_before
from kg.model import Context, Frame, Modality, Role


def find_clauses(sentence: Sentence) -> Iterator[Frame]:
    """One frame per verbal clause, one more per light verb whose object noun carries the meaning."""
    for clause in sentence.clauses:
        if clause.predicate is not None or clause.head.pos_ not in ("VERB", "AUX"):
            continue
        if sentence.title_in_ing(clause.head) is not None or is_aim(sentence, clause):
            continue  # "managing partner"; "its aim is to grow"
        if members_noun(sentence, clause) is not None:
            continue  # read as "each is a customer of …"
        if clause.head.pos_ == "AUX" and tree.lemma(clause.head) != "have" and clause.head.dep_ != "ROOT":
            continue
        roles = clause_roles(sentence, clause)
        if clause.subjects and tree.is_collective(clause.subjects[0]):  # "together hold 60%": neither has 60%
            roles = [r for r in roles if all(m.value is None for m in r.mentions)]
        lead = None
        if not clause.subjects and is_order(clause.head):
            lead = lead_in(sentence)
            # "Watch the chip makers": the article advises it; an item under "Acme will:" says what Acme will do
            orderer = sentence.role("subj", lead.subjects) if lead else Role("subj", (ARTICLE,), ARTICLE.span)
            roles.insert(0, orderer)
        if not roles:
            continue
        each = _respectively(clause, roles)
        for frame in (f for paired in each for f in _frames(sentence, clause, paired)):
            yield frame if lead is None else replace(frame, context=Context(modality=Modality.INTENDED))
        if lead is not None and lead.objects:  # "use the platform to: screen suppliers"
            aim = [sentence.role("obj", lead.objects), sentence.clause_role("comp", clause.head)]
            yield sentence.frame(
                "verbs.item", "verb", [tree.lemma(lead.verb)], [clause.head], aim, lead.verb, inferred=True
            )


def _respectively(clause: Clause, roles: list[Role]) -> list[list[Role]]:
    """One set of roles for each pair: "fined Norda and Velox $5m and $3m respectively"."""
    many = [r for r in roles if len(r.mentions) > 1]
    number = len(many[0].mentions) if many else 0
    said = any(t.lower_ == "respectively" for t in clause.head.subtree)
    if not said or len(many) < 2 or any(len(r.mentions) != number for r in many):
        return [roles]
    return [[replace(r, mentions=(r.mentions[n],)) if r in many else r for r in roles] for n in range(number)]


def clause_roles(sentence: Sentence, clause: Clause) -> list[Role]:
    """The filled slots of a clause, in text order of their kind: subj, obj, iobj, prepositions, comp, adv."""
    roles: list[Role] = []
    things, amount = _amount_apart(sentence, clause)
    person, post = installed(sentence, clause)
    if person is not None and post is not None:
        things = [person]
    for slot, heads in (
        ("subj", clause.subjects),
        ("obj", things),
        ("iobj", clause.indirect),
        ("value", amount),
    ):
        if heads:
            roles.append(sentence.role(slot, heads))
    for o in clause.objects if any(sentence.mentions.value_at(o) for o in clause.objects) else ():
        roles += _around_amount(sentence, o, bool(clause.indirect))
    small = is_small(sentence, clause)
    for preposition, head in clause.obliques:
        if tree.is_added(head) and (joined := _added_to(sentence, clause, head, roles)) is not None:
            roles[joined] = _with(sentence, roles[joined], head)
            continue
        if small and clause.complement is not None and head.i > clause.complement.i:
            continue  # "makes Nvidia a pillar in the buildout": nothing is made in the buildout
        roles.append(sentence.role(preposition or "adv", [head]))
        if preposition == "as":  # "stepped down as chairman of Acme"
            roles += [r for r in noun_phrases(sentence, head) if r.slot not in {r.slot for r in roles}]
    roles += _hung_on_object(sentence, clause, {role.slot for role in roles})
    for adverb in tree.children(clause.head, "advmod"):
        if adverb.lower_ == "where" and clause.relative is not None:
            roles += [sentence.role(slot, [clause.relative]) for slot in ("in", "at")]
        when = sentence.mentions.value_at(adverb)
        if when is not None and when[1].kind == "date":
            roles.append(sentence.role("adv", [adverb], alone=True))  # "closed a week later"
        for c in tree.children(adverb, "obl", "nmod"):  # "ahead of its rivals"
            roles.append(sentence.role(f"{tree.lemma(adverb)} {tree.marker(c)}".strip(), [c]))
    if post is not None and clause.complement != post:
        roles += [sentence.role("pred", [post], alone=True), *noun_phrases(sentence, post)]
    elif clause.complement is not None:
        slot = "pred" if clause.complement.dep_ == "xcomp" and not _is_verbal(clause.complement) else "comp"
        if slot == "pred" and clause.complement.pos_ in ("NOUN", "PROPN"):
            roles.append(sentence.role(slot, [clause.complement]))
            roles += noun_phrases(sentence, clause.complement)
        else:
            roles.append(sentence.clause_role(slot, clause.complement))
            if tree.is_quoted(clause.complement):
                roles.append(replace(roles[-1], slot="quote"))
    if (
        not clause.complement
        and (not clause.objects or clause.passive)
        and _says_state(sentence, clause.head)
    ):
        roles.append(
            sentence.state_role("self", clause.head)
        )  # "prices are falling", "the launch was postponed"
    for c in tree.children(clause.head, "advcl"):  # "by cutting costs", "as a hub", "without hiring"
        words = [tree.lemma(m) for m in tree.children(c, "mark", "case")]
        if words:
            slot = " ".join(words)
            roles.append(sentence.clause_role(slot if slot != "to" else "purpose", c))
    return roles


def _added_to(sentence: Sentence, clause: Clause, head: Token, roles: list[Role]) -> int | None:
    """Which role one more filler joins: "omits the seat along with the camera" the object; before the verb, the subject.

    They must be of one kind, as far as that is known: "Acme, along with a loss, reported a recall" adds no firm.
    """
    wanted = ("obj", "subj") if head.i > clause.head.i and not clause.passive else ("subj", "obj")
    kind = sentence.mentions.at(head).type
    for slot in wanted:
        for place, role in enumerate(roles):
            kinds = {m.type for m in role.mentions}
            if role.slot == slot and (kind in kinds or not kind or "" in kinds):
                return place
    return None


def _with(sentence: Sentence, role: Role, head: Token) -> Role:
    more = sentence.role(role.slot, [head])
    return replace(role, mentions=tuple(dict.fromkeys((*role.mentions, *more.mentions))))


def is_small(sentence: Sentence, clause: Clause) -> bool:
    """ "makes Nvidia a pillar", "made the drug available": the verb says what becomes of its object."""
    small = clause.complement
    return (
        small is not None
        and bool(clause.objects)
        and small.dep_ == "xcomp"
        and small.pos_ in ("NOUN", "PROPN", "ADJ")
        and tree.lemma(clause.head) in sentence.words("making_verb")
    )


def installed(sentence: Sentence, clause: Clause) -> tuple[Token | None, Token | None]:
    """Who is put into which post: "named Ann Lee chief executive", however the parser joined the name and the post."""
    if tree.lemma(clause.head) not in sentence.words("appointing_verb"):
        return None, None
    last = clause.objects[-1] if clause.objects else None
    post = clause.complement if clause.complement is not None else last
    if post is None or post.pos_ != "NOUN" or not any(sentence.known("role", cue) for cue in noun_cues(post)):
        return None, None
    others = [o for o in clause.objects if o != post]
    inside = [c for c in tree.children(post, "compound", "nmod:desc") if c.ent_type_ == "PERSON"]
    person = next(iter([*others, *inside]), None)
    return (person, post) if person is not None else (None, None)


def _hung_on_object(sentence: Sentence, clause: Clause, taken: set[str]) -> list[Role]:
    """What the parser hung on the object although the verb asks for it: "supplies pumps to Norda", "accused it of lying"."""
    cues = sentence.ontology.cue_index.get(("verb", tree.verb_lemma(clause.head)), ())
    asked = {slot for _, cue in cues for slot in (cue.subject, cue.object, *cue.beside, *cue.without)} - taken
    roles: list[Role] = []
    for o in clause.objects:
        for c in tree.children(o, "obl", "nmod", "acl"):
            slot = tree.marker(c) or " ".join(tree.lemma(m) for m in tree.children(c, "mark"))
            if c.i > max(o.i, clause.head.i) and slot in asked:
                clausal = c.dep_ == "acl"
                roles.append(sentence.clause_role(slot, c) if clausal else sentence.role(slot, [c]))
                asked.discard(slot)
    return roles


def _amount_apart(sentence: Sentence, clause: Clause) -> tuple[list[Token], list[Token]]:
    """Two objects of which one is an amount fill two slots: "Orlund was fined $14m"."""
    amounts = [o for o in clause.objects if sentence.mentions.value_at(o) is not None]
    things = [o for o in clause.objects if o not in amounts]
    of_noun = [a for a in amounts if measured_after(sentence, a) is not None]  # "posted $5bn in revenue"
    return (things, amounts) if (things and amounts) or of_noun else (clause.objects, [])


def measured_after(sentence: Sentence, figure: Token) -> Token | None:
    """The noun behind a figure that it measures: "$5bn in revenue", "CHF 210m of net debt"."""
    value = sentence.mentions.value_at(figure)
    share = (
        value is not None and value[1].kind == "percent"
    )  # "12% of its stock" says nothing of how the stock moved
    paid = tree.marker(figure) == "for"  # "bought Bolt for $2m in cash"
    for c in () if paid else tree.children(figure, "nmod"):
        if tree.marker(c) in (("in",) if share else ("in", "of")) and any(
            sentence.known("measure", cue) for cue in noun_cues(c)
        ):
            return c
    return None


def per_share(sentence: Sentence, figure: Token) -> bool:
    """Whether a figure is told for one share: "83 cents a share", "$1.91 per share", "30p apiece" is not read."""
    value = sentence.mentions.value_at(figure)
    if value is None or value[1].kind != "money":
        return False
    following = [t for t in figure.doc[figure.i + 1 : figure.i + 6] if t.idx >= value[0].end][:3]
    words = [t.lower_ for t in following]
    return words[:2] in (["a", "share"], ["per", "share"]) or words == ["for", "each", "share"]


def _around_amount(sentence: Sentence, amount: Token, ditransitive: bool) -> list[Role]:
    """What stands beside an amount: "owns 44% of Nissan" -> of; "fined Orlund 5 million kroner", parsed as one phrase -> iobj."""
    roles = [sentence.role("of", [c]) for c in tree.children(amount, "nmod") if tree.marker(c) == "of"]
    named = [c for c in tree.children(amount, "compound", "nmod") if c.ent_type_ and c.i < amount.i]
    if named and not ditransitive and sentence.mentions.value_at(named[0]) is None:
        roles.append(sentence.role("iobj", named[:1]))
    return roles


def _says_state(sentence: Sentence, head: Token) -> bool:
    """Whether the verb, by the ontology, itself says how its subject is or moves, and no figure says it better."""
    known = sentence.ontology.cue_index.get(("verb", tree.verb_lemma(head)), ())
    return any(cue.object == "self" for _, cue in known) and not any(
        sentence.mentions.value_in(c)
        for c in tree.children(head, "obl", "obj", "obl:unmarked", "nummod")
        if tree.marker(c) not in ("in", "on", "since", "during")
    )


def _is_verbal(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and tree.child(token, "cop") is None


def noun_phrases(sentence: Sentence, noun: Token) -> list[Role]:
    """The prepositional phrases of a noun as slots: "took a stake in Arm" -> in: Arm."""
    return [sentence.role(tree.marker(c), [c]) for c in tree.children(noun, "nmod") if tree.marker(c)]


def _frames(sentence: Sentence, clause: Clause, roles: list[Role]) -> Iterator[Frame]:
    head = clause.head
    verb = tree.verb_lemma(head)
    words = predicate_tokens(head)
    if (due := owed(sentence, head)) and sentence.known("verb", f"{due} {verb}"):
        # "must be approved by the court": not that the court approves
        context = as_fact(sentence, head)
        yield sentence.frame("verbs.clause", "verb", [f"{due} {verb}"], words, roles, head, context=context)
        return
    for noun, prefix in _idiom_nouns(clause, verb):
        cues = [f"{prefix} {cue}" for cue in noun_cues(noun)]
        if any(sentence.known("verb", cue) for cue in cues):
            # "went on sale on Friday": Friday fills "on" before the sale does
            itself = sentence.mentions.at(noun)
            ordered = sorted(roles, key=lambda r: itself in r.mentions)
            extra = [
                *noun_phrases(sentence, noun),
                *_owner_and_aim(sentence, noun),
                *_whose(sentence, noun, roles),
            ]
            sized = [*size_before(sentence, noun), *ordered, *extra]
            yield sentence.frame("verbs.idiom", "verb", cues, [*words, noun], sized, head)
    for noun in clause.objects:
        known = [cue for cue in noun_cues(noun) if sentence.known("noun", cue)]
        if known and is_light(sentence, noun):
            yield sentence.frame(
                "verbs.light", "noun", known, [*words, noun], _lift(sentence, noun, roles), noun
            )
    complement = clause.complement
    if complement is not None and complement.pos_ == "ADJ":
        inner = [
            sentence.role(tree.marker(c), [c]) for c in tree.children(complement, "obl") if tree.marker(c)
        ]
        cue = f"{verb} {tree.lemma(complement)}"
        if sentence.known("verb", cue):
            yield sentence.frame("verbs.result", "verb", [cue], [*words, complement], [*roles, *inner], head)
    if is_small(sentence, clause):  # "made the drug available": the drug is not what was made
        roles = [role for role in roles if role.slot in ("obj", "pred")]
    cues = [*_adverb_cues(sentence, head, verb), verb, tree.lemma(head)]
    if complement is not None and _is_infinitive(complement) and sentence.known("verb", f"{verb} to"):
        cues = [f"{verb} to"]  # "told the bank to sell", "has to sell": not what is told or had
    if sentence.known("verb", f"{verb} per share") and any(per_share(sentence, o) for o in clause.objects):
        cues.insert(0, f"{verb} per share")  # "earned 83 cents a share"
    yield sentence.frame("verbs.clause", "verb", cues, words, roles, head)


def _is_infinitive(complement: Token) -> bool:
    """ "to sell", but not "yet to sell"."""
    to = next((m for m in tree.children(complement, "mark") if m.lower_ == "to"), None)
    return to is not None and complement.dep_ == "xcomp" and to.nbor(-1).lower_ != "yet"


def _whose(sentence: Sentence, noun: Token, roles: Sequence[Role]) -> list[Role]:
    """ "of" of an idiom's noun that has an owner or a name before it: "awaits Beijing's verdict", "received FAA approval"."""
    behind = {tree.marker(c) for c in tree.children(noun, "nmod")} | {role.slot for role in roles}
    owners = tree.children(noun, "nmod:poss") or [
        c
        for c in tree.children(noun, "compound", "nmod:desc")
        if c.ent_type_ in ("ORG", "PLACE") and c.i < noun.i
    ]
    return [] if "of" in behind or not owners else [sentence.role("of", owners[:1])]


def _adverb_cues(sentence: Sentence, head: Token, verb: str) -> list[str]:
    """The verb with an adverb that makes it another word: "put forward", "formerly know"."""
    adverbs = tree.children(head, "advmod")
    cues = [f"{verb} {tree.lemma(a)}" if a.i > head.i else f"{tree.lemma(a)} {verb}" for a in adverbs]
    return [cue for cue in cues if sentence.known("verb", cue)]


def _idiom_nouns(clause: Clause, verb: str) -> Iterator[tuple[Token, str]]:
    """Nouns that may make one cue with the verb: "sign a deal" -> sign deal, "go on sale" -> go on sale."""
    for noun in clause.objects:
        if noun.pos_ == "NOUN" and (clause.passive or noun.i > clause.head.i or noun == clause.relative):
            yield noun, verb
    for preposition, noun in clause.obliques:
        if noun.pos_ == "NOUN" and preposition:
            yield noun, f"{verb} {preposition}"


def _owner_and_aim(sentence: Sentence, noun: Token) -> list[Role]:
    """What else an idiom's noun has: "awaits Beijing's verdict", "gives Norda the right to hold deposits"."""
    roles = [sentence.role("poss", [c]) for c in tree.children(noun, "nmod:poss")]
    for c in tree.children(noun, "acl"):
        if any(m.lower_ == "to" for m in tree.children(c, "mark")):
            roles.append(sentence.clause_role("comp", c))
    return roles


def _lift(sentence: Sentence, noun: Token, roles: list[Role]) -> list[Role]:
    """The roles of a light verb's noun: the clause's subject stays, the noun's "of" becomes its object.

    What is had belongs to who is given it: "the deal gives Norda a seat on the board".
    """
    outer = [r for r in roles if r.slot not in ("obj", "pred")]
    given = next((r for r in outer if r.slot == "iobj"), None)
    if given is not None and tree.lemma(noun) in sentence.words("had_noun"):
        outer = [replace(given, slot="subj"), *(r for r in outer if r.slot not in ("subj", "iobj"))]
    inner = [Role("obj", r.mentions, r.phrase) if r.slot == "of" else r for r in noun_phrases(sentence, noun)]
    received = tree.lemma(noun.head) in sentence.words("receiving_verb")
    if received and tree.lemma(noun) in sentence.words("received_noun"):  # who wins approval approves nothing
        outer = [r for r in outer if r.slot != "subj"]
    return [*outer, *inner, *dash_pair(sentence, noun)]


def predicate_tokens(head: Token) -> list[Token]:
    """Auxiliaries, negation, the verb and its particles."""
    return [*tree.auxiliaries(head), head, *tree.children(head, "compound:prt")]


RULES = (
    Rule(
        "verbs.clause",
        "Apple was bought by Mars in 2014.",
        ("Mars", "buy", "Apple"),
        "Quirk et al. 1985; ClausIE (Del Corro & Gemulla 2013)",
        find_clauses,
    ),
    Rule(
        "verbs.idiom",
        "Acme signed a deal with Bolt.",
        ("Acme", "sign deal", "Bolt"),
        "MinIE 2017",
        find_clauses,
    ),
    Rule(
        "verbs.light",
        "Acme announced the acquisition of Bolt.",
        ("Acme", "acquisition", "Bolt"),
        "MinIE 2017",
        find_clauses,
    ),
    Rule(
        "verbs.result",
        "Acme makes possible the growth of Bolt.",
        ("Acme", "make possible", "growth of Bolt"),
        "Quirk et al. 1985, 16.43",
        find_clauses,
    ),
    Rule(
        "verbs.item",
        "Acme will use its portal to:\n\nMonitor prices.",
        ("portal", "use", "Monitor prices"),
        "Hearst 1992",
        find_clauses,
    ),
)
