"""`identity.yaml`: above a marker line what the user decides, below it what kg merged and what it proposes.

kg reads the upper part and never changes it, save that `kg merge` and `kg split` add entries; the lower part is written anew by
every build. Names are always text here: YAML would read No, 1.5 or 2025 as something else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from kg.errors import IdentityError
from kg.formats import reason, show
from kg.identity.reasons import Merge, Reasons
from kg.resolve.decisions import Decisions

if TYPE_CHECKING:
    from kg.graph import Graph

NAME = "identity.yaml"
MARKER = "# ---- Written by kg. Each build writes anew what follows; decide above this line. ----"
TEMPLATE = """\
# Who is who. Your decisions: every build of this folder obeys them and leaves these lines as they are.
#
# same:                             # one thing; also:  kg merge "Meta" "Facebook"
#   - [Meta, Facebook]
# different:                        # never one thing, whatever else speaks for it; also:  kg split "Ford"
#   - [Ford, Ford Foundation]
# rename:
#   Alibaba: Alibaba Group
# type:
#   S1: Product
#
# A name means everything called so; an id of `kg entities` means that entity; `Cook @ 05` what article 05 calls so.
"""
KEYS = ("same", "different", "rename", "type")
MOST = 5000  # merges listed; the rest is counted
_LINE = re.compile(rf"(?m)^{re.escape(MARKER)}$")


def read_decisions(path: Path) -> Decisions:
    """The decisions in a file. Raises IdentityError, naming file and line, where one is not understood.

    >>> read_decisions(Path("outputs/identity.yaml")).same
    (('Facebook', 'Meta'),)
    """
    return parse(own_part(path), show(path))


def own_part(path: Path) -> str:
    """The user's part of a file, as it stands. Raises IdentityError where it cannot be read."""
    try:
        return _LINE.split(path.read_text(encoding="utf-8-sig"))[0]
    except UnicodeDecodeError as error:
        raise IdentityError(f"{show(path)}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise IdentityError(f"{show(path)}: {reason(error)}") from None


def parse(text: str, where: str = NAME) -> Decisions:
    """Decisions from YAML. Only its plain parts count: lists, mappings and text."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "nested too deep"
        raise IdentityError(f"{where}{line}: not YAML ({problem}); quote names with : or #") from None
    found: dict[str, list[tuple[str, ...]]] = {key: [] for key in KEYS}
    seen: set[str] = set()
    for key, node in _pairs(root, where, "the file"):
        if key not in KEYS or key in seen:
            what = "stands twice" if key in seen else "is not known here"
            raise _bad(where, node, f"{key!r} {what}; allowed are {', '.join(KEYS)}, each once")
        seen.add(key)
        read = _groups if key in ("same", "different") else _mapping
        found[key] = list(read(node, where, key))
    pairs = {key: tuple((a, b) for a, b in found[key]) for key in ("rename", "type")}
    return Decisions.of(tuple(found["same"]), tuple(found["different"]), pairs["rename"], pairs["type"])


def _groups(node: yaml.Node, where: str, key: str) -> Iterator[tuple[str, ...]]:
    """`- [Meta, Facebook]`: lists of two names or more."""
    wanted = f"{key} wants lists of two names or more, such as  - [Meta, Facebook]"
    if _empty(node):
        return
    if not isinstance(node, yaml.SequenceNode):
        raise _bad(where, node, wanted)
    for group in node.value:
        if not isinstance(group, yaml.SequenceNode) or not all(map(_is_text, group.value)):
            raise _bad(where, group, wanted)
        names = tuple(name.value.strip() for name in group.value)
        if len(set(names)) < 2:
            raise _bad(where, group, wanted)
        yield names


def _mapping(node: yaml.Node, where: str, key: str) -> Iterator[tuple[str, ...]]:
    """`Alibaba: Alibaba Group`: a name and what is laid down for it."""
    if _empty(node):
        return
    seen = set()
    for name, value in _pairs(node, where, key):
        if not _is_text(value):
            raise _bad(where, value, f"{key} wants a name and a text, such as  Alibaba: Alibaba Group")
        if name in seen:
            raise _bad(where, value, f"{name!r} stands twice under {key}; keep one")
        seen.add(name)
        yield name, value.value.strip()


def _pairs(node: yaml.Node | None, where: str, what: str) -> Iterator[tuple[str, yaml.Node]]:
    if node is None or _empty(node):
        return
    if not isinstance(node, yaml.MappingNode):
        raise _bad(where, node, f"{what} is to hold `key: value` lines")
    for key, value in node.value:
        if not _is_text(key):
            raise _bad(where, key, "a name is to stand before the colon")
        yield key.value.strip(), value


def _empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value in ("", "~", "null")


def _is_text(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and bool(node.value.strip())


def _bad(where: str, node: yaml.Node, problem: str) -> IdentityError:
    return IdentityError(f"{where}, line {node.start_mark.line + 1}: {problem}")


# Writing.


def to_text(graph: Graph, own: str | None = None) -> str:
    """The whole file: the user's part as given (else the graph's decisions), then what kg merged and what it proposes."""
    own = _decisions_text(graph.identity.decisions) if own is None else own
    gap = "" if own.endswith("\n") or not own else "\n"
    return f"{own}{gap}{MARKER}\n{_lists(graph)}"


def _decisions_text(decisions: Decisions) -> str:
    """Decisions that came from Python, as the user's part of a new file."""
    text = TEMPLATE
    for key in ("same", "different"):
        groups = getattr(decisions, key)
        lines = (f"  - [{', '.join(map(quoted, group))}]\n" for group in groups)
        text += f"{key}:\n{''.join(lines)}" if groups else ""
    for key in ("rename", "type"):
        pairs = getattr(decisions, key)
        text += (
            f"{key}:\n{''.join(f'  {quoted(a)}: {quoted(b)}{chr(10)}' for a, b in pairs)}" if pairs else ""
        )
    return text + "\n"


