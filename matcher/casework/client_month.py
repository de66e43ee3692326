"""What one client's month comes to: the facts that the monthly figures count."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from matcher.domain.calendar import finnish_day
from matcher.domain.casework.assessments import SelfAssessment
from matcher.domain.casework.changes import ChangeKind, ReportedChange
from matcher.domain.casework.item import CaseItem
from matcher.domain.casework.meetings import Meeting, MeetingState
from matcher.domain.casework.placements import Assignment, Enrolment
from matcher.domain.codes import municipalities
from matcher.domain.offer import OfferKind
from matcher.domain.profile import Profile
from matcher.domain.situation import Period, Situation, age_on
from matcher.pathways.duties import MEETINGS, DutyState, duties_of, held_meetings
from matcher.pathways.load import area_of
from matcher.pathways.standing import Standing
from matcher.pathways.terms import JobSearch, current_search

#: An answer older than this many days says nothing of the month.
ANSWER_HOLDS_DAYS: Final = 183
#: Gap after which a job search counts anew where no area's rules tell one.
_RESTARTS_AFTER: Final = 90
UNKNOWN: Final = "unknown"
#: Groups with the limit that each stays under, in years and months.
_AGES: Final = ((25, "under 25"), (30, "25–29"), (50, "30–49"))
_OLDEST: Final = "50 and over"
_DURATIONS: Final = (
    (3, "under 3 months"),
    (12, "3–11 months"),
    (24, "12–23 months"),
)
_LONGEST: Final = "24 months and over"
_LANGUAGES: Final = ("fi", "sv", "other")
#: Groups that have an order of their own; municipalities follow the alphabet.
ORDER: Final = (
    *(name for _, name in _AGES),
    _OLDEST,
    *_LANGUAGES,
    *(name for _, name in _DURATIONS),
    _LONGEST,
)


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month."""

    first: date
    last: date

    @classmethod
    def of(cls, year: int, month: int) -> Month:
        """Return a month of a year."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    def __contains__(self, day: date | None) -> bool:
        """Tell whether a day is in it."""
        return day is not None and self.first <= day <= self.last

    def meets(self, period: Period) -> bool:
        """Tell whether a period has a day in it."""
        return period.start <= self.last and (period.end is None or period.end >= self.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientMonth:
    """One client in one month.

    Parameters
    ----------
    groups
        The client's group by dimension: municipality, age, language and duration.
    is_new
        Whether the job search began in the month.
    found_work, started_training
        Whether that happened in the month.
    cost_eur
        What running trainings and services cost the municipality, as far as it is known.
    has_unknown_cost
        Whether one of them has no cost.
    work_ability, wellbeing, readiness
        Newest answers of the last half a year; None if there is none.
    wait_days
        Days from the beginning of the search to the first meeting, if that was in the month.
    on_time
        Whether no meeting that was due is overdue at the end; None if none was due.
    """

    groups: dict[str, str]
    is_new: bool
    found_work: bool
    started_training: bool
    cost_eur: float
    has_unknown_cost: bool
    work_ability: int | None
    wellbeing: int | None
    readiness: int | None
    wait_days: int | None
    on_time: bool | None


def client_month(
    profile: Profile, situation: Situation, items: Sequence[CaseItem], month: Month
) -> ClientMonth | None:
    """Return a client's month; None for who was no client in it.

    Parameters
    ----------
    profile, situation
        Of the client.
    items
        What the case file says, newest versions.
    month
        Which month.
    """
    search = _search(profile, situation, month)
    if not _is_client(situation, items, month):
        return None
    meetings = [one for one in items if isinstance(one, Meeting)]
    running = [
        one
        for one in items
        if isinstance(one, Enrolment) and month.meets(Period(one.start, one.end))
    ]
    answers = _answers(items, month)
    return ClientMonth(
        groups=_groups(profile, situation, search, month),
        is_new=search is not None and search.start in month,
        found_work=any(
            isinstance(one, ReportedChange)
            and one.kind is ChangeKind.FOUND_WORK
            and one.since in month
            for one in items
        ),
        started_training=any(
            one.kind is OfferKind.TRAINING and one.start in month for one in running
        ),
        cost_eur=sum(one.monthly_cost_eur or 0.0 for one in running),
        has_unknown_cost=any(one.monthly_cost_eur is None for one in running),
        work_ability=_newest([one.work_ability for one in answers]),
        wellbeing=_newest([one.wellbeing for one in answers]),
        readiness=_newest([one.readiness for one in answers]),
        wait_days=_wait(search, meetings, month),
        on_time=_on_time(profile, situation, meetings, month),
    )


def _is_client(situation: Situation, items: Sequence[CaseItem], month: Month) -> bool:
    registered = any(month.meets(one.period) for one in situation.registrations or ())
    assigned = (Period(one.start, one.end) for one in items if isinstance(one, Assignment))
    return registered or any(month.meets(period) for period in assigned)


def _search(profile: Profile, situation: Situation, month: Month) -> JobSearch | None:
    area = area_of(profile.municipality, month.last) if profile.municipality else None
    gap = area.restarts_after if area else _RESTARTS_AFTER
    return current_search(situation.registrations or (), month.last, restarts_after=gap)


def _groups(
    profile: Profile, situation: Situation, search: JobSearch | None, month: Month
) -> dict[str, str]:
    home = profile.municipality
    return {
        "municipality": municipalities()[home].name.fi if home else UNKNOWN,
        "age": _age_group(profile.birth_date, month),
        "language": _language_group(situation.first_language),
        "duration": _duration_group(search, month),
    }


def _age_group(birth: date | None, month: Month) -> str:
    if birth is None:
        return UNKNOWN
    age = age_on(birth, month.last)
    return next((name for limit, name in _AGES if age < limit), _OLDEST)


def _language_group(code: str | None) -> str:
    if code is None:
        return UNKNOWN
    return code if code in _LANGUAGES else "other"


def _duration_group(search: JobSearch | None, month: Month) -> str:
    if search is None:
        return UNKNOWN
    months = search.months(month.last)
    return next((name for limit, name in _DURATIONS if months < limit), _LONGEST)


def _answers(items: Sequence[CaseItem], month: Month) -> list[SelfAssessment]:
    """Return what was answered in the last half a year, newest first."""
    told = [
        one
        for one in items
        if isinstance(one, SelfAssessment) and 0 <= (month.last - one.on).days <= ANSWER_HOLDS_DAYS
    ]
    return sorted(told, key=lambda one: one.on, reverse=True)


def _newest(answers: Sequence[int | None]) -> int | None:
    return next((answer for answer in answers if answer is not None), None)


def _wait(search: JobSearch | None, meetings: Sequence[Meeting], month: Month) -> int | None:
    if search is None:
        return None
    held = [
        finnish_day(one.begins)
        for one in meetings
        if one.state is MeetingState.HELD and finnish_day(one.begins) >= search.start
    ]
    first = min(held, default=None)
    return (first - search.start).days if first is not None and first in month else None


def _on_time(
    profile: Profile, situation: Situation, meetings: Sequence[Meeting], month: Month
) -> bool | None:
    area = area_of(profile.municipality, month.last) if profile.municipality else None
    if area is None:
        return None
    standing = Standing.of(profile, situation, area, month.last)
    states = {
        duty.state
        for duty in duties_of(standing, held_meetings(meetings))
        if duty.rule.duty in MEETINGS.values()
    }
    if not states & {DutyState.HELD, DutyState.OVERDUE}:
        return None
    return DutyState.OVERDUE not in states
