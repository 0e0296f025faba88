"""A made-up world of companies and people, and the articles that speak of them: who is meant is known for every mention.

Companies go by full name, legal form, short form, acronym and misspelling; people by full name, title, middle initial and
family name; there are namesakes among both. Everything follows from a seed: the same world in every run.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Claim, Entity, Form, Reading, Ref, Referent, Span

_ONSETS = "b br c cl d dr f fr g gr h j k kl l m n p pr qu r s st t tr v w z".split()
_VOWELS = "a e i o u ai ea ia or el an".split()
_TRADES = [
    "Energy",
    "Robotics",
    "Pharma",
    "Foods",
    "Logistics",
    "Semiconductor",
    "Capital",
    "Motors",
    "Media",
    "Airlines",
]
_FORMS = ["Inc", "Ltd", "plc", "AG", "Corp", "SA"]
_GIVEN = (
    "Anna Bruno Carla David Elena Felix Greta Hugo Irene Jonas Karin Lukas Maria Nadia Oscar Paula Quentin Rosa Simon Tara Ulrich Vera "
    "Walter Yusuf Zoe Adam Bella Cyrus Doris Emil Flora Gavin Hanna Ivan Julia Kevin Linda Marco Nora Otto"
).split()
_ROLES = [
    "chief executive",
    "finance chief",
    "chair",
    "striker",
    "novelist",
    "surgeon",
    "senator",
    "economist",
    "engineer",
    "conductor",
]
_INSTITUTES = [
    "Agency",
    "Council",
    "Commission",
    "Institute",
    "Authority",
    "Association",
    "Board",
    "Federation",
]
_FIELDS = [
    "Maritime",
    "Digital",
    "Energy",
    "Food",
    "Border",
    "Finance",
    "Health",
    "Transport",
    "Labour",
    "Water",
    "Forest",
    "Rail",
]


@dataclass(frozen=True, slots=True)
class Thing:
    """A company or a person of the world."""

    number: int
    kind: str  # "Company", "Organization" or "Person"
    name: str
    short: str
    role: str = ""
    employer: int = -1


@dataclass(frozen=True, slots=True)
class World:
    """Its things, the readings of its articles, and whom each referent means."""

    things: tuple[Thing, ...]
    readings: tuple[Reading, ...]
    meant: dict[tuple[str, str], int]  # (article, key) -> number of the thing
    full: frozenset[tuple[str, str]]  # referents that any article can understand: no lone family name


def make(things: int = 2000, articles: int = 4000, seed: int = 1) -> World:
    """A world of so many things and articles; about five things are named in each."""
    chance = random.Random(seed)
    population = _people(chance, _firms(chance, things // 2), things)
    circles = _circles(chance, population)
    readings: list[Reading] = []
    meant: dict[tuple[str, str], int] = {}
    full: set[tuple[str, str]] = set()
    for number in range(articles):
        article = f"{number:06d}"
        cast = sorted(
            {t.number for t in chance.sample(chance.choice(circles), 4)} | {chance.randrange(things)}
        )
        referents: dict[str, Referent] = {}
        owners: dict[int, str] = {}
        for one in cast:
            thing = population[one]
            referent, plain = _referent(chance, article, thing, referents)
            referents[referent.key] = referent
            owners[one] = referent.key
            meant[article, referent.key] = one
            if plain:
                full.add((article, referent.key))
        claims = [_employed(article, population[one], owners) for one in cast]
        readings.append(
            Reading(
                article,
                f"Article {number}",
                "",
                None,
                article,
                1000,
                tuple(sorted(referents.values(), key=lambda r: r.key)),
                tuple(claim for claim in claims if claim is not None),
            )
        )
    return World(tuple(population), tuple(readings), meant, frozenset(full))


def _word(chance: random.Random, parts: int = 3) -> str:
    text = "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(parts))
    return text.capitalize() + chance.choice(["n", "s", "x", "th", "m"])


def _firms(chance: random.Random, count: int) -> list[Thing]:
    """Firms with a trade word, firms without one, bodies with an acronym; no two of one name, many with a word in common."""
    made: list[Thing] = []
    taken: set[str] = set()
    stem = ""
    while len(made) < count:
        kind, roll = "Company", chance.random()
        if roll < 0.15:
            words = [
                _word(chance, 2),
                chance.choice(_FIELDS),
                chance.choice(_FIELDS),
                chance.choice(_INSTITUTES),
            ]
            name, kind = " ".join(words), "Organization"
            short = "".join(word[0] for word in words)
        elif roll < 0.6:
            stem = (
                stem if stem and chance.random() < 0.1 else _word(chance)
            )  # sometimes a second firm of that stem
            name, short = f"{stem} {chance.choice(_TRADES)}", stem
        else:
            name = short = _word(chance, 4)
        if name not in taken:
            taken.add(name)
            made.append(Thing(len(made), kind, name, short))
    return made


def _people(chance: random.Random, firms: list[Thing], things: int) -> list[Thing]:
    """One person in twelve bears the name of another."""
    made = list(firms)
    families = [_word(chance, 2) for _ in range(max(20, things // 6))]
    people: list[Thing] = []
    while len(made) < things:
        if people and chance.random() < 1 / 12:
            name = chance.choice(people).name
        else:
            name = f"{chance.choice(_GIVEN)} {chance.choice(families)}"
        person = Thing(
            len(made), "Person", name, name.split()[-1], chance.choice(_ROLES), chance.randrange(len(firms))
        )
        made.append(person)
        people.append(person)
    return made


def _circles(chance: random.Random, population: list[Thing]) -> list[list[Thing]]:
    """Who is named with whom: a firm, its people and two firms of its trade."""
    staff: dict[int, list[Thing]] = defaultdict(list)
    for thing in population:
        if thing.kind == "Person":
            staff[thing.employer].append(thing)
    firms = [thing for thing in population if thing.kind != "Person"]
    circles = []
    for firm in firms:
        rivals = [firms[(firm.number + step) % len(firms)] for step in (1, 2, 3)]
        circles.append([firm, *staff[firm.number], *rivals])
    return circles


def _referent(
    chance: random.Random, article: str, thing: Thing, taken: dict[str, Referent]
) -> tuple[Referent, bool]:
    """One thing as one article calls it; True where the name alone tells other articles something."""
    name, aliases, plain = thing.name, {thing.short}, True
    roll = chance.random()
    if thing.kind == "Person":
        if roll < 0.1:
            name = f"{thing.name.split()[0]} {chance.choice('ABCDEFG')}. {thing.short}"
        elif roll < 0.2:
            name, aliases, plain = thing.short, set(), False
        elif roll < 0.3:
            name = f"Dr {thing.name}"
    elif roll < 0.25 and thing.kind == "Company":
        name = f"{thing.name} {chance.choice(_FORMS)}"
    elif roll < 0.45:
        name, aliases = thing.short, set()
    elif roll < 0.5 and len(thing.name) > 9:
        name, aliases = _misspelt(chance, thing.name), set()
    key = name.replace(" ", "_")
    while key in taken:
        key += "-2"
    kind = "Person" if thing.kind == "Person" else chance.choice([thing.kind, "Organization"])
    return (
        Referent(
            article,
            key,
            name,
            Form.NAME.value,
            ((kind, 2),),
            tuple(sorted(aliases - {name})),
            (Span(0, len(name)),),
            (),
            ("",),
        ),
        plain,
    )


def _misspelt(chance: random.Random, name: str) -> str:
    """Two letters swapped, one left out or one doubled; never the first."""
    at = chance.randrange(2, len(name.split()[0]) - 1)
    slip = chance.randrange(3)
    if slip == 0:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + (name[at + 1 :] if slip == 1 else name[at] + name[at:])


def _employed(article: str, person: Thing, owners: dict[int, str]) -> Claim | None:
    """ "Anna Klein, chief executive of Braistor Energy": said wherever both are named."""
    if person.kind != "Person" or person.employer not in owners:
        return None
    key = owners[person.number]
    return Claim(
        article,
        key,
        "has_role_at",
        Ref(owners[person.employer]),
        Span(0, 10),
        "she works.",
        "nouns.role",
        qualifiers=(("role", person.role),),
    )


def pairs(world: World, entities: Iterable[Entity]) -> tuple[float, float]:
    """Pairwise precision and recall over the referents that other articles can understand (Huang et al. 2006)."""
    cluster = {place: entity.id for entity in entities for place in entity.referents}
    both: Counter[tuple[str, int]] = Counter()
    made: Counter[str] = Counter()
    true: Counter[int] = Counter()
    for place in world.full:
        both[cluster[place], world.meant[place]] += 1
        made[cluster[place]] += 1
        true[world.meant[place]] += 1
    right, found, wanted = (sum(n * (n - 1) // 2 for n in counts.values()) for counts in (both, made, true))
    return right / max(1, found), right / max(1, wanted)
