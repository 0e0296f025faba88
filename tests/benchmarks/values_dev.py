"""How many of the values in hand-written facts the grammars find: python tests/benchmarks/values_dev.py --dev DIR [--misses]

DIR holds articles/NN.txt and facts/NN.json (subject, relation, object, qualifiers, evidence). Every amount of money, percentage,
counted number and date in an object or qualifier must be found in the evidence sentence with the right number, unit or day. The
expected values are read off the short fact strings by the few plain patterns below, not by the grammars under test.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from kg.extract.values import article_date, find_values
from kg.model import Value
from kg.rdf.schema import load_ontology

SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}
SCALES = {"million": 6, "m": 6, "billion": 9, "bn": 9, "four million": 6}
MONTHS = {name: number for number, name in enumerate(
    "january february march april may june july august september october november december".split(), 1)}  # fmt: skip
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
MONEY = re.compile(rf"([$€£]){NUMBER}\s?(million|billion|bn|m)?\b")
NAMED_MONEY = re.compile(rf"{NUMBER}(bn|m)? (yen|cents)")
PERCENT = re.compile(rf"{NUMBER} ?(?:%|percent)")
COUNT = re.compile(rf"(?<![\w$€£.]){NUMBER}(?: (million|billion))?(?: ([a-z-]+s))?(?![\w%])")
YEAR = re.compile(r"(?<![\w,])(19\d\d|20\d\d)(?![\w,])")
ISO = re.compile(r"\b(\d{4}-\d\d-\d\d)\b")
MONTH_YEAR = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{4}})", re.IGNORECASE)
MONTH_DAY = re.compile(
    rf"\b({'|'.join(MONTHS)}) (\d{{1,2}})\b(?!\d)|\b(\d{{1,2}}) ({'|'.join(MONTHS)})", re.IGNORECASE
)
RELATIVE = re.compile(
    rf"\b({'|'.join(DAYS)}|(?:last|earlier this|this) (?:year|month|week)|first[- ]quarter)\b", re.IGNORECASE
)
MONTH = re.compile(rf"(?<!\w)({'|'.join(name.title() for name in MONTHS)})(?!\w)")

Expected = tuple[str, str, str]  # kind, number or day, unit


def expected(text: str) -> Iterator[Expected]:
    """The values a fact's short string speaks of; each pattern's match is taken out before the next is tried."""
    rest = text

    def take(pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        nonlocal rest
        matches = list(pattern.finditer(rest))
        rest = pattern.sub(" | ", rest)
        yield from matches

    for match in take(MONEY):
        yield "money", _number(match[2], match[3]), SIGNS[match[1]]
    for match in take(NAMED_MONEY):
        cents = match[3] == "cents"
        yield (
            "money",
            str(Decimal(_number(match[1], match[2])) / (100 if cents else 1)),
            "USD" if cents else "JPY",
        )
    for match in take(PERCENT):
        yield "percent", _number(match[1], None), "percent"
    for match in take(ISO):
        yield "date", match[1], ""
    for match in take(MONTH_YEAR):
        yield "date", f"{match[2]}-{MONTHS[match[1].lower()]:02}", ""
    for match in take(MONTH_DAY):
        month, day = (match[1], match[2]) if match[1] else (match[4], match[3])
        yield "date", f"-{MONTHS[month.lower()]:02}-{int(day):02}", ""
    for match in take(YEAR):
        yield "date", match[1], ""
    for match in take(RELATIVE):
        yield "date", match[1].lower().replace("-", " "), "words"
    for match in take(MONTH):
        yield "date", f"-{MONTHS[match[1].lower()]:02}", ""
    for match in take(COUNT):
        if match[2] or match[3] or "," in match[1]:
            yield "quantity", _number(match[1], match[2]), match[3] or ""


def _number(digits: str, scale: str | None) -> str:
    return str(Decimal(digits.replace(",", "")).scaleb(SCALES[scale] if scale else 0))


def holds(value: Value, want: Expected) -> bool:
    """True when a value that was found is the one that was wanted."""
    kind, number, unit = want
    if value.kind != kind:
        return False
    if kind == "date":
        if unit == "words":
            return set(number.split()) <= set(value.text.lower().replace("-", " ").split())
        return value.iso is not None and number in value.iso.replace("/", " ")
    numbers = [Decimal(n) for n in (value.number, value.high) if n is not None]
    if kind == "quantity":
        return Decimal(number) in numbers and (not unit or value.unit in (None, unit))
    return Decimal(number) in numbers and value.unit == unit


def main() -> None:
    """Print found/wanted for each kind, and the misses if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    words = load_ontology().words
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for path in sorted((options.dev / "facts").glob("*.json")):
        text = (options.dev / "articles" / f"{path.stem}.txt").read_text(encoding="utf-8")
        own = article_date(text, words)
        for fact in json.loads(path.read_text(encoding="utf-8"))["facts"]:
            strings = [fact["object"], *(str(value) for value in fact.get("qualifiers", {}).values())]
            values = [value for _, value in find_values(fact["evidence"], words, own[1] if own else None)]
            for want in sorted({want for string in strings for want in expected(string)}):
                wanted[want[0]] += 1
                if any(holds(value, want) for value in values):
                    found[want[0]] += 1
                elif options.misses:
                    print(fact["id"], want, "|", fact["evidence"][:160])
    for kind in sorted(wanted):
        print(f"{kind:9} {found[kind]:4} of {wanted[kind]:4}  {found[kind] / wanted[kind]:.3f}")
    print(f"{'all':9} {found.total():4} of {wanted.total():4}  {found.total() / wanted.total():.3f}")


if __name__ == "__main__":
    main()
