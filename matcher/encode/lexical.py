"""Lexical overlap: hashed character n-grams with inverse document frequencies.

Dense vectors see what is alike, characters see what is the same; the two complement each
other, above all on long texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

FEATURES = 2**18
MAX_CHARACTERS = 4_000


def count_rows(texts: Sequence[str]) -> csr_matrix:
    """Count the character n-grams (3 to 5, within words) of texts.

    Parameters
    ----------
    texts
        Each is read up to `MAX_CHARACTERS`.

    Returns
    -------
    csr_matrix of float32, shape (len(texts), FEATURES)
        ``1 + log(count)`` for every n-gram that occurs (sublinear term frequency).
    """
    # Imported late: numba takes a third of a second, and many commands encode nothing.
    from matcher.encode.grams import hash_grams

    columns, counts = hash_grams([text[:MAX_CHARACTERS] for text in texts], FEATURES)
    text = np.repeat(np.arange(len(texts)), counts)
    cells = np.sort(text * FEATURES + columns)
    first = np.flatnonzero(np.diff(cells, prepend=-1))
    often = np.diff(first, append=len(cells)).astype(np.float32)
    distinct = cells[first]
    ends = np.searchsorted(distinct, np.arange(len(texts) + 1) * FEATURES)
    columns = (distinct % FEATURES).astype(np.int32)
    matrix = (1 + np.log(often), columns, ends.astype(np.int32))
    return csr_matrix(matrix, shape=(len(texts), FEATURES))


@dataclass(frozen=True, slots=True)
class LexicalModel:
    """Inverse document frequencies of the n-grams, fitted on the offers.

    Parameters
    ----------
    idf
        float32, shape (FEATURES,).

    References
    ----------
    Spärck Jones, K. (1972). A statistical interpretation of term specificity and its
    application in retrieval. Journal of Documentation 28(1).
    """

    idf: NDArray[np.float32]

    @classmethod
    def fit(cls, rows: csr_matrix) -> LexicalModel:
        """Fit on counted rows: ``1 + log((1 + n) / (1 + df))`` as in scikit-learn."""
        frequency = np.bincount(rows.indices, minlength=FEATURES)
        return cls((1 + np.log((1 + rows.shape[0]) / (1 + frequency))).astype(np.float32))

    def weigh(self, rows: csr_matrix) -> csr_matrix:
        """Return the rows weighted by idf and scaled to unit length; empty rows stay empty."""
        weighed = csr_matrix(
            (rows.data * self.idf[rows.indices], rows.indices, rows.indptr), shape=rows.shape
        )
        squares = np.add.reduceat(
            np.append(weighed.data**2, np.float32(0)), weighed.indptr[:-1], dtype=np.float64
        )
        filled = np.diff(weighed.indptr) > 0
        norms = np.sqrt(np.where(filled, squares, 1.0))
        weighed.data /= np.repeat(norms, np.diff(weighed.indptr)).astype(np.float32)
        return weighed
