"""The searched side of a match: a snapshot's records as they are right now."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matcher.domain.kinds import RecordKind
from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.compiled import fixed
from matcher.encode.groups import Groups
from matcher.encode.lexical import LexicalModel
from matcher.encode.protocol import Vectors
from matcher.index.blend import nearest
from matcher.index.exact import ExactIndex
from matcher.index.ordering import best_columns, merge
from matcher.index.protocol import Hits
from matcher.index.segment import Attached, Segment, searchable

_SLACK = 16
#: So few queries read less memory in levels than a matrix product does (docs/decisions/0010).
_FEW_QUERIES = 4
_MANY_ROWS = 8192


class Corpus:
    """The records of one kind; immutable, so whoever holds one searches one state.

    Rows 0 to n - 1 are those of the snapshot, the rows after them a small delta of
    records that changed since. Rows that were changed or removed are dead: no search
    returns them.

    Parameters
    ----------
    kind
        Of the records.
    base, delta
        The snapshot's records and the changed ones.
    dead
        bool, shape (len(base),): True for rows of `base` that no longer count.
    lexical
        Weighs n-grams.
    """

    def __init__(
        self,
        kind: RecordKind,
        base: Segment,
        delta: Segment,
        dead: NDArray[np.bool_],
        lexical: LexicalModel,
    ) -> None:
        self.kind = kind
        self._base = base
        self._delta = delta
        self._dead = dead
        self._alive = len(base) - int(dead.sum())
        self.lexical = lexical

    @classmethod
    def of_segment(cls, kind: RecordKind, base: Segment, lexical: LexicalModel) -> Corpus:
        """Return a corpus of one segment, with nothing changed yet."""
        empty = EncodedBatch.empty(base.index.dimension)
        delta = Segment(empty, ExactIndex(empty.pooled), lexical)
        return cls(kind, base, delta, np.zeros(len(base), np.bool_), lexical)

    @classmethod
    def of_batch(cls, kind: RecordKind, batch: EncodedBatch, lexical: LexicalModel) -> Corpus:
        """Return a corpus in memory, without a snapshot."""
        return cls.of_segment(kind, Segment(batch, ExactIndex(batch.pooled), lexical), lexical)

    @property
    def size(self) -> int:
        """How many records can be found."""
        return self._alive + len(self._delta)

    @property
    def attached(self) -> Attached:
        """What other rooms keep of the snapshot's records, from row 0 on; always one object."""
        return self._base.attached

    def changed(self, upserted: EncodedBatch, removed: Collection[str]) -> Corpus:
        """Return the corpus after some records changed, came or went.

        Parameters
        ----------
        upserted
            Records as they are now; those without words can no longer be found.
        removed
            Ids of records that are gone; unknown ones are ignored.
        """
        touched = {*upserted.ids, *removed}
        dead = self._dead.copy()
        dead[[row for id in touched if (row := self._base.row_by_id.get(id)) is not None]] = True
        old = self._delta.batch
        kept = np.array([row for row, id in enumerate(old.ids) if id not in touched], np.int64)
        batch = EncodedBatch.concatenate([old.take(kept), searchable(upserted)])
        # By id, so that the order of equal ones does not depend on how the changes came in.
        batch = batch.take(np.argsort(np.array(batch.ids, np.str_), kind="stable"))
        delta = Segment(batch, ExactIndex(batch.pooled), self.lexical)
        return Corpus(self.kind, self._base, delta, dead, self.lexical)

    def search(self, queries: Vectors, k: int) -> Hits:
        """Find the records with the highest inner product of pooled vectors.

        Parameters
        ----------
        queries
            float32, shape (q, d), unit rows.
        k
            How many are wanted for each; fewer come back if fewer are alive.

        Returns
        -------
        Hits
            Rows of this corpus.
        """
        base = self._search_base(queries, k)
        delta = self._delta.index.search(queries, k)
        moved = Hits(delta.rows + len(self._base), delta.scores)
        return merge(base, moved, min(k, self.size))

    def search_lexical(self, queries: csr_matrix, k: int) -> Hits:
        """Find the records that share most n-grams.

        Parameters
        ----------
        queries
            csr_matrix of float32, shape (q, FEATURES): weighted by idf, unit rows.
        k
            As in `search`.

        Returns
        -------
        Hits
            Rows of this corpus.
        """
        k = min(k, self.size)
        base = self._base.search_lexical(queries, min(k, self._alive), self._dead)
        none = np.zeros(len(self._delta), np.bool_)
        delta = self._delta.search_lexical(queries, min(k, len(self._delta)), none)
        return merge(base, Hits(delta.rows + len(self._base), delta.scores), k)

    def search_groups(self, queries: Groups, k: int) -> Hits:
        """Find the records of the likest occupations.

        Parameters
        ----------
        queries
            Groups of q records.
        k
            As in `search`.

        Returns
        -------
        Hits
            Rows of this corpus; a score of 0 says that no occupation is common to both.
        """
        k = min(k, self.size)
        step = self._base.queries_at_once()
        parts = [Hits.empty(0, k)]
        for start in range(0, len(queries), step):
            some = queries.take(np.arange(start, min(start + step, len(queries))))
            products = [segment.group_products(some) for segment in (self._base, self._delta)]
            scores = np.concatenate(products, axis=1)
            scores[:, : len(self._base)][:, self._dead] = -1
            parts.append(best_columns(scores, k))
        return Hits(
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.scores for part in parts]),
        )

    def search_blend(self, queries: EncodedBatch, k: int) -> Hits:
        """Find the records that are nearest in meaning and occupation together.

        Parameters
        ----------
        queries
            q encoded records.
        k
            As in `search`.

        Returns
        -------
        Hits
            Rows of this corpus (`matcher.index.blend`).
        """
        dead = np.flatnonzero(self._dead)
        k = min(k, self.size)
        living = min(k, self._alive)
        step = self._base.queries_at_once()
        parts = [Hits.empty(0, k)]
        for start in range(0, len(queries), step):
            some = queries.rows(start, start + step)
            base = nearest(some, self._base.batch, self._base.by_group, dead, living)
            delta = nearest(
                some, self._delta.batch, self._delta.by_group, dead[:0], min(k, len(self._delta))
            )
            parts.append(merge(base, Hits(delta.rows + len(self._base), delta.scores), k))
        return Hits(
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.scores for part in parts]),
        )

    def lexical_scores(self, queries: csr_matrix, rows: Rows) -> NDArray[np.float32]:
        """Return the lexical overlap of each query with the rows that stand beside it.

        Parameters
        ----------
        queries
            As in `search_lexical`.
        rows
            int64, shape (q, k): rows of this corpus.

        Returns
        -------
        ndarray of float32, shape (q, k)
            0 to 1.
        """
        n = len(self._base)
        in_delta = rows >= n
        if not in_delta.any():
            return self._base.lexical_scores(queries, rows)
        # Rows of the other segment are scored as row 0 of this one, and then not taken.
        delta = self._delta.lexical_scores(queries, np.where(in_delta, rows - n, 0))
        if not n:
            return delta
        base = self._base.lexical_scores(queries, np.where(in_delta, 0, rows))
        return np.where(in_delta, delta, base)

    def lexical_products(self, queries: csr_matrix) -> NDArray[np.float32]:
        """Return the product of the n-grams of each query with those of every row.

        Parameters
        ----------
        queries
            csr_matrix of float32, shape (q, FEATURES): weighted by idf, of any length. As
            many as fit into memory: nothing is cut into parts here.

        Returns
        -------
        ndarray of float32, shape (q, n)
            Columns are rows of this corpus, those of dead rows too.
        """
        parts = [segment.lexical_products(queries) for segment in (self._base, self._delta)]
        return np.concatenate(parts, axis=1)

    def take(self, rows: Rows) -> EncodedBatch:
        """Return encoded records by row, in the given order, without their n-grams.

        Parameters
        ----------
        rows
            int64, shape (m,). What their n-grams say is asked of `lexical_scores`.
        """
        n = len(self._base)
        in_delta = rows >= n
        base, delta = self._base.batch, self._delta.batch
        if len(rows) == n and np.array_equal(rows, np.arange(n)):
            return base.dense()  # all of it: nothing has to be copied
        if not in_delta.any():
            return base.take_dense(rows)
        both = EncodedBatch.concatenate(
            [base.take_dense(rows[~in_delta]), delta.take_dense(rows[in_delta] - n)]
        )
        back = np.argsort(np.concatenate([np.flatnonzero(~in_delta), np.flatnonzero(in_delta)]))
        return both.take_dense(back)

    def take_whole(self, rows: Rows) -> EncodedBatch:
        """Return encoded records by row, in the given order, with their n-grams.

        Parameters
        ----------
        rows
            int64, shape (m,). Cutting n-grams out is costly: `take` leaves them.
        """
        parts = self.by_segment(rows)
        taken = [segment.batch.take(kept) for segment, _, kept in parts]
        if len(taken) == 1:
            return taken[0]
        none = EncodedBatch.empty(self._base.index.dimension)
        placed = np.concatenate([np.zeros(0, np.int64), *(places for _, places, _ in parts)])
        return EncodedBatch.concatenate([none, *taken]).take(np.argsort(placed))

    def grams_of(self, row: int) -> tuple[NDArray[np.signedinteger[Any]], Vectors]:
        """Return the n-grams of one row: their columns, ascending, and counts, not copied."""
        n = len(self._base)
        rows, kept = (self._base, row) if row < n else (self._delta, row - n)
        counted = rows.batch.lexical
        its = slice(counted.indptr[kept], counted.indptr[kept + 1])
        return fixed(counted.indices[its]), fixed(counted.data[its])

    def phrases_of(self, row: int) -> Vectors:
        """Return the vectors of one row's phrases: float32, shape (phrases, d), not copied."""
        n = len(self._base)
        batch, kept = (self._base.batch, row) if row < n else (self._delta.batch, row - n)
        phrases: Vectors = batch.phrases[batch.offsets[kept] : batch.offsets[kept + 1]]
        return phrases

    def by_segment(self, rows: Rows) -> list[tuple[Segment, Rows, Rows]]:
        """Return where rows are kept, so that they can be read without being copied.

        Parameters
        ----------
        rows
            int64, shape (m,): rows of this corpus.

        Returns
        -------
        list of tuple
            Each segment that holds any; their places among `rows`; their rows in it.
        """
        in_delta = rows >= len(self._base)
        split = (
            (self._base, np.flatnonzero(~in_delta), 0),
            (self._delta, np.flatnonzero(in_delta), len(self._base)),
        )
        return [
            (segment, places, rows[places] - first)
            for segment, places, first in split
            if len(places)
        ]

    def ids_of(self, rows: Rows) -> list[str]:
        """Return the ids of rows: int64, shape (m,)."""
        n = len(self._base)
        ids, delta_ids = self._base.batch.ids, self._delta.batch.ids
        return [ids[row] if row < n else delta_ids[row - n] for row in rows.tolist()]

    def digests_of(self, rows: Rows) -> list[str]:
        """Return the fingerprints of the encoded words of rows: int64, shape (m,)."""
        n = len(self._base)
        hashes, delta_hashes = self._base.batch.hashes, self._delta.batch.hashes
        return [hashes[row] if row < n else delta_hashes[row - n] for row in rows.tolist()]

    def living(self) -> Rows:
        """Return all rows that can be found: int64, shape (size,), in ascending order."""
        delta = len(self._base) + np.arange(len(self._delta))
        return np.concatenate([np.flatnonzero(~self._dead), delta]).astype(np.int64)

    def row_of(self, id: str) -> int | None:
        """Return the row of a record, or None if it cannot be found here."""
        row = self._delta.row_by_id.get(id)
        if row is not None:
            return len(self._base) + row
        row = self._base.row_by_id.get(id)
        return None if row is None or self._dead[row] else row

    def _search_base(self, queries: Vectors, k: int) -> Hits:
        """Ask for more and more, until k living rows are among the answers to every query."""
        k = min(k, self._alive)
        if len(queries) <= _FEW_QUERIES and len(self._base) >= _MANY_ROWS and k:
            return self._base.search(queries, k, self._dead)
        if self._alive == len(self._base) or not k:
            return self._base.index.search(queries, k)
        wanted = k + _SLACK
        while True:
            hits = self._base.index.search(queries, wanted)
            alive = ~self._dead[hits.rows]
            if (alive.sum(axis=1) >= k).all():
                return _first_columns(hits, alive, k)
            wanted *= 4


def _first_columns(hits: Hits, wanted: NDArray[np.bool_], k: int) -> Hits:
    """Keep of each row the first k columns that are wanted; there are that many."""
    columns = np.argsort(~wanted, axis=1, kind="stable")[:, :k]
    return Hits(
        np.take_along_axis(hits.rows, columns, axis=1),
        np.take_along_axis(hits.scores, columns, axis=1),
    )
