from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from matcher.domain.casework.contacts import ContactRequest, Idea
from matcher.domain.casework.item import CaseItem, Channel, Responsible
from matcher.domain.casework.meetings import Meeting, MeetingKind, MeetingState, Task
from matcher.domain.casework.placements import Assignment
from matcher.errors import ConflictError, InputError, NotFoundError
from matcher.store.casefiles import NewEntry
from matcher.store.reach import Reach
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON, TODAY, profile

KEMPELE = Reach(("244",), None, "", TODAY)
TASK = Task(text="Päivitä ansioluettelo", responsible=Responsible.CLIENT, due=date(2026, 3, 10))
MEETING = Meeting(begins=NOON, kind=MeetingKind.DISCUSSION, channel=Channel.PHONE)
ANNA = Assignment(coach="Anna", start=date(2026, 1, 1))


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    store.profiles.upsert([profile("p1"), profile("p2", municipality="244")], NOON)


def test_an_entry_comes_back_as_it_was_written(store: Store) -> None:
    entry = store.cases.add("p1", MEETING, "coach-1", NOON)
    assert store.cases.of_person("p1", Meeting) == [entry]
    assert (entry.version, entry.profile_id, entry.at, entry.by) == (1, "p1", NOON, "coach-1")
    assert entry.item == MEETING


def test_a_change_adds_a_version_and_loses_none(store: Store) -> None:
    first = store.cases.add("p1", TASK, "coach-1", NOON)
    done = replace(TASK, done=TODAY)
    second = store.cases.change(first.id, 1, done, "coach-2", LATER)
    assert store.cases.of_person("p1", Task) == [second]
    assert store.cases.history(first.id) == [first, second]
    assert store.cases.file_of("p1") == [first, second]


def test_who_saw_an_older_version_is_told_so_and_nothing_is_overwritten(store: Store) -> None:
    entry = store.cases.add("p1", TASK, "coach-1", NOON)
    store.cases.change(entry.id, 1, replace(TASK, text="Soita"), "coach-1", NOON)
    with pytest.raises(ConflictError, match="version 1 was expected, 2 is there"):
        store.cases.change(entry.id, 1, replace(TASK, text="Kirjoita"), "coach-2", LATER)
    assert [one.item.text for one in store.cases.of_person("p1", Task)] == ["Soita"]


def test_of_two_writers_at_the_same_time_one_is_told(store: Store) -> None:
    entry = store.cases.add("p1", TASK, "coach", NOON)

    def change(number: int) -> str:
        try:
            store.cases.change(entry.id, 1, replace(TASK, text=f"Soita {number}"), "coach", LATER)
        except ConflictError:
            return "conflict"
        return "changed"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(change, range(4)))
    assert outcomes == ["changed", "conflict", "conflict", "conflict"]
    assert [one.version for one in store.cases.history(entry.id)] == [1, 2]


def test_an_entry_keeps_its_class(store: Store) -> None:
    entry = store.cases.add("p1", TASK, "coach", NOON)
    with pytest.raises(InputError, match="of the kind Task, not Meeting"):
        store.cases.change(entry.id, 1, MEETING, "coach", LATER)
    assert store.cases.of_person("p1", Meeting) == []


