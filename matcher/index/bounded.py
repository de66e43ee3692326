"""The best rows by an exact score, where a cheaper one tells which rows need not be looked at.

Each row's exact score is at most its cheap one and its slack. What k rows reach for sure is
known after scoring the few that look best; only rows that may reach as far are scored as well.
The answer is that of scoring every row.

References
----------
Turtle, H. and Flood, J. (1995). Query evaluation: strategies and optimizations. Information
Processing & Management 31(6): the same way of leaving out documents, there by term.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from matcher.encode.batch import Rows
from matcher.encode.protocol import Vectors

#: Twice the largest error of a score of 32 bits, generously.
_MARGIN: Final = np.float32(4e-5)
#: Below every score.
NO_FLOOR: Final = np.float32(-np.inf)


def best_rows(
    cheap: Vectors,
    slack: Vectors,
    exact: Callable[[Rows], Vectors],
    k: int,
    floor: np.float32 = NO_FLOOR,
) -> tuple[Rows, Vectors]:
    """Find the best k rows for one query.

    Parameters
    ----------
    cheap, slack
        float32, shape (n,): no exact score is above the sum of both; −inf and 0 of a row that
        cannot be found.
    exact
        Returns the exact scores of rows.
    k
        How many; no more than can be found.
    floor
        Rows with a lower score need not be found.

    Returns
    -------
    rows, scores
        int64 and float32, shape (k,) or, with a floor, as many as reach it and perhaps more:
        highest score first, then by row.
    """
    if floor > NO_FLOOR:
        near = np.flatnonzero(cheap + slack >= floor - _MARGIN)
        if len(near) <= k:
            return _in_order(near, exact(near))
    if not k:
        return _in_order(np.zeros(0, np.int64), np.zeros(0, np.float32))
    n = len(cheap)
    most = min(2 * k, int(np.count_nonzero(cheap > -np.inf)))
    rows = np.argpartition(cheap, n - most)[n - most :]
    scores = exact(rows)
    least = np.partition(scores, most - k)[most - k]
    reaching = cheap + slack >= max(least, floor) - _MARGIN
    reaching[rows] = False
    others = np.flatnonzero(reaching)
    rows, scores = np.concatenate([rows, others]), np.concatenate([scores, exact(others)])
    best, found = _in_order(rows, scores)
    return best[:k], found[:k]


def _in_order(rows: Rows, scores: Vectors) -> tuple[Rows, Vectors]:
    order = np.lexsort((rows, -scores))
    return rows[order], scores[order]
