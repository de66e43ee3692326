"""Whether a person can get to where the work is done."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from matcher.domain.codes import distance_km, municipalities
from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import Offer, OfferKind, kind_of
from matcher.domain.profile import Profile

#: Roads are longer than great circles; measured road distances between Finnish centres
#: are mostly 1.2 to 1.3 times the straight line.
ROAD_FACTOR = 1.25
#: Homes and workplaces lie kilometres from the centres that distances are measured between:
#: so far beyond what a person travels one asks, and does not rule out.
MARGIN_KM: Final = 10.0
#: What a commute gate requires and finds where no journey is needed.
REMOTE = "remote"
#: What a commute gate finds where the person would move.
RELOCATION = "relocation"


def commute(profile: Profile, offer: Offer, remote: str | None) -> list[GateResult]:
    """Judge the way to an offer.

    Parameters
    ----------
    profile, offer
        Both sides.
    remote
        The words by which the offer says that it can be done from home alone, if it does.
    """
    if remote and offer.place.remote is None:
        offer = replace(offer, place=replace(offer.place, remote=True))
        return [replace(gate, stated=remote) for gate in _commute(profile, offer)]
    return _commute(profile, offer)


def road_km(profile: Profile, offer: Offer) -> float | None:
    """Return the estimated road distance from home to the offer's nearest place, in km.

    None if either place is unknown.
    """
    known = municipalities()
    places = [code for code in offer.place.municipalities if code in known]
    if profile.municipality not in known or not places:
        return None
    home = str(profile.municipality)
    return ROAD_FACTOR * min(distance_km(home, code) for code in places)


def _commute(profile: Profile, offer: Offer) -> list[GateResult]:
    if not offer.place.remote or profile.commute.remote is False:
        return _journey(profile, offer)
    if profile.commute.remote:
        return [GateResult(GateKind.COMMUTE, GateOutcome.MET, REMOTE, REMOTE)]
    journey = _journey(profile, offer)
    if any(gate.outcome is GateOutcome.MET for gate in journey):
        return journey
    return [GateResult(GateKind.COMMUTE, GateOutcome.UNKNOWN, REMOTE)]


def _journey(profile: Profile, offer: Offer) -> list[GateResult]:
    place = offer.place
    required = ",".join((*place.municipalities, *place.regions, *place.countries))
    if not required:
        if kind_of(offer) in (OfferKind.TRAINING, OfferKind.SERVICE):
            return []
        return [GateResult(GateKind.COMMUTE, GateOutcome.UNKNOWN, "")]
    # One moves for a job or a study place, not for a service.
    moves = profile.commute.relocation and kind_of(offer) is not OfferKind.SERVICE
    if moves and not set(place.countries) - {"FI"}:
        return [GateResult(GateKind.COMMUTE, GateOutcome.MET, required, RELOCATION)]
    return [_distance(profile, offer, required)]


def _distance(profile: Profile, offer: Offer, required: str) -> GateResult:
    km = road_km(profile, offer)
    if km is None:
        outcome = _by_region(profile, offer)
        return GateResult(GateKind.COMMUTE, outcome, required, profile.municipality)
    evidence = f"{km:.0f} km"
    if profile.municipality in offer.place.municipalities:
        return GateResult(GateKind.COMMUTE, GateOutcome.MET, required, evidence)
    if profile.commute.max_km is None:
        return GateResult(GateKind.COMMUTE, GateOutcome.UNKNOWN, required, evidence)
    evidence = f"{evidence} / {profile.commute.max_km:.0f} km"
    return GateResult(GateKind.COMMUTE, _reach(km, profile.commute.max_km), required, evidence)


def _reach(km: float, max_km: float) -> GateOutcome:
    if km <= max_km:
        return GateOutcome.MET
    return GateOutcome.UNKNOWN if km <= max_km + MARGIN_KM else GateOutcome.UNMET


def _by_region(profile: Profile, offer: Offer) -> GateOutcome:
    """Judge an offer that names only regions or countries: it can rule out, never confirm."""
    home = municipalities().get(profile.municipality or "")
    elsewhere = offer.place.regions and home and home.region not in offer.place.regions
    abroad = offer.place.countries and "FI" not in offer.place.countries
    # Who would move may also move abroad, but nobody has asked.
    stays = not profile.commute.relocation
    ruled_out = (abroad and stays) or (elsewhere and profile.commute.relocation is False)
    return GateOutcome.UNMET if ruled_out else GateOutcome.UNKNOWN
