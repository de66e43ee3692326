"""What the rules ask is kept by client, doubted when something changes, and settled afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from matcher.domain.casework.item import Channel, Responsible
from matcher.domain.casework.meetings import Meeting, MeetingKind, MeetingState, Task
from matcher.domain.casework.placements import Assignment
from matcher.domain.situation import Situation
from matcher.store.duties import NextDuty, StoredDuty
from matcher.store.portfolio import NEVER, Ask, Narrowed, Place
from matcher.store.reach import Reach
from matcher.store.store import Store
from tests.contract.store.records import NOON, TODAY, YESTERDAY, profile

TOMORROW = TODAY + timedelta(days=1)
SOON = TODAY + timedelta(days=7)
MET = Meeting(
    kind=MeetingKind.DISCUSSION, channel=Channel.VISIT, begins=NOON, state=MeetingState.PLANNED
)


def discuss(due: date) -> NextDuty:
    """A discussion that is late when its day is over."""
    return NextDuty("discussion", due, due + timedelta(days=1))


def settle(store: Store, **due: NextDuty) -> None:
    """Let clients have a situation, and the rules have asked this of them."""
    store.situations.put_many(dict.fromkeys(due, Situation()), NOON)
    answer(store, **due)


def answer(store: Store, **due: NextDuty) -> None:
    waiting = [one for one in store.duties.waiting(100) if one.profile_id in due]
    store.duties.settle([replace(one, next=due[one.profile_id], rules="r") for one in waiting])


def waiting(store: Store) -> list[str]:
    return [one.profile_id for one in store.duties.waiting(100)]


def four(store: Store) -> None:
    store.profiles.upsert([profile(f"p{n}") for n in range(1, 5)], NOON)


def shown(store: Store, narrowed: Narrowed, on: date = TODAY) -> list[str]:
    ask = Ask(reach=Reach(None, None, "", on), soon=on + timedelta(days=7), narrowed=narrowed)
    return [row.profile.id for row in store.portfolios.page(ask)]


def test_who_has_a_situation_waits_until_the_rules_were_asked(store: Store) -> None:
    four(store)
    store.situations.put("p1", Situation(), NOON)
    assert store.duties.page() == [StoredDuty("p1", NextDuty(), "", 1, is_settled=False)]
    answer(store, p1=discuss(TODAY))
    assert store.duties.page() == [StoredDuty("p1", discuss(TODAY), "r", 1, is_settled=True)]
    assert waiting(store) == []


def test_what_the_rules_read_is_doubted_when_it_changes_and_nothing_else_is(store: Store) -> None:
    four(store)
    settle(store, p1=discuss(TODAY), p2=discuss(TODAY), p3=discuss(TODAY), p4=discuss(TODAY))
    store.cases.add("p4", Assignment(coach="Aino", start=TODAY), "key", NOON)
    store.profiles.upsert([profile("p4")], NOON)
    assert waiting(store) == []
    store.profiles.upsert([profile("p1", municipality="244")], NOON)
    store.situations.put("p2", Situation(immigrant=True), NOON)
    entry = store.cases.add("p3", MET, "key", NOON)
    assert waiting(store) == ["p1", "p2", "p3"]
    answer(store, p1=discuss(TODAY), p2=discuss(TODAY), p3=discuss(TODAY))
    store.cases.change(entry.id, 1, replace(MET, state=MeetingState.HELD), "key", NOON)
    assert waiting(store) == ["p3"]


def test_who_has_no_situation_is_never_asked_about(store: Store) -> None:
    four(store)
    store.cases.add("p1", MET, "key", NOON)
    store.profiles.upsert([profile("p1", municipality="244")], NOON)
    assert store.duties.page() == []


def test_what_changed_while_the_rules_were_asked_stays_in_doubt(store: Store) -> None:
    four(store)
    settle(store, p1=discuss(TODAY))
    store.situations.put("p1", Situation(immigrant=True), NOON)
    seen = store.duties.waiting(1)
    store.situations.put("p1", Situation(immigrant=False), NOON)
    store.duties.settle([replace(one, next=discuss(SOON)) for one in seen])
    assert waiting(store) == ["p1"]
    assert store.duties.page()[0].next == discuss(TODAY)


def test_other_rules_are_asked_anew_once(store: Store) -> None:
    four(store)
    settle(store, p1=discuss(TODAY), p2=discuss(TODAY))
    assert store.duties.doubt_rules("r") == 0
    assert store.duties.doubt_rules("other") == 2
    assert waiting(store) == ["p1", "p2"]
    assert store.duties.doubt_rules("other") == 0


def test_an_erased_client_leaves_no_duty_behind_also_when_the_rules_are_just_asked(
    store: Store,
) -> None:
    four(store)
    settle(store, p1=discuss(TODAY))
    store.situations.put("p1", Situation(), NOON)
    seen = store.duties.waiting(1)
    copy = store.held_of("p1")["next_duties"]
    assert [(row["kind"], row["due"]) for row in copy] == [("discussion", TODAY.isoformat())]
    store.erase_profile("p1", NOON)
    store.duties.settle(seen)
    assert store.duties.page() == []


def test_duties_and_what_was_agreed_stand_in_one_order(store: Store) -> None:
    four(store)
    task = Task(text="Soita", responsible=Responsible.CLIENT, due=TODAY, done=None)
    store.cases.add("p1", task, "key", NOON)
    settle(store, p1=discuss(SOON), p2=discuss(YESTERDAY), p3=discuss(TOMORROW))
    rows = store.portfolios.page(Ask(reach=Reach(None, None, "", TODAY), soon=SOON))
    assert [(row.profile.id, row.place.due) for row in rows] == [
        ("p2", YESTERDAY),
        ("p1", TODAY),
        ("p3", TOMORROW),
        ("p4", NEVER),
    ]


def test_pages_in_the_order_of_duties_have_no_gaps(store: Store) -> None:
    four(store)
    settle(store, p1=discuss(SOON), p2=discuss(YESTERDAY), p3=discuss(SOON))
    assert followed(store, 1) == followed(store, 3) == ["p2", "p1", "p3", "p4"]


def followed(store: Store, limit: int) -> Sequence[str]:
    ask, after, seen = Ask(reach=Reach(None, None, "", TODAY), soon=SOON), Place(), list[str]()
    while rows := store.portfolios.page(ask, after=after, limit=limit):
        after = rows[-1].place
        seen += [row.profile.id for row in rows]
    return seen


def test_a_duty_becomes_overdue_as_days_go_by_without_being_written_again(store: Store) -> None:
    four(store)
    uncounted = NextDuty("placement", TODAY, None)
    settle(store, p1=discuss(TODAY), p2=discuss(SOON), p3=uncounted)
    assert shown(store, Narrowed.OVERDUE) == []
    assert shown(store, Narrowed.SOON) == ["p1", "p3", "p2"]
    assert shown(store, Narrowed.OVERDUE, TOMORROW) == ["p1"]
    assert shown(store, Narrowed.OVERDUE, SOON + timedelta(days=1)) == ["p1", "p2"]
