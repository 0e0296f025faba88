"""The mood of a statement: denied or not, how sure, who says so, under which condition.

`read_context` walks from a predicate to the root of its sentence. `clause` reads what stands inside each clause on the way
(not, may, allegedly, if …), `governor` what each step up does (plans to, fails to, claims that), `sources` who speaks.
The conventions and their figures are in docs/mood.md, the words in ontology/mood.ttl and ontology/attitudes.ttl.
"""

from kg.extract.context.clause import is_order
from kg.extract.context.reader import is_statement, read_context, read_phrase_context
from kg.extract.context.sources import source_span
from kg.extract.context.speech import speaker_at

__all__ = ["is_order", "is_statement", "read_context", "read_phrase_context", "source_span", "speaker_at"]
