"""The network: a BERT encoder read from MiniLM weights, and one light head per task on its words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.pipeline.inputs import GAPS, SHAPES
from kg.extract.pipeline.train.coreference import Antecedents
from kg.extract.pipeline.train.typing import TypingHead


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers of classes, as found in the training data, and widths of the heads."""

    upos: int
    xpos: int
    feats: int
    lemmas: int
    labels: int
    names: int
    relations: int
    moods: int
    arc: int = 320
    label: int = 128
    antecedent: int = 64
    hidden: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    mixed: int = 4
    typed: int = 192

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


class Dropout(nn.Module):
    """Dropout from a pool of ready random masks: drawing fresh ones took a third of the training time on a CPU."""

    pool: ClassVar[dict[float, Tensor]] = {}
    size = 1 << 24

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        if share not in self.pool:
            kept = torch.rand(self.size) >= share
            self.pool[share] = (kept / (1 - share)).to(torch.bfloat16)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        start = int(torch.randint(self.size - min(x.numel(), self.size // 2), ()))
        mask = self.pool[self.share][start : start + x.numel()]
        if mask.numel() < x.numel():
            mask = self.pool[self.share].repeat(1 + x.numel() // self.size)[: x.numel()]
        return x * mask.view_as(x).to(x.dtype)


class Layer(nn.Module):
    """One post-norm transformer layer (Vaswani et al., 2017; Devlin et al., 2019)."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.qkv = nn.Linear(sizes.hidden, 3 * sizes.hidden)
        self.out = nn.Linear(sizes.hidden, sizes.hidden)
        self.norm1 = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.up = nn.Linear(sizes.hidden, sizes.inner)
        self.down = nn.Linear(sizes.inner, sizes.hidden)
        self.norm2 = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        # torch's fused attention is five times slower than this on a CPU in bfloat16
        scores = qkv[0] @ qkv[1].transpose(2, 3) * (width // self.heads) ** -0.5 + bias.to(qkv.dtype)
        attended = (
            (torch.softmax(scores, -1, dtype=qkv.dtype) @ qkv[2])
            .transpose(1, 2)
            .reshape(batch, length, width)
        )
        x = self.norm1(x + self.dropout(self.out(attended)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))  # type: ignore[no-any-return]


class Encoder(nn.Module):
    """BERT with two more input embeddings: the shape of the word and the gap before it."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(sizes.vocabulary, sizes.hidden, sparse=True)
        self.places = nn.Embedding(sizes.positions, sizes.hidden)
        self.shapes = nn.Embedding(SHAPES, sizes.hidden)
        self.gaps = nn.Embedding(GAPS, sizes.hidden)
        nn.init.normal_(self.shapes.weight, std=0.01)
        nn.init.normal_(self.gaps.weight, std=0.01)
        self.norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))
        self.dropout = Dropout(dropout)
        self.mixed = sizes.mixed

    def forward(self, ids: Tensor, shapes: Tensor, gaps: Tensor, mask: Tensor) -> list[Tensor]:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.places(places)[None] + self.shapes(shapes) + self.gaps(gaps)
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(torch.float32)) * -1e4
        states: list[Tensor] = []
        for layer in self.layers:
            x = layer(x, bias)
            states.append(x)
        return states[-self.mixed :]

    def load_minilm(self, folder: Path) -> None:
        """Copy the weights of all-MiniLM-L6-v2; its token-type embedding of class 0 joins the positions."""
        from safetensors.torch import load_file

        old = load_file(str(folder / "model.safetensors"))
        with torch.no_grad():
            self.words.weight.copy_(old["embeddings.word_embeddings.weight"])
            self.places.weight.copy_(
                old["embeddings.position_embeddings.weight"]
                + old["embeddings.token_type_embeddings.weight"][0]
            )
            _copy(self.norm, old, "embeddings.LayerNorm")
            for number, layer in enumerate(self.layers):
                base = f"encoder.layer.{number}."
                for kind in ("weight", "bias"):
                    parts = [old[f"{base}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                    getattr(layer.qkv, kind).copy_(torch.cat(parts))
                _copy(layer.out, old, base + "attention.output.dense")
                _copy(layer.norm1, old, base + "attention.output.LayerNorm")
                _copy(layer.up, old, base + "intermediate.dense")
                _copy(layer.down, old, base + "output.dense")
                _copy(layer.norm2, old, base + "output.LayerNorm")


def _copy(module: nn.Module, old: dict[str, Tensor], name: str) -> None:
    for kind in ("weight", "bias"):
        getattr(module, kind).copy_(old[f"{name}.{kind}"])


class Mix(nn.Module):
    """Weighted mean of the last layers (Peters et al., 2018)."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.zeros(layers))

    def forward(self, states: list[Tensor]) -> Tensor:
        weights = torch.softmax(self.weights, 0)
        mixed = states[0] * weights[0]
        for number in range(1, len(states)):
            mixed = mixed + states[number] * weights[number]
        return mixed


def _block(width: int, out: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, out), nn.GELU(), Dropout(dropout))


class Network(nn.Module):
    """Encoder and heads. ``forward`` gives, per word, the scores that :mod:`kg.extract.pipeline` decodes.

    Outputs: ``starts`` [B, W]; ``upos``, ``xpos``, ``feats``, ``lemmas``, ``names`` [B, W, classes];
    ``arcs`` [B, W, W + 1], column 0 being the root; ``dependents`` [B, W, d] and ``governors`` [B, W + 1, d], from
    which :meth:`label_scores` rates the labels of chosen arcs (deep biaffine attention; Dozat and Manning, 2017);
    ``anaphors`` and ``antecedents`` [B, W, d], see :mod:`kg.extract.pipeline.train.coreference`;
    ``typed`` [B, W, d], from which :attr:`typing` rates pairs of spans.
    """

    def __init__(self, sizes: Sizes, dropout: float = 0.1, head_dropout: float = 0.25) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(sizes, dropout)
        width = sizes.hidden
        self.mixes = nn.ModuleDict(
            {task: Mix(sizes.mixed) for task in ("syntax", "tags", "names", "coreference", "typing")}
        )
        self.dropout = Dropout(head_dropout)
        self.tag_block = _block(width, width, head_dropout)
        self.upos = nn.Linear(width, sizes.upos)
        self.xpos = nn.Linear(width, sizes.xpos)
        self.feats = nn.Linear(width, sizes.feats)
        self.lemmas = nn.Linear(width, sizes.lemmas)
        self.start_block = _block(width, 128, head_dropout)
        self.starts = nn.Linear(128, 1)
        self.name_block = _block(3 * width, width, head_dropout)
        self.names = nn.Linear(width, sizes.names)
        self.arc_dependent = _block(width, sizes.arc, head_dropout)
        self.arc_governor = _block(width, sizes.arc, head_dropout)
        self.arc_weight = nn.Parameter(torch.zeros(sizes.arc + 1, sizes.arc))
        self.label_dependent = _block(width, sizes.label, head_dropout)
        self.label_governor = _block(width, sizes.label, head_dropout)
        self.label_weight = nn.Parameter(torch.zeros(sizes.labels, sizes.label + 1, sizes.label + 1))
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.coreference = Antecedents(width, sizes.antecedent)
        self.typed = nn.Linear(width, sizes.typed)
        self.typing = TypingHead(sizes.typed, sizes.relations, sizes.moods, Dropout(head_dropout))
        nn.init.xavier_uniform_(self.arc_weight)
        nn.init.normal_(self.label_weight, std=0.01)

    def forward(
        self, ids: Tensor, shapes: Tensor, gaps: Tensor, mask: Tensor, first: Tensor, last: Tensor
    ) -> dict[str, Tensor]:
        return self.read(self.encoder(ids, shapes, gaps, mask), first, last)

    def read(self, states: list[Tensor], first: Tensor, last: Tensor) -> dict[str, Tensor]:
        """All outputs from the encoder's states."""
        syntax, tags, names, mentions, pairs = (
            self.dropout(words_of(mix(states), first, last)) for mix in self.mixes.values()
        )
        anaphors, antecedents = self.coreference(mentions)
        tagged = self.tag_block(tags)
        governors = torch.cat([torch.zeros_like(syntax[:, :1]) + self.root.to(syntax.dtype), syntax], 1)
        dependent = self.arc_dependent(syntax)
        biased = torch.cat([dependent, torch.ones_like(dependent[..., :1])], -1)
        arcs = (biased @ self.arc_weight.to(biased.dtype)) @ self.arc_governor(governors).transpose(1, 2)
        before = functional.pad(names[:, :-1], (0, 0, 1, 0))
        after = functional.pad(names[:, 1:], (0, 0, 0, 1))
        return {
            "starts": self.starts(self.start_block(syntax))[..., 0],
            "upos": self.upos(tagged),
            "xpos": self.xpos(tagged),
            "feats": self.feats(tagged),
            "lemmas": self.lemmas(tagged),
            "names": self.names(self.name_block(torch.cat([before, names, after], -1))),
            "arcs": arcs,
            "dependents": self.label_dependent(syntax),
            "governors": self.label_governor(governors),
            "anaphors": anaphors,
            "antecedents": antecedents,
            "typed": self.typed(pairs),
        }

    def label_scores(self, dependents: Tensor, governors: Tensor) -> Tensor:
        """Scores of all labels for N chosen arcs: [N, d] and [N, d] -> [N, labels]."""
        left = torch.cat([dependents, torch.ones_like(dependents[:, :1])], -1)
        right = torch.cat([governors, torch.ones_like(governors[:, :1])], -1)
        labels, width, other = self.label_weight.shape
        weight = self.label_weight.to(left.dtype).permute(1, 0, 2).reshape(width, labels * other)
        return ((left @ weight).view(-1, labels, other) @ right[:, :, None])[
            ..., 0
        ]  # one large product, not many


def words_of(pieces: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """A word is the mean of its first and its last piece."""
    wide = pieces.shape[-1]
    begin = torch.gather(pieces, 1, first[..., None].expand(-1, -1, wide))
    end = torch.gather(pieces, 1, last[..., None].expand(-1, -1, wide))
    return (begin + end) * 0.5
