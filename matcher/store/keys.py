"""API keys: who may call, in what role and for which municipalities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import Row, insert, select, update

from matcher.domain.access import Role
from matcher.domain.codes import municipalities as municipality_table
from matcher.errors import InputError, NotFoundError
from matcher.store.database import Database
from matcher.store.schema import keys

_REGION_WIDE: Final = frozenset({Role.INDEXER, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Key:
    """An API key without its secret.

    Parameters
    ----------
    id
        Public name, derived from the secret's hash.
    role
        What its bearer may do.
    municipalities
        Where; empty means everywhere.
    created_at, revoked_at
        From when till when; None while it is valid.
    label
        Whose it is, in words.
    """

    id: str
    role: Role
    municipalities: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None
    label: str


class Keys:
    """The API keys.

    Only a sha256 of the secret is stored. Secrets are 256 random bits, not passwords that
    somebody chose: there is nothing to guess, so neither salt nor slow hash is needed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self, role: Role, municipalities: Sequence[str], label: str, now: datetime, secret: str
    ) -> Key:
        """Store a new key.

        Raises
        ------
        InputError
            If a municipality does not exist, or a role that needs one has none.
        """
        _check(role, municipalities)
        hashed = _hash(secret)
        key = Key(f"key-{hashed[:12]}", role, tuple(municipalities), now, None, label)
        with self._database.write() as connection:
            connection.execute(
                insert(keys).values(
                    id=key.id,
                    role=key.role,
                    municipalities=list(key.municipalities),
                    label=key.label,
                    secret_hash=hashed,
                    created_at=now,
                )
            )
        return key

    def find(self, secret: str) -> Key | None:
        """Return the key of a secret; None if there is none or it is revoked."""
        query = select(keys).where(keys.c.secret_hash == _hash(secret), keys.c.revoked_at.is_(None))
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _key(row)

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


def _check(role: Role, municipalities: Sequence[str]) -> None:
    if not municipalities and role not in _REGION_WIDE:
        raise InputError(
            f"A key for the role {role} needs municipalities.",
            remedy="Name at least one three-digit code, as in 564.",
            field="municipality",
        )
    for code in municipalities:
        if code not in municipality_table():
            raise InputError(
                f"{code!r} is no municipality code.",
                remedy="Use three-digit codes, as in 564.",
                field="municipality",
            )


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _key(row: Row[tuple[object, ...]]) -> Key:
    return Key(
        id=row.id,
        role=Role(row.role),
        municipalities=tuple(row.municipalities),
        created_at=row.created_at,
        revoked_at=row.revoked_at,
        label=row.label,
    )
