"""Lists and tables of "label: value": a lead-in noun says of each member what it is, or of whom each figure is the measure.

"Clients of Sorenta: Acme, Bolt and Kobe Rubber"; "Prices: Solo $9, Duo $15"; "revenue: £802m". Lead-in and members after
Hearst (1992); label and value as in the tables of DBpedia's infoboxes (Auer et al. 2007).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract import tree
from kg.extract.context import read_phrase_context
from kg.extract.frames import Rule, Sentence, noun_cues
from kg.extract.rules.roles import is_name, noun_roles
from kg.model import Context, Form, Frame, Role

SEPARATORS = frozenset({",", ";", "•", "|", "·"})
FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})
MAX_LEAD, MAX_MEMBERS = 14, 30  # words before the colon; members after it
OWNERS = ("of", "poss", "compound", "at", "for", "from")


def find_lists(sentence: Sentence) -> Iterator[Frame]:
    """One frame for a list: all members stand in "subj" of what the lead-in noun says ("customer" of Sorenta)."""
    colon = _colon(sentence)
    if colon is None:
        return
    lead, rest = (
        _words(sentence, sentence.tokens.start, colon),
        _words(sentence, colon + 1, sentence.tokens.end),
    )
    noun = _lead_noun(lead)
    if noun is None or any(t.tag_ in FINITE and t.dep_ != "acl:relcl" for t in rest):
        return
    cues, mood = noun_cues(noun), read_phrase_context(noun, sentence.ontology.words)
    pairs = _records(sentence, rest)
    if pairs:
        yield from _paired(sentence, noun, cues, pairs, mood)
        return
    members = [m for part in _parts(rest) if (m := _member(part)) is not None][:MAX_MEMBERS]
    if not members:
        return
    roles = _of_lead(sentence, noun, lead)
    named = [m for m in members if sentence.mentions.at(m).form is not Form.VALUE]
    items = sentence.role("subj", named, alone=True) if named else None
    if items is not None and any(sentence.known("role", cue) for cue in cues):
        itself = sentence.role("self", [noun], alone=True)
        yield sentence.frame(
            "lists.members", "role", cues, [noun], [items, itself, *roles], noun, "", True, 1.0, mood
        )
    if any(sentence.known("noun", cue) for cue in cues):
        filled = [
            _item(sentence, slot, members) for slot in ("obj", "of") if slot not in {r.slot for r in roles}
        ]
        yield sentence.frame(
            "lists.members", "noun", cues, [noun], [*filled, *roles], noun, "", True, 1.0, mood
        )


def _records(sentence: Sentence, rest: Sequence[Token]) -> list[tuple[Token, Token]]:
    """The pairs of a list of pairs: "Fenrir, $40m; Plumb, $6.5m" and "Hamelin (presses), Ostend (paint shop)"; else nothing.

    The first of a pair is a name; a pair is set off by a semicolon, or its second stands in brackets.
    """
    rows = _split(rest, ";")
    if len(rows) < 2 or any(len(_split(row, ",")) != 2 for row in rows):
        rows = _parts(rest)
        if len(rows) < 2 or any(not any(t.text == "(" for t in row) for row in rows):
            return []
    pairs = []
    for row in rows[:MAX_MEMBERS]:
        first, second = _split(row, ",") if len(_split(row, ",")) == 2 else _at_bracket(row)
        name, other = (
            _member(first),
            next((t for t in second if _is_figure(sentence, t)), None) or _member(second),
        )
        if name is None or other is None or not is_name(sentence, name):
            return []
        pairs.append((name, other))
    return pairs


def _split(tokens: Sequence[Token], mark: str) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == mark:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if any(not t.is_punct for t in part)]


def _at_bracket(row: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    place = next((n for n, t in enumerate(row) if t.text == "("), len(row))
    return row[:place], [t for t in row[place:] if t.text not in "().;"]


def _paired(
    sentence: Sentence, noun: Token, cues: Sequence[str], pairs: Sequence[tuple[Token, Token]], mood: Context
) -> Iterator[Frame]:
    """One frame for each pair: the name does, has or measures the other by what the lead-in noun says."""
    for name, other in pairs:
        one, two = sentence.role("subj", [name], alone=True), sentence.role("obj", [other], alone=True)
        if sentence.mentions.at(other).form is Form.VALUE:
            roles = [
                Role("holder", one.mentions, one.phrase), Role("value", two.mentions, two.phrase),
                sentence.role("self", [noun], alone=True),
            ]  # fmt: skip
            kind = "measure"
        else:
            roles, kind = [one, two, Role("of", two.mentions, two.phrase)], "noun"
        if any(sentence.known(kind, cue) for cue in cues):
            yield sentence.frame("lists.pair", kind, cues, [noun], roles, noun, "", True, 0.8, mood)


def find_labels(sentence: Sentence) -> Iterator[Frame]:
    """One measure frame for each figure beside its label: "revenue: £802m", "EPS 48.3p"; "Prices: Solo $9" has the label first."""
    colon = _colon(sentence)
    if colon is None:
        return
    lead = _words(sentence, sentence.tokens.start, colon)
    noun = _lead_noun(lead)
    for part in _parts(_words(sentence, sentence.tokens.start, sentence.tokens.end), ":"):
        figure = next((t for t in part if _is_figure(sentence, t)), None)
        if figure is None or any(t.tag_ in FINITE for t in part):
            continue
        label = next((t for t in part if t.i < figure.i and _measures(sentence, t)), None)
        own = [t for t in part if t.i < figure.i and is_name(sentence, t)]
        if label is None and noun is not None and figure.i > colon and _measures(sentence, noun):
            label = noun
        if label is None:
            continue
        holder = own[-1] if own else _owner(sentence, label, lead)
        if holder is None or holder == label:
            continue
        roles = [
            sentence.role("holder", [holder], alone=True),
            sentence.role("value", [figure], alone=True),
            sentence.role("self", [label], alone=True),
        ]
        mood = read_phrase_context(label, sentence.ontology.words)
        yield sentence.frame(
            "lists.label", "measure", noun_cues(label), [label], roles, label, "", True, 0.8, mood
        )


def _colon(sentence: Sentence) -> int | None:
    """Where the lead-in of this sentence ends; None where no short lead-in does."""
    found = next((t.i for t in sentence.tokens[:MAX_LEAD] if t.text == ":"), None)
    return found if found is not None and found > sentence.tokens.start else None


def _words(sentence: Sentence, start: int, end: int) -> list[Token]:
    return [t for t in sentence.tokens.doc[start:end] if not t.is_space]


def _lead_noun(lead: Sequence[Token]) -> Token | None:
    """ "Clients" of "Clients of Sorenta:"; where the lead-in has a verb, the noun right before the colon."""
    if not lead:
        return None
    if any(t.tag_ in FINITE for t in lead):
        return lead[-1] if lead[-1].pos_ == "NOUN" else None
    places = {t.i for t in lead}
    tops = (t for t in lead if t.pos_ == "NOUN" and (t.head.i not in places or t.head == t))
    return next(tops, None) or next((t for t in lead if t.pos_ == "NOUN"), None)


def _parts(tokens: Sequence[Token], *more: str) -> list[list[Token]]:
    """The members between commas, semicolons and "and"; brackets stay whole."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text in "([") - (token.text in ")]") if len(token.text) == 1 else 0
        joins = (
            token.text in SEPARATORS
            or token.text in more
            or (token.dep_ == "cc" and token.text in ("and", "&"))
        )
        if joins and depth <= 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _member(part: Sequence[Token]) -> Token | None:
    """The head of one member, without what follows in brackets."""
    end = next((n for n, t in enumerate(part) if t.text in ("(", "[", "–", "—")), len(part))
    inside = [t for t in part[:end] if not t.is_punct]
    places = {t.i for t in inside}
    heads = [t for t in inside if t.head.i not in places or t.head == t]
    return next((t for t in heads if t.pos_ in ("NOUN", "PROPN", "VERB")), None)


