"""Run the example sentences of the ontology: `python -m tests.ontology.examples [RELATION …] [--failures]`.

The same as `kg rules --test`, for the ontology of this source tree.
"""

from __future__ import annotations

import argparse

import kg
from kg.rulebook import run_examples as run


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("relations", nargs="*", metavar="RELATION")
    parser.add_argument("--failures", action="store_true", help="show the sentences that were read otherwise")
    options = parser.parse_args()
    outcomes = list(run(kg.load_ontology(), kg.load_pipeline(), options.relations))
    for outcome in outcomes if options.failures else ():
        if not outcome.passed:
            print(f"{outcome.relation}: {outcome.text}\n  wanted  {outcome.wanted or 'no such relation'}")
            print(f"  said    {'; '.join(outcome.said) or 'nothing'}")
    for kind, chosen in (
        ("examples", [o for o in outcomes if o.wanted]),
        ("counterexamples", [o for o in outcomes if not o.wanted]),
    ):
        print(f"{kind}: {sum(o.passed for o in chosen)} of {len(chosen)} as the ontology says")


if __name__ == "__main__":
    main()
