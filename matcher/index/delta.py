"""The records that changed since the snapshot was built, in a few segments that grow by merging.

What comes in becomes a segment of its own, and is merged with the one before while that is not
several times as large. So a record is copied a few times in a day of ten thousand additions, and
a search meets a handful of segments. Rows are told by id, so that the order of equal records
hangs neither on how changes came in nor on how they were merged.

References
----------
O'Neil, P., Cheng, E., Gawlick, D. and O'Neil, E. (1996). The log-structured merge-tree
(LSM-tree). Acta Informatica 33(4).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.lexical import LexicalModel
from matcher.index.exact import ExactIndex
from matcher.index.part import Part
from matcher.index.segment import Segment, searchable

#: A segment is at least so many times as large as the one that came after it.
GROWTH: Final = 6


@dataclass(frozen=True, slots=True)
class Delta:
    """Changed records; immutable. Row i is the i-th of those that count, by id.

    Parameters
    ----------
    parts
        The largest first, each with its records by id.
    ids
        Of all that count, ascending.
    part_of, row_of_part
        int64, shape (n,): which part holds each row, and where in it.
    rows
        Of each part int64: the row here of each of its records, −1 of dead ones.
    dimension, lexical
        Of vectors; weighs n-grams.
    """

    parts: tuple[Part, ...]
    ids: NDArray[np.str_]
    part_of: Rows
    row_of_part: Rows
    rows: tuple[Rows, ...]
    dimension: int
    lexical: LexicalModel

    @classmethod
    def empty(cls, dimension: int, lexical: LexicalModel) -> Delta:
        """Return a delta of nothing."""
        return cls._of((), dimension, lexical)

    @classmethod
    def _of(cls, parts: Sequence[Part], dimension: int, lexical: LexicalModel) -> Delta:
        rows = [np.flatnonzero(~part.dead) for part in parts]
        ids = [
            np.array(part.segment.batch.ids, np.str_)[kept]
            for part, kept in zip(parts, rows, strict=True)
        ]
        together = np.concatenate([np.zeros(0, "<U1"), *ids])
        # Each part is in order already, which a stable sort makes use of.
        order = np.argsort(together, kind="stable")
        holders = np.repeat(np.arange(len(parts)), [len(kept) for kept in rows])[order]
        inside = np.concatenate([np.zeros(0, np.int64), *rows])[order]
        here = tuple(np.full(len(part.dead), -1, np.int64) for part in parts)
        for number, told in enumerate(here):
            held = np.flatnonzero(holders == number)
            told[inside[held]] = held
        return cls(tuple(parts), together[order], holders, inside, here, dimension, lexical)

    def __len__(self) -> int:
        return len(self.ids)

    def changed(self, upserted: EncodedBatch, touched: Collection[str]) -> Delta:
        """Return the delta after some records changed, came or went.

        Parameters
        ----------
        upserted
            Records as they are now; those without words are left out.
        touched
            Ids of all that changed, came or went.
        """
        parts = [part for part in self._without(touched) if part.alive]
        fresh = searchable(upserted)
        if len(fresh):
            parts.append(self._part([fresh]))
        while len(parts) > 1 and parts[-2].alive < GROWTH * parts[-1].alive:
            parts[-2:] = [self._part([_living(parts[-2]), _living(parts[-1])])]
        return Delta._of(parts, self.dimension, self.lexical)

    def by_segment(self, rows: Rows) -> Iterator[tuple[Segment, Rows, Rows]]:
        """Yield each segment that holds any of some rows; their places; their rows in it."""
        holders = self.part_of[rows]
        for number in np.unique(holders).tolist():
            places = np.flatnonzero(holders == number)
            yield self.parts[number].segment, places, self.row_of_part[rows[places]]

    def row_of(self, id: str) -> int | None:
        """Return the row of a record, or None if it is not here."""
        row = int(np.searchsorted(self.ids, id))
        return row if row < len(self.ids) and self.ids[row] == id else None

    def _without(self, touched: Collection[str]) -> Iterator[Part]:
        rows = [row for id in touched if (row := self.row_of(id)) is not None]
        holders, inside = self.part_of[rows], self.row_of_part[rows]
        for number, part in enumerate(self.parts):
            yield part.without(inside[holders == number].tolist())

    def _part(self, batches: Sequence[EncodedBatch]) -> Part:
        batch = EncodedBatch.concatenate(batches)
        batch = batch.take(np.argsort(np.array(batch.ids, np.str_), kind="stable"))
        return Part.of(Segment(batch, ExactIndex(batch.pooled), self.lexical))


def _living(part: Part) -> EncodedBatch:
    batch = part.segment.batch
    return batch.take(np.flatnonzero(~part.dead)) if part.dead.any() else batch
