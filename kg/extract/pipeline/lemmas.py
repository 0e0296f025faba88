"""Lemmas as classes: an edit script turns a form into its lemma ("studies" -> cut 3, add "y").

A script is one letter for the case (``l`` lower, ``k`` keep, ``t`` title), the number of letters to cut at the end and
the ending to add: ``l3+y``. Where form and lemma share nothing, the script holds the lemma itself: ``=be``. This is the
suffix part of the edit trees of Chrupała (2008), which is all that English needs.

Words of the training data bring their lemma along: a table from (form, Penn tag) to lemma decides before the network.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

_CASES = ("l", "k", "t")
KEEP = "k0+"
_LONGEST_CUT = 6
#: The network names its best scripts, so that one leading to a known word may win over one that does not.
LEMMA_CHOICES = 3


def _cased(form: str, case: str) -> str:
    if case == "l":
        return form.lower()
    return form if case == "k" else form[:1].upper() + form[1:].lower()


def derive_script(form: str, lemma: str) -> str:
    """Return the shortest script that turns *form* into *lemma*: ``derive_script("Was", "be") == "=be"``."""
    best: tuple[int, str] | None = None
    for case in _CASES:
        base = _cased(form, case)
        shared = 0
        while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
            shared += 1
        cut = len(base) - shared
        if (shared == 0 and base != lemma) or cut > _LONGEST_CUT:
            continue
        cost = cut + len(lemma) - shared
        if best is None or cost < best[0]:
            best = cost, f"{case}{cut}+{lemma[shared:]}"
    return best[1] if best is not None else f"={lemma}"


#: Penn tags of forms that are their own lemma, case apart.
_UNINFLECTED = frozenset({"VB", "VBP", "NN", "JJ", "RB", "UH", "IN", "FW", "NNP"})


def choose_lemma(form: str, tag: str, scripts: Sequence[str], known: frozenset[str]) -> str:
    """Lemma of a form with a Penn *tag*: the form itself where the tag stands for one, else by *scripts* (best first):
    the first that leads to a known word, or the best. Uninflected forms take no more than their case from a script.

    >>> choose_lemma("launches", "VBZ", ["l1+", "l2+"], frozenset({"launch"}))
    'launch'
    >>> choose_lemma("solace", "NN", ["l3+"], frozenset())
    'solace'
    """
    best = apply_script(form, scripts[0])
    if tag in _UNINFLECTED and not scripts[0].startswith("="):
        whole = tag == "NNP" and not form.isupper() and not form.islower()
        return form if whole else _cased(form, scripts[0][0])
    if tag == "CD" and "," in form:
        return form.replace(",", "")
    if tag in {"NNS", "NNPS"} and form.endswith("ies") and best.lower() not in known and len(form) > 4:
        return (form if tag == "NNPS" else form.lower())[:-3] + "y"
    if tag == "NNPS" and scripts[0].startswith("l"):
        return apply_script(form, "k" + scripts[0][1:])
    if tag == "NNS" and form.isupper():
        return form.lower()  # "EPS" is no plural
    if best in known or not form.isalpha():
        return best
    others = [apply_script(form, script) for script in scripts[1:]]
    return next((lemma for lemma in (*others, *_regular(form.lower(), tag)) if lemma in known), best)


def _regular(form: str, tag: str) -> list[str]:
    """What a form may come from by the rules of spelling alone: "hinges" -> "hinge", "shut" -> "shut"."""
    if tag in {"VBZ", "NNS"}:
        return [form[:-1], form[:-2]]
    if tag in {"VBD", "VBN"}:
        return [form, form[:-1], form[:-2], form[:-3]]
    return [form[:-3] + "e", form[:-3], form[:-4]] if tag == "VBG" else []


def apply_script(form: str, script: str) -> str:
    """Return the lemma; a script that cuts more letters than there are leaves the form as it is."""
    if script.startswith("="):
        return script[1:]
    head, _, ending = script.partition("+")
    base, cut = _cased(form, head[0]), int(head[1:])
    if cut >= len(base) and cut:
        return form
    return (base[: len(base) - cut] if cut else base) + ending


#: (form, Penn tag) -> lemma
Lexicon = Mapping[tuple[str, str], str]
_DOMINANT = 0.9


def build_lexicon(readings: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """Collect (form, tag, lemma) triples; a pair whose lemma varies is left to the network, as are most names."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for form, tag, lemma in readings:
        if lemma != "_" and not {"\t", "\n"} & {*form, *lemma}:
            counts.setdefault((form, tag), Counter())[lemma] += 1
    lexicon: dict[tuple[str, str], str] = {}
    for pair, found in sorted(counts.items()):
        lemma, count = min(found.items(), key=lambda item: (-item[1], item[0]))
        plain_name = pair[1] == "NNP" and lemma == pair[0] and count < 3
        if count >= _DOMINANT * found.total() and not plain_name:
            lexicon[pair] = lemma
    return lexicon


def write_lexicon(lexicon: Lexicon, path: Path) -> None:
    lines = [f"{form}\t{tag}\t{lemma}\n" for (form, tag), lemma in sorted(lexicon.items())]
    path.write_text("".join(lines), encoding="utf-8")


def read_lexicon(path: Path) -> dict[tuple[str, str], str]:
    lexicon = {}
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        form, tag, lemma = line.split("\t")
        lexicon[form, tag] = lemma
    return lexicon
