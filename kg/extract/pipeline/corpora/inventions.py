"""Made-up names put in place of real ones, so that the network learns names from their surroundings and their form.

The corpora know few companies, and fewer called like companies now are ("7Learnings", "eToro", "DK Company").
"""

from __future__ import annotations

import random

_ONSETS = "b c d f g h k l m n p r s t v z br st tr ch".split()
_VOWELS = "a e i o u a e i o io".split()
_ENDS = ["", "", "", "n", "r", "s", "x", "l", "nd", "tech", "soft", "ly", "ify", "ia", "us", "on"]
_PARTS = """bright north peak cloud data green river stone line ledger fox wave grid spark blue harbor solar quick iron
    gold silver swift true open deep next smart bay star light land field bridge port path works forge hub box pay
    book net sun moon bird wolf bear oak pine hill lake sea sky air fire snow sand rock mill farm craft wise care
    health med gen bio eco agro auto moto aero space robot pixel byte logic mind learn play game sound vision view
    home shop market trade bank fund trust capital secure guard shield key gate door bell drop flow link chain block
    core edge point spot zone base camp tower city town""".split()
_FORMS = """Group Holdings Ltd Inc Corp AG GmbH plc Partners Capital Labs Motors Energy Bank Systems Technologies AI
    Company Ventures Media Foods Health Bio Networks Studios""".split()
_VERSIONS = "Pro Max Plus Mini Ultra One X Air 2 3 4 5 7 9 10 11 XP Lite".split()


def _syllables(rng: random.Random, count: int) -> str:
    return "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(count)) + rng.choice(_ENDS)


def _word(rng: random.Random) -> str:
    draw = rng.random()
    if draw < 0.5:
        return _syllables(rng, rng.choice((1, 2, 2, 3))).capitalize()
    return (rng.choice(_PARTS) + (rng.choice(_PARTS) if draw < 0.8 else "")).capitalize()


def _acronym(rng: random.Random) -> str:
    return "".join(rng.choice("ABCDEFGHIKLMNOPRSTUVWXZ") for _ in range(rng.randint(2, 5)))


def _brand(rng: random.Random) -> str:
    """The first word of a company's or product's name."""
    style = rng.choices(("plain", "acronym", "digits", "camel", "small"), (55, 15, 12, 12, 6))[0]
    if style == "plain":
        return _word(rng)
    if style == "acronym":
        return _acronym(rng)
    if style == "digits":
        return (
            f"{rng.randint(1, 99)}{_word(rng)}"
            if rng.random() < 0.6
            else f"{_word(rng)}{rng.randint(1, 365)}"
        )
    if style == "camel":
        return _word(rng) + rng.choice(_PARTS).capitalize()
    return rng.choice("ei") + _word(rng)


def _model(rng: random.Random) -> str:
    """A product's short name: "S1", "XR200", "Velora"."""
    if rng.random() < 0.5:
        return rng.choice((rng.choice("ABCEGKMSTXZ"), _acronym(rng)[:2])) + str(
            rng.choice((1, 2, 3, 5, 7, 9, 20, 300))
        )
    return _brand(rng)


def invent(rng: random.Random, label: str, count: int) -> list[str]:
    """Words of a made-up name of *label* (ORG or PRODUCT), *count* of them."""
    words = [_model(rng) if label == "PRODUCT" else _brand(rng)]
    while len(words) < count:
        last = len(words) == count - 1
        tail = _VERSIONS if label == "PRODUCT" else _FORMS
        words.append(rng.choice(tail) if last and rng.random() < 0.7 else _word(rng))
    return words
