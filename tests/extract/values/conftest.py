"""The words of the shipped ontology, which the value grammars read with."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kg.rdf.schema import load_ontology


@pytest.fixture(scope="session")
def words() -> Mapping[str, Mapping[str, str]]:
    return load_ontology().words
