"""spaCy's English tokenizer with the few rules by which Universal Dependencies cuts words differently."""

from __future__ import annotations

import re
from collections.abc import Callable

import spacy
from spacy.attrs import ORTH
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

# The English treebanks keep these prefixes with their stem, and split other hyphened words ("London - based").
_HYPHEN_PREFIXES = (
    "non|co|pre|re|anti|semi|pro|cross|pan|mini|multi|ex|mid|inter|intra|un|ultra|sub|bi|tri|neo|post|e"
)
_WHOLE = re.compile(  # flags inside, and an end: a tokenizer that is saved keeps the pattern's text and uses its `match`
    rf"(?i:(?:{_HYPHEN_PREFIXES})-[a-z]+"
    r"|(?:pro|anti|non|pan|mid)-[A-Z]\w+"
    r"|\+?\d{1,4}(?:-\d{2,4}){2,3}|\d{3}-\d{4}"  # telephone numbers
    r"|#[A-Za-z]\w+"  # hashtags
    r"|([=_*~#<>!?-])\1+"  # rules, underlines, exclamations
    r"|[!?]{2,}"
    r"|(?:etc|al|Ft|Mlle|Mt|div|Capt|Thurs|Tues|Ph|Sr|approx|ca|ext)\.)\Z"
)
#: What spaCy takes for one word, a face or an abbreviation; in running text a bracket and a colon are two marks, and "a loss of $2m."
#: ends with a full stop.
_SPLIT_MARKS = frozenset({"):", "(:", "g.", "l.", "m.", "t."})
_RUNS = [r"==+", r"__+", r"\*\*+", r"~~+", r"<<+", r">>+", r"[!?][!?]+", r"\$\$+"]
_PREFIXES = [r"--?(?=[A-Za-z])"]
_SUFFIXES = [r"(?<=\d)(?:am|pm|AM|PM)"]
_INFIXES = [r"(?<=[A-Z]\.)-(?=[a-z])", r"(?<=\d)–(?=\d)", r"(?<=[a-z])\?(?=[a-z])", r"(?<=[A-Za-z])-(?=\d)"]
#: Spoken forms that the treebanks cut in two, beside those that spaCy knows.
_SPOKEN = {"wanna": 3, "kinda": 4, "lotta": 3, "outta": 3}


def build_tokenizer(vocab: Vocab) -> Tokenizer:
    """Return the tokenizer of kg's pipeline: lossless, ``"".join(t.text_with_ws for t in doc) == text``."""
    return adapt_tokenizer(English(vocab=vocab))


def adapt_tokenizer(nlp: Language) -> Tokenizer:
    """Give spaCy's English tokenizer of *nlp* the rules of the treebanks and return it."""
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, Tokenizer)
    defaults = English.Defaults
    tokenizer.prefix_search = compile_prefix_regex([*_RUNS, *_PREFIXES, *(defaults.prefixes or ())]).search
    tokenizer.suffix_search = compile_suffix_regex([*_RUNS, *_SUFFIXES, *(defaults.suffixes or ())]).search
    tokenizer.infix_finditer = compile_infix_regex([*(defaults.infixes or ()), *_INFIXES]).finditer
    rules = {form: cut for form, cut in tokenizer.rules.items() if form not in _SPLIT_MARKS}
    for form, place in _SPOKEN.items():
        for written in (form, form.capitalize(), form.upper()):
            rules[written] = [{ORTH: written[:place]}, {ORTH: written[place:]}]
    tokenizer.rules = {**rules, "and/or": [{ORTH: "and"}, {ORTH: "/"}, {ORTH: "or"}]}
    tokenizer.token_match = _WHOLE.match
    return tokenizer


@spacy.registry.tokenizers("kg.tokenizer.v1")
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """Let a spaCy configuration name the tokenizer."""

    def create(nlp: Language) -> Tokenizer:
        return build_tokenizer(nlp.vocab)

    return create
