"""The gates of the offers among the candidates of some people, as they are on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

import numpy as np

from matcher.domain.match import GateKind
from matcher.domain.offer import Offer, OfferKind
from matcher.encode.batch import Rows
from matcher.index.corpus import Corpus
from matcher.index.protocol import Among
from matcher.match.book import ROOM, OfferBook
from matcher.match.gates.columns import OfferGates
from matcher.match.gates.crowd import Crowd
from matcher.match.gates.journeys import Site, Travels
from matcher.match.gates.kept import KeptGates
from matcher.match.gates.rules import RULES
from matcher.match.gates.ways import Ways

_COMMUTE: Final = [rule.gate for rule in RULES].index(GateKind.COMMUTE)


class KnownGates:
    """The gates of the offers of one snapshot and kind, and of those that came since.

    Parameters
    ----------
    corpus
        The offers. What the night has kept of those in the snapshot is not read again.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._attached = corpus.attached
        self.kept = KeptGates.read(corpus.attached)
        self.offers = OfferGates(kept=self.kept)
        sites = () if self.kept is None else self.kept.demands[_COMMUTE]
        self._ways = Ways(cast("Sequence[Site]", sites))

    def serves(self, corpus: Corpus) -> bool:
        """Tell whether these can be used on for a corpus: of this snapshot, and not too many.

        Gates know offers that came during the day by their identity: those that nobody has
        any more go with all the others.
        """
        few = len(self.offers) <= ROOM + 4 * corpus.size
        return few and self._attached is corpus.attached

    def within_reach(self, people: Crowd, on: date) -> Among | None:
        """Return which offers of the snapshot are open on a day and not too far for each person.

        None if nothing of them was kept.
        """
        if self.kept is None:
            return None
        travels = people.parts[_COMMUTE]
        sites = self.kept.codes[:, _COMMUTE]
        open_ = np.empty((len(travels.facts), len(sites)), np.bool_)
        for number, each in enumerate(travels.facts):
            # Number 0 is that of an offer without a site.
            shut = self._ways.shut(cast("Travels", each))
            np.take(np.concatenate([[True], ~shut]), sites, out=open_[number])
        open_ &= self.kept.open_on(np.arange(len(sites)), on)
        return Among(open_, travels.of)


@dataclass(frozen=True, slots=True)
class Openings:
    """Offers by corpus row.

    Parameters
    ----------
    rows
        int64, shape (n,): the rows, ascending.
    gates
        int64, shape (n,): rows among the gates, -1 where an offer is not open that day.
        Whether it still says what is indexed is asked of the few that come into a list: to
        read each of them takes longer than all the rest.
    """

    rows: Rows
    gates: Rows

    @classmethod
    def of(
        cls, book: OfferBook, known: KnownGates, wanted: tuple[Corpus, date], rows: Rows
    ) -> Openings:
        """Look up offers.

        Parameters
        ----------
        book
            Where those are read of which nothing was kept.
        known
            The gates of these and other offers.
        wanted
            In which corpus, and the day: offers that expired before it are left out.
        rows
            int64: rows of the corpus, in any order and repeated.
        """
        corpus, on = wanted
        rows = np.unique(rows)
        kept = 0 if known.kept is None else int(np.searchsorted(rows, len(known.kept)))
        gates = np.full(len(rows), -1, np.int64)
        if known.kept is not None:
            open_ = known.kept.open_on(rows[:kept], on)
            gates[:kept][open_] = rows[:kept][open_]
        offers = _open(book, corpus, rows[kept:], on)
        there = [place for place, offer in enumerate(offers, kept) if offer is not None]
        gates[there] = known.offers.rows_of(offer for offer in offers if offer is not None)
        return cls(rows, gates)

    def gates_of(self, rows: Rows) -> Rows:
        """Return the rows among the gates: int64, -1 where there is no offer."""
        gates: Rows = self.gates[np.searchsorted(self.rows, rows)]
        return gates


def is_open(offer: Offer, on: date) -> bool:
    """Tell whether the last day of an offer is not past."""
    return offer.expires is None or offer.expires >= on


def _open(book: OfferBook, corpus: Corpus, rows: Rows, on: date) -> Sequence[Offer | None]:
    """Return the offers of rows; None for those that are gone or over."""
    if not len(rows):
        return ()
    ids = corpus.ids_of(rows)
    entries = book.get(OfferKind(corpus.kind), ids)
    return [
        entry.offer if (entry := entries.get(id)) and is_open(entry.offer, on) else None
        for id in ids
    ]
