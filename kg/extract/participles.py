"""Words misread: "falling rates lift sales" speaks of rates that fall; what "did not found" a firm has found nothing; "forecasts of $2bn"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from spacy.tokens import Doc, Token

CLAUSES = {"csubj": "nsubj", "csubj:pass": "nsubj:pass"}


def mend_participles(doc: Doc, intransitive: Collection[str]) -> None:
    """Make the noun behind an opening participle the subject, where the verb takes no object (*intransitive*, lemmas).

    >>> mend_participles(doc, {"surge"})    # "Surging demand lifted profit.", read as if somebody surged demand
    >>> [(token.text, token.dep_) for token in doc[:2]]
    [('Surging', 'amod'), ('demand', 'nsubj')]
    """
    for token in doc:
        if token.dep_ in CLAUSES and token.tag_ == "VBG" and token.lemma_.lower() in intransitive:
            noun = _bare_object(token)
            if noun is not None:
                verb, label = token.head, CLAUSES[token.dep_]
                for other in [child for child in token.children if child != noun]:
                    other.head = noun
                noun.head, noun.dep_ = verb, label
                token.head, token.dep_ = noun, "amod"


def mend_amounts(doc: Doc) -> None:
    """Hang "of" and an amount on the noun right before them, where the parser took them for the verb's: "beat forecasts of $2bn".

    >>> mend_amounts(doc)
    >>> [(token.text, token.head.text) for token in doc if token.text == "$"]
    [('$', 'forecasts')]
    """
    for token in doc:
        if (
            token.pos_ not in ("SYM", "NUM", "NOUN")
            or token.dep_ not in ("obl", "obj")
            or token.head.pos_ != "VERB"
        ):
            continue
        of = token.left_edge
        noun = doc[of.i - 1] if of.lower_ == "of" and of.head == token and of.i else None
        numeric = token.pos_ != "NOUN" or any(c.dep_ == "nummod" for c in token.children)
        if (
            noun is not None
            and numeric
            and noun.pos_ == "NOUN"
            and noun.head == token.head
            and noun.dep_ == "obj"
        ):
            token.head, token.dep_ = noun, "nmod"


def _bare_object(verb: Token) -> Token | None:
    """The verb's only object, right behind it and without an article."""
    objects = [child for child in verb.children if child.dep_ == "obj" and child.i > verb.i]
    if len(objects) != 1 or objects[0].left_edge.i != verb.i + 1:
        return None
    return None if any(child.dep_ in ("det", "nmod:poss") for child in objects[0].children) else objects[0]


def mend_headlines(doc: Doc, words: Mapping[str, Mapping[str, str]]) -> None:
    """Make a past tense that lacks the object it cannot do without a passive, as headlines leave out "was".

    >>> mend_headlines(doc, ontology.words)  # "Norcliffe Power ordered to refund customers"
    >>> [token.dep_ for token in doc if token.text == "Power"]
    ['nsubj:pass']
    """
    helped, fined = words.get("object_taker", {}), words.get("fining_verb", {})
    for token in doc:
        if token.tag_ not in ("VBD", "VBN") or token.lemma_.lower() not in (*helped, *fined):
            continue
        labels = {child.dep_ for child in token.children}
        if not labels.isdisjoint({"aux", "aux:pass", "iobj", "expl", "obl:agent"}):
            continue
        objects = [child for child in token.children if child.dep_ == "obj"]
        told = (
            token.lemma_.lower() in helped and not objects and any(_is_infinitive(c) for c in token.children)
        )
        amounts = bool(objects) and all(child.pos_ in ("SYM", "NUM") for child in objects)
        if told or (token.lemma_.lower() in fined and amounts):
            for subject in [child for child in token.children if child.dep_ == "nsubj"]:
                subject.dep_ = "nsubj:pass"
                token.tag_ = "VBN"


def _is_infinitive(token: Token) -> bool:
    return token.dep_ == "xcomp" and any(c.dep_ == "mark" and c.lower_ == "to" for c in token.children)


def mend_lemmas(doc: Doc, is_verb: Callable[[str], bool]) -> None:
    """Undo the ending of a past tense taken for its own lemma, where that makes a verb the ontology knows: "rebranded"."""
    for token in doc:
        if (
            token.tag_ in ("VBD", "VBN")
            and token.lower_.endswith("ed")
            and token.lemma_.lower() == token.lower_
        ):
            stem = token.lower_[:-2]
            found = next((verb for verb in (stem, f"{stem}e", stem[:-1]) if is_verb(verb)), None)
            token.lemma_ = found or token.lemma_


def mend_possessors(doc: Doc) -> None:
    """Make a noun before another that nothing marks as its owner a part of a compound: "parent" of "the parent company".

    >>> mend_possessors(doc)                # "Kestrel, the parent company of Velox, fell.", read as a parent's company
    >>> [token.dep_ for token in doc if token.text == "parent"]
    ['compound']
    """
    for token in doc:
        owns = token.dep_ == "nmod:poss" and token.pos_ == "NOUN"
        if owns and token.i < token.head.i and not any(c.dep_ == "case" for c in token.children):
            token.dep_ = "compound"


def mend_bases(doc: Doc) -> None:
    """Make a verb behind "do" or a modal a bare form, which is its own lemma.

    >>> mend_bases(doc)                     # "Ray Kroc did not found McDonald's.", read as if he had found it
    >>> [(token.tag_, token.lemma_) for token in doc if token.text == "found"]
    [('VB', 'found')]
    """
    for token in doc:
        if token.tag_ not in ("VBN", "VBD") or token.lemma_ == token.lower_ or token.lower_.endswith("ed"):
            continue
        helpers = [c for c in token.children if c.dep_ in ("aux", "aux:pass") and c.i < token.i]
        if helpers and all(c.tag_ == "MD" or c.lemma_ == "do" for c in helpers):
            token.tag_, token.lemma_ = "VB", token.lower_
