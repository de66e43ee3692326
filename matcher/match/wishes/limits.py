"""What a client does not want, held against offers like any other hard constraint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from matcher.domain.feedback import Action, Limit, Wish
from matcher.domain.match import GateKind, GateOutcome, GateResult, Match
from matcher.domain.offer import Offer, OfferKind, kind_of
from matcher.domain.parts import WorkingTime
from matcher.domain.profile import Profile
from matcher.match.duplicates import Seen
from matcher.match.gates.journeys import road_km
from matcher.match.sides import Offered

#: What is wished of a journey or of hours to work is not said of a study place or a service.
_JOBS: Final = frozenset({OfferKind.VACANCY, OfferKind.NEED})
#: Where an offer names one of these too, the demanding times beside it may be avoidable.
_MILD: Final = frozenset({WorkingTime.DAY, WorkingTime.WEEKDAY, WorkingTime.FLEXIBLE})


@dataclass(frozen=True, slots=True)
class Refused:
    """A wish, and the advertisement that it is about with all that say the same.

    Parameters
    ----------
    wish
        What was said.
    ads
        Knows the refused advertisement; empty if the wish is not about one, or it is erased.
    """

    wish: Wish
    ads: Seen


class Wishes:
    """What one client does not want.

    Parameters
    ----------
    refused
        The wishes that hold, each with what it refuses.
    """

    def __init__(self, refused: Sequence[Refused] = ()) -> None:
        self._refused = tuple(refused)

    def added_to(self, match: Match, profile: Profile, offered: Offered) -> Match:
        """Return a match with a gate for every wish that the offer goes against, or may."""
        held = [_judge(one, profile, offered, match.kind) for one in self._refused]
        found = tuple(gate for gate in held if gate is not None)
        return replace(match, gates=(*match.gates, *found)) if found else match

    def refuse(self, profile: Profile, offered: Offered) -> bool:
        """Tell whether the client does not want this offer."""
        kind = kind_of(offered.offer)
        held = [_judge(one, profile, offered, kind) for one in self._refused]
        return any(gate is not None and gate.outcome is GateOutcome.UNMET for gate in held)


#: Of clients who have said nothing.
NO_WISHES: Final = Wishes()


def without_wishes(match: Match) -> Match:
    """Return a match without the gates of wishes, which may hold no longer."""
    kept = tuple(gate for gate in match.gates if gate.gate is not GateKind.WISH)
    return replace(match, gates=kept)


def _judge(
    refused: Refused, profile: Profile, offered: Offered, kind: OfferKind
) -> GateResult | None:
    wish, offer = refused.wish, offered.offer
    outcome = _limited(wish, profile, offer) if _same_sort(wish, kind) else None
    if outcome is GateOutcome.UNMET or not _refuses(refused, offered, kind):
        return None if outcome is None else _gate(wish, wish.limit, wish.value, outcome)
    return _gate(wish, Limit.OFFER, wish.offer_id, GateOutcome.UNMET)


def _gate(wish: Wish, limit: Limit, value: str, outcome: GateOutcome) -> GateResult:
    return GateResult(GateKind.WISH, outcome, f"{limit}:{value}", wish.since.isoformat())


def _same_sort(wish: Wish, kind: OfferKind) -> bool:
    return wish.limit is Limit.EMPLOYER or kind is wish.kind or {kind, wish.kind} <= _JOBS


def _limited(wish: Wish, profile: Profile, offer: Offer) -> GateOutcome | None:
    """Return how an offer stands to what a wish limits; None if it keeps to it."""
    match wish.limit:
        case Limit.EMPLOYER:
            same = employer_key(offer.organisation) == employer_key(wish.value)
            return GateOutcome.UNMET if same else None
        case Limit.DISTANCE:
            return _too_far(float(wish.value), profile, offer)
        case Limit.TIMES:
            return _unwanted_times(frozenset(wish.value.split(",")), offer)
        case Limit.OFFER:
            return None


def employer_key(name: str) -> str:
    """Return what names of the same employer have in common."""
    return " ".join(name.casefold().split())


def _too_far(limit_km: float, profile: Profile, offer: Offer) -> GateOutcome | None:
    """Judge a distance; where none is known, the commute gate asks already."""
    km = road_km(profile, offer)
    if km is None or offer.place.remote:
        return None
    return GateOutcome.UNMET if round(km, 1) >= limit_km else None


def _unwanted_times(unwanted: frozenset[str], offer: Offer) -> GateOutcome | None:
    if not offer.hours.times:
        return GateOutcome.UNKNOWN
    times = frozenset(offer.hours.times)
    if not times & unwanted:
        return None
    return GateOutcome.UNKNOWN if times & _MILD else GateOutcome.UNMET


def _refuses(refused: Refused, offered: Offered, kind: OfferKind) -> bool:
    """Tell whether this offer, or one that says the same, was found not suitable."""
    wish = refused.wish
    if wish.action is not Action.NOT_SUITABLE or wish.kind is not kind:
        return False
    return wish.offer_id == offered.offer.id or refused.ads.holds(offered.offer, offered.encoded)
