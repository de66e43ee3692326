"""What the service owes a person: when it is due, whether it was held, and with whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from matcher.domain.calendar import finnish_day
from matcher.domain.casework.meetings import Meeting, MeetingKind, MeetingState
from matcher.domain.situation import Situation
from matcher.pathways.area import DutyKind, DutyRule, in_force
from matcher.pathways.conditions import Any, Bound, Condition, FlagIs, NumberIs, evaluate
from matcher.pathways.factnames import FactName
from matcher.pathways.standing import Standing
from matcher.pathways.terms import JobSearch, add_months, weekdays_after, working_days_after
from matcher.pathways.truth import Truth

_DAY: Final = timedelta(days=1)
#: Which meeting fulfils which duty; other duties are fulfilled by other things.
MEETINGS: Final = {
    MeetingKind.FIRST_INTERVIEW: DutyKind.FIRST_INTERVIEW,
    MeetingKind.DISCUSSION: DutyKind.DISCUSSION,
    MeetingKind.MAPPING: DutyKind.MAPPING,
}


class DutyState(StrEnum):
    """What became of a duty."""

    HELD = "held"
    UPCOMING = "upcoming"
    OVERDUE = "overdue"
    PAUSED = "paused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Held:
    """Something that the service did for a person on a day."""

    duty: DutyKind
    on: date


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty towards one person.

    Parameters
    ----------
    rule
        What, with whom, and why.
    state
        As of the day that was asked.
    due
        The last day for it; None if a pause has no end or facts are missing. Where days of
        benefit decide, the earliest day on which they can be full.
    held
        When it was done last; None if it was not.
    missing
        Facts that nobody has told.
    """

    rule: DutyRule
    state: DutyState
    due: date | None
    held: date | None = None
    missing: tuple[FactName, ...] = ()


def held_meetings(meetings: Iterable[Meeting]) -> tuple[Held, ...]:
    """Return the duties that meetings fulfilled: those held, by the day in Finland."""
    return tuple(
        Held(MEETINGS[each.kind], finnish_day(each.begins))
        for each in meetings
        if each.state is MeetingState.HELD and each.kind in MEETINGS
    )


def duties_of(standing: Standing, held: Sequence[Held]) -> tuple[Duty, ...]:
    """Return every duty towards a person on a day, in the order of the area file.

    Parameters
    ----------
    standing
        Of the person.
    held
        What was done for the person so far; what was before the present job search, or
        after the day, is not read.

    Returns
    -------
    tuple of Duty
        None for who is no jobseeker on that day; all unknown if no registration is told.
    """
    rules = in_force(standing.area.duties, standing.on)
    if standing.situation.registrations is None:
        missing = (FactName.JOB_SEARCH,)
        return tuple(Duty(rule, DutyState.UNKNOWN, None, missing=missing) for rule in rules)
    search = standing.search
    if search is None or not search.in_force(standing.on):
        return ()
    return tuple(_duty(rule, standing, search, held) for rule in rules)


def _duty(rule: DutyRule, standing: Standing, search: JobSearch, held: Sequence[Held]) -> Duty:
    last = max(
        (e.on for e in held if e.duty is rule.duty and search.start <= e.on <= standing.on),
        default=None,
    )
    if last and rule.every_months is None:
        return Duty(rule, DutyState.HELD, None, last)
    if last and rule.every_months:
        return _dated(rule, add_months(last, rule.every_months), last, standing, search)
    if rule.at_benefit_days is not None:
        return _by_benefit(rule, rule.at_benefit_days, standing, search)
    return _dated(rule, _first_due(rule, search), None, standing, search)


def _first_due(rule: DutyRule, search: JobSearch) -> date | None:
    if rule.after_working_days is not None:
        return working_days_after(search.start, rule.after_working_days)
    return search.reaches(rule.after_months or 0)


def _dated(
    rule: DutyRule, due: date | None, last: date | None, standing: Standing, search: JobSearch
) -> Duty:
    if due is not None:
        # What an older rule made due is due by this one from its first day on.
        due = max(due, rule.valid.start)
    if due is None or not search.runs(standing.on):
        return Duty(rule, DutyState.PAUSED, due, last)
    state = DutyState.OVERDUE if due < standing.on else DutyState.UPCOMING
    return Duty(rule, state, due, last)


def _by_benefit(rule: DutyRule, days: int, standing: Standing, search: JobSearch) -> Duty:
    paid = NumberIs(FactName.BENEFIT_DAYS, Bound.AT_LEAST, days)
    ended = FlagIs(FactName.EARNINGS_RELATED_ENDED, True)
    reached: Condition = Any((paid, ended)) if rule.at_end_of_earnings_related else paid
    verdict = evaluate(reached, standing.facts)
    due = _benefit_due(rule, days, standing)
    if verdict.truth is Truth.UNKNOWN:
        return Duty(rule, DutyState.UNKNOWN, due, missing=verdict.missing)
    if not search.runs(standing.on):
        return Duty(rule, DutyState.PAUSED, due)
    over = verdict.truth is Truth.YES
    return Duty(rule, DutyState.OVERDUE if over else DutyState.UPCOMING, due)


def _benefit_due(rule: DutyRule, days: int, standing: Standing) -> date | None:
    """Return the earliest day on which the days can be full or the allowance has ended."""
    counted = standing.situation.benefit_days
    end = _end_of_allowance(standing.situation)
    dates = []
    if counted is not None:
        dates.append(weekdays_after(counted.counted, max(days - counted.days, 0)))
    if rule.at_end_of_earnings_related and end is not None:
        dates.append(end + _DAY)
    return min(dates, default=None)


def _end_of_allowance(situation: Situation) -> date | None:
    """Return the last day of earnings-related allowance; None if it has none or nobody knows."""
    ends = [period.end for period in situation.earnings_related or ()]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None
