"""Widening rings: where little is within reach, what is further away, told as such and asked.

Nothing of it stands in a list: how far a client travels is the client's to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from matcher.domain.match import GateKind, GateOutcome, GateResult, Match
from matcher.domain.offer import OfferKind
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.i18n.message import CountedMessage, msgs
from matcher.i18n.words import Words
from matcher.match.matcher import Matcher

#: A list of jobs as long as this is not few.
ENOUGH: Final = 3
#: How far the rings reach, in kilometres by road.
RINGS_KM: Final = (30.0, 50.0, 80.0, 120.0)
#: So many of the best within the last ring are looked at.
LOOKED_AT: Final = 30
#: What is looked for further away: work.
_WORK: Final = (OfferKind.VACANCY, OfferKind.NEED)
_ASK: Final[dict[OfferKind, CountedMessage]] = {
    OfferKind.VACANCY: msgs(
        "Few jobs are within {own}. Could the client travel up to {km}? {n} more job would fit.",
        "Few jobs are within {own}. Could the client travel up to {km}? {n} more jobs would fit.",
    ),
    OfferKind.NEED: msgs(
        "Few companies' needs are within {own}. Could the client travel up to {km}? "
        "{n} more need would fit.",
        "Few companies' needs are within {own}. Could the client travel up to {km}? "
        "{n} more needs would fit.",
    ),
}


@dataclass(frozen=True, slots=True)
class Ring:
    """Offers that nothing but the way keeps out of a list.

    Parameters
    ----------
    kind
        Of the offers.
    own_km, km
        How far the client travels, and how far one would have to.
    matches
        Best first, beyond the rings before; the gate of the way is unmet in each.
    """

    kind: OfferKind
    own_km: float
    km: float
    matches: tuple[Match, ...]


def wider(
    matcher: Matcher,
    profile: Profile,
    lists: Mapping[OfferKind, Sequence[Match]],
    *,
    k: int,
    on: date,
) -> list[Ring]:
    """Look further away where a list of work is short.

    Parameters
    ----------
    matcher
        Made the lists.
    profile
        Whose lists. Nothing is looked for if it is unknown how far the client travels, or
        if the client would move.
    lists
        By kind, without what a gate blocks.
    k
        How long the lists could be.
    on
        The day.

    Returns
    -------
    list of Ring
        The nearest first, as many as it takes to have enough; empty rings are left out, and
        only the best `LOOKED_AT` offers within the last ring are looked at.
    """
    own = profile.commute.max_km
    if own is None or profile.commute.relocation or profile.municipality is None:
        return []
    kinds = [kind for kind in _WORK if kind in lists and len(lists[kind]) < min(k, ENOUGH)]
    if not kinds or own >= RINGS_KM[-1]:
        return []
    furthest = replace(profile, commute=replace(profile.commute, max_km=RINGS_KM[-1]))
    [found] = matcher.match([furthest], kinds=kinds, k=LOOKED_AT, on=on)
    return [
        ring
        for kind in kinds
        for ring in _rings(kind, own, min(k, ENOUGH), lists[kind], found[kind])
    ]


def ring_words(ring: Ring, lang: Lang) -> str:
    """Return what to ask the client about a ring."""
    words = Words.of(lang)
    return words.counted(
        _ASK[ring.kind], len(ring.matches), own=words.km(ring.own_km), km=words.km(ring.km)
    )


def _rings(
    kind: OfferKind, own: float, enough: int, listed: Sequence[Match], found: Sequence[Match]
) -> Iterator[Ring]:
    known = {match.offer_id for match in listed}
    for km in RINGS_KM:
        if km <= own or len(known) >= enough:
            continue
        # What is not known to be that near would raise the same question anew.
        more = [
            _told(one, own)
            for one in found
            if one.offer_id not in known and one.distance_km is not None and one.distance_km <= km
        ]
        if more:
            known |= {one.offer_id for one in more}
            yield Ring(kind, own, km, tuple(more))


def _told(match: Match, own: float) -> Match:
    """Return a match as it is for the client: too far away."""
    return replace(match, gates=tuple(_too_far(gate, match, own) for gate in match.gates))


def _too_far(gate: GateResult, match: Match, own: float) -> GateResult:
    if gate.gate is not GateKind.COMMUTE:
        return gate
    evidence = f"{match.distance_km:.0f} km / {own:.0f} km"
    return replace(gate, outcome=GateOutcome.UNMET, evidence=evidence)
