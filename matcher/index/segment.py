"""Encoded records of one kind with all that is needed to search them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.compiled import fixed
from matcher.encode.groups import Groups
from matcher.encode.lexical import FEATURES, LexicalModel
from matcher.encode.protocol import Vectors
from matcher.index.blend import ByGroup, Searched, add_groups, by_group
from matcher.index.bounded import NO_FLOOR, best_rows
from matcher.index.letters import Letters
from matcher.index.levels import Levels
from matcher.index.ordering import exact_products
from matcher.index.overlap import SparseRows, arrays_of, pair_products
from matcher.index.protocol import Hits, Index, check_search

_SCORES_AT_ONCE = 8_000_000

#: Arrays by name.
Attached = Mapping[str, NDArray[Any]]


def searchable(batch: EncodedBatch) -> EncodedBatch:
    """Return the records that have words: the others have no direction, so none is near them."""
    rows = np.flatnonzero(np.diff(batch.offsets))
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
    letters
        The weighed n-grams; None makes them on use.
    attached
        What other rooms keep of the records, by name; rows are those of the batch.
    """

    def __init__(
        self,
        batch: EncodedBatch,
        index: Index,
        lexical: LexicalModel,
        letters: Letters | None = None,
        attached: Attached | None = None,
    ) -> None:
        self.batch = batch
        self.index = index
        self.attached: Attached = attached or {}
        self._lexical = lexical
        self._letters = letters

    def __len__(self) -> int:
        return len(self.batch)

    @cached_property
    def row_by_id(self) -> dict[str, int]:
        """Row of each record."""
        return {id: row for row, id in enumerate(self.batch.ids)}

    @cached_property
    def letters(self) -> Letters:
        """The n-grams, weighed by idf."""
        return self._letters or Letters.of(self.batch.lexical, self._lexical.idf)

    @cached_property
    def _counted(self) -> SparseRows:
        return arrays_of(self.batch.lexical)

    @cached_property
    def _levels(self) -> Levels:
        return Levels.of(self.batch.pooled)

    def search(self, queries: Vectors, k: int, dead: NDArray[np.bool_], floors: Vectors) -> Hits:
        """Find the records with the highest inner product of pooled vectors.

        Parameters
        ----------
        queries
            float32, shape (q, d), unit rows.
        k
            How many for each; no more than are alive.
        dead
            bool, shape (n,): records that are not found.
        floors
            float32, shape (q,): a record with a lower score need not be found. In its place
            may stand a score of −inf, whose row tells nothing.
        """
        check_search(queries, k, self.index.dimension)
        vectors = fixed(self.batch.pooled)
        hits = _nothing(len(queries), k)
        for query, asked in enumerate(queries):
            cheap = self._levels.products(asked)
            cheap[dead] = -np.inf
            exact = partial(exact_products, vectors, fixed(asked))
            rows, scores = best_rows(cheap, self._levels.errors, exact, k, floors[query])
            hits.rows[query, : len(rows)], hits.scores[query, : len(rows)] = rows, scores
        return hits

    def search_lexical(
        self, queries: csr_matrix, k: int, dead: NDArray[np.bool_], floors: Vectors
    ) -> Hits:
        """Find the records that share most n-grams.

        Parameters
        ----------
        queries
            csr_matrix of float32, shape (q, FEATURES): weighted by idf, unit rows.
        k, dead, floors
            As in `search`.
        """
        hits = _nothing(queries.shape[0], k)
        for query in range(queries.shape[0] if k else 0):
            own = slice(queries.indptr[query], queries.indptr[query + 1])
            asking = self.letters.asking(queries.data[own], queries.indices[own])
            slack = asking.slack()
            cheap = np.where(dead, -np.inf, asking.partial)
            rows, scores = best_rows(cheap, slack, asking.exact, k, floors[query])
            hits.rows[query, : len(rows)], hits.scores[query, : len(rows)] = rows, scores
        return hits

    @cached_property
    def _by_feature(self) -> csr_matrix:
        return csr_matrix(self._lexical.weigh(self.batch.lexical).T)

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
    def searched(self) -> Searched:
        """All records, as they are searched by meaning and occupation."""
        # Vectors lie at odd addresses of FAISS's file: each product would copy all of them.
        pooled = np.require(self.batch.pooled, requirements="A")
        return Searched(pooled, self.batch.groups, self.by_group)

    def some(self, rows: Rows) -> Searched:
        """Return some records as they are searched: int64, shape (m,), ascending."""
        return self.searched if len(rows) == len(self) else Searched.some(self.batch, rows)

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
        products = np.zeros((len(queries), len(self)), np.float32)
        asking = fixed(queries.ids), fixed(queries.shares)
        add_groups(products, asking, self.by_group, np.float32(1))
        return products

    def pair_products(self, queries: csr_matrix, query: Rows, rows: Rows) -> NDArray[np.float32]:
        """Return the product of queries with records, pair by pair.

        Parameters
        ----------
        queries
            As in `lexical_products`.
        query, rows
            int64, shape (pairs,): which query with which record.
        """
        weighed = csr_matrix(
            (queries.data * self._lexical.idf[queries.indices], queries.indices, queries.indptr),
            shape=queries.shape,
        )
        products = pair_products(weighed, self._counted, FEATURES, query, rows)
        scaled: Vectors = products / self.letters.norms[rows]
        return scaled


def _nothing(queries: int, k: int) -> Hits:
    """Return room for an answer, with nothing found yet."""
    return Hits(np.zeros((queries, k), np.int64), np.full((queries, k), NO_FLOOR))


def queries_at_once(rows: int) -> int:
    """Return how many queries' scores for so many records fit into modest memory."""
    return max(1, _SCORES_AT_ONCE // max(1, rows))
