"""Text -> short runs of tokens, which is all the value grammars ever see.

The grammars walk over tokens with bounded look-ahead, so that time stays linear whatever the text: no regular expression here
can match one stretch in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

NUMBER, WORD, MARK = "number", "word", "mark"

_TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:[.,][0-9]+|[\u00a0\u2009\u202f][0-9]{3}(?![0-9]))*)"
    r"|(?P<word>(?:[A-Za-z]\.){2,4}(?![A-Za-z])|[^\W\d_]+)"
    r"|(?P<mark>[^\s])"
)
_CLOSES = frozenset(".!?:;)]}\"'”’»…*#|>")  # a line that ends so is not continued on the next one
_WRAPPED = range(45, 111)  # characters in a line that an editor wrapped in mid-sentence


class Token(NamedTuple):
    """A number ("1,200.5"), a word ("bn", "U.S.") or one other character. `glued`: no space before it."""

    start: int
    end: int
    text: str
    low: str
    kind: str
    glued: bool


Tokens = list[Token]


def runs(text: str) -> Iterator[Tokens]:
    """Yield the tokens of `text`, line by line; a line wrapped in mid-sentence is joined with the next.

    No value crosses the end of a run. Offsets are those of `text`.

    >>> [[token.text for token in run] for run in runs("Sales: $1.2bn\\n\\nMay 3")]
    [['Sales', ':', '$', '1.2', 'bn'], ['May', '3']]
    """
    run: Tokens = []
    end = line = 0  # end of the token before, start of its line
    for match in _TOKEN.finditer(text):
        start = match.start()
        if start > end:
            newline = text.find("\n", end, start)
            if newline >= 0:
                if run and not _continues(text, run[-1], newline - line, text.count("\n", end, start)):
                    yield run
                    run = []
                line = text.rfind("\n", end, start) + 1
        word = match.group()
        run.append(
            Token(start, match.end(), word, word.lower(), match.lastgroup or MARK, bool(run) and start == end)
        )
        end = match.end()
    if run:
        yield run


def _continues(text: str, last: Token, length: int, newlines: int) -> bool:
    return newlines == 1 and length in _WRAPPED and text[last.end - 1] not in _CLOSES


def at(tokens: Tokens, i: int) -> Token | None:
    """The token at `i`, or None outside the run."""
    return tokens[i] if 0 <= i < len(tokens) else None


def is_mark(tokens: Tokens, i: int, marks: str, *, glued: bool | None = None) -> bool:
    """True when token `i` is one of the characters `marks` (and glued to the token before, where asked)."""
    token = at(tokens, i)
    return (
        token is not None
        and token.kind == MARK
        and token.text in marks
        and (glued is None or token.glued is glued)
    )


def capital(token: Token) -> bool:
    """True for a word with a capital anywhere in it: "May", "MAY", "iPhone"."""
    return token.kind == WORD and token.text != token.low


def sentence_start(tokens: Tokens, i: int) -> bool:
    """True when token `i` opens its run or follows the end of a sentence or an opening quote."""
    return i == 0 or (tokens[i - 1].kind == MARK and tokens[i - 1].text in ".!?:;\"“”'‘(•*-–—#>|")
