"""What the whole of reading makes of sentences whose construction once misled it, with the shipped pipeline."""

from __future__ import annotations

import pytest

from kg.extract.pipeline import load_pipeline
from kg.extract.read import read_article
from kg.model import Article, Ref
from kg.rdf.schema import load_ontology

NLP, ONTOLOGY = load_pipeline(), load_ontology()


def facts(text: str) -> set[tuple[str, str, str]]:
    """Subject, relation and object of all claims; a denied relation with "not " before it, a hedged one with "?" behind it."""
    reading = read_article(Article("a", text), ONTOLOGY, NLP)
    names = {r.key: r.name for r in reading.referents}
    found = set()
    for c in reading.claims:
        obj = names[c.object.key] if isinstance(c.object, Ref) else getattr(c.object, "text", c.object)
        hedge = "" if c.modality.value == "asserted" else "?"
        denied = "not " if c.polarity.value == "negative" else ""
        found.add((names[c.subject], f"{denied}{c.relation}{hedge}", str(obj)))
    return found


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("The crate omits the heated seat along with the rear camera.", ("crate", "lacks", "rear camera")),
        ("Watchmaker Oris followed its rivals into titanium.", ("Oris", "is_a", "Watchmaker")),
        ("The Norda–Velox merger was approved by Brussels.", ("Norda", "merges_with", "Velox")),
        ("Norda made a profit of $5m in 2024 and Velox a loss of $2m.", ("Velox", "has_profit", "-$2m")),
        (
            "The regulator fined Norda and Velox $5m and $3m respectively.",
            ("Velox", "incurs_fine", "$3m"),
        ),
        ("The vaccine was developed by BioNTech together with Pfizer.", ("Pfizer", "develops", "vaccine")),
        ("Coin Weekly is a publisher.", ("Coin Weekly", "is_a", "publisher")),
        (
            "Its online notary Actum grew, said housing lawyer Jana Novak.",
            ("Jana Novak", "is_a", "housing lawyer"),
        ),
        (
            "It was quiet, said Shannon Kurtas, head of exchange at Kraken.",
            ("Shannon Kurtas", "has_role_at", "Kraken"),
        ),
        (
            "It works, says Sebastian Wossagk, managing partner at Acton Capital.",
            ("Sebastian Wossagk", "has_role_at", "Acton Capital"),
        ),
        (
            "Elsewhere, FXPrime Ltd no longer holds authorisation no. 188/12.",
            ("FXPrime Ltd", "not has_licence_number", "188/12"),
        ),
        (
            "EPS at Medici Leather may have reached €3.10.",
            ("Medici Leather", "has_earnings_per_share?", "€3.10"),
        ),
        (
            "Higher duties did nothing to slow the influx of Chinese e-bikes.",
            ("influx of Chinese e-bikes", "not constrained_by", "higher duties"),
        ),
        ("Norda Group founder Ana Ruiz resigned.", ("Norda Group", "founded_by", "Ana Ruiz")),
        ("Norda Group is an Oslo-based maker of vans.", ("Norda Group", "headquartered_in", "Oslo")),
        ("Norda Group is one of the largest carmakers.", ("Norda Group", "is_a", "largest carmakers")),
        ("The kettle will sell for £40.", ("kettle", "has_price?", "£40")),
        ("Tern Labs paid £4m. Velox bought Norda.", ("Velox", "acquires", "Norda")),
        (
            "Norda beat forecasts of $2.1bn.",
            ("Norda", "beats_estimate", "forecasts of $2.1bn"),
        ),
        (
            "Norda makes tools that check contracts.",
            ("Norda", "manufactures", "tools that check contracts"),
        ),
        (
            "Osric Capital led the Series B of Tern Labs.",
            ("Osric Capital", "leads_round", "Tern Labs"),
        ),
        (
            "Osric Capital took part in the Series A of Tern Labs.",
            ("Osric Capital", "participates_in_round", "Tern Labs"),
        ),
        ("The 30-strong team at Norda built the game.", ("Norda", "has_headcount", "30-strong")),
        ("Tern & Co, a 40-person firm, makes sails.", ("Tern & Co", "has_headcount", "40-person")),
        ("The group is 1,200 strong.", ("group", "has_headcount", "1,200")),
        ("Norda ended the year with a workforce of 730.", ("Norda", "has_headcount", "730")),
        ("Headcount at the social network was 4,300.", ("social network", "has_headcount", "4,300")),
        ("The regulator hit Velox with a £5 million fine.", ("Velox", "incurs_fine", "£5 million")),
        ("Brussels imposed a fine of €5m on Velox.", ("Velox", "incurs_fine", "€5m")),
        ("Net income was $402m, Caravel Air said.", ("Caravel Air", "has_profit", "$402m")),
        ("Net income was $402m, according to Caravel Air.", ("Caravel Air", "has_profit", "$402m")),
        ("Norda earned 83 cents a share.", ("Norda", "has_earnings_per_share", "83 cents")),
        ("The bank cut its growth forecast for Spain to 2% on Monday.", ("Spain", "has_forecast", "2%")),
        ("Three firms, Norda, Velox and Tern, bought Acme.", ("Velox", "acquires", "Acme")),
        ("The deal closed a week later.", ("deal", "occurs_on", "a week later")),
        ("The hospital employs 400 nurses.", ("hospital", "has_headcount", "400 nurses")),
    ],
)
def test_is_said(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(text)


@pytest.mark.parametrize(
    ("text", "subject", "relation"),
    [
        ("Kenji Morita, an analyst at Daiwa, estimated the damage at $20m.", "Kenji Morita", "seeks_damages"),
        (
            "Registration Number: C196325, Authorized and regulated by the Financial Services Commission.",
            "C196325",
            "authorised_by",
        ),
        ("Watch prices when the big firms release AI devices.", "big firms", "launches"),
        ("Norda is cutting 500 jobs.", "Norda", "reduces"),
        ("Norda earned 83 cents a share.", "Norda", "has_profit"),
        ("Norda offered $4 a share for Velox.", "Norda", "offer_per_share"),
        ("The regulator hit Velox with a £5 million fine.", "regulator", "incurs_fine"),
        ("The group is 1,200 strong.", "group", "has_trend"),
    ],
)
def test_is_not_said(text: str, subject: str, relation: str) -> None:
    assert (subject, relation) not in {(s, r) for s, r, _ in facts(text)}
