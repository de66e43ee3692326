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
from matcher.match.gates.columns import OfferGates


@dataclass(frozen=True, slots=True)
class Openings:
    """Offers by corpus row.

    Parameters
    ----------
    rows
        int64, shape (n,): the rows, ascending.
    entries
        The offer of each; None where it is not open that day. Whether it still says what is
        indexed is asked of the few that come into a list: to choose the words of each takes
        longer than all the rest.
    gates
        int64, shape (n,): rows among the gates, -1 where there is no offer.
    """

    rows: Rows
    entries: Sequence[Entry | None]
    gates: Rows

    @classmethod
    def of(
        cls, book: OfferBook, among: OfferGates, wanted: tuple[OfferKind, Corpus, date], rows: Rows
    ) -> Openings:
        """Read offers.

        Parameters
        ----------
        book
            Where they are read.
        among
            The gates of these and other offers.
        wanted
            Of which kind, in which corpus, and the day: offers that expired before it are
            left out.
        rows
            int64: rows of the corpus, in any order and repeated.
        """
        kind, corpus, on = wanted
        rows = np.unique(rows)
        ids = corpus.ids_of(rows)
        known = book.get(kind, ids)
        entries = [_open(known.get(id), on) for id in ids]
        gates = np.full(len(rows), -1, np.int64)
        there = [place for place, entry in enumerate(entries) if entry is not None]
        gates[there] = among.rows_of(entry.offer for entry in entries if entry is not None)
        return cls(rows, entries, gates)

    def entries_of(self, rows: Rows) -> list[Entry | None]:
        """Return the offers of rows."""
        return [self.entries[place] for place in np.searchsorted(self.rows, rows).tolist()]

    def with_gates(self, rows: Rows) -> tuple[Rows, Rows]:
        """Return those of some rows that have an offer, and their rows among the gates."""
        gates = self.gates_of(rows)
        return rows[gates >= 0], gates[gates >= 0]

    def gates_of(self, rows: Rows) -> Rows:
        """Return the rows among the gates: int64, -1 where there is no offer."""
        gates: Rows = self.gates[np.searchsorted(self.rows, rows)]
        return gates


def _open(entry: Entry | None, on: date) -> Entry | None:
    expires = None if entry is None else entry.offer.expires
    return entry if expires is None or expires >= on else None
