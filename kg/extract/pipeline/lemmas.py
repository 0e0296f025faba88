"""Lemmas as classes: an edit script turns a form into its lemma ("studies" -> cut 3, add "y").

A script is one letter for the case (``l`` lower, ``k`` keep, ``t`` title), the number of letters to cut at the end and
the ending to add: ``l3+y``. Where form and lemma share nothing, the script holds the lemma itself: ``=be``. This is the
suffix part of the edit trees of Chrupała (2008), which is all that English needs.
"""

from __future__ import annotations

_CASES = ("l", "k", "t")
KEEP = "k0+"
_LONGEST_CUT = 6


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


def apply_script(form: str, script: str) -> str:
    """Return the lemma; a script that cuts more letters than there are leaves the form as it is."""
    if script.startswith("="):
        return script[1:]
    head, _, ending = script.partition("+")
    base, cut = _cased(form, head[0]), int(head[1:])
    if cut >= len(base) and cut:
        return form
    return (base[: len(base) - cut] if cut else base) + ending
