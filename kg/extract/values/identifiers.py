"""Market symbols, e-mail addresses and web addresses: signs that are read as they stand."""

from __future__ import annotations

import re

from kg.extract.values.lexicon import Lexicon
from kg.model import Span, Value

_WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"“”‘’]{3,2048}", re.IGNORECASE)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w@])")
_BRACKET = re.compile(r"[(\[<]([^()\[\]<>\n]{2,120})[)\]>]")
_LISTED = re.compile(
    r"([A-Za-z][\w .&/-]{0,30}?)\s?:\s?\$?([A-Z0-9][A-Z0-9.\-]{0,11})(?=\s*(?:[,;/|]|and\b|$))"
)
_SUFFIXED = re.compile(r"[A-Z0-9]{1,8}\.[A-Z]{1,3}")  # Reuters and Yahoo codes: K.N, ZAL.DE, 0700.HK
_CASHTAG = re.compile(r"(?<![\w$])\$([A-Z]{2,5})(?![\w$])")
_TRAILING = ".,;:!?'\")]}*_"


def identifiers(text: str, lex: Lexicon) -> list[tuple[Span, Value]]:
    """Every symbol, e-mail and web address in `text`, sorted, without overlaps.

    A symbol's Value has kind "ticker", its text is the symbol alone and its unit the exchange or platform, where the text names one.
    """
    found: list[tuple[Span, Value]] = []
    for match in _WEB.finditer(text):
        end = match.end()
        while text[end - 1] in _TRAILING and not (text[end - 1] == ")" and "(" in text[match.start() : end]):
            end -= 1
        found.append(_as_value("url", text, match.start(), end))
    if "@" in text:
        found += [_as_value("email", text, *match.span()) for match in _MAIL.finditer(text)]
    for match in _BRACKET.finditer(text):
        found += _in_brackets(text, match, lex)
    found += [_as_value("ticker", text, *match.span(1)) for match in _CASHTAG.finditer(text)]
    return apart(found)


def _in_brackets(text: str, bracket: re.Match[str], lex: Lexicon) -> list[tuple[Span, Value]]:
    inside, offset = bracket.group(1), bracket.start(1)
    symbols = []
    for match in _LISTED.finditer(inside):
        exchange = match.group(1).strip().removeprefix("and ")
        symbol = match.group(2).rstrip(".-")
        known = exchange.lower() in lex.exchange or exchange.lower() in lex.symbol_word
        first = exchange.split()[0].lower()
        if not known and (first in lex.not_exchange or not exchange[0].isupper() or symbol.isdigit()):
            continue
        start = offset + match.start(2)
        symbols.append(
            _as_value(
                "ticker",
                text,
                start,
                start + len(symbol),
                unit=None if exchange.lower() in lex.symbol_word else exchange,
            )
        )
    if not symbols and _SUFFIXED.fullmatch(inside) and "U.S" not in inside:
        symbols.append(_as_value("ticker", text, offset, offset + len(inside)))
    return symbols


def _as_value(kind: str, text: str, start: int, end: int, unit: str | None = None) -> tuple[Span, Value]:
    return Span(start, end), Value(kind, text[start:end], unit=unit)


def apart(found: list[tuple[Span, Value]]) -> list[tuple[Span, Value]]:
    """Sorted, and of two that overlap only the one that starts first (the longer, if both do)."""
    found.sort(key=lambda item: (item[0].start, -item[0].end, item[1].kind))
    kept: list[tuple[Span, Value]] = []
    for span, value in found:
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, value))
    return kept
