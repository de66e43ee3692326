"""What is noted of the work with each client: every version of every entry, until erasure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    insert,
    or_,
    select,
    update,
)

from matcher.domain.casework.contacts import Idea
from matcher.domain.casework.item import CaseItem
from matcher.domain.casework.meetings import Meeting
from matcher.domain.casework.placements import Assignment
from matcher.errors import ConflictError, InputError
from matcher.store.caserows import TOPICS, C, CaseEntry, any_entry, current, entry, newest, row_of
from matcher.store.coaches import with_two_coaches
from matcher.store.database import Database, parts
from matcher.store.duties import doubt
from matcher.store.reach import Reach, within
from matcher.store.records import State
from matcher.store.schema import case_entries, profiles
from matcher.store.writes import check_people

_BATCH: Final = 1000


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be written: in whose file, and what it says."""

    profile_id: str | None
    item: CaseItem


class CaseFiles:
    """The case files of all clients.

    An entry is never overwritten: a change adds a version, and the newest one counts.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, profile_id: str | None, item: C, by: str, now: datetime) -> CaseEntry[C]:
        """Write a new entry.

        Raises
        ------
        NotFoundError
            If there is no such profile.
        InputError
            If it names nobody and is no idea, or somebody already has a coach.
        """
        (id,) = self.add_many([NewEntry(profile_id, item)], by, now)
        return CaseEntry(id, 1, profile_id, now, by, item)

    def add_many(self, new: Sequence[NewEntry], by: str, now: datetime) -> list[str]:
        """Write new entries, all or nothing; return their ids.

        Raises
        ------
        NotFoundError, InputError
            As in `add`.
        """
        for one in new:
            _check_owner(one)
        rows = [row_of(CaseEntry(uuid4().hex, 1, one.profile_id, now, by, one.item)) for one in new]
        with self._database.write() as connection:
            check_people(connection, {one.profile_id for one in new if one.profile_id})
            if rows:
                connection.execute(insert(case_entries), rows)
            doubt(
                connection, {one.profile_id for one in new if one.profile_id and _is_met(one.item)}
            )
            _check_coaches(connection, [one.profile_id for one in new], [one.item for one in new])
        return [row["id"] for row in rows]

    def change(self, id: str, version: int, item: C, by: str, now: datetime) -> CaseEntry[C]:
        """Write a new version of an entry.

        Parameters
        ----------
        id
            Of the entry.
        version
            The version that the writer has seen; another one means that somebody else
            has changed the entry meanwhile.
        item
            What the entry says from now on; of the same class as before.
        by, now
            Who changes it, and when.

        Raises
        ------
        NotFoundError
            If there is none under that id.
        ConflictError
            If it has another version by now.
        InputError
            If it is an entry of another class.
        """
        with self._database.write() as connection:
            before = newest(connection, id)
            if before.profile_id is not None:
                check_people(connection, [before.profile_id])
            if before.topic != TOPICS[type(item)]:
                raise InputError(
                    f"The entry {id!r} is of the kind {before.topic}, not {TOPICS[type(item)]}.",
                    remedy="Write an entry of another kind as a new one.",
                )
            # Of two writers who have seen the same version, one finds it no longer current.
            seen = and_(case_entries.c.id == id, case_entries.c.version == version)
            old = update(case_entries).where(seen, case_entries.c.current).values(current=False)
            if connection.execute(old).rowcount == 0:
                found = newest(connection, id).version
                raise ConflictError("entry", id, expected=version, found=found)
            changed = CaseEntry(id, version + 1, before.profile_id, now, by, item)
            connection.execute(insert(case_entries), [row_of(changed)])
            if before.profile_id is not None and _is_met(item):
                doubt(connection, [before.profile_id])
            _check_coaches(connection, [before.profile_id], [item])
        return changed

    def of_person(self, profile_id: str, cls: type[C]) -> list[CaseEntry[C]]:
        """Return a client's entries of one class, newest versions, in the order of writing."""
        query = current(cls).where(case_entries.c.profile_id == profile_id)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(case_entries.c.number))
            return [entry(row, cls) for row in rows]

    def of_people(self, profile_ids: Sequence[str], cls: type[C]) -> dict[str, list[C]]:
        """Return what several clients' entries of one class say now; who has none is absent."""
        found: dict[str, list[C]] = {}
        with self._database.read() as connection:
            for part in parts(profile_ids):
                rows = current(cls).where(case_entries.c.profile_id.in_(part))
                for row in connection.execute(rows.order_by(case_entries.c.number)):
                    found.setdefault(row.profile_id, []).append(entry(row, cls).item)
        return found

    def items_of(self, profile_ids: Sequence[str]) -> dict[str, list[CaseItem]]:
        """Return what the case files of several clients say now; empty files are absent."""
        found: dict[str, list[CaseItem]] = {}
        query = select(case_entries).where(case_entries.c.current)
        with self._database.read() as connection:
            for part in parts(profile_ids):
                rows = query.where(case_entries.c.profile_id.in_(part))
                for row in connection.execute(rows.order_by(case_entries.c.number)):
                    found.setdefault(row.profile_id, []).append(any_entry(row).item)
        return found

    def file_of(self, profile_id: str) -> list[CaseEntry[CaseItem]]:
        """Return every version of everything in a client's case file, oldest first."""
        query = select(case_entries).where(case_entries.c.profile_id == profile_id)
        return self._all(query)

    def history(self, id: str) -> list[CaseEntry[CaseItem]]:
        """Return all versions of an entry, oldest first; none if it does not exist."""
        return self._all(select(case_entries).where(case_entries.c.id == id))

    def batches(self, cls: type[C]) -> Iterator[list[CaseEntry[C]]]:
        """Yield the newest versions of all entries of one class, in the order of writing."""
        query = current(cls).order_by(case_entries.c.number).limit(_BATCH)
        after = 0
        while True:
            with self._database.read() as connection:
                rows = connection.execute(query.where(case_entries.c.number > after)).all()
            if not rows:
                return
            after = rows[-1].number
            yield [entry(row, cls) for row in rows]

    def latest_ideas(self, limit: int, reach: Reach) -> list[CaseEntry[Idea]]:
        """Return the ideas that were written down last, newest first.

        Parameters
        ----------
        limit
            At most so many.
        reach
            Only ideas of people within it; those given without a name go by their place.
        """
        query = current(Idea).outerjoin(profiles, profiles.c.id == case_entries.c.profile_id)
        unnamed: ColumnElement[bool] = case_entries.c.profile_id.is_(None)
        if reach.municipalities is not None:
            unnamed = and_(unnamed, case_entries.c.place.in_(reach.municipalities))
        query = query.where(or_(unnamed, within(reach)))
        query = query.order_by(case_entries.c.number.desc()).limit(limit)
        with self._database.read() as connection:
            return [entry(row, Idea) for row in connection.execute(query)]

    def due(
        self, until: date, *, reach: Reach | None = None, limit: int = 200
    ) -> list[CaseEntry[CaseItem]]:
        """Return what has to be done by a day, overdue things first.

        What is open of people whose source no longer has them is left out.

        Parameters
        ----------
        until
            Last day looked at.
        reach
            Only clients within it; None means all.
        limit
            At most so many.
        """
        query = (
            select(case_entries)
            .join(profiles, profiles.c.id == case_entries.c.profile_id)
            .where(case_entries.c.current, case_entries.c.due <= until)
            .where(profiles.c.state != State.CLOSED)
        )
        if reach is not None:
            query = query.where(within(reach))
        order = (case_entries.c.due, case_entries.c.number)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(*order).limit(limit))
            return [any_entry(row) for row in rows]

    def _all(self, query: Select[Any]) -> list[CaseEntry[CaseItem]]:
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(case_entries.c.number))
            return [any_entry(row) for row in rows]


def forget_case(connection: Connection, profile_id: str) -> None:
    """Erase a client's case file, all versions."""
    connection.execute(delete(case_entries).where(case_entries.c.profile_id == profile_id))


def _is_met(item: CaseItem) -> bool:
    """Tell whether the rules read an entry: a meeting held is a duty fulfilled."""
    return isinstance(item, Meeting)


def _check_owner(one: NewEntry) -> None:
    if one.profile_id is None and not isinstance(one.item, Idea):
        raise InputError(
            f"A {type(one.item).__name__} belongs to a client.",
            remedy="Name the profile; only an idea may be given without a name.",
            field="profile_id",
        )


def _check_coaches(
    connection: Connection, profile_ids: Sequence[str | None], items: Sequence[CaseItem]
) -> None:
    """Refuse what would give a client two coaches on one day; undone with the transaction."""
    assigned = {
        profile_id
        for profile_id, item in zip(profile_ids, items, strict=True)
        if profile_id is not None and isinstance(item, Assignment)
    }
    crowded = with_two_coaches(connection, assigned)
    if crowded is not None:
        raise InputError(
            f"The client {crowded!r} has a coach at that time already.",
            remedy="End that assignment on the day before the new one begins.",
            field="start",
        )
