"""Whether a person can get to where the work is done."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from matcher.domain.codes import distance_km, municipalities
from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import Offer, OfferKind, kind_of
from matcher.domain.parts import Place
from matcher.domain.profile import Profile
from matcher.match.gates.asked import JOBS, Asked
from matcher.match.gates.known import Known
from matcher.requirements.statement import Topic

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


@dataclass(frozen=True, slots=True)
class Travels:
    """From where and how far a person gets to work; None is unknown."""

    home: str | None
    max_km: float | None
    relocation: bool | None
    remote: bool | None

    @classmethod
    def of(cls, known: Known) -> Travels:
        """Return how a person travels."""
        way = known.profile.commute
        return cls(known.profile.municipality, way.max_km, way.relocation, way.remote)


@dataclass(frozen=True, slots=True)
class Site:
    """Where an offer takes place, and what that means for its sort.

    Parameters
    ----------
    place
        Where.
    asks
        Whether one asks where it is if it does not say so.
    moves
        Whether one moves for it.
    stated
        The words by which it says that it can be done from home alone, if no field does.
    """

    place: Place
    asks: bool
    moves: bool
    stated: str | None = field(default=None, compare=False)

    @classmethod
    def of(cls, offer: Offer, asked: Asked) -> Site:
        """Return where an offer takes place."""
        kind, place = kind_of(offer), offer.place
        remote = next((ask.stated for ask in asked.of(Topic.REMOTE) if ask.firm), None)
        stated = remote if remote and place.remote is None else None
        if stated:
            place = replace(place, remote=True)
        # One moves for a job or a study place, not for a service.
        return cls(place, kind in JOBS, kind is not OfferKind.SERVICE, stated)


def commute(travels: Travels, site: Site) -> list[GateResult]:
    """Judge the way to an offer."""
    judged = _commute(travels, site)
    return [replace(gate, stated=site.stated) for gate in judged] if site.stated else judged


def road_km(profile: Profile, offer: Offer) -> float | None:
    """Return the estimated road distance from home to the offer's nearest place, in km.

    None if either place is unknown.
    """
    return kilometres(profile.municipality, offer.place)


def kilometres(home: str | None, place: Place) -> float | None:
    """Return the estimated road distance from a municipality to the nearest of a place, in km.

    None if either is unknown.
    """
    known = municipalities()
    places = [code for code in place.municipalities if code in known]
    if home not in known or not places:
        return None
    return min(between(str(home), code) for code in places)


@cache
def between(home: str, there: str) -> float:
    """Return the estimated road distance of two known municipalities: there are 308 of them."""
    return ROAD_FACTOR * distance_km(home, there)


def _commute(travels: Travels, site: Site) -> list[GateResult]:
    if not site.place.remote or travels.remote is False:
        return _journey(travels, site)
    if travels.remote:
        return [GateResult(GateKind.COMMUTE, GateOutcome.MET, REMOTE, REMOTE)]
    journey = _journey(travels, site)
    if any(gate.outcome is GateOutcome.MET for gate in journey):
        return journey
    return [GateResult(GateKind.COMMUTE, GateOutcome.UNKNOWN, REMOTE)]


def _journey(travels: Travels, site: Site) -> list[GateResult]:
    place = site.place
    required = ",".join((*place.municipalities, *place.regions, *place.countries))
    if not required:
        return [GateResult(GateKind.COMMUTE, GateOutcome.UNKNOWN, "")] if site.asks else []
    if travels.relocation and site.moves and not set(place.countries) - {"FI"}:
        return [GateResult(GateKind.COMMUTE, GateOutcome.MET, required, RELOCATION)]
    return [_distance(travels, place, required)]


def _distance(travels: Travels, place: Place, required: str) -> GateResult:
    km = kilometres(travels.home, place)
    if km is None:
        outcome = by_region(travels, place)
        return GateResult(GateKind.COMMUTE, outcome, required, travels.home)
    evidence = f"{km:.0f} km"
    if travels.home in place.municipalities:
        return GateResult(GateKind.COMMUTE, GateOutcome.MET, required, evidence)
    if travels.max_km is None:
        return GateResult(GateKind.COMMUTE, GateOutcome.UNKNOWN, required, evidence)
    evidence = f"{evidence} / {travels.max_km:.0f} km"
    return GateResult(GateKind.COMMUTE, _reach(km, travels.max_km), required, evidence)


def _reach(km: float, max_km: float) -> GateOutcome:
    if km <= max_km:
        return GateOutcome.MET
    return GateOutcome.UNKNOWN if km <= max_km + MARGIN_KM else GateOutcome.UNMET


def by_region(travels: Travels, place: Place) -> GateOutcome:
    """Judge a place whose distance is unknown by its regions: they rule out, never confirm."""
    home = municipalities().get(travels.home or "")
    elsewhere = place.regions and home and home.region not in place.regions
    abroad = place.countries and "FI" not in place.countries
    # Who would move may also move abroad, but nobody has asked.
    ruled_out = (abroad and not travels.relocation) or (elsewhere and travels.relocation is False)
    return GateOutcome.UNMET if ruled_out else GateOutcome.UNKNOWN
