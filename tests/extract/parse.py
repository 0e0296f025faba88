"""Hand-built parses: a spaCy `Doc` from one line of text, without any model.

    parse("Apple/PROPN/nsubj/1 bought/VERB/ROOT/1/buy Beats/PROPN/obj/1 ./PUNCT/punct/1")

Each word is `text/POS/dep/head`, then optionally `/lemma/tag/feats`:

- `POS` is a universal part of speech, `dep` a Universal Dependencies label (`nsubj:pass`, `acl:relcl`; the root
  is `ROOT`), `head` the 0-based index of the head among all words of the line; a root points to itself.
- `lemma` is the lower-case word where it is left out (the word itself for proper nouns).
- `tag` is a Penn Treebank tag ("VBD"), `feats` are UD features ("Tense=Past|VerbForm=Fin"); both may be left
  out or empty.
- A slash inside a word is written `\\/`.

Several sentences may stand in one line; each root begins its own. `ents` are `(start, end, label)` in words, end
exclusive. The words are joined as English prints them: no blank before `,` or `'s`, none inside quotation marks or
brackets; `spaces` overrules that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from spacy.lang.en import English
from spacy.tokens import Doc, Span, Token

VOCAB = English().vocab  # with it tokens know their lower-case form, shape and the like
CLOSING = frozenset([".", ",", ";", ":", "!", "?", ")", "]", "%", "”", "…"])
OPENING = frozenset(["(", "[", "$", "€", "£", "“", "#"])
CLITIC = re.compile(r"(n['’]t|['’](s|re|ve|ll|d|m))$", re.IGNORECASE)


def parse(
    line: str,
    ents: Iterable[tuple[int, int, str]] = (),
    spaces: Mapping[int, bool] | None = None,
) -> Doc:
    """Build the Doc that `line` spells out (see the module's text); `spaces` says whether a blank follows word i.

    Raises ValueError for a word with too few or too many fields.
    """
    fields = [_fields(word) for word in line.split()]
    words = [row[0] for row in fields]
    blanks = _blanks(words)
    for index, blank in (spaces or {}).items():
        blanks[index] = blank
    doc = Doc(
        VOCAB,
        words=words,
        spaces=blanks,
        pos=[row[1] for row in fields],
        deps=[row[2] for row in fields],
        heads=[int(row[3]) for row in fields],
        lemmas=[row[4] or (row[0] if row[1] == "PROPN" else row[0].lower()) for row in fields],
        tags=[row[5] for row in fields],
        morphs=[row[6] for row in fields],
    )
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in ents])
    return doc


def word(doc: Doc, text: str, nth: int = 0) -> Token:
    """The `nth` token of `doc` whose text is `text`."""
    return [token for token in doc if token.text == text][nth]


def _fields(item: str) -> list[str]:
    row = [part.replace("\0", "/") for part in item.replace("\\/", "\0").split("/")]
    if not 4 <= len(row) <= 7:
        raise ValueError(f"{item!r}: write text/POS/dep/head, then lemma/tag/feats if wanted")
    return row + [""] * (7 - len(row))


def _blanks(words: list[str]) -> list[bool]:
    blanks, open_quote = [True] * len(words), False
    for index, text in enumerate(words):
        if text == '"':
            open_quote = not open_quote
        opens = text in OPENING or (text == '"' and open_quote)
        closes = text in CLOSING or (text == '"' and not open_quote) or CLITIC.match(text) is not None
        if opens:
            blanks[index] = False
        if closes and index:
            blanks[index - 1] = False
    return blanks
