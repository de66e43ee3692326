"""Logins that have begun at an identity provider and not come back yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select

from matcher.store.database import Database
from matcher.store.schema import logins
from matcher.store.secrets import hashed, same


@dataclass(frozen=True, slots=True)
class Login:
    """A login that has begun.

    Parameters
    ----------
    state_hash, browser_hash
        Hashes of what the provider and the browser bring back.
    issuer
        Name of the provider.
    nonce
        What its token has to repeat.
    verifier
        What proves to the provider that whoever began it ends it.
    expires_at
        Until when it may come back.
    """

    state_hash: str
    browser_hash: str
    issuer: str
    nonce: str
    verifier: str
    expires_at: datetime


_FIELDS: Final = tuple(Login.__dataclass_fields__)


class Logins:
    """The logins under way; each ends once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, login: Login, now: datetime) -> None:
        """Store a login, and forget all that did not come back in time."""
        with self._database.write() as connection:
            connection.execute(delete(logins).where(logins.c.expires_at < now))
            connection.execute(
                insert(logins).values({name: getattr(login, name) for name in _FIELDS})
            )

    def end(self, state: str, browser: str, now: datetime) -> Login | None:
        """Return the login that a state and a browser bring back, and forget it.

        None if there is none, it came back already or too late, or from another browser.
        """
        this = logins.c.state_hash == hashed(state)
        with self._database.write() as connection:
            row = connection.execute(select(logins).where(this).with_for_update()).one_or_none()
            connection.execute(delete(logins).where(this))
        if row is None or row.expires_at < now or not same(row.browser_hash, hashed(browser)):
            return None
        return Login(**{name: row._mapping[name] for name in _FIELDS})
