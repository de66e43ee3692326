from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from matcher.casework.client_month import ClientMonth, Month, client_month
from matcher.domain.casework.assessments import SelfAssessment
from matcher.domain.casework.changes import ChangeKind, ReportedChange
from matcher.domain.casework.item import CaseItem, Channel
from matcher.domain.casework.meetings import Meeting, MeetingKind, MeetingState
from matcher.domain.casework.placements import Assignment, Enrolment
from matcher.domain.offer import OfferKind
from matcher.domain.profile import Profile
from matcher.domain.situation import BenefitDays, Situation
from matcher.pathways.duties import MEETINGS, DutyState, duties_of, held_meetings
from matcher.pathways.load import area_of
from matcher.pathways.standing import Standing
from tests.unit.pathways.people import person, registered, situation

JUNE = Month.of(2022, 6)
SEEKING = situation(registrations=(registered(date(2022, 6, 3)),))
MEETING = Meeting(
    begins=datetime(2022, 6, 13, 9, tzinfo=UTC),
    kind=MeetingKind.FIRST_INTERVIEW,
    channel=Channel.VISIT,
    state=MeetingState.HELD,
)


def month(
    *items: CaseItem, told: Situation = SEEKING, profile: Profile | None = None
) -> ClientMonth:
    found = client_month(profile or person(), told, items, JUNE)
    assert found is not None
    return found


def test_who_is_neither_registered_nor_assigned_is_no_client() -> None:
    ended = situation(registrations=(registered(date(2022, 1, 1), end=date(2022, 5, 31)),))
    assert client_month(person(), ended, (), JUNE) is None
    coached = (Assignment(coach="Anna", start=date(2022, 1, 1), end=date(2022, 6, 1)),)
    assert client_month(person(), ended, coached, JUNE) is not None


def test_groups_are_of_the_last_day_of_the_month() -> None:
    assert month().groups == {
        "municipality": "Oulu",
        "age": "30–49",
        "language": "fi",
        "duration": "under 3 months",
    }
    young = month(profile=person(born=date(1997, 6, 30)), told=situation(first_language="ar"))
    assert (young.groups["age"], young.groups["language"]) == ("25–29", "other")
    nobody = month(profile=person(home=None, born=None), told=situation(first_language=None))
    assert [nobody.groups[name] for name in ("municipality", "age", "language")] == ["unknown"] * 3


@pytest.mark.parametrize(("since", "found"), [(1, True), (30, True)])
def test_work_found_in_the_month_counts(since: int, found: bool) -> None:
    change = ReportedChange(
        kind=ChangeKind.FOUND_WORK,
        text="Aloitan siivoojana.",
        since=date(2022, 6, since),
        channel=Channel.PHONE,
        due=date(2022, 7, 1),
    )
    assert month(change).found_work is found
    earlier: Any = {"since": date(2022, 5, 31)}
    assert not month(ReportedChange(**{**_fields(change), **earlier})).found_work


def test_running_services_cost_and_unknown_costs_are_marked() -> None:
    course = Enrolment(
        kind=OfferKind.TRAINING, title="Kurssi", start=date(2022, 6, 1), monthly_cost_eur=400.0
    )
    group = Enrolment(kind=OfferKind.SERVICE, title="Ryhmä", start=date(2022, 1, 1))
    over = Enrolment(
        kind=OfferKind.SERVICE,
        title="Valmennus",
        start=date(2022, 1, 1),
        end=date(2022, 5, 31),
        monthly_cost_eur=900.0,
    )
    found = month(course, group, over)
    assert (found.cost_eur, found.has_unknown_cost, found.started_training) == (400.0, True, True)


def test_the_newest_answer_of_half_a_year_counts_each_question_by_itself() -> None:
    old = SelfAssessment(on=date(2021, 6, 1), work_ability=9, wellbeing=90, readiness=9)
    spring = SelfAssessment(on=date(2022, 3, 1), work_ability=5, wellbeing=40)
    june = SelfAssessment(on=date(2022, 6, 20), work_ability=6)
    found = month(old, spring, june)
    assert (found.work_ability, found.wellbeing, found.readiness) == (6, 40, None)


def test_waiting_is_counted_from_the_search_to_the_first_meeting_held() -> None:
    assert month(MEETING).wait_days == 10
    planned = Meeting(begins=MEETING.begins, kind=MEETING.kind, channel=MEETING.channel)
    assert month(planned).wait_days is None


def test_a_mapping_that_is_three_months_late_is_not_on_time() -> None:
    late = month(told=situation(registrations=(registered(date(2022, 1, 1)),)))
    assert late.on_time is False


def test_what_no_meeting_can_fulfil_is_not_counted_as_a_late_meeting() -> None:
    since = situation(
        registrations=(registered(date(2021, 1, 1)),),
        benefit_days=BenefitDays(500, date(2022, 6, 1)),
    )
    held = [
        Meeting(
            begins=datetime(2022, 6, 13, 9, tzinfo=UTC),
            kind=kind,
            channel=Channel.VISIT,
            state=MeetingState.HELD,
        )
        for kind in MEETINGS
    ]
    area = area_of("564", JUNE.last)
    assert area
    standing = Standing.of(person(home="564"), since, area, JUNE.last)
    others = duties_of(standing, held_meetings(held))
    assert DutyState.OVERDUE in {duty.state for duty in others}
    assert month(*held, told=since).on_time is True


def test_where_no_area_has_rules_nothing_is_late() -> None:
    assert month(profile=person(home="091")).on_time is None


def _fields(item: ReportedChange) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__dataclass_fields__}
