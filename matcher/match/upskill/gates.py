"""The gates of offers for one person who thinks of training."""

from __future__ import annotations

from datetime import date

import numpy as np

from matcher.domain.match import GateOutcome, GateResult, Match
from matcher.domain.offer import Offer, OfferKind, kind_of
from matcher.domain.parts import Place
from matcher.index.corpus import Corpus
from matcher.match.book import Entry
from matcher.match.gates import judge as gates
from matcher.match.gates.asked import asked_in
from matcher.match.sides import Offered, Person, gated
from matcher.match.wishes.limits import NO_WISHES, Wishes
from matcher.requirements.statement import Topic


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
        self._within: dict[tuple[OfferKind, Place], bool] = {}

    def gets_to(self, offer: Offer) -> bool:
        """Tell quickly whether the place of an offer alone does not rule it out.

        There are few places and many offers.
        """
        key = kind_of(offer), offer.place
        if key not in self._within:
            bare = type(offer)(id="", place=offer.place)
            judged = gates.judge(self._person.profile, bare, self._on)
            self._within[key] = not unmet(judged)
        # Work that the text offers from home needs no journey.
        return self._within[key] or bool(asked_in(offer).of(Topic.REMOTE))

    def locks(self, entry: Entry, corpus: Corpus, row: int) -> tuple[GateResult, ...]:
        """Return the gates of an offer that are unmet now."""
        if self._wishes is NO_WISHES:
            return unmet(gates.judge(self._person.profile, entry.offer, self._on))
        offered = Offered(entry.offer, entry.words, corpus.take(np.array([row])))
        return unmet(self.after(self._person, offered).gates)

    def of_training(self, person: Person, offer: Offer) -> tuple[GateResult, ...]:
        """Return the gates of a training for the person, or for who the person will be."""
        return gates.judge(person.profile, offer, self._on)

    def after(self, person: Person, offered: Offered) -> Match:
        """Return an offer with its gates for the person, or for who the person will be."""
        match = gated(person, offered.offer, 0.0, rank=1, on=self._on)
        return self._wishes.added_to(match, person.profile, offered)

    def is_over(self, offer: Offer) -> bool:
        """Tell whether the last day of an offer is past."""
        return offer.expires is not None and offer.expires < self._on


def unmet(results: tuple[GateResult, ...]) -> tuple[GateResult, ...]:
    """Return the gates that are unmet."""
    return tuple(gate for gate in results if gate.outcome is GateOutcome.UNMET)
