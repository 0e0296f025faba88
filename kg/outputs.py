"""The only writer of result files. Every file is made in memory and written aside first, then the whole set is swapped in."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.build import Result
from kg.check import check
from kg.check import report as checks
from kg.errors import GraphError, OutputError
from kg.formats import reason, show
from kg.identity.file import NAME, own_part, to_text
from kg.records import to_jsonl

if TYPE_CHECKING:
    from kg.graph import Graph


IDENTITY = NAME  # "identity.yaml"
PREVIOUS = "previous.nq"  # the graph of the build before, for `kg diff`
BASE = "https://kg.example/"  # as in kg.rdf; .example is reserved, so these IRIs promise no web site


def save(
    result: Result | Graph,
    folder: str | Path = "outputs",
    *,
    base: str = BASE,
    inference: bool = True,
    identity: str | Path | None = None,
) -> dict[str, Path]:
    """Write the files of a build (or of any graph) into a folder, made if missing; returns their paths by name.

    `graph.nq` (everything, sorted N-Quads: what `load` reads), `graph.ttl` (plain facts, to read), `facts.jsonl` (a line for
    each claim), `graph.html` (to look at, offline), `identity.yaml` (merges made and proposed; the user's part of it stays as it is) and
    `report.json` (counts, refusals, problems, timings). All but the timings depend on the articles, the ontology, the pipeline
    and what was laid down about identity alone. IRIs of entities and articles begin with `base`;
    `inference=False` leaves what follows from the facts out of `graph.nq`; `identity` names another file
    for what goes to `identity.yaml`. The `graph.nq` of an earlier build becomes `previous.nq`. Other files are left alone.

    Raises OutputError where the folder cannot be written; the files of an earlier build are then as they were. Raises
    IdentityError where the identity file there cannot be read.
    """
    folder = Path(folder)
    decided = Path(identity) if identity is not None else folder / IDENTITY
    result = result if isinstance(result, Result) else Result(result)
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*[/#:]", base):
        raise OutputError(f"base {base!r} is not an IRI that ends in / or # or :, such as {BASE}")
    texts = {name: make(result) for name, make in _exporters(base, inference).items()}
    texts[IDENTITY] = to_text(result.graph, own_part(decided) if decided.is_file() else None)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".kg-", dir=folder) as aside:
            for name, text in texts.items():
                Path(aside, name).write_text(text, encoding="utf-8", newline="\n")
            names = list(texts)
            if (folder / "graph.nq").is_file():
                shutil.copyfile(folder / "graph.nq", Path(aside, PREVIOUS))
                names.append(PREVIOUS)
            if decided != folder / IDENTITY:
                names.remove(IDENTITY)
                replace_text(decided, texts[IDENTITY])
            _swap(Path(aside), folder, names)
    except OSError as error:
        where = show(Path(error.filename or folder))
        raise OutputError(
            f"{where}: cannot be written ({(error.strerror or str(error)).lower()}); choose another folder with --out"
        ) from None
    return {name: folder / name for name in texts} | {IDENTITY: decided}


def replace_text(path: Path, text: str) -> None:
    """Write a file aside and put it in the place of the old one: never half a file. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix=".kg-", dir=path.parent) as aside:
        Path(aside, path.name).write_text(text, encoding="utf-8", newline="\n")
        os.replace(Path(aside, path.name), path)


def load(path: str | Path = "outputs") -> Graph:
    """The graph saved in a folder (its `graph.nq`) or in one `.nq` file; equal to the graph that was saved.

    Raises GraphError where there is none or where it is damaged.
    """
    from kg.rdf.decode import decode

    file = _graph_file(Path(path))
    try:
        return decode(file.read_text(encoding="utf-8"))
    except GraphError as error:
        raise GraphError(f"{show(file)}: {error}") from None
    except UnicodeDecodeError:
        raise GraphError(f"{show(file)}: not UTF-8, so no graph that kg wrote; build it again") from None
    except OSError as error:
        raise GraphError(f"{show(file)}: {reason(error)}") from None


