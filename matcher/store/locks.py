"""Named locks between processes, as that of the night.

A lock is stale when its holder has not been heard of for a while, or when it is known to
be dead: a process of this host that no longer runs. So a night that was killed can be
taken up again at once.
"""

from __future__ import annotations

import os
import platform
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, delete, insert, select, update

from matcher.errors import StoreError
from matcher.store.schema import locks


def acquire(
    connection: Connection, name: str, holder: str, now: datetime, stale_after: timedelta
) -> None:
    """Take a lock that is free, stale or the holder's own.

    Raises
    ------
    StoreError
        If somebody else holds it.
    """
    row = connection.execute(select(locks).where(locks.c.name == name)).one_or_none()
    if row is not None and row.holder != holder and _is_held(row, now, stale_after):
        raise StoreError(
            f"The lock {name!r} is held by {row.holder} on {row.host} (process {row.pid}) "
            f"since {row.since:%Y-%m-%d %H:%M} UTC.",
            remedy="Wait until it has finished, or stop that process.",
        )
    connection.execute(delete(locks).where(locks.c.name == name))
    connection.execute(
        insert(locks).values(
            name=name,
            holder=holder,
            host=platform.node(),
            pid=os.getpid(),
            since=now,
            beat_at=now,
        )
    )


def heartbeat(connection: Connection, name: str, holder: str, now: datetime) -> None:
    """Tell that the holder is alive.

    Raises
    ------
    StoreError
        If the lock is no longer the holder's.
    """
    own = update(locks).where(locks.c.name == name, locks.c.holder == holder)
    if not connection.execute(own.values(beat_at=now)).rowcount:
        raise StoreError(
            f"{holder} no longer holds the lock {name!r}: it was silent for too long.",
            remedy="Start again.",
        )


def release(connection: Connection, name: str, holder: str) -> None:
    """Give a lock back; one that is not the holder's stays as it is."""
    connection.execute(delete(locks).where(locks.c.name == name, locks.c.holder == holder))


def _is_held(row: Row[tuple[object, ...]], now: datetime, stale_after: timedelta) -> bool:
    silent = row.beat_at + stale_after < now
    dead = row.host == platform.node() and not _is_running(row.pid)
    return not (silent or dead)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
