"""Where people stand: one situation a profile, erased with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from matcher.domain.situation import Situation
from matcher.errors import ConflictError
from matcher.store import codec
from matcher.store.database import Database, parts
from matcher.store.duties import expect
from matcher.store.schema import situations
from matcher.store.writes import check_people


class Situations:
    """The situations of all clients; of whom nothing is stored, nothing is known."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, profile_id: str, situation: Situation, now: datetime) -> None:
        """Store what is known of a person, in the place of what was stored before.

        Raises
        ------
        NotFoundError
            If there is no such profile.
        """
        self.put_many({profile_id: situation}, now)

    def change(self, profile_id: str, version: int, situation: Situation, now: datetime) -> int:
        """Store what is known of a person unless somebody else has done so meanwhile.

        Parameters
        ----------
        profile_id
            Whose.
        version
            The version that the writer has seen; 0 where nothing was stored.
        situation, now
            What is known, and when it was written down.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        NotFoundError
            If there is no such profile.
        ConflictError
            If it has another version by now.
        """
        with self._database.write() as connection:
            check_people(connection, [profile_id])
            found = _versions(connection, [profile_id]).get(profile_id, 0)
            if found != version:
                raise ConflictError("situation of", profile_id, expected=version, found=found)
            _write(connection, {profile_id: situation}, now)
        return version + 1

    def read(self, profile_id: str) -> tuple[int, Situation]:
        """Return the version and what is known of a person; version 0 if nothing is stored."""
        query = select(situations).where(situations.c.profile_id == profile_id)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return (
            (0, Situation()) if row is None else (row.version, codec.load(Situation, row.payload))
        )

    def put_many(self, given: Mapping[str, Situation], now: datetime) -> None:
        """Store what is known of several people, all or nothing.

        Raises
        ------
        NotFoundError
            If there is no profile of one of them.
        """
        with self._database.write() as connection:
            check_people(connection, given)
            _write(connection, given, now)

    def get(self, profile_id: str) -> Situation:
        """Return what is known of a person; everything is unknown if nothing is stored."""
        return self.get_many([profile_id]).get(profile_id, Situation())

    def get_many(self, profile_ids: Sequence[str]) -> dict[str, Situation]:
        """Return what is known of several people; who has nothing stored is absent."""
        query = select(situations.c.profile_id, situations.c.payload)
        with self._database.read() as connection:
            return {
                row.profile_id: codec.load(Situation, row.payload)
                for part in parts(profile_ids)
                for row in connection.execute(query.where(situations.c.profile_id.in_(part)))
            }


def _write(connection: Connection, given: Mapping[str, Situation], now: datetime) -> None:
    versions = _versions(connection, sorted(given))
    rows = [
        {
            "profile_id": id,
            "version": versions.get(id, 0) + 1,
            "updated_at": now,
            "payload": codec.dump(situation),
        }
        for id, situation in given.items()
    ]
    for part in parts(sorted(given)):
        connection.execute(delete(situations).where(situations.c.profile_id.in_(part)))
    if rows:
        connection.execute(insert(situations), rows)
    expect(connection, given.keys())


def _versions(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    query = select(situations.c.profile_id, situations.c.version)
    return {
        id: version
        for part in parts(ids)
        for id, version in connection.execute(query.where(situations.c.profile_id.in_(part)))
    }


def forget_situation(connection: Connection, profile_id: str) -> None:
    """Erase what is known of a person."""
    connection.execute(delete(situations).where(situations.c.profile_id == profile_id))
