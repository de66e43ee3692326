"""The figures of months as they were counted, and for which municipalities they are wanted.

Small groups were hidden before anything came here, so that nobody can be told from a row: rows
stay when a person is erased, until the next count takes their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import delete, insert, select

from matcher.store.database import INSERTS, Database
from matcher.store.schema import month_figures, month_scopes

#: Municipalities whose people are counted; None means all.
Scope = tuple[str, ...] | None
#: Stands for all municipalities.
_ALL: Final = "*"
#: That a scope is wanted is written down at most so often.
_NOTED_EVERY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StoredMonth:
    """The figures of a month and a scope.

    Parameters
    ----------
    first
        First day of the month.
    scope
        Of whose people.
    at
        When they were counted.
    payload
        The figures, small groups hidden.
    """

    first: date
    scope: Scope
    at: datetime
    payload: str


class Months:
    """The figures of months by scope."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, first: date, scope: Sequence[str] | None) -> StoredMonth | None:
        """Return the figures of a month as they were counted last; None if they never were."""
        key = _key(scope)
        query = select(month_figures).where(
            month_figures.c.month == first, month_figures.c.scope == key
        )
        with self._database.ask() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else StoredMonth(first, _scope(key), row.at, row.payload)

    def put_many(self, counted: Iterable[StoredMonth]) -> None:
        """Store figures in the place of what was counted before, all or nothing."""
        with self._database.write() as connection:
            for one in counted:
                key = _key(one.scope)
                this = (month_figures.c.month == one.first) & (month_figures.c.scope == key)
                connection.execute(delete(month_figures).where(this))
                row = {"month": one.first, "scope": key, "at": one.at, "payload": one.payload}
                connection.execute(insert(month_figures).values(row))

    def want(self, scope: Sequence[str] | None, now: datetime) -> None:
        """Write down that somebody looks at the figures of a scope; once a day is enough."""
        key = _key(scope)
        this = month_scopes.c.scope == key
        recently = month_scopes.c.asked_at > now - _NOTED_EVERY
        with self._database.ask() as connection:
            if connection.scalar(select(month_scopes.c.scope).where(this, recently)) is not None:
                return
        with self._database.write() as connection:
            # Somebody else may be writing it down at the same time.
            adding = INSERTS[connection.dialect.name](month_scopes)
            again = {"asked_at": adding.excluded.asked_at}
            said = adding.on_conflict_do_update(index_elements=["scope"], set_=again)
            connection.execute(said, {"scope": key, "asked_at": now})

    def wanted(self) -> list[Scope]:
        """Return the scopes that somebody has looked at and that are not forgotten yet."""
        query = select(month_scopes.c.scope).order_by(month_scopes.c.scope)
        with self._database.read() as connection:
            return [_scope(key) for key in connection.scalars(query)]

    def purge(self, before: datetime) -> int:
        """Remove figures counted, and scopes looked at last, before a moment; return how many."""
        with self._database.write() as connection:
            old = connection.execute(delete(month_figures).where(month_figures.c.at < before))
            unread = delete(month_scopes).where(month_scopes.c.asked_at < before)
            return old.rowcount + connection.execute(unread).rowcount


def in_order(scope: Sequence[str] | None) -> Scope:
    """Return a scope with each municipality once, in order: equal scopes are equal then."""
    return None if scope is None else tuple(sorted(set(scope)))


def _key(scope: Sequence[str] | None) -> str:
    """Return what a scope is called in the tables; no municipality at all is another than all."""
    known = in_order(scope)
    return _ALL if known is None else " ".join(known)


def _scope(key: str) -> Scope:
    return None if key == _ALL else tuple(key.split())
