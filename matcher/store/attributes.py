"""The protected attributes of people: for the fairness audit, and for nothing that ranks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select

from matcher.domain.protected import ProtectedAttributes, Sex
from matcher.store.database import Database, parts
from matcher.store.schema import profiles, protected_attributes
from matcher.store.writes import check_people

_COLUMNS: Final = tuple(ProtectedAttributes.__dataclass_fields__)


class Attributes:
    """What is known of people that nobody is ranked by."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put_many(self, given: Sequence[ProtectedAttributes]) -> None:
        """Store what is known of people, in the place of what was stored before, all or nothing.

        Raises
        ------
        NotFoundError
            If there is no profile of one of them.
        """
        table = protected_attributes
        rows = {one.profile_id: {name: getattr(one, name) for name in _COLUMNS} for one in given}
        with self._database.write() as connection:
            check_people(connection, rows.keys())
            for part in parts(sorted(rows)):
                connection.execute(delete(table).where(table.c.profile_id.in_(part)))
            if rows:
                connection.execute(insert(table), list(rows.values()))

    def get_many(self, profile_ids: Sequence[str]) -> dict[str, ProtectedAttributes]:
        """Return what is known of several people; of whom nothing is stored is absent."""
        table = protected_attributes
        with self._database.read() as connection:
            return {
                row.profile_id: _attributes(row)
                for part in parts(sorted(set(profile_ids)))
                for row in connection.execute(select(table).where(table.c.profile_id.in_(part)))
            }

    def homes(self, profile_ids: Sequence[str]) -> dict[str, str]:
        """Return the codes of people's home municipalities; unknown ones are absent."""
        query = select(profiles.c.id, profiles.c.municipality)
        known = query.where(profiles.c.municipality.is_not(None))
        with self._database.read() as connection:
            return {
                row.id: row.municipality
                for part in parts(sorted(set(profile_ids)))
                for row in connection.execute(known.where(profiles.c.id.in_(part)))
            }


def forget_attributes(connection: Connection, profile_id: str) -> None:
    """Erase what is known of a person."""
    table = protected_attributes
    connection.execute(delete(table).where(table.c.profile_id == profile_id))


def _attributes(row: Row[Any]) -> ProtectedAttributes:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return ProtectedAttributes(**{**values, "sex": None if row.sex is None else Sex(row.sex)})
