"""A chain of mentions and the referent it makes: name, aliases, votes for its type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.coref.naming import FORMER_NAME, best_name
from kg.extract.coref.seen import Seen, Sight
from kg.model import Form, Mention, Referent, Span
from kg.ontology import Ontology
from kg.resolve.ids import slug
from kg.resolve.link import kind_of, vote
from kg.resolve.names import NameReader, fold, split_words


@dataclass(frozen=True, slots=True)
class Chain:
    """Mentions of one thing: their indexes in order of place, beside each the rung that joined it, and votes for the type."""

    indexes: tuple[int, ...]
    rungs: tuple[str, ...]  # "" for a first mention
    votes: tuple[tuple[str, int], ...] = ()
    local: bool = False  # no other article can mean it
    phrase: str = ""  # what to call it where it has no name: the fullest of its phrases
    adjective: bool = False  # nothing but "Chinese" before nouns: no thing of its own

    def __iter__(self) -> Iterator[int]:
        return iter(self.indexes)

    def __len__(self) -> int:
        return len(self.indexes)


def make_chain(members: Sequence[Seen], rungs: Mapping[int, str], sight: Sight, reader: NameReader) -> Chain:
    """The chain of these mentions, with the evidence its sentences give for its type."""
    ordered = sorted(members, key=lambda s: (s.mention.span, s.index))
    return Chain(
        indexes=tuple(s.index for s in ordered),
        rungs=tuple(rungs.get(s.index, "") for s in ordered),
        votes=_votes(ordered, sight, reader),
        local=all(_local(s, sight.ontology) for s in ordered),
        phrase=_fullest([_lowered(s, sight, reader) for s in ordered if _means_something(s, reader)], reader),
        adjective=all(s.adjective for s in ordered),
    )


def _votes(members: Sequence[Seen], sight: Sight, reader: NameReader) -> tuple[tuple[str, int], ...]:
    votes: Counter[str] = Counter()
    known = sight.ontology.types
    names = {s.index: reader.read(s.mention.text) for s in members if s.mention.form is Form.NAME}
    fullest = max((len(name.core) for name in names.values()), default=0)
    for item in members:
        if item.mention.form is Form.PRONOUN:
            votes["Person"] += item.kind == "Person"
            continue
        if item.mention.form is Form.NOMINAL:
            votes[item.mention.type] += 1
            continue
        name = names[item.index]
        if len(name.core) == fullest:  # a full name is read more surely than its short forms
            for type_name, count in sight.evidence(item, name):
                votes[type_name] += count
    return tuple(
        sorted((type_name, count) for type_name, count in votes.items() if type_name in known and count)
    )


def _local(item: Seen, ontology: Ontology) -> bool:
    """Whether a mention, taken alone, can only be understood inside its article."""
    if item.mention.form is Form.NAME:
        return False
    if item.mention.form is Form.PRONOUN:
        return True
    modifiers, pointing = ontology.words.get("generic_modifier", {}), ontology.words.get("pointing_noun", {})
    content = [w for w in split_words(item.mention.text) if w not in modifiers and not w.isdigit()]
    pointed = item.definite or item.determiner not in ("", "a", "an")
    if item.noun in pointing and len(content) < 2:
        return True
    if item.kind in ("Organization", "Person") and not item.plural and item.determiner:
        return True  # "the Irish company", "a spokesman": one of many
    return len(content) < 2 and (
        pointed or item.determiner != "" or len(content) < len(split_words(item.mention.text))
    )


def referents(
    article: str, mentions: Sequence[Mention], found: Sequence[Chain], ontology: Ontology
) -> tuple[tuple[Referent, ...], dict[int, str]]:
    """The referents of an article, sorted by key, and for each mention index the key of its referent.

    Chains of nothing but pronouns make no referent: their mentions are missing from the map. Nor can claims be about "Chinese" before
    nouns; it is listed as a mention of China, so that all articles that speak of China are found. Keys are readable and unique in the
    article ("Alibaba", "deal", "deal-2"), numbered by place.
    """
    reader = NameReader(ontology)
    made: list[Referent] = []
    keys: dict[int, str] = {}
    taken: Counter[str] = Counter({"article": 1})  # kept for the article itself
    for chain in found:
        members = [mentions[i] for i in chain]
        names = [m.text for m in members if m.form is Form.NAME]
        phrases = [m.text for m in members if m.form is Form.NOMINAL]
        if chain.adjective or not (names or chain.phrase):
            continue
        types = _ranked(chain.votes, ontology)
        person = bool(types) and kind_of(types[0][0], ontology) == "Person"
        former = {m.text for m, rung in zip(members, chain.rungs, strict=True) if rung == FORMER_NAME}
        present = [n for n in names if n not in former] or names
        name = best_name(reader.read(n, person) for n in present).label if names else chain.phrase
        key = _key(slug(name), taken)
        keys.update(dict.fromkeys(chain, key))
        rungs: dict[Span, str] = {}  # two mentions may have one span: a place is listed once
        for member, rung in zip(members, chain.rungs, strict=True):
            rungs[member.span] = rungs.get(member.span) or rung
        made.append(
            Referent(
                article=article,
                key=key,
                name=name,
                form=(Form.NAME if names else Form.NOMINAL).value,
                types=types,
                aliases=tuple(sorted(set(names) - {name})),
                mentions=tuple(rungs),
                descriptions=tuple(sorted(set(phrases) - {name})),
                rungs=tuple(rungs.values()),
                local=chain.local,
            )
        )
    for chain in found:
        nation = _nation(mentions[chain.indexes[0]].text, ontology) if chain.adjective else None
        if nation is not None:
            spans = tuple(dict.fromkeys(mentions[i].span for i in chain))
            key = _key(slug(nation[0]), taken)
            made.append(
                Referent(
                    article, key, nation[0], Form.NAME.value, ((nation[1], len(spans)),), mentions=spans,
                    rungs=("nationality",) * len(spans),
                )
            )  # fmt: skip
    return tuple(sorted(made, key=lambda r: r.key)), keys


def _nation(adjective: str, ontology: Ontology) -> tuple[str, str] | None:
    """The country or continent a nationality is of, and its class: ("China", "Country") of "Chinese"."""
    for word_class, type_name in (("demonym", "Country"), ("continent_demonym", "Continent")):
        nation = ontology.words.get(word_class, {}).get(fold(adjective))
        if nation and type_name in ontology.types:
            return nation, type_name
    return None


def _ranked(votes: Sequence[tuple[str, int]], ontology: Ontology) -> tuple[tuple[str, int], ...]:
    """Votes with the elected class first (see `kg.resolve.link.vote`), then by count."""
    elected = vote([votes], ontology) if votes else ""
    return tuple(sorted(votes, key=lambda pair: (pair[0] != elected, -pair[1], pair[0])))


def _means_something(item: Seen, reader: NameReader) -> bool:
    """A noun phrase, not a lone "any" or "both"."""
    return item.mention.form is Form.NOMINAL and any(
        w not in reader.determiners for w in split_words(item.mention.text)
    )


def _fullest(phrases: Sequence[str], reader: NameReader) -> str:
    """The phrase to show for an unnamed thing: without words like "new" and "major", of most words, the most frequent."""
    counts = Counter(phrases)

    def rank(phrase: str) -> tuple[int, int, int, str]:
        vague = sum(word in reader.modifiers for word in split_words(phrase))
        return (vague, -len(phrase.split()), -counts[phrase], phrase)

    return min(counts, key=rank, default="")


def _lowered(item: Seen, sight: Sight, reader: NameReader) -> str:
    """A phrase without the capital that only its place in the sentence gave it: "Export restrictions" -> "export restrictions"."""
    text, first = item.mention.text, sight.tokens(item.mention)[0]
    word = text.split()[0]
    common = word[:1].isupper() and word[1:].islower() and fold(word) not in reader.nations
    return text[0].lower() + text[1:] if common and first.is_sent_start and first.pos_ != "PROPN" else text


def _key(stem: str, taken: Counter[str]) -> str:
    taken[stem] += 1
    key = stem if taken[stem] == 1 else f"{stem}-{taken[stem]}"
    while taken[key] and key != stem:
        taken[stem] += 1
        key = f"{stem}-{taken[stem]}"
    taken[key] += key != stem
    return key
