"""The whole line from articles to a graph: deterministic, order-free, and never stopped by one article."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from tests.conftest import SAMPLES, Run

pytestmark = pytest.mark.model


def files(result: kg.Result, folder: Path) -> dict[str, bytes]:
    """The files of a build that must not depend on time."""
    return {
        name: path.read_bytes() for name, path in kg.save(result, folder).items() if name != "report.json"
    }


def test_every_quote_stands_where_it_says(samples: kg.Result) -> None:
    texts = {article.id: article.text for article in kg.read(SAMPLES)}
    claims = list(samples.graph.claims())
    assert len(claims) > 100
    for claim in claims:
        text = texts[claim.article]
        assert claim.sentence.of(text) == claim.quote
        for span in (claim.subject_span, claim.cue_span, claim.object_span):
            assert span is None or 0 <= span.start < span.end <= len(text)


def test_the_samples_load_as_they_were_saved(samples: kg.Result, outputs: Path) -> None:
    assert kg.load(outputs) == samples.graph


def test_companies_of_several_articles_are_one_node(samples: kg.Result) -> None:
    graph = samples.graph
    assert graph.entity("NVIDIA") == graph.entity("Nvidia")
    assert graph.entity("Alibaba Group Holding") == graph.entity("Alibaba")
    articles = {article for article, _ in graph.entity("Nvidia").referents}
    assert {
        "alibaba-s1-glasses",
        "nvidia-offshore-training",
        "hartwell-series-c",
        "solvane-battery-park",
    } <= articles


def test_denied_and_agreed_deals_are_no_plain_facts_of_their_articles(samples: kg.Result) -> None:
    graph = samples.graph
    assert not list(graph.facts("Kestrel Semiconductor", "acquires", "Hartwell Robotics"))
    for claim in graph.why("Kestrel Semiconductor", "acquires", "Lumora Optics"):
        assert claim.modality != "asserted" or claim.article != "lumora-kestrel-offer"


def test_order_and_workers_make_no_difference(samples: kg.Result, tmp_path: Path) -> None:
    backwards = kg.build(list(kg.read(SAMPLES))[::-1])
    apart = kg.build(kg.read(SAMPLES), workers=2)
    assert backwards.graph == apart.graph == samples.graph
    wanted = files(samples, tmp_path / "a")
    assert files(backwards, tmp_path / "b") == wanted
    assert files(apart, tmp_path / "c") == wanted


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "20251127"])
def test_hash_seeds_make_no_difference(
    seed: str, samples: kg.Result, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", seed)
    assert run("build", SAMPLES, "--out", tmp_path / "again").returncode == 0
    for name, content in files(samples, tmp_path / "here").items():
        assert (tmp_path / "again" / name).read_bytes() == content, name


def test_merging_parts_gives_the_whole(samples: kg.Result, tmp_path: Path) -> None:
    articles = list(kg.read(SAMPLES))
    one, other = kg.build(articles[:4]).graph, kg.build(articles[3:]).graph
    assert kg.merge(one, other) == kg.merge(other, one) == samples.graph
    assert files(kg.Result(kg.merge(other, one)), tmp_path / "a") == files(samples, tmp_path / "b")


def test_an_article_that_breaks_the_reading_is_left_out() -> None:
    nlp = kg.load_pipeline()

    class Breaking:
        """The shipped pipeline, but it fails on one article: a fault of kg, which must not stop the others."""

        def __call__(self, text: str) -> object:
            if "poison" in text:
                raise RuntimeError("boom\nand more")
            return nlp(text)

        def __getattr__(self, name: str) -> object:
            return getattr(nlp, name)

    articles = [kg.Article("a", "Mars bought Kellanova."), kg.Article("b", "poison", source="b.txt")]
    result = kg.build(articles, pipeline=Breaking())  # type: ignore[arg-type]
    assert result.graph.articles == ("a",)
    (problem,) = result.problems
    assert str(problem).startswith("b.txt: reading it failed (RuntimeError: boom)")


def test_a_worker_that_dies_takes_no_article_with_it(samples: kg.Result) -> None:
    killed: list[int] = []

    def kill_one(done: int, total: int) -> None:
        if not killed:
            worker = multiprocessing.active_children()[0]
            killed.append(worker.pid or 0)
            worker.kill()

    result = kg.build(kg.read(SAMPLES), workers=2, progress=kill_one)
    assert killed
    assert result.graph == samples.graph
    assert result.problems == ()


def test_progress_counts_every_article() -> None:
    seen: list[tuple[int, int]] = []
    articles = [kg.Article("a", "Mars bought Kellanova."), kg.Article("b", "Only a headline")]
    kg.build(articles, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


def test_no_articles_make_an_empty_graph() -> None:
    graph = kg.build([]).graph
    assert (graph.entities, graph.facts_all) == ((), ())


def test_wrong_arguments_are_told() -> None:
    with pytest.raises(ValueError, match="workers is 0"):
        kg.build([], workers=0)
    articles = [kg.Article("a", "One."), kg.Article("b", "Two.")]
    with pytest.raises(ValueError, match="by its name"):
        kg.build(articles, pipeline=kg.load_pipeline(), workers=2)
    with pytest.raises(kg.GraphError, match="two different texts"):
        kg.build([kg.Article("a", "One."), kg.Article("a", "Two.")])


def hostile() -> Iterator[tuple[str, str]]:
    yield "headline", "Mars buys Kellanova"
    yield "one word", "Mars"
    yield "no letters", "$$$ 1,234 % -- … 5"
    yield "one long word", "x" * 20_000
    yield "one long sentence", "Mars bought " + ", ".join(f"Brand{n}" for n in range(500)) + "."
    yield "no sentence ends", "Mars bought Kellanova and " * 200
    yield "brackets", "(" * 800 + "Mars" + ")" * 800
    yield "markup", '<script>alert(1)</script> Mars bought </script><b>Kellanova</b> & "Co". \' OR 1=1 --'
    yield "controls", "Mars\x07 bought\x1b[31m Kel\x00lanova\x7f.\u2028Next\u2029 line\u0085."
    yield "emoji and marks", "👩‍👩‍👧‍👦 Mars bought Ke\u0301llanova 🇩🇪. \u202eRight to left\u202c \ufeffmark."
    yield "other scripts", "Alibaba (阿里巴巴, Алибаба, علي بابا) showed its new glasses in Hangzhou (杭州)."
    yield "newlines", "\n\n\nMars\nbought\n\nKellanova\n" * 50


@pytest.mark.parametrize(
    ("name", "text"), list(hostile()), ids=lambda value: value if len(value) < 20 else ""
)
def test_hostile_texts_are_read_and_every_output_can_be_made(name: str, text: str, tmp_path: Path) -> None:
    result = kg.build([kg.Article(name, text)])
    assert not result.problems
    for claim in result.graph.claims():
        assert claim.sentence.of(text) == claim.quote
    kg.save(result, tmp_path)
    assert kg.load(tmp_path) == result.graph
    for line in (tmp_path / "facts.jsonl").read_text(encoding="utf-8").split("\n")[:-1]:
        json.loads(line)


def test_a_worker_can_still_choose_the_threads_of_numpy() -> None:
    """`kg.build._start` limits them to one, which has an effect only before numpy is loaded."""
    code = "import sys, kg.build; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
