"""Who says so: subjects of reporting verbs, "according to", and direct speech that runs over several sentences.

Attribution as in MinIE (Gashteovski et al. 2017) and the source chains of FactBank (Saurí and Pustejovsky 2009); of a
chain ("Reuters reported that Mars said …") the innermost source is kept, for it vouches for the content.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from kg.extract import tree
from kg.extract.context.mood import Effect, Words, has, keys_of, look_up, opener
from kg.model import Modality, Span

_STORE = "kg.speech"
_OPENING, _CLOSING, _STRAIGHT = "“", "”", '"'
_MAX_PHRASE = (
    24  # words from the first to the last of a phrase that names a source, relative clauses included
)
_MAX_TAIL = 10  # words of "said Ana Ruiz, who runs the bank."
_MIN_SPEECH = 3  # words; shorter quotations are names, terms and scare quotes


def is_report(token: Token, words: Words) -> bool:
    """Whether the token is a reporting verb."""
    return token.pos_ == "VERB" and has(words, "reporting_verb", *keys_of(token))


def source_of(verb: Token) -> Token | None:
    """Head of the phrase that names who reports: the subject, the agent of a passive, or whoever has the clause's part."""
    found = tree.read_clause(verb).subjects
    if found and found[0].dep_ == "expl":
        return None
    if found and _is_phrase(found[0]):
        return found[0]
    return _behind(verb) or _before(verb)


def _is_phrase(noun: Token) -> bool:
    """Whether a subject is a plain phrase; a clause taken for one ("It closed, the bank said") is no source."""
    clausal = any(tree.base(c) in ("nsubj", "obj", "ccomp", "cop") for c in noun.children)
    return noun.pos_ in tree.NOUNS and not clausal and noun.right_edge.i - noun.left_edge.i < _MAX_PHRASE


def _behind(verb: Token) -> Token | None:
    """'…," said Ana Ruiz': parsers tend to take the subject behind the verb for something else."""
    nominal = next(
        (c for c in verb.children if c.i > verb.i and c.pos_ in tree.NOUNS and not opener(c)), None
    )
    return nominal if nominal is not None and nominal.left_edge.i == verb.i + 1 else None


def _before(verb: Token) -> Token | None:
    """The phrase between a comma or quotation mark and the verb: ", the regulator said"."""
    place = verb.i - 1
    while place > verb.sent.start and verb.doc[place].pos_ in ("ADV", "AUX"):
        place -= 1
    noun = verb.doc[place]
    edge = noun.left_edge
    while edge.is_punct and edge.i < noun.i:
        edge = edge.nbor(1)
    apart = edge.i > verb.sent.start and verb.doc[edge.i - 1].is_punct
    return noun if place < verb.i and apart and noun.pos_ in tree.NOUNS and _is_phrase(noun) else None


def is_evidence(verb: Token, source: Token | None, words: Words) -> bool:
    """ "The entry price shows that …": a thing that shows something is the article's own argument, no source.

    Studies, filings and the like do speak (`source_noun`), and so do names and persons.
    """
    if source is None or not has(words, "evidence_verb", *keys_of(verb)):
        return False
    if source.ent_type_ or source.pos_ == "PROPN" or source.lower_ in ("he", "she", "they", "we", "i", "who"):
        return False
    return not has(words, "source_noun", source.lower_, tree.lemma(source))


def source_of_noun(noun: Token) -> Token | None:
    """ "Melcor" of "Melcor's claim that", "the union" of "claims by the union that"."""
    for child in noun.children:
        if child.dep_ == "nmod:poss" or (tree.base(child) == "nmod" and opener(child) in ("by", "from")):
            return child
    return None


def source_span(head: Token) -> Span:
    """The phrase that names a source: "chip buyer Marta Olsen", without apposition and relative clause."""
    chosen = tree.subtree(head, without={"appos", "acl", "parataxis", "case", "punct", "advcl", "dep"})
    chosen += [
        t for t in head.head.children if t != head and t.pos_ == head.pos_ == "PROPN" and t.dep_ == head.dep_
    ]
    return tree.char_span(tree.trim(tree.contiguous(chosen, head)) or [head])


def beside(clause: Token, words: Words, below: Token | None) -> tuple[Token, Effect] | None:
    """A source that stands beside a clause: ", Z said", "as Z reported", "according to Z", "in Z's view".

    `below` is the dependent through which `clause` was reached; it is not asked itself.
    """
    for child in clause.children:
        if child == below:
            continue
        label = tree.base(child)
        if label in ("parataxis", "ccomp", "dep", "discourse", "advcl", "conj") and child.pos_ == "VERB":
            if label in ("ccomp", "conj", "advcl") and not _is_aside(child, label):
                continue
            effect = look_up(words, "reporting_verb", keys_of(child))
            if effect is None or _has_content(child):
                continue
            if label == "advcl" and (
                effect.modality is not Modality.ASSERTED or any(c.tag_ == "MD" for c in child.children)
            ):
                continue  # "as its lenders demanded", "as anyone will confirm"
            if (speaker := source_of(child)) is not None:
                stance = (
                    effect if not effect.negative and effect.modality is not Modality.QUESTION else Effect()
                )
                return speaker, stance
        elif (
            label not in ("punct", "nsubj", "obj", "aux", "cop", "det")
            and (speaker := _named_by(child, words)) is not None
        ):
            return speaker, Effect()
    return None


