"""The offers that trainings can open, as they are now, with their gates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.offer import OfferKind
from matcher.encode.batch import Rows
from matcher.match.book import Entry, OfferBook
from matcher.match.gates.columns import GATES, OfferGates
from matcher.match.upskill.field import Covered
from matcher.match.upskill.gates import Gatekeeper
from matcher.match.upskill.gifts import OPENED

_OPENED: Final = np.array([gate in OPENED for gate in GATES])


@dataclass(frozen=True, slots=True)
class Jobs:
    """The offers of all coverages, one after the other.

    Parameters
    ----------
    entries
        The offers with their words; None for what changed since the coverage was made.
    gates, rows
        Their gates, and int64, shape (offers,): where each stands there; 0 for None.
    there
        bool, shape (offers,): whether an offer is still as it was, and not over.
    """

    entries: tuple[Entry | None, ...]
    gates: OfferGates
    rows: Rows
    there: NDArray[np.bool_]

    @classmethod
    def of(cls, covered: Sequence[Covered], book: OfferBook, gates: OfferGates, on: date) -> Jobs:
        """Read the offers of coverages on a day."""
        entries = [entry for one in covered for entry in _entries(one, book)]
        rows = np.zeros(len(entries), np.int64)
        known = [place for place, entry in enumerate(entries) if entry]
        rows[known] = gates.rows_of(entry.offer for entry in entries if entry)
        there = [entry is not None and not _is_over(entry, on) for entry in entries]
        return cls(tuple(entries), gates, rows, np.array(there, np.bool_))

    def within_reach(self, keeper: Gatekeeper) -> NDArray[np.bool_]:
        """Tell which offers no gate keeps from a person for good: bool, shape (offers,).

        What a card, a licence or a qualification opens may be opened by a training.
        """
        reachable = self.there.copy()
        shut = keeper.blocked_by(self.gates, self.rows[reachable])[:, ~_OPENED].any(axis=1)
        reachable[reachable] = ~shut
        return reachable


def _entries(covered: Covered, book: OfferBook) -> list[Entry | None]:
    corpus, rows = covered.coverage.corpus, covered.coverage.rows
    ids, digests = corpus.ids_of(rows), corpus.digests_of(rows)
    entries = book.get(OfferKind(covered.kind), ids)
    return [
        entry if alive and (entry := entries.get(id)) and entry.digest == digest else None
        for id, digest, alive in zip(ids, digests, covered.living.tolist(), strict=True)
    ]


def _is_over(entry: Entry, on: date) -> bool:
    return entry.offer.expires is not None and entry.offer.expires < on
