"""Names, made whole or taken back before anything is read: legal forms, model numbers, occupations that only open a sentence."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Span

NO_FIRMS = frozenset({"PLACE", "NORP"})  # "California AG Ann Lee"


def complete_names(doc: Doc, legal_forms: Collection[str], nouns: Collection[str]) -> None:
    """Mend the names of `doc` where its letters say more than the pipeline saw.

    - A legal form right behind a name belongs to it, and what ends in one is an organisation. `legal_forms` are the words of
      the ontology's class `legal_form`, lower case, without dots; they count where they begin with a capital, or are "plc".
    - So does a number joined by a hyphen: "Halcyon-7B".
    - A single word before a name that is one of `nouns` (what kinds of things are called) has its capital from its place only:
      "Watchmaker Oris" is the name Oris.

    >>> complete_names(doc, {"ab"}, {"watchmaker"})    # "Norr Rederi AB fell.", read as the person "Norr Rederi"
    >>> [(name.text, name.label_) for name in doc.ents]
    [('Norr Rederi AB', 'ORG')]
    """
    names: list[Span] = []
    for name in doc.ents:
        if _only_opens(name, nouns):
            continue
        start, end, label = name.start, name.end, name.label_
        follows = end < len(doc) and doc[end - 1].whitespace_ == " " and not doc[end].ent_type_
        if label not in NO_FIRMS and follows and _is_form(doc[end].text, legal_forms):
            end += 1
        elif label not in NO_FIRMS and _is_form_after_brackets(doc, end, legal_forms):
            end += 4
        end = _after_number(doc, end)
        if end - start > 1 and _is_form(doc[end - 1].text, legal_forms):
            label = "ORG"
        if not names or names[-1].end <= start:
            names.append(Span(doc, start, end, label=label))
    doc.set_ents(names)


def _is_form(word: str, legal_forms: Collection[str]) -> bool:
    written = word[:1].isupper() or word == "plc"
    return written and word.lower().replace(".", "").replace("/", "") in legal_forms


def _is_form_after_brackets(doc: Doc, end: int, legal_forms: Collection[str]) -> bool:
    """ "Northern Markets (Cayman) Ltd"."""
    if end + 3 >= len(doc) or doc[end].text != "(" or doc[end + 2].text != ")":
        return False
    return _is_form(doc[end + 3].text, legal_forms)


def _after_number(doc: Doc, end: int) -> int:
    """The end of a name and the model number that a hyphen joins to it."""
    if end + 1 >= len(doc) or doc[end].text != "-" or doc[end - 1].whitespace_ or doc[end].whitespace_:
        return end
    model = doc[end + 1].text
    return end + 2 if model[0].isdigit() and doc[end - 1].is_alpha else end


def _only_opens(name: Span, nouns: Collection[str]) -> bool:
    """A common noun with the capital of a sentence's first word, before the name it goes with."""
    word = name[0]
    first = word.i == 0 or bool(word.is_sent_start) or word.doc[word.i - 1].is_space
    following = word.doc[word.i + 1] if word.i + 1 < len(word.doc) else None
    if len(name) > 1 or not first or following is None or not following.ent_type_ or following.text == "'s":
        return False
    return word.lower_ in nouns and word.head.i > word.i
