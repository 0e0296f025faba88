"""Trained weights as ONNX for the run time: one graph for encoder and heads, one for the labels of chosen arcs.

Weights of matrix products and embeddings become 8-bit integers (dynamic quantisation, one scale per output channel);
activations are quantised as they come.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.extract.pipeline.lemmas import LEMMA_CHOICES
from kg.extract.pipeline.train.network import Network, Sizes

INPUTS = ("ids", "shapes", "gaps", "mask", "first", "last")
OUTPUTS = ("starts", "upos", "xpos", "feats", "lemmas", "names", "arcs", "dependents", "governors")


class Reader(nn.Module):
    """The network with its tag decisions made: class indices instead of scores where only the best counts."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        out = self.network(*inputs)
        out["starts"] = torch.sigmoid(out["starts"])
        out["names"] = torch.log_softmax(out["names"], -1)
        for key in ("upos", "xpos", "feats"):
            out[key] = out[key].argmax(-1)
        out["lemmas"] = torch.topk(out["lemmas"], LEMMA_CHOICES).indices
        return tuple(out[key] for key in OUTPUTS)


class Labeller(nn.Module):
    """Scores of all labels for chosen arcs: [N, d], [N, d] -> [N, labels]."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        labels, left, right = network.label_weight.shape
        # one matrix product instead of one per label
        self.turn = nn.Linear(left, labels * right, bias=False)
        with torch.no_grad():
            self.turn.weight.copy_(network.label_weight.permute(0, 2, 1).reshape(labels * right, left))
        self.labels, self.right = labels, right

    def forward(self, dependents: Tensor, governors: Tensor) -> Tensor:
        one = torch.ones_like(dependents[:, :1])
        turned = self.turn(torch.cat([dependents, one], -1)).view(-1, self.labels, self.right)
        return (turned @ torch.cat([governors, one], -1)[:, :, None])[..., 0]


def load_network(path: Path) -> Network:
    """The network of a checkpoint, ready to predict."""
    state = torch.load(path, weights_only=True)
    network = Network(Sizes(**state["sizes"]))
    network.load_state_dict(state["weights"])
    return network.eval()


def export(run: Path, minilm: Path, out: Path, *, quantise: bool = True) -> None:
    """Write ``network.onnx``, ``labels.onnx``, ``classes.json``, ``lemmas.tsv`` and ``tokenizer.json`` to *out*."""
    out.mkdir(parents=True, exist_ok=True)
    network = load_network(run / "best.pt")
    sample = {
        name: torch.ones(2, length, dtype=torch.int64)
        for name, length in zip(INPUTS, (7, 7, 7, 7, 4, 4), strict=True)
    }
    axes = {name: {0: "batch", 1: "pieces"} for name in INPUTS[:4]}
    axes.update({name: {0: "batch", 1: "words"} for name in ("first", "last", *OUTPUTS)})
    axes["arcs"] = {0: "batch", 1: "words", 2: "heads"}
    axes["governors"] = {0: "batch", 1: "heads"}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "network.onnx"
        torch.onnx.export(
            Reader(network).eval(),
            tuple(sample[name] for name in INPUTS),
            str(full),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        labels = Path(folder) / "labels.onnx"
        width = network.sizes.label
        torch.onnx.export(
            Labeller(network).eval(),
            (torch.ones(3, width), torch.ones(3, width)),
            str(labels),
            input_names=["dependents", "governors"],
            output_names=["scores"],
            dynamic_axes={name: {0: "arcs"} for name in ("dependents", "governors", "scores")},
            opset_version=17,
            dynamo=False,
        )
        for path in (full, labels):
            if quantise:
                quantize_dynamic(path, out / path.name, per_channel=True, weight_type=QuantType.QInt8)
            else:
                shutil.copy(path, out / path.name)
    for name in ("classes.json", "lemmas.tsv"):
        shutil.copy(run / name, out / name)
    shutil.copy(minilm / "tokenizer.json", out / "tokenizer.json")
