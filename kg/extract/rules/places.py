"""Where things are and come from, said without a word for it: "Lyon, France", "the fair in Lyon", "a French engineer".

Comma chains of places are the toponym containment of Leidner (2007); adjectives of nationality as relational adjectives.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.extract import tree
from kg.extract.context import read_phrase_context
from kg.extract.frames import Rule, Sentence
from kg.model import Form, Frame, Mention, Role

ANY = ("*",)  # there is no word to look up: the ontology asks for all such frames
BETWEEN = ("in", "at", "on", "near", "within")
LOOSE = (
    "appos",
    "nmod",
    "obl",
    "list",
    "conj",
    "dep",
)  # how a parser hangs "France" on "Lyon" in "Lyon, France"
SETTLED = ("ORG", "EVENT")  # named things that a place right behind them belongs to ("Acme College in Lyon")
HAD = ("PLACE", "ORG")  # named things that are in the place that has them ("Chile's Punta Arenas")
READ_OFF = 0.6  # least confidence of what is read off the words: the parser's doubt is about something else


def find_chains(sentence: Sentence) -> Iterator[Frame]:
    """ "the fair in Lyon, Rhône, France", "the Lazio region of central Italy": each place is in the next."""
    if not sentence.known("place", "*"):
        return
    names = sorted(sentence.tokens.ents, key=lambda e: e.start)
    for first, second in pairwise(names):
        if second.label_ != "PLACE" or first.label_ == "PERSON":
            continue
        gap = [t.lower_ for t in first.doc[first.end : second.start] if not t.is_space]
        words = [word for word in gap if word != "the" and word not in sentence.words("place_direction")]
        region = bool(words) and words[0] in sentence.words("named_place_noun") and first.label_ == "PLACE"
        noun, words = (words[0], words[1:]) if region else ("", words)
        nation_of = _part_of_nation(sentence, second)
        if region and words == ["of"] and (noun == "suburb" or _holds(sentence, first, second)):
            if noun != "suburb":  # which is beside it
                yield _place(sentence, second.root, "in", first.root)  # "the U.S. state of Maine"
            continue
        district = words == ["of"] and first[-1].lower_ in sentence.words(
            "named_place_noun"
        )  # "Lyon District of France"
        comma = words in ([","], ["("]) and first.label_ in ("PLACE", "ORG")
        comma = comma and (_is_chain(first, second) or _is_known_chain(sentence, first, second))
        words = words[1:] if words[:1] == [","] and len(words) == 2 else words  # "Lyon, in central France"
        inside = len(words) == 1 and words[0] in BETWEEN and (region or _belongs(first, second))
        body = words == ["of"] and first.label_ == "ORG" and second.root.head in first  # "the FBC of Chad"
        if comma or inside or district or body or (region and words == ["of"]):
            slot = words[0] if inside and not comma and words[0] != "within" else "in"
            yield _place(sentence, first.root, slot, second.root)
            if inside and nation_of is not None:
                yield _place(sentence, first.root, "in", nation_of)


def find_places_in_names(sentence: Sentence) -> Iterator[Frame]:
    """ "Lyon City Council", "the University of Lyon", "the Belgian Parliament": what bears a place in its name is there.

    Events are only from the country in theirs: the Boer War was fought elsewhere, too.
    """
    for name in sentence.tokens.ents:
        kind, slot = ("demonym", "of") if name.label_ == "EVENT" else ("place", "in")
        if name.label_ not in SETTLED or not sentence.known(kind, "*"):
            continue  # before the place inside becomes a mention, which coreference would count
        inner = _place_inside(sentence, name)
        if inner is None or (name.label_ == "EVENT" and inner.type != "Country"):
            continue
        roles = [sentence.role("subj", [name.root], alone=True), Role(slot, (inner,), inner.phrase)]
        context = read_phrase_context(name.root, sentence.ontology.words)
        frame = sentence.frame(
            "places.name", kind, ANY, [name.root], roles, name.root, words="in", inferred=True, confidence=0.6, context=context
        )  # fmt: skip
        yield _read_off(frame)


def find_owned(sentence: Sentence) -> Iterator[Frame]:
    """ "Chile's Punta Arenas", "Sweden's capital Stockholm" are there; "Gustav III of Sweden", "Germany's Anna Weber" are from there."""
    if not (sentence.known("place", "*") or sentence.known("demonym", "*")):
        return
    names = {token.i: name for name in sentence.tokens.ents for token in name}
    for owner in sentence.tokens.ents:
        head = owner.root.head
        if owner.label_ != "PLACE" or head in owner:
            continue
        nation = owner.text.lower() in sentence.words("country")
        thing = names.get(head.i)
        if tree.base(owner.root) == "nmod" and tree.marker(owner.root) == "of":
            if thing is not None and thing.label_ == "PERSON" and nation and head.i < owner.start:
                yield _origin(sentence, thing.root, owner.root)
        elif owner.root.dep_ == "nmod:poss":
            if thing is None and head.lower_ in sentence.words("named_place_noun"):
                beside = (c for c in tree.children(head, "appos", "nmod", "flat") if c.i == head.i + 1)
                thing = next((names[c.i] for c in beside if c.i in names), None)
            if thing is not None and thing.label_ in HAD and thing.start > owner.start:
                yield _place(sentence, thing.root, "in", owner.root)
            elif thing is not None and thing.label_ == "PERSON" and nation:
                yield _origin(sentence, thing.root, owner.root)


def _origin(sentence: Sentence, somebody: Token, nation: Token) -> Frame:
    roles = [sentence.role("subj", [somebody], alone=True), sentence.role("of", [nation], alone=True)]
    context = read_phrase_context(somebody, sentence.ontology.words)
    frame = sentence.frame(
        "places.owned", "demonym", ANY, [nation], roles, nation, words="is from", inferred=True, confidence=0.9, context=context
    )  # fmt: skip
    return _read_off(frame)


def _place_inside(sentence: Sentence, name: Tokens) -> Mention | None:
    """The place in a name that is not the whole of it, the longest first: New York in "New York Times", not York."""
    demonyms = sentence.words("demonym")
    for size in range(min(3, len(name) - 1), 0, -1):
        for start in range(name.start, name.end - size + 1):
            part = name.doc[start : start + size]
            if country := demonyms.get(part.text.lower(), ""):
                return _implied(sentence, list(part), country, "Country")
            if part[0].text.istitle() and sentence.mentions.is_place_name(part.text):
                return _implied(sentence, list(part), part.text, _kind_of_place(sentence, part.text))
    return None


def _kind_of_place(sentence: Sentence, name: str) -> str:
    """What the gazetteers know a place to be."""
    kinds = {"country": "Country", "city": "City"}
    return next((kinds[k] for k in kinds if name.lower() in sentence.words(k)), "Place")


def _holds(sentence: Sentence, first: Tokens, second: Tokens) -> bool:
    """Whether the first place is where the second is: "the U.S. state of Maine", "the Oregon city of Salem", not "the Lazio region of Italy"."""
    larger = ("country", "region")
    known = any(first.text.lower() in sentence.words(kind) for kind in larger)
    return known and second.text.lower() not in sentence.words("country")


def _is_known_chain(sentence: Sentence, first: Tokens, second: Tokens) -> bool:
    """ "in Boise, Idaho and Reno, Nevada": the gazetteers know the second as what the first is in, however it is parsed."""
    one, other = first.text.lower(), second.text.lower()
    within = {sentence.words(kind).get(one, "") for kind in ("city", "region")} - {""}
    around = sentence.words("region").get(other) or sentence.words("country").get(other, "")
    return around in within and one not in sentence.words("country")


def _is_chain(first: Tokens, second: Tokens) -> bool:
    """Not "Lyon, Paris and Nice": no member of a coordination."""
    head = second.root
    if not any(tree.base(t) in LOOSE for t in (head, first.root)):
        return False
    listed = [t for name in (first.root, head) for t in tree.conjuncts(tree.first_conjunct(name))]
    if any(tree.children(t, "cc") for t in listed) and tree.base(head) == "conj":
        return False
    if first.label_ == "ORG" and tree.base(head) == "conj":
        return False
    following = [t for t in head.doc[second.end : second.end + 2] if not t.is_space]
    return not (following and following[0].lower_ in ("and", "or") and tree.base(head) == "conj")


def _belongs(first: Tokens, second: Tokens) -> bool:
    """A place right behind the name of another thing than a person or a product, wherever the parser hung it."""
    return second.root.head in first or first.label_ in (*SETTLED, "PLACE")


def _part_of_nation(sentence: Sentence, nation: Tokens) -> Token | None:
    """ "Maine" of "the U.S. state of Maine"."""
    doc, place = nation.doc, nation.end
    if nation.text.lower() not in sentence.words("country") or place + 2 >= len(doc):
        return None
    noun, of, name = doc[place], doc[place + 1], doc[place + 2]
    of_noun = noun.lower_ in sentence.words("named_place_noun") and of.lower_ == "of"
    return (
        next((e.root for e in sentence.tokens.ents if e.start == name.i and e.label_ == "PLACE"), None)
        if of_noun
        else None
    )


def _place(sentence: Sentence, thing: Token, preposition: str, place: Token) -> Frame:
    roles = [sentence.role("subj", [thing], alone=True), sentence.role(preposition, [place], alone=True)]
    context = read_phrase_context(thing, sentence.ontology.words)
    frame = sentence.frame(
        "places.chain", "place", ANY, [place], roles, place, words=preposition, inferred=True, confidence=0.9, context=context
    )  # fmt: skip
    return _read_off(frame)


def _read_off(frame: Frame) -> Frame:
    return replace(frame, confidence=max(frame.confidence, READ_OFF))


def find_nationalities(sentence: Sentence) -> Iterator[Frame]:
    """ "Ann Lee is a French engineer", "the Danish firm Orlund", "the French town of Lyon": from the country of the adjective."""
    if not sentence.known("demonym", "*"):
        return
    demonyms, countries = sentence.words("demonym"), sentence.words("country")
    for token in sentence.tokens:
        country = demonyms.get(token.lower_, "")
        if not country and token.ent_type_ == "PLACE" and tree.base(token) == "compound":
            country = countries.get(token.lower_, "")  # "U.S. singer Ann Lee"
        noun = token.head
        if (
            not country
            or noun == token
            or tree.base(token) not in ("amod", "compound", "nmod")
            or tree.marker(token)
        ):
            continue
        if noun.i < token.i or _one_name(token, noun):
            continue
        for subject in described(noun):
            nation = _implied(sentence, [token], country, "Country")
            roles = [
                sentence.role("subj", [subject]),
                Role("of", (nation,), nation.phrase),
            ]
            context = None if tree.child(noun, "cop") else read_phrase_context(noun, sentence.ontology.words)
            frame = sentence.frame(
                "places.nationality", "demonym", ANY, [token], roles, noun, words="is from", inferred=True, context=context
            )  # fmt: skip
            yield _read_off(frame)


def _one_name(a: Token, b: Token) -> bool:
    """Both in one name: "German Football Association"."""
    return any(e.start <= a.i < e.end and e.start <= b.i < e.end for e in a.doc.ents)


def described(noun: Token) -> list[Token]:
    """The names a common noun describes: subject of the copula, apposition, "town of Lyon"; the noun itself where it is a name."""
    if noun.ent_type_ and noun.pos_ == "PROPN":
        return [noun]
    top = tree.first_conjunct(noun)
    if tree.child(noun, "cop") or (noun != top and tree.child(top, "cop")):
        return [c for c in tree.children(top, "nsubj") if c.pos_ in ("PROPN", "PRON") or c.ent_type_]
    beside = [
        c
        for c in tree.children(noun, "appos", "flat", "nmod:desc", "compound")
        if c.ent_type_ and c.i > noun.i
    ]
    if beside:
        return beside[:1]
    if (
        tree.base(noun) in ("compound", "nmod", "flat", "amod")
        and noun.head.ent_type_
        and noun.head.i > noun.i
    ):
        return [noun.head] if not tree.marker(noun) else []
    if tree.base(top) == "appos" and top.head.ent_type_:
        return [top.head]
    return [c for c in tree.children(noun, "nmod") if tree.marker(c) == "of" and c.ent_type_ == "PLACE"]


def _implied(sentence: Sentence, tokens: list[Token], name: str, kind: str) -> Mention:
    """The place an adjective or a part of a name stands for, where that stands in the text."""
    known = next((k for k in (kind, "Place") if k in sentence.ontology.types), "")
    here = tree.char_span(tokens)
    mention = sentence.mentions.at(tokens[-1])
    return replace(
        mention, span=here, phrase=here, text=name, head=name, form=Form.NAME, type=known, possessor=None
    )


RULES = (
    Rule(
        "places.owned",
        "Germany's Anna Weber won.",
        ("Anna Weber", "is from", "Germany"),
        "Quirk et al. 1985",
        find_owned,
    ),
    Rule(
        "places.chain",
        "Acme opened a shop in Lyon, France.",
        ("Lyon", "in", "France"),
        "Leidner 2007",
        find_chains,
    ),
    Rule(
        "places.name",
        "The University of Lyon grew.",
        ("University of Lyon", "in", "Lyon"),
        "Leidner 2007",
        find_places_in_names,
    ),
    Rule(
        "places.nationality",
        "Ann Lee is a French engineer.",
        ("Ann Lee", "is from", "France"),
        "Quirk et al. 1985",
        find_nationalities,
    ),
)
