"""The typing head at run time computes what the trained one does."""

from pathlib import Path

import numpy as np
import pytest

from kg.extract.pipeline.typer import Typer, _way

PLACES = [(0, 2, 5, 6), (5, 6, 0, 2), (3, 4, 18, 20)]
HEADS = [1, 2, 2, 2, 3, 8, 5, 8, 2, 8, 9, 12, 9, 14, 12, 15, 15, 15, 19, 15]  # two roots


def test_the_way_through_the_tree() -> None:
    torch = pytest.importorskip("torch")
    from kg.extract.pipeline.train.typing import way

    places = np.array([(0, 1, 4, 5), (4, 5, 7, 9), (3, 5, 6, 7), (1, 2, 18, 19)])
    found = _way(np.array(HEADS), places)
    assert [[int(w) for w in np.flatnonzero(row == 1)] for row in found] == [
        [0, 1, 3, 4],
        [3, 4, 8],
        [3, 5, 6, 8],
        [1, 2, 15, 18, 19],  # no word stands above both
    ]
    assert [[int(w) for w in np.flatnonzero(row == 2)] for row in found] == [[2], [2], [2], []]
    rows = torch.tensor([(0, *place) for place in places.tolist()])
    assert (way(torch.tensor([HEADS]), rows).numpy() == found).all()


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
        sentence = torch.zeros(1, 20, dtype=torch.long)
        relations, moods, _ = head(torch.tensor(words)[None], sentence, torch.tensor([HEADS]), places)
    ratings = typer.rate(words, HEADS, PLACES)
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
    weights["place.weight"] = rng.normal(size=(30, width))
    np.savez(tmp_path / "typing.npz", allow_pickle=False, **weights)
    typer = Typer(tmp_path / "typing.npz", tuple("abc"), tuple("xy"))
    words = rng.normal(size=(20, width)).astype(np.float32)
    ratings = typer.rate(words, HEADS, PLACES)
    for (start, end, other_start, other_end), cue in zip(PLACES, ratings.cues, strict=True):
        assert cue not in range(start, end)
        assert cue not in range(other_start, other_end)
    assert np.allclose(ratings.none + ratings.relations.sum(1), 1.0, atol=1e-5)
