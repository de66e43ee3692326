"""Records as they were: kept beside those that are, so that a list can be made again.

A version says what held from one revision to the next; its content is kept once, under its
hash, and not at all while the record itself still has it. With both, each table can be read
as it was at any revision that retention has not passed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import (
    Connection,
    FromClause,
    Table,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    union_all,
)

from matcher.store.database import parts
from matcher.store.schema import profiles, record_contents, record_versions

_KEPT: Final = ("source", "municipality", "owner", "state", "expires", "content_hash")


@dataclass(frozen=True, slots=True)
class Moment:
    """A state of the store.

    Parameters
    ----------
    revision
        Number of the last change of a record.
    said
        Number of the last feedback.
    ranked
        Number of the last decision about the weights that rank.
    heard
        Number of the last count of how employers have replied.
    """

    revision: int
    said: int
    ranked: int
    heard: int


def keep_versions(
    connection: Connection, table: Table, until: Mapping[str, int], now: datetime
) -> None:
    """Keep what some rows say before they are changed, but not their content.

    Parameters
    ----------
    connection
        Within the transaction that changes them.
    table
        Theirs.
    until
        For each row the revision that it is about to get.
    now
        The moment of the change.
    """
    columns = [table.c[name] for name in ("id", "revision", *_KEPT)]
    for part in parts(sorted(until)):
        rows = connection.execute(select(*columns).where(table.c.id.in_(part)))
        versions = [
            {
                **row._mapping,
                "kind": table.name,
                "profile_id": row.id if table is profiles else None,
                "until": until[row.id],
                "at": now,
            }
            for row in rows
        ]
        if versions:
            connection.execute(insert(record_versions), versions)


def keep_contents(connection: Connection, table: Table, until: Mapping[str, int]) -> None:
    """Keep the content of rows that is about to be replaced; what is kept already stays."""
    kept = exists().where(
        record_contents.c.kind == table.name,
        record_contents.c.id == table.c.id,
        record_contents.c.content_hash == table.c.content_hash,
    )
    person = table.c.id if table is profiles else null()
    columns = [literal(table.name), table.c.id, person, table.c.content_hash, table.c.payload]
    names = ["kind", "id", "profile_id", "content_hash", "payload"]
    for part in parts(sorted(until)):
        old = select(*columns).where(table.c.id.in_(part), ~kept)
        connection.execute(insert(record_contents).from_select(names, old))


def as_of(table: Table, revision: int) -> FromClause:
    """Return a table as it was at a revision, to be read like the table itself.

    Records that were erased since are not in it.
    """
    version, content = record_versions, record_contents
    names = ["id", *_KEPT, "revision"]
    now = select(
        *(table.c[name] for name in names), table.c.payload, table.c.created_at, table.c.updated_at
    ).where(table.c.revision <= revision)
    kept = and_(
        content.c.kind == version.c.kind,
        content.c.id == version.c.id,
        content.c.content_hash == version.c.content_hash,
    )
    there = and_(table.c.id == version.c.id, table.c.content_hash == version.c.content_hash)
    then = (
        select(
            *(version.c[name] for name in names),
            func.coalesce(content.c.payload, table.c.payload).label("payload"),
            version.c.at.label("created_at"),
            version.c.at.label("updated_at"),
        )
        .select_from(version.outerjoin(content, kept).outerjoin(table, there))
        .where(
            version.c.kind == table.name,
            version.c.revision <= revision,
            version.c.until > revision,
        )
    )
    return union_all(now, then).subquery(table.name)


def forget_versions(connection: Connection, table: Table, id: str) -> None:
    """Erase all that a record ever was."""
    for kept in (record_versions, record_contents):
        connection.execute(delete(kept).where(kept.c.kind == table.name, kept.c.id == id))


def forget_profile(connection: Connection, profile_id: str) -> None:
    """Erase all that a client's profile ever was."""
    for kept in (record_versions, record_contents):
        connection.execute(delete(kept).where(kept.c.profile_id == profile_id))


def purge_versions(connection: Connection, before: datetime, held: Collection[str] = ()) -> int:
    """Erase versions that were replaced before a moment, and contents that none has any more.

    Those of people who are held stay. Returns how many versions went.
    """
    person = record_versions.c.profile_id
    free = or_(person.is_(None), person.not_in(sorted(held)))
    old = delete(record_versions).where(record_versions.c.at < before, free)
    gone = connection.execute(old).rowcount
    used = exists().where(
        record_versions.c.kind == record_contents.c.kind,
        record_versions.c.id == record_contents.c.id,
        record_versions.c.content_hash == record_contents.c.content_hash,
    )
    connection.execute(delete(record_contents).where(~used))
    return gone
