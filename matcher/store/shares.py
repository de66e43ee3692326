"""What is shared with partners: of people, and needs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, insert, or_, select, update

from matcher.domain.sharing import NeedShare, Part, Revocation, Share, SharePurpose
from matcher.errors import NotFoundError
from matcher.store.database import Database
from matcher.store.schema import need_shares, needs, shares
from matcher.store.writes import check_people


class Shares:
    """What organisations see of people.

    A revoked share stays, so that a person can be told of it, until the person is erased.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, share: Share) -> None:
        """Store a new share.

        Raises
        ------
        NotFoundError
            If there is no such profile.
        """
        values = {
            "id": share.id,
            "profile_id": share.profile_id,
            "organisation": share.organisation,
            "key": _key(share.organisation),
            "parts": list(share.parts),
            "purpose": share.purpose,
            "agreed": share.agreed,
            "until": share.until,
            "at": share.at,
            "by": share.by,
        }
        with self._database.write() as connection:
            check_people(connection, [share.profile_id])
            connection.execute(insert(shares).values(values))

    def revoke(self, profile_id: str, id: str, now: datetime, by: str) -> Share:
        """End a share at once; one that was revoked before keeps its moment.

        Raises
        ------
        NotFoundError
            If the person has no such share.
        """
        this = (shares.c.id == id) & (shares.c.profile_id == profile_id)
        return _share(_revoke(self._database, shares, this, id, Revocation(now, by)))

    def of_profile(self, profile_id: str) -> list[Share]:
        """Return all shares of a person, oldest first, the revoked ones too."""
        return self._read(shares.c.profile_id == profile_id)

    def with_organisation(self, organisation: str, on: date) -> list[Share]:
        """Return what an organisation may see on a day, oldest first."""
        return self._read((shares.c.key == _key(organisation)) & _held(shares, on))

    def parts_of(self, profile_id: str, organisation: str, on: date) -> frozenset[Part]:
        """Return which parts of a person an organisation may see on a day."""
        mine = (shares.c.profile_id == profile_id) & (shares.c.key == _key(organisation))
        query = select(shares.c.parts).where(mine, _held(shares, on))
        with self._database.read() as connection:
            return frozenset(Part(name) for each in connection.scalars(query) for name in each)

    def _read(self, condition: ColumnElement[bool]) -> list[Share]:
        query = select(shares).where(condition).order_by(shares.c.number)
        with self._database.read() as connection:
            return [_share(row) for row in connection.execute(query)]


class NeedShares:
    """Which needs organisations may read beside their owner."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, share: NeedShare) -> None:
        """Store a new share.

        Raises
        ------
        NotFoundError
            If there is no such need.
        """
        values = {
            "id": share.id,
            "need_id": share.need_id,
            "organisation": share.organisation,
            "key": _key(share.organisation),
            "until": share.until,
            "at": share.at,
            "by": share.by,
        }
        # Held, so that whoever erases the need meanwhile waits and finds the share.
        need = select(needs.c.id).where(needs.c.id == share.need_id)
        with self._database.write() as connection:
            if connection.scalar(need.with_for_update(key_share=True)) is None:
                raise NotFoundError("need", share.need_id)
            connection.execute(insert(need_shares).values(values))

    def revoke(self, need_id: str, id: str, now: datetime, by: str) -> NeedShare:
        """End a share at once; one that was revoked before keeps its moment.

        Raises
        ------
        NotFoundError
            If the need has no such share.
        """
        this = (need_shares.c.id == id) & (need_shares.c.need_id == need_id)
        return _need_share(_revoke(self._database, need_shares, this, id, Revocation(now, by)))

    def of_need(self, need_id: str) -> list[NeedShare]:
        """Return all shares of a need, oldest first, the revoked ones too."""
        return self._read(need_shares.c.need_id == need_id)

    def with_organisation(self, organisation: str, on: date) -> list[NeedShare]:
        """Return which needs an organisation may read on a day, oldest first."""
        return self._read((need_shares.c.key == _key(organisation)) & _held(need_shares, on))

    def purge(self, before: datetime) -> int:
        """Erase what ended before a moment or whose need is gone; return how many."""
        ended = or_(need_shares.c.until < before.date(), need_shares.c.revoked_at < before)
        orphaned = need_shares.c.need_id.not_in(select(needs.c.id))
        with self._database.write() as connection:
            return connection.execute(delete(need_shares).where(or_(ended, orphaned))).rowcount

    def _read(self, condition: ColumnElement[bool]) -> list[NeedShare]:
        query = select(need_shares).where(condition).order_by(need_shares.c.number)
        with self._database.read() as connection:
            return [_need_share(row) for row in connection.execute(query)]


def forget_shares(connection: Connection, profile_id: str) -> None:
    """Erase what was shared of a person."""
    connection.execute(delete(shares).where(shares.c.profile_id == profile_id))


def forget_need_shares(connection: Connection, need_id: str) -> None:
    """Erase who could read a need."""
    connection.execute(delete(need_shares).where(need_shares.c.need_id == need_id))


def _key(organisation: str) -> str:
    # In Python, since SQLite knows the lower case of ASCII only.
    return organisation.strip().casefold()


def _held(table: Table, on: date) -> ColumnElement[bool]:
    return table.c.revoked_at.is_(None) & (table.c.until >= on)


def _revoke(
    database: Database, table: Table, this: ColumnElement[bool], id: str, revocation: Revocation
) -> Row[Any]:
    ended = {"revoked_at": revocation.at, "revoked_by": revocation.by}
    with database.write() as connection:
        connection.execute(update(table).where(this, table.c.revoked_at.is_(None)).values(ended))
        row = connection.execute(select(table).where(this)).one_or_none()
        if row is None:
            raise NotFoundError("share", id)
    return row


def _revocation(row: Row[Any]) -> Revocation | None:
    return None if row.revoked_at is None else Revocation(row.revoked_at, row.revoked_by)


def _share(row: Row[Any]) -> Share:
    return Share(
        id=row.id,
        profile_id=row.profile_id,
        organisation=row.organisation,
        parts=tuple(Part(name) for name in row.parts),
        purpose=SharePurpose(row.purpose),
        agreed=row.agreed,
        until=row.until,
        at=row.at,
        by=row.by,
        revoked=_revocation(row),
    )


def _need_share(row: Row[Any]) -> NeedShare:
    return NeedShare(
        id=row.id,
        need_id=row.need_id,
        organisation=row.organisation,
        until=row.until,
        at=row.at,
        by=row.by,
        revoked=_revocation(row),
    )
