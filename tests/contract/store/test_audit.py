from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Thread

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from matcher.domain.audit import Deed, Ending, Happening, Purpose
from matcher.errors import StoreError
from matcher.store.audit import extend
from matcher.store.chain import GENESIS, Finding, Head, Wrong
from matcher.store.schema import audit_heads, audit_log
from matcher.store.store import Store
from matcher.store.writes import hold_people
from tests.contract.store.records import LATER, NOON, profile

READ = Happening(
    event="e1",
    at=NOON,
    who="key-a",
    role="coach",
    deed=Deed.READ,
    operation="read_profile",
    ending=Ending.DONE,
    purpose=Purpose.GUIDANCE,
    origin="10.0.0.7",
    subject="p1",
)


@pytest.fixture
def logged(store: Store) -> Store:
    """A store with four entries in its log."""
    store.profiles.upsert([profile("p1"), profile("p2")], NOON)
    store.audit.append([READ, replace(READ, subject="p2")])
    store.audit.append([replace(READ, event="e2", subject=None, deed=Deed.PROCESS)])
    store.audit.append([replace(READ, event="e3", at=LATER, about="list-1")])
    return store


def test_a_person_is_told_of_every_entry_about_them(logged: Store) -> None:
    told = [entry.happening for entry in logged.audit.of("p1")]
    assert told == [READ, replace(READ, event="e3", at=LATER, about="list-1")]


def test_the_log_knows_people_by_a_pseudonym_only(logged: Store) -> None:
    first, second, third, fourth = (entry.happening.subject for entry in logged.audit.entries())
    assert third is None
    assert first == fourth
    assert len({"p1", "p2", first, second}) == 4


def test_a_log_that_nobody_touched_verifies(logged: Store) -> None:
    found = logged.audit.verify()
    last = list(logged.audit.entries())[-1]
    assert (found.entries, found.purged, found.findings) == (4, 0, ())
    assert found.head == Head(4, last.hash)


def test_an_empty_log_verifies(store: Store) -> None:
    assert store.audit.verify().head == Head(0, GENESIS)


def test_no_happenings_leave_no_entry(store: Store) -> None:
    store.audit.append([])
    assert list(store.audit.entries()) == []


def rewritten(connection: Connection) -> None:
    connection.execute(update(audit_log).where(audit_log.c.number == 2).values(who="key-b"))


def removed(connection: Connection) -> None:
    connection.execute(delete(audit_log).where(audit_log.c.number == 2))


def cut_off(connection: Connection) -> None:
    connection.execute(delete(audit_log).where(audit_log.c.number >= 3))


def swapped(connection: Connection) -> None:
    for before, after in ((2, 20), (3, 2), (20, 3)):
        here = audit_log.c.number == before
        connection.execute(update(audit_log).where(here).values(number=after))


def appended(connection: Connection) -> None:
    [last] = connection.execute(select(audit_log).where(audit_log.c.number == 4)).mappings()
    connection.execute(insert(audit_log).values({**last, "number": 5}))


def put_between(connection: Connection) -> None:
    for number in (4, 3):
        here = audit_log.c.number == number
        connection.execute(update(audit_log).where(here).values(number=number + 1))
    [second] = connection.execute(select(audit_log).where(audit_log.c.number == 2)).mappings()
    connection.execute(insert(audit_log).values({**second, "number": 3}))


def turned_back(connection: Connection) -> None:
    connection.execute(delete(audit_log).where(audit_log.c.number == 4))
    connection.execute(update(audit_heads).values(number=3))


