"""Head for coreference: which earlier mention a mention goes back to, by their head words (Dobrovolskii, 2021).

Each word gets a vector as anaphor and one as antecedent; how well two words fit is the product of the two, so that
words of different windows can be compared too. Whether a word names something for the first time is a score of its own.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.pipeline.classes import IGNORED


class Antecedents(nn.Module):
    """Word states [B, W, width] to ``anaphors`` and ``antecedents`` [B, W, size]; anaphors end in the score of "new"."""

    def __init__(self, width: int, size: int) -> None:
        super().__init__()
        self.anaphor = nn.Sequential(nn.Linear(width, 2 * size), nn.GELU(), nn.Linear(2 * size, size + 1))
        self.antecedent = nn.Sequential(nn.Linear(width, 2 * size), nn.GELU(), nn.Linear(2 * size, size))
        self.size = size

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor]:
        return self.anaphor(words), self.antecedent(words) * self.size**-0.5


def affinities(anaphors: Tensor, antecedents: Tensor) -> Tensor:
    """Scores [B, W, 1 + W] of each word to be new or to go back to each word."""
    pairs = anaphors[..., :-1] @ antecedents.transpose(1, 2)
    return torch.cat([anaphors[..., -1:], pairs], -1).float()


def candidates(chains: Tensor) -> tuple[Tensor, Tensor]:
    """Allowed and right choices [B, W, 1 + W] for *chains* [B, W]: entity of the mention each word heads, 0 for none."""
    mention = chains > 0
    width = chains.shape[1]
    earlier = torch.ones(width, width, dtype=torch.bool).tril(-1)
    allowed = mention[:, :, None] & mention[:, None, :] & earlier
    right = allowed & (chains[:, :, None] == chains[:, None, :])
    allowed = functional.pad(allowed, (1, 0), value=True)
    return allowed, torch.cat([~right.any(-1, keepdim=True), right], -1)


def coreference_loss(scores: Tensor, chains: Tensor) -> Tensor:
    """Sum over mentions of minus the log of the probability of all right choices together (Lee et al., 2017)."""
    known = chains.masked_fill(chains == IGNORED, 0)
    allowed, right = candidates(known)
    total = torch.logsumexp(scores.masked_fill(~allowed, -1e4), -1)
    found = torch.logsumexp(scores.masked_fill(~(allowed & right), -1e4), -1)
    return (total - found)[known > 0].sum()
