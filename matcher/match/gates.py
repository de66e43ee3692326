"""Hard constraints of an offer held against a profile: met, unmet or unknown.

Unknown is never agreement: it adds nothing to a score and becomes a question. A list that
a coach has filled in (languages, licences, cards) counts as complete; one that was never
asked is unknown.
"""

from __future__ import annotations

from matcher.domain.codes import distance_km, included_licences, municipalities
from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import Offer, OfferKind, kind_of
from matcher.domain.parts import Cefr, LanguageSkill, WorkExtent, WorkingTime
from matcher.domain.profile import Profile

#: Roads are longer than great circles; measured road distances between Finnish centres
#: are mostly 1.2 to 1.3 times the straight line.
ROAD_FACTOR = 1.25
#: What a commute gate requires and finds where no journey is needed.
REMOTE = "remote"
#: With "Finnish required" and no level stated, this level settles it; below, one asks.
ENOUGH_WITHOUT_LEVEL = Cefr.B1
#: Times that not everybody can work; the others are office hours or as agreed.
DEMANDING_TIMES = frozenset(
    {
        WorkingTime.EVENING,
        WorkingTime.NIGHT,
        WorkingTime.WEEKEND,
        WorkingTime.SHIFT,
        WorkingTime.PERIOD,
    }
)
#: Who can work the first can also work the others.
_INCLUDES: dict[WorkingTime, set[WorkingTime]] = {
    WorkingTime.SHIFT: {
        WorkingTime.SHIFT,
        WorkingTime.PERIOD,
        WorkingTime.DAY,
        WorkingTime.EVENING,
    },
    WorkingTime.WEEKDAY: {WorkingTime.WEEKDAY, WorkingTime.DAY},
    WorkingTime.FLEXIBLE: {WorkingTime.FLEXIBLE, WorkingTime.DAY},
}


def judge(profile: Profile, offer: Offer) -> tuple[GateResult, ...]:
    """Hold every hard constraint of an offer against a profile.

    Returns
    -------
    tuple of GateResult
        One for each licence, card, language, place and working time that the offer asks
        for, and one for what the person cannot do, if it is a job; empty if there is none.
    """
    return (
        *_licences(profile, offer),
        *_cards(profile, offer),
        *_languages(profile, offer),
        *_commute(profile, offer),
        *_times(profile, offer),
        *_extents(profile, offer),
        *_restrictions(profile, offer),
    )


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


def _held(
    gate: GateKind, required: str, held: tuple[str, ...] | None, granted: frozenset[str]
) -> GateResult:
    if held is None:
        return GateResult(gate, GateOutcome.UNKNOWN, required)
    outcome = GateOutcome.MET if required in granted else GateOutcome.UNMET
    return GateResult(gate, outcome, required, ", ".join(held))


def _licences(profile: Profile, offer: Offer) -> list[GateResult]:
    granted = included_licences(profile.licences or ())
    return [
        _held(GateKind.LICENCE, licence, profile.licences, granted) for licence in offer.licences
    ]


def _cards(profile: Profile, offer: Offer) -> list[GateResult]:
    granted = frozenset(profile.cards or ())
    return [_held(GateKind.CARD, card, profile.cards, granted) for card in offer.cards]


def _languages(profile: Profile, offer: Offer) -> list[GateResult]:
    return [_language(profile, wanted) for wanted in offer.languages]


def _language(profile: Profile, wanted: LanguageSkill) -> GateResult:
    required = f"{wanted.code}:{wanted.level}" if wanted.level else wanted.code
    if profile.languages is None:
        return GateResult(GateKind.LANGUAGE, GateOutcome.UNKNOWN, required)
    skill = next((known for known in profile.languages if known.code == wanted.code), None)
    if skill is None:
        listed = ", ".join(known.code for known in profile.languages)
        return GateResult(GateKind.LANGUAGE, GateOutcome.UNMET, required, listed)
    if skill.level is None:
        return GateResult(GateKind.LANGUAGE, GateOutcome.UNKNOWN, required, skill.code)
    evidence = f"{skill.code}:{skill.level}"
    enough = skill.level.rank >= (wanted.level or ENOUGH_WITHOUT_LEVEL).rank
    short = GateOutcome.UNMET if wanted.level else GateOutcome.UNKNOWN
    return GateResult(GateKind.LANGUAGE, GateOutcome.MET if enough else short, required, evidence)


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
        return [GateResult(GateKind.COMMUTE, GateOutcome.MET, required, "relocation")]
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
    near = km <= profile.commute.max_km
    outcome = GateOutcome.MET if near else GateOutcome.UNMET
    return GateResult(
        GateKind.COMMUTE, outcome, required, f"{evidence} / {profile.commute.max_km:.0f} km"
    )


def _by_region(profile: Profile, offer: Offer) -> GateOutcome:
    """Judge an offer that names only regions or countries: it can rule out, never confirm."""
    home = municipalities().get(profile.municipality or "")
    elsewhere = offer.place.regions and home and home.region not in offer.place.regions
    abroad = offer.place.countries and "FI" not in offer.place.countries
    # Who would move may also move abroad, but nobody has asked.
    stays = not profile.commute.relocation
    ruled_out = (abroad and stays) or (elsewhere and profile.commute.relocation is False)
    return GateOutcome.UNMET if ruled_out else GateOutcome.UNKNOWN


def _times(profile: Profile, offer: Offer) -> list[GateResult]:
    times = frozenset(offer.hours.times or ())
    wanted = times & DEMANDING_TIMES or times & {WorkingTime.DAY}
    if not wanted:
        return []
    required = ",".join(sorted(wanted))
    if profile.hours.times is None:
        return [GateResult(GateKind.WORKING_TIME, GateOutcome.UNKNOWN, required)]
    can = frozenset().union(*(_INCLUDES.get(time, {time}) for time in profile.hours.times))
    if wanted <= can:
        outcome = GateOutcome.MET
    elif (times - wanted) or wanted & can or WorkingTime.SHIFT in profile.hours.times:
        # The offer lists other times too: whether these alone will do is for the employer to
        # say. Who works shifts may well work nights and weekends: that is to be asked.
        outcome = GateOutcome.UNKNOWN
    else:
        outcome = GateOutcome.UNMET
    evidence = ",".join(sorted(profile.hours.times))
    return [GateResult(GateKind.WORKING_TIME, outcome, required, evidence)]


def _extents(profile: Profile, offer: Offer) -> list[GateResult]:
    wanted: tuple[WorkExtent, ...] | None = offer.hours.extents
    if not wanted:
        return []
    required = ",".join(sorted(wanted))
    if profile.hours.extents is None:
        return [GateResult(GateKind.WORKING_TIME, GateOutcome.UNKNOWN, required)]
    shared = set(wanted) & set(profile.hours.extents)
    outcome = GateOutcome.MET if shared else GateOutcome.UNMET
    evidence = ",".join(sorted(profile.hours.extents))
    return [GateResult(GateKind.WORKING_TIME, outcome, required, evidence)]


def _restrictions(profile: Profile, offer: Offer) -> list[GateResult]:
    """Ask: an advertisement hardly ever says enough to tell that a job respects a restriction."""
    if not profile.restrictions or kind_of(offer) in (OfferKind.TRAINING, OfferKind.SERVICE):
        return []
    words = "; ".join(restriction.text for restriction in profile.restrictions)
    return [GateResult(GateKind.RESTRICTION, GateOutcome.UNKNOWN, words, words)]
