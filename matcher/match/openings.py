"""The offers among the candidates of some people, as they are on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matcher.domain.offer import OfferKind
from matcher.encode.batch import Rows
from matcher.index.corpus import Corpus
from matcher.match.book import Entry, OfferBook


@dataclass(frozen=True, slots=True)
class Openings:
    """Offers by corpus row.

    Parameters
    ----------
    rows
        int64, shape (n,): the rows, ascending.
    entries
        The offer of each; None where it is not open that day, or has changed since it was
        indexed: such a record is shown from the next refresh on.
    gates
        int64, shape (n,): rows among the gates of the book, -1 where there is no offer.
    """

    rows: Rows
    entries: Sequence[Entry | None]
    gates: Rows

    @classmethod
    def of(cls, book: OfferBook, kind: OfferKind, corpus: Corpus, rows: Rows, on: date) -> Openings:
        """Read offers.

        Parameters
        ----------
        book
            Where they are read.
        kind, corpus
            Of the offers.
        rows
            int64: rows of the corpus, in any order and repeated.
        on
            The day: offers that expired before are left out.
        """
        rows = np.unique(rows)
        ids, digests = corpus.ids_of(rows), corpus.digests_of(rows)
        known = book.get(kind, ids)
        entries = [
            _open(known.get(id), digest, on) for id, digest in zip(ids, digests, strict=True)
        ]
        gates = np.array([-1 if entry is None else entry.gates for entry in entries], np.int64)
        return cls(rows, entries, gates)

    def entry(self, row: int) -> Entry | None:
        """Return the offer of a row."""
        return self.entries[int(np.searchsorted(self.rows, row))]

    def gates_of(self, rows: Rows) -> Rows:
        """Return the rows among the gates of the book: int64, -1 where there is no offer."""
        gates: Rows = self.gates[np.searchsorted(self.rows, rows)]
        return gates


def _open(entry: Entry | None, digest: str, on: date) -> Entry | None:
    if entry is None or entry.digest != digest:
        return None
    expires = entry.offer.expires
    return entry if expires is None or expires >= on else None
