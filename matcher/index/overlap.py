"""Products of sparse rows, pair by pair, in a compiled loop."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matcher.encode.batch import Rows
from matcher.encode.compiled import compiled, fixed
from matcher.encode.protocol import Vectors

#: Data, indices and row pointers of a csr_matrix of float32.
SparseRows = tuple[Vectors, NDArray[np.signedinteger[Any]], Rows]


def pair_products(
    queries: csr_matrix, matrix: SparseRows, columns: int, query: Rows, row: Rows
) -> Vectors:
    """Return the product of each query with the row that stands beside it.

    Parameters
    ----------
    queries
        csr_matrix of float32.
    matrix, columns
        With so many columns, as the queries.
    query, row
        int64, shape (pairs,): rows of both; pairs of one query are best neighbours.

    Returns
    -------
    ndarray of float32, shape (pairs,)
    """
    products = np.zeros(len(query), np.float32)
    spread = np.zeros(columns, np.float32)
    pairs = fixed(query), fixed(row)
    _products(arrays_of(queries), matrix, pairs, spread, products)
    return products


def arrays_of(matrix: csr_matrix) -> SparseRows:
    """Return a matrix as compiled loops take it, copying little."""
    return fixed(matrix.data), fixed(matrix.indices), fixed(matrix.indptr.astype(np.int64))


@compiled
def _products(
    queries: SparseRows,
    matrix: SparseRows,
    pairs: tuple[Rows, Rows],
    spread: Vectors,
    products: Vectors,
) -> None:
    """Write the products; `spread` is all 0 and holds one query at a time."""
    weights, features, ends = queries
    data, indices, bounds = matrix
    last = -1
    for pair in range(products.shape[0]):
        query, row = pairs[0][pair], pairs[1][pair]
        if query != last:
            if last >= 0:
                spread[features[ends[last] : ends[last + 1]]] = 0
            for i in range(ends[query], ends[query + 1]):
                spread[features[i]] = weights[i]
            last = query
        total = np.float32(0)
        for i in range(bounds[row], bounds[row + 1]):
            total += data[i] * spread[indices[i]]
        products[pair] = total
