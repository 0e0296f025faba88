"""Readings made by hand: the news of a small invented world, a hostile article, and a large random graph."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Sequence

from kg.model import Claim, Modality, Polarity, Reading, Ref, Referent, Span, Value
from kg.ontology import EntityType, Ontology, Relation

NAMES: dict[str, tuple[str, tuple[str, ...]]] = {  # name -> class, aliases
    "Orrin Group": ("Company", ("Orrin", "Orrin Group Holdings")),
    "Velloce": ("Company", ("Velloce Semiconductors",)),
    "Tamber Capital": ("Investor", ()),
    "Nordvik Robotics": ("Company", ("Nordvik",)),
    "Halden Motors": ("Company", ()),
    "Competition Office": ("Regulator", ("the Office",)),
    "Ines Corvalho": ("Person", ("Ms Corvalho",)),
    "Paul Drexel": ("Person", ("Drexel",)),
    "O1 glasses": ("Product", ("O1", "the O1")),
    "V9 accelerator": ("Product", ("V9",)),
    "Lisbon": ("Place", ()),
    "Oslo": ("Place", ()),
    "Southeast Asia": ("Place", ()),
    "smart glasses": ("Product", ()),
    "Digital Goods Act": ("Regulation", ("the Act",)),
    "content creators": ("PersonGroup", ()),
}
VALUES = {
    "$412": Value("money", "$412", "412", "USD"),
    "€85 million": Value("money", "€85 million", "85000000", "EUR"),
    "about 12%": Value("percent", "about 12%", "12", "percent", approximate=True),
    "last Thursday": Value("date", "last Thursday", iso="2026-03-12"),
}


def say(
    article: str,
    sentence: str,
    subject: str,
    relation: str,
    object: str | Value,
    cue: str = "",
    **more: object,
) -> tuple[str, dict[str, object]]:
    """A sentence and the claim it makes; the words for subject, cue and object are looked for in the sentence."""
    return sentence, {
        "article": article,
        "subject": subject,
        "relation": relation,
        "object": object,
        "cue": cue,
    } | more


def reading(
    id_: str, title: str, date: dt.date | None, said: Sequence[tuple[str, dict[str, object]]]
) -> Reading:
    """A Reading of the article that consists of these sentences."""
    text, claims, names = "", [], set()
    for sentence, claim in said:
        if not text.endswith(sentence + " "):
            text += sentence + " "
        start = len(text) - len(sentence) - 1
        subject, relation, object_ = str(claim["subject"]), str(claim["relation"]), claim["object"]
        names.add(subject)
        if isinstance(object_, str) and object_ in NAMES:
            names.add(object_)
            object_ = Ref(object_)
        words = (
            object_.text
            if isinstance(object_, Value)
            else object_.key
            if isinstance(object_, Ref)
            else str(object_)
        )
        claims.append(
            Claim(
                article=id_,
                subject=subject,
                relation=relation,
                object=object_,  # type: ignore[arg-type]
                sentence=Span(start, start + len(sentence)),
                quote=sentence,
                rule=str(claim.get("rule", "verbs.clause")),
                open=bool(claim.get("open", False)),
                polarity=Polarity(str(claim.get("polarity", "positive"))),
                modality=Modality(str(claim.get("modality", "asserted"))),
                attribution=str(claim.get("by", "")),
                qualifiers=tuple(claim.get("qualifiers", ())),  # type: ignore[arg-type]
                confidence=float(str(claim.get("confidence", 0.9))),
                subject_span=_find(sentence, subject, start),
                cue_span=_find(sentence, str(claim["cue"]), start),
                object_span=_find(sentence, words, start),
            )
        )
    referents = tuple(
        Referent(
            id_,
            name,
            name,
            "nominal" if name.islower() else "name",
            ((NAMES[name][0], 1),) if NAMES[name][0] else (),
            NAMES[name][1],
            (Span(0, 1),),
        )
        for name in sorted(names)
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    claims.sort(key=lambda claim: (claim.sentence, claim.relation))
    return Reading(id_, title, f"articles/{id_}.txt", date, digest, len(text), referents, tuple(claims))


def _find(sentence: str, words: str, offset: int) -> Span | None:
    at = sentence.find(words) if words else -1
    if at < 0:  # as the article says it: a short form
        words = next((alias for alias in NAMES.get(words, ("", ()))[1] if alias in sentence), "")
        at = sentence.find(words) if words else -1
    return Span(offset + at, offset + at + len(words)) if at >= 0 else None


def ontology(extra: Sequence[str] = ()) -> Ontology:
    """A small ontology: the classes above under two roots, a dozen relations."""
    kinds = {
        "Company": ("Organization",),
        "Investor": ("Organization",),
        "Regulator": ("Organization",),
        "Product": (),
    }
    names = ["Organization", "Person", "Place", "Regulation", "PersonGroup", "Event", "Market", *extra]
    types = {name: EntityType(name, name) for name in names}
    types |= {name: EntityType(name, name, parents=parents) for name, parents in kinds.items()}
    types["PersonGroup"] = EntityType("PersonGroup", "Group of people")
    relations = {
        "launches": Relation("launches", "launches", "Brings a product to market.", inverse="launched_by"),
        "launched_by": Relation("launched_by", "launched by"),
        "has_price": Relation("has_price", "has price", "Price asked."),
        "depends_on": Relation("depends_on", "depends on", "Needs the object to work."),
        "acquires": Relation("acquires", "acquires", "Buys a company or asset.", inverse="acquired_by"),
        "acquired_by": Relation("acquired_by", "acquired by"),
        "partners_with": Relation("partners_with", "partners with", symmetric=True),
    }
    return Ontology(types, relations)


# subject | relation | object | words of the relation | sentence | anything else about the claim
SMALL = {
    ("orrin-glasses", "Orrin steps into smart glasses", dt.date(2026, 3, 16)): """
