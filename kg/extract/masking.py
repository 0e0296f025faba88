"""Blanks for what no parser should read as part of a sentence: datelines, market symbols in brackets, mark-up, addresses.

The masked text has the length of the original, so every offset found in it holds in the original too.
"""

from __future__ import annotations

import re

PLACE = r"[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){0,3}(?:, (?:[A-Z][A-Za-z.]+ ?){1,3})?"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
DATE = rf"(?:{MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {MONTH}(?: \d{{4}})?)"
AGENCY = r"\([A-Z][\w .&/-]{1,25}\)"
SYMBOL = r"[A-Z][A-Za-z .&-]{1,18}: ?[A-Z0-9][A-Z0-9.-]{0,9}"
START = r"(?:(?<=\n)|\A|(?<=[a-z] ))[ \t]*"
PATTERNS = (
    # "BRUSSELS, May 19 (Reuters) - ", "LONDON (AP) — ", "PARIS — ", at the start of a line or after a caption
    re.compile(rf"{START}{PLACE},? (?:{DATE},? ?(?:{AGENCY} ?)?|{AGENCY} ?)[-–—]{{1,2}}(?=\s)"),
    re.compile(r"(?:(?<=\n)|\A)[A-Z]{3,}(?: [A-Z]{3,})? ?[–—](?=\s)"),
    # "ZURICH - Swiss start-up", "SAN JOSE - "
    re.compile(r"(?:(?<=\n)|\A)[A-Z]{3,}(?: [A-Z]{3,})? -(?= [\"“A-Z][a-z’'\w])"),
    # "AUSTIN, Texas - "
    re.compile(
        r"(?:(?<=\n)|\A)[A-Z]{3,}(?: [A-Z]{3,})?, [A-Z][A-Za-z.]+(?: [A-Z][a-z]+)? ?[-–—](?= [\"“A-Z])"
    ),
    re.compile(rf"(?:(?<=\n)|\A)[ \t]*{AGENCY} ?[-–—]{{1,2}}(?=\s)"),
    re.compile(rf" ?\({SYMBOL}(?:[;,] ?{SYMBOL}){{0,4}}\)"),  # " (NYSE: BABA)", " (LSE: TWR; OTCQX: TWRNF)"
    re.compile(r"\A\s*(?:Title|Headline):(?= )"),
    re.compile(r"(?:(?<=\n)|\A)[#>*•]+(?=\s)"),  # headings, quotations and bullets of Markdown
    re.compile(r"\*{1,3}(?=\w)|(?<=[\w.,])\*{1,3}"),
    re.compile(  # an amount converted in brackets: "684bn yen ($6.4bn) loss"
        r"(?<=\w) \((?:(?:about|around|nearly|roughly|approximately|or) )?(?:US|HK|[ACS])?[$€£¥₹] ?\d[\d.,]*"
        r" ?(?:bn|mn?|k|tn|million|billion|trillion)?\)"
    ),
    re.compile(r"https?://\S{1,2000}"),
    re.compile(r",? opens new tab\b"),  # what a browser reads aloud after a link
    re.compile(
        r"\b[A-Z]{2,12}/[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}(?:/File [Pp]hoto)?(?: Purchase Licensing Rights)?"
    ),  # picture credits
)


def mask(text: str) -> str:
    """The text with its unreadable parts blanked, character for character; line breaks stay.

    >>> mask("PARIS, May 19 (Reuters) - Mars (NASDAQ: MARS) grew.")
    '                           Mars                 grew.'
    """
    for pattern in PATTERNS:
        text = pattern.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    return text
