"""Trained weights as ONNX for the run time: one graph for encoder and heads, one for the labels of chosen arcs.

Weights of the encoder's matrix products and of the word embeddings become 8-bit integers; activations are quantised as
they come.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import Tensor, nn

from kg.extract.pipeline.lemmas import LEMMA_CHOICES, read_lexicon, write_lexicon
from kg.extract.pipeline.train.inflect import verb_forms
from kg.extract.pipeline.train.network import Network, Sizes

INPUTS = ("ids", "shapes", "gaps", "mask", "first", "last")
OUTPUTS = (
    *("starts", "upos", "xpos", "feats", "lemmas", "names", "arcs", "dependents", "governors"),
    *("anaphors", "antecedents", "typed"),
)


class RowScaled(nn.Module):
    """An embedding as 8-bit integers with a scale per row: a quarter of the size, next to no loss."""

    rows: Tensor
    scales: Tensor

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scales = weight.abs().amax(1, keepdim=True).clamp_min(1e-8) / 127
        self.register_buffer("rows", torch.round(weight / scales).to(torch.int8))
        self.register_buffer("scales", scales)

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].to(torch.float32) * self.scales[ids]


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


def _quantise(path: Path, out: Path) -> None:
    """Make the encoder's matrix products 8-bit; the heads, few weights that decide, stay in full precision.

    Every 128 inputs have a scale of their own, for activations too: their outliers made one scale for all cost 0.4 LAS.
    """
    model = onnx.load(str(path))
    products = [node.name for node in model.graph.node if node.op_type == "MatMul"]
    blockwise = MatMulNBitsQuantizer(
        model,
        bits=8,
        block_size=128,
        is_symmetric=True,
        accuracy_level=4,
        nodes_to_exclude=[name for name in products if "encoder" not in name],
    )
    blockwise.process()
    blockwise.model.save_model_to_file(str(out))


def load_network(path: Path) -> Network:
    """The network of a checkpoint, ready to predict."""
    state = torch.load(path, weights_only=True)
    network = Network(Sizes(**state["sizes"]))
    network.load_state_dict(state["weights"])
    return network.eval()


def export(run: Path, minilm: Path, out: Path, *, quantise: bool = True) -> None:
    """Write the graphs, the weights of the typing head, classes, lemmas and word pieces to *out*."""
    out.mkdir(parents=True, exist_ok=True)
    network = load_network(run / "best.pt")
    if quantise:
        network.encoder.words = RowScaled(network.encoder.words.weight.detach())
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
        if quantise:
            _quantise(full, out / full.name)
            quantize_dynamic(labels, out / labels.name, per_channel=True, weight_type=QuantType.QInt8)
        else:
            shutil.copy(full, out / full.name)
            shutil.copy(labels, out / labels.name)
    head = {name: value.numpy().astype(np.float16) for name, value in network.typing.state_dict().items()}
    np.savez_compressed(out / "typing.npz", allow_pickle=False, **head)
    shutil.copy(run / "classes.json", out / "classes.json")
    # what the treebanks say of a form goes before what the spelling rules say
    write_lexicon({**verb_forms(), **read_lexicon(run / "lemmas.tsv")}, out / "lemmas.tsv")
    shutil.copy(minilm / "tokenizer.json", out / "tokenizer.json")
