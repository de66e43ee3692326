"""Search for shared n-grams in lists of the rarer ones, exact.

The n-grams that are in every eighth record fill most of all lists and tell least. They are
left out of the lists: what they can add to a score is bounded by the length of the part of
both sides that is made of them, and is looked up only where that may decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matcher.encode.batch import Rows
from matcher.encode.compiled import compiled, fixed
from matcher.encode.lexical import FEATURES
from matcher.encode.protocol import Vectors
from matcher.index.overlap import SparseRows, arrays_of

#: N-grams of so many records, as a share of all, are common. Measured on 80,000 advertisements:
#: of 12 million entries of the lists of a query 1.6 million are left, and 1,500 records are
#: looked up; at a quarter it is 3.7 million and 600, at a sixteenth every other record.
COMMON: Final = 1 / 8

Columns = NDArray[np.signedinteger[Any]]
Numbers = NDArray[np.unsignedinteger[Any]]
#: Ends, or where to go on; records; and weights.
Lists = tuple[Rows, NDArray[np.int32], Vectors]


@dataclass(frozen=True, slots=True)
class Letters:
    """The n-grams of n records, weighed to unit rows.

    Parameters
    ----------
    norms
        float32, shape (n,): length of each row before it was scaled; 1 of a row without any.
    shared
        float32, shape (n,): length of the part of each unit row that is of common n-grams.
    numbers
        int32, shape (FEATURES,): the number of each common n-gram, from 0; −1 of the others.
    ends
        int64, shape (FEATURES + 1,): the list of n-gram i is ``ends[i]:ends[i + 1]``; empty of
        common ones.
    rows, weights
        int32 and float32: the records of each list, ascending, and the n-gram's share in them.
    own_ends
        int64, shape (n + 1,): the common n-grams of record i are ``own_ends[i]:own_ends[i + 1]``.
    own_numbers, own_weights
        uint16 or uint32, and float32: the common n-grams of each record, and their shares.
    """

    norms: Vectors
    shared: Vectors
    numbers: NDArray[np.int32]
    ends: Rows
    rows: NDArray[np.int32]
    weights: Vectors
    own_ends: Rows
    own_numbers: Numbers
    own_weights: Vectors

    @classmethod
    def of(cls, counted: csr_matrix, idf: Vectors) -> Letters:
        """Make the lists.

        Parameters
        ----------
        counted
            csr_matrix of float32, shape (n, FEATURES), as from `count_rows`.
        idf
            float32, shape (FEATURES,).
        """
        n = counted.shape[0]
        often = np.bincount(counted.indices, minlength=FEATURES)
        common = often > COMMON * n
        numbers = np.where(common, np.cumsum(common) - 1, -1).astype(np.int32)
        ends = np.concatenate([[0], np.cumsum(np.where(common, 0, often))])
        norms, shared, own = np.ones(n, np.float32), np.zeros(n, np.float32), np.zeros(n, np.int64)
        source, told = arrays_of(counted), (fixed(numbers), fixed(idf))
        _measure(source, told, (norms, shared, own))
        own_ends = np.concatenate([[0], np.cumsum(own)])
        lists = ends[:-1].copy(), np.empty(ends[-1], np.int32), np.empty(ends[-1], np.float32)
        small = np.uint16 if common.sum() <= np.iinfo(np.uint16).max else np.uint32
        owned = np.empty(own_ends[-1], small), np.empty(own_ends[-1], np.float32)
        _fill(source, told, norms, lists, owned)
        rest = (ends, *lists[1:], own_ends, *owned)
        return cls(fixed(norms), fixed(shared), fixed(numbers), *map(fixed, rest))

    def asking(self, weights: Vectors, columns: Columns) -> LetterQuery:
        """Return one query as it is held against the lists.

        Parameters
        ----------
        weights, columns
            Its n-grams: a unit row.
        """
        numbers = self.numbers[columns]
        common = numbers >= 0
        partial = np.zeros(len(self.norms), np.float32)
        lists = self.ends, self.rows, self.weights
        _add(fixed(weights[~common]), fixed(columns[~common]), lists, partial)
        spread = np.zeros(int(self.numbers.max(initial=-1)) + 1, np.float32)
        spread[numbers[common]] = weights[common]
        return LetterQuery(self, partial, spread)


@dataclass(frozen=True, slots=True)
class LetterQuery:
    """One query against n records.

    Parameters
    ----------
    letters
        Of the records.
    partial
        float32, shape (n,): what the rarer n-grams give every record.
    spread
        float32: the query's common n-grams by number.
    """

    letters: Letters
    partial: Vectors
    spread: Vectors

    def slack(self) -> Vectors:
        """Return how much the common n-grams can add at most: float32, shape (n,)."""
        length = np.sqrt(np.square(self.spread, dtype=np.float64).sum())
        bound: Vectors = self.letters.shared * np.float32(length)
        return bound

    def exact(self, rows: Rows) -> Vectors:
        """Return the whole products with some records: float32, shape (rows,)."""
        letters, found = self.letters, self.partial[rows]
        owned = letters.own_ends, letters.own_numbers, letters.own_weights
        _add_own(owned, self.spread, fixed(rows), found)
        return found


@compiled
def _measure(
    counted: SparseRows,
    told: tuple[NDArray[np.int32], Vectors],
    found: tuple[Vectors, Vectors, Rows],
) -> None:
    """Write the length of each row, of the common part of the unit row, and how long that is."""
    counts, columns, ends = counted
    numbers, idf = told
    norms, shared, own = found
    for row in range(norms.shape[0]):
        whole = part = 0.0
        for i in range(ends[row], ends[row + 1]):
            square = np.float64(counts[i] * idf[columns[i]]) ** 2
            whole += square
            if numbers[columns[i]] >= 0:
                part += square
                own[row] += 1
        if whole:
            norms[row] = np.sqrt(whole)
            shared[row] = np.sqrt(part / whole)


@compiled
def _fill(
    counted: SparseRows,
    told: tuple[NDArray[np.int32], Vectors],
    norms: Vectors,
    lists: Lists,
    owned: tuple[Numbers, Vectors],
) -> None:
    """Write the lists, of which is told where each begins, and the common n-grams of rows."""
    counts, columns, ends = counted
    numbers, idf = told
    following, rows, weights = lists
    own_numbers, own_weights = owned
    done = 0
    for row in range(norms.shape[0]):
        for i in range(ends[row], ends[row + 1]):
            column = columns[i]
            weight = counts[i] * idf[column] / norms[row]
            if numbers[column] < 0:
                at = following[column]
                rows[at], weights[at] = row, weight
                following[column] = at + 1
            else:
                own_numbers[done], own_weights[done] = numbers[column], weight
                done += 1


@compiled
def _add(asked: Vectors, columns: Columns, lists: Lists, found: Vectors) -> None:
    """Add what the lists of a query's n-grams give."""
    ends, rows, weights = lists
    for at in range(columns.shape[0]):
        for i in range(ends[columns[at]], ends[columns[at] + 1]):
            found[rows[i]] += asked[at] * weights[i]


@compiled
def _add_own(
    owned: tuple[Rows, Numbers, Vectors], spread: Vectors, rows: Rows, found: Vectors
) -> None:
    """Add what the common n-grams of some rows give."""
    ends, numbers, weights = owned
    for at in range(rows.shape[0]):
        total = np.float32(0)
        for i in range(ends[rows[at]], ends[rows[at] + 1]):
            total += weights[i] * spread[numbers[i]]
        found[at] += total
