"""Write docs/ontology.md from ontology/*.ttl: `python -m tests.ontology.reference`."""

from __future__ import annotations

from pathlib import Path

import kg
from kg.reference import to_markdown

PAGE = Path(__file__).parents[2] / "docs" / "ontology.md"

if __name__ == "__main__":
    PAGE.write_text(to_markdown(kg.load_ontology()), encoding="utf-8")
