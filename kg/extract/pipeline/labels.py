"""The entity label scheme of kg's own pipeline, and how other annotations map onto it.

Seven labels, all for *names*. Values (dates, money, percentages, quantities) are no entities here: they are found
by grammars elsewhere, with their precision kept.

============ =======================================================================================
``PERSON``   people, real or invented; without titles ("Mr", "President")
``ORG``      companies, authorities, parties, teams, bands, media, stock exchanges
``PLACE``    countries, towns, regions, seas, buildings, roads
``PRODUCT``  products, works, software, brands of things, vehicles
``EVENT``    named events: wars, fairs, tournaments, storms
``NORP``     nationalities, peoples, religions, political leanings ("Danish", "Americans")
``MISC``     names that fit no other label: laws, languages, prizes, programmes
============ =======================================================================================

Training data use other schemes, often coarser ones. A source label therefore maps to the *set* of labels it may
mean, and training sums the probability over that set (learning from partial labels; Jin and Ghahramani, 2002).
"""

from __future__ import annotations

ENTITY_LABELS: tuple[str, ...] = ("PERSON", "ORG", "PLACE", "PRODUCT", "EVENT", "NORP", "MISC")

#: Source label (lower case) -> labels it may mean. An empty set says that the span is no name (a value).
SOURCE_LABELS: dict[str, dict[str, frozenset[str]]] = {
    "docred": {
        "per": frozenset({"PERSON"}),
        "org": frozenset({"ORG"}),
        "loc": frozenset({"PLACE"}),
        "misc": frozenset({"PRODUCT", "EVENT", "MISC"}),
        "time": frozenset(),
        "num": frozenset(),
    },
    "wikigold": {
        "per": frozenset({"PERSON"}),
        "org": frozenset({"ORG"}),
        "loc": frozenset({"PLACE"}),
        "misc": frozenset({"PRODUCT", "EVENT", "MISC"}),
    },
    "wnut17": {
        "person": frozenset({"PERSON"}),
        "corporation": frozenset({"ORG"}),
        "group": frozenset({"ORG"}),
        "location": frozenset({"PLACE"}),
        "product": frozenset({"PRODUCT"}),
        "creative-work": frozenset({"PRODUCT"}),
    },
    "re3d": {
        "person": frozenset({"PERSON"}),
        "organisation": frozenset({"ORG"}),
        "location": frozenset({"PLACE"}),
        "nationality": frozenset({"NORP"}),
        "militaryplatform": frozenset({"PRODUCT"}),
        "weapon": frozenset({"PRODUCT"}),
        "documentreference": frozenset({"PRODUCT", "MISC"}),
        "temporal": frozenset(),
        "money": frozenset(),
        "quantity": frozenset(),
    },
    "sec": {
        "per": frozenset({"PERSON"}),
        "org": frozenset({"ORG"}),
        "loc": frozenset({"PLACE"}),
        "misc": frozenset({"PRODUCT", "EVENT", "MISC"}),
    },
    "uner": {
        "per": frozenset({"PERSON"}),
        "org": frozenset({"ORG"}),
        "loc": frozenset({"PLACE"}),
        "oth": frozenset({"PRODUCT", "EVENT", "MISC"}),
    },
    "gum": {
        "person": frozenset({"PERSON"}),
        "organization": frozenset({"ORG"}),
        "place": frozenset({"PLACE"}),
        "object": frozenset({"PRODUCT"}),
        "event": frozenset({"EVENT"}),
        "abstract": frozenset({"PRODUCT", "MISC"}),
        "animal": frozenset({"MISC"}),
        "plant": frozenset({"MISC"}),
        "substance": frozenset({"PRODUCT", "MISC"}),
        "time": frozenset(),
    },
}

#: Our label -> the label of a coarser gold standard (None: the standard does not annotate it).
COARSE_LABELS: dict[str, dict[str, str | None]] = {
    "docred": {
        "PERSON": "PER",
        "ORG": "ORG",
        "PLACE": "LOC",
        "NORP": "LOC",  # DocRED calls "American" a location
        "PRODUCT": "MISC",
        "EVENT": "MISC",
        "MISC": "MISC",
    },
    "uner": {
        "PERSON": "PER",
        "ORG": "ORG",
        "PLACE": "LOC",
        "NORP": None,
        "PRODUCT": None,
        "EVENT": None,
        "MISC": None,
    },
}

#: Word endings and words by which a one-word place or MISC name is recognised as a nationality or people.
_NORP_WORDS = frozenset(
    """american british english french german japanese chinese spanish italian dutch danish swedish norwegian finnish
    polish turkish irish scottish welsh greek swiss russian indian korean australian canadian mexican brazilian
    argentine argentinian chilean peruvian colombian venezuelan cuban jamaican haitian portuguese belgian austrian
    hungarian czech slovak slovenian croatian serbian bosnian albanian macedonian bulgarian romanian ukrainian
    belarusian estonian latvian lithuanian icelandic israeli palestinian egyptian iranian iraqi syrian lebanese
    jordanian saudi kuwaiti qatari emirati yemeni omani afghan pakistani bangladeshi nepalese lankan burmese thai
    vietnamese cambodian laotian malaysian indonesian filipino philippine singaporean taiwanese mongolian kazakh
    uzbek georgian armenian azerbaijani moroccan algerian tunisian libyan sudanese ethiopian somali kenyan ugandan
    tanzanian rwandan congolese nigerian ghanaian senegalese ivorian cameroonian angolan zambian zimbabwean
    namibian african asian european arab jewish muslim islamic christian catholic protestant orthodox buddhist
    hindu sikh hispanic latino kurdish persian roman byzantine ottoman soviet prussian bavarian californian texan
    hawaiian parisian republican democrat democratic communist sunni shia shiite anglican baptist methodist
    lutheran maltese cypriot luxembourgish catalan basque flemish walloon scandinavian slavic celtic maori
    aboriginal bolivian ecuadorian uruguayan paraguayan panamanian guatemalan honduran nicaraguan salvadoran
    dominican rican barbadian trinidadian fijian samoan tongan kiwi brit briton scot dane swede finn norwegian
    pole turk spaniard frenchman englishman irishman dutchman greeks nazi zionist""".split()
)


#: Short forms in capitals that name no one thing: without them the network takes every acronym for a company.
GENERIC_ACRONYMS = frozenset(
    """AI CEO CFO COO CTO IPO GPU GPUs CPU CPUs API APIs IT PC PCs TV TVs GDP EV EVs ESG HR PR B2B B2C SaaS FX EBITDA
    ETF ETFs LLM LLMs VR AR 5G 4G R&D M&A IP ID HQ H1 H2 FY AGM Q1 Q2 Q3 Q4""".split()
)


def is_norp(text: str) -> bool:
    """Say whether a one-word name means a nationality, people or creed: ``is_norp("Danes") == True``."""
    word = text.lower()
    return word in _NORP_WORDS or (word.endswith("s") and word[:-1] in _NORP_WORDS and word != "philippines")


def split_norp(text: str, allowed: frozenset[str]) -> frozenset[str]:
    """Narrow *allowed* to NORP where a coarser source put a nationality under place or miscellaneous."""
    if is_norp(text) and ("PLACE" in allowed or "MISC" in allowed):
        return frozenset({"NORP"}) if "PLACE" in allowed else frozenset({"NORP", "MISC"})
    return allowed
