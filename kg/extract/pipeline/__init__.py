"""The language pipeline: raw text to an ordinary spaCy ``Doc`` with Universal Dependencies labels.

>>> doc = load_pipeline()("Alibaba launched the S1 in Hangzhou.")      # doctest: +SKIP
>>> [(t.text, t.dep_, t.head.text) for t in doc][:2]                   # doctest: +SKIP
[('Alibaba', 'nsubj', 'launched'), ('launched', 'ROOT', 'launched')]
"""

from __future__ import annotations

import spacy
from spacy.lang.en import English
from spacy.language import Language

from kg.errors import PipelineError
from kg.extract.pipeline.tokens import adapt_tokenizer

__all__ = ["load_pipeline"]


def load_pipeline(name: str | None = None) -> Language:
    """Load a spaCy pipeline whose parses carry Universal Dependencies labels.

    *name* is any installed spaCy pipeline or a folder of one; None loads the pipeline shipped with kg. Labels of the
    ClearNLP scheme (spaCy's own English pipelines) are turned into UD by a component at the end.

    Raises :class:`kg.errors.PipelineError` if there is no such pipeline or it predicts no parse.
    """
    if name is None:
        return _shipped()
    # their components must be known before a folder that names them is loaded
    from kg.extract.pipeline import clearnlp as _clearnlp  # noqa: F401
    from kg.extract.pipeline import component as _component  # noqa: F401

    try:
        nlp = spacy.load(name)
    except (OSError, ValueError) as error:
        raise PipelineError(
            f"pipeline {name!r} cannot be loaded ({error}); name an installed spaCy pipeline (python -m spacy validate"
            " lists them) or leave the option out to use the one shipped with kg"
        ) from error
    if not nlp("It works.").has_annotation("DEP"):
        raise PipelineError(
            f"pipeline {name!r} predicts no dependencies, and kg reads facts off them; name a pipeline with a parser"
            f" (this one has: {', '.join(nlp.pipe_names) or 'no components'})"
        )
    if "kg_clearnlp_to_ud" not in nlp.pipe_names and "kg_network" not in nlp.pipe_names:
        nlp.add_pipe("kg_clearnlp_to_ud", last=True)
    return nlp


def _shipped() -> Language:
    from kg.extract.pipeline import component as _component  # noqa: F401  (registers the component)

    nlp = English()
    adapt_tokenizer(nlp)
    nlp.add_pipe("kg_network")
    return nlp
