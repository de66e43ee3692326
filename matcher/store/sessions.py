"""Who has come in by a login or a link, and whom nobody lets in any more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from matcher.domain.access import Grant
from matcher.errors import ForbiddenError, NotFoundError
from matcher.store import codec
from matcher.store.database import Database
from matcher.store.schema import UtcDateTime, keys, person_links, revocations, sessions
from matcher.store.secrets import hashed, name_of, same


@dataclass(frozen=True, slots=True)
class Session:
    """A session without its secret.

    Parameters
    ----------
    id
        Public name, derived from the secret's hash.
    caller
        Who it is: id of a person's link or of a key, or issuer and subject of a login.
    grant
        What they may do.
    created_at, expires_at
        From when till when.
    revoked_at
        When it was ended before; None if it was not.
    """

    id: str
    caller: str
    grant: Grant
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


#: Built once: to build it takes longer than to run it.
_VALID: Final = select(sessions).where(
    sessions.c.id == bindparam("id"),
    sessions.c.revoked_at.is_(None),
    sessions.c.expires_at > bindparam("now", type_=UtcDateTime),
    ~select(revocations.c.value).where(revocations.c.value == sessions.c.caller).exists(),
    # Whoever came in with a key stays in only as long as the key is valid.
    ~select(keys.c.id)
    .where(keys.c.id == sessions.c.caller, keys.c.revoked_at.is_not(None))
    .exists(),
)
_REFUSED: Final = (
    select(revocations.c.value)
    .where(revocations.c.value.in_(bindparam("values", expanding=True)))
    .limit(1)
)


class Sessions:
    """The sessions of everybody; only hashes of their secrets are stored."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(
        self, caller: str, grant: Grant, secret: str, *, now: datetime, until: datetime
    ) -> Session:
        """Store a new session, and forget all that have ended.

        A person comes in by a link, which is the caller: it is held until the session is
        stored, so that whoever ends the link, or erases the person, ends the session too.

        Raises
        ------
        ForbiddenError
            If the link was ended, or the person erased, meanwhile.
        """
        hash = hashed(secret)
        session = Session(name_of("session", hash), caller, grant, now, until, None)
        with self._database.write() as connection:
            if grant.profile_id is not None:
                _hold_link(connection, caller)
            connection.execute(delete(sessions).where(sessions.c.expires_at < now))
            connection.execute(
                insert(sessions).values(
                    id=session.id,
                    secret_hash=hash,
                    caller=caller,
                    profile_id=grant.profile_id,
                    payload=codec.dump(grant),
                    created_at=now,
                    expires_at=until,
                )
            )
        return session

    def find(self, secret: str, now: datetime) -> Session | None:
        """Return the session of a secret.

        None if there is none, it has ended, or its caller's access or key was revoked.
        """
        hash = hashed(secret)
        asked = {"id": name_of("session", hash), "now": now}
        with self._database.read() as connection:
            row = connection.execute(_VALID, asked).one_or_none()
        return _session(row) if row is not None and same(row.secret_hash, hash) else None

    def revoke(self, id: str, now: datetime) -> None:
        """End a session; one that has ended keeps its moment.

        Raises
        ------
        NotFoundError
            If there is none under that id.
        """
        this = sessions.c.id == id
        with self._database.write() as connection:
            if connection.scalar(select(sessions.c.id).where(this)) is None:
                raise NotFoundError("session", id, remedy="`matcher key sessions` shows all.")
            open_one = update(sessions).where(this, sessions.c.revoked_at.is_(None))
            connection.execute(open_one.values(revoked_at=now))

    def list(self, now: datetime) -> list[Session]:
        """Return the sessions that have not expired, oldest first."""
        query = select(sessions).where(sessions.c.expires_at > now)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(sessions.c.created_at, sessions.c.id))
            return [_session(row) for row in rows]


class Revocations:
    """Ids of access tokens and callers whom their issuer lets in and the service does not."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, value: str, now: datetime) -> None:
        """Refuse a token or a caller from now on; one that is refused keeps its moment."""
        with self._database.write() as connection:
            known = select(revocations.c.value).where(revocations.c.value == value)
            if connection.scalar(known) is None:
                connection.execute(insert(revocations).values(value=value, at=now))

    def lift(self, value: str) -> None:
        """Let a token or a caller in again.

        Raises
        ------
        NotFoundError
            If it is not refused.
        """
        this = delete(revocations).where(revocations.c.value == value)
        with self._database.write() as connection:
            if connection.execute(this).rowcount == 0:
                raise NotFoundError("revocation of", value)

    def any_of(self, values: Collection[str]) -> bool:
        """Tell whether one of these is refused."""
        with self._database.read() as connection:
            return connection.scalar(_REFUSED, {"values": list(values)}) is not None


def _hold_link(connection: Connection, id: str) -> None:
    query = select(person_links.c.id).where(
        person_links.c.id == id, person_links.c.revoked_at.is_(None)
    )
    if connection.scalar(query.with_for_update(read=True)) is None:
        raise ForbiddenError(
            "The link has ended meanwhile.", remedy="Ask your coach for a new link."
        )


def forget_sessions(connection: Connection, profile_id: str) -> None:
    """End and erase a person's sessions."""
    connection.execute(delete(sessions).where(sessions.c.profile_id == profile_id))


def _session(row: Row[Any]) -> Session:
    grant = codec.load(Grant, row.payload)
    return Session(row.id, row.caller, grant, row.created_at, row.expires_at, row.revoked_at)
