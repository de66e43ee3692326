"""A segment of which some records no longer count."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matcher.encode.batch import EncodedBatch
from matcher.encode.groups import Groups
from matcher.encode.protocol import Vectors
from matcher.index.blend import Searched, nearest
from matcher.index.bounded import NO_FLOOR
from matcher.index.ordering import best_columns
from matcher.index.protocol import Among, Hits
from matcher.index.segment import Segment, queries_at_once

_SLACK: Final = 16
#: So few queries read less memory in levels than a matrix product does (docs/decisions/0016).
_FEW_QUERIES: Final = 4
_MANY_ROWS: Final = 8192
#: From this share of all rows on a query counts as one that may find almost anything.
_WIDE: Final = 0.25


@dataclass(frozen=True)
class Part:
    """Records that are searched together; immutable.

    Every search takes how many rows are wanted for each query, which is no more than are
    alive, and returns rows of the segment. With floors, what scores lower than its query's
    need not be found; scores of −inf stand in its place.

    Parameters
    ----------
    segment
        The records.
    dead
        bool, shape (n,): True for those that no longer count.
    """

    segment: Segment
    dead: NDArray[np.bool_]

    @classmethod
    def of(cls, segment: Segment) -> Part:
        """Return a part of which every record counts."""
        return cls(segment, np.zeros(len(segment), np.bool_))

    @cached_property
    def alive(self) -> int:
        """How many records count."""
        return len(self.dead) - int(self.dead.sum())

    def without(self, rows: Collection[int]) -> Part:
        """Return the part after some records have gone."""
        if not rows:
            return self
        dead = self.dead.copy()
        dead[list(rows)] = True
        return Part(self.segment, dead)

    def search(self, queries: Vectors, k: int, floors: Vectors) -> Hits:
        """Find the highest inner products with pooled vectors: float32, shape (q, d)."""
        known = floors.size and floors.min() > NO_FLOOR
        if len(queries) <= _FEW_QUERIES and k and (known or len(self.segment) >= _MANY_ROWS):
            return self.segment.search(queries, k, self.dead, floors)
        if self.alive == len(self.segment) or not k:
            return self.segment.index.search(queries, k)
        return self._search_around_dead(queries, k)

    def search_lexical(self, queries: csr_matrix, k: int, floors: Vectors) -> Hits:
        """Find the records that share most n-grams with rows of weights of unit length."""
        return self.segment.search_lexical(queries, k, self.dead, floors)

    def search_groups(self, queries: Groups, k: int) -> Hits:
        """Find the likest occupations."""
        hits = Hits.empty(len(queries), k)
        step = queries_at_once(len(self.segment))
        for start in range(0, len(queries), step):
            some = np.arange(start, min(start + step, len(queries)))
            scores = self.segment.group_products(queries.take(some))
            scores[:, self.dead] = -1
            best = best_columns(scores, k)
            hits.rows[some], hits.scores[some] = best.rows, best.scores
        return hits

    def search_blend(self, queries: EncodedBatch, k: int, among: Among | None = None) -> Hits:
        """Find the nearest in meaning and occupation together, among all or some rows."""
        if among is None:
            return self._blended(queries, k, self.segment.searched, self.dead[None])
        hits = Hits.empty(len(queries), k)
        # Who may find almost anything is not searched for together with who may find little.
        is_wide = (among.open.sum(axis=1) > _WIDE * len(self.dead))[among.whose]
        for asking in (np.flatnonzero(is_wide), np.flatnonzero(~is_wide)):
            whose = among.whose[asking]
            rows = np.flatnonzero(among.open[np.unique(whose)].any(axis=0) & ~self.dead)
            shut = ~among.open[:, rows][whose]
            found = self._blended(queries.take_dense(asking), k, self.segment.some(rows), shut)
            hits.rows[asking] = rows[found.rows] if len(rows) else found.rows
            hits.scores[asking] = found.scores
        return hits

    def _blended(
        self,
        queries: EncodedBatch,
        k: int,
        searched: Searched,
        shut: NDArray[np.bool_],
    ) -> Hits:
        """Search some rows for few queries at once, so that scores take modest memory.

        What is shut is shut for all if it has one row, else for each query.
        """
        hits = Hits.empty(len(queries), k)
        step = queries_at_once(len(searched.pooled))
        for start in range(0, len(queries), step):
            there = slice(start, start + step)
            lines = shut if len(shut) == 1 else shut[there]
            found = nearest(queries.rows(start, start + step), searched, lines, k)
            hits.rows[there], hits.scores[there] = found.rows, found.scores
        return hits

    def _search_around_dead(self, queries: Vectors, k: int) -> Hits:
        """Ask for more and more, until k living rows are among the answers to every query."""
        wanted = k + _SLACK
        while True:
            hits = self.segment.index.search(queries, wanted)
            alive = ~self.dead[hits.rows]
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
