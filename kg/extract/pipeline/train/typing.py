"""The typing head: which relation, and in which mood, the sentence states of two of its spans, in order.

Every word gets a vector from the encoder's layers (one more output of the network at run time). A span is the mean,
the first and the last of its words. A pair of spans looks for its cue: it attends to the words around it (Vaswani et
al., 2017), told which of them lie on the way from one span to the other through the tree (Zhang et al., 2018, on what
that tells of relations), and is judged by both spans, their product and what it attended to. All of it is small enough
for numpy.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.pipeline.classes import IGNORED

#: Words on both sides of a pair that may hold its cue.
MARGIN = 8
#: Places of a word relative to the two spans: between, before, after, inside the subject, inside the object; once
#: for subject first, once for object first; and all that once for words beside the way, on it, and at its top.
PLACES = 30
#: Steps up a tree that are followed.
DEPTH = 16
MOOD_SHARE = 0.2
CUE_SHARE = 0.3


class TypingHead(nn.Module):
    """Word vectors [B, W, d], sentence and head of each word [B, W], P pairs -> relations [P, 1 + R], moods [P, M], attention [P, W]."""

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

    def forward(
        self, words: Tensor, sentences: Tensor, heads: Tensor, places: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
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
        place = _place(index, start, end, other_start, other_end) + 10 * way(heads, places)
        keys = words[row] + self.place(place)
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


def way(heads: Tensor, places: Tensor) -> Tensor:
    """Of each word for each pair, [P, W]: 1 on the way from one span to the other, 2 the word above both, else 0.

    *heads* [B, W] gives the head of each word, of a root the word itself; they need not make a tree.
    """
    row, start, end, other_start, other_end = places.unbind(1)
    index = torch.arange(heads.shape[1])
    above = torch.eye(heads.shape[1], dtype=torch.bool).repeat(len(heads), 1, 1)
    reached = index.repeat(len(heads), 1)
    for _ in range(DEPTH):
        reached = heads.gather(1, reached)
        above.scatter_(2, reached[..., None], True)
    one = above[row, _top(heads[row], start, end)]
    other = above[row, _top(heads[row], other_start, other_end)]
    depths = above.sum(-1)[row]
    both = one & other
    highest = (both * depths).argmax(-1, keepdim=True)
    found = (one ^ other).long()
    return found.scatter(1, highest, 2 * both.any(-1, keepdim=True).long())


def greedy_heads(arcs: Tensor) -> Tensor:
    """The likeliest head of each word, of a root the word itself, from masked scores [B, W, W + 1]."""
    best = arcs.detach().argmax(-1) - 1
    return torch.where(best < 0, torch.arange(best.shape[1])[None], best)


def _top(heads: Tensor, start: Tensor, end: Tensor) -> Tensor:
    """The first word of each span whose head lies outside of it; else its last."""
    index = torch.arange(heads.shape[1])[None]
    start, end = start[:, None], end[:, None]
    inside = (index >= start) & (index < end)
    leaves = inside & ((heads < start) | (heads >= end) | (heads == index))
    return torch.where(leaves.any(-1), leaves.long().argmax(-1), end[:, 0] - 1)


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