Orrin Group | launches | O1 glasses | launched | Orrin launched the O1 glasses last Thursday at a price of $412. | time=last Thursday
O1 glasses | has_price | $412 | price of | Orrin launched the O1 glasses last Thursday at a price of $412. | scope=starting price
O1 glasses | available_from | last Thursday | | Orrin launched the O1 glasses last Thursday at a price of $412.
O1 glasses | is_a | smart glasses | are | The O1 are smart glasses. | rule=copula.is
O1 glasses | targets_user_group | content creators | made for | The O1 is made for content creators who travel.
Orrin Group | depends_on | Velloce | depends on | Orrin Group depends on Velloce for chips.
Orrin Group | uses | V9 accelerator | uses | Orrin uses the V9 accelerator. | confidence=0.7
Orrin Group | trains_models_in | Southeast Asia | trains its models in | Orrin Group trains its models in Southeast Asia.
Velloce | manufactures | V9 accelerator | makes | Velloce makes the V9 accelerator.
Orrin Group | has_goal | win back younger buyers | could help | The launch could help Orrin win back younger buyers. | modality=possible
""",
    ("velloce-bid", "Velloce denies Nordvik bid", dt.date(2026, 4, 2)): """
Velloce | acquires | Nordvik Robotics | buying | Velloce denied buying Nordvik Robotics and plans to buy Halden Motors. | polarity=negative
Velloce | acquires | Halden Motors | plans to buy | Velloce denied buying Nordvik Robotics and plans to buy Halden Motors. |modality=planned
Paul Drexel | has_role_at | Velloce | chief executive of | Paul Drexel, chief executive of Velloce, spoke in Oslo. | rule=nouns.apposition
Velloce | supplies_to | Orrin Group | supplies | According to Drexel, Velloce supplies Orrin Group. | by=Drexel
Competition Office | investigates | Velloce | is investigating | The Competition Office is investigating Velloce.
Velloce | regulated_by | Digital Goods Act | binds | The Digital Goods Act binds Velloce.
Velloce | has_share_price_change | about 12% | rose | Velloce shares rose about 12%.
Orrin Group | depends_on | Velloce | depends on | Orrin depends on Velloce.
Velloce | partners_with | Orrin Group | partners with | Velloce partners with Orrin Group.
""",
    ("nordvik-round", "Nordvik raises €85 million", None): """
