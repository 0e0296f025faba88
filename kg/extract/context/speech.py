"""Speech: quotations that run over several sentences, and the source named at a sentence's end.

Both look at the words in a row rather than at the tree: quotation marks and the comma before ", the ministry said" are
surer signs than the parse around them.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from kg.extract import tree
from kg.extract.context.mood import Effect, Words, has, keys_of, look_up, sentence_of
from kg.extract.context.sources import has_content, is_report, source_of
from kg.model import Modality

_STORE, _TAILS = "kg.speech", "kg.tails"
_OPENING, _CLOSING, _STRAIGHT = "“", "”", '"'
_MAX_TAIL = 10  # words of "said Ana Ruiz, who runs the bank."
_MAX_GAP = 30  # words between two quotations of one speaker, with his name and post
_MIN_SPEECH = 3  # words; shorter quotations are names, terms and scare quotes
_MAX_NAME = 9  # words of the phrase that names a source at a sentence's end
_BREAKS = frozenset({",", _CLOSING, _STRAIGHT})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "NNS"})  # parsers take "reports" for a noun now and then
_RELATIVE = frozenset({"WP", "WDT"})
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "ADP", "PART", "PRON", "SYM"})


def tail_source(predicate: Token, words: Words) -> tuple[Tokens, Effect] | None:
    """The source in ", the ministry said on Monday." at the end of the predicate's sentence, however it was parsed."""
    store: dict[int, tuple[Tokens, Effect] | None] = predicate.doc.user_data.setdefault(_TAILS, {})
    start, end = sentence_of(predicate)
    sentence = predicate.doc[start:end]
    if sentence.start not in store:
        store[sentence.start] = _find_tail(sentence, words)
    found = store[sentence.start]
    return found if found is not None and predicate.i < found[0].start else None


def _find_tail(sentence: Tokens, words: Words) -> tuple[Tokens, Effect] | None:
    doc = sentence.doc
    for place in range(sentence.end - 1, max(sentence.start + 3, sentence.end - _MAX_TAIL), -1):
        verb = doc[place]
        if verb.tag_ not in _FINITE or (effect := look_up(words, "reporting_verb", keys_of(verb))) is None:
            continue
        if effect.negative or effect.modality is Modality.QUESTION:
            continue
        after = doc[place + 1].pos_ if place + 1 < sentence.end else "PUNCT"
        if doc[place - 1].text == "," and verb.tag_ in ("VBD", "VBZ"):  # ", said the head of the exchange."
            phrase = _phrase_after(doc, place)
        elif after in ("PUNCT", "ADP", "ADV", "SPACE") or tree.lemma(verb) in ("tell", "remind", "inform"):
            phrase = _phrase_before(doc, place, sentence.start)
        else:
            phrase = None
        if phrase is not None and _names_source(phrase, verb, words):
            return phrase, effect
    return None


def _phrase_before(doc: Doc, verb: int, start: int) -> Tokens | None:
    """The noun phrase between a comma or quotation mark and the word with this index."""
    begin = verb
    while begin > start and doc[begin - 1].pos_ in _PHRASE | {"PUNCT"} and doc[begin - 1].text not in _BREAKS:
        begin -= 1
    apart = begin > start and doc[begin - 1].text in _BREAKS
    return doc[begin:verb] if apart and 0 < verb - begin <= _MAX_NAME else None


def _phrase_after(doc: Doc, verb: int) -> Tokens | None:
    """The noun phrase right behind the word with this index, up to punctuation, a verb or a relative pronoun."""
    stop = verb + 1
    while (
        stop < len(doc)
        and stop <= verb + _MAX_NAME
        and (
            doc[stop].pos_ in _PHRASE or (doc[stop].text in ("-", "’", "'") and not doc[stop - 1].whitespace_)
        )
        and doc[stop].tag_ not in _RELATIVE
    ):
        stop += 1
    phrase = doc[verb + 1 : stop]
    return phrase if len(phrase) and phrase[0].pos_ not in ("ADP", "PART", "SYM") else None


