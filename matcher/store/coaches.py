"""Who is responsible for whom: read from the assignments in the case files."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, and_, func, or_, select

from matcher.domain.casework.placements import Assignment
from matcher.store.caserows import TOPICS
from matcher.store.database import Database, parts
from matcher.store.reach import Reach, assigned_on, within
from matcher.store.records import State
from matcher.store.schema import case_entries, profiles


class Coaches:
    """Which clients each coach has, and who has none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def clients(self, coach: str, on: date) -> list[str]:
        """Return the ids of the clients whom a coach is responsible for on a day, sorted."""
        query = select(case_entries.c.profile_id).where(
            assigned_on(on), case_entries.c.holder == coach
        )
        with self._database.read() as connection:
            return sorted(connection.scalars(query))

    def loads(self, on: date, *, reach: Reach | None = None) -> dict[str, int]:
        """Return how many clients each coach is responsible for on a day, by name.

        Parameters
        ----------
        on
            The day.
        reach
            Only clients within it are counted; None means all.
        """
        query = select(case_entries.c.holder, func.count()).where(assigned_on(on))
        if reach is not None:
            query = query.join(profiles, profiles.c.id == case_entries.c.profile_id)
            query = query.where(within(reach))
        grouped = query.group_by(case_entries.c.holder).order_by(case_entries.c.holder)
        with self._database.read() as connection:
            return {row[0]: row[1] for row in connection.execute(grouped)}

    def unassigned(self, on: date, *, reach: Reach | None = None) -> list[str]:
        """Return the ids of those who are clients and have no coach on a day, sorted.

        Parameters
        ----------
        on
            The day.
        reach
            Only people within it; None means all.
        """
        assigned = select(case_entries.c.profile_id).where(assigned_on(on))
        query = select(profiles.c.id).where(
            profiles.c.state != State.CLOSED, profiles.c.id.not_in(assigned)
        )
        if reach is not None:
            query = query.where(within(reach))
        with self._database.read() as connection:
            return list(connection.scalars(query.order_by(profiles.c.id)))


def with_two_coaches(connection: Connection, profile_ids: Collection[str]) -> str | None:
    """Return one of these clients who has two coaches on the same day; None if nobody has."""
    one, other = case_entries.alias(), case_entries.alias()
    at_once = and_(
        one.c.profile_id == other.c.profile_id,
        one.c.number < other.c.number,
        or_(one.c.until.is_(None), one.c.until >= other.c.since),
        or_(other.c.until.is_(None), other.c.until >= one.c.since),
    )
    query = select(one.c.profile_id).join(other, at_once)
    for table in (one, other):
        query = query.where(table.c.topic == TOPICS[Assignment], table.c.current)
    for part in parts(sorted(profile_ids)):
        found: str | None = connection.scalar(query.where(one.c.profile_id.in_(part)).limit(1))
        if found is not None:
            return found
    return None
