"""Regular and irregular forms of English verbs, for the lemma table: the treebanks are too small to have seen "fined" or "tapped".

Verbs and irregular forms come from WordNet by way of the package spacy-lookups-data (WordNet and MIT licences); the
spelling of regular forms follows Quirk et al. (1985), 3.5-3.10.
"""

from __future__ import annotations

import gzip
import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_SIBILANT = re.compile(r"(?:s|x|z|ch|sh|[^aeiou]o)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_DOUBLES = re.compile(
    r"^[^aeiou]*[aeiouy][bcdfgklmnprtvz]$"
)  # one syllable, one vowel, one consonant: tap, plan
_MUTE_E = re.compile(r"[^eoy]e$")


def verb_forms() -> dict[tuple[str, str], str]:
    """(form, Penn tag) -> lemma for every form of every known verb that has one reading, or one far more frequent.

    >>> forms = verb_forms()
    >>> forms["fined", "VBD"], forms["tapping", "VBG"], forms["rose", "VBD"]
    ('fine', 'tap', 'rise')
    """
    folder = Path(str(find_spec("spacy_lookups_data").submodule_search_locations[0])) / "data"  # type: ignore[union-attr, index]
    verbs = sorted(v for v in _table(folder, "en_lemma_index")["verb"] if v.isalpha() and v.islower())
    frequency: dict[str, float] = _table(folder, "en_lexeme_prob")
    found: dict[tuple[str, str], str] = {}
    for verb in sorted(verbs, key=lambda v: (-frequency.get(v, -30.0), v)):
        for pair in regular_forms(verb):
            found.setdefault(pair, verb)
    known = set(verbs)
    for form, lemmas in sorted(_table(folder, "en_lemma_exc")["verb"].items()):
        if lemmas[0] in known and form.isalpha():
            for tag in ("VBG",) if form.endswith("ing") else ("VBD", "VBN"):
                found[form, tag] = lemmas[0]
    return found


def regular_forms(verb: str) -> list[tuple[str, str]]:
    """The regular forms of a verb with their tags: "fine" -> fines, fining, fined."""
    third = (
        verb[:-1] + "ies" if _CONSONANT_Y.search(verb) else verb + ("es" if _SIBILANT.search(verb) else "s")
    )
    if verb.endswith("ie"):
        participle, past = verb[:-2] + "ying", verb + "d"
    elif _MUTE_E.search(verb):
        participle, past = verb[:-1] + "ing", verb + "d"
    elif verb.endswith("e"):
        participle, past = verb + "ing", verb + "d"
    elif _CONSONANT_Y.search(verb):
        participle, past = verb + "ing", verb[:-1] + "ied"
    else:
        stem = verb + verb[-1] if _DOUBLES.search(verb) else verb
        participle, past = stem + "ing", stem + "ed"
    return [(third, "VBZ"), (participle, "VBG"), (past, "VBD"), (past, "VBN")]


def _table(folder: Path, name: str) -> dict[str, Any]:
    with gzip.open(folder / f"{name}.json.gz", "rt", encoding="utf-8") as lines:
        table: dict[str, Any] = json.load(lines)
    return table
