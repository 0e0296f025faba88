"""The public page of names: what it lists, that it is quick to import, and that no room hides behind a function's name."""

from __future__ import annotations

import subprocess
import sys
import time
from importlib import import_module

import kg

NAMES = """
    Article ArticleError Articles Claim Entity Fact Graph GraphError KGError Modality Ontology OntologyError OpenTriple
    OutputError PipelineError Polarity QueryError Ref Result Span Value build extract load load_ontology load_pipeline
    merge query read save to_html to_networkx to_nquads to_rdflib to_turtle
""".split()


def test_the_public_names() -> None:
    assert sorted(kg.__all__) == sorted(NAMES)
    for name in NAMES:
        assert getattr(kg, name).__doc__, f"{name} has no docstring"
    assert set(NAMES) <= set(dir(kg))


def test_functions_are_not_hidden_by_modules_of_the_same_name() -> None:
    import_module("kg.build")
    import_module("kg.extract.read")
    assert callable(kg.build)
    assert callable(kg.extract)


def test_importing_kg_is_quick_and_loads_nothing_heavy() -> None:
    heavy = (
        "spacy onnxruntime tokenizers rdflib pyoxigraph networkx pyvis trafilatura typer rich numpy".split()
    )
    code = f"import sys, kg; print([name for name in {heavy} if name in sys.modules])"
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        seconds.append(time.perf_counter() - started)
        assert done.stdout.strip() == "[]"
    bare = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    assert min(seconds) - (time.perf_counter() - bare) < 0.3


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(kg, "nonsense")