def _item(sentence: Sentence, slot: str, members: Sequence[Token]) -> Role:
    """The members as fillers of one slot, verbal ones as clauses ("falsifying readings, bribing an official")."""
    if members[0].pos_ != "VERB":
        return sentence.role(slot, members, alone=True)
    mentions = tuple(sentence.mentions.clause(m) for m in members)
    return Role(slot, mentions, mentions[0].phrase)


def _of_lead(sentence: Sentence, noun: Token, lead: Sequence[Token]) -> list[Role]:
    """What the lead-in noun has about it; whose list it is in "of"."""
    roles = [
        r
        for r in noun_roles(sentence, noun)
        if r.slot != "of" or r.phrase.end <= lead[-1].idx + len(lead[-1])
    ]
    owner = _owner(sentence, noun, lead)
    if owner is not None and not any(r.slot == "of" for r in roles):
        roles.append(sentence.role("of", [owner], alone=True))
    return roles


def _owner(sentence: Sentence, noun: Token, lead: Sequence[Token]) -> Token | None:
    """Whose: an owner beside the noun, the subject of "has three goals:", a name in the lead-in, else the firm meant."""
    for c in tree.children(noun, "nmod"):
        if c.dep_ == "nmod:poss" or tree.marker(c) in OWNERS:
            return c
    if noun.dep_ == "obj" and (subject := tree.child(noun.head, "nsubj")) is not None:
        return subject
    names = [t for t in lead if t.pos_ == "PROPN" and t.dep_ not in ("compound", "flat") and t != noun]
    return names[0] if names else sentence.firm_meant(noun)


def _is_figure(sentence: Sentence, token: Token) -> bool:
    value = sentence.mentions.value_at(token)
    return value is not None and value[1].kind in ("money", "percent", "quantity")


def _measures(sentence: Sentence, token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN", "VERB") and any(
        sentence.known("measure", cue) for cue in noun_cues(token)
    )


RULES = (
    Rule(
        "lists.pair",
        "Recalls in June: Norda, car seats; Velox, gas barbecues.",
        ("Velox", "recall", "gas barbecues"),
        "DBpedia infoboxes (Auer et al. 2007)",
        find_lists,
    ),
    Rule(
        "lists.members",
        "Clients of Sorenta: Acme, Bolt and Kobe Rubber.",
        ("Bolt", "client", "Sorenta"),
        "Hearst 1992",
        find_lists,
    ),
    Rule(
        "lists.label",
        "Acme, second quarter: revenue £802m; net profit £40m.",
        ("Acme", "revenue", "£802m"),
        "DBpedia infoboxes (Auer et al. 2007)",
        find_labels,
    ),
)
