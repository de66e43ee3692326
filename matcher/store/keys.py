"""API keys: who may call, in what role and for which municipalities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Row, bindparam, insert, select, update

from matcher.domain.access import Grant, Role
from matcher.errors import InputError, NotFoundError
from matcher.store.database import Database
from matcher.store.schema import keys
from matcher.store.secrets import hashed, name_of, same


@dataclass(frozen=True, slots=True)
class Key:
    """An API key without its secret.

    Parameters
    ----------
    id
        Public name, derived from the secret's hash.
    grant
        What its bearer may do, and for whom.
    created_at, revoked_at
        From when till when; None while it is valid.
    label
        Whose it is, in words.
    """

    id: str
    grant: Grant
    created_at: datetime
    revoked_at: datetime | None
    label: str


#: Built once: to build it takes longer than to run it.
_VALID: Final = select(keys).where(keys.c.id == bindparam("id"), keys.c.revoked_at.is_(None))


class Keys:
    """The API keys; only hashes of their secrets are stored."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, grant: Grant, label: str, now: datetime, secret: str) -> Key:
        """Store a new key.

        Raises
        ------
        InputError
            If it is for a person: who comes in by a link of their own.
        """
        if grant.role is Role.PERSON:
            raise InputError(
                "A person has no key.",
                remedy="Let a coach make a link with POST /v1/profiles/{id}/links.",
                field="role",
            )
        hash = hashed(secret)
        key = Key(name_of("key", hash), grant, now, None, label)
        with self._database.write() as connection:
            connection.execute(
                insert(keys).values(
                    id=key.id,
                    role=grant.role,
                    municipalities=list(grant.municipalities),
                    name=grant.name,
                    organisation=grant.organisation,
                    label=key.label,
                    secret_hash=hash,
                    created_at=now,
                )
            )
        return key

    def find(self, secret: str) -> Key | None:
        """Return the key of a secret; None if there is none or it is revoked."""
        hash = hashed(secret)
        with self._database.ask() as connection:
            row = connection.execute(_VALID, {"id": name_of("key", hash)}).one_or_none()
        return _key(row) if row is not None and same(row.secret_hash, hash) else None

    def revoke(self, id: str, now: datetime) -> None:
        """End a key's validity; one that has ended keeps its moment.

        Raises
        ------
        NotFoundError
            If there is none under that id.
        """
        valid = update(keys).where(keys.c.id == id, keys.c.revoked_at.is_(None))
        with self._database.write() as connection:
            if connection.scalar(select(keys.c.id).where(keys.c.id == id)) is None:
                raise NotFoundError("key", id, remedy="`matcher key list` shows all.")
            connection.execute(valid.values(revoked_at=now))

    def list(self) -> list[Key]:
        """Return all keys, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(select(keys).order_by(keys.c.created_at, keys.c.id))
            return [_key(row) for row in rows]


def _key(row: Row[tuple[object, ...]]) -> Key:
    grant = Grant(
        role=Role(row.role),
        municipalities=tuple(row.municipalities),
        name=row.name,
        organisation=row.organisation,
    )
    return Key(row.id, grant, row.created_at, row.revoked_at, row.label)
