"""The stored duty is the one that the rules ask first, and is asked anew where it may differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from matcher.casework import next_duty as module
from matcher.casework.next_duty import next_duty, renew_duties, settle_duties
from matcher.casework.transfer import carry_out, make_plan
from matcher.domain.casework.item import Channel
from matcher.domain.casework.meetings import Meeting, MeetingKind, MeetingState
from matcher.domain.profile import Profile
from matcher.domain.situation import BenefitDays, Period, Situation
from matcher.pathways.duties import DutyState, duties_of, held_meetings
from matcher.pathways.load import area_named
from matcher.pathways.pathway import home_standing
from matcher.pathways.transfer import CoachPlace, Timetable
from matcher.store.duties import NextDuty
from matcher.store.store import Store
from tests.unit.pathways.people import OULU, TAMPERE, registered, situation

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
PERSON = Profile(id="p1", municipality=OULU)
SEEKING = Situation(registrations=(registered(TODAY - 30 * DAY),))
#: The day by which the first interview is due: ten working days after registering.
INTERVIEW = date(2026, 11, 6)
DISCUSSION = date(2027, 1, 24)


def held(on: datetime = NOW - 20 * DAY, kind: MeetingKind = MeetingKind.FIRST_INTERVIEW) -> Meeting:
    return Meeting(kind=kind, channel=Channel.VISIT, begins=on, state=MeetingState.HELD)


@pytest.fixture
def store(store_file: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{store_file}") as opened:
        opened.profiles.upsert([PERSON, Profile(id="p2", municipality=OULU)], NOW)
        opened.situations.put("p1", SEEKING, NOW)
        yield opened


def stored(store: Store) -> dict[str, NextDuty]:
    return {row.profile_id: row.next for row in store.duties.page()}


def test_what_is_due_first_is_told_with_the_day_from_which_it_is_late() -> None:
    late = next_duty(PERSON, SEEKING, (), TODAY)
    assert late == NextDuty("first_interview", INTERVIEW, INTERVIEW + DAY)
    ahead = next_duty(PERSON, SEEKING, (held(),), TODAY)
    assert ahead == NextDuty("discussion", DISCUSSION, DISCUSSION + DAY)


def test_nothing_is_due_of_who_is_no_jobseeker_or_of_whom_nothing_is_known() -> None:
    ended = Situation(registrations=(registered(TODAY - 90 * DAY, end=TODAY - 40 * DAY),))
    assert next_duty(PERSON, ended, (), TODAY) == NextDuty()
    assert next_duty(PERSON, Situation(), (), TODAY) == NextDuty()
    assert next_duty(replace(PERSON, municipality=None), SEEKING, (), TODAY) == NextDuty()


def test_a_pause_lets_nothing_become_late() -> None:
    paused = Situation(
        registrations=(registered(TODAY - 30 * DAY, Period(TODAY - DAY, TODAY + DAY)),)
    )
    assert next_duty(PERSON, paused, (), TODAY) == NextDuty()


def test_days_of_benefit_that_nobody_has_counted_make_nothing_late() -> None:
    told = situation(
        registrations=(registered(TODAY - 400 * DAY),),
        benefit_days=BenefitDays(480, TODAY),
        earnings_related=(Period(TODAY - 400 * DAY, TODAY + 400 * DAY),),
    )
    discussed = held(kind=MeetingKind.DISCUSSION)
    mapped = held(kind=MeetingKind.MAPPING)
    found = next_duty(PERSON, told, (held(), discussed, mapped), TODAY)
    assert (found.kind, found.due) == ("placement", TODAY + 28 * DAY)
    # The discussion after that is the first thing that a day makes late.
    assert found.late_from == date(2027, 2, 4)


def test_as_days_go_by_what_is_stored_tells_what_the_rules_would() -> None:
    for meetings in ((), (held(),)):
        known = next_duty(PERSON, SEEKING, meetings, TODAY)
        for on in (TODAY + n * DAY for n in range(0, 120, 7)):
            standing = home_standing(PERSON, SEEKING, on)
            assert standing is not None
            states = [one.state for one in duties_of(standing, held_meetings(meetings))]
            late = known.late_from is not None and known.late_from <= on
            assert late is (DutyState.OVERDUE in states)


def test_the_rules_are_asked_about_those_of_whom_something_has_changed(store: Store) -> None:
    assert settle_duties(store, TODAY) == 1
    assert stored(store) == {"p1": NextDuty("first_interview", INTERVIEW, INTERVIEW + DAY)}
    assert settle_duties(store, TODAY) == 0
    store.cases.add("p1", held(), "key", NOW)
    assert settle_duties(store, TODAY) == 1
    assert stored(store) == {"p1": NextDuty("discussion", DISCUSSION, DISCUSSION + DAY)}


def test_the_rules_of_a_new_home_are_asked(store: Store) -> None:
    settle_duties(store, TODAY)
    store.profiles.upsert([replace(PERSON, municipality=None)], NOW)
    assert settle_duties(store, TODAY) == 1
    assert stored(store) == {"p1": NextDuty()}


def test_the_night_asks_about_everybody_and_finds_what_a_day_has_changed(store: Store) -> None:
    pause = Period(TODAY + DAY, TODAY + 9 * DAY)
    paused = Situation(registrations=(registered(TODAY - 30 * DAY, pause),))
    store.situations.put("p1", paused, NOW)
    told: list[int] = []
    assert renew_duties(store, TODAY, told.append) == 1
    assert stored(store)["p1"].due == INTERVIEW
    assert renew_duties(store, TODAY + DAY, told.append) == 1
    assert (stored(store), told) == ({"p1": NextDuty()}, [1, 1])


def test_other_rules_files_are_asked_after_the_next_start(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle_duties(store, TODAY)
    monkeypatch.setattr(module, "rules_digest", lambda: "others")
    assert store.duties.doubt_rules("others") == 1
    assert settle_duties(store, TODAY) == 1
    assert [row.rules for row in store.duties.page()] == ["others"]
    assert store.duties.doubt_rules("others") == 0


def test_a_transfer_to_another_unit_changes_no_duty(store: Store) -> None:
    area, start = area_named("pirkanmaa-2021"), date(2021, 3, 1)
    then = datetime(2021, 2, 1, tzinfo=UTC)
    seeking = situation(registrations=(registered(date(2020, 6, 1)),))
    store.profiles.upsert([Profile(id="p3", municipality=TAMPERE)], then)
    store.situations.put("p3", seeking, then)
    planned = held(then + 20 * DAY, MeetingKind.DISCUSSION)
    store.cases.add("p3", replace(planned, state=MeetingState.PLANNED), "key", then)
    settle_duties(store, start)
    before = stored(store)["p3"]
    coaches = [CoachPlace("Aino", "", "Tampere", 10)]
    plan = make_plan(store, area, Timetable(start, 28, 10), coaches, then)
    carry_out(store, plan.id, date(2021, 4, 1), then)
    assert before.kind
    assert stored(store)["p3"] == before
    renew_duties(store, start, lambda _: None)
    assert stored(store)["p3"] == before
