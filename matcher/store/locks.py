"""Named locks between processes, as that of the night.

A holder on this host keeps its lock for as long as its process runs, however silent; when
that has died, the lock is free at once, so that a killed night can be taken up again. Numbers
of processes are used again: it is the same process only if it began at the same moment. A
holder on another host loses the lock when it has not been heard of for a while.
"""

from __future__ import annotations

import os
import platform
from datetime import datetime, timedelta
from typing import Final

import psutil
from sqlalchemy import Connection, Row, delete, insert, select, update

from matcher.errors import StoreError
from matcher.store.schema import locks

#: Locks that this process has taken, by name and holder. A restarted container has the host
#: name of the one before it, and often the same process id as well.
_TAKEN_HERE: Final[set[tuple[str, str]]] = set()

#: Seconds by which the beginning of a process may seem to move when a clock is set.
_SAME_MOMENT: Final = 2.0


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
            began=psutil.Process().create_time(),
            since=now,
            beat_at=now,
        )
    )
    _TAKEN_HERE.add((name, holder))


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
    _TAKEN_HERE.discard((name, holder))


def _is_held(row: Row[tuple[object, ...]], now: datetime, stale_after: timedelta) -> bool:
    if row.host != platform.node():
        return bool(row.beat_at + stale_after >= now)
    if row.pid == os.getpid():
        return (row.name, row.holder) in _TAKEN_HERE
    return _is_running(row.pid, row.began)


def _is_running(pid: int, began: float | None) -> bool:
    try:
        found = psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True
    # A version before this one did not note when its process began.
    return began is None or abs(found - began) < _SAME_MOMENT
