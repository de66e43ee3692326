from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.situation import Period, Registration, age_on
from matcher.pathways.terms import (
    JobSearch,
    add_months,
    current_search,
    weekdays_after,
    weekdays_between,
    working_days_after,
)
from tests.unit.pathways.people import registered

DAYS = st.dates(date(2015, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2021, 12, 1), 3, date(2022, 3, 1)),
    ],
)
def test_a_month_that_lacks_the_day_ends_on_its_last(start: date, months: int, day: date) -> None:
    assert add_months(start, months) == day


@pytest.mark.parametrize(
    ("start", "count", "day"),
    [
        # Christmas Eve, Christmas, Boxing Day, New Year and Epiphany lie between.
        (date(2025, 12, 22), 10, date(2026, 1, 12)),
        (date(2026, 3, 27), 10, date(2026, 4, 14)),  # Good Friday and Easter Monday
        (date(2026, 4, 30), 1, date(2026, 5, 4)),  # May Day is a Friday
        (date(2026, 6, 18), 1, date(2026, 6, 22)),  # Midsummer Eve is a Friday
        (date(2026, 11, 13), 10, date(2026, 11, 27)),
        (date(2026, 11, 14), 1, date(2026, 11, 16)),
    ],
)
def test_working_days_leave_out_finnish_holidays(start: date, count: int, day: date) -> None:
    assert working_days_after(start, count) == day


@given(day=DAYS, count=st.integers(0, 400))
def test_weekdays_are_counted_back_as_they_were_counted_on(day: date, count: int) -> None:
    later = weekdays_after(day, count)
    assert weekdays_between(day, later) == count


@pytest.mark.parametrize(
    ("on", "age"),
    [
        (date(2022, 5, 4), 29),
        (date(2022, 5, 5), 30),
        (date(2022, 5, 6), 30),
    ],
)
def test_thirty_is_reached_on_the_birthday(on: date, age: int) -> None:
    assert age_on(date(1992, 5, 5), on) == age


@pytest.mark.parametrize(
    ("on", "age"),
    [(date(2022, 2, 28), 29), (date(2022, 3, 1), 30), (date(2024, 2, 29), 32)],
)
def test_who_was_born_on_a_leap_day_turns_on_the_first_of_march(on: date, age: int) -> None:
    assert age_on(date(1992, 2, 29), on) == age


def search(*registrations: Registration, on: date, restarts_after: int = 90) -> JobSearch | None:
    return current_search(registrations, on, restarts_after=restarts_after)


def test_interrupted_days_do_not_count() -> None:
    pause = Period(date(2022, 2, 1), date(2022, 2, 10))
    found = search(registered(date(2022, 1, 1), pause), on=date(2022, 6, 1))
    assert found
    assert found.reaches(3) == date(2022, 4, 11)
    assert [found.months(date(2022, 4, day)) for day in (10, 11)] == [2, 3]
    assert [found.runs(date(2022, 2, day)) for day in (10, 11)] == [False, True]


def test_a_pause_without_end_leaves_no_due_day() -> None:
    found = search(registered(date(2022, 1, 1), Period(date(2022, 2, 1))), on=date(2023, 1, 1))
    assert found
    assert found.reaches(1) == date(2022, 2, 1)
    assert found.reaches(2) is None
    assert found.months(date(2023, 1, 1)) == 1


def test_a_short_gap_between_registrations_is_a_pause() -> None:
    found = search(
        registered(date(2022, 3, 1)),
        registered(date(2022, 1, 1), end=date(2022, 1, 31)),
        on=date(2022, 6, 1),
    )
    gap = Period(date(2022, 2, 1), date(2022, 2, 28))
    assert found == JobSearch(date(2022, 1, 1), None, (gap,))
    assert found.reaches(3) == date(2022, 4, 29)


@pytest.mark.parametrize(
    ("again", "start"),
    [(date(2022, 5, 1), date(2022, 5, 1)), (date(2022, 4, 30), date(2022, 1, 1))],
)
def test_after_a_gap_of_more_than_ninety_days_the_count_begins_anew(
    again: date, start: date
) -> None:
    # The gap is from 30 January to the day before: 91 and 90 days.
    found = search(
        registered(date(2022, 1, 1), end=date(2022, 1, 29)),
        registered(again),
        on=date(2022, 12, 1),
    )
    assert found
    assert found.start == start


def test_registrations_that_touch_or_overlap_are_one() -> None:
    found = search(
        registered(date(2022, 1, 1), end=date(2022, 1, 31)),
        registered(date(2022, 2, 1), end=date(2022, 3, 31)),
        registered(date(2022, 3, 1)),
        on=date(2022, 6, 1),
    )
    assert found == JobSearch(date(2022, 1, 1), None, ())


def test_pauses_that_overlap_are_counted_once() -> None:
    pauses = (
        Period(date(2022, 2, 5), date(2022, 2, 10)),
        Period(date(2022, 2, 1), date(2022, 2, 7)),
    )
    found = search(registered(date(2022, 1, 1), *pauses), on=date(2022, 6, 1))
    assert found
    assert found.pauses == (Period(date(2022, 2, 1), date(2022, 2, 10)),)


def test_a_search_that_ended_long_ago_is_forgotten() -> None:
    ended = registered(date(2022, 1, 1), end=date(2022, 3, 1))
    assert search(ended, on=date(2022, 5, 30)) == JobSearch(date(2022, 1, 1), date(2022, 3, 1), ())
    assert search(ended, on=date(2022, 5, 31)) is None
    assert search(on=date(2022, 5, 31)) is None


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(DAYS)
    length = draw(st.none() | st.integers(0, 500))
    return Period(start, None if length is None else start + timedelta(days=length))


REGISTRATIONS = st.lists(
    st.builds(Registration, periods(), st.lists(periods(), max_size=3).map(tuple)), max_size=4
)


@given(start=DAYS, pauses=st.lists(periods(), max_size=4), offsets=st.lists(st.integers(0, 900)))
def test_time_never_runs_back_within_one_search(
    start: date, pauses: list[Period], offsets: list[int]
) -> None:
    later = [Period(max(p.start, start), p.end) for p in pauses if (p.end or start) >= start]
    found = search(registered(start, *later), on=start)
    assert found
    months = [found.months(start + timedelta(days=days)) for days in sorted(offsets)]
    assert months == sorted(months)


@given(start=DAYS, pauses=st.lists(periods(), max_size=4), months=st.integers(0, 30))
def test_a_month_is_full_on_the_day_that_was_foretold_and_not_before(
    start: date, pauses: list[Period], months: int
) -> None:
    later = [Period(max(p.start, start), p.end) for p in pauses if (p.end or start) >= start]
    found = search(registered(start, *later), on=start)
    assert found
    day = found.reaches(months)
    if day is not None:
        assert found.months(day) >= months
        assert months == 0 or found.months(day - timedelta(days=1)) < months


@given(registrations=REGISTRATIONS, on=DAYS)
def test_any_history_can_be_read(registrations: list[Registration], on: date) -> None:
    found = search(*registrations, on=on)
    if found:
        assert found.start <= on
        assert found.months(on) >= 0
    assert found == search(*reversed(registrations), on=on)
