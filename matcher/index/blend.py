"""One exact search by meaning and occupation at once: a matrix product and one pass over it.

The product of pooled vectors and that of occupations (of which a record has few, so that
they are added from lists of the records that have them) make one score. Products of blocks
of other shapes differ in their last bits; whatever is near the cut is therefore computed
anew, pair by pair in double precision, as `matcher.index.ordering` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.compiled import compiled, fixed
from matcher.encode.groups import MAX_GROUPS, Groups
from matcher.encode.protocol import Vectors
from matcher.index.ordering import exact_product
from matcher.index.protocol import Hits

#: What a cosine of occupations counts beside one of meaning: about as much as in a score.
OCCUPATION: Final = np.float32(0.5)
#: Twice the largest error of a float32 score, generously.
_MARGIN: Final = np.float32(4e-5)
#: So many rows, as far from each other as can be, whose highest score is looked up first:
#: where that is low none of them is looked at.
_STRIDE: Final = 64

#: No score is as low: it stands where a query may find no more rows.
NOT_FOUND: Final = np.float32(-np.inf)
_LEAST: Final = np.float32(-4)

#: Where the records of each group begin and end, which they are, and their shares.
ByGroup = tuple[Rows, NDArray[np.int32], Vectors]
#: Vectors, ids and shares of groups of encoded records.
_Sides = tuple[Vectors, NDArray[np.uint16], Vectors]


def by_group(groups: Groups) -> ByGroup:
    """Return the records of each group, ascending."""
    starts, rows, shares = _listed(fixed(groups.ids), fixed(groups.shares))
    return fixed(starts), fixed(rows), fixed(shares)


@compiled
def _listed(ids: NDArray[np.uint16], shares: Vectors) -> ByGroup:
    starts = np.zeros(MAX_GROUPS + 1, np.int64)
    for row in range(ids.shape[0]):
        for kept in range(ids.shape[1]):
            if shares[row, kept]:
                starts[ids[row, kept] + 1] += 1
    starts = np.cumsum(starts)
    ends = starts.copy()
    rows, amounts = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.float32)
    for row in range(ids.shape[0]):
        for kept in range(ids.shape[1]):
            if shares[row, kept]:
                at = ends[ids[row, kept]]
                rows[at], amounts[at] = row, shares[row, kept]
                ends[ids[row, kept]] = at + 1
    return starts, rows, amounts


@dataclass(frozen=True, slots=True)
class Searched:
    """Records as they are searched.

    Parameters
    ----------
    pooled, groups
        Their vectors and occupations.
    listed
        Their rows by group.
    """

    pooled: Vectors
    groups: Groups
    listed: ByGroup

    @classmethod
    def some(cls, batch: EncodedBatch, rows: Rows) -> Searched:
        """Return some rows of a batch, copied."""
        groups = batch.groups.take(rows)
        return cls(batch.pooled[rows], groups, by_group(groups))

    @property
    def side(self) -> _Sides:
        """Return what compiled loops read."""
        return fixed(self.pooled), fixed(self.groups.ids), fixed(self.groups.shares)


def nearest(queries: EncodedBatch, searched: Searched, shut: NDArray[np.bool_], k: int) -> Hits:
    """Find the best rows for a batch of queries.

    Parameters
    ----------
    queries, searched
        Who asks, and n records.
    shut
        bool, shape (1, n) or (q, n): rows that are not found, by nobody or by each query.
    k
        How many rows are wanted for each.

    Returns
    -------
    Hits
        Where a query may find fewer rows, `NOT_FOUND` stands in the place of their scores.
    """
    hits = Hits.empty(len(queries), k)
    hits.rows.fill(-1)
    hits.scores.fill(NOT_FOUND)
    if hits.rows.size and len(searched.pooled):
        scores = _products(queries.pooled, searched.pooled)
        asking, asked = _side(queries), searched.side
        add_groups(scores, asking[1:], searched.listed, OCCUPATION)
        if shut.any():
            np.copyto(scores[:, : len(searched.pooled)], NOT_FOUND, where=shut)
        highest = scores.reshape(len(queries), _STRIDE, -1).max(axis=1)
        _best(scores, highest, asking, asked, (hits.rows, hits.scores))
    return hits


def _products(queries: Vectors, vectors: Vectors) -> Vectors:
    """Return the products of vectors, filled up to whole strides."""
    n = len(vectors)
    scores = np.empty((len(queries), -(-n // _STRIDE) * _STRIDE), np.float32)
    np.matmul(queries, vectors.T, out=scores[:, :n])
    scores[:, n:] = NOT_FOUND
    return scores


def _side(batch: EncodedBatch) -> _Sides:
    return fixed(batch.pooled), fixed(batch.groups.ids), fixed(batch.groups.shares)


@compiled
def add_groups(
    scores: Vectors,
    asking: tuple[NDArray[np.uint16], Vectors],
    listed: ByGroup,
    worth: np.float32,
) -> None:
    """Add how much occupations are alike, times a number.

    Parameters
    ----------
    scores
        float32, shape (q, n), added to.
    asking
        Ids and shares of the groups of q records.
    listed
        The n records by group.
    worth
        What a cosine of 1 adds.
    """
    starts, rows, shares = listed
    ids, asked = asking
    for query in range(scores.shape[0]):
        line = scores[query]
        for kept in range(ids.shape[1]):
            share = worth * asked[query, kept]
            if share:
                for i in range(starts[ids[query, kept]], starts[ids[query, kept] + 1]):
                    line[rows[i]] += share * shares[i]


@compiled
def _best(
    scores: Vectors, highest: Vectors, asking: _Sides, asked: _Sides, found: tuple[Rows, Vectors]
) -> None:
    """Write the best rows of each query and their scores, highest first, then by row."""
    rows, exact = found
    vectors, ids, shares = asking
    spread = np.zeros(MAX_GROUPS, np.float64)
    for query in range(scores.shape[0]):
        near = _near(scores[query], highest[query], rows.shape[1])
        spread[:] = 0
        for kept in range(ids.shape[1]):
            spread[ids[query, kept]] += shares[query, kept]
        values = np.empty(near.shape[0], np.float32)
        for i in range(near.shape[0]):
            values[i] = _exact(vectors[query], spread, asked, near[i])
        # The rows ascend, and a stable sort leaves those of equal scores in their order.
        order = np.argsort(-values, kind="mergesort")[: rows.shape[1]]
        rows[query, : order.shape[0]] = near[order]
        exact[query, : order.shape[0]] = values[order]


@compiled
def _near(line: Vectors, highest: Vectors, k: int) -> Rows:
    """Return all rows that may belong to the best k, ascending; all there are, if fewer."""
    strides = highest.shape[0]
    # So many strides have a row as good as this: the best k rows are no worse.
    least = np.partition(highest, strides - k)[strides - k] if strides >= k else _LEAST
    least = max(least - _MARGIN, _LEAST)
    good = np.flatnonzero(highest >= least)
    rows, n = np.empty(good.shape[0] * _STRIDE, np.int64), 0
    for turn in range(_STRIDE):
        for stride in good:
            row = turn * strides + stride
            if line[row] >= least:
                rows[n] = row
                n += 1
    rows = rows[:n]
    if n <= k:
        return np.sort(rows)
    values = line[rows]
    near: Rows = rows[values >= np.partition(values, n - k)[n - k] - _MARGIN]
    return near


@compiled
def _exact(query: Vectors, spread: NDArray[np.float64], asked: _Sides, row: int) -> np.float32:
    """Return the score of one pair: sums of float64, in one order."""
    vectors, ids, shares = asked
    alike = 0.0
    for kept in range(ids.shape[1]):
        alike += spread[ids[row, kept]] * shares[row, kept]
    return np.float32(exact_product(query, vectors[row]) + OCCUPATION * alike)
