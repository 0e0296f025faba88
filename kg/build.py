"""Articles -> one graph: each article is read on its own, in this process or in several; the graph is made of the readings."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.articles import Articles
from kg.errors import ArticleError, KGError
from kg.limits import TimeUp, time_limit
from kg.model import Article, Reading

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.extract.opentriples import OpenTriple
    from kg.graph import Graph
    from kg.ontology import Ontology
    from kg.resolve.identity import Identity

ARTICLE_SECONDS = (
    300.0  # of processor time for one article; the longest kg takes, a million characters, needs some 200
)
LEAST_STATED = 0.2  # of a claim that is kept: of those below it four in five are wrong or say little
Progress = Callable[[int, int], None]  # called with the number of articles done and their total


@dataclass(frozen=True, slots=True)
class Result:
    """A graph, what could not be read, and how many seconds each stage took."""

    graph: Graph
    problems: tuple[ArticleError, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)


def build(
    articles: Iterable[Article],
    ontology: Ontology | str | Path | None = None,
    *,
    pipeline: Language | str | None = None,
    identity: Identity | None = None,
    workers: int = 1,
    article_seconds: float = ARTICLE_SECONDS,
    min_confidence: float = LEAST_STATED,
    progress: Progress | None = None,
) -> Result:
    """One graph from articles. Their order and the number of workers make no difference to it.

    `ontology` and `pipeline` are loaded values or what `load_ontology` and `load_pipeline` take; None is what kg ships.
    `identity` is what a person laid down about who is who (`read_identity`).
    With several `workers` each is a process of its own that loads the pipeline by name (in a script, call `build` below
    `if __name__ == "__main__":`). An article whose reading fails, takes more than `article_seconds` of
    processor time, or that is not English is reported in `Result.problems` and left out. Claims less likely than
    `min_confidence` (0 to 1) to be true and complete are refused.

    Raises OntologyError and PipelineError where those cannot be loaded.

        >>> result = build([Article("1", "Mars bought Kellanova for $36 billion.")])
        >>> [(fact.subject, fact.relation) for fact in result.graph.facts(relation="acquires")]
        [('Mars', 'acquires')]
    """
    from kg.extract.confidence import sure
    from kg.graph import Graph

    if not article_seconds > 0:
        raise ValueError(f"article_seconds is {article_seconds}; it must be above 0")
    if workers < 1:
        raise ValueError(f"workers is {workers}; at least one is needed")
    started = time.perf_counter()
    todo = list(articles)
    problems = list(articles.problems) if isinstance(articles, Articles) else []
    timings = {"open": time.perf_counter() - started}

    started = time.perf_counter()
    loaded = _ontology(ontology)
    apart = workers > 1 and len(todo) > 1
    needs = _Needs(loaded, pipeline, article_seconds)
    found = _read_apart(todo, needs, workers) if apart else _read_here(todo, needs)
    readings: list[Reading] = []
    for done, outcome in enumerate(found, 1):
        if isinstance(outcome, ArticleError):
            problems.append(outcome)
        else:
            readings.append(sure(outcome, min_confidence))
        if progress is not None:
            progress(done, len(todo))
    timings["read"] = time.perf_counter() - started

    started = time.perf_counter()
    graph = Graph.of(readings, loaded, identity)
    graph.facts_all  # noqa: B018  computed now, so that its time is told
    timings["link"] = time.perf_counter() - started
    return Result(graph, tuple(sorted(problems, key=str)), timings)


def extract(
    text: str,
    ontology: Ontology | str | Path | None = None,
    *,
    pipeline: Language | str | None = None,
    alternatives: bool = False,
    explicit: bool = False,
) -> list[OpenTriple]:
    """The open triples of one text, in its own words and without merging, best first: to see what kg makes of a sentence.

    For many texts load `ontology` and `pipeline` once and hand them in. `alternatives` adds the other ways to cut a
    proposition, `explicit` leaves out relations that are not in the sentence's words.

        >>> [(t.subject, t.relation, t.object) for t in extract("Beats was bought by Apple in 2014.")]
        [('Beats', 'was bought by', 'Apple')]
    """
    from kg.extract import opentriples

    reader = _Reader.load(_Needs(_ontology(ontology), pipeline))
    return opentriples.extract(
        text, reader.ontology, reader.nlp, alternatives=alternatives, explicit=explicit
    )


@dataclass(frozen=True, slots=True)
class _Needs:
    """What every process that reads must be told."""

    ontology: Ontology
    pipeline: Language | str | None
    seconds: float = ARTICLE_SECONDS


@dataclass(frozen=True, slots=True)
class _Reader:
    """What reading an article needs: loaded once in every process."""

    ontology: Ontology
    nlp: Language
    seconds: float

    @classmethod
    def load(cls, needs: _Needs) -> _Reader:
        given = needs.pipeline
        nlp = _pipeline(given) if given is None or isinstance(given, str) else given
        return cls(needs.ontology, nlp, needs.seconds)

    def read(self, article: Article) -> Reading | ArticleError:
        """One article read. Any failure but kg's own is a fault in a rule or in the pipeline: told, and the others go on."""
        from kg.extract.language import foreign
        from kg.extract.read import read_article

        where = article.source or article.id
        if reason := foreign(article.text, self.ontology.words.get("function_word", {})):
            return ArticleError(f"{where}: {reason}; kg reads English, so it is left out")
        try:
            with time_limit(self.seconds):
                return read_article(article, self.ontology, self.nlp)
        except KGError:
            raise
        except TimeUp:
            return ArticleError(
                f"{where}: reading it took more than {self.seconds:g} s of processor time; left out, "
                "split it, or allow more with --article-seconds"
            )
        except Exception as error:
            what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
            return ArticleError(f"{where}: reading it failed ({what}); left out, please report it")


