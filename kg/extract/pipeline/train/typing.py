"""The typing head: which relation, and in which mood, the sentence states of two of its spans, in order.

Every word gets a vector from the encoder's layers (one more output of the network at run time). A span is the mean,
the first and the last of its words. A pair of spans looks for its cue: it attends to the words around it (Vaswani et
al., 2017) and is judged by both spans, their product and what it attended to. All of it is small enough for numpy.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.pipeline.classes import IGNORED

#: Words on both sides of a pair that may hold its cue.
MARGIN = 8
#: Places of a word relative to the two spans: between, before, after, inside the subject, inside the object; once
#: for subject first, once for object first.
PLACES = 10
MOOD_SHARE = 0.2
CUE_SHARE = 0.3


class TypingHead(nn.Module):
    """Word vectors [B, W, d], sentence of each word [B, W], places of P pairs -> relations [P, 1 + R], moods [P, M], attention [P, W]."""

    def __init__(self, width: int, relations: int, moods: int, dropout: nn.Module) -> None:
        super().__init__()
        hidden = 2 * width
        self.subject = nn.Linear(3 * width, hidden)
        self.object = nn.Linear(3 * width, hidden)
        self.product = nn.Linear(width, hidden, bias=False)
        self.seeker = nn.Linear(hidden, width)
        self.place = nn.Embedding(PLACES, width)
        self.found = nn.Linear(width, hidden, bias=False)
        self.relations = nn.Linear(hidden, 1 + relations)
        self.moods = nn.Linear(hidden, moods)
        self.dropout = dropout

    def forward(self, words: Tensor, sentences: Tensor, places: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        words = words.float()
        row, start, end, other_start, other_end = places.unbind(1)
        sums = functional.pad(words.cumsum(1), (0, 0, 1, 0))
        subject, mean = _span(words, sums, row, start, end)
        other, other_mean = _span(words, sums, row, other_start, other_end)
        pair = self.subject(subject) + self.object(other) + self.product(mean * other_mean)
        index = torch.arange(words.shape[1])[None]
        left, right = torch.minimum(start, other_start), torch.maximum(end, other_end)
        near = (index >= (left - MARGIN)[:, None]) & (index < (right + MARGIN)[:, None])
        near &= sentences[row] == sentences[row, start][:, None]
        keys = words[row] + self.place(_place(index, start, end, other_start, other_end))
        seeker = self.seeker(functional.gelu(pair))
        scores = (keys @ seeker[:, :, None])[..., 0] * words.shape[-1] ** -0.5
        weights = torch.softmax(scores.masked_fill(~near, -1e4), -1)
        pair = functional.gelu(pair + self.found((weights[:, None] @ keys)[:, 0]))
        pair = self.dropout(pair)
        return self.relations(pair), self.moods(pair), weights


def _span(words: Tensor, sums: Tensor, row: Tensor, start: Tensor, end: Tensor) -> tuple[Tensor, Tensor]:
    mean = (sums[row, end] - sums[row, start]) / (end - start)[:, None].to(words.dtype)
    return torch.cat([mean, words[row, start], words[row, end - 1]], -1), mean


def _place(index: Tensor, start: Tensor, end: Tensor, other_start: Tensor, other_end: Tensor) -> Tensor:
    """Class of the place of each word for each pair, [P, W]."""
    start, end, other_start, other_end = (x[:, None] for x in (start, end, other_start, other_end))
    left, right = torch.minimum(start, other_start), torch.maximum(end, other_end)
    kind = torch.where(index < left, 1, torch.where(index >= right, 2, 0))
    kind = torch.where((index >= start) & (index < end), 3, kind)
    kind = torch.where((index >= other_start) & (index < other_end), 4, kind)
    return kind + 5 * (start > other_start).long()


def typing_loss(outputs: tuple[Tensor, Tensor, Tensor], targets: dict[str, Tensor]) -> Tensor:
    """Summed over pairs: the relation, where any of several is right; the mood; attention to the words of the cue."""
    relations, moods, attention = outputs
    relations = relations.float()
    possible = torch.logsumexp(relations.masked_fill(~targets["pair_relations"], -1e4), -1)
    lost = (torch.logsumexp(relations, -1) - possible).sum()
    mood = functional.cross_entropy(
        moods.float(), targets["pair_moods"], reduction="sum", ignore_index=IGNORED
    )
    first, end = targets["pair_cues"].unbind(1)
    index = torch.arange(attention.shape[1])[None]
    cue = (index >= first[:, None]) & (index < end[:, None])
    seen = (attention * cue).sum(-1)[end > 0]
    return lost + MOOD_SHARE * mood - CUE_SHARE * torch.log(seen + 1e-4).sum()