def _names_source(phrase: Tokens, verb: Token, words: Words) -> bool:
    """Whether the phrase before a reporting verb is somebody who can speak, rather than a figure or a relative pronoun."""
    last = phrase[-1]
    if last.pos_ not in ("NOUN", "PROPN", "PRON") or phrase[0].pos_ == "ADP" or last.tag_ in ("WDT", "WP"):
        return False
    if has(words, "nonagent_noun", last.lower_, tree.lemma(last)):
        return False
    if has(words, "evidence_verb", *keys_of(verb)):
        return any(has(words, "source_noun", t.lower_, tree.lemma(t)) or t.ent_type_ for t in phrase)
    return True


def speaker_at(token: Token, words: Words) -> Token | Tokens | None:
    """Who speaks the quotation the token stands in; None outside quotations, in scare quotes, or where nobody is named."""
    return speech(token.doc, words).get(token.i)


def speech(doc: Doc, words: Words) -> dict[int, Token | Tokens]:
    """Index of each word in direct speech -> the phrase (or its head) that names its speaker; found once for each Doc."""
    found: dict[int, Token | Tokens] | None = doc.user_data.get(_STORE)
    if found is None:
        found = doc.user_data[_STORE] = _find_speech(doc, words)
    return found


def _find_speech(doc: Doc, words: Words) -> dict[int, Token | Tokens]:
    passages = _quotations(doc)
    if not passages:
        return {}
    quoted = {i for start, end, _ in passages for i in range(start, end)}
    speakers = [_speaker_nearby(doc, start, end, quoted, words) for start, end, _ in passages]
    for n, (start, _, continued) in enumerate(passages):
        if speakers[n] is None and n and (continued or _adjacent(doc, passages[n - 1][1], start)):
            speakers[n] = speakers[n - 1]
    found: dict[int, Token | Tokens] = {}
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


def _speaker_nearby(doc: Doc, start: int, end: int, quoted: set[int], words: Words) -> Token | Tokens | None:
    """The subject of the reporting verb nearest to the quotation, in the sentences where it begins and ends."""
    if (inverted := _said(doc, end, words)) is not None:
        return inverted
    first, last = sentence_of(doc[start])[0], sentence_of(doc[end - 1])[1]
    if last < len(doc) and _opens_with_report(doc[last : sentence_of(doc[last])[1]], quoted, words):
        last = sentence_of(doc[last])[1]  # the parser cut '… ," he said.' off
    near = [t for t in doc[first:last] if t.i not in quoted and is_report(t, words)]
    near.sort(key=lambda t: (min(abs(t.i - start), abs(t.i - end)), t.i))
    for verb in near:
        speaker = source_of(verb)
        if speaker is not None and speaker.i not in quoted:
            return speaker
    return None


def _said(doc: Doc, end: int, words: Words) -> Tokens | None:
    """ "port boss Kelvin Ramsaran" behind '…," said port boss Kelvin Ramsaran, who …'."""
    verb = end + 1
    if verb + 1 >= len(doc) or not has(words, "reporting_verb", *keys_of(doc[verb])) or doc[verb].is_title:
        return None
    return _phrase_after(doc, verb)


def _opens_with_report(sentence: Tokens, quoted: set[int], words: Words) -> bool:
    """Whether a short sentence is no more than "he said" left over from the quotation before it."""
    text = [t for t in sentence if not t.is_space and t.i not in quoted]
    return 0 < len(text) <= _MAX_TAIL and any(is_report(t, words) and not has_content(t) for t in text)


def _adjacent(doc: Doc, end: int, start: int) -> bool:
    """Whether a quotation follows the one that ended at `end` with no more than "he said." between them."""
    gap = doc[end:start]
    stops = sum(t.text in (".", "!", "?") for t in gap)
    return len(gap) <= _MAX_GAP and stops <= 1 and not any(t.is_space and "\n" in t.text for t in gap)
