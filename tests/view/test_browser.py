"""The page at work in Chromium with the network blocked (see `visit`): what a reader can do, done."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kg.graph import Graph
from kg.view.page import to_html
from tests.view import synthetic
from tests.view.conftest import Open

pytestmark = pytest.mark.browser


def click(page: Page, *names: str, double: bool = False) -> None:
    """Click the middle of these nodes: one name is the node, two are the line between them."""
    spots: list[dict[str, float]] = [page.evaluate("name => kgview.place(name)", name) for name in names]
    x, y = (sum(spot[axis] for spot in spots) / len(spots) for axis in "xy")
    (page.mouse.dblclick if double else page.mouse.click)(x, y)


def lines(page: Page) -> set[tuple[str, str, bool]]:
    found: list[dict[str, Any]] = page.evaluate("kgview.lines()")
    return {(line["from"], line["to"], line["dashed"]) for line in found}


def shown(page: Page) -> set[str]:
    return set(page.evaluate("kgview.shown()"))


def reopened(page: Page) -> Page:
    """The page's address opened afresh."""
    page.goto("about:blank")
    page.go_back()
    page.wait_for_function("window.kgview !== undefined")
    return page


def test_search_finds_aliases_and_jumps(small: Graph, visit: Open) -> None:
    page = visit(small)
    page.keyboard.press("/")
    page.keyboard.type("velloce semi")
    expect(page.locator("#results li")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#right h2")).to_have_text("Velloce")
    place = page.evaluate("kgview.place('Velloce')")
    canvas = page.locator("#canvas").bounding_box()
    assert canvas is not None
    assert abs(place["x"] - canvas["x"] - canvas["width"] / 2) < 5, "the view has moved there"


def test_search_says_when_nothing_is_found(small: Graph, visit: Open) -> None:
    page = visit(small)
    page.fill("#search", "zzz")
    expect(page.locator("#results")).to_have_text("No entity of that name")


def test_click_on_a_node_lists_its_facts(small: Graph, visit: Open) -> None:
    page = visit(small)
    click(page, "Orrin_Group")
    card = page.locator("#right")
    expect(card.locator(".kicker")).to_have_text("Company")
    expect(card.locator(".aliases")).to_contain_text("Orrin")
    expect(card).to_contain_text("7 facts · 8 sentences · 2 articles")
    expect(card.locator("section", has_text="Denied")).to_contain_text("win back younger buyers")
    card.get_by_role("button", name="O1 glasses").click()
    expect(card.locator("h2")).to_have_text("O1 glasses")
    expect(card).to_contain_text("412 USD")
    expect(card.locator("h4", has_text="launched by")).to_be_visible()


def test_click_on_a_line_shows_its_sentences(small: Graph, visit: Open) -> None:
    page = visit(small)
    click(page, "Orrin_Group", "O1_glasses")
    item = page.locator("#right .evidence")
    expect(item.locator("blockquote")).to_have_text(
        "Orrin launched the O1 glasses last Thursday at a price of $412."
    )
    marked = {role: item.locator(f"mark.{role}").inner_text() for role in "sro"}
    assert marked == {"s": "Orrin", "r": "launched", "o": "O1 glasses"}
    expect(item.locator("cite")).to_have_text("Orrin steps into smart glasses")
    expect(item.locator("time")).to_have_text("16 Mar 2026")
    for detail in ("stated", "time 12 Mar 2026", "verbs.clause", "orrin-glasses 0–63", "90 %"):
        expect(item).to_contain_text(detail)


def test_parallel_edges_are_one_line_with_all_facts(small: Graph, visit: Open) -> None:
    page = visit(small)
    both = [
        line
        for line in page.evaluate("kgview.lines()")
        if {line["from"], line["to"]} == {"Orrin_Group", "Velloce"}
    ]
    assert [(line["facts"], line["dashed"]) for line in both] == [(2, False)]
    click(page, "Orrin_Group", "Velloce")
    statements = page.locator("#right > .card > .fact .statement").all_inner_texts()
    assert [re.sub(r"\s+", " ", text) for text in statements] == [
        "Orrin Group depends on Velloce",
        "Velloce partners with Orrin Group",
    ]
    expect(page.locator("#right section", has_text="Denied")).to_contain_text("according to Drexel")


def test_denied_and_hedged_lines_are_off_then_dashed(small: Graph, visit: Open) -> None:
    page = visit(small)
    assert not any(dashed for *_, dashed in lines(page))
    for mood in ("denied", "planned", "uncertain", "reported"):
        box = page.locator(f"#filter-mood li[data-key={mood}] input")
        assert not box.is_checked()
        box.check()
    dashed = {(a, b) for a, b, is_dashed in lines(page) if is_dashed}
    assert {frozenset(pair) for pair in dashed} >= {
        frozenset(("Velloce", "Nordvik_Robotics")),
        frozenset(("Velloce", "Halden_Motors")),
    }
    click(page, "Velloce")
    expect(page.locator("#right .chip.denied")).to_have_text("denied")
    page.locator("#filter-mood li[data-key=stated] input").uncheck()
    assert all(is_dashed for *_, is_dashed in lines(page))


def test_inferred_lines_are_off_then_dotted_and_show_their_premises(visit: Open, folder: Path) -> None:
    graph = Graph.of(synthetic.small(), synthetic.ontology())
    premise = next(graph.facts("Orrin_Group", "launches", "O1_glasses"))
    inferred = replace(premise, subject="Velloce", relation="depends_on", asserted=False)
    page_file = folder / f"{id(graph)}.html"
    page_file.write_text(
        to_html(graph, inferred=[(inferred, "uses ∘ ^develops → depends_on")]), encoding="utf-8"
    )
    page = visit(graph)
    pair = {"Velloce", "O1_glasses"}
    assert not any({a, b} == pair for a, b, _ in lines(page))
    page.locator("#filter-mood li[data-key=inferred] input").check()
    assert any({a, b} == pair and dashed for a, b, dashed in lines(page))
    click(page, "Velloce")
    section = page.locator("#right section", has_text="Inferred")
    expect(section.locator(".chip.inferred")).to_have_text("inferred")
    section.locator("button.sentences").click()
    expect(section).to_contain_text(
        "No article says so; it follows by uses ∘ ^develops → depends_on from this sentence:"
    )
    expect(section.locator("blockquote")).to_have_text(
        "Orrin launched the O1 glasses last Thursday at a price of $412."
    )


def test_filters(small: Graph, visit: Open) -> None:
    page = visit(small)
    everything = shown(page)
    for section, key, gone, kept in (
        ("class", "Place", {"Oslo", "Lisbon", "Southeast_Asia"}, {"Nordvik_Robotics"}),
        ("class", "=Money", {"O1_glasses → $412"}, {"O1_glasses → 12 Mar 2026"}),
        ("relation", "step_into", {"Lisbon"}, {"Oslo"}),
        ("article", "nordvik-round", {"Oslo", "Nordvik_Robotics", "Tamber_Capital"}, {"Velloce"}),
    ):
        assert gone | kept <= everything
        box = page.locator(f'#filter-{section} li[data-key="{key}"] input')
        box.uncheck()
        assert not gone & shown(page)
        assert kept <= shown(page)
        box.check()
        assert shown(page) == everything


def test_only_and_none(small: Graph, visit: Open) -> None:
    page = visit(small)
    everything = shown(page)
    page.locator("#filter-relation li[data-key=step_into]").hover()
    page.locator("#filter-relation li[data-key=step_into] .only").click()
    assert shown(page) == {"Nordvik_Robotics", "Lisbon"}
    assert "only.relation=step_into" in page.url
    page.locator("#filter-relation summary").hover()
    page.get_by_role("button", name="No relations").click()
    expect(page.locator("#empty")).to_be_visible()
    page.click("#reset")
    assert shown(page) == everything


def test_filters_by_confidence_date_and_name(small: Graph, visit: Open) -> None:
    page = visit(small)
    assert {"Orrin_Group", "V9_accelerator"} in [set(line[:2]) for line in lines(page)]
    page.locator("#confidence").fill("80")
    assert {"Orrin_Group", "V9_accelerator"} not in [set(line[:2]) for line in lines(page)]
    page.click("#reset")
    page.fill("#date-from", "2026-04-01")
    assert "O1_glasses" not in shown(page)
    assert "Digital_Goods_Act" in shown(page)
    page.click("#reset")
    assert "smart_glasses" in shown(page)
    page.check("#named")
    assert "smart_glasses" not in shown(page)


def test_legend_counts(small: Graph, visit: Open) -> None:
    page = visit(small)
    rows = page.locator("#filter-class li")
    counts = dict(row.inner_text().split("\n")[:2] for row in rows.all())
    assert (counts["Company"], counts["Place"], counts["Money"]) == ("4", "3", "2")
    expect(page.locator("#filter-mood li[data-key=stated] .count")).to_have_text("20")
    expect(page.locator("#totals")).to_have_text("16 entities · 24 facts · 3 articles")


def test_large_graph_draws_some_and_expands_on_double_click(large: Graph, visit: Open) -> None:
    page = visit(large, "#moods=stated,denied,reported&node=Brint_Systems_2")
    assert 1000 < len(shown(page)) <= 1500
    expand = page.locator(".actions button", has_text="Expand +")
    more = int(expand.inner_text().removeprefix("Expand +"))
    before = shown(page)
    click(page, "Brint_Systems_2", double=True)
    assert len(shown(page) - before) == more > 0
    new = sorted(shown(page) - before)[0]
    assert page.evaluate("name => Number.isFinite(kgview.place(name).x)", new)
    page.locator(".actions button", has_text="Collapse").click()
    assert shown(page) == before
    names = {entity.id: entity.label for entity in large.entities}
    missing = sorted(names.keys() - before)[0]
    page.fill("#search", names[missing])
    page.keyboard.press("Enter")
    expect(page.locator("#right h2")).to_have_text(names[missing])
    assert missing in shown(page), "search reaches what was not drawn"


def test_focus_and_hide(small: Graph, visit: Open) -> None:
    page = visit(small)
    click(page, "Orrin_Group")
    page.get_by_role("button", name="Focus").click()
    assert shown(page) == {"Orrin_Group", "Velloce", "O1_glasses", "V9_accelerator", "Southeast_Asia"}
    page.get_by_role("button", name="2 steps").click()
    assert {"Paul_Drexel", "smart_glasses"} <= shown(page)
    assert "Oslo" not in shown(page)
    page.get_by_role("button", name="Leave focus").click()
    page.get_by_role("button", name="Hide").click()
    assert "Orrin_Group" not in shown(page)
    page.get_by_role("button", name="Show again").click()
    assert "Orrin_Group" in shown(page)


def test_shortest_path(small: Graph, visit: Open) -> None:
    page = visit(small)
    page.click("#path-mode")
    expect(page.locator("#right")).to_contain_text("Pick the first entity")
    click(page, "Paul_Drexel")
    page.fill("#search", "smart glasses")
    page.keyboard.press("Enter")
    expect(page.locator("#right .kicker").first).to_have_text("Shortest path · 4 steps")
    text = " ".join(page.locator("#right .steps").inner_text().split())
    for step in (
        "Paul Drexel has role at Velloce",
        "Orrin Group launches O1 glasses",
        "O1 glasses is a smart glasses",
    ):
        assert step in text
    page.locator(".steps .sentences").first.click()
    expect(page.locator(".steps blockquote").first).to_be_visible()


def test_path_needs_the_filters_leave(small: Graph, visit: Open) -> None:
    """Nordvik and Velloce are connected by a denial and a plan only."""
    page = visit(small, "#path=Nordvik_Robotics&path=Velloce")
    expect(page.locator("#right h2")).to_have_text("No path")
    page.locator("#filter-mood li[data-key=denied] input").check()
    expect(page.locator("#right .kicker").first).to_have_text("Shortest path · 1 step")


def test_address_keeps_the_view(small: Graph, visit: Open) -> None:
    page = visit(small)
    page.locator("#filter-mood li[data-key=planned] input").check()
    page.locator("#filter-class li[data-key=Place] input").uncheck()
    click(page, "Velloce")
    page.get_by_role("button", name="Focus").click()
    page.keyboard.press("d")
    before = (shown(page), lines(page), page.url)
    assert "node=Velloce" in page.url
    page = reopened(page)
    assert (shown(page), lines(page), page.url) == before
    expect(page.locator("#right h2")).to_have_text("Velloce")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize(
    "hash", ["#node=nobody&%", "#moods=x&hops=9&focus=Velloce", "#only.class=&edge=a&from=<b>"]
)
def test_strange_address_is_no_error(small: Graph, visit: Open, hash: str) -> None:
    page = visit(small, hash)
    expect(page.locator("#totals")).to_contain_text("16 entities")


def test_dark_mode_follows_the_system_and_the_button(small: Graph, visit: Open) -> None:
    page = visit(small, dark=True)
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(18, 21, 26)"
    page.click("#theme")
    assert page.evaluate(ground) == "rgb(246, 247, 249)"


def test_png(small: Graph, visit: Open, tmp_path: Path) -> None:
    page = visit(small)
    with page.expect_download() as download:
        page.click("#png")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    content = path.read_bytes()
    assert path.name == "graph.png"
    assert content.startswith(b"\x89PNG")
    assert len(content) > 10_000


def test_keyboard_alone(small: Graph, visit: Open) -> None:
    page = visit(small)
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#right h2")).to_have_text("Velloce")
    page.keyboard.press("ArrowRight")
    second = page.locator("#right h2").inner_text()
    assert second != "Velloce"
    page.keyboard.press("f")
    assert len(shown(page)) < 16
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#right h2")).to_have_text("Overview")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    expect(page.locator("#table table")).to_be_visible()


def test_table_says_the_same(small: Graph, visit: Open) -> None:
    page = visit(small)
    page.click("#as-table")
    table = page.get_by_role("table", name=re.compile("Facts that pass the filters"))
    expect(table.locator("tbody tr")).to_have_count(20)
    first = table.locator("tbody tr").first
    expect(first).to_contain_text("Orrin Group")
    expect(first).to_contain_text("2 sentences")
    first.get_by_role("button", name="2 sentences").click()
    expect(page.locator("#right blockquote").first).to_contain_text("depends on")
    page.locator("#filter-mood li[data-key=denied] input").check()
    expect(table.locator("tbody tr")).to_have_count(21)
    table.get_by_role("button", name="Subject").click()
    subjects = table.locator("tbody th").all_inner_texts()
    assert subjects == sorted(subjects, key=str.lower)


def test_everything_has_a_name(small: Graph, visit: Open) -> None:
    """Every control can be named by a screen reader."""
    page = visit(small, "#node=Velloce")
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, input, select')].filter((e) =>"
        " !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length)).map((e) => e.outerHTML)"
    )
    assert nameless == []
    assert page.locator("#status").get_attribute("aria-live") == "polite"


