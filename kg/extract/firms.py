"""Names of firms, made whole: what bears a legal form is an organisation, and the form belongs to its name."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Span

NO_FIRMS = frozenset({"PLACE", "NORP"})  # "California AG Ann Lee"


def complete_firms(doc: Doc, legal_forms: Collection[str]) -> None:
    """Lengthen the names of `doc` by the legal form right behind them, and label what ends in one an organisation.

    `legal_forms` are the words of the ontology's class `legal_form`, lower case, without dots. They count where they
    begin with a capital, or are written "plc".

    >>> complete_firms(doc, {"ab"})    # "Norr Rederi AB fell.", read as the person "Norr Rederi"
    >>> [(name.text, name.label_) for name in doc.ents]
    [('Norr Rederi AB', 'ORG')]
    """
    names = []
    for name in doc.ents:
        end, label = name.end, name.label_
        follows = end < len(doc) and doc[end - 1].whitespace_ == " " and not doc[end].ent_type_
        if label not in NO_FIRMS and follows and _is_form(doc[end].text, legal_forms):
            end += 1
        if end - name.start > 1 and _is_form(doc[end - 1].text, legal_forms):
            label = "ORG"
        names.append(Span(doc, name.start, end, label=label))
    doc.set_ents(names)


def _is_form(word: str, legal_forms: Collection[str]) -> bool:
    written = word[:1].isupper() or word == "plc"
    return written and word.lower().replace(".", "").replace("/", "") in legal_forms
