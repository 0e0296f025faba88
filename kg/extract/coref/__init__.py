"""Coreference inside one article: mentions -> chains -> referents. Deterministic sieves, precision first.

The order of the sieves follows Raghunathan et al., "A Multi-Pass Sieve for Coreference Resolution" (EMNLP 2010): names
(`naming`), phrases and appositions (`phrases`), then pronouns and definite descriptions by salience (`anaphora`).
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extract.coref.anaphora import Anaphora
from kg.extract.coref.chain import Chain, make_chain, referents
from kg.extract.coref.naming import Naming
from kg.extract.coref.phrases import Phrases
from kg.extract.coref.seen import Sight
from kg.model import Mention
from kg.ontology import Ontology
from kg.resolve.link import Clusters
from kg.resolve.names import NameReader

__all__ = ["Chain", "chains", "referents"]


def chains(mentions: Sequence[Mention], doc: Doc, ontology: Ontology) -> list[Chain]:
    """Which mentions mean the same thing. Every mention is in exactly one chain; an unresolved "it" is alone in its own.

    `mentions` are names, nominals and pronouns of `doc` in any order; chains come in the order of their first mention.

    >>> [[mentions[i].text for i in chain] for chain in chains(mentions, doc, ontology)]
    [['Apple', 'Apple', 'its'], ['Tim Cook', 'Cook', 'he']]
    """
    reader = NameReader(ontology)
    sight = Sight(doc, ontology)
    seen = sight.all(mentions)
    sets = Clusters(len(seen))
    rungs: dict[int, str] = {}
    Naming(seen, sight, reader, sets, rungs).run()
    Phrases(seen, sight, reader, sets, rungs).run()
    Anaphora(seen, sight, sets, rungs, reader).run()
    found = [make_chain([seen[i] for i in members], rungs, sight, reader) for members in sets.sets()]
    return sorted(found, key=lambda chain: min((mentions[i].span, i) for i in chain))
