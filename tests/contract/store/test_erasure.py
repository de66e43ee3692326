"""Nothing of an erased person stays in any table: the tables themselves are asked, not a list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from matcher.domain.casework.item import Responsible
from matcher.domain.casework.meetings import Task
from matcher.store import casefiles
from matcher.store.schema import metadata, tombstones
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON, profile
from tests.planting import plant

MARK = "person-to-erase"
OTHER = "person-who-stays"
#: Tables that name people, as the schema has them, and those that are filled with a profile.
FILLED = {"profiles", "profile_words"}
OF_PEOPLE = [
    table
    for table in metadata.sorted_tables
    if "profile_id" in table.c and table.name not in FILLED
]


def texts(store: Store) -> Iterator[tuple[str, str]]:
    """Yield every row of every table in words, with the name of the table."""
    with store._database.read() as connection:
        for table in metadata.sorted_tables:
            if table is not tombstones:  # what remains on purpose, so that readers learn of it
                for row in connection.execute(select(table)):
                    yield table.name, repr(tuple(row))


def test_erasing_a_person_empties_every_table_that_names_people(store: Store) -> None:
    store.profiles.upsert([profile(MARK), profile(OTHER)], NOON)
    with store._database.write() as connection:
        for table in OF_PEOPLE:
            for person in (MARK, OTHER):
                plant(connection, table, person)
    planted = {table.name for table in OF_PEOPLE} | FILLED
    assert {name for name, text in texts(store) if MARK in text} == planted
    store.erase_profile(MARK, LATER)
    assert [name for name, text in texts(store) if MARK in text] == []
    assert {name for name, text in texts(store) if OTHER in text} == planted


def test_an_erasure_waits_for_an_entry_being_changed_and_takes_it_along(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.profiles.upsert([profile("p1")], NOON)
    task = Task(text="Soita", responsible=Responsible.COACH, due=date(2026, 4, 1))
    entry = store.cases.add("p1", task, "coach", NOON)
    erasure = Thread(target=store.erase_profile, args=("p1", LATER))
    real = casefiles._check_coaches

    def slowly(*args: Any) -> None:
        erasure.start()
        erasure.join(0.2)
        real(*args)

    monkeypatch.setattr(casefiles, "_check_coaches", slowly)
    store.cases.change(entry.id, 1, task, "coach", LATER)
    erasure.join()
    assert store.cases.history(entry.id) == []
