from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.situation import BenefitDays, Period, Situation
from matcher.pathways.area import PhaseKind
from matcher.pathways.factnames import FactName
from matcher.pathways.phase import phase_of
from tests.unit.pathways.people import TURKU, person, registered, situation, standing

START = date(2018, 1, 31)
ON = date(2018, 6, 1)
SELF, MAPPING, PLACEMENT, SUPPORTED = PhaseKind


def turku(on: date, **told: object) -> PhaseKind | None:
    facts = situation(**{"registrations": (registered(START),), "benefit_days": None, **told})
    days = {} if "benefit_days" in told else {"benefit_days": BenefitDays(0, on)}
    known = situation(**{"registrations": facts.registrations, **told, **days})
    return phase_of(standing("turku-2017", person(home=TURKU), known, on)).phase


@pytest.mark.parametrize(
    ("on", "phase"),
    [
        (START, SELF),
        (date(2018, 4, 29), SELF),
        (date(2018, 4, 30), MAPPING),  # three months after 31 January
        (date(2018, 12, 31), MAPPING),
    ],
)
def test_the_search_is_self_directed_for_three_months_and_then_mapped(
    on: date, phase: PhaseKind
) -> None:
    assert turku(on) is phase


@pytest.mark.parametrize(
    ("days", "phase"),
    [(499, MAPPING), (500, PLACEMENT), (999, PLACEMENT), (1000, SUPPORTED)],
)
def test_five_hundred_days_of_benefit_lead_to_a_place_and_a_thousand_to_support(
    days: int, phase: PhaseKind
) -> None:
    assert turku(ON, benefit_days=BenefitDays(days, ON)) is phase


def test_the_end_of_the_earnings_related_allowance_leads_to_a_place() -> None:
    paid = (Period(date(2017, 9, 1), date(2018, 5, 31)),)
    ended = {"earnings_related_right": False, "earnings_related": paid}
    assert turku(date(2018, 5, 31), **ended) is MAPPING
    assert turku(date(2018, 6, 1), **ended) is PLACEMENT


def test_who_never_had_the_allowance_does_not_come_to_its_end() -> None:
    assert turku(ON, earnings_related_right=False, earnings_related=()) is MAPPING


def test_an_allowance_that_ended_and_a_right_to_it_have_to_be_asked_about() -> None:
    paid = (Period(date(2017, 9, 1), date(2018, 5, 31)),)
    told = situation(registrations=(registered(START),), earnings_related=paid)
    answer = phase_of(standing("turku-2017", person(home=TURKU), told, ON))
    assert answer.missing == (FactName.EARNINGS_RELATED_ENDED,)


def test_a_break_delays_the_mapping_by_its_days() -> None:
    pause = Period(date(2018, 3, 1), date(2018, 3, 10))
    told = {"registrations": (registered(START, pause),)}
    assert turku(date(2018, 5, 9), **told) is SELF
    assert turku(date(2018, 5, 10), **told) is MAPPING


def test_who_is_no_jobseeker_has_no_phase() -> None:
    assert turku(ON, registrations=()) is None
    assert turku(ON, registrations=(registered(date(2017, 1, 1), end=date(2018, 5, 1)),)) is None


def test_days_counted_long_ago_leave_the_phase_open() -> None:
    told = situation(
        registrations=(registered(START),), benefit_days=BenefitDays(490, date(2018, 5, 1))
    )
    answer = phase_of(standing("turku-2017", person(home=TURKU), told, ON))
    assert answer.phase is None
    assert answer.reached
    assert answer.reached.rule.phase is MAPPING
    assert [each.rule.phase for each in answer.possible] == [PLACEMENT]
    assert answer.missing == (FactName.BENEFIT_DAYS,)


def test_of_whom_nothing_is_told_any_phase_is_possible() -> None:
    answer = phase_of(standing("turku-2017", person(home=TURKU), Situation(), ON))
    assert answer.reached is None
    assert [each.rule.phase for each in answer.possible] == list(PhaseKind)
    assert answer.missing == (
        FactName.BENEFIT_DAYS,
        FactName.EARNINGS_RELATED_ENDED,
        FactName.JOB_SEARCH,
        FactName.UNEMPLOYED_MONTHS,
    )


DAYS = st.dates(date(2017, 8, 1), date(2018, 12, 31))


@given(
    start=DAYS,
    pause=st.tuples(DAYS, st.integers(0, 200)),
    counted=st.tuples(st.integers(0, 1200), DAYS),
    end=st.none() | DAYS,
    days=st.lists(DAYS, min_size=2, max_size=4),
)
def test_nobody_falls_back_to_an_earlier_phase(
    start: date,
    pause: tuple[date, int],
    counted: tuple[int, date],
    end: date | None,
    days: list[date],
) -> None:
    paused = Period(pause[0], pause[0] + timedelta(days=pause[1]))
    told = situation(
        registrations=(registered(start, paused),),
        benefit_days=BenefitDays(*counted),
        earnings_related_right=None,
        earnings_related=(Period(date(2017, 1, 1), end),) if end else None,
    )
    order = list(PhaseKind)
    reached = [
        -1 if found.reached is None else order.index(found.reached.rule.phase)
        for on in sorted(days)
        if (found := phase_of(standing("turku-2017", person(home=TURKU), told, on)))
    ]
    assert reached == sorted(reached)
