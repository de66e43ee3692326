"""The store-wide change numbers.

A writer holds the counter's row until it commits, so that numbers become visible in their
order: a reader that has seen 10 will never find a new 9 afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from sqlalchemy import Connection, ScalarSelect, delete, insert, select, update

from matcher.store.schema import counters

_HERE = counters.c.name == "revision"
_VALUE = select(counters.c.value).where(_HERE)
_FORGOTTEN = "forgotten"


def highest(connection: Connection) -> int:
    """Return the highest number given so far, 0 if none."""
    return int(connection.execute(_VALUE).scalar_one())


def revision_now() -> ScalarSelect[int]:
    """Return the highest number given so far as a part of another query."""
    return _VALUE.scalar_subquery()


@contextmanager
def numbering(connection: Connection) -> Iterator[Iterator[int]]:
    """Hand out the next numbers; other writers wait until the transaction ends."""
    last = int(connection.execute(_VALUE.with_for_update()).scalar_one())
    numbers = count(last + 1)
    yield numbers
    connection.execute(update(counters).where(_HERE).values(value=next(numbers) - 1))


def forgotten(connection: Connection) -> int:
    """Return up to which revision it is no longer known who was erased, 0 if all is known."""
    query = select(counters.c.value).where(counters.c.name == _FORGOTTEN)
    return int(connection.scalar(query) or 0)


def forget_before(connection: Connection, revision: int) -> None:
    """Note that up to a revision it is no longer known who was erased."""
    revision = max(revision, forgotten(connection))
    connection.execute(delete(counters).where(counters.c.name == _FORGOTTEN))
    connection.execute(insert(counters).values(name=_FORGOTTEN, value=revision))
