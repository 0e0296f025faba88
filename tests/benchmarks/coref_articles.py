"""Whom pronouns and descriptions mean in news: kg's referents against marks on the whole articles written for kg.

    python -m tests.benchmarks.coref_articles [--part test] [--errors N]

The marks are those of `kg/extract/pipeline/corpora/whole.py`; `--part test` takes only articles that trained nothing. Printed
are, of the mentions kg takes for something named, the share that is the right one (precision), and of those with a name the
share that kg finds (recall). The marks are one reader's; groups ("both firms") are left out.
"""

from __future__ import annotations

import argparse
from collections import Counter

from kg import load_ontology, load_pipeline
from kg.extract.coref.gold import part_of
from kg.extract.pipeline.corpora.whole import NOTHING, TOGETHER, Mark, read_marks
from kg.extract.read import read_article
from kg.model import Article, Form, Reading

PRONOUNS = frozenset(
    "it its itself he his him himself she her hers herself they their theirs them themselves".split()
)

WITHIN = frozenset({"of", "in", "at", "for", "on", "behind"})  # what comes after is not the head of a phrase


def judge(reading: Reading, mark: Mark, text: str) -> str:
    """ "right", "wrong" or "" where kg takes the mention for nothing named.

    kg's mention is the one nearest to the mark of those whose head is the mark's: "the company" inside "the company's president, Ann Lee"
    is not judged by whom the president is, nor "the Danish brewer" by "Danish", nor "the head of Japan" by "Japan".
    """
    first, end = mark.place
    owner = text[end : end + 2] in ("'s", "’s")
    found = [
        (abs(span.start - first) + abs(span.end - end), number)
        for number, referent in enumerate(reading.referents)
        for span in referent.mentions
        if (span.end == end and not WITHIN & set(text[first : span.start].split()))
        or (span.start == first and span.end > end and not owner)
    ]
    referent = reading.referents[min(found)[1]] if found else None
    if referent is None or referent.form != Form.NAME:
        return ""
    names = {referent.name, *referent.aliases}
    return "right" if mark.name in names or _short(mark.name, names) else "wrong"


def _short(name: str, names: set[str]) -> bool:
    """Whether the names hold a part of it: "Mr Lee" for "Ann Lee", "Norda" for "Norda Group"."""
    words = name.split()
    return any(set(other.split()) <= set(words) or set(words) <= set(other.split()) for other in names)


def main() -> None:
    """Read the marked articles and print the shares."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=("all", "test"), default="all")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    ontology, nlp = load_ontology(), load_pipeline()
    counts: Counter[tuple[str, str]] = Counter()
    errors: list[str] = []
    for article, marks in read_marks():
        if options.part == "test" and part_of(article.name) != "test":
            continue
        reading = read_article(Article(article.name, article.text), ontology, nlp)
        for mark in marks:
            if TOGETHER in mark.name:
                continue
            found = judge(reading, mark, article.text)
            kind = "pronouns" if mark.words.lower() in PRONOUNS else "descriptions"
            for key in (kind, "all"):
                counts[key, found] += 1
                counts[key, "named"] += mark.name != NOTHING
            if found == "wrong" or (not found and mark.name != NOTHING):
                first, end = mark.place
                around = " ".join(article.text[max(0, first - 60) : end + 40].split())
                errors.append(f"{found or 'missed'}\t{article.name}\t{mark.words}\t{mark.name}\t{around}")
    for kind in ("pronouns", "descriptions", "all"):
        right, wrong = counts[kind, "right"], counts[kind, "wrong"]
        print(
            f"{kind:14} precision {right / max(1, right + wrong):.3f} ({right + wrong})  "
            f"recall {right / max(1, counts[kind, 'named']):.3f} ({counts[kind, 'named']})"
        )
    print("\n".join(errors[: options.errors]))


if __name__ == "__main__":
    main()
