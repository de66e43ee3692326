"""Links by which people come in: handed over by the coach together with a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from matcher.domain.access import Grant, Role
from matcher.store.database import Database
from matcher.store.schema import person_links, sessions
from matcher.store.secrets import hashed, name_of, same
from matcher.store.writes import check_people

#: So many wrong codes shut a link for good.
TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class PersonLink:
    """A link without its secret and code.

    Parameters
    ----------
    id, profile_id
        Of the link, and whose it is.
    created_at, expires_at, by
        From when till when, and who made it.
    wrong
        Wrong codes in a row.
    revoked_at
        When it was ended before; None if it was not.
    """

    id: str
    profile_id: str
    created_at: datetime
    expires_at: datetime
    by: str
    wrong: int
    revoked_at: datetime | None

    @property
    def is_shut(self) -> bool:
        """Whether it lets nobody in any more, though its time is not over."""
        return self.revoked_at is not None or self.wrong >= TRIES


class PersonLinks:
    """The links of all people.

    Only hashes are stored. That of the code is of link and code together: who has the
    database has not the link, and cannot try all codes.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(
        self, profile_id: str, secrets: tuple[str, str], now: datetime, until: datetime, by: str
    ) -> PersonLink:
        """Store a new link, and end those before.

        Parameters
        ----------
        profile_id
            Whose.
        secrets
            The link's secret and the code.
        now, until
            From when till when.
        by
            Who made it.

        Raises
        ------
        NotFoundError
            If there is no such profile.
        """
        hash = hashed(secrets[0])
        link = PersonLink(name_of("link", hash), profile_id, now, until, by, 0, None)
        with self._database.write() as connection:
            check_people(connection, [profile_id])
            _end(connection, profile_id, now)
            connection.execute(
                insert(person_links).values(
                    id=link.id,
                    profile_id=profile_id,
                    link_hash=hash,
                    code_hash=hashed(*secrets),
                    wrong=0,
                    created_at=now,
                    expires_at=until,
                    by=by,
                )
            )
        return link

    def enter(self, secret: str, code: str, now: datetime) -> tuple[str, Grant] | None:
        """Return who a link and its code let in, as id of the link and what they may do.

        None if the link is unknown or shut, its time is over, or the code is wrong. A wrong
        code counts even if several are tried at once.
        """
        hash = hashed(secret)
        valid = and_(
            person_links.c.id == name_of("link", hash),
            person_links.c.revoked_at.is_(None),
            person_links.c.expires_at > now,
            person_links.c.wrong < TRIES,
        )
        with self._database.write() as connection:
            row = connection.execute(select(person_links).where(valid).with_for_update()).first()
            if row is None or not same(row.link_hash, hash):
                return None
            is_right = same(row.code_hash, hashed(secret, code))
            wrong = 0 if is_right else row.wrong + 1
            this = update(person_links).where(person_links.c.id == row.id)
            connection.execute(this.values(wrong=wrong))
        grant = Grant(role=Role.PERSON, profile_id=row.profile_id)
        return (row.id, grant) if is_right else None

    def end(self, profile_id: str, now: datetime) -> None:
        """End all links and sessions of a person at once.

        Raises
        ------
        NotFoundError
            If there is no such profile.
        """
        with self._database.write() as connection:
            check_people(connection, [profile_id])
            _end(connection, profile_id, now)

    def of_profile(self, profile_id: str) -> list[PersonLink]:
        """Return all links of a person, oldest first."""
        query = select(person_links).where(person_links.c.profile_id == profile_id)
        order = (person_links.c.created_at, person_links.c.id)
        with self._database.read() as connection:
            return [_link(row) for row in connection.execute(query.order_by(*order))]


def forget_links(connection: Connection, profile_id: str) -> None:
    """Erase a person's links."""
    connection.execute(delete(person_links).where(person_links.c.profile_id == profile_id))


def _end(connection: Connection, profile_id: str, now: datetime) -> None:
    for table in (person_links, sessions):
        mine = update(table).where(table.c.profile_id == profile_id, table.c.revoked_at.is_(None))
        connection.execute(mine.values(revoked_at=now))


def _link(row: Row[Any]) -> PersonLink:
    return PersonLink(
        id=row.id,
        profile_id=row.profile_id,
        created_at=row.created_at,
        expires_at=row.expires_at,
        by=row.by,
        wrong=row.wrong,
        revoked_at=row.revoked_at,
    )