Nordvik Robotics | raises_funding | €85 million | raised | Nordvik Robotics raised €85 million.
Tamber Capital | leads_round | Nordvik Robotics | led the round | Tamber Capital led the round for Nordvik Robotics.
Nordvik Robotics | headquartered_in | Oslo | based in | Nordvik is based in Oslo.
Nordvik Robotics | founded_by | Ines Corvalho | founded | Ines Corvalho founded Nordvik.
Nordvik Robotics | step_into | Lisbon | stepped into | Nordvik has stepped into Lisbon. | open=yes
Nordvik Robotics | has_customer | Halden Motors | customers | Nordvik counts Halden Motors among its customers.
""",
}


def small() -> tuple[Reading, ...]:
    """Three articles, sixteen entities: every mood, three kinds of value, a phrase, parallel and opposite edges."""
    readings = []
    for (id_, title, date), table in SMALL.items():
        said = []
        for line in table.strip().splitlines():
            subject, relation, object_, cue, sentence, *more = (cell.strip() for cell in line.split("|"))
            rest = dict(cell.split("=") for cell in more)
            extra: dict[str, object] = dict(rest)
            extra["qualifiers"] = tuple(
                (k, VALUES.get(v, v)) for k, v in rest.items() if k in ("time", "scope")
            )
            said.append(say(id_, sentence, subject, relation, VALUES.get(object_, object_), cue, **extra))
        readings.append(reading(id_, title, date, said))
    return tuple(readings)


HOSTILE = (
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=2</script>",
    "<img src=x onerror=window.hacked=3>",
    "javascript:window.hacked=4",
    "\"><svg/onload=window.hacked=5>'`${window.hacked=6}",
    "<!--<script>",
    "{{ 7*7 }}{% raise %}",
    "__proto__",
    "constructor",
    "A\u202egnihtyna\u2066B\x00\x07",
    "😀 Grinning \U0001d510otors",
)


def hostile() -> tuple[Reading, ...]:
    """An article whose names, quotes, title and source try to become code."""
    NAMES.update(
        {name: ("Company" if i % 2 else "<b>Class</b>", (f"alias {name}",)) for i, name in enumerate(HOSTILE)}
    )
    said = [
        say("evil", f"😀 {one} bought {two} <b>today</b> & ‘then’.", one, "acquires", two, "bought", by=two)
        for one, two in zip(HOSTILE, [*HOSTILE[1:], HOSTILE[0]], strict=True)
    ]
    said += [
        say(
            "evil",
            "It <i>said</i> so.",
            HOSTILE[1],
            "</script>",
            "<script>window.hacked=7</script>",
            open=True,
        )
    ]
    said += [
        say("evil", "Price </script>.", HOSTILE[0], "has_price", Value("money", "</script>$1<b>", "1", "<b>"))
    ]
    read = reading("evil", "</title><script>window.hacked=8</script>", dt.date(2026, 1, 1), said)
    return (read,)


def large(entities: int = 1500, facts: int = 3200, articles: int = 60, seed: int = 4) -> tuple[Reading, ...]:
    """A random news world with a few hubs, clusters and many values."""
    rng = random.Random(seed)
    first = [
        "Alder",
        "Brint",
        "Corvo",
        "Dellan",
        "Esker",
        "Farrow",
        "Glint",
        "Hollis",
        "Ister",
        "Jarrow",
        "Kestle",
        "Lomond",
    ]
    last = [
        "Systems",
        "Foods",
        "Energy",
        "Capital",
        "Motors",
        "Labs",
        "Bank",
        "Media",
        "Chips",
        "Health",
        "Air",
        "Mining",
    ]
    classes = (
        ["Company"] * 8
        + ["Person"] * 5
        + ["Product"] * 4
        + ["Place"] * 2
        + ["Regulator", "Event", "Market", "Regulation"]
    )
    names = []
    for i in range(entities):
        kind = rng.choice(classes)
        name = (
            f"{rng.choice(first)} {rng.choice(last)} {i}"
            if kind != "Person"
            else f"{rng.choice(first)} {rng.choice(first)}son {i}"
        )
        NAMES[name] = (kind, (f"{name.split()[0]} {i}",) if i % 5 == 0 else ())
        names.append(name)
    relations = [
        "acquires",
        "launches",
        "depends_on",
        "partners_with",
        "supplies_to",
        "invests_in",
        "sues",
        "has_role_at",
    ]
    relations += ["competes_with", "located_in", "uses", "regulated_by", "offers"]
    moods: list[dict[str, object]] = [{}] * 8 + [
        {"polarity": "negative"},
        {"modality": "planned"},
        {"by": "a spokesman"},
    ]
    said: list[list[tuple[str, dict[str, object]]]] = [[] for _ in range(articles)]
    for i in range(facts):
        n = rng.randrange(articles)
        # neighbours in number are neighbours in the world; low numbers are hubs
        one = int(entities * rng.random() ** 2)
        two = (
            int(entities * rng.random() ** 3)
            if rng.random() < 0.25
            else min(max(one + rng.randint(-14, 14), 0), entities - 1)
        )
        if one == two:
            continue
        subject, verb, id_ = names[one], rng.choice(relations), f"a{n:03}"
        if rng.random() < 0.2:
            amount = rng.randint(1, 900)
            value = Value("money", f"${amount} million", f"{amount}000000", "USD")
            said[n].append(
                say(
                    id_,
                    f"{subject} reported revenue of ${amount} million ({i}).",
                    subject,
                    "has_revenue",
                    value,
                    "revenue of",
                )
            )
        else:
            words = verb.replace("_", " ")
            sentence = f"{subject} {words} {names[two]}, people close to both said on Monday, adding that terms ({i}) were open."
            said[n].append(say(id_, sentence, subject, verb, names[two], words, **rng.choice(moods)))
    day = dt.date(2026, 1, 1)
    return tuple(
        reading(f"a{n:03}", f"Article number {n} on the markets", day + dt.timedelta(days=3 * n), claims)
        for n, claims in enumerate(said)
    )
