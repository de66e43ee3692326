"""Train the shipped encoder.

Call ``python models/train.py --data ../shared/data --out models/kohtaanto-encoder``.
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from corpus import SHARES, Corpus, read_corpus
from ngram_bag import NgramBag, Rows, ngrams_of
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize
from sources import Bags, Texts
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
    batch
        Pairs in a batch; each is a negative of all others.
    steps
        Batches.
    rate, warm_up
        Highest step size, and after how many steps it is reached; then it falls to zero.
    temperature
        Divides the cosines.
    dropout
        Share of n-grams left out of each word.
    seed
        Of everything that is drawn.
    """

    dimension: int = 256
    own: int = 114_688
    shared: int = 16_384
    batch: int = 1024
    steps: int = 1800
    rate: float = 0.05
    warm_up: int = 50
    temperature: float = 0.05
    dropout: float = 0.3
    seed: int = 20261122


def choose_ngrams(texts: Texts, own: int) -> list[str]:
    """Return the n-grams worth a row of their own.

    A part of words is worth as much as there are words with it, each counted by its texts but
    at most eightfold, which is fair to languages that inflect little; a whole word is worth a
    fifth of its texts. Words of a single text, mostly errors and names, have no say.
    """
    worth: Counter[str] = Counter()
    for word, at in texts.words.items():
        seen = texts.seen[at]
        if seen > 1:
            whole, *parts = ngrams_of(word)
            worth.update(dict.fromkeys(parts, min(seen, 8)))
            worth[whole] += seen // 5
    ranked = sorted(worth.items(), key=lambda item: (-item[1], item[0]))
    return [gram for gram, _ in ranked[:own]]


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


def train(corpus: Corpus, rows: Rows, recipe: Recipe, rng: np.random.Generator) -> np.ndarray:
    """Train the table; returns its rows."""
    batcher = Batcher(corpus.texts, rows, recipe.dropout)
    table = Table(len(rows), recipe.dimension, rng)
    names = list(SHARES)
    chances = np.array(list(SHARES.values())) / sum(SHARES.values())
    losses: dict[str, float] = {}
    began = time.perf_counter()
    for step in range(1, recipe.steps + 1):
        name = names[rng.choice(len(names), p=chances)]
        left, right = corpus.sources[name].draw(recipe.batch, rng)
        batch = batcher.batch(left + right, rng)
        loss, gradient = contrast(table.forward(batch), right, recipe.temperature)
        share = min(step / recipe.warm_up, 1 - (step - 1) / recipe.steps)
        table.step(batch, gradient, recipe.rate * share)
        losses[name] = 0.9 * losses.get(name, loss) + 0.1 * loss
        if step % REPORT_EVERY == 0:
            shown = " ".join(f"{key} {value:.2f}" for key, value in sorted(losses.items()))
            print(f"{step} of {recipe.steps}, {time.perf_counter() - began:.0f} s: {shown}")
    return table.weights


def quantise(weights: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
    """Round rows to signed bytes, with one scale each."""
    rows = torch.from_numpy(weights)
    scales = rows.abs().amax(dim=1).clamp(min=1e-12) / 127
    return (rows / scales[:, None]).round().to(torch.int8), scales


def save(rows: Rows, weights: np.ndarray, out: Path) -> None:
    """Write a sentence-transformers folder, with the source of its module beside it."""
    model = SentenceTransformer(
        modules=[NgramBag(rows, *quantise(weights)), Normalize()], device="cpu"
    )
    model.save(str(out), create_model_card=False)
    shutil.copyfile(HERE / "ngram_bag.py", out / "ngram_bag.py")


def main() -> None:
    """Read the data, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--steps", type=int, default=Recipe.steps, help="batches")
    arguments = parser.parse_args()
    recipe = Recipe(steps=arguments.steps)
    rng = np.random.default_rng(recipe.seed)
    corpus = read_corpus(arguments.data, rng)
    rows = Rows(choose_ngrams(corpus.texts, recipe.own), recipe.shared)
    print(f"{len(corpus.texts.ids)} texts, {len(corpus.texts.words)} words, {len(rows)} rows")
    save(rows, train(corpus, rows, recipe, rng), arguments.out)


if __name__ == "__main__":
    main()
