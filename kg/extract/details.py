"""The qualifiers of claims: what is said around them, what their names leave out, and where a post is held that is told as a kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract.overlaps import touch
from kg.interpret import Statement
from kg.model import Claim, Frame, Mention, Ref, Referent, Value
from kg.ontology import Ontology


def around(frame: Frame, statement: Statement, text: str) -> tuple[tuple[str, str | Value], ...]:
    """The qualifiers of a statement, with what its object's name leaves out: `scope`, of an infinitive `purpose`."""
    found = {
        name: _plain(value)
        for name, value in statement.qualifiers
        if name not in ("place", "topic") or not _tells_object(statement, value)
    }
    rest = statement.object.rest
    told = [m.span for _, m in statement.qualifiers if isinstance(m, Mention)]
    if rest is not None and not any(
        touch(rest, span) for span in (frame.predicate, statement.subject.span, *told)
    ):
        words = " ".join(rest.of(text).split())
        found.setdefault("purpose" if words.startswith("to ") else "scope", words.removeprefix("to "))
    return tuple(sorted(found.items()))


def _tells_object(statement: Statement, value: Mention | str) -> bool:
    """Whether a qualifier is but the object, or part of it."""
    said = statement.object.span
    return isinstance(value, Mention) and said.start <= value.span.start < value.span.end <= said.end


def placed(claims: Sequence[Claim], referents: Mapping[str, Referent], ontology: Ontology) -> list[Claim]:
    """The claims, those of a kind that is but a post told with its `scope`: where another claim of the sentence says it is held.

    >>> placed([is_a_director, has_role_at_acme], referents, ontology)[0].qualifiers
    (('scope', 'Acme'),)
    """
    held = [c for c in claims if isinstance(c.object, Ref) and dict(c.qualifiers).get("role")]
    found: list[Claim] = []
    for claim in claims:
        post = next((c for c in held if ontology.classifies(claim.relation) and _is_post_of(claim, c)), None)
        if post is not None and isinstance(post.object, Ref):
            around = {"scope": referents[post.object.key].name, **dict(claim.qualifiers)}
            claim = replace(claim, qualifiers=tuple(sorted(around.items())))
        found.append(claim)
    return found


def _is_post_of(kind: Claim, claim: Claim) -> bool:
    """Whether a kind is the post, or its last words, that a claim says the same person has somewhere."""
    if (claim.subject, claim.sentence) != (kind.subject, kind.sentence) or not isinstance(kind.object, str):
        return False
    posts = [str(value).lower() for name, value in claim.qualifiers if name == "role"]
    return any(f" {post}".endswith(f" {kind.object.lower()}") for post in posts)


def _plain(value: Mention | str) -> str | Value:
    if isinstance(value, str):
        return value
    return value.value if value.value is not None else value.text
