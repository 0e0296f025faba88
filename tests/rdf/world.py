"""A small world made by hand: three articles with every kind of claim, and an ontology of their own in Turtle."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cache
from pathlib import Path

from kg.graph import Graph
from kg.model import Claim, Modality, Polarity, Reading, Reason, Ref, Referent, Rejection, Span, Value
from kg.ontology import Ontology
from kg.rdf.schema import load_ontology

ONTOLOGY = Path(__file__).with_name("world.ttl")
NAMES: dict[str, tuple[str, str, tuple[str, ...]]] = {  # what sentences call it -> name, class, other names
    "Alibaba": ("Alibaba", "Company", ("Alibaba Group",)),
    "S1": ("S1", "Product", ()),
    "smart glasses": ("smart glasses", "Product", ()),
    "Nvidia": ("Nvidia", "Company", ("NVIDIA",)),
    "TSMC": ("TSMC", "Company", ()),
    "Meta": ("Meta", "Company", ()),
    "Brussels": ("Brussels", "Place", ()),
    "Competition Office": ("Competition Office", "Regulator", ()),
}
PRICE = Value("money", "$537", "537", "USD")
RISE = Value("percent", "about 4.5%", "4.50", "percent", approximate=True)
DAY = Value("date", "last Thursday", iso="2025-11-27")
MONTH = Value("date", "November", iso="2025-11")
QUARTER = Value("date", "the third quarter", iso="2025-Q3")
RANGE = Value("money", "$1bn to $1.5bn", "1000000000", "USD", high="1500000000")


@cache
def ontology() -> Ontology:
    """The ontology of this world: a few classes and relations, no words."""
    return load_ontology(ONTOLOGY)


@cache
def graph() -> Graph:
    """The graph of the three articles."""
    return Graph.of(readings(), ontology())


def readings() -> tuple[Reading, ...]:
    """What was read from them."""
    return (
        _article(
            "glasses",
            "Alibaba puts its assistant on the nose",
            dt.date(2025, 12, 1),
            [
                _say(
                    "Alibaba unveiled the S1 last Thursday.",
                    "Alibaba",
                    "launches",
                    "S1",
                    cue="unveiled",
                    time=DAY,
                ),
                _say(
                    "The S1 smart glasses cost $537.",
                    "S1",
                    "has_price",
                    PRICE,
                    cue="cost",
                    rule="measure.price",
                ),
                _say("The S1 smart glasses cost $537.", "S1", "is_a", "smart glasses", rule="nouns.compound"),
                _say(
                    "Alibaba depends on Nvidia for chips.", "Alibaba", "depends_on", "Nvidia", scope="chips"
                ),
                _say("Sales began in November.", "S1", "available_from", MONTH, cue="began"),
                _say(
                    "The launch may lift margins.", "S1", "causes", "lift margins", modality=Modality.POSSIBLE
                ),
            ],
        ),
        _article(
            "chips/tsmc",
            "“No bid”, says Nvidia",
            dt.date(2025, 12, 9),
            [
                _say(
                    "Nvidia denied that it would buy TSMC.",
                    "Nvidia",
                    "acquires",
                    "TSMC",
                    polarity=Polarity.NEGATIVE,
                ),
                _say("Nvidia depends on TSMC.", "Nvidia", "depends_on", "TSMC", cue="depends on"),
                _say("Alibaba still depends on Nvidia.", "Alibaba", "depends_on", "Nvidia", cue="depends on"),
                _say(
                    "Meta said Nvidia supplies Alibaba.", "Nvidia", "supply", "Alibaba", open=True, by="Meta"
                ),
                _say(
                    "Nvidia stepped into Brussels.",
                    "Nvidia",
                    "step_into",
                    "Brussels",
                    open=True,
                    place="Brussels",
                ),
                _say(
                    "Sales rose about 4.5% in the third quarter.",
                    "Nvidia",
                    "has_growth",
                    RISE,
                    period=QUARTER,
                ),
                _say("TSMC raised $1bn to $1.5bn.", "TSMC", "raises", RANGE, confidence=0.6),
            ],
        ),
        _article(
            "fine",
            "",
            None,
            [
                _say(
                    "The Competition Office is investigating Meta.",
                    "Competition Office",
                    "investigates",
                    "Meta",
                ),
                _say("Meta plans to buy S1.", "Meta", "acquires", "S1", modality=Modality.PLANNED),
                _say("It opened in the third quarter.", "Competition Office", "available_from", QUARTER),
            ],
            Rejection("fine", Reason.RANGE, "verbs.clause", "fine", "Meta was fined.", 'acquires: "fined"'),
            Rejection("fine", Reason.UNRESOLVED, "verbs.clause", "pay", "They paid.\nTwice."),
        ),
    )


def _say(
    sentence: str, subject: str, relation: str, object: str | Value, **more: object
) -> dict[str, object]:
    return {"sentence": sentence, "subject": subject, "relation": relation, "object": object, **more}


_FIELDS = {
    "sentence",
    "subject",
    "relation",
    "object",
    "cue",
    "rule",
    "open",
    "polarity",
    "modality",
    "by",
    "confidence",
}


def _article(
    id_: str, title: str, date: dt.date | None, said: list[dict[str, object]], *no: Rejection
) -> Reading:
    text = " ".join(dict.fromkeys(str(claim["sentence"]) for claim in said))
    claims = tuple(_claim(id_, text, claim) for claim in said)
    used = {claim.subject for claim in claims} | {c.object.key for c in claims if isinstance(c.object, Ref)}
    referents = []
    for key in sorted(used):
        name, kind, aliases = NAMES[key]
        mentions = tuple(_spans(text, key))
        rungs = tuple("same name" if i else "first" for i in range(len(mentions)))
        form = "name" if name[0].isupper() else "nominal"
        referents.append(
            Referent(id_, key, name, form, ((kind, 2), ("Thing", 1)), aliases, mentions, rungs=rungs)
        )
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = f"articles/{id_}.txt"
    return Reading(id_, title, source, date, digest, len(text), tuple(referents), claims, no, "kg_test 1.0")


def _claim(id_: str, text: str, said: dict[str, object]) -> Claim:
    sentence = str(said["sentence"])
    start = text.index(sentence)
    target = said["object"]
    words = target.text if isinstance(target, Value) else str(target)
    qualifiers = tuple(sorted((key, value) for key, value in said.items() if key not in _FIELDS))

    def find(phrase: str) -> Span | None:
        at = sentence.find(phrase) if phrase else -1
        return Span(start + at, start + at + len(phrase)) if at >= 0 else None

    return Claim(
        article=id_,
        subject=str(said["subject"]),
        relation=str(said["relation"]),
        object=target if isinstance(target, Value) else Ref(words) if words in NAMES else words,
        sentence=Span(start, start + len(sentence)),
        quote=sentence,
        rule=str(said.get("rule", "verbs.clause")),
        open=bool(said.get("open", False)),
        polarity=Polarity(said.get("polarity", Polarity.POSITIVE)),
        modality=Modality(said.get("modality", Modality.ASSERTED)),
        attribution=str(said.get("by", "")),
        qualifiers=qualifiers,  # type: ignore[arg-type]
        confidence=float(said.get("confidence", 0.9)),  # type: ignore[arg-type]
        subject_span=find(str(said["subject"])),
        cue_span=find(str(said.get("cue", ""))),
        object_span=find(words),
    )


def _spans(text: str, name: str) -> list[Span]:
    found, at = [], text.find(name)
    while at >= 0:
        found.append(Span(at, at + len(name)))
        at = text.find(name, at + 1)
    return found