@pytest.mark.parametrize(
    ("tamper", "findings"),
    [
        (rewritten, [Finding(2, Wrong.CHANGED)]),
        (removed, [Finding(2, Wrong.MISSING)]),
        (cut_off, [Finding(3, Wrong.MISSING), Finding(4, Wrong.MISSING)]),
        (swapped, [Finding(number, Wrong.CHANGED) for number in (2, 3, 4)]),
        (appended, [Finding(5, Wrong.CHANGED), Finding(5, Wrong.ADDED)]),
        (
            put_between,
            [*(Finding(number, Wrong.CHANGED) for number in (3, 4, 5)), Finding(5, Wrong.ADDED)],
        ),
        (turned_back, [Finding(3, Wrong.CHANGED)]),
    ],
)
def test_what_is_not_as_it_was_written_is_named(
    logged: Store, tamper: Callable[[Connection], None], findings: list[Finding]
) -> None:
    with logged._database.write() as connection:
        disarm(connection)
        tamper(connection)
    assert list(logged.audit.verify().findings) == findings


def test_a_head_kept_outside_shows_a_log_that_was_written_anew(logged: Store) -> None:
    noted = logged.audit.verify().head
    assert logged.audit.holds(noted)
    assert not logged.audit.holds(replace(noted, hash=GENESIS))


@pytest.mark.parametrize("tamper", [rewritten, removed, cut_off])
def test_the_database_itself_refuses_to_change_the_log(
    logged: Store, tamper: Callable[[Connection], None]
) -> None:
    with (
        pytest.raises(StoreError, match="the audit log is only added to"),
        logged._database.write() as connection,
    ):
        tamper(connection)
    assert logged.audit.verify().entries == 4


def test_the_database_refuses_to_turn_the_end_of_the_log_back(logged: Store) -> None:
    with (
        pytest.raises(StoreError, match="the audit log is only added to"),
        logged._database.write() as connection,
    ):
        connection.execute(update(audit_heads).values(number=3))


def test_after_an_erasure_the_chain_holds_and_nobody_can_tell_whose_entries_they_were(
    logged: Store,
) -> None:
    logged.erase_profile("p1", LATER)
    assert logged.audit.verify().findings == ()
    assert logged.audit.of("p1") == []
    logged.profiles.upsert([profile("p1")], LATER)
    logged.audit.append([replace(READ, event="e9")])
    assert [entry.happening.event for entry in logged.audit.of("p1")] == ["e9"]


def test_an_entry_about_nobody_who_is_there_names_nobody(logged: Store) -> None:
    logged.audit.append([replace(READ, subject="p-none")])
    assert [entry.happening.subject for entry in logged.audit.entries()][-1] is None


def test_a_purge_takes_the_oldest_and_leaves_a_chain_that_verifies(logged: Store) -> None:
    assert logged.audit.purge(LATER) == 3
    assert logged.audit.purge(LATER) == 0
    found = logged.audit.verify()
    assert (found.entries, found.purged, found.head.number, found.findings) == (1, 3, 4, ())
    logged.audit.append([READ])
    assert logged.audit.verify().findings == ()


def test_an_old_entry_stays_as_long_as_a_younger_one_before_it(logged: Store) -> None:
    logged.audit.append([READ])
    assert logged.audit.purge(LATER) == 3


def test_writers_at_once_make_one_chain(store: Store) -> None:
    store.profiles.upsert([profile("p1")], NOON)
    events = [f"e{number}" for number in range(24)]
    threads = [
        Thread(target=store.audit.append, args=([replace(READ, event=event)],)) for event in events
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {entry.happening.event for entry in store.audit.of("p1")} == set(events)
    assert store.audit.verify().findings == ()


def test_who_holds_a_person_may_wait_for_the_end_of_the_log_and_nobody_the_other_way_round(
    store: Store,
) -> None:
    store.profiles.upsert([profile("p1"), profile("p2")], NOON)
    other = Thread(target=store.note, args=([READ], []))
    with store._database.write() as connection:
        hold_people(connection, ["p1"])
        other.start()
        # By then the other one waits for the person, and not with the log in its hands.
        other.join(0.3)
        extend(connection, [replace(READ, event="e2", subject="p2")])
    other.join()
    assert [entry.happening.event for entry in store.audit.entries()] == ["e2", "e1"]
    assert store.audit.verify().findings == ()


def disarm(connection: Connection) -> None:
    """Take the triggers away, as who owns the database can."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        return
    names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    for name in names.scalars().all():
        connection.execute(text(f"DROP TRIGGER {name}"))
