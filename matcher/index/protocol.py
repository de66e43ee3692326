"""What an index is, and what a search returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.encode.batch import Rows
from matcher.encode.protocol import Vectors
from matcher.errors import InputError


@dataclass(frozen=True, slots=True)
class Hits:
    """The best rows for each query of a batch.

    Parameters
    ----------
    rows
        int64, shape (q, k'), where k' is the k asked for or all there is, if that is less.
    scores
        float32, shape (q, k'): inner products, highest first; equal scores stand in the
        order of their rows, and so does whom the cut leaves out.
    """

    rows: Rows
    scores: NDArray[np.float32]

    @classmethod
    def empty(cls, queries: int, k: int) -> Hits:
        """Return the answer when there are no queries or nothing to find: one of both is 0."""
        return cls(np.empty((queries, k), np.int64), np.empty((queries, k), np.float32))


@dataclass(frozen=True, slots=True)
class Among:
    """What each query may find.

    Parameters
    ----------
    open
        bool, shape (u, n): whether a row may be found, by sorts of queries.
    whose
        int64, shape (q,): the sort of each query.
    """

    open: NDArray[np.bool_]
    whose: Rows


class Index(Protocol):
    """Finds the vectors with the highest inner product.

    Every implementation answers alike, to the last bit: scores are recomputed in double
    precision for whatever is near the cut, so that a query's answer depends neither on
    the implementation nor on the batch it came in.
    """

    @property
    def size(self) -> int:
        """How many vectors it holds."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def vectors(self) -> Vectors:
        """float32, shape (size, dimension), read-only: what it searches."""
        ...

    def search(self, queries: Vectors, k: int) -> Hits:
        """Find the best rows for a batch of queries.

        Parameters
        ----------
        queries
            float32, shape (q, dimension), unit rows.
        k
            How many rows are wanted for each.

        Returns
        -------
        Hits

        Raises
        ------
        InputError
            If the queries have another dimension or hold a number that is not finite, or
            if k is negative.
        """
        ...


def check_search(queries: Vectors, k: int, dimension: int) -> None:
    """Refuse what cannot be searched for.

    Raises
    ------
    InputError
        As `Index.search` says.
    """
    if queries.ndim != 2 or queries.shape[1] != dimension:
        raise InputError(
            f"Queries of shape {queries.shape} do not fit an index of dimension {dimension}.",
            remedy="Encode them with the encoder that the index was built with.",
        )
    if k < 0:
        raise InputError(f"k is {k}, which is no number of rows.", remedy="Ask for 0 or more.")
    if not np.isfinite(queries).all():
        raise InputError(
            "A query holds a number that is not finite.",
            remedy="Encode the text again; if that does not help, check the encoder.",
        )
