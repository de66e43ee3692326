"""Offers by their row of an index, as long as nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from matcher.domain.offer import OfferKind
from matcher.index.corpus import Corpus
from matcher.match.book import Entry, OfferBook
from matcher.match.openings import is_open


class Shelf:
    """Holds the offers of a corpus on a day, by row; safe across threads.

    Parameters
    ----------
    book
        Where offers are read.
    corpus
        Of one kind of offer.
    on
        Offers that expired before that day are not held.
    """

    def __init__(self, book: OfferBook, corpus: Corpus, on: date) -> None:
        self._book = book
        self._revision = book.revision
        self._corpus = corpus
        self._on = on
        self._kind = OfferKind(corpus.kind)
        self._entries: dict[int, Entry | None] = {}

    def serves(self, corpus: Corpus, on: date) -> bool:
        """Tell whether this holds the offers of a corpus on a day as they are now."""
        same = self._corpus is corpus and self._on == on
        return same and self._revision == self._book.revision

    def entries(self, rows: Sequence[int]) -> list[Entry | None]:
        """Return the offers of rows; None for those that are gone, over, or changed meanwhile.

        A record that changed after the last refresh is shown from the next one on.
        """
        known = self._entries
        absent = [row for row in rows if row not in known]
        if absent:
            if len(known) > self._book.room:
                # Who looks something up at the moment has the others at hand.
                known = self._entries = {row: known[row] for row in rows if row in known}
            known.update(self._read(absent))
        return [known[row] for row in rows]

    def _read(self, rows: Sequence[int]) -> dict[int, Entry | None]:
        where = np.array(rows, np.int64)
        ids, digests = self._corpus.ids_of(where), self._corpus.digests_of(where)
        entries = self._book.get(self._kind, ids)
        return {
            row: entry
            if (entry := entries.get(id))
            and is_open(entry.offer, self._on)
            and entry.digest == digest
            else None
            for row, id, digest in zip(rows, ids, digests, strict=True)
        }
