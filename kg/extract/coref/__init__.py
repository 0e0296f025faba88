"""Coreference inside one article: mentions -> chains -> referents. Rules first, then a learned ranker; precision before all.

The order of the rules follows Raghunathan et al., "A Multi-Pass Sieve for Coreference Resolution" (EMNLP 2010): names
(`naming`), phrases and appositions (`phrases`), then pronouns and definite descriptions by salience (`anaphora`). Their
decisions are features of the ranker (`ranker`), which has the last word on pronouns and descriptions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extract.coref.affinity import Affinity, Floats, read_affinity
from kg.extract.coref.anaphora import Anaphora
from kg.extract.coref.chain import Chain, make_chain, referents
from kg.extract.coref.columns import Columns, make_columns
from kg.extract.coref.links import chances, full_links
from kg.extract.coref.naming import Naming
from kg.extract.coref.pairs import Pairs, make_pairs
from kg.extract.coref.phrases import Phrases
from kg.extract.coref.precise import Precise
from kg.extract.coref.ranker import Ranker, load
from kg.extract.coref.seen import Seen, Sight
from kg.model import Form, Mention
from kg.ontology import Ontology
from kg.resolve.link import Clusters
from kg.resolve.names import NameReader

__all__ = ["Chain", "chains", "full_chains", "referents"]

FULL = 0.4  # in full chains a mention may be known if that is this much as likely as its being new


def chains(mentions: Sequence[Mention], doc: Doc, ontology: Ontology) -> list[Chain]:
    """Which mentions mean the same thing. Every mention is in exactly one chain; an unresolved "it" is alone in its own.

    `mentions` are names, nominals and pronouns of `doc` in any order; chains come in the order of their first mention.

    >>> [[mentions[i].text for i in chain] for chain in chains(mentions, doc, ontology)]
    [['Apple', 'Apple', 'its'], ['Tim Cook', 'Cook', 'he']]
    """
    if not mentions:
        return []
    view = look(mentions, doc, ontology)
    resolve(view, view.phrases, view.rungs, ontology, load())
    found = [
        make_chain([view.seen[i] for i in members], view.rungs, view.sight, view.reader)
        for members in view.phrases.sets()
    ]
    return sorted(found, key=lambda chain: min((mentions[i].span, i) for i in chain))


def full_chains(mentions: Sequence[Mention], doc: Doc, ontology: Ontology) -> list[list[int]]:
    """The same question answered as corpora do: predicates, appositions and doubtful cases too. Indexes of mentions, each in one chain.

    The graph does not use these chains; they are what the ranker is trained on and compared with others by.
    """
    if not mentions:
        return []
    return full_sets(look(mentions, doc, ontology), load()).sets()


@dataclass(frozen=True, slots=True)
class View:
    """An article as the ranker sees it. `phrases` are the clusters made by the rules for names and phrases, `rungs` their reasons;
    `ruled` holds for each mention that the rules for anaphors resolve the index of a name (or else of the antecedent) and the reason."""

    seen: list[Seen]
    sight: Sight
    reader: NameReader
    columns: Columns
    pairs: Pairs
    affinity: Affinity | None
    phrases: Clusters
    rungs: dict[int, str]
    ruled: dict[int, tuple[int, str]]
    again: tuple[
        tuple[int, int], ...
    ]  # mentions of the same words that are one thing, unless either is found to be another

    def chance(self) -> Floats:
        """The probability of each pair."""
        return chances(self.pairs, load().score(self.columns, self.pairs, self.affinity))


def resolve(view: View, sets: Clusters, rungs: dict[int, str], ontology: Ontology, ranker: Ranker) -> None:
    """Join in `sets`, which hold names and phrases as the rules joined them, the pronouns and descriptions that are sure."""
    chance = chances(view.pairs, ranker.score(view.columns, view.pairs, view.affinity))
    precise = Precise(view.columns, sets, rungs, view.ruled, ontology, ranker.least)
    precise.run(view.pairs, chance)
    precise.repeat(view.again)
    precise.weigh()


def full_sets(view: View, ranker: Ranker) -> Clusters:
    """All mentions in the sets that full chains make of them."""
    chance = chances(view.pairs, ranker.score(view.columns, view.pairs, view.affinity))
    sets = Clusters(len(view.seen))
    full_links(view.columns, view.pairs, chance, sets, FULL)
    return sets


def look(mentions: Sequence[Mention], doc: Doc, ontology: Ontology) -> View:
    """Apply the rules, and lay out what the ranker wants to know."""
    reader = NameReader(ontology)
    sight = Sight(doc, ontology)
    seen = sight.all(mentions)
    names = Clusters(len(seen))
    rungs: dict[int, str] = {}
    Naming(seen, sight, reader, names, rungs).run()
    phrases = names.copy()
    repeated = Phrases(seen, sight, reader, phrases, rungs)
    repeated.run()
    sieved, reasons = phrases.copy(), dict(rungs)
    anaphora = Anaphora(seen, sight, sieved, reasons, reader)
    anaphora.run()
    columns = make_columns(seen, sight, reader, names, sieved, reasons, anaphora.posts)
    name_of: dict[int, int] = {}
    for item in seen:
        if item.mention.form is Form.NAME and not item.adjective:
            name_of.setdefault(sieved.root(item.index), item.index)
    ruled = {
        index: (name_of.get(sieved.root(index), antecedent), reasons[index])
        for index, antecedent in anaphora.things.meant.items()
    }
    return View(
        seen, sight, reader, columns, make_pairs(columns), read_affinity(doc, columns), phrases, rungs, ruled,
        tuple((first.index, other.index) for first, other in repeated.again),
    )  # fmt: skip
