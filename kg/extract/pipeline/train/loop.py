"""One training run: losses, optimizer, schedule, averaging, checkpoints and the scores of every evaluation."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, distributed, multiprocessing, nn
from torch.nn import functional

from kg.extract.pipeline.classes import IGNORED, collect, readings
from kg.extract.pipeline.corpora.gather import gather
from kg.extract.pipeline.corpora.load import selection_names, selection_pairs, training, treebank
from kg.extract.pipeline.corpora.passage import Passage
from kg.extract.pipeline.inputs import PieceMaker
from kg.extract.pipeline.lemmas import build_lexicon, write_lexicon
from kg.extract.pipeline.train.batches import ExampleMaker, batches, tensors
from kg.extract.pipeline.train.coreference import affinities, coreference_loss
from kg.extract.pipeline.train.network import Network, Sizes
from kg.extract.pipeline.train.typing import PLACES, greedy_heads, typing_loss
from kg.extract.pipeline.train.validate import validate

#: Weight of each task's loss per word.
WEIGHTS = {
    "arcs": 1.0,
    "labels": 1.0,
    "upos": 0.3,
    "xpos": 0.5,
    "feats": 0.3,
    "lemmas": 0.5,
    "starts": 1.5,
    "coreference": 0.3,
    "typing": 4.0,  # few sentences have typed pairs
}
NAME_WEIGHT = 1.5
#: Local steps between two averagings of the workers' weights, and the share the long-run average keeps each time.
SYNC_STEPS = 10
AVERAGING = 0.97


@dataclass(frozen=True, slots=True)
class Plan:
    """Settings of a run; together with the data and the seed they fix the result."""

    epochs: int = 8
    batch_pieces: int = 1500
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    warmup: float = 0.05
    weight_decay: float = 0.01
    seed: int = 20261122
    threads: int = 1
    workers: int = 1
    evaluate_every: int = 2
    untyped: float = 1.0  # share of the passages without typed pairs that an epoch draws: rehearsal, when pairs are what is new


def losses(network: Network, inputs: dict[str, Tensor], targets: dict[str, Tensor]) -> dict[str, Tensor]:
    """Loss of each task, summed over its annotated words and divided by the words of the batch."""
    with torch.autocast("cpu", torch.bfloat16):
        outputs = network(**inputs)
        heads = targets["heads"]
        known = heads != IGNORED
        rows, words = known.nonzero(as_tuple=True)
        gold = heads[known]
        label_scores = network.label_scores(
            outputs["dependents"][rows, words], outputs["governors"][rows, gold]
        )
        absent = functional.pad(~targets["present"], (1, 0))
        arcs = outputs["arcs"].float().masked_fill(absent[:, None, :], -1e4)
        typed = None
        if len(targets["pairs"]):
            typed = network.typing(
                outputs["typed"], targets["sentences"], greedy_heads(arcs), targets["pairs"]
            )
    total = float(targets["present"].sum())
    found = {
        "arcs": functional.cross_entropy(arcs[known], gold, reduction="sum") / total,
        "labels": functional.cross_entropy(
            label_scores.float(), targets["labels"][known], reduction="sum", ignore_index=IGNORED
        )
        / total,
    }
    for key in ("upos", "xpos", "feats", "lemmas"):
        found[key] = (
            functional.cross_entropy(
                outputs[key].float().flatten(0, 1),
                targets[key].flatten(),
                reduction="sum",
                ignore_index=IGNORED,
            )
            / total
        )
    starts = targets["starts"]
    marked = starts != IGNORED
    found["starts"] = (
        functional.binary_cross_entropy_with_logits(
            outputs["starts"].float()[marked], starts[marked].float(), reduction="sum"
        )
        / total
    )
    scores = affinities(outputs["anaphors"], outputs["antecedents"])
    found["coreference"] = coreference_loss(scores, targets["chains"]) / total
    names = outputs["names"].float()
    possible = torch.logsumexp(names.masked_fill(~targets["allowed"], -1e4), -1)
    lost = torch.logsumexp(names, -1) - possible
    found["names"] = lost[targets["present"]].sum() / total
    if typed is not None:
        found["typing"] = typing_loss(typed, targets) / total
    return found


class Run:
    """State of a training run; :meth:`save` and :meth:`resume` make it survive an interruption.

    Several workers train on different batches and average their weights every few steps (local SGD; Stich, 2019).
    """

    def __init__(
        self,
        plan: Plan,
        data: Path,
        out: Path,
        minilm: Path,
        limit: int | None = None,
        start: Path | None = None,
        rank: int = 0,
    ) -> None:
        self.rank = rank
        torch.manual_seed(plan.seed)  # the same heads in all workers
        torch.set_num_threads(plan.threads)
        self.plan, self.out = plan, out
        out.mkdir(parents=True, exist_ok=True)
        self.passages = training(data)[:limit]
        self.classes = collect(self.passages)
        if rank == 0:
            self.classes.write(out / "classes.json")
            write_lexicon(build_lexicon(readings(self.passages)), out / "lemmas.tsv")
        self.maker = ExampleMaker(self.classes, PieceMaker(minilm / "tokenizer.json"))
        self.dev: dict[str, list[Passage]] = {
            "ewt": treebank(data, "ewt", "dev")[:100],
            "gum": treebank(data, "gum", "dev")[:10],
            **selection_names(data),
            **selection_pairs(data),
        }
        sizes = {
            key: len(getattr(self.classes, key))
            for key in ("upos", "xpos", "feats", "lemmas", "labels", "names", "relations", "moods")
        }
        self.network = Network(Sizes(**sizes))
        self.network.encoder.load_minilm(minilm)
        if start is not None:
            self._begin_from(torch.load(start, weights_only=True)["weights"])
        self.averaged = {name: value.detach().clone() for name, value in self.network.state_dict().items()}
        torch.manual_seed(plan.seed + rank)  # other dropout in each
        self.optimizer = torch.optim.AdamW(self._groups(), betas=(0.9, 0.98), eps=1e-6, fused=True)
        # word embeddings are half of all weights; a batch touches few of their rows
        self.rows_rate = plan.encoder_rate * plan.layer_decay ** len(self.network.encoder.layers)
        self.rows = torch.optim.SparseAdam(
            [self.network.encoder.words.weight], lr=self.rows_rate, betas=(0.9, 0.98)
        )
        self.step, self.epoch, self.best, self.share = 0, 0, 0.0, 0.0

    def _begin_from(self, weights: dict[str, Tensor]) -> None:
        """Take over all weights that fit; heads that are new or have other classes begin at random."""
        shapes = {name: value.shape for name, value in self.network.state_dict().items()}
        fitting = {name: value for name, value in weights.items() if shapes.get(name) == value.shape}
        # earlier heads did not know the tree: to begin with, a word on the way counts as one beside it
        places = weights["typing.place.weight"]
        fitting["typing.place.weight"] = places.repeat(PLACES // len(places), 1)
        self.network.load_state_dict(fitting, strict=False)
        self.log({"begun at random": sorted(shapes.keys() - fitting.keys())})

    def _groups(self) -> list[dict[str, Any]]:
        """Parameter groups: lower layers learn more slowly, heads fastest."""
        plan = self.plan
        groups: dict[tuple[float, float], list[nn.Parameter]] = {}
        depth = len(self.network.encoder.layers)
        for name, parameter in self.network.named_parameters():
            if name == "encoder.words.weight":
                continue  # updated by rows
            rate = plan.head_rate
            if name.startswith("encoder.layers."):
                rate = plan.encoder_rate * plan.layer_decay ** (depth - 1 - int(name.split(".")[2]))
            elif name.startswith(("encoder.shapes", "encoder.gaps")):
                rate = plan.encoder_rate * 3
            elif name.startswith("encoder."):
                rate = plan.encoder_rate * plan.layer_decay**depth
            decay = plan.weight_decay if parameter.ndim > 1 else 0.0
            groups.setdefault((rate, decay), []).append(parameter)
        return [
            {"params": found, "lr": rate, "base": rate, "weight_decay": decay}
            for (rate, decay), found in groups.items()
        ]

    def train(self, minutes: float | None = None) -> None:
        """Train to the end of the plan; *minutes* sets the schedule by the clock instead of by epochs."""
        begun = time.monotonic()
        opening = self.share
        workers = self.plan.workers
        while self.share < 1 and (minutes is not None or self.epoch < self.plan.epochs):
            rng = random.Random(self.plan.seed * 1000 + self.epoch)
            drawn = [p for p in self.passages if not p.pairs and rng.random() < self.plan.untyped]
            drawn += gather([p for p in self.passages if p.pairs], rng)
            groups = list(batches(self.maker.examples(drawn, rng), self.plan.batch_pieces, rng))
            if self.epoch == 0:
                self.log({"epoch batches": len(groups), "plan": asdict(self.plan)})
            count = len(groups) // workers
            mine = groups[self.rank :: workers][:count]
            sums: dict[str, float] = {}
            for number, group in enumerate(mine):
                if number % SYNC_STEPS == 0:
                    self.share = (self.epoch + number / count) / self.plan.epochs
                    if minutes is not None:
                        self.share = opening + (1 - opening) * (time.monotonic() - begun) / 60 / minutes
                    self._synchronise()
                if self.share >= 1:
                    break
                self._update(group, self.share, sums)
                if (number + 1) % 50 == 0:
                    means = {key: round(value / 50, 4) for key, value in sums.items()}
                    clock = round((time.monotonic() - begun) / 60, 1)
                    self.log({"step": self.step, "minutes": clock, "share": round(self.share, 3), **means})
                    sums = {}
            self.epoch += 1
            self._synchronise()
            if self.rank == 0:
                if self.epoch % self.plan.evaluate_every == 1 or self.share >= 1 or minutes is None:
                    self.evaluate(begun)
                self.save()
            if minutes is None and self.epoch >= self.plan.epochs:
                break

    def _synchronise(self) -> None:
        """Average the weights of all workers, agree on the place in the schedule, move the long-run average on."""
        if self.plan.workers > 1:
            share = torch.tensor([self.share if self.rank == 0 else 0.0])
            distributed.broadcast(share, 0)
            self.share = float(share)
            learned = [parameter for parameter in self.network.parameters() if parameter.requires_grad]
            flat = nn.utils.parameters_to_vector(learned).detach()
            distributed.all_reduce(flat)
            nn.utils.vector_to_parameters(flat / self.plan.workers, learned)
        if self.rank == 0 and self.step:
            rounds = self.step / SYNC_STEPS
            keep = min(AVERAGING, rounds / (rounds + 10.0))
            with torch.no_grad():
                for name, value in self.network.state_dict().items():
                    self.averaged[name].lerp_(value, 1 - keep)

    def _update(self, group: Sequence[Any], share: float, sums: dict[str, float]) -> None:
        plan = self.plan
        factor = min(1.0, share / plan.warmup) if share < plan.warmup else (1 - share) / (1 - plan.warmup)
        for settings in self.optimizer.param_groups:
            settings["lr"] = settings["base"] * max(factor, 1e-3)
        self.rows.param_groups[0]["lr"] = self.rows_rate * max(factor, 1e-3)
        self.network.train()
        found = losses(self.network, *tensors(group, len(self.classes.names)))
        loss = sum((WEIGHTS.get(key, NAME_WEIGHT) * value for key, value in found.items()), torch.zeros(()))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        self.rows.step()
        self.rows.zero_grad(set_to_none=True)  # clipping knows no sparse gradients
        nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimizer.step()
        self.step += 1
        for key, value in found.items():
            sums[key] = sums.get(key, 0.0) + float(value.detach())

    def evaluate(self, begun: float) -> None:
        """Score the averaged weights, log and save; the best so far is kept as ``best.pt``."""
        current = {name: value.detach().clone() for name, value in self.network.state_dict().items()}
        self.network.load_state_dict(self.averaged)
        scores = validate(self.network, self.maker, self.dev)
        # the UNER part is small, its score noisy
        named = 0.4 * scores["docred.names"] + 0.1 * scores["uner.names"]
        summary = scores["ewt.las"] + scores["gum.las"] + named + 0.2 * scores["bank.pairs"]
        minutes = (time.monotonic() - begun) / 60
        self.log({"epoch": self.epoch, "minutes": round(minutes, 1), "summary": round(summary, 3), **scores})
        if summary > self.best:
            self.best = summary
            torch.save(
                {"sizes": self.network.sizes.as_dict(), "weights": self.averaged}, self.out / "best.pt"
            )
        self.network.load_state_dict(current)

    def save(self) -> None:
        state = {
            "weights": self.network.state_dict(),
            "averaged": self.averaged,
            "optimizer": self.optimizer.state_dict(),
            "rows": self.rows.state_dict(),
            "step": self.step,
            "epoch": self.epoch,
            "best": self.best,
            "share": self.share,
            "random": torch.get_rng_state(),
        }
        part = self.out / "last.pt.part"
        torch.save(state, part)
        part.replace(self.out / "last.pt")

    def resume(self) -> None:
        """Go on from ``last.pt`` if there is one."""
        path = self.out / "last.pt"
        if not path.is_file():
            return
        state = torch.load(path, weights_only=True)
        self.network.load_state_dict(state["weights"])
        self.averaged = state["averaged"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.rows.load_state_dict(state["rows"])
        self.step, self.epoch = state["step"], state["epoch"]
        self.best, self.share = state["best"], state["share"]
        torch.set_rng_state(state["random"])

    def log(self, record: dict[str, Any]) -> None:
        if self.rank:
            return
        line = json.dumps(record)
        print(line, flush=True)
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as handle:
            handle.write(line + "\n")


def train(
    plan: Plan,
    data: Path,
    out: Path,
    minilm: Path,
    minutes: float | None,
    limit: int | None,
    start: Path | None = None,
) -> None:
    """Run or resume a training with as many worker processes as the plan says; *start* names weights to begin with."""
    out.mkdir(parents=True, exist_ok=True)
    settings = (plan, data, out, minilm, minutes, limit, start)
    if plan.workers == 1:
        _work(0, *settings)
        return
    (out / "meeting").unlink(missing_ok=True)
    multiprocessing.spawn(_work, settings, nprocs=plan.workers)  # type: ignore[no-untyped-call]


def _work(
    rank: int,
    plan: Plan,
    data: Path,
    out: Path,
    minilm: Path,
    minutes: float | None,
    limit: int | None,
    start: Path | None,
) -> None:
    """One worker; workers meet through a file and exchange weights over the loopback interface."""
    if plan.workers > 1:
        distributed.init_process_group(
            "gloo", init_method=f"file://{(out / 'meeting').resolve()}", rank=rank, world_size=plan.workers
        )
    run = Run(plan, data, out, minilm, limit, start, rank)
    run.resume()
    run.train(minutes)
