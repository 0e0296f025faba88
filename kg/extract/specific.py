"""Whether a phrase singles anything out: "Nissan's workforce" and "the deal" do, "companies", "gamers" and "a website" do not.

A graph is about things that can be told apart. What is said of things that could be anybody's is true of nothing in it, so it
is refused with that reason. The distinction is that of generic and bare plurals against anchored and definite phrases (Carlson 1977;
Prince 1981, given and new).
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.fits import Keep
from kg.interpret import Statement
from kg.model import Form, Mention, Referent
from kg.ontology import Ontology
from kg.resolve.names import split_words

Words = Mapping[str, Mapping[str, str]]


def is_bare(phrase: str, words: Words) -> bool:
    """Whether a phrase is but one noun, whatever general words stand before it: "companies", "other companies", "first version".

    >>> is_bare("other companies", ontology.words), is_bare("chip companies", ontology.words)
    (True, False)
    """
    general = words.get("generic_modifier", {}).keys() | words.get("determiner", {}).keys()
    return sum(w not in general and not w.isdigit() for w in split_words(phrase)) < 2


def could_be_anybody(mention: Mention, referent: Referent, text: str, words: Words) -> bool:
    """Whether a bare phrase points nowhere: not with "the" or "this", and nothing else in the article means the same."""
    if referent.form != Form.NOMINAL or not is_bare(referent.name, words):
        return False
    before = split_words(text[mention.phrase.start : mention.span.start])
    return len(referent.mentions) < 2 and not any(w in words.get("definite", {}) for w in before)


def says_nothing(
    statement: Statement, subject: Referent, obj: Referent | None, text: str, ontology: Ontology
) -> bool:
    """Whether a statement relates nothing that can be told apart: "companies seek scale", "family-owned firms" owned by a family.

    An open relation, which only its words explain, asks more of its arguments than one the ontology knows; and what kind of
    thing an unnamed thing is says its phrase already.
    """
    if subject.form != Form.NOMINAL:
        return False
    words, within = ontology.words, statement.object.span
    people = any(ontology.is_a(statement.subject.type, kind) for kind in ("Person", "PersonGroup"))
    counted = statement.subject.value is not None and not people
    if not counted and could_be_anybody(statement.subject, subject, text, words):
        return True  # but "eleven estates" are told apart, as "350 people" are not
    if statement.open:
        return is_bare(subject.name, words) or (
            obj is not None and obj.form == Form.NOMINAL and is_bare(obj.name, words)
        )
    relation = ontology.relations.get(statement.relation)
    classes = [
        ontology.types[name] for name in (relation.range if relation else ()) if name in ontology.types
    ]
    own = statement.subject.span
    named = statement.keep is Keep.VALUE or statement.object.form is Form.NAME
    repeats = own.start <= within.start < within.end <= own.end and not named
    return (
        any(kind.common for kind in classes) or repeats
    )  # but "the $36 billion deal" has its value, "the plant in Ulm" its place
