from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matcher.domain.casework.contacts import Notice
from matcher.domain.casework.item import Channel, Responsible
from matcher.domain.casework.meetings import Meeting, MeetingKind, Task
from matcher.domain.casework.placements import Assignment, Enrolment, Transfer
from matcher.domain.offer import OfferKind
from matcher.errors import NotFoundError
from matcher.store.store import Store
from matcher.store.transfer_moves import MoveState, StoredMove
from tests.contract.store.records import LATER, NOON, profile

FIRST = date(2026, 3, 1)
TASK = Task(text="Päivitä CV", responsible=Responsible.CLIENT, due=date(2026, 4, 1))
MEETING = Meeting(begins=LATER, kind=MeetingKind.DISCUSSION, channel=Channel.PHONE)
COURSE = Enrolment(kind=OfferKind.TRAINING, title="Kurssi", start=date(2026, 1, 1))


def move(id: str, **changes: Any) -> StoredMove:
    fields: dict[str, Any] = {
        "municipality": "564",
        "unit": "Oulu",
        "coach": "Anna",
        "team": "Nuoret",
        "channel": Channel.LETTER,
        "stage": 1,
        "on": FIRST,
    }
    return StoredMove(profile_id=id, **fields | changes)


@pytest.fixture
def plan(store: Store) -> str:
    store.profiles.upsert([profile("p1"), profile("p2"), profile("p3")], NOON)
    moves = [move("p1"), move("p2"), move("p3", stage=2, on=date(2026, 4, 1))]
    return store.transfers.save("oulu-2021", moves, NOON)


def run(store: Store, plan: str, on: date = FIRST) -> None:
    for batch in store.transfers.due(plan, on):
        store.transfers.settle(plan, batch, "transfer", LATER)


def states(store: Store, plan: str) -> dict[str, MoveState]:
    return {one.profile_id: one.state for one in store.transfers.moves(plan)}


def test_only_stages_of_the_day_are_carried_out(store: Store, plan: str) -> None:
    run(store, plan)
    done, planned = MoveState.DONE, MoveState.PLANNED
    assert states(store, plan) == {"p1": done, "p2": done, "p3": planned}
    run(store, plan, date(2026, 4, 1))
    assert states(store, plan) == {"p1": done, "p2": done, "p3": done}


def test_a_client_gets_the_coach_the_note_and_a_notice_that_waits(store: Store, plan: str) -> None:
    run(store, plan)
    [coach] = store.cases.of_person("p1", Assignment)
    [noted] = store.cases.of_person("p1", Transfer)
    [notice] = store.cases.of_person("p1", Notice)
    assert coach.item == Assignment(coach="Anna", team="Nuoret", start=FIRST)
    assert noted.item == Transfer(plan=plan, stage=1, unit="Oulu", on=FIRST)
    assert notice.item == Notice(entry=noted.id, channel=Channel.LETTER)


def test_running_a_stage_again_changes_nothing(store: Store, plan: str) -> None:
    batch = next(store.transfers.due(plan, FIRST))
    store.transfers.settle(plan, batch, "transfer", LATER)
    before = store.cases.file_of("p1")
    store.transfers.settle(plan, batch, "transfer", LATER)
    run(store, plan)
    assert store.cases.file_of("p1") == before


def test_the_old_coach_ends_the_day_before_and_everything_else_stays(
    store: Store, plan: str
) -> None:
    old = Assignment(coach="TE-toimisto", start=date(2025, 1, 1))
    store.cases.add("p1", old, "te", NOON)
    kept = [store.cases.add("p1", item, "te", NOON) for item in (TASK, MEETING, COURSE)]
    run(store, plan)
    ended, new = store.cases.of_person("p1", Assignment)
    assert ended.item == replace(old, end=date(2026, 2, 28), reason=plan)
    assert new.item.coach == "Anna"
    [moved] = [one for one in store.transfers.moves(plan) if one.profile_id == "p1"]
    assert moved.held == {one.id: 1 for one in kept}
    assert store.transfers.missing(plan) == {}
    assert store.coaches.clients("TE-toimisto", date(2026, 2, 28)) == ["p1"]
    assert store.coaches.clients("Anna", FIRST) == ["p1", "p2"]


def test_services_that_run_on_after_the_move_are_held_and_those_that_are_over_are_not(
    store: Store, plan: str
) -> None:
    runs_on = store.cases.add("p1", replace(COURSE, end=date(2026, 3, 1)), "te", NOON)
    store.cases.add("p1", replace(COURSE, end=date(2026, 2, 28)), "te", NOON)
    run(store, plan)
    assert {one.profile_id: one.held for one in store.transfers.moves(plan)} == {
        "p1": {runs_on.id: 1},
        "p2": {},
        "p3": {},
    }


def test_a_coach_who_begins_on_the_day_stays(store: Store, plan: str) -> None:
    own = Assignment(coach="Pekka", start=FIRST)
    store.cases.add("p1", own, "lead", NOON)
    run(store, plan)
    assert [one.item for one in store.cases.of_person("p1", Assignment)] == [own]


def test_who_is_held_back_is_not_moved(store: Store, plan: str) -> None:
    [first, second] = next(store.transfers.due(plan, FIRST))
    held = replace(first, state=MoveState.HELD_BACK, reason="has moved to Kempele")
    store.transfers.settle(plan, [held, second], "transfer", LATER)
    assert states(store, plan)["p1"] is MoveState.HELD_BACK
    assert store.cases.file_of("p1") == []
    assert store.transfers.moves(plan)[0].reason == "has moved to Kempele"


def test_who_is_erased_between_plan_and_stage_is_gone_from_it(store: Store, plan: str) -> None:
    batch = next(store.transfers.due(plan, FIRST))
    store.erase_profile("p1", NOON)
    store.transfers.settle(plan, batch, "transfer", LATER)
    assert states(store, plan) == {"p2": MoveState.DONE, "p3": MoveState.PLANNED}
    assert store.cases.file_of("p1") == []


def test_who_is_erased_while_the_plan_is_made_is_not_in_it(store: Store, plan: str) -> None:
    store.erase_profile("p1", NOON)
    later = store.transfers.save("oulu-2021", [move("p1"), move("p2")], LATER)
    assert states(store, later) == {"p2": MoveState.PLANNED}


def test_a_lost_entry_is_found_and_an_erased_person_is_none(store: Store, plan: str) -> None:
    task = store.cases.add("p1", TASK, "te", NOON)
    store.cases.add("p2", TASK, "te", NOON)
    run(store, plan)
    store.cases.change(task.id, 1, replace(TASK, done=FIRST), "coach", LATER)
    assert store.transfers.missing(plan) == {}
    with store._database.write() as connection:
        connection.exec_driver_sql("DELETE FROM case_entries WHERE topic = 'Task'")
    lost = store.transfers.missing(plan)
    assert (lost["p1"], set(lost)) == ([task.id], {"p1", "p2"})
    store.erase_profile("p2", LATER)
    assert set(store.transfers.missing(plan)) == {"p1"}


def test_the_newest_plan_is_known(store: Store, plan: str) -> None:
    newer = store.transfers.save("pori-2021", [], LATER)
    assert (store.transfers.latest(), store.transfers.area(newer)) == (newer, "pori-2021")
    with pytest.raises(NotFoundError, match="no transfer 't9'"):
        store.transfers.area("t9")


def test_without_a_plan_the_remedy_is_told(store: Store) -> None:
    with pytest.raises(NotFoundError, match="matcher transfer plan"):
        store.transfers.latest()
