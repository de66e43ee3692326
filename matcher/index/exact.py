"""The exact index: a matrix product in numpy. It is the oracle for every other one."""

from __future__ import annotations

import numpy as np

from matcher.encode.protocol import Vectors
from matcher.index.ordering import MARGIN, settle
from matcher.index.protocol import Hits, check_search

_SCORES_AT_ONCE = 8_000_000


class ExactIndex:
    """Compares each query with every vector.

    Parameters
    ----------
    vectors
        float32, shape (n, d), unit rows; kept as they are, not copied.
    """

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    @property
    def size(self) -> int:
        """How many vectors it holds."""
        return int(self._vectors.shape[0])

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._vectors.shape[1])

    @property
    def vectors(self) -> Vectors:
        """float32, shape (size, dimension): what it searches."""
        return self._vectors

    def search(self, queries: Vectors, k: int) -> Hits:
        """Find the best rows for a batch of queries; see `Index.search`."""
        check_search(queries, k, self.dimension)
        k = min(k, self.size)
        if not k or not len(queries):
            return Hits.empty(len(queries), k)
        step = max(1, _SCORES_AT_ONCE // self.size)
        parts = [
            self._search(queries[start : start + step], k) for start in range(0, len(queries), step)
        ]
        return Hits(
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.scores for part in parts]),
        )

    def _search(self, queries: Vectors, k: int) -> Hits:
        scores = queries @ self._vectors.T
        cut = np.partition(scores, self.size - k, axis=1)[:, self.size - k]
        near = int(np.count_nonzero(scores >= cut[:, None] - MARGIN, axis=1).max())
        candidates = np.argpartition(scores, self.size - near, axis=1)[:, self.size - near :]
        return settle(self._vectors, queries, candidates, k)
