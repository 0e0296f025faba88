"""The typing head at run time computes what the trained one does."""

from pathlib import Path

import numpy as np
import pytest

from kg.extract.pipeline.typer import Typer

PLACES = [(0, 2, 5, 6), (5, 6, 0, 2), (3, 4, 18, 20)]


def test_numpy_and_torch_agree(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from kg.extract.pipeline.train.typing import TypingHead

    torch.manual_seed(1)
    head = TypingHead(16, 5, 3, torch.nn.Identity()).eval()
    np.savez(
        tmp_path / "typing.npz", allow_pickle=False, **{k: v.numpy() for k, v in head.state_dict().items()}
    )
    typer = Typer(tmp_path / "typing.npz", tuple("abcde"), tuple("xyz"))
    words = np.random.default_rng(2).normal(size=(20, 16)).astype(np.float32)
    with torch.no_grad():
        places = torch.tensor([(0, *place) for place in PLACES])
        relations, moods, _ = head(torch.tensor(words)[None], torch.ones(1, 20, dtype=torch.bool), places)
    ratings = typer.rate(words, PLACES)
    together = np.concatenate([ratings.none[:, None], ratings.relations], 1)
    assert np.allclose(together, torch.softmax(relations, -1).numpy(), atol=2e-3)
    assert np.allclose(ratings.moods, torch.softmax(moods, -1).numpy(), atol=2e-3)


def test_the_word_looked_at_is_no_part_of_the_pair(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    width, hidden = 8, 16
    shapes = {
        "subject": (hidden, 3 * width),
        "object": (hidden, 3 * width),
        "seeker": (width, hidden),
        "relations": (4, hidden),
        "moods": (2, hidden),
    }
    weights = {f"{name}.weight": rng.normal(size=shape) for name, shape in shapes.items()}
    weights |= {f"{name}.bias": rng.normal(size=shape[0]) for name, shape in shapes.items()}
    weights |= {
        "product.weight": rng.normal(size=(hidden, width)),
        "found.weight": rng.normal(size=(hidden, width)),
    }
    weights["place.weight"] = rng.normal(size=(10, width))
    np.savez(tmp_path / "typing.npz", allow_pickle=False, **weights)
    typer = Typer(tmp_path / "typing.npz", tuple("abc"), tuple("xy"))
    words = rng.normal(size=(20, width)).astype(np.float32)
    ratings = typer.rate(words, PLACES)
    for (start, end, other_start, other_end), cue in zip(PLACES, ratings.cues, strict=True):
        assert cue not in range(start, end)
        assert cue not in range(other_start, other_end)
    assert np.allclose(ratings.none + ratings.relations.sum(1), 1.0, atol=1e-5)
