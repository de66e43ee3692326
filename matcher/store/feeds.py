"""How far each feed has been fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from matcher.store.database import Database
from matcher.store.schema import feeds


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a feed has been fetched.

    Parameters
    ----------
    filters
        With which filters; with others the feed is another one.
    fetched_to
        Everything that changed before this moment is stored.
    snapshot_at
        When all that is published was last compared with what is stored.
    """

    filters: Mapping[str, Any]
    fetched_to: datetime
    snapshot_at: datetime


class Feeds:
    """The cursors of the feeds, by source."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, source: str) -> Cursor | None:
        """Return how far a feed has been fetched; None if never."""
        query = select(feeds).where(feeds.c.source == source)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else Cursor(row.filters, row.fetched_to, row.snapshot_at)

    def begin(self, source: str, cursor: Cursor) -> None:
        """Keep that everything a feed has was fetched, whatever was kept before.

        Only this goes back: a clock that was ahead would else hide what changed until then.
        """
        values = _values(cursor)
        with self._database.write() as connection:
            connection.execute(delete(feeds).where(feeds.c.source == source))
            connection.execute(insert(feeds).values(source=source, **values))

    def advance(self, source: str, cursor: Cursor) -> None:
        """Keep how far a feed has been fetched.

        It never goes back: of two fetches at the same time, that which came further counts.
        """
        values = _values(cursor)
        known = select(feeds.c.source).where(feeds.c.source == source)
        older = update(feeds).where(
            feeds.c.source == source, feeds.c.fetched_to <= cursor.fetched_to
        )
        with self._database.write() as connection:
            if connection.scalar(known) is None:
                connection.execute(insert(feeds).values(source=source, **values))
            else:
                connection.execute(older.values(**values))


def _values(cursor: Cursor) -> dict[str, Any]:
    return {
        "filters": dict(cursor.filters),
        "fetched_to": cursor.fetched_to,
        "snapshot_at": cursor.snapshot_at,
    }
