from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from matcher.casework.transfer import Planned, balance, carry_out, make_plan
from matcher.domain.casework.contacts import ServiceWishes
from matcher.domain.casework.item import Channel, Responsible
from matcher.domain.casework.meetings import Meeting, MeetingKind, Task
from matcher.domain.casework.placements import Assignment, Enrolment
from matcher.domain.offer import OfferKind
from matcher.domain.profile import Profile
from matcher.domain.situation import Period, Situation
from matcher.errors import InputError
from matcher.pathways.load import area_named
from matcher.pathways.transfer import CoachPlace, Timetable
from matcher.store.casefiles import NewEntry
from matcher.store.store import Store
from matcher.store.transfer_moves import MoveState
from tests.unit.pathways.people import DAY, NOKIA, TAMPERE, registered, situation

NOW = datetime(2022, 6, 1, 9, tzinfo=UTC)
AREA = area_named("pirkanmaa-2021")
STAGES = Timetable(DAY, every_days=30, capacity=3)
COACHES = [
    CoachPlace("Anna", "Tampere", "Tampere", 100),
    CoachPlace("Pekka", "Nokia", "Nokia", 100),
    CoachPlace("Olga", "Kotoutuminen", "Tampereen keskitetty yksikkö", 60),
]
YOUNG = Profile(id="young", municipality=NOKIA, birth_date=date(2000, 1, 1))
ARRIVED = Profile(id="arrived", municipality=NOKIA, birth_date=date(1985, 1, 1))
ELDER = Profile(id="elder", municipality=TAMPERE, birth_date=date(1970, 1, 1))
UNKNOWN = Profile(id="unknown", municipality=TAMPERE)
ABROAD = Profile(id="elsewhere", municipality="564", birth_date=date(2000, 1, 1))
SITUATIONS = {
    "young": situation(),
    "arrived": situation(immigrant=True, integration=(Period(date(2021, 1, 1)),)),
    "elder": situation(),
}
TASK = Task(text="Päivitä CV", responsible=Responsible.CLIENT, due=date(2022, 7, 1))
MEETING = Meeting(begins=NOW, kind=MeetingKind.DISCUSSION, channel=Channel.PHONE)
COURSE = Enrolment(kind=OfferKind.TRAINING, title="Kurssi", start=date(2022, 1, 1))
OLD = Assignment(coach="TE-toimisto", start=date(2021, 12, 1))


@pytest.fixture
def store(store_file: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{store_file}") as opened:
        opened.profiles.upsert([YOUNG, ARRIVED, ELDER, UNKNOWN, ABROAD], NOW)
        opened.situations.put_many(SITUATIONS, NOW)
        for id in SITUATIONS:
            new = [NewEntry(id, item) for item in (TASK, MEETING, COURSE, OLD)]
            opened.cases.add_many(new, "te", NOW)
        opened.cases.add("young", ServiceWishes(codes=("fi",), online=True), "te", NOW)
        yield opened


@pytest.fixture
def plan(store: Store) -> Planned:
    return make_plan(store, AREA, STAGES, COACHES, NOW)


def test_the_target_group_moves_and_who_is_unclear_is_asked(plan: Planned) -> None:
    assert [(one.profile_id, one.unit, one.coach, one.channel) for one in plan.moves] == [
        ("arrived", "Tampereen keskitetty yksikkö", "Olga", Channel.LETTER),
        ("young", "Nokia", "Pekka", Channel.ONLINE),
    ]
    assert plan.staying == 1
    assert list(plan.to_ask) == ["unknown"]
    assert "age" in plan.to_ask["unknown"]


def test_stages_after_the_last_day_of_the_rules_are_refused(store: Store) -> None:
    one_each = replace(STAGES, first=date(2023, 6, 1), capacity=1)
    with pytest.raises(InputError, match="stage would be on 2023-07-01; the rules"):
        make_plan(store, AREA, one_each, COACHES, NOW)


def test_everything_a_client_has_comes_along(store: Store, plan: Planned) -> None:
    assert carry_out(store, plan.id, DAY, NOW) == {MoveState.DONE: 2}
    found = balance(store, plan.id)
    assert (found.moved, found.kept, found.is_even) == (2, 6, True)
    assert found.notices == Counter({Channel.LETTER: 1, Channel.ONLINE: 1})
    assert store.coaches.clients("Pekka", DAY) == ["young"]


def test_nobody_is_moved_twice(store: Store, plan: Planned) -> None:
    carry_out(store, plan.id, DAY, NOW)
    before = store.cases.file_of("young")
    assert carry_out(store, plan.id, DAY, NOW) == {}
    assert store.cases.file_of("young") == before


def test_who_has_moved_house_is_held_back(store: Store, plan: Planned) -> None:
    store.profiles.upsert([replace(YOUNG, municipality=TAMPERE)], NOW)
    assert carry_out(store, plan.id, DAY, NOW) == {MoveState.DONE: 1, MoveState.HELD_BACK: 1}
    assert store.transfers.moves(plan.id)[1].reason == "has moved to another municipality"
    assert store.coaches.clients("TE-toimisto", DAY) == ["elder", "young"]


def test_who_has_left_the_target_group_is_held_back(store: Store, plan: Planned) -> None:
    ended = (registered(date(2021, 12, 1), end=date(2022, 4, 30)),)
    at_work = situation(registrations=ended, services=(), supported_work=())
    store.situations.put("young", at_work, NOW)
    carry_out(store, plan.id, DAY, NOW)
    assert store.transfers.moves(plan.id)[1].reason == "no longer in the target group"


def test_who_may_have_left_the_target_group_is_held_back_too(store: Store, plan: Planned) -> None:
    store.situations.put("young", Situation(), NOW)
    carry_out(store, plan.id, DAY, NOW)
    assert store.transfers.moves(plan.id)[1].reason.startswith("not known any more: ")


def test_a_job_search_that_gets_lost_is_found(store: Store, plan: Planned) -> None:
    carry_out(store, plan.id, DAY, NOW)
    store.situations.put("young", Situation(), NOW)
    found = balance(store, plan.id)
    assert (found.broken, found.is_even) == (("young",), False)


def test_a_client_left_without_a_coach_is_found(store: Store, plan: Planned) -> None:
    carry_out(store, plan.id, DAY, NOW)
    coach = store.cases.of_person("young", Assignment)[-1]
    later = replace(coach.item, start=date(2022, 6, 2))
    store.cases.change(coach.id, 1, later, "lead", NOW)
    found = balance(store, plan.id)
    assert (found.without_coach, found.is_even) == (("young",), False)


def test_a_run_killed_in_the_middle_is_taken_up_again(
    store: Store, plan: Planned, tmp_path: Path
) -> None:
    script = (
        "import os, signal, sys\n"
        "from datetime import date, datetime, UTC\n"
        "from matcher.store.store import Store\n"
        "from matcher.store import transfer_writes\n"
        "from matcher.casework.transfer import carry_out\n"
        "transfer_writes._mark = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "with Store.open(sys.argv[1]) as store:\n"
        "    carry_out(store, sys.argv[2], date(2022, 6, 1), datetime.now(UTC))\n"
    )
    before = store.cases.file_of("young")
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    killed = subprocess.run([sys.executable, "-c", script, url, plan.id], check=False)
    assert killed.returncode == -9
    assert store.cases.file_of("young") == before
    assert carry_out(store, plan.id, DAY, NOW) == {MoveState.DONE: 2}
    assert balance(store, plan.id).is_even
