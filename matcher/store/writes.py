"""What the repository writes: many rows at once, and only those that differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, select, update

from matcher.errors import ConflictError, InputError, NotFoundError
from matcher.store import codec
from matcher.store.database import parts
from matcher.store.duties import doubt
from matcher.store.records import (
    Record,
    State,
    UpsertCounts,
    last_day,
    municipality,
    owner,
    state,
)
from matcher.store.schema import profiles, tombstones
from matcher.store.searched import forget_words, write_words
from matcher.store.versions import forget_versions, keep_contents, keep_versions

#: A record's columns but for revision and times.
Row: TypeAlias = dict[str, Any]

#: What decides whether a stored record is the same: source, content hash, state.
_Mark: TypeAlias = tuple[str, str, str]

_CONTENT = ("municipality", "owner", "state", "expires", "content_hash", "payload")


@dataclass(slots=True)
class _Plan:
    """What has to be written; `known` follows what the table would then hold."""

    known: dict[str, _Mark]
    today: date
    inserts: dict[str, Row] = field(default_factory=dict)
    updates: dict[str, Row] = field(default_factory=dict)
    unchanged: int = 0
    changed: int = 0

    def take(self, row: Row) -> None:
        """Sort one row in."""
        before = self.known.get(row["id"])
        mark = _mark(row)
        if before is None:
            self.inserts[row["id"]] = row
        elif before[0] != row["source"]:
            raise InputError(
                f"The id {row['id']!r} of source {row['source']!r} belongs to "
                f"source {before[0]!r} already.",
                remedy="Give each source its own ids, or name the same source.",
                field="id",
            )
        elif before == mark or (before == _closed(mark) and self._is_over(row)):
            self.unchanged += 1
            return
        else:
            self.changed += 1
            (self.inserts if row["id"] in self.inserts else self.updates)[row["id"]] = row
        self.known[row["id"]] = mark

    def _is_over(self, row: Row) -> bool:
        # What was closed because its time is over stays so, though its source still has it.
        return row["expires"] is not None and row["expires"] < self.today


def row_of(thing: Record) -> Row:
    """Return a record as it is stored."""
    payload = codec.dump(thing)
    return {
        "id": thing.id,
        "source": thing.source,
        "municipality": municipality(thing),
        "owner": owner(thing),
        "state": state(thing),
        "expires": last_day(thing),
        "content_hash": codec.digest(payload),
        "payload": payload,
    }


def upsert_rows(
    connection: Connection, table: Table, rows: Sequence[Row], numbers: Iterator[int], now: datetime
) -> UpsertCounts:
    """Write the rows that are new or changed, each with the next revision."""
    plan = _Plan(_known(connection, table, [row["id"] for row in rows]), now.date())
    for row in rows:
        plan.take(row)
    if plan.inserts:
        connection.execute(
            insert(table).values(created_at=now, updated_at=now),
            [{**row, "revision": next(numbers)} for row in plan.inserts.values()],
        )
    if plan.updates:
        revisions = {id: next(numbers) for id in plan.updates}
        keep_versions(connection, table, revisions, now)
        keep_contents(connection, table, revisions)
        # The columns to set are those of the rows; "key" only says which row.
        connection.execute(
            update(table).where(table.c.id == bindparam("key")).values(updated_at=now),
            [_change(row, revisions[id]) for id, row in plan.updates.items()],
        )
    if table is profiles:
        written = [*plan.inserts.values(), *plan.updates.values()]
        write_words(connection, {row["id"]: row["payload"] for row in written})
        doubt(connection, [row["id"] for row in written])
    return UpsertCounts(len(plan.inserts), plan.changed, plan.unchanged)


def check_seen(connection: Connection, table: Table, kind: str, id: str, revision: int) -> None:
    """Refuse a change by somebody who has seen another revision; hold the record till the end.

    Raises
    ------
    ConflictError
        If the record has another revision by now.
    NotFoundError
        If there is none under that id.
    """
    query = select(table.c.revision).where(table.c.id == id).with_for_update()
    found: int | None = connection.scalar(query)
    if found is None:
        raise NotFoundError(kind, id)
    if found != revision:
        raise ConflictError(kind, id, expected=revision, found=found)


def close_rows(
    connection: Connection, table: Table, ids: Sequence[str], numbers: Iterator[int], now: datetime
) -> int:
    """Close the rows that are not closed yet, each with the next revision; return how many."""
    closed = 0
    for part in parts(ids):
        query = select(table.c.id).where(table.c.state != State.CLOSED, table.c.id.in_(part))
        revisions = {
            id: next(numbers) for id in connection.scalars(query.order_by(table.c.id)).all()
        }
        rows = [{"key": id, "revision": revision} for id, revision in revisions.items()]
        if rows:
            keep_versions(connection, table, revisions, now)
            this = update(table).where(table.c.id == bindparam("key"))
            connection.execute(this.values(state=State.CLOSED, updated_at=now), rows)
        closed += len(rows)
    return closed


def delete_row(connection: Connection, table: Table, id: str) -> bool:
    """Delete a row with all its versions; return whether there was one."""
    forget_versions(connection, table, id)
    if table is profiles:
        forget_words(connection, id)
    return connection.execute(delete(table).where(table.c.id == id)).rowcount == 1


def bury(connection: Connection, kind: str, id: str, revision: int, now: datetime) -> None:
    """Leave a tombstone, in the place of an older one if there is one."""
    this = and_(tombstones.c.kind == kind, tombstones.c.id == id)
    connection.execute(delete(tombstones).where(this))
    connection.execute(
        insert(tombstones).values(kind=kind, id=id, revision=revision, deleted_at=now)
    )


def check_people(connection: Connection, ids: Collection[str]) -> None:
    """Refuse to write about profiles that are not there, and hold those that are.

    Raises
    ------
    NotFoundError
        If there is none under one of the ids.
    """
    there = hold_people(connection, ids)
    missing = next((id for id in sorted(ids) if id not in there), None)
    if missing is not None:
        raise NotFoundError("profile", missing)


def hold_people(connection: Connection, ids: Collection[str]) -> set[str]:
    """Lock the rows of profiles until the transaction ends; return the ids that are there.

    Whoever erases one of these people waits, and then finds what was written; whoever writes
    about one of them waits too, so that of two who check the same rule one sees the other.
    """
    there: set[str] = set()
    for part in parts(sorted(set(ids))):
        query = select(profiles.c.id).where(profiles.c.id.in_(part)).order_by(profiles.c.id)
        there.update(connection.scalars(query.with_for_update(key_share=True)))
    return there


def _mark(row: Row) -> _Mark:
    return row["source"], row["content_hash"], row["state"]


def _closed(mark: _Mark) -> _Mark:
    return mark[0], mark[1], State.CLOSED


def _change(row: Row, revision: int) -> Row:
    return {"key": row["id"], "revision": revision, **{name: row[name] for name in _CONTENT}}


def _known(connection: Connection, table: Table, ids: Sequence[str]) -> dict[str, _Mark]:
    query = select(table.c.id, table.c.source, table.c.content_hash, table.c.state)
    return {
        id: (source, content_hash, state)
        for part in parts(ids)
        for id, source, content_hash, state in connection.execute(query.where(table.c.id.in_(part)))
    }
