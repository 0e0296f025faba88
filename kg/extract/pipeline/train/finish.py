"""The last step of a training: the typing head goes on alone over the finished encoder.

In the shared run few batches hold typed pairs. With the encoder fixed, the states of the words are computed once for
each company that a sentence is put in (:mod:`gather`), and an epoch takes seconds.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from kg.extract.pipeline.classes import IGNORED, Classes
from kg.extract.pipeline.corpora.gather import gather
from kg.extract.pipeline.corpora.load import selection_pairs, training_pairs
from kg.extract.pipeline.corpora.passage import Passage
from kg.extract.pipeline.inputs import PieceMaker
from kg.extract.pipeline.train.batches import ExampleMaker, pair_tensors, tensors
from kg.extract.pipeline.train.network import Network, Sizes, words_of
from kg.extract.pipeline.train.typing import greedy_heads, typing_loss
from kg.extract.pipeline.train.validate import pair_scores, rate_pairs

WINDOWS = 12  # of one step
#: Times each sentence is put among other neighbours.
COMPANIES = 2
WARMUP_STEPS = 30
_SEED = 20261122


class _Bank:
    """Windows with the encoder's states of their words, [layers, words, width] each."""

    def __init__(self, network: Network, maker: ExampleMaker, passages: Sequence[Passage]) -> None:
        self.maker = maker
        self.passages = sorted(passages, key=lambda passage: len(passage.spans))
        self.states: dict[str, Tensor] = {}
        self.sentences: dict[str, Tensor] = {}
        self.heads: dict[str, Tensor] = {}
        for first in range(0, len(self.passages), WINDOWS):
            group = self.passages[first : first + WINDOWS]
            examples = [maker.example(passage, rng=random.Random(0)) for passage in group]
            inputs, targets = tensors(examples, network.sizes.names)
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                layers = network.encoder(inputs["ids"], inputs["shapes"], inputs["gaps"], inputs["mask"])
                words = torch.stack([words_of(layer, inputs["first"], inputs["last"]) for layer in layers])
                arcs = network.read(layers, inputs["first"], inputs["last"])["arcs"].float()
            absent = nn.functional.pad(~targets["present"], (1, 0))
            heads = greedy_heads(arcs.masked_fill(absent[:, None, :], -1e4))
            for row, (passage, example) in enumerate(zip(group, examples, strict=True)):
                self.states[passage.document] = words[:, row, : len(passage.spans)].to(torch.bfloat16).clone()
                self.sentences[passage.document] = torch.from_numpy(example.sentences)
                self.heads[passage.document] = heads[row, : len(passage.spans)].clone()

    def batch(self, group: Sequence[Passage], rng: random.Random | None) -> tuple[Tensor, dict[str, Tensor]]:
        """States of some windows, padded, and the targets of their pairs."""
        targets = pair_tensors([self.maker.pairs(passage, rng) for passage in group])
        states = [self.states[passage.document].float() for passage in group]
        longest = max(state.shape[1] for state in states)
        padded = [nn.functional.pad(state, (0, 0, 0, longest - state.shape[1])) for state in states]
        for name, found, none in (("sentences", self.sentences, IGNORED), ("heads", self.heads, 0)):
            rows = [found[passage.document] for passage in group]
            targets[name] = nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=none)
        return torch.stack(padded, 1), targets


def finish(run: Path, data: Path, minilm: Path, epochs: int, rate: float = 1e-3) -> None:
    """Train the typing head of ``best.pt`` in *run* and write it back; the scores go to ``log.jsonl``."""
    torch.manual_seed(_SEED)
    torch.set_num_threads(1)
    stored = torch.load(run / "best.pt", weights_only=True)
    network = Network(Sizes(**stored["sizes"]))
    network.load_state_dict(stored["weights"])
    network.eval()
    maker = ExampleMaker(Classes.read(run / "classes.json"), PieceMaker(minilm / "tokenizer.json"))
    chosen = {name: _Bank(network, maker, found) for name, found in selection_pairs(data).items()}
    rng = random.Random(_SEED)
    banks = [_Bank(network, maker, gather(training_pairs(data), rng)) for _ in range(COMPANIES)]
    modules = (network.mixes["typing"], network.typed, network.typing)
    optimizer = torch.optim.AdamW([p for m in modules for p in m.parameters()], lr=rate, weight_decay=0.01)
    step, steps = 0, sum(len(banks[epoch % COMPANIES].passages) // WINDOWS for epoch in range(epochs))
    for epoch in range(1, epochs + 1):
        network.train()
        bank = banks[(epoch - 1) % COMPANIES]
        order = rng.sample(bank.passages, len(bank.passages))
        for first in range(0, len(order) - WINDOWS + 1, WINDOWS):
            for settings in optimizer.param_groups:
                settings["lr"] = rate * min(1.0, (step + 1) / WARMUP_STEPS) * max(1 - step / steps, 1e-3)
            states, targets = bank.batch(order[first : first + WINDOWS], rng)
            loss = typing_loss(_rate(network, states, targets), targets) / len(targets["pairs"])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            step += 1
        with (run / "log.jsonl").open("a", encoding="utf-8") as log:
            scores = {
                k: v for name, bank in chosen.items() for k, v in _validate(network, name, bank).items()
            }
            line = json.dumps({"finish": epoch, "loss": round(loss.item(), 4), **scores})
            print(line, file=log)
            print(line, flush=True)
    torch.save({"sizes": stored["sizes"], "weights": network.state_dict()}, run / "best.pt.part")
    (run / "best.pt.part").replace(run / "best.pt")


def _rate(network: Network, states: Tensor, targets: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    words = network.typed(network.dropout(network.mixes["typing"](list(states))))
    rated: tuple[Tensor, Tensor, Tensor] = network.typing(
        words, targets["sentences"], targets["heads"], targets["pairs"]
    )
    return rated


@torch.no_grad()
def _validate(network: Network, name: str, bank: _Bank) -> dict[str, float]:
    network.eval()
    counts: Counter[str] = Counter()
    rated: list[tuple[float, bool]] = []
    for first in range(0, len(bank.passages), WINDOWS):
        states, targets = bank.batch(bank.passages[first : first + WINDOWS], None)
        rated += rate_pairs(_rate(network, states, targets), targets, counts)
    return {key: round(100 * value, 2) for key, value in pair_scores(name, rated, counts).items()}
