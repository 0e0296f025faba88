"""The last step of a training: the typing head goes on alone over the finished encoder.

In the shared run few batches hold typed pairs. With the encoder fixed, the states of the expression bank's words are
computed once, and an epoch takes seconds.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from kg.extract.pipeline.classes import Classes
from kg.extract.pipeline.corpora.load import selection_pairs, training_pairs
from kg.extract.pipeline.corpora.passage import Passage
from kg.extract.pipeline.inputs import PieceMaker
from kg.extract.pipeline.train.batches import ExampleMaker, pair_tensors, tensors
from kg.extract.pipeline.train.network import Network, Sizes, words_of
from kg.extract.pipeline.train.typing import typing_loss
from kg.extract.pipeline.train.validate import pair_scores, rate_pairs

SENTENCES = 32  # of one step
WARMUP_STEPS = 30
_SEED = 20261122


class _Bank:
    """Sentences with the encoder's states of their words, [layers, words, width] each."""

    def __init__(self, network: Network, maker: ExampleMaker, passages: Sequence[Passage]) -> None:
        self.maker = maker
        self.passages = sorted(passages, key=lambda passage: len(passage.spans))
        self.states: dict[str, Tensor] = {}
        for first in range(0, len(self.passages), SENTENCES):
            group = self.passages[first : first + SENTENCES]
            examples = [maker.example(passage, rng=random.Random(0)) for passage in group]
            inputs, _ = tensors(examples, network.sizes.names)
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                layers = network.encoder(inputs["ids"], inputs["shapes"], inputs["gaps"], inputs["mask"])
                words = torch.stack([words_of(layer, inputs["first"], inputs["last"]) for layer in layers])
            for row, passage in enumerate(group):
                self.states[passage.document] = words[:, row, : len(passage.spans)].to(torch.bfloat16).clone()

    def batch(self, group: Sequence[Passage], rng: random.Random | None) -> tuple[Tensor, dict[str, Tensor]]:
        """States of some sentences, padded, and the targets of their pairs."""
        targets = pair_tensors([self.maker.pairs(passage.pairs, rng) for passage in group])
        states = [self.states[passage.document].float() for passage in group]
        longest = max(state.shape[1] for state in states)
        padded = [nn.functional.pad(state, (0, 0, 0, longest - state.shape[1])) for state in states]
        lengths = torch.tensor([state.shape[1] for state in states])
        targets["present"] = torch.arange(longest)[None] < lengths[:, None]
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
    chosen = _Bank(network, maker, selection_pairs(data))
    bank = _Bank(network, maker, training_pairs(data))
    modules = (network.mixes["typing"], network.typed, network.typing)
    optimizer = torch.optim.AdamW([p for m in modules for p in m.parameters()], lr=rate, weight_decay=0.01)
    rng = random.Random(_SEED)
    step, steps = 0, epochs * (len(bank.passages) // SENTENCES)
    for epoch in range(1, epochs + 1):
        network.train()
        order = rng.sample(bank.passages, len(bank.passages))
        for first in range(0, len(order) - SENTENCES + 1, SENTENCES):
            for settings in optimizer.param_groups:
                settings["lr"] = rate * min(1.0, (step + 1) / WARMUP_STEPS) * max(1 - step / steps, 1e-3)
            states, targets = bank.batch(order[first : first + SENTENCES], rng)
            loss = typing_loss(_rate(network, states, targets), targets) / len(targets["pairs"])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            step += 1
        with (run / "log.jsonl").open("a", encoding="utf-8") as log:
            line = json.dumps({"finish": epoch, "loss": round(loss.item(), 4), **_validate(network, chosen)})
            print(line, file=log)
            print(line, flush=True)
    torch.save({"sizes": stored["sizes"], "weights": network.state_dict()}, run / "best.pt.part")
    (run / "best.pt.part").replace(run / "best.pt")


def _rate(network: Network, states: Tensor, targets: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    words = network.typed(network.dropout(network.mixes["typing"](list(states))))
    rated: tuple[Tensor, Tensor, Tensor] = network.typing(words, targets["present"], targets["pairs"])
    return rated


@torch.no_grad()
def _validate(network: Network, bank: _Bank) -> dict[str, float]:
    network.eval()
    counts: Counter[str] = Counter()
    rated: list[tuple[float, bool]] = []
    for first in range(0, len(bank.passages), SENTENCES):
        states, targets = bank.batch(bank.passages[first : first + SENTENCES], None)
        rated += rate_pairs(_rate(network, states, targets), targets, counts)
    return {key: round(100 * value, 2) for key, value in pair_scores("bank", rated, counts).items()}
