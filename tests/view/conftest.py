"""The viewer's graphs and pages, and a browser that can reach nothing but the page's own file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from kg.graph import Graph
from kg.view.page import to_html
from tests.view import synthetic

ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)

expect.set_options(timeout=20_000)  # a machine busy with something else is no failure

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def small() -> Graph:
    return Graph.of(synthetic.small(), synthetic.ontology())


@pytest.fixture(scope="session")
def hostile() -> Graph:
    return Graph.of(synthetic.hostile(), synthetic.ontology())


@pytest.fixture(scope="session")
def large() -> Graph:
    return Graph.of(synthetic.large(), synthetic.ontology())


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = (os.environ.get("KG_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if not found:
        pytest.fail("these tests need Chromium: apt-get install chromium, or set KG_CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*ARGS])
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, folder: Path) -> Iterator[Open]:
    """Opens a graph's page. Afterwards: nothing but the file itself was asked for, and the page raised no complaint."""
    asked: list[str] = []
    opened: set[str] = set()
    complaints: list[str] = []
    contexts = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            route.abort()

    def open_page(graph: Graph, hash: str = "", *, dark: bool = False, width: int = 1440) -> Page:
        path = folder / f"{id(graph)}.html"
        if not path.exists():
            path.write_text(to_html(graph), encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            accept_downloads=True,
            offline=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.route("**/*", answer)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        opened.add(path.as_uri())
        page.goto(path.as_uri() + hash)
        page.wait_for_function("window.kgview !== undefined")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert {url.split("#")[0] for url in asked} <= opened, "the page asked for something"
    assert complaints == []
