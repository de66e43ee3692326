"""How much of each barrier an offer covers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from matcher.domain.barriers import Barrier, BarrierArea
from matcher.domain.match import Band, Match
from matcher.domain.offer import OfferKind, Service
from matcher.encode.protocol import Encoder, TextRole, Vectors
from matcher.match.likeness import Likeness
from matcher.match.reasons.naming import ANSWERED_FROM

#: What a match covers of the barrier that its kind answers: a judgement of ours.
BAND_SHARES: Final[dict[Band, float]] = {Band.STRONG: 1.0, Band.GOOD: 0.7, Band.POSSIBLE: 0.4}
#: Barriers that a kind of match answers.
ANSWERS: Final[dict[OfferKind, BarrierArea]] = {
    OfferKind.VACANCY: BarrierArea.EMPLOYMENT,
    OfferKind.NEED: BarrierArea.EMPLOYMENT,
    OfferKind.TRAINING: BarrierArea.COMPETENCE,
}


def match_covers(match: Match, barriers: Sequence[Barrier]) -> dict[int, float]:
    """Return what a job or training covers, by position of the barrier."""
    share = BAND_SHARES.get(match.band)
    if share is None:
        return {}
    answered = ANSWERS[match.kind]
    return {i: share for i, barrier in enumerate(barriers) if barrier.area is answered}


class ServiceCoverage:
    """What services cover of the barriers of one person.

    A service covers a barrier of an area in which it helps if it speaks of what the barrier is
    about. If nothing more than the area is told of the barrier or of the service, it only touches
    it: whether it helps is unknown. One that tells what it helps with, and does not speak of this
    barrier, is for something else in the same area: help with substance abuse is no answer to a
    strained back. Such a barrier stays open, and the package says so. A service whose areas nobody
    has told covers what it speaks of.

    Parameters
    ----------
    encoder, likeness
        Tell how alike two phrases are.
    barriers
        Of the person.
    services
        Whose phrases are to be compared.
    """

    def __init__(
        self,
        encoder: Encoder,
        likeness: Likeness,
        barriers: Sequence[Barrier],
        services: Sequence[Service],
    ) -> None:
        self._barriers = barriers
        told = sorted({barrier.text for barrier in barriers if barrier.text})
        phrases = sorted({phrase for one in services for phrase in one.helps_with})
        self._told = {text: i for i, text in enumerate(told)}
        self._phrases = {phrase: i for i, phrase in enumerate(phrases)}
        self._alike = _alike(encoder, likeness, told, phrases)

    def of(self, service: Service) -> Mapping[int, float]:
        """Return what one of the services covers, by position of the barrier."""
        shares = {i: self._share(service, one) for i, one in enumerate(self._barriers)}
        return {i: share for i, share in shares.items() if share > 0}

    def touched_by(self, service: Service) -> frozenset[int]:
        """Return the barriers of whose area a service is, while nobody knows whether it helps."""
        return frozenset(
            i
            for i, barrier in enumerate(self._barriers)
            if barrier.area in (service.areas or ()) and not (barrier.text and service.helps_with)
        )

    def _share(self, service: Service, barrier: Barrier) -> float:
        spoken_of = self._spoken_of(service, barrier)
        is_spoken_of = spoken_of >= ANSWERED_FROM
        if service.areas is None:
            return spoken_of if is_spoken_of else 0.0
        return 1.0 if is_spoken_of and barrier.area in service.areas else 0.0

    def _spoken_of(self, service: Service, barrier: Barrier) -> float:
        rows = [self._phrases[phrase] for phrase in service.helps_with]
        if not barrier.text or not rows:
            return 0.0
        return float(self._alike[self._told[barrier.text], rows].max())


def _alike(
    encoder: Encoder, likeness: Likeness, told: Sequence[str], phrases: Sequence[str]
) -> Vectors:
    if not told or not phrases:
        return np.zeros((len(told), len(phrases)), np.float32)
    asked = encoder.encode(told, TextRole.QUERY)
    return likeness.of_phrases(asked @ encoder.encode(phrases, TextRole.PASSAGE).T)
