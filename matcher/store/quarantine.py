"""Rows of imported files that could not be used, kept until they can be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from matcher.store.database import Database, parts
from matcher.store.schema import quarantine


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinedRow:
    """One row that could not be used.

    Parameters
    ----------
    id
        The store's number; None before it is stored.
    kind, format, source
        What was imported, how it was read, and as whose.
    file, row, field
        Where the fault is; the row as people count them.
    reason, remedy
        What is wrong, and what to do.
    raw
        The row as it was, so that it can be tried again.
    at
        When it was read.
    """

    id: int | None = None
    kind: str
    format: str
    source: str
    file: str
    row: str
    field: str
    reason: str
    remedy: str
    raw: str
    at: datetime


class Quarantine:
    """The rows in quarantine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, rows: Sequence[QuarantinedRow]) -> None:
        """Put rows into quarantine."""
        if not rows:
            return
        values = [_values(row) for row in rows]
        with self._database.write() as connection:
            connection.execute(insert(quarantine), values)

    def all(self, kind: str | None = None) -> list[QuarantinedRow]:
        """Return the rows in quarantine, of one kind or of all, oldest first."""
        query = select(quarantine).order_by(quarantine.c.id)
        if kind is not None:
            query = query.where(quarantine.c.kind == kind)
        with self._database.read() as connection:
            return [QuarantinedRow(**row._mapping) for row in connection.execute(query)]

    def remove(self, ids: Collection[int]) -> None:
        """Take rows out; numbers that are not there are passed over."""
        with self._database.write() as connection:
            for part in parts(sorted(set(ids))):
                connection.execute(delete(quarantine).where(quarantine.c.id.in_(part)))

    def clear_file(self, file: str, kind: str) -> None:
        """Take all rows of a file out, before it is read anew."""
        this = (quarantine.c.file == file, quarantine.c.kind == kind)
        with self._database.write() as connection:
            connection.execute(delete(quarantine).where(*this))

    def purge(self, before: datetime, kept: Collection[int] = ()) -> int:
        """Erase rows that were read before a moment, but for some; return how many."""
        old = delete(quarantine).where(quarantine.c.at < before)
        with self._database.write() as connection:
            return connection.execute(old.where(quarantine.c.id.not_in(sorted(kept)))).rowcount


def _values(row: QuarantinedRow) -> dict[str, object]:
    # PostgreSQL stores no NUL; where a row brings one, it stays visible as unreadable.
    return {
        name: value.replace("\0", "\ufffd") if isinstance(value, str) else value
        for name, value in asdict(row).items()
        if name != "id"
    }
