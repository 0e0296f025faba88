"""The reference page of an ontology: every class and relation in words, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.ontology import Cue, EntityType, Ontology, Relation

FRAMES = {
    "verb": "verbs",
    "noun": "nouns of action",
    "role": "nouns said of the subject",
    "adjective": "adjectives",
    "possessive": "possessives",
    "measure": "figures",
    "metadata": "lines of the article",
}
MAX_NOUNS = 40  # head nouns listed of a class; the rest are counted


def to_markdown(ontology: Ontology) -> str:
    """Classes, then relations in alphabetical order, each with what may stand on either side, its cue words and examples.

    >>> "## launches" in to_markdown(load_ontology())
    True
    """
    parts = [_HEAD.format(types=len(ontology.types), relations=len(ontology.relations))]
    parts.append("\n".join(f"- [{name}](#{name})" for name in sorted(ontology.relations)) + "\n")
    parts.append("# Classes\n")
    parts.append(_classes(ontology))
    parts.append("# Relations\n")
    parts += [_relation(ontology.relations[name]) for name in sorted(ontology.relations)]
    return "\n".join(parts)


_HEAD = """# The ontology

This page is generated from `ontology/*.ttl` by `python -m tests.ontology.reference`; edit those files, not this one.

{types} classes and {relations} relations. `→` separates who may be the subject from who may be the object; "anything" takes every
entity or phrase. After a cue word, the places where subject and object stand are given where they are not the usual ones:
`subj`, `obj` of a verb; a preposition; `self`, the noun itself; `holder` and `value` of a figure.
"""


def _classes(ontology: Ontology) -> str:
    rows = ["| class | kind of | what it is | head nouns |", "|---|---|---|---|"]
    for kind in sorted(ontology.types.values(), key=lambda kind: kind.name):
        rows.append(f"| {kind.name} | {', '.join(kind.parents)} | {_cell(kind.comment)} | {_nouns(kind)} |")
    return "\n".join(rows) + "\n"


def _nouns(kind: EntityType) -> str:
    if kind.literal or kind.phrase:
        return "(a value)" if kind.literal else "(kept as worded)"
    nouns = sorted(kind.nouns)
    more = f", and {len(nouns) - MAX_NOUNS} more" if len(nouns) > MAX_NOUNS else ""
    return _cell(", ".join(nouns[:MAX_NOUNS]) + more)


def _relation(relation: Relation) -> str:
    lines = [f"## {relation.name}\n", f"{relation.comment}\n"]
    lines.append(f"- {_side(relation.domain)} → {_side(relation.range)}")
    lines += [f"- {line}" for line in _nature(relation)]
    for frame, title in FRAMES.items():
        cues = [cue for cue in relation.cues if cue.frame == frame]
        if cues:
            lines.append(f"- {title}: {'; '.join(_cues(cues))}")
    lines += [
        f"- says it: *{_cell(example.text)}*{_pair(example.subject, example.object)}"
        for example in relation.examples
    ]
    lines += [f"- does not: *{_cell(text)}*" for text in relation.counterexamples]
    return "\n".join(lines) + "\n"


def _nature(relation: Relation) -> Iterator[str]:
    if relation.symmetric:
        yield "holds both ways"
    elif relation.inverse:
        yield f"inverse: {relation.inverse}"
    if relation.transitive:
        yield "carries over (transitive)"
    if relation.functional:
        yield "one value at most"
    for chain in relation.chains:
        yield f"follows from: {' ∘ '.join(chain)}"
    if relation.parents:
        yield f"a case of: {', '.join(relation.parents)}"


def _side(classes: tuple[str, ...]) -> str:
    named = [name for name in classes if name != "Any"]
    return ", ".join(named + ["anything else"] * (len(named) < len(classes))) if named else "anything"


def _cues(cues: Iterable[Cue]) -> Iterator[str]:
    """Cue words grouped by where subject and object stand: "buy, take over (subj, obj)"."""
    groups: dict[str, list[str]] = {}
    for cue in cues:
        slots = ", ".join(word for word in (cue.subject, cue.object, cue.modality, cue.polarity) if word)
        groups.setdefault(slots, []).append(cue.lemma)
    for slots, words in groups.items():
        yield f"{_cell(', '.join(words))} ({slots})"


def _pair(subject: str, object_: str) -> str:
    return f" – {_cell(subject)} → {_cell(object_)}" if subject else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*")
