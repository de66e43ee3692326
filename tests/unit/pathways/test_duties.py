from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.casework.item import Channel
from matcher.domain.casework.meetings import Meeting, MeetingKind, MeetingState
from matcher.domain.situation import BenefitDays, Period, Situation
from matcher.pathways.area import Decider, DutyKind
from matcher.pathways.duties import Duty, DutyState, Held, duties_of, held_meetings
from matcher.pathways.factnames import FactName
from tests.unit.pathways.people import HELSINKI, TURKU, person, registered, situation, standing

START = date(2026, 3, 2)
DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))
HELD, UPCOMING, OVERDUE, PAUSED, UNKNOWN = DutyState


def duty(kind: DutyKind, on: date, *held: Held, **told: object) -> Duty:
    """A duty of the whole country towards a jobseeker since 2 March 2026."""
    known = situation(
        **{
            "registrations": (registered(START),),
            "benefit_days": BenefitDays(0, START),
            **told,
        }
    )
    someone = standing("finland-2026", person(home=HELSINKI), known, on)
    return next(each for each in duties_of(someone, held) if each.rule.duty is kind)


@pytest.mark.parametrize(
    ("on", "state"), [(date(2026, 3, 16), UPCOMING), (date(2026, 3, 17), OVERDUE)]
)
def test_the_first_interview_is_due_within_ten_working_days(on: date, state: DutyState) -> None:
    found = duty(DutyKind.FIRST_INTERVIEW, on)
    assert (found.due, found.state) == (date(2026, 3, 16), state)
    assert found.rule.responsible is Decider.EMPLOYMENT_AUTHORITY


def test_working_days_of_the_first_interview_leave_out_easter() -> None:
    found = duty(
        DutyKind.FIRST_INTERVIEW,
        date(2026, 4, 1),
        registrations=(registered(date(2026, 3, 27)),),
    )
    assert found.due == date(2026, 4, 14)


def test_a_first_interview_that_was_held_is_done() -> None:
    interview = Held(DutyKind.FIRST_INTERVIEW, date(2026, 3, 9))
    found = duty(DutyKind.FIRST_INTERVIEW, date(2026, 6, 1), interview)
    assert (found.state, found.due, found.held) == (HELD, None, date(2026, 3, 9))


def test_what_was_due_before_the_rule_is_due_on_its_first_day() -> None:
    told = {"registrations": (registered(date(2025, 3, 3)),)}
    first = duty(DutyKind.FIRST_INTERVIEW, date(2026, 1, 1), **told)
    assert (first.due, first.state) == (date(2026, 1, 1), UPCOMING)
    assert duty(DutyKind.FIRST_INTERVIEW, date(2026, 1, 2), **told).state is OVERDUE


def test_what_was_held_before_the_present_search_does_not_count() -> None:
    earlier = Held(DutyKind.FIRST_INTERVIEW, date(2026, 3, 1))
    assert duty(DutyKind.FIRST_INTERVIEW, date(2026, 6, 1), earlier).state is OVERDUE


def test_a_meeting_to_come_is_not_held_yet() -> None:
    planned = Held(DutyKind.MAPPING, date(2026, 6, 10))
    assert duty(DutyKind.MAPPING, date(2026, 6, 9), planned).state is OVERDUE


@pytest.mark.parametrize(
    ("held", "due", "state"),
    [
        ((), date(2026, 6, 2), OVERDUE),
        ((date(2026, 5, 30),), date(2026, 8, 30), UPCOMING),
        ((date(2026, 3, 31), date(2026, 5, 31)), date(2026, 8, 31), UPCOMING),
    ],
)
def test_discussions_come_every_three_months_from_the_last_one(
    held: tuple[date, ...], due: date, state: DutyState
) -> None:
    found = duty(
        DutyKind.DISCUSSION, date(2026, 7, 1), *(Held(DutyKind.DISCUSSION, day) for day in held)
    )
    assert (found.due, found.state) == (due, state)
    assert found.held == max(held, default=None)


def test_a_break_that_goes_on_pauses_what_is_due() -> None:
    paused = (registered(START, Period(date(2026, 4, 1))),)
    found = duty(DutyKind.MAPPING, date(2026, 9, 1), registrations=paused)
    assert (found.state, found.due) == (PAUSED, None)


