"""The table being trained, and the sparse sums that lead from its rows to text vectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from counted import Counted
from ngrams import Rows
from scipy.sparse import csr_matrix
from sources import Bags


@dataclass(frozen=True)
class Batch:
    """What leads from rows to texts.

    Parameters
    ----------
    used
        The distinct rows that take part.
    words
        How often each word sums each used row, shape (distinct words, used rows).
    texts
        The weight of each word in each text, shape (texts, distinct words).
    """

    used: np.ndarray
    words: csr_matrix
    texts: csr_matrix


class Batcher:
    """Turns bags of text ids into batches, leaving out some n-grams of each word.

    Parameters
    ----------
    counted
        The words of all training texts.
    rows
        Which row an n-gram has.
    dropout
        Share of n-grams left out, so that no single one decides (Srivastava et al., 2014).
    """

    def __init__(self, counted: Counted, rows: Rows, dropout: float) -> None:
        self._counted = counted
        self._rows = rows.of(counted.grams).astype(np.int32)
        self._dropout = dropout

    def batch(self, bags: Bags, rng: np.random.Generator) -> Batch:
        """Return the batch of some bags."""
        counted = self._counted
        ids = np.fromiter((text for bag in bags for text in bag), np.int64)
        at = _ranges(counted.bag_starts[ids], counted.bag_counts[ids])
        bag_ends = np.cumsum([0, *(len(bag) for bag in bags)])
        text_ends = np.concatenate([[0], np.cumsum(counted.bag_counts[ids])])
        words, places = np.unique(counted.bags[at], return_inverse=True)
        texts = csr_matrix(
            (counted.weights[at], places, text_ends[bag_ends]), shape=(len(bags), len(words))
        )
        row_at = _ranges(counted.gram_starts[words], counted.gram_counts[words])
        kept = rng.random(len(row_at)) >= self._dropout
        word_ends = np.concatenate([[0], np.cumsum(counted.gram_counts[words])])
        ends = np.concatenate([[0], np.cumsum(kept)])[word_ends]
        used, columns = np.unique(self._rows[row_at[kept]], return_inverse=True)
        ones = np.ones(len(columns), np.float32)
        return Batch(used, csr_matrix((ones, columns, ends), (len(words), len(used))), texts)


class Table:
    """The rows, each with its own step size: Adagrad (Duchi et al., 2011), one sum a row.

    The rows begin near zero, so that what was never trained adds next to nothing.
    """

    def __init__(self, rows: int, dimension: int, rng: np.random.Generator) -> None:
        self.weights = rng.standard_normal((rows, dimension), np.float32) * np.float32(0.01)
        self._squares = np.full(rows, 1e-6, np.float32)

    def forward(self, batch: Batch) -> np.ndarray:
        """Return the sums of each text, not yet of unit length."""
        vectors: np.ndarray = batch.texts @ (batch.words @ self.weights[batch.used])
        return vectors

    def step(self, batch: Batch, gradient: np.ndarray, rate: float) -> None:
        """Move the rows of a batch against the gradient at its text vectors."""
        change = batch.words.T @ (batch.texts.T @ gradient)
        squares = self._squares[batch.used]
        squares += np.einsum("ij,ij->i", change, change) / change.shape[1]
        self._squares[batch.used] = squares
        change *= (rate / np.sqrt(squares))[:, None]
        self.weights[batch.used] -= change


def _ranges(starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return where the members of some groups lie, end to end."""
    before = np.cumsum(sizes) - sizes
    return np.arange(sizes.sum()) + np.repeat(starts - before, sizes)
