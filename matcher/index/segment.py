"""Encoded records of one kind with all that is needed to search them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.groups import Groups
from matcher.encode.lexical import LexicalModel
from matcher.index.blend import ByGroup, by_group
from matcher.index.overlap import pair_products
from matcher.index.protocol import Index

_SCORES_AT_ONCE = 8_000_000

#: Arrays by name.
Attached = Mapping[str, NDArray[Any]]


def with_words(batch: EncodedBatch) -> Rows:
    """Return the rows that have words: the others have no direction, so none is near them."""
    return np.flatnonzero(np.diff(batch.offsets))


def searchable(batch: EncodedBatch) -> EncodedBatch:
    """Return the records that have words."""
    rows = with_words(batch)
    return batch if len(rows) == len(batch) else batch.take(rows)


class Segment:
    """An encoded batch, its index and its weighted n-grams; what is costly is made on use.

    Parameters
    ----------
    batch
        The records.
    index
        Over the batch's pooled vectors, in the same order.
    lexical
        Weighs the n-grams.
    attached
        What other rooms keep of the records, by name; rows are those of the batch.
    """

    def __init__(
        self,
        batch: EncodedBatch,
        index: Index,
        lexical: LexicalModel,
        attached: Attached | None = None,
    ) -> None:
        self.batch = batch
        self.index = index
        self.attached: Attached = attached or {}
        self._lexical = lexical

    def __len__(self) -> int:
        return len(self.batch)

    @cached_property
    def row_by_id(self) -> dict[str, int]:
        """Row of each record."""
        return {id: row for row, id in enumerate(self.batch.ids)}

    @cached_property
    def weighed(self) -> csr_matrix:
        """csr_matrix of float32, shape (n, FEATURES): unit rows, weighted by idf."""
        return self._lexical.weigh(self.batch.lexical)

    @cached_property
    def _by_feature(self) -> csr_matrix:
        return csr_matrix(self.weighed.T)

    def lexical_products(self, queries: csr_matrix) -> NDArray[np.float32]:
        """Return the product of each query with each record.

        Parameters
        ----------
        queries
            csr_matrix of float32, shape (q, FEATURES), unit rows.

        Returns
        -------
        ndarray of float32, shape (q, n)
        """
        return np.asarray((queries @ self._by_feature).toarray(), np.float32)

    @cached_property
    def by_group(self) -> ByGroup:
        """The records of each group of occupations."""
        return by_group(self.batch.groups)

    @cached_property
    def _by_group(self) -> csr_matrix:
        return csr_matrix(self.batch.groups.matrix().T)

    def group_products(self, queries: Groups) -> NDArray[np.float32]:
        """Return the product of the groups of each query with those of each record.

        Parameters
        ----------
        queries
            Groups of q records.

        Returns
        -------
        ndarray of float32, shape (q, n)
            0 to 1; 0 where no group is common to both.
        """
        return np.asarray((queries.matrix() @ self._by_group).toarray(), np.float32)

    def queries_at_once(self) -> int:
        """Return how many queries' scores for every record fit into modest memory."""
        return max(1, _SCORES_AT_ONCE // max(1, len(self)))

    def lexical_scores(self, queries: csr_matrix, rows: Rows) -> NDArray[np.float32]:
        """Return the product of each query with the records that stand beside it.

        Parameters
        ----------
        queries
            csr_matrix of float32, shape (q, FEATURES), unit rows.
        rows
            int64, shape (q, k).

        Returns
        -------
        ndarray of float32, shape (q, k)
        """
        query = np.repeat(np.arange(len(rows)), rows.shape[1])
        products = self.pair_products(queries, query, rows.ravel())
        return products.reshape(rows.shape)

    def pair_products(self, queries: csr_matrix, query: Rows, rows: Rows) -> NDArray[np.float32]:
        """Return the product of queries with records, pair by pair.

        Parameters
        ----------
        queries
            As in `lexical_products`.
        query, rows
            int64, shape (pairs,): which query with which record.
        """
        return pair_products(queries, self.weighed, query, rows)
