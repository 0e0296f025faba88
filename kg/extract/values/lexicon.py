"""The words of the value grammars, taken from the ontology's word classes and laid out for quick matching."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.extract.values.tokens import Tokens, runs

Words = Mapping[str, Mapping[str, str]]


class Phrases:
    """Words and phrases with values, found at a place in a run of tokens; the longest wins.

    A phrase is matched token by token whatever space stands between them; a hyphen may join them ("per cent", "per-cent").
    """

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self.starts: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, value in entries:
            parts = tuple(token.low for run in runs(phrase) for token in run)
            if parts:
                self.starts.setdefault(parts[0], []).append((parts, value))
        for found in self.starts.values():
            found.sort(key=lambda entry: (-len(entry[0]), entry))

    def match(self, tokens: Tokens, i: int) -> tuple[int, str] | None:
        """(index after the phrase, its value) for the longest phrase that starts at token `i`."""
        if i < len(tokens):
            for parts, value in self.starts.get(tokens[i].low, ()):
                end = _follow(tokens, i, parts)
                if end:
                    return end, value
        return None

    def end(self, tokens: Tokens, i: int) -> int:
        """Index after the longest phrase at token `i`; `i` itself where there is none."""
        found = self.match(tokens, i)
        return found[0] if found else i


def _follow(tokens: Tokens, i: int, parts: tuple[str, ...]) -> int:
    for position, part in enumerate(parts):
        if position and part != "-" and i < len(tokens) and tokens[i].text == "-" and tokens[i].glued:
            i += 1
        if i >= len(tokens) or tokens[i].low != part:
            return 0
        i += 1
    return i


def plural_of(noun: str) -> str:
    """The regular plural of the last word of `noun`: "penny" -> "pennies", "inch" -> "inches"."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _with_plurals(entries: Mapping[str, str]) -> dict[str, str]:
    found = dict(entries)
    for phrase, value in entries.items():
        noun, per, rest = phrase.partition(" per ")  # "barrel per day" counts barrels
        if not per:
            noun, per, rest = phrase.partition(" a ")
        if len(noun) > 2 and noun[-1].isalpha():
            found.setdefault(plural_of(noun) + per + rest, value)
    return found


class Lexicon:
    """One ontology's words, as the grammars ask for them; a class the ontology lacks is empty. `lexicon` builds and keeps it."""

    def __init__(self, words: Words) -> None:
        def entries(name: str) -> Mapping[str, str]:
            return words.get(name, {})

        def several(name: str) -> frozenset[str]:
            return frozenset(entries(name))

        def numbers(name: str) -> dict[str, int]:
            return {word: int(value) for word, value in entries(name).items()}

        def phrases(name: str) -> Phrases:
            return Phrases(entries(name).items())

        def phrases_and_plurals(name: str) -> Phrases:
            return Phrases(_with_plurals(entries(name)).items())

        self.number_word = numbers("number_word")
        self.ordinal_word = numbers("ordinal_word")
        self.scale_word = numbers("scale_word")
        self.scale_letter = numbers("scale_letter")
        self.fraction = numbers("fraction_word")
        self.half_kind = several("half_kind")
        self.vague_count = several("vague_count")
        self.approximator = phrases("approximator")
        self.approximator_after = phrases("approximator_after")
        self.date_approximator = phrases("date_approximator")
        self.percent = phrases_and_plurals("percent_word")
        self.currency_sign = phrases("currency_sign")
        self.currency_code = dict(entries("currency_code"))
        self.currency_name = phrases_and_plurals("currency_name")
        self.minor_unit = phrases_and_plurals("minor_unit")
        self.measure = phrases_and_plurals("measure_unit")
        self.counted = {noun: plural_of(noun) for noun in several("counted_noun")}
        self.counted_plurals = frozenset(self.counted.values()) | several("irregular_plural")
        self.strong = several("strength_word")
        self.body_of_people = several("body_of_people")
        self.irregular_plural = several("irregular_plural")
        self.phrase_end = several("phrase_end")
        self.not_counted = several("not_counted") | self.phrase_end
        self.numbered_noun = several("numbered_noun")
        self.counting_verb = frozenset(
            form for verb in several("counting_verb") for form in _verb_forms(verb)
        )
        self.change_verb = frozenset(form for verb in several("change_verb") for form in _verb_forms(verb))
        self.exchange = several("exchange")
        self.symbol_word = several("symbol_word")
        self.not_exchange = several("not_exchange")

        self.month = numbers("month")
        full = {
            number: max((w for w in self.month if self.month[w] == number), key=len)
            for number in self.month.values()
        }
        self.month_short = frozenset(self.month) - frozenset(full.values())
        self.month_also_name = several("month_also_name")
        self.month_preposition = several("month_preposition")
        self.weak_preposition = several("weak_preposition")
        self.weekday = numbers("weekday")
        self.weekday_short = numbers("weekday_short") | self.weekday
        self.named_weekday = several("named_weekday")
        self.season = numbers("season")
        self.holiday = {**dict.fromkeys(entries("moving_holiday"), ""), **entries("holiday")}
        self.relative_day = numbers("relative_day")
        self.period = phrases_and_plurals("period")
        self.period_plurals = frozenset(map(plural_of, entries("period")))
        self.lasting_preposition = several("lasting_preposition")
        self.direction = numbers("direction")
        self.anaphoric = numbers("anaphoric")
        self.position = phrases("position")
        self.time_of_day = several("time_of_day")
        self.fiscal = phrases("fiscal_word")
        self.period_end = phrases("period_end")
        self.period_noun = several("period_noun")
        self.year_preposition = several("year_preposition")
        self.clock_word = several("clock_word")
        self.street_word = several("street_word")
        self.room_word = several("room_word")
        self.street_opener = several("street_opener")
        self.street_ending = several("street_ending")
        self.place = several("city") | several("country") | several("region")
        self.future_cue = several("future_cue")
        self.past_cue = several("past_cue")
        self.published = phrases("published_cue")
        self.openers = self._openers()

    def _openers(self) -> frozenset[str]:
        """First words of everything the grammars read, digits aside: other tokens are passed over at once."""
        tables: tuple[Iterable[str], ...] = (
            self.number_word, self.ordinal_word, self.scale_word, self.month, self.weekday_short, self.season, self.holiday,
            self.relative_day, self.direction, self.anaphoric, self.currency_code, self.vague_count,
            *(phrases.starts for phrases in (self.approximator, self.date_approximator, self.currency_sign,
                                             self.period, self.position, self.fiscal)),
        )  # fmt: skip
        return frozenset(word for table in tables for word in table).union(
            ("a", "an", "half", "between", "minus", "q", "h", "the", "-", "−", "–", "+")
        )


def _verb_forms(verb: str) -> tuple[str, ...]:
    stem = verb[:-1] if verb.endswith("e") else verb
    return (verb, plural_of(verb), stem + "ed", stem + "ing", stem + stem[-1] + "ed", stem + stem[-1] + "ing")


_KEPT: list[tuple[Words, Lexicon]] = []
_MOST_KEPT = 4


def lexicon(words: Words) -> Lexicon:
    """The lexicon of an ontology's words, built once per mapping (compared by identity; the last few are kept)."""
    for known, built in _KEPT:
        if known is words:
            return built
    built = Lexicon(words)
    _KEPT.insert(0, (words, built))
    del _KEPT[_MOST_KEPT:]
    return built
