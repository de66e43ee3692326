"""The order of answers: by score, then by row, also at the cut.

A matrix product may give two equal vectors scores that differ in the last bit, depending
on where in a block they stand. Candidates are therefore taken with a margin, and their
scores recomputed one pair at a time in double precision.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.encode.batch import Rows
from matcher.encode.compiled import compiled, fixed
from matcher.encode.protocol import Vectors
from matcher.index.protocol import Hits

#: Twice the largest error of a float32 inner product of unit vectors, generously.
MARGIN = np.float32(2e-5)


def settle(vectors: Vectors, queries: Vectors, candidates: Rows, k: int) -> Hits:
    """Order candidates by their exact scores and keep the best.

    Parameters
    ----------
    vectors, queries
        float32, shapes (n, d) and (q, d), neither empty.
    candidates
        int64, shape (q, c) with c >= k: distinct rows of `vectors` for each query, among
        them whatever belongs to its best k.
    k
        How many to keep, at least 1.

    Returns
    -------
    Hits
    """
    scores = np.empty(candidates.shape, np.float32)
    vectors = fixed(vectors)
    for query in range(len(queries)):
        scores[query] = exact_products(vectors, fixed(queries[query]), candidates[query])
    order = np.lexsort((candidates, -scores), axis=-1)[:, :k]
    return Hits(
        np.take_along_axis(candidates, order, axis=1), np.take_along_axis(scores, order, axis=1)
    )


def exact_products(vectors: Vectors, query: Vectors, rows: Rows) -> Vectors:
    """Return the products of one vector with rows, which hang on nothing but the two.

    Parameters
    ----------
    vectors, query
        float32, shapes (n, d) and (d,), as from `fixed`.
    rows
        int64, shape (m,).

    Returns
    -------
    ndarray of float32, shape (m,)
    """
    products = np.empty(len(rows), np.float32)
    _products(vectors, query, fixed(rows), products)
    return products


@compiled
def _products(vectors: Vectors, query: Vectors, rows: Rows, products: Vectors) -> None:
    for i in range(rows.shape[0]):
        products[i] = exact_product(query, vectors[rows[i]])


@compiled
def exact_product(one: Vectors, other: Vectors) -> np.float64:
    """Return a product of vectors: sums of float64, in one order."""
    first = second = third = fourth = 0.0
    whole = one.shape[0] - one.shape[0] % 4
    for i in range(0, whole, 4):
        first += np.float64(one[i]) * np.float64(other[i])
        second += np.float64(one[i + 1]) * np.float64(other[i + 1])
        third += np.float64(one[i + 2]) * np.float64(other[i + 2])
        fourth += np.float64(one[i + 3]) * np.float64(other[i + 3])
    for i in range(whole, one.shape[0]):
        first += np.float64(one[i]) * np.float64(other[i])
    return np.float64((first + second) + (third + fourth))


def merge(first: Hits, second: Hits, k: int) -> Hits:
    """Join two answers to the same queries, over different rows, and keep the best k."""
    rows = np.concatenate([first.rows, second.rows], axis=1)
    scores = np.concatenate([first.scores, second.scores], axis=1)
    order = np.lexsort((rows, -scores), axis=-1)[:, :k]
    return Hits(np.take_along_axis(rows, order, axis=1), np.take_along_axis(scores, order, axis=1))


def best_columns(scores: NDArray[np.float32], k: int) -> Hits:
    """Return the k highest columns of each row of a score matrix.

    Parameters
    ----------
    scores
        float32, shape (q, n), taken as exact.
    k
        At most n.

    Returns
    -------
    Hits
    """
    queries, n = scores.shape
    if not k or not queries:
        return Hits.empty(queries, k)
    cut = np.partition(scores, n - k, axis=1)[:, n - k]
    rows = np.empty((queries, k), np.int64)
    for query, limit in enumerate(cut):
        above = np.flatnonzero(scores[query] > limit)
        level = np.flatnonzero(scores[query] == limit)[: k - len(above)]
        found = np.concatenate([above, level])
        rows[query] = found[np.lexsort((found, -scores[query, found]))]
    return Hits(rows, np.take_along_axis(scores, rows, axis=1))
