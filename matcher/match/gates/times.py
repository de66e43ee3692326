"""Whether a person can work when, as much and from when an offer needs it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Final

from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import Offer
from matcher.domain.parts import Availability, WorkExtent, WorkingTime
from matcher.match.gates.asked import Ask, Asked
from matcher.match.gates.known import Known
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


@dataclass(frozen=True, slots=True)
class Cannot:
    """A restriction that rules out times of work; equal to others that rule out the same."""

    times: frozenset[str]
    text: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Working:
    """When a person can work: the listed times in order, None if unknown, and what is ruled out."""

    times: tuple[WorkingTime, ...] | None
    cannot: tuple[Cannot, ...]

    @classmethod
    def of(cls, known: Known) -> Working:
        """Return when a person can work."""
        profile = known.profile
        ruled_out = (Cannot(read_cannot(one.text)[0], one.text) for one in profile.restrictions)
        times = profile.hours.times
        return cls(
            None if times is None else tuple(sorted(times)),
            tuple(one for one in ruled_out if one.times),
        )


@dataclass(frozen=True, slots=True)
class Rota:
    """When an offer is worked.

    Parameters
    ----------
    wanted
        Times of its field that not everybody can work, or those of the day; they may be
        alternatives.
    others
        Whether the field lists times beside them.
    named
        Times of its text, of which the work consists.
    """

    wanted: tuple[WorkingTime, ...]
    others: bool
    named: tuple[Ask, ...]

    @classmethod
    def of(cls, offer: Offer, asked: Asked) -> Rota | None:
        """Return when an offer is worked, the times of its text that its field does not list."""
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
        wanted = listed & DEMANDING_TIMES or listed & {WorkingTime.DAY}
        named = tuple(ask for _, ask in sorted(demanding.items(), key=itemgetter(0)))
        if not wanted and not named:
            return None
        return cls(tuple(sorted(wanted)), listed > wanted, named)


@dataclass(frozen=True, slots=True)
class Load:
    """How much work a person can do, or an offer is: extents in order, and hours a week.

    Parameters
    ----------
    extents
        None if unknown; of an offer empty where it says nothing.
    per_week
        None if unknown.
    stated
        The sentence of an offer that tells the extents, if no field does.
    """

    extents: tuple[WorkExtent, ...] | None
    per_week: float | None
    stated: str | None = field(default=None, compare=False)

    @classmethod
    def can(cls, known: Known) -> Load:
        """Return how much a person can work."""
        hours = known.profile.hours
        extents = None if hours.extents is None else tuple(sorted(hours.extents))
        return cls(extents, hours.per_week)

    @classmethod
    def of(cls, offer: Offer, asked: Asked) -> Load | None:
        """Return how much work an offer is."""
        wanted, stated = offer.hours.extents, None
        if not wanted and (asks := asked.of(Topic.EXTENT)):
            wanted = tuple(WorkExtent(code) for code in asks[0].codes)
            stated = asks[0].stated
        if not wanted and offer.hours.per_week is None:
            return None
        return cls(tuple(sorted(wanted or ())), offer.hours.per_week, stated)


def free(known: Known) -> Availability:
    """Return when a person is free."""
    return known.profile.availability


def needed(offer: Offer, _: Asked) -> Availability | None:
    """Return the first and last day of an offer, if either is known."""
    period = offer.availability
    return None if period.start is None and period.end is None else period


def times(person: Working, rota: Rota) -> list[GateResult]:
    """Judge the times of work that the fields of an offer list, then those its text states.

    A field lists times that may be alternatives; a sentence states what the work consists of.
    """
    return [*_listed(person, rota), *(_named(person, ask) for ask in rota.named)]


def extents(person: Load, offer: Load) -> list[GateResult]:
    """Judge full time or part time, and the hours a week where both sides tell them."""
    return [*_extent(person, offer), *_hours(person.per_week, offer.per_week)]


def start(free: Availability, needed: Availability) -> list[GateResult]:
    """Judge the first and last day of an offer against when the person is free.

    A first day can often be agreed on: a later one is a question. An offer that is over
    before the person is free, or begins when they no longer are, is out of reach.
    """
    required = "–".join(day.isoformat() if day else "" for day in (needed.start, needed.end))
    if free.start is None and free.end is None:
        return [GateResult(GateKind.START, GateOutcome.UNKNOWN, required)]
    evidence = "–".join(day.isoformat() if day else "" for day in (free.start, free.end))
    return [GateResult(GateKind.START, _start(free, needed), required, evidence)]


def _start(free: Availability, needed: Availability) -> GateOutcome:
    over = free.start and needed.end and needed.end < free.start
    late = free.end and needed.start and free.end < needed.start
    if over or late:
        return GateOutcome.UNMET
    before = free.start and needed.start and needed.start < free.start
    short = free.end and (needed.end is None or free.end < needed.end)
    return GateOutcome.UNKNOWN if before or short else GateOutcome.MET


def _named(person: Working, ask: Ask) -> GateResult:
    time = WorkingTime(ask.codes[0])
    result = GateResult(GateKind.WORKING_TIME, GateOutcome.UNKNOWN, time, stated=ask.stated)
    for restriction in person.cannot:
        if time in restriction.times:
            return replace(result, outcome=GateOutcome.UNMET, evidence=restriction.text)
    if person.times is None:
        return result
    evidence = ",".join(person.times)
    return replace(result, outcome=_can(person.times, time), evidence=evidence)


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


def _listed(person: Working, rota: Rota) -> list[GateResult]:
    if not rota.wanted:
        return []
    required = ",".join(rota.wanted)
    if person.times is None:
        return [GateResult(GateKind.WORKING_TIME, GateOutcome.UNKNOWN, required)]
    can, wanted = _reach(person.times), set(rota.wanted)
    if wanted <= can:
        outcome = GateOutcome.MET
    elif rota.others or wanted & can or WorkingTime.SHIFT in person.times:
        # The offer lists other times too: whether these alone will do is for the employer to
        # say. Who works shifts may well work nights and weekends: that is to be asked.
        outcome = GateOutcome.UNKNOWN
    else:
        outcome = GateOutcome.UNMET
    return [GateResult(GateKind.WORKING_TIME, outcome, required, ",".join(person.times))]


def _extent(person: Load, offer: Load) -> list[GateResult]:
    if not offer.extents:
        return []
    required = ",".join(offer.extents)
    if person.extents is None:
        outcome, evidence = GateOutcome.UNKNOWN, None
    else:
        shared = set(offer.extents) & set(person.extents)
        outcome = GateOutcome.MET if shared else GateOutcome.UNMET
        evidence = ",".join(person.extents)
    return [GateResult(GateKind.WORKING_TIME, outcome, required, evidence, offer.stated)]


def _hours(can: float | None, needed: float | None) -> list[GateResult]:
    if needed is None or can is None:
        return []
    outcome = GateOutcome.MET if needed <= can else GateOutcome.UNKNOWN
    return [GateResult(GateKind.WORKING_TIME, outcome, f"{needed:g}h", f"{can:g}h")]
