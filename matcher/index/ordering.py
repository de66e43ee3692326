"""The order of answers: by score, then by row, also at the cut.

A matrix product may give two equal vectors scores that differ in the last bit, depending
on where in a block they stand. Candidates are therefore taken with a margin, and their
scores recomputed one pair at a time in double precision.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.encode.batch import Rows
from matcher.encode.protocol import Vectors
from matcher.index.protocol import Hits

#: Twice the largest error of a float32 inner product of unit vectors, generously.
MARGIN = np.float32(2e-5)
_GATHERED_FLOATS = 4_000_000


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
    step = max(1, _GATHERED_FLOATS // (candidates.shape[1] * vectors.shape[1]))
    parts = [
        np.einsum(
            "qcd,qd->qc",
            vectors[candidates[start : start + step]],
            queries[start : start + step],
            dtype=np.float64,
        ).astype(np.float32)
        for start in range(0, len(queries), step)
    ]
    scores = np.concatenate(parts)
    order = np.lexsort((candidates, -scores), axis=-1)[:, :k]
    return Hits(
        np.take_along_axis(candidates, order, axis=1), np.take_along_axis(scores, order, axis=1)
    )


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
