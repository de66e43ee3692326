"""The gates of offers for one person who thinks of training."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import GateResult, Match
from matcher.domain.offer import Offer
from matcher.encode.batch import Rows
from matcher.index.corpus import Corpus
from matcher.match.book import Entry
from matcher.match.gates.columns import OfferGates, Outcome
from matcher.match.gates.judge import judge
from matcher.match.gates.rules import Unmet
from matcher.match.gates.sides import Facts
from matcher.match.sides import Offered, Person, gated
from matcher.match.wishes.limits import NO_WISHES, Wishes


class Gatekeeper:
    """Judges the gates of offers on a day, with what the client does not want.

    Parameters
    ----------
    person
        As now.
    wishes
        What the client does not want.
    on
        The day.
    """

    def __init__(self, person: Person, wishes: Wishes, on: date) -> None:
        self._person = person
        self._wishes = wishes
        self._on = on
        self._facts = Facts.of(person.profile, on)

    def blocked_by(self, gates: OfferGates, rows: Rows) -> NDArray[np.bool_]:
        """Tell which kinds of gate of many offers are unmet now, wishes aside.

        Parameters
        ----------
        gates, rows
            Where the offers are.

        Returns
        -------
        ndarray of bool, shape (offers, len(GATES))
        """
        unmet: NDArray[np.bool_] = gates.outcomes(self._facts, rows) == Outcome.UNMET
        return unmet

    def locks(self, gates: OfferGates, rows: Rows) -> list[tuple[Unmet, ...]]:
        """Return what each of many offers asks for and the person lacks now, wishes aside."""
        return [tuple(sorted(unmet)) if unmet else () for unmet in gates.unmet(self._facts, rows)]

    def refused(self, entry: Entry, corpus: Corpus, row: int) -> bool:
        """Tell whether the client does not want an offer."""
        if self._wishes is NO_WISHES:
            return False
        offered = Offered(entry.offer, entry.words, corpus.take(np.array([row])))
        return self._wishes.refuse(self._person.profile, offered)

    def of_training(self, person: Person, offer: Offer) -> tuple[GateResult, ...]:
        """Return the gates of a training for the person, or for who the person will be."""
        return judge(person.profile, offer, self._on)

    def after(self, person: Person, offered: Offered) -> Match:
        """Return an offer with its gates for the person, or for who the person will be."""
        match = gated(person, offered.offer, 0.0, rank=1, on=self._on)
        return self._wishes.added_to(match, person.profile, offered)

    def is_over(self, offer: Offer) -> bool:
        """Tell whether the last day of an offer is past."""
        return offer.expires is not None and offer.expires < self._on