def _is_aside(verb: Token, label: str) -> bool:
    """ "As Z reported, …" (advcl) or ", Z said" that the parser took for something else at the clause's edge."""
    if label == "advcl":
        return opener(verb) == "as" or verb.left_edge.lower_ == "as"
    edge = verb.left_edge
    comma = edge if edge.is_punct else verb.doc[max(0, edge.i - 1)]
    return label == "conj" and comma.text in (",", "”", '"') and not tree.child(verb, "cc")


def _has_content(verb: Token) -> bool:
    """Whether the reporting verb has a clause of its own to report: then it is not about the clause beside it."""
    return any(c.dep_ in ("ccomp", "obj") for c in verb.children)


def _named_by(phrase: Token, words: Words) -> Token | None:
    """The source in an adverbial phrase; None for other phrases."""
    opening = opener(phrase)
    if has(words, "source_preposition", opening):
        return phrase
    if phrase.lower_ == "according":
        return next((c for c in phrase.children if c.pos_ in tree.NOUNS and c.lower_ != "to"), None)
    if has(words, "source_frame_noun", phrase.lower_) and opening in ("in", "by", "on", "to"):
        return next((c for c in phrase.children if tree.base(c) == "nmod" and c.pos_ in tree.NOUNS), None)
    return None


def speaker_at(token: Token, words: Words) -> Token | None:
    """Who speaks the quotation the token stands in; None outside quotations, in scare quotes, or where nobody is named."""
    return speech(token.doc, words).get(token.i)


def speech(doc: Doc, words: Words) -> dict[int, Token]:
    """Index of each word in direct speech -> head of the phrase that names its speaker; computed once for each Doc."""
    found: dict[int, Token] | None = doc.user_data.get(_STORE)
    if found is None:
        found = doc.user_data[_STORE] = _find_speech(doc, words)
    return found


def _find_speech(doc: Doc, words: Words) -> dict[int, Token]:
    passages = _quotations(doc)
    if not passages:
        return {}
    quoted = {i for start, end, _ in passages for i in range(start, end)}
    speakers = [_speaker_nearby(doc, start, end, quoted, words) for start, end, _ in passages]
    for n, (start, _, continued) in enumerate(passages):
        if speakers[n] is None and n and (continued or _adjacent(doc, passages[n - 1][1], start)):
            speakers[n] = speakers[n - 1]
    found = {}
    for (start, end, _), speaker in zip(passages, speakers, strict=True):
        if speaker is not None and _is_speech(doc[start:end]):
            found.update(dict.fromkeys(range(start, end), speaker))
    return found


def _quotations(doc: Doc) -> list[tuple[int, int, bool]]:
    """Stretches between quotation marks: (first word, end, continues the one before it).

    A paragraph break ends an open quotation; the next paragraph's opening mark then takes it up again.
    """
    found, begin, carried, continued = [], -1, False, False
    for token in doc:
        if token.is_space:
            if "\n" in token.text and begin >= 0:
                found.append((begin, token.i, continued))
                begin, carried = -1, True
            continue
        text = token.text
        opens = text == _OPENING or (text == _STRAIGHT and begin < 0)
        closes = text == _CLOSING or (text == _STRAIGHT and begin >= 0)
        if closes and begin >= 0:
            found.append((begin, token.i, continued))
            begin = -1
        elif opens:
            begin, continued, carried = token.i + 1, carried, False
        elif begin < 0:
            carried = False
    return [(start, end, again) for start, end, again in found if start < end]


def _is_speech(passage: Tokens) -> bool:
    return len(passage) >= _MIN_SPEECH and any(t.pos_ in ("VERB", "AUX") for t in passage)


def _speaker_nearby(doc: Doc, start: int, end: int, quoted: set[int], words: Words) -> Token | None:
    """The subject of the reporting verb nearest to the quotation, in the sentences where it begins and ends."""
    first, last = doc[start].sent.start, doc[end - 1].sent.end
    if last < len(doc) and doc[last].sent.start == last and _opens_with_report(doc[last].sent, quoted, words):
        last = doc[last].sent.end  # the parser cut '… ," he said.' off
    near = [t for t in doc[first:last] if t.i not in quoted and is_report(t, words)]
    near.sort(key=lambda t: (min(abs(t.i - start), abs(t.i - end)), t.i))
    for verb in near:
        speaker = source_of(verb)
        if speaker is not None and speaker.i not in quoted:
            return speaker
    return None


def _opens_with_report(sentence: Tokens, quoted: set[int], words: Words) -> bool:
    """Whether a short sentence is no more than "he said" left over from the quotation before it."""
    text = [t for t in sentence if not t.is_space and t.i not in quoted]
    return 0 < len(text) <= _MAX_TAIL and any(is_report(t, words) and not _has_content(t) for t in text)


def _adjacent(doc: Doc, end: int, start: int) -> bool:
    """Whether a quotation follows the one that ended at `end` with no more than "he said." between them."""
    gap = doc[end:start]
    stops = sum(t.text in (".", "!", "?") for t in gap)
    return len(gap) <= _MAX_TAIL + 4 and stops <= 1 and not any(t.is_space and "\n" in t.text for t in gap)
