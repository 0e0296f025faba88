"""The tree of errors. Every message says what is wrong, where, what is allowed and what to do next.

KGError
├── ArticleError     a path that cannot be read as an article
├── OntologyError    a Turtle file that is no ontology
├── PipelineError    a language pipeline that cannot be loaded or lacks a layer
├── QueryError       a SPARQL query that is malformed, forbidden or too slow
├── IdentityError    decisions about identity, or a list of known entities, that cannot be understood
├── GraphError       a saved graph that is missing or damaged; two articles under one id
└── OutputError      a folder that cannot be written
"""

from __future__ import annotations


class KGError(Exception):
    """Base of all errors kg raises on purpose; `str(error)` is one line for the user."""


class ArticleError(KGError):
    """A path that cannot be read as an article."""


class OntologyError(KGError):
    """A Turtle file that is not a usable ontology."""


class PipelineError(KGError):
    """A language pipeline that cannot be loaded or lacks a layer."""


class QueryError(KGError):
    """A SPARQL query that is malformed, forbidden or too slow."""


class IdentityError(KGError):
    """Decisions about identity, or a list of known entities, that cannot be understood."""


class GraphError(KGError):
    """A saved graph that is missing or damaged, or two articles under one id."""


class OutputError(KGError):
    """A folder that cannot be written."""
