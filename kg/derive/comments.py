"""A relation's comment -> further cues: other names it quotes, and the verb of its relative clause ("the firm that made it")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.derive.lexicon import Lexicon
from kg.ontology import Cue

_QUOTED = re.compile(r"[\"“]([^\"”“\n]{2,40})[\"”]")
_RELATIVE = re.compile(
    r"\b(?P<noun>[\w-]+),? (?:that|who|which) (?:(?:has|have|had|also) )?(?P<verb>[a-z]+)(?: (?P<next>[a-z]+))?"
)
_WHERE = re.compile(r"\b(?:where|in which) (?:the |a |an )?[\w-]+ (?P<be>was|were|is|are) (?P<verb>[a-z]+)\b")


def quoted_names(comment: str) -> list[str]:
    """What a comment quotes, to be read as further labels: Also "maker", "produced by"."""
    return [found.strip() for found in _QUOTED.findall(comment)]


def comment_cues(
    comment: str, domain: Sequence[str], range_: Sequence[str], lexicon: Lexicon
) -> frozenset[Cue]:
    """Cues from a comment's relative clauses, for verbs kg knows.

    "The organisation that made the product": the noun before "that" is the object where its word names the range, the subject
    where it names the domain; with neither nothing is derived. `domain` and `range_` are words for those classes.

    >>> [(c.lemma, c.subject, c.object) for c in comment_cues("Organisation that built the ship.", ["ship"], ["organisation"], lexicon)]
    [('build', 'obj', 'subj')]
    """
    cues: set[Cue] = set()
    for match in _RELATIVE.finditer(comment.lower()):
        verbs = lexicon.participle(match["verb"]) or (lexicon.third_person(match["verb"]) or match["verb"],)
        ahead = _side(match["noun"], domain, range_)
        for verb in verbs if ahead else ():
            if lexicon.is_verb(verb):
                strict = lexicon.has("broad_verb", verb)
                sides = ("obj", "subj") if ahead == "range" else ("subj", "obj")
                cues.add(Cue("verb", verb, *sides, strict=strict, source=f"comment: {match[0]}"))
    for match in _WHERE.finditer(comment.lower()):
        for verb in lexicon.participle(match["verb"]):
            if lexicon.is_verb(verb):
                strict = lexicon.has("broad_verb", verb)
                cues |= {
                    Cue("verb", verb, "obj", slot, strict=strict, source=f"comment: {match[0]}")
                    for slot in ("in", "at")
                }
    return frozenset(cues)


def _side(noun: str, domain: Sequence[str], range_: Sequence[str]) -> str:
    """Whose word the noun is, where it is the word of one side only."""
    ahead, behind = noun in domain, noun in range_
    return "" if ahead == behind else "domain" if ahead else "range"
