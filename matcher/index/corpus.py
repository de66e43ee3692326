"""The searched side of a match: a snapshot's records as they are right now."""

from __future__ import annotations

from collections.abc import Callable, Collection
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
from matcher.index.bounded import NO_FLOOR
from matcher.index.delta import Delta
from matcher.index.exact import ExactIndex
from matcher.index.ordering import merge
from matcher.index.part import Part
from matcher.index.protocol import Among, Hits
from matcher.index.segment import Attached, Segment

#: Searches a part for so many rows, given floors of their scores.
_Search = Callable[[Part, int, Vectors], Hits]


class Corpus:
    """The records of one kind; immutable, so whoever holds one searches one state.

    Rows 0 to n - 1 are those of the snapshot, the rows after them a small delta of
    records that changed since. Rows that were changed or removed are dead: no search
    returns them.

    Parameters
    ----------
    kind
        Of the records.
    base
        The snapshot's records; its rows are those of the corpus.
    delta
        The changed ones.
    lexical
        Weighs n-grams.
    """

    def __init__(self, kind: RecordKind, base: Part, delta: Delta, lexical: LexicalModel) -> None:
        self.kind = kind
        self._base = base
        self._delta = delta
        self.lexical = lexical

    @classmethod
    def of_segment(cls, kind: RecordKind, base: Segment, lexical: LexicalModel) -> Corpus:
        """Return a corpus of one segment, with nothing changed yet."""
        return cls(kind, Part.of(base), Delta.empty(base.index.dimension, lexical), lexical)

    @classmethod
    def of_batch(cls, kind: RecordKind, batch: EncodedBatch, lexical: LexicalModel) -> Corpus:
        """Return a corpus in memory, without a snapshot."""
        return cls.of_segment(kind, Segment(batch, ExactIndex(batch.pooled), lexical), lexical)

    @property
    def size(self) -> int:
        """How many records can be found."""
        return self._base.alive + len(self._delta)

    @property
    def attached(self) -> Attached:
        """What other rooms keep of the snapshot's records, from row 0 on; always one object."""
        return self._base.segment.attached

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
        row_by_id = self._base.segment.row_by_id
        gone = [row for id in touched if (row := row_by_id.get(id)) is not None]
        delta = self._delta.changed(upserted, touched)
        return Corpus(self.kind, self._base.without(gone), delta, self.lexical)

    def among(self, open_: NDArray[np.bool_]) -> Corpus:
        """Return a corpus in which only some of the snapshot's rows are found.

        Parameters
        ----------
        open_
            bool, shape (n,): which. Whatever changed since is found in any case.
        """
        base = Part(self._base.segment, self._base.dead | ~open_)
        return Corpus(self.kind, base, self._delta, self.lexical)

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
        return self._best(len(queries), k, lambda part, *of: part.search(queries, *of))

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
        return self._best(queries.shape[0], k, lambda part, *of: part.search_lexical(queries, *of))

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
        return self._best(len(queries), k, lambda part, k, _: part.search_groups(queries, k))

    def search_blend(self, queries: EncodedBatch, k: int, among: Among | None = None) -> Hits:
        """Find the records that are nearest in meaning and occupation together.

        Parameters
        ----------
        queries
            q encoded records.
        k
            As in `search`.
        among
            Which of the snapshot's rows may be found, by query; all if left out. Whatever
            changed since may be found in any case.

        Returns
        -------
        Hits
            Rows of this corpus (`matcher.index.blend`); a score of −inf says that there are
            no more.
        """
        return self._best(
            len(queries),
            k,
            lambda part, k, _: part.search_blend(queries, k, among if part is self._base else None),
        )

    def _best(self, queries: int, k: int, search: _Search) -> Hits:
        """Search the snapshot and the delta for their best, and return the best of all."""
        floors = np.full(queries, NO_FLOOR)
        best, n = search(self._base, min(k, self._base.alive), floors), len(self._base.segment)
        for part, rows in zip(self._delta.parts, self._delta.rows, strict=True):
            if best.rows.shape[1] == k > 0:
                floors = best.scores[:, -1]
            found = search(part, min(k, part.alive), floors)
            best = merge(best, Hits(n + rows[found.rows], found.scores), k)
        return best

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
        query = np.repeat(np.arange(len(rows)), rows.shape[1])
        return self.lexical_pairs(queries, query, rows.ravel()).reshape(rows.shape)

    def lexical_pairs(self, queries: csr_matrix, query: Rows, rows: Rows) -> NDArray[np.float32]:
        """Return the lexical overlap of queries with rows, pair by pair.

        Parameters
        ----------
        queries
            As in `search_lexical`.
        query, rows
            int64, shape (pairs,): which query with which row of this corpus; pairs of one
            query are best neighbours.

        Returns
        -------
        ndarray of float32, shape (pairs,)
            0 to 1.
        """
        scores = np.zeros(len(rows), np.float32)
        for segment, places, kept in self.by_segment(rows):
            scores[places] = segment.pair_products(queries, query[places], kept)
        return scores

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
        base = self._base.segment
        products = np.empty((queries.shape[0], len(base) + len(self._delta)), np.float32)
        for segment, places, kept in self.by_segment(np.arange(products.shape[1])):
            products[:, places] = segment.lexical_products(queries)[:, kept]
        return products

    def take(self, rows: Rows) -> EncodedBatch:
        """Return encoded records by row, in the given order, without their n-grams.

        Parameters
        ----------
        rows
            int64, shape (m,). What their n-grams say is asked of `lexical_scores`.
        """
        base = self._base.segment.batch
        if len(rows) == len(base) and np.array_equal(rows, np.arange(len(base))):
            return base.dense()  # all of it: nothing has to be copied
        return self._taken(rows, EncodedBatch.take_dense)

    def take_whole(self, rows: Rows) -> EncodedBatch:
        """Return encoded records by row, in the given order, with their n-grams.

        Parameters
        ----------
        rows
            int64, shape (m,). Cutting n-grams out is costly: `take` leaves them.
        """
        return self._taken(rows, EncodedBatch.take)

    def _taken(
        self, rows: Rows, take: Callable[[EncodedBatch, Rows], EncodedBatch]
    ) -> EncodedBatch:
        parts = self.by_segment(rows)
        taken = [take(segment.batch, kept) for segment, _, kept in parts]
        if len(taken) == 1:
            return taken[0]
        none = EncodedBatch.empty(self._base.segment.index.dimension)
        placed = np.concatenate([np.zeros(0, np.int64), *(places for _, places, _ in parts)])
        return take(EncodedBatch.concatenate([none, *taken]), np.argsort(placed))

    def grams_of(self, row: int) -> tuple[NDArray[np.signedinteger[Any]], Vectors]:
        """Return the n-grams of one row: their columns, ascending, and counts, not copied."""
        segment, kept = self._place(row)
        counted = segment.batch.lexical
        its = slice(counted.indptr[kept], counted.indptr[kept + 1])
        return fixed(counted.indices[its]), fixed(counted.data[its])

    def phrases_of(self, row: int) -> Vectors:
        """Return the vectors of one row's phrases: float32, shape (phrases, d), not copied."""
        segment, kept = self._place(row)
        batch = segment.batch
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
        base = self._base.segment
        in_base = rows < len(base)
        if in_base.all():
            return [(base, np.arange(len(rows)), rows)] if len(rows) else []
        found = [(base, np.flatnonzero(in_base), rows[in_base])] if in_base.any() else []
        late = np.flatnonzero(~in_base)
        for segment, places, kept in self._delta.by_segment(rows[late] - len(base)):
            found.append((segment, late[places], kept))
        return found

    def ids_of(self, rows: Rows) -> list[str]:
        """Return the ids of rows: int64, shape (m,)."""
        return self._told(rows, lambda batch: batch.ids)

    def digests_of(self, rows: Rows) -> list[str]:
        """Return the fingerprints of the encoded words of rows: int64, shape (m,)."""
        return self._told(rows, lambda batch: batch.hashes)

    def _told(self, rows: Rows, column: Callable[[EncodedBatch], tuple[str, ...]]) -> list[str]:
        told = [""] * len(rows)
        for segment, places, kept in self.by_segment(rows):
            texts = column(segment.batch)
            for place, row in zip(places.tolist(), kept.tolist(), strict=True):
                told[place] = texts[row]
        return told

    def _place(self, row: int) -> tuple[Segment, int]:
        base = self._base.segment
        if row < len(base):
            return base, row
        [(segment, _, kept)] = self._delta.by_segment(np.array([row - len(base)]))
        return segment, int(kept[0])

    def living(self) -> Rows:
        """Return all rows that can be found: int64, shape (size,), in ascending order."""
        delta = len(self._base.segment) + np.arange(len(self._delta))
        return np.concatenate([np.flatnonzero(~self._base.dead), delta]).astype(np.int64)

    def row_of(self, id: str) -> int | None:
        """Return the row of a record, or None if it cannot be found here."""
        row = self._delta.row_of(id)
        if row is not None:
            return len(self._base.segment) + row
        row = self._base.segment.row_by_id.get(id)
        return None if row is None or self._base.dead[row] else row
