"""Needs that were kept as worded although the words may discriminate."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import insert, select

from matcher.domain.wording import Ground, Override
from matcher.store.database import Database
from matcher.store.schema import wording_overrides


class Overrides:
    """The log of wordings that somebody kept, with their reasons."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, override: Override) -> None:
        """Write one down."""
        values = {
            "need_id": override.need_id,
            "grounds": [ground.value for ground in override.grounds],
            "quotes": list(override.quotes),
            "reason": override.reason,
            "at": override.at,
            "by": override.by,
        }
        with self._database.write() as connection:
            connection.execute(insert(wording_overrides).values(values))

    def all(self) -> Iterator[Override]:
        """Yield all of them, oldest first."""
        query = select(wording_overrides).order_by(wording_overrides.c.number)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        for row in rows:
            grounds = tuple(Ground(ground) for ground in row.grounds)
            yield Override(row.need_id, grounds, tuple(row.quotes), row.reason, row.at, row.by)
