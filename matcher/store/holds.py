"""Legal holds: who and what must not be erased for now, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, insert, select, update

from matcher.domain.rights import Hold
from matcher.errors import ForbiddenError, NotFoundError
from matcher.store.database import Database
from matcher.store.schema import holds
from matcher.store.writes import check_people

_COLUMNS: Final = tuple(Hold.__dataclass_fields__)


class Holds:
    """The legal holds, of people and of kinds of record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set_on_person(self, profile_id: str, reason: str, by: str, now: datetime) -> Hold:
        """Keep a person's data until the hold is lifted.

        Raises
        ------
        NotFoundError
            If there is no such profile.
        """
        hold = Hold(id=_new_id(), profile_id=profile_id, reason=reason, at=now, by=by)
        with self._database.write() as connection:
            check_people(connection, [profile_id])
            _insert(connection, hold)
        return hold

    def set_on_kind(self, kind: str, reason: str, by: str, now: datetime) -> Hold:
        """Keep every record of a kind until the hold is lifted: nothing of it is purged."""
        hold = Hold(id=_new_id(), kind=kind, reason=reason, at=now, by=by)
        with self._database.write() as connection:
            _insert(connection, hold)
        return hold

    def lift(self, id: str, now: datetime) -> None:
        """End a hold; one that has ended keeps its moment.

        Raises
        ------
        NotFoundError
            If there is none under that id.
        """
        lasting = update(holds).where(holds.c.id == id, holds.c.lifted_at.is_(None))
        with self._database.write() as connection:
            if connection.scalar(select(holds.c.id).where(holds.c.id == id)) is None:
                raise NotFoundError("hold", id, remedy="`matcher retention list` shows all.")
            connection.execute(lasting.values(lifted_at=now))

    def lasting(self) -> list[Hold]:
        """Return the holds that have not ended, oldest first."""
        query = select(holds).where(holds.c.lifted_at.is_(None)).order_by(holds.c.at, holds.c.id)
        with self._database.read() as connection:
            return [_hold(row) for row in connection.execute(query)]

    def check(self, profile_id: str) -> None:
        """Refuse to erase a person who is held.

        Raises
        ------
        ForbiddenError
            With the reason of the hold.
        """
        with self._database.read() as connection:
            check_not_held(connection, profile_id)


def check_not_held(connection: Connection, profile_id: str) -> None:
    """Refuse to erase a person who is held; see `Holds.check`."""
    query = select(holds).where(holds.c.profile_id == profile_id, holds.c.lifted_at.is_(None))
    row = connection.execute(query.order_by(holds.c.at, holds.c.id).limit(1)).one_or_none()
    if row is not None:
        raise ForbiddenError(
            f"{profile_id!r} is under a legal hold since {row.at:%Y-%m-%d}: {row.reason}",
            remedy=f"Nothing was erased. `matcher retention release {row.id}` ends the hold.",
        )


def forget_holds(connection: Connection, profile_id: str) -> None:
    """Erase the holds on a person, all of which have ended."""
    connection.execute(delete(holds).where(holds.c.profile_id == profile_id))


def _new_id() -> str:
    return f"hold-{uuid4().hex[:12]}"


def _insert(connection: Connection, hold: Hold) -> None:
    connection.execute(insert(holds).values({name: getattr(hold, name) for name in _COLUMNS}))


def _hold(row: Row[Any]) -> Hold:
    return Hold(**{name: getattr(row, name) for name in _COLUMNS})
