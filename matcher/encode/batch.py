"""Encoded records, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from matcher.encode.groups import Groups
from matcher.encode.lexical import FEATURES
from matcher.encode.protocol import Vectors

Rows = NDArray[np.int64]


@lru_cache(maxsize=64)
def _no_grams(rows: int) -> csr_matrix:
    """Return n-grams of records that have none; to make a sparse matrix takes long."""
    return csr_matrix((rows, FEATURES), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class EncodedBatch:
    """Any number of encoded records of one kind; row i of every column is record i.

    Parameters
    ----------
    ids
        The store's ids, n of them.
    hashes
        Hex digest of each record's encoded words.
    pooled
        float32, shape (n, d), unit rows: one vector a record.
    phrases
        float32, shape (p, d), unit rows: all phrases, record after record.
    offsets
        int64, shape (n + 1,): the phrases of record i are ``offsets[i]:offsets[i + 1]``.
    roles, weights
        uint8 and float32, shape (p,): `PhraseRole` and weight of each phrase.
    lexical
        csr_matrix of float32, shape (n, FEATURES): counted character n-grams, no idf yet.
    groups
        The likeliest occupations of each record.
    openness
        float32, shape (n,): how open each job is to newcomers, 0 to 1; 1 for other records.
    """

    ids: tuple[str, ...]
    hashes: tuple[str, ...]
    pooled: Vectors
    phrases: Vectors
    offsets: Rows
    roles: NDArray[np.uint8]
    weights: NDArray[np.float32]
    lexical: csr_matrix
    groups: Groups
    openness: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: Rows) -> EncodedBatch:
        """Return the given rows, in the given order."""
        return replace(self.take_dense(rows), lexical=self.lexical[rows])

    def take_dense(self, rows: Rows) -> EncodedBatch:
        """Return the given rows without their n-grams, which come out empty.

        Cutting rows out of a sparse matrix costs several times as much as all the rest.
        """
        lengths = np.diff(self.offsets)[rows]
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
        picked = np.repeat(self.offsets[rows], lengths) + within
        return EncodedBatch(
            tuple(self.ids[row] for row in rows.tolist()),
            tuple(self.hashes[row] for row in rows.tolist()),
            self.pooled[rows],
            self.phrases[picked],
            offsets,
            self.roles[picked],
            self.weights[picked],
            _no_grams(len(rows)),
            self.groups.take(rows),
            self.openness[rows],
        )

    def rows(self, start: int, end: int) -> EncodedBatch:
        """Return neighbouring rows without their n-grams, copying nothing else."""
        there = slice(start, min(end, len(self)))
        offsets = self.offsets[there.start : there.stop + 1]
        told = slice(offsets[0], offsets[-1])
        return EncodedBatch(
            self.ids[there],
            self.hashes[there],
            self.pooled[there],
            self.phrases[told],
            offsets - offsets[0],
            self.roles[told],
            self.weights[told],
            _no_grams(there.stop - there.start),
            Groups(self.groups.ids[there], self.groups.shares[there]),
            self.openness[there],
        )

    def dense(self) -> EncodedBatch:
        """Return all rows without their n-grams, copying nothing."""
        return replace(self, lexical=_no_grams(len(self)))

    @classmethod
    def concatenate(cls, batches: Sequence[EncodedBatch]) -> EncodedBatch:
        """Join batches one after another; at least one is needed."""
        shifts = np.cumsum([0, *(len(batch.phrases) for batch in batches)])
        offsets = [
            batch.offsets[:-1] + shift for batch, shift in zip(batches, shifts, strict=False)
        ]
        return cls(
            tuple(id for batch in batches for id in batch.ids),
            tuple(digest for batch in batches for digest in batch.hashes),
            np.concatenate([batch.pooled for batch in batches]),
            np.concatenate([batch.phrases for batch in batches]),
            np.append(np.concatenate(offsets), shifts[-1]).astype(np.int64),
            np.concatenate([batch.roles for batch in batches]),
            np.concatenate([batch.weights for batch in batches]),
            csr_matrix(vstack([batch.lexical for batch in batches])),
            Groups.concatenate([batch.groups for batch in batches]),
            np.concatenate([batch.openness for batch in batches]),
        )

    @classmethod
    def empty(cls, dimension: int) -> EncodedBatch:
        """Return a batch of no records."""
        return cls(
            (),
            (),
            np.zeros((0, dimension), np.float32),
            np.zeros((0, dimension), np.float32),
            np.zeros(1, np.int64),
            np.zeros(0, np.uint8),
            np.zeros(0, np.float32),
            _no_grams(0),
            Groups.unknown(0),
            np.zeros(0, np.float32),
        )