def _lists(graph: Graph) -> str:
    reasons = Reasons(graph)
    made = [merge for entity in graph.entities for merge in reasons.made(entity)]
    text = "".join(_section("merged", made, lambda m: {"into": m.entity, "name": m.name, "with": m.other}))
    proposed = list(reasons.proposed())
    return text + "".join(_section("proposed", proposed, lambda m: {"same": [m.other, m.name]}))


def _section(title: str, merges: list[Merge], head: Callable[[Merge], dict[str, object]]) -> Iterator[str]:
    yield f"{title}:{'' if merges else ' []'}  # {len(merges)}\n"
    for merge in merges[:MOST]:
        shown = {**head(merge), "rung": merge.rung, "score": merge.score, "articles": merge.articles}
        shown |= {"article": merge.article, "evidence": merge.evidence}
        lines = [f"{key}: {quoted(value)}" for key, value in shown.items() if value != ""]
        yield "  - " + "\n    ".join(lines) + "\n"


def quoted(value: object) -> str:
    """A value as YAML in one line: plain where that is safe, else in double quotes, nothing unprintable in it."""
    if isinstance(value, list):
        return f"[{', '.join(map(quoted, value))}]"
    if isinstance(value, str):
        if re.fullmatch(r"[A-Z][\w&.' -]*[\w.]", value) and value.lower() not in (
            "no",
            "yes",
            "on",
            "off",
            "null",
            "true",
            "false",
        ):
            return value
        text = json.dumps(value, ensure_ascii=False)
        return re.sub(
            r"[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", text
        )
    return json.dumps(value)


def with_entry(own: str, key: str, group: tuple[str, ...]) -> str:
    """The user's part with one more group under `same` or `different`; every other line as it was.

    Raises IdentityError where the part is written in a way that leaves no place for a line (`same: [[A, B]]`).
    """
    entry = f"  - [{', '.join(map(quoted, group))}]\n"
    before = parse(own)
    if tuple(sorted(set(group))) in getattr(before, key):
        return own
    lines = own.splitlines(keepends=True)
    at = next(
        (i for i, line in enumerate(lines) if re.match(rf"{key}\s*:\s*(#.*|\[\]\s*|~\s*)?$", line)), None
    )
    if at is None:
        gap = "" if own.endswith("\n") or not own else "\n"
        text = f"{own}{gap}{key}:\n{entry}"
    else:
        indent = re.match(r"(\s*)- ", lines[at + 1]) if at + 1 < len(lines) else None
        entry = entry.replace("  - ", f"{indent[1]}- ", 1) if indent else entry
        lines[at] = re.sub(r":\s*(\[\]|~)\s*$", ":", lines[at]).rstrip("\n") + "\n"
        text = "".join([*lines[: at + 1], entry, *lines[at + 1 :]])
    wanted = before | (Decisions.of(same=(group,)) if key == "same" else Decisions.of(different=(group,)))
    try:
        added = parse(text) == wanted
    except IdentityError:
        added = False
    if not added:
        raise IdentityError(
            f"{key}: is written so that no line can be added to it; write it as lines  - [A, B]"
        )
    return text