def _graph_file(given: Path) -> Path:
    """The N-Quads file meant by a results folder or by a file. Raises GraphError where there is none."""
    file = given / "graph.nq" if given.is_dir() else given
    if not file.is_file():
        raise GraphError(f"{show(file)}: no graph here; run kg build first, or name its folder with --out")
    return file


def report(result: Result) -> dict[str, object]:
    """What a build found, refused and could not read, in numbers: the to-do list for better rules."""
    graph = result.graph
    claims = list(graph.claims())
    rejections = [rejection for reading in graph.readings for rejection in reading.rejections]
    return {
        "articles": len(graph.readings),
        "characters": sum(reading.length for reading in graph.readings),
        "entities": len(graph.entities),
        "entities_by_type": _counts(entity.type or "unknown" for entity in graph.entities),
        "facts": sum(fact.asserted for fact in graph.facts_all),
        "facts_denied_hedged_or_reported": sum(not fact.asserted for fact in graph.facts_all),
        "claims": len(claims),
        "claims_by_relation": _counts(claim.relation for claim in claims if not claim.open),
        "claims_with_open_relations": _counts(claim.relation for claim in claims if claim.open),
        "claims_by_rule": _counts(claim.rule for claim in claims),
        "claims_by_polarity": _counts(claim.polarity.value for claim in claims),
        "claims_by_modality": _counts(claim.modality.value for claim in claims),
        "claims_attributed": sum(bool(claim.attribution) for claim in claims),
        "identity": _identity(graph),
        "refused": len(rejections),
        "refused_by_reason": _counts(rejection.reason.value for rejection in rejections),
        "refused_by_rule_and_cue": dict(
            list(_counts(f"{rejection.rule}: {rejection.cue}" for rejection in rejections).items())[:50]
        ),
        "checks": checks(check(graph)),
        "problems": [str(problem) for problem in result.problems],
        "seconds": {stage: round(seconds, 3) for stage, seconds in result.timings.items()},
    }


def _identity(graph: Graph) -> dict[str, object]:
    """What came of decisions and of the user's list, and what is left for a person to decide."""
    linking = graph.linking
    doubts: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for doubt in linking.ambiguities:
        doubts.setdefault((doubt.name, doubt.ids), set()).add(doubt.article)
    listed = {entry.id for entry in graph.identity.catalogue.entries}
    return {
        "merges_by_rung": _counts(join.rung for join in linking.joins if join.made),
        "proposed_by_rung": _counts(join.rung for join in linking.joins if not join.made),
        "entities_of_your_list": sum(entity.id in listed for entity in graph.entities),
        "ambiguous_in_your_list": [
            {"name": name, "may_be": list(ids), "articles": sorted(articles)}
            for (name, ids), articles in sorted(doubts.items())
        ],
        "decisions_without_effect": list(linking.problems),
    }


def _exporters(base: str, inference: bool) -> dict[str, Callable[[Result], str]]:
    """File name -> the pure function that makes its text. A new output file is a line here."""
    from kg.rdf.codec import to_nquads, to_turtle
    from kg.rdf.sides import inferred_facts
    from kg.view.page import to_html

    return {
        "graph.nq": lambda result: to_nquads(result.graph, base=base, inference=inference),
        "graph.ttl": lambda result: to_turtle(result.graph, base=base),
        "facts.jsonl": lambda result: to_jsonl(result.graph),
        "graph.html": lambda result: to_html(
            result.graph, inferred=inferred_facts(result.graph) if inference else ()
        ),
        "report.json": lambda result: json.dumps(report(result), indent=2, ensure_ascii=False) + "\n",
    }


def _swap(aside: Path, folder: Path, names: Iterable[str]) -> None:
    """Move each new file into place, keeping the old one until all have moved; on a failure the old ones come back."""
    old = aside / "old"
    old.mkdir()
    moved: list[str] = []
    try:
        for name in names:
            if (folder / name).exists():
                shutil.copy2(folder / name, old / name)
            os.replace(aside / name, folder / name)
            moved.append(name)
    except BaseException:  # also when the user stops it just then
        for name in moved:
            if (old / name).exists():
                os.replace(old / name, folder / name)
            else:
                (folder / name).unlink()
        raise


def _counts(names: Iterable[str]) -> dict[str, int]:
    """How often each name occurs, the most frequent first."""
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))
