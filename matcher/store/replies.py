"""How employers have replied about people: counts by employer, each change a row.

Nobody who was shown can be told from a row, so that rows stay when a person is erased and a
list can be made again from what was heard then.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select

from matcher.domain.replies import NO_REPLIES, Replies
from matcher.store.database import Database
from matcher.store.schema import employer_replies

_COUNTS: Final = tuple(Replies.__dataclass_fields__)

#: Built once: to build it takes longer than to run it.
_LAST: Final = select(func.max(employer_replies.c.number))


class RepliesLog:
    """The counts of all employers; the newest row of an employer holds.

    Parameters
    ----------
    database
        Where they are.
    until
        Number of the last row that is heeded; None for all that come.
    """

    def __init__(self, database: Database, until: int | None = None) -> None:
        self._database = database
        self._until = until

    def heard(self) -> int:
        """Return the number of the last row that is heeded, 0 if there is none."""
        if self._until is not None:
            return self._until
        with self._database.ask() as connection:
            return connection.scalar(_LAST) or 0

    def until(self, number: int) -> dict[str, Replies]:
        """Return what was known of employers when a row was the last, by employer."""
        with self._database.read() as connection:
            return _newest(connection, number)

    def note(self, counted: Mapping[str, Replies], now: datetime) -> None:
        """Write down a count of all employers: those of whom something else is known now.

        Parameters
        ----------
        counted
            By employer; of who is absent nothing is known any more.
        now
            The moment of the count.
        """
        with self._database.write() as connection:
            known = _newest(connection, None)
            rows = [
                {"employer": employer, "at": now, **_values(replies)}
                for employer in sorted(counted.keys() | known.keys())
                if (replies := counted.get(employer, NO_REPLIES)) != known.get(employer, NO_REPLIES)
            ]
            if rows:
                connection.execute(insert(employer_replies), rows)


def purge_replies(connection: Connection, before: datetime) -> None:
    """Erase counts that were replaced, and employers that were forgotten, before a moment."""
    later = employer_replies.alias()
    replaced = (
        select(later.c.number)
        .where(
            later.c.employer == employer_replies.c.employer,
            later.c.number > employer_replies.c.number,
            later.c.at < before,
        )
        .exists()
    )
    counts = [employer_replies.c[name] == 0 for name in _COUNTS]
    # The last row stays, so that no number is given twice.
    last = select(func.max(later.c.number)).scalar_subquery()
    empty = (employer_replies.c.at < before) & counts[0] & counts[1] & counts[2]
    gone = (replaced | empty) & (employer_replies.c.number != last)
    connection.execute(delete(employer_replies).where(gone))


def _values(replies: Replies) -> dict[str, int]:
    return {name: getattr(replies, name) for name in _COUNTS}


def _newest(connection: Connection, until: int | None) -> dict[str, Replies]:
    columns = [employer_replies.c[name] for name in ("employer", *_COUNTS)]
    query = select(*columns).order_by(employer_replies.c.number)
    if until is not None:
        query = query.where(employer_replies.c.number <= until)
    rows = connection.execute(query)
    return {row.employer: Replies(*(getattr(row, name) for name in _COUNTS)) for row in rows}
