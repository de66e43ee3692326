"""Train the shipped encoder.

Call ``python models/train.py --data ../shared/data --out models/kohtaanto-encoder``.
"""

from __future__ import annotations

import argparse
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from corpus import DRAWS, FOLDERS, Corpus, read_corpus
from counted import Counted
from ngram_bag import NgramBag, pack
from ngrams import Rows
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize
from sources import Bags
from table import Batcher, Table
from torch.nn.functional import cross_entropy, normalize

HERE = Path(__file__).resolve().parent
REPORT_EVERY = 100


@dataclass(frozen=True)
class Recipe:
    """What decides the outcome, beside the data.

    Parameters
    ----------
    dimension
        Length of a vector.
    own, shared
        How many n-grams own a row, and how many rows the others share.
    steps
        Batches.
    rate, warm_up
        Highest step size, and after how many steps it is reached; then it falls to zero.
    dropout
        Share of n-grams left out of each word.
    seed
        Of everything that is drawn.
    """

    dimension: int = 256
    own: int = 245_760
    shared: int = 16_384
    steps: int = 2600
    rate: float = 0.05
    warm_up: int = 50
    dropout: float = 0.3
    seed: int = 20261122


def contrast(vectors: np.ndarray, right: Bags, temperature: float) -> tuple[float, np.ndarray]:
    """InfoNCE in both directions (van den Oord et al., 2018) and its gradient.

    Parameters
    ----------
    vectors
        The left sides, then the right sides.
    right
        What the right sides are: equal ones are no negatives of each other.
    temperature
        Divides the cosines.
    """
    leaf = torch.from_numpy(vectors).requires_grad_()
    one, other = normalize(leaf).split(len(right))
    kinds: dict[tuple[int, ...], int] = {}
    kind = torch.tensor([kinds.setdefault(bag, len(kinds)) for bag in right])
    same = (kind[:, None] == kind).fill_diagonal_(False)
    scores = (one @ other.T / temperature).masked_fill(same, -1e4)
    target = torch.arange(len(right))
    loss = (cross_entropy(scores, target) + cross_entropy(scores.T, target)) / 2
    (gradient,) = torch.autograd.grad(loss, leaf)
    return loss.item(), gradient.numpy()


def train(
    corpus: Corpus, counted: Counted, rows: Rows, recipe: Recipe, rng: np.random.Generator
) -> np.ndarray:
    """Train the table; returns its rows."""
    batcher = Batcher(counted, rows, recipe.dropout)
    table = Table(len(rows), recipe.dimension, rng)
    names = list(DRAWS)
    shares = np.array([draw.share for draw in DRAWS.values()])
    losses: dict[str, float] = {}
    began = time.perf_counter()
    for step in range(1, recipe.steps + 1):
        name = names[rng.choice(len(names), p=shares / shares.sum())]
        draw = DRAWS[name]
        left, right = corpus.sources[name].draw(draw.batch, rng)
        batch = batcher.batch(left + right, rng)
        loss, gradient = contrast(table.forward(batch), right, draw.temperature)
        share = min(step / recipe.warm_up, 1 - (step - 1) / recipe.steps)
        table.step(batch, gradient, recipe.rate * share)
        losses[name] = 0.9 * losses.get(name, loss) + 0.1 * loss
        if step % REPORT_EVERY == 0:
            shown = " ".join(f"{key} {value:.2f}" for key, value in sorted(losses.items()))
            print(f"{step} of {recipe.steps}, {time.perf_counter() - began:.0f} s: {shown}")
    return table.weights


def save(rows: Rows, weights: np.ndarray, out: Path) -> None:
    """Write a sentence-transformers folder, with the sources of its module beside it."""
    model = SentenceTransformer(
        modules=[NgramBag(rows, pack(torch.from_numpy(weights))), Normalize()], device="cpu"
    )
    model.save(str(out), create_model_card=False)
    for source in ("ngram_bag.py", "ngrams.py"):
        shutil.copyfile(HERE / source, out / source)


def main() -> None:
    """Read the data, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--steps", type=int, default=Recipe.steps, help="batches")
    arguments = parser.parse_args()
    missing = [name for name in FOLDERS if not (arguments.data / name).is_dir()]
    if missing:
        parser.error(f"{arguments.data} has no {', '.join(missing)}: --data names their folder")
    recipe = Recipe(steps=arguments.steps)
    rng = np.random.default_rng(recipe.seed)
    corpus = read_corpus(arguments.data, rng)
    counted = Counted.of(list(corpus.texts.ids))
    rows = Rows(counted.best_ngrams(recipe.own), recipe.shared)
    print(f"{len(corpus.texts.ids)} texts, {len(counted.gram_counts)} words, {len(rows)} rows")
    save(rows, train(corpus, counted, rows, recipe, rng), arguments.out)


if __name__ == "__main__":
    main()