@cache
def _pipeline(name: str | None) -> Language:
    """Loaded once in a process, since it takes seconds: `extract` may be called for many sentences."""
    from kg.extract.pipeline import load_pipeline

    return load_pipeline(name)


def _ontology(given: Ontology | str | Path | None) -> Ontology:
    from kg.rdf.schema import load_ontology

    return load_ontology(given) if given is None or isinstance(given, str | Path) else given


def _read_here(articles: list[Article], needs: _Needs) -> Iterator[Reading | ArticleError]:
    if articles:
        reader = _Reader.load(needs)
        yield from map(reader.read, articles)


def _read_apart(articles: list[Article], needs: _Needs, workers: int) -> Iterator[Reading | ArticleError]:
    """Readings in the order they get ready. A process that dies takes no more with it than the article it was reading."""
    if not (needs.pipeline is None or isinstance(needs.pipeline, str)):
        raise ValueError("with several workers give the pipeline by its name: each process loads its own")
    left = {article.id: article for article in articles}
    try:
        with _Pool(min(workers, len(articles)), needs) as pool:
            for future in as_completed([pool.submit(_read, article) for article in articles]):
                article_id, outcome = future.result()
                del left[article_id]
                yield outcome
    except BrokenProcessPool:
        yield from _read_one_by_one(list(left.values()), needs)


def _read_one_by_one(articles: list[Article], needs: _Needs) -> Iterator[Reading | ArticleError]:
    """The careful way, once a process has died: one at a time, so that it is known which article kills its process."""
    while articles:
        with _Pool(1, needs) as pool:
            try:
                while articles:
                    yield pool.submit(_read, articles[0]).result()[1]
                    articles = articles[1:]
            except BrokenProcessPool:
                where = articles[0].source or articles[0].id
                yield ArticleError(f"{where}: the process reading it died (out of memory?); left out")
                articles = articles[1:]


class _Pool(ProcessPoolExecutor):
    """Processes that have loaded what reading needs; what stops them loading it is raised here."""

    def __init__(self, workers: int, needs: _Needs) -> None:
        context = multiprocessing.get_context(
            "spawn"
        )  # forking a process with threads (onnxruntime's) may hang
        super().__init__(workers, context, _start, (needs,))
        try:
            self.submit(_ready).result()
        except BrokenProcessPool:
            raise KGError(
                "worker processes cannot start; in a script call kg.build below `if __name__ == '__main__':`, or use workers=1"
            ) from None

    def __exit__(self, *details: object) -> None:
        self.shutdown(wait=True, cancel_futures=True)


_worker: _Reader | KGError | None = None  # of this worker process, set once by _start


def _start(needs: _Needs) -> None:
    global _worker
    # numpy is not loaded yet: its products take one core, as the encoder does, so that workers do not fight for cores
    os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
    try:
        _worker = _Reader.load(needs)
    except KGError as error:
        _worker = error


def _ready() -> None:
    if isinstance(_worker, KGError):
        raise _worker


def _read(article: Article) -> tuple[str, Reading | ArticleError]:
    assert isinstance(_worker, _Reader)
    return article.id, _worker.read(article)
