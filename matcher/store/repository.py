"""Profiles and offers: one class for the five record tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Generic, TypeVar

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Table,
    and_,
    bindparam,
    func,
    or_,
    select,
)

from matcher.domain.tour import tour
from matcher.errors import NotFoundError
from matcher.store import codec
from matcher.store.database import Database, parts
from matcher.store.reach import Reach, within
from matcher.store.records import (
    Changes,
    R,
    RowInfo,
    State,
    UpsertCounts,
)
from matcher.store.revisions import forgotten, highest, numbering
from matcher.store.schema import needs, tombstones
from matcher.store.shares import forget_need_shares
from matcher.store.versions import as_of
from matcher.store.writes import bury, check_seen, close_rows, delete_row, row_of, upsert_rows

T = TypeVar("T")


class Repository(Generic[R]):
    """The records of one kind.

    Parameters
    ----------
    database
        Where they are.
    table
        One of the record tables.
    cls
        What a record is read as.
    kind
        What a record is called, as in ``"profile"``.
    """

    def __init__(self, database: Database, table: Table, cls: type[R], kind: str) -> None:
        self._database = database
        self._table = table
        self._rows: FromClause = table
        self._cls = cls
        self._kind = kind

    def at(self, revision: int) -> Repository[R]:
        """Return the records as they were at a revision, for reading only."""
        past = Repository(self._database, self._table, self._cls, self._kind)
        past._rows = as_of(self._table, revision)
        return past

    def upsert(self, things: Sequence[R], now: datetime) -> UpsertCounts:
        """Store records: all of them, or none if one cannot be stored.

        A record with the same content keeps its revision. A closed one opens again unless
        its last day is past. Of several records with one id the last wins.

        Raises
        ------
        InputError
            If an id belongs to another source.
        """
        rows = [row_of(thing) for thing in things]
        with self._database.write() as connection, numbering(connection) as numbers:
            return upsert_rows(connection, self._table, rows, numbers, now)

    def add(self, thing: R, now: datetime) -> bool:
        """Store a new record, and tell whether it is one.

        What is there under its id stays as it is, and what was erased stays away: whoever
        sends the same thing again, however much later, changes nothing.
        """
        row, table = row_of(thing), self._table
        there = select(table.c.id).where(table.c.id == thing.id)
        buried = select(tombstones.c.id).where(
            tombstones.c.kind == self._kind, tombstones.c.id == thing.id
        )
        with self._database.write() as connection, numbering(connection) as numbers:
            if connection.execute(there.union_all(buried)).first():
                return False
            upsert_rows(connection, table, [row], numbers, now)
            return True

    def replace(self, thing: R, now: datetime) -> None:
        """Store a new version of a record that is there; one just erased is not made anew.

        Raises
        ------
        InputError
            If the id belongs to another source.
        NotFoundError
            If there is none under that id.
        """
        row = row_of(thing)
        with self._database.write() as connection, numbering(connection) as numbers:
            if upsert_rows(connection, self._table, [row], numbers, now).new:
                raise NotFoundError(self._kind, thing.id)  # which also undoes the insert

    def change(self, thing: R, revision: int, now: datetime) -> None:
        """Store a new version of a record unless somebody else has done so meanwhile.

        Parameters
        ----------
        thing
            What the record says from now on.
        revision
            The one that the writer has seen.
        now
            When it is written.

        Raises
        ------
        ConflictError
            If it has another revision by now.
        NotFoundError
            If there is none under that id.
        """
        row, table = row_of(thing), self._table
        with self._database.write() as connection, numbering(connection) as numbers:
            check_seen(connection, table, self._kind, thing.id, revision)
            upsert_rows(connection, table, [row], numbers, now)

    def get(self, id: str) -> R:
        """Return a record in whatever state.

        Raises
        ------
        NotFoundError
            If there is none under that id.
        """
        found = self.get_many([id])
        if id not in found:
            raise NotFoundError(self._kind, id)
        return found[id]

    def get_many(self, ids: Sequence[str]) -> dict[str, R]:
        """Return records by id, in whatever state; ids without a record are absent."""
        return self.get_as(self._cls, ids)

    def get_as(self, cls: type[T], ids: Sequence[str]) -> dict[str, T]:
        """Return by id what a class with fewer fields reads of records, which is faster."""
        with self._database.read() as connection:
            return {
                row.id: codec.load(cls, row.payload)
                for part in parts(ids)
                for row in connection.execute(self._contents, {"ids": part})
            }

    def get_open(self, ids: Sequence[str]) -> dict[str, R]:
        """Return those records by id that their source still has and that take part."""
        query = self._payloads(self._rows.c.state == State.OPEN)
        with self._database.read() as connection:
            return {
                row.id: self._load(row.payload)
                for part in parts(ids)
                for row in connection.execute(query.where(self._rows.c.id.in_(part)))
            }

    def hashes(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the hashes of the contents of records by id; ids without one are absent."""
        with self._database.read() as connection:
            return {
                row.id: row.content_hash
                for part in parts(ids)
                for row in connection.execute(self._hashes, {"ids": part})
            }

    def get_with_hashes(self, ids: Sequence[str]) -> dict[str, tuple[R, str]]:
        """Return records by id, each with the hash of its content, read at one moment."""
        columns = select(self._rows.c.id, self._rows.c.payload, self._rows.c.content_hash)
        with self._database.read() as connection:
            return {
                row.id: (self._load(row.payload), row.content_hash)
                for part in parts(ids)
                for row in connection.execute(columns.where(self._rows.c.id.in_(part)))
            }

    def info(self, id: str) -> RowInfo:
        """Return what is known of a record beside its content.

        Raises
        ------
        NotFoundError
            If there is none under that id.
        """
        columns = [self._rows.c[name] for name in RowInfo.__dataclass_fields__]
        with self._database.read() as connection:
            row = connection.execute(select(*columns).where(self._rows.c.id == id)).one_or_none()
        if row is None:
            raise NotFoundError(self._kind, id)
        return RowInfo(**{**row._mapping, "state": State(row.state)})

    def ids(self, source: str | None = None) -> list[str]:
        """Return the ids of all records, or of one source, that are not closed, sorted."""
        query = select(self._rows.c.id).where(self._present())
        if source is not None:
            query = query.where(self._rows.c.source == source)
        with self._database.read() as connection:
            return list(connection.scalars(query.order_by(self._rows.c.id)))

    def open_batches(self, on: date, size: int = 1000) -> Iterator[list[R]]:
        """Yield all records that are open on a day, ordered by id."""
        query = self._payloads(self._open(on))
        after = ""
        while True:
            with self._database.read() as connection:
                rows = connection.execute(query.where(self._rows.c.id > after).limit(size)).all()
            if not rows:
                return
            after = rows[-1].id
            yield [self._load(row.payload) for row in rows]

    def open_hashes(self, on: date, size: int = 1000) -> Iterator[dict[str, str]]:
        """Yield the ids of all records that are open on a day, in order, with their hashes."""
        columns = select(self._rows.c.id, self._rows.c.content_hash)
        query, after = columns.where(self._open(on)).order_by(self._rows.c.id), ""
        while True:
            with self._database.read() as connection:
                rows = connection.execute(query.where(self._rows.c.id > after).limit(size)).all()
            if not rows:
                return
            after = rows[-1].id
            yield {row.id: row.content_hash for row in rows}

    def open_ids(self, on: date, size: int) -> list[list[str]]:
        """Return the ids of all records that are open on a day, so many at a time.

        Those of one municipality stand together, in order, and after them those of a
        neighbour: what is near one of them is near the next.
        """
        table, along = self._rows.c, tour()
        query = select(table.id, table.municipality).where(self._open(on))
        with self._database.read() as connection:
            found = [(along.get(row.municipality, -1), row.id) for row in connection.execute(query)]
        ids = [id for _, id in sorted(found)]
        return [ids[start : start + size] for start in range(0, len(ids), size)]

    def fingerprint(self, on: date) -> str:
        """Return a text that is the same as long as the same is open with the same contents.

        Parameters
        ----------
        on
            The day on which they are.
        """
        columns = select(self._rows.c.id, self._rows.c.content_hash).where(self._open(on))
        found = sha256()
        with self._database.read() as connection:
            for row in connection.execute(columns.order_by(self._rows.c.id)):
                found.update(f"{row.id}\0{row.content_hash}\n".encode())
        return found.hexdigest()

    def page(
        self,
        *,
        after: str = "",
        limit: int = 50,
        municipalities: Sequence[str] | None = None,
        owner: str | None = None,
        shared: Collection[str] = (),
        reach: Reach | None = None,
    ) -> list[R]:
        """Return records that are not closed, ordered by id.

        Parameters
        ----------
        after
            Last id of the page before.
        limit
            At most so many.
        municipalities
            Only records of these; None means all, an empty sequence none.
        owner
            Only needs that this key posted, and those of `shared`.
        shared
            Ids of needs that others let the owner read.
        reach
            Of profiles: only people within it.
        """
        query = self._payloads(self._present()).where(self._rows.c.id > after).limit(limit)
        if municipalities is not None:
            query = query.where(self._rows.c.municipality.in_(municipalities))
        if owner is not None:
            query = query.where(or_(self._rows.c.owner == owner, self._rows.c.id.in_(shared)))
        if reach is not None:
            query = query.where(within(reach))
        with self._database.read() as connection:
            return [self._load(row.payload) for row in connection.execute(query)]

    def count(self, on: date | None = None) -> int:
        """Return how many records are not closed or, given a day, open on that day."""
        condition = self._present() if on is None else self._open(on)
        query = select(func.count()).select_from(self._rows).where(condition)
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def close_missing(self, source: str, seen: Collection[str], now: datetime) -> int:
        """Close the records of a source that it no longer has; return how many."""
        query = select(self._table.c.id).where(self._present(), self._table.c.source == source)
        with self._database.write() as connection, numbering(connection) as numbers:
            gone = sorted(set(connection.scalars(query)) - set(seen))
            return close_rows(connection, self._table, gone, numbers, now)

    def close(self, ids: Sequence[str], now: datetime) -> int:
        """Close records; return how many were not closed before."""
        with self._database.write() as connection, numbering(connection) as numbers:
            return close_rows(connection, self._table, sorted(set(ids)), numbers, now)

    def close_expired(self, on: date, now: datetime) -> int:
        """Close records whose last day is before a day; return how many."""
        query = select(self._table.c.id).where(self._present(), self._table.c.expires < on)
        with self._database.write() as connection, numbering(connection) as numbers:
            gone = sorted(connection.scalars(query))
            return close_rows(connection, self._table, gone, numbers, now)

    def closed_before(self, moment: datetime) -> list[str]:
        """Return the ids of records that were closed before a moment and still are, sorted."""
        closed = and_(self._table.c.state == State.CLOSED, self._table.c.updated_at < moment)
        with self._database.read() as connection:
            return list(connection.scalars(select(self._table.c.id).where(closed).order_by("id")))

    def delete(self, id: str, now: datetime) -> None:
        """Erase a record: row and payload go, only its id and a revision stay.

        Raises
        ------
        NotFoundError
            If there is none under that id.
        """
        with self._database.write() as connection, numbering(connection) as numbers:
            if not delete_row(connection, self._table, id):
                raise NotFoundError(self._kind, id)
            if self._table is needs:
                forget_need_shares(connection, id)
            bury(connection, self._kind, id, next(numbers), now)

    def changed_since(self, revision: int, on: date) -> Changes[R]:
        """Return what happened after a revision, as seen on a day.

        Records that merely expire are not reported: nothing happens to them.
        """
        newer = self._rows.c.revision > revision
        columns = select(self._rows.c.id, self._rows.c.payload)
        deleted = select(tombstones.c.id).where(*self._buried_after(revision))
        with self._database.read() as connection:
            now_at, is_complete = highest(connection), forgotten(connection) <= revision
            # Ordered here: to have them in order SQLite would look at every row there is.
            found = columns.where(newer, self._open(on))
            rows = sorted(connection.execute(found), key=lambda row: str(row.id))
            gone = set(
                connection.scalars(select(self._rows.c.id).where(newer, ~self._open(on)))
            ) | set(connection.scalars(deleted))
        upserted = {row.id: self._load(row.payload) for row in rows}
        return Changes(list(upserted.values()), sorted(gone - upserted.keys()), now_at, is_complete)

    def is_same_since(self, revision: int) -> bool:
        """Tell whether no record has changed, come or gone after a revision."""
        newer = select(self._rows.c.id).where(self._rows.c.revision > revision)
        deleted = select(tombstones.c.id).where(*self._buried_after(revision))
        with self._database.read() as connection:
            first = [connection.scalar(query.limit(1)) for query in (newer, deleted)]
            return first == [None, None] and forgotten(connection) <= revision

    def erased_since(self, revision: int) -> list[str] | None:
        """Return the ids of records that were erased after a revision, sorted.

        None if that is not known any more: archives were cleared of some of them since.
        """
        query = select(tombstones.c.id).where(*self._buried_after(revision)).order_by("id")
        with self._database.read() as connection:
            known = forgotten(connection) <= revision
            return list(connection.scalars(query)) if known else None

    def _buried_after(self, revision: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return tombstones.c.kind == self._kind, tombstones.c.revision > revision

    @cached_property
    def _contents(self) -> Select[tuple[str, str]]:
        """Contents of records by id; built once, since to build it takes longer than to run it."""
        return select(self._rows.c.id, self._rows.c.payload).where(self._named())

    @cached_property
    def _hashes(self) -> Select[tuple[str, str]]:
        """Hashes of contents by id."""
        return select(self._rows.c.id, self._rows.c.content_hash).where(self._named())

    def _named(self) -> ColumnElement[bool]:
        return self._rows.c.id.in_(bindparam("ids", expanding=True))

    def _load(self, payload: str) -> R:
        return codec.load(self._cls, payload)

    def _payloads(self, condition: ColumnElement[bool]) -> Select[tuple[str, str]]:
        columns = select(self._rows.c.id, self._rows.c.payload)
        return columns.where(condition).order_by(self._rows.c.id)

    def _present(self) -> ColumnElement[bool]:
        return self._rows.c.state != State.CLOSED

    def _open(self, on: date) -> ColumnElement[bool]:
        expires = self._rows.c.expires
        return and_(self._rows.c.state == State.OPEN, or_(expires.is_(None), expires >= on))
