"""One HTML file that needs nothing else: the graph, the code that draws it, the sentences behind it.

What keeps hostile article text harmless, each enough alone: all data sits in one `application/json` island in which `<`, `>` and `&`
are escaped; the page's code sets text by `textContent` only (Trusted Types forbid the rest); a Content Security Policy (CSP level
3) allows exactly the page's own scripts and style, by hash, and no request to anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from kg.errors import OutputError
from kg.view.data import view

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Fact

SCRIPTS = (
    "model",
    "state",
    "canvas",
    "lit",
    "labels",
    "evidence",
    "inspector",
    "filters",
    "search",
    "table",
    "main",
)


def to_html(
    graph: Graph, title: str = "Knowledge graph", *, inferred: Iterable[tuple[Fact, str]] = ()
) -> str:
    """The page as text, to be written as UTF-8; the same graph gives the same characters.

    `inferred` are facts that no article states, each with the axiom it follows by, drawn dotted and off until ticked.

    Raises OutputError when the pyvis wheel, which brings vis-network, lacks it. Example::

        Path("graph.html").write_text(kg.to_html(graph), encoding="utf-8")
    """
    library, style = _vis_network(), _asset("page.css")
    code = "\n".join(_asset(f"{name}.js") for name in SCRIPTS)
    code = f"(() => {{\n'use strict';\n{code}\n}})();\n"
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(library)} {_hash(code)}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(_asset("page.html.j2"))
    return template.render(
        title=title,
        policy=policy,
        style=Markup(style),
        library=Markup(library),
        code=Markup(code),
        data=Markup(island(view(graph, inferred=inferred) | {"title": title})),
    )


def island(data: object) -> str:
    """JSON that is safe inside a script element and still JSON: `<`, `>`, `&` and lone surrogates become escapes.

    >>> island("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return re.sub("[<>&\u2028\u2029\ud800-\udfff]", lambda found: f"\\u{ord(found.group()):04x}", text)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    return _inline((resources.files("kg.view") / "assets" / name).read_text(encoding="utf-8"), name)


@cache
def _vis_network() -> str:
    """vis-network as the installed pyvis wheel brings it (found without importing pyvis, which would import IPython)."""
    spec = importlib.util.find_spec("pyvis")
    folders = [Path(folder) for folder in (spec.submodule_search_locations or ())] if spec else []
    found = sorted(path for folder in folders for path in folder.glob("lib/vis-9.1*/vis-network.min.js"))
    if not found:
        raise OutputError(
            "the installed pyvis package lacks vis-network 9.1; kg needs pyvis 0.3.2 or a later 0.3: pip install 'pyvis>=0.3.2,<0.4'"
        )
    return _inline(found[-1].read_text(encoding="utf-8"), found[-1].name)


def _inline(text: str, name: str) -> str:
    """Text as the HTML parser will see it (newlines are normalised before the hash is taken), refused if it would end its element."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not name.endswith(".j2") and re.search(r"</(script|style)|<!--", text, re.IGNORECASE):
        raise OutputError(
            f"{name} cannot be written into a page: it contains the end of a script or style element"
        )
    return text
