"""Values in text: money, percentages, dates, quantities, ordinals, market symbols, addresses.

Knowledge (month names, currencies, units) is in `ontology/values.ttl`, `calendar.ttl` and `currencies.ttl`; the grammars that put
it together are here. Pure text in, values with offsets out: no spaCy, no model. The forms are listed in `docs/values.md`.
"""

from kg.extract.values.dateline import article_date
from kg.extract.values.find import find_values

__all__ = ["article_date", "find_values"]
