"""Conflicts of interest that came up; one a day, caller, need, person and operation."""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select

from matcher.domain.access import same_organisation
from matcher.domain.calendar import finnish_day
from matcher.domain.conflict import Conflict
from matcher.store.database import Database
from matcher.store.schema import conflicts

_FIELDS: Final = tuple(Conflict.__dataclass_fields__)


class Conflicts:
    """The conflicts of all callers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, conflict: Conflict) -> None:
        """Write a conflict down, unless the same one was on that day."""
        values = {name: getattr(conflict, name) for name in _FIELDS}
        day = finnish_day(conflict.at)
        query = select(conflicts.c.number).where(
            conflicts.c.on == day,
            conflicts.c.caller == conflict.caller,
            conflicts.c.need_id == conflict.need_id,
            conflicts.c.profile_id.is_not_distinct_from(conflict.profile_id),
            conflicts.c.operation == conflict.operation,
        )
        with self._database.read() as connection:
            if connection.scalar(query.limit(1)) is not None:
                return
        with self._database.write() as connection:
            connection.execute(insert(conflicts).values(on=day, **values))

    def latest(self, limit: int, organisation: str | None = None) -> list[Conflict]:
        """Return the conflicts that came up last, newest first.

        Parameters
        ----------
        limit
            At most so many.
        organisation
            Only conflicts of its staff; None means of everybody's.
        """
        query = select(conflicts).order_by(conflicts.c.number.desc())
        with self._database.read() as connection:
            found = (_conflict(row) for row in connection.execute(query))
            # In Python, since SQLite knows the lower case of ASCII only.
            own = (
                one
                for one in found
                if organisation is None or same_organisation(one.organisation, organisation)
            )
            return list(islice(own, limit))


def forget_conflicts(connection: Connection, profile_id: str) -> None:
    """Erase the conflicts in which somebody dealt with a person."""
    connection.execute(delete(conflicts).where(conflicts.c.profile_id == profile_id))


def _conflict(row: Row[Any]) -> Conflict:
    return Conflict(**{name: row._mapping[name] for name in _FIELDS})
