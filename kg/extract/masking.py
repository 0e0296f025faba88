"""Blanks for what no parser should read as part of a sentence: datelines, market symbols in brackets, mark-up, addresses; and line
breaks that only mean that a line was full.

The masked text has the length of the original, so every offset found in it holds in the original too.
"""

from __future__ import annotations

import itertools
import re

UP = "".join(chr(code) for code in range(0x41, 0x250) if chr(code).isupper())  # "WROCŁAW", "SÃO PAULO"
PLACE = (
    rf"[{UP}][{UP}.'’-]{{1,30}}(?:[ /][{UP}][{UP}.'’-]{{1,30}}){{0,3}}(?:, (?:[{UP}][\w.]{{1,30}} ?){{1,3}})?"
)
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
DATE = rf"(?:{MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {MONTH}(?: \d{{4}})?)"
AGENCY = r"\([A-Z][\w .&/-]{1,25}\)"
SYMBOL = r"[A-Z][A-Za-z .&-]{1,18}: ?[A-Z0-9][A-Z0-9.-]{0,9}"
START = r"(?:(?<=\n)|\A|(?<=[a-z] ))[ \t]*"
PATTERNS = (
    # "BRUSSELS, May 19 (Reuters) - ", "LONDON (AP) — ", "PARIS — ", at the start of a line or after a caption
    re.compile(rf"{START}{PLACE},? (?:{DATE},? ?(?:{AGENCY} ?)?|{AGENCY} ?)[-–—]{{1,2}}(?=\s)"),
    re.compile(rf"{START}{PLACE}, {DATE}\.(?= [\"“{UP}])"),  # "WROCŁAW, 3 September 2026. "
    re.compile(rf"(?:(?<=\n)|\A)[{UP}]{{3,}}(?: [{UP}]{{3,}})? ?[–—](?=\s)"),
    # "ZURICH - Swiss start-up", "SAN JOSE - "
    re.compile(rf"(?:(?<=\n)|\A)[{UP}]{{3,}}(?: [{UP}]{{3,}})? -(?= [\"“{UP}][a-z’'\w])"),
    # "AUSTIN, Texas - "
    re.compile(
        rf"(?:(?<=\n)|\A)[{UP}]{{3,}}(?: [{UP}]{{3,}})?, [{UP}][\w.]{{1,30}}(?: [{UP}]\w{{1,30}})? ?[-–—](?= [\"“{UP}])"
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


MAX_WIDTH = 100  # characters of a line; who breaks lines by width does it at 60 to 80, paragraphs in one line are longer
MIN_WIDTH = 50  # shorter lines are headlines, verses, columns
MIN_WRAPS = 3  # full lines before a text is taken for one with broken lines
_ITEM = re.compile(
    r"\s*(?:[-–—*•#>|]|\(?\w{1,2}[.)]\s|[A-Z][a-z]+(?: \w+){0,2}:\s)"
)  # starts a line of its own: items, labels, quotations


def unwrap(text: str) -> str:
    """The text with a space for each line break that stands where the line was full; the length stays.

    Mail and old wire copy break lines at a width, in the middle of names. Whoever wraps puts a word on a new line only where it does not fit
    any more, so a break is such a one exactly when the next word would have gone beyond the longest line. Texts with a
    paragraph in each line, headlines and lists are left alone: there the breaks mean something, and few
    lines go on in lower case.

    >>> text = "Tern Labs of Oslo, a maker of pumps and of valves, bought Hartwell\\nRobotics …"  # and so on for some lines
    >>> "bought Hartwell Robotics" in unwrap(text)  # doctest: +SKIP
    True
    """
    lines = text.split("\n")
    widths = [len(line.rstrip()) for line in lines if " " in line.strip()]
    width = max((width for width in widths if width <= MAX_WIDTH), default=0)
    if 10 * sum(length > MAX_WIDTH for length in widths) > len(widths):  # not just a footer in one line
        return text
    full = [_is_full(one, two, width) for one, two in itertools.pairwise(lines)]
    breaks = sum(bool(one.strip() and two.strip()) for one, two in itertools.pairwise(lines))
    prose = sum(
        wrapped and line.lstrip()[:1].islower() for wrapped, line in zip(full, lines[1:], strict=True)
    )
    if width < MIN_WIDTH or sum(full) < MIN_WRAPS or 2 * sum(full) < breaks or 5 * prose < sum(full):
        return text
    signs = (" " if wrapped else "\n" for wrapped in full)
    return "".join(itertools.chain.from_iterable(itertools.zip_longest(lines, signs, fillvalue="")))


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the following line had no room in this one."""
    words = following.split(maxsplit=1)
    if not line.strip() or not words or len(line.rstrip()) > MAX_WIDTH or _ITEM.match(following):
        return False
    return len(line.rstrip()) + 1 + len(words[0]) > width