@pytest.mark.parametrize(
    ("counted", "state", "due"),
    [
        (BenefitDays(500, date(2026, 6, 1)), OVERDUE, date(2026, 6, 1)),
        (BenefitDays(499, date(2026, 6, 1)), UPCOMING, date(2026, 6, 2)),
        (BenefitDays(499, date(2026, 5, 29)), UNKNOWN, date(2026, 6, 1)),
    ],
)
def test_a_place_at_a_company_is_due_at_five_hundred_days(
    counted: BenefitDays, state: DutyState, due: date
) -> None:
    found = duty(DutyKind.PLACEMENT, date(2026, 6, 1), benefit_days=counted)
    assert (found.state, found.due) == (state, due)
    assert found.missing == ((FactName.BENEFIT_DAYS,) if state is UNKNOWN else ())


def test_the_end_of_the_allowance_makes_a_place_due_on_the_day_after() -> None:
    found = duty(
        DutyKind.PLACEMENT,
        date(2026, 6, 1),
        benefit_days=BenefitDays(400, date(2026, 6, 1)),
        earnings_related_right=True,
        earnings_related=(Period(date(2025, 9, 1), date(2026, 6, 30)),),
    )
    assert (found.state, found.due) == (UPCOMING, date(2026, 7, 1))


def test_who_is_no_jobseeker_is_owed_nothing() -> None:
    told = situation(registrations=(registered(START, end=date(2026, 4, 1)),))
    someone = standing("finland-2026", person(home=HELSINKI), told, date(2026, 4, 2))
    assert duties_of(someone, ()) == ()


def test_without_a_registration_on_record_every_duty_is_unknown() -> None:
    someone = standing("turku-2017", person(home=TURKU), Situation(), date(2018, 6, 1))
    found = duties_of(someone, ())
    assert [each.rule.duty for each in found] == [
        DutyKind.MAPPING,
        DutyKind.PLACEMENT,
        DutyKind.HEALTH_MAPPING,
        DutyKind.SUPPORTED_WORK,
    ]
    assert {(each.state, each.missing) for each in found} == {(UNKNOWN, (FactName.JOB_SEARCH,))}


def test_meetings_that_were_held_fulfil_the_duties_of_their_kind() -> None:
    late = datetime(2026, 3, 8, 22, 30, tzinfo=UTC)

    def meeting(kind: MeetingKind, state: MeetingState = MeetingState.HELD) -> Meeting:
        return Meeting(begins=late, kind=kind, channel=Channel.VISIT, state=state)

    meetings = [
        meeting(MeetingKind.MAPPING),
        meeting(MeetingKind.DISCUSSION, MeetingState.MISSED),
        meeting(MeetingKind.NETWORK),
    ]
    assert held_meetings(meetings) == (Held(DutyKind.MAPPING, date(2026, 3, 9)),)


@given(
    start=DAYS,
    pause=st.none() | st.tuples(DAYS, st.none() | st.integers(0, 200)),
    end=st.none() | DAYS,
    counted=st.none() | st.tuples(st.integers(0, 1200), DAYS),
    ended=st.none() | DAYS,
    held=st.lists(st.builds(Held, st.sampled_from(DutyKind), DAYS), max_size=4),
    on=DAYS,
)
def test_any_history_gives_each_duty_one_state_that_fits_its_day(
    *,
    start: date,
    pause: tuple[date, int | None] | None,
    end: date | None,
    counted: tuple[int, date] | None,
    ended: date | None,
    held: list[Held],
    on: date,
) -> None:
    pauses = [pause] if pause else []
    told = situation(
        registrations=(
            registered(
                start,
                *(Period(day, day + timedelta(days=n) if n else None) for day, n in pauses),
                end=end,
            ),
        ),
        benefit_days=BenefitDays(*counted) if counted else None,
        earnings_related_right=None,
        earnings_related=(Period(START, max(START, ended)),) if ended else None,
    )
    someone = standing("finland-2026", person(home=HELSINKI), told, on)
    found = duties_of(someone, held)
    in_force = start <= on and (end is None or on <= end)
    assert len(found) == (len(someone.area.duties) if in_force else 0)
    for each in found:
        assert (each.missing != ()) is (each.state is UNKNOWN)
        if each.state is HELD:
            assert each.held is not None
            assert start <= each.held <= on
        if each.state is OVERDUE and each.rule.at_benefit_days is None:
            assert each.due is not None
            assert each.due < on
        if each.state is UPCOMING and each.rule.at_benefit_days is None:
            assert each.due is not None
            assert each.due >= on
