"""Whether a person can work when, as much and from when an offer needs it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import Offer
from matcher.domain.parts import WorkExtent, WorkingTime
from matcher.domain.profile import Profile
from matcher.match.gates.asked import Ask, Asked
from matcher.requirements.own_words import read_cannot
from matcher.requirements.statement import Topic

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
#: Times of which shifts and periods are made: who lists some of them has listed them all.
_PARTS: Final = frozenset({WorkingTime.EVENING, WorkingTime.NIGHT, WorkingTime.WEEKEND})
#: Work made of other times, which the text may not name.
_MIXED: Final = frozenset({WorkingTime.SHIFT, WorkingTime.PERIOD})


def times(profile: Profile, offer: Offer, asked: Asked) -> list[GateResult]:
    """Judge the times of work that the fields of an offer list, then those its text states.

    A field lists times that may be alternatives; a sentence states what the work consists of.
    """
    listed = frozenset(offer.hours.times or ())
    stated = {
        WorkingTime(ask.codes[0]): ask
        for ask in asked.of(Topic.TIME)
        if ask.firm and ask.codes[0] not in listed
    }
    demanding = {time: ask for time, ask in stated.items() if time in DEMANDING_TIMES}
    # Shifts say nothing more where the text also says which.
    if demanding.keys() & _PARTS:
        demanding = {time: ask for time, ask in demanding.items() if time not in _MIXED}
    if not listed and not demanding:
        demanding = {time: ask for time, ask in stated.items() if time is WorkingTime.DAY}
    named = [_named(profile, time, ask) for time, ask in sorted(demanding.items())]
    return [*_listed(profile, listed), *named]


def extents(profile: Profile, offer: Offer, asked: Asked) -> list[GateResult]:
    """Judge full time or part time, and the hours a week where both sides tell them."""
    asks = asked.of(Topic.EXTENT)
    wanted, stated = offer.hours.extents, None
    if not wanted and asks:
        wanted = tuple(WorkExtent(code) for code in asks[0].codes)
        stated = asks[0].stated
    return [*_extent(profile, wanted, stated), *_hours(profile, offer)]


def start(profile: Profile, offer: Offer) -> list[GateResult]:
    """Judge the first and last day of an offer against when the person is free.

    A first day can often be agreed on: a later one is a question. An offer that is over
    before the person is free, or begins when they no longer are, is out of reach.
    """
    free, needed = profile.availability, offer.availability
    if needed.start is None and needed.end is None:
        return []
    required = "–".join(day.isoformat() if day else "" for day in (needed.start, needed.end))
    if free.start is None and free.end is None:
        return [GateResult(GateKind.START, GateOutcome.UNKNOWN, required)]
    evidence = "–".join(day.isoformat() if day else "" for day in (free.start, free.end))
    return [GateResult(GateKind.START, _start(profile, offer), required, evidence)]


def _start(profile: Profile, offer: Offer) -> GateOutcome:
    free, needed = profile.availability, offer.availability
    over = free.start and needed.end and needed.end < free.start
    late = free.end and needed.start and free.end < needed.start
    if over or late:
        return GateOutcome.UNMET
    before = free.start and needed.start and needed.start < free.start
    short = free.end and (needed.end is None or free.end < needed.end)
    return GateOutcome.UNKNOWN if before or short else GateOutcome.MET


def _named(profile: Profile, time: WorkingTime, ask: Ask) -> GateResult:
    result = GateResult(GateKind.WORKING_TIME, GateOutcome.UNKNOWN, time, stated=ask.stated)
    for restriction in profile.restrictions:
        if time in read_cannot(restriction.text)[0]:
            return replace(result, outcome=GateOutcome.UNMET, evidence=restriction.text)
    if profile.hours.times is None:
        return result
    evidence = ",".join(sorted(profile.hours.times))
    return replace(result, outcome=_can(profile.hours.times, time), evidence=evidence)


def _can(listed: tuple[WorkingTime, ...], time: WorkingTime) -> GateOutcome:
    if time in _reach(listed):
        return GateOutcome.MET
    if time in _MIXED:
        # Shift work has evenings; which other times it has, the text does not say.
        return GateOutcome.UNKNOWN if set(listed) & _PARTS else GateOutcome.UNMET
    # Who lists shifts and nothing of what they are made of may work nights too: one asks.
    open_ = set(listed) & _MIXED and not set(listed) & _PARTS
    return GateOutcome.UNKNOWN if open_ else GateOutcome.UNMET


def _reach(listed: tuple[WorkingTime, ...]) -> frozenset[WorkingTime]:
    return frozenset().union(*(_INCLUDES.get(time, {time}) for time in listed))


def _listed(profile: Profile, listed: frozenset[WorkingTime]) -> list[GateResult]:
    wanted = listed & DEMANDING_TIMES or listed & {WorkingTime.DAY}
    if not wanted:
        return []
    required = ",".join(sorted(wanted))
    if profile.hours.times is None:
        return [GateResult(GateKind.WORKING_TIME, GateOutcome.UNKNOWN, required)]
    can = _reach(profile.hours.times)
    if wanted <= can:
        outcome = GateOutcome.MET
    elif (listed - wanted) or wanted & can or WorkingTime.SHIFT in profile.hours.times:
        # The offer lists other times too: whether these alone will do is for the employer to
        # say. Who works shifts may well work nights and weekends: that is to be asked.
        outcome = GateOutcome.UNKNOWN
    else:
        outcome = GateOutcome.UNMET
    evidence = ",".join(sorted(profile.hours.times))
    return [GateResult(GateKind.WORKING_TIME, outcome, required, evidence)]


def _extent(
    profile: Profile, wanted: tuple[WorkExtent, ...] | None, stated: str | None
) -> list[GateResult]:
    if not wanted:
        return []
    result = GateResult(
        GateKind.WORKING_TIME, GateOutcome.UNKNOWN, ",".join(sorted(wanted)), stated=stated
    )
    if profile.hours.extents is None:
        return [result]
    shared = set(wanted) & set(profile.hours.extents)
    evidence = ",".join(sorted(profile.hours.extents))
    outcome = GateOutcome.MET if shared else GateOutcome.UNMET
    return [replace(result, outcome=outcome, evidence=evidence)]


def _hours(profile: Profile, offer: Offer) -> list[GateResult]:
    needed, can = offer.hours.per_week, profile.hours.per_week
    if needed is None or can is None:
        return []
    outcome = GateOutcome.MET if needed <= can else GateOutcome.UNKNOWN
    return [GateResult(GateKind.WORKING_TIME, outcome, f"{needed:g}h", f"{can:g}h")]