def test_nothing_is_noted_of_somebody_who_is_not_there(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no profile 'p9'"):
        store.cases.add_many([NewEntry("p1", TASK), NewEntry("p9", TASK)], "coach", NOON)
    assert store.cases.of_person("p1", Task) == []


def test_only_an_idea_may_be_given_without_a_name(store: Store) -> None:
    idea = store.cases.add(None, Idea(text="Lisää vertaisryhmiä.", about="ryhmät"), "web", NOON)
    assert [one for batch in store.cases.batches(Idea) for one in batch] == [idea]
    with pytest.raises(InputError, match="A Task belongs to a client"):
        store.cases.add(None, TASK, "coach", NOON)


def test_erasing_a_person_erases_the_case_file_with_all_versions(store: Store) -> None:
    entry = store.cases.add("p1", TASK, "coach", NOON)
    store.cases.change(entry.id, 1, replace(TASK, done=TODAY), "coach", LATER)
    kept = store.cases.add("p2", TASK, "coach", NOON)
    store.erase_profile("p1", LATER)
    assert store.cases.history(entry.id) == []
    assert store.cases.file_of("p2") == [kept]


@pytest.mark.parametrize(
    ("item", "closed"),
    [
        (TASK, replace(TASK, done=TODAY)),
        (MEETING, replace(MEETING, state=MeetingState.HELD)),
        (
            ContactRequest(channel=Channel.PHONE, text="Soittakaa", due=date(2026, 3, 1)),
            ContactRequest(
                channel=Channel.PHONE, text="Soittakaa", due=date(2026, 3, 1), answered=TODAY
            ),
        ),
    ],
)
def test_what_is_done_is_no_longer_due(store: Store, item: CaseItem, closed: CaseItem) -> None:
    until = date(2026, 3, 10)
    entry = store.cases.add("p1", item, "coach", NOON)
    assert store.cases.due(until) == [entry]
    store.cases.change(entry.id, 1, closed, "coach", LATER)
    assert store.cases.due(until) == []


def test_nothing_is_due_of_people_whose_source_no_longer_has_them(store: Store) -> None:
    store.cases.add("p1", TASK, "coach", NOON)
    stays = store.cases.add("p2", TASK, "coach", NOON)
    store.profiles.close(["p1"], LATER)
    assert store.cases.due(date(2026, 12, 31)) == [stays]


def test_what_is_due_is_told_by_day_and_municipality(store: Store) -> None:
    late = store.cases.add("p1", replace(TASK, due=date(2026, 2, 1)), "coach", NOON)
    soon = store.cases.add("p2", TASK, "coach", NOON)
    assert store.cases.due(date(2026, 3, 9)) == [late]
    assert store.cases.due(date(2026, 3, 10)) == [late, soon]
    assert store.cases.due(date(2026, 3, 10), reach=KEMPELE) == [soon]
    assert store.cases.due(date(2026, 3, 10), limit=1) == [late]


def test_a_coach_has_clients_from_the_first_to_the_last_day(store: Store) -> None:
    until = replace(ANNA, end=date(2026, 2, 28))
    store.cases.add("p1", until, "lead", NOON)
    store.cases.add("p2", ANNA, "lead", NOON)
    assert store.coaches.clients("Anna", date(2025, 12, 31)) == []
    assert store.coaches.clients("Anna", date(2026, 1, 1)) == ["p1", "p2"]
    assert store.coaches.clients("Anna", date(2026, 2, 28)) == ["p1", "p2"]
    assert store.coaches.clients("Anna", date(2026, 3, 1)) == ["p2"]
    assert store.coaches.loads(date(2026, 2, 28)) == {"Anna": 2}
    assert store.coaches.unassigned(date(2026, 3, 1)) == ["p1"]
    assert store.coaches.unassigned(date(2026, 3, 1), reach=KEMPELE) == []


def test_a_client_has_one_coach_at_a_time(store: Store) -> None:
    first = store.cases.add("p1", ANNA, "lead", NOON)
    pekka = Assignment(coach="Pekka", start=date(2026, 3, 1))
    with pytest.raises(InputError, match="has a coach at that time already"):
        store.cases.add("p1", pekka, "lead", NOON)
    ended = replace(ANNA, end=date(2026, 2, 28), reason="Anna jää opintovapaalle.")
    store.cases.change(first.id, 1, ended, "lead", NOON)
    store.cases.add("p1", pekka, "lead", NOON)
    with pytest.raises(InputError, match="has a coach at that time already"):
        store.cases.change(first.id, 2, ANNA, "lead", LATER)
    assert store.cases.history(first.id)[-1].item == ended


def test_two_coaches_in_one_batch_are_refused(store: Store) -> None:
    twice = [NewEntry("p1", ANNA), NewEntry("p1", replace(ANNA, coach="Pekka"))]
    with pytest.raises(InputError, match="has a coach at that time already"):
        store.cases.add_many(twice, "lead", NOON)
    assert store.coaches.loads(TODAY) == {}


def test_batches_yield_all_newest_versions_in_the_order_of_writing(store: Store) -> None:
    new = [NewEntry("p1", replace(TASK, due=TODAY + timedelta(days=i))) for i in range(3)]
    ids = store.cases.add_many(new, "coach", NOON)
    store.cases.change(ids[0], 1, replace(TASK, text="Uusi"), "coach", LATER)
    found = [one.id for batch in store.cases.batches(Task) for one in batch]
    assert found == [ids[1], ids[2], ids[0]]


def test_ideas_are_read_where_they_were_given(store: Store) -> None:
    def idea(municipality: str | None) -> Idea:
        return Idea(text="Lisää ryhmiä.", about="ryhmät", municipality=municipality)

    oulu = store.cases.add(None, idea("564"), "web", NOON)
    kempele = store.cases.add(None, idea("244"), "web", NOON)
    nowhere = store.cases.add(None, idea(None), "web", NOON)
    own = store.cases.add("p2", idea(None), "coach", NOON)
    assert store.cases.latest_ideas(9, Reach(("564",), None, "", TODAY)) == [oulu]
    assert store.cases.latest_ideas(9, KEMPELE) == [own, kempele]
    everywhere = Reach(None, None, "", TODAY)
    assert store.cases.latest_ideas(9, everywhere) == [own, nowhere, kempele, oulu]
    assert store.cases.latest_ideas(1, everywhere) == [own]