def test_hostile_text_stays_text(hostile: Graph, visit: Open) -> None:
    """Names, quotes, titles and relations made of markup are shown as they are and run nothing."""
    page = visit(hostile, "#moods=stated,reported")
    assert len(lines(page)) == len(synthetic.HOSTILE) + 2
    for name in ("</script><script>window.hacked=2</script>", "javascript:window.hacked=4"):
        page.fill("#search", name)
        page.keyboard.press("Enter")
        expect(page.locator("#right h2")).to_have_text(name)
        for button in page.locator("#right .sentences").all():
            button.click()
    expect(page.locator("#right blockquote").first).to_contain_text("<b>today</b>")
    expect(page.locator("#right cite").first).to_have_text("</title><script>window.hacked=8</script>")
    click(page, *sorted(shown(page))[:1])
    page.click("#as-table")
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("document.querySelectorAll('script').length") == 3
    assert (
        page.evaluate("document.querySelectorAll('img, iframe, object, embed, #right svg, a[href]').length")
        == 0
    )
    assert page.evaluate("Object.prototype.label") is None


def test_policy_stops_what_escaping_would_miss(small: Graph, browser: Browser, tmp_path: Path) -> None:
    """Markup that got into the page all the same: its script, its handler, its picture and its style do nothing."""
    bad = (
        "<script>window.hacked=1</script><b onclick='window.hacked=2'>x</b><img src='https://example.com/x.png'>"
        "<style>body{display:none}</style><script src='https://example.com/x.js'></script>"
    )
    path = tmp_path / "bad.html"
    path.write_text(to_html(small).replace("<main>", f"{bad}<main>"), encoding="utf-8")
    page = browser.new_page(offline=True)
    failed: list[tuple[str, str | None]] = []
    page.on("requestfailed", lambda request: failed.append((request.url, request.failure)))
    page.goto(path.as_uri())
    page.wait_for_function("window.kgview !== undefined")
    page.evaluate("document.querySelector('[onclick]').click()")
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("getComputedStyle(document.body).display") == "grid"
    assert sorted(failed) == [("https://example.com/x.js", "csp"), ("https://example.com/x.png", "csp")]
    assert page.evaluate("try { document.body.innerHTML = '<i>'; false } catch { true }"), "Trusted Types"
    page.close()


def test_marks_count_characters_not_code_units(hostile: Graph, visit: Open) -> None:
    page = visit(hostile, "#moods=stated,reported")
    page.fill("#search", "__proto__")
    page.keyboard.press("Enter")
    page.locator("#right .sentences").first.click()
    assert "__proto__" in page.locator("#right mark.s, #right mark.o").all_inner_texts()


def test_empty_graph(visit: Open) -> None:
    page = visit(Graph((), synthetic.ontology()))
    expect(page.locator("#empty")).to_be_visible()
    page.click("#as-table")
    expect(page.locator("#table")).to_contain_text("0 facts")


def test_narrow_window(small: Graph, visit: Open) -> None:
    page = visit(small, width=800)
    click(page, "Velloce")
    expect(page.locator("#right h2")).to_be_visible()
