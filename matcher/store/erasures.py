"""Proofs of erasures, and the tombstones that wait for the archives to be cleared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from matcher.domain.rights import Erasure, Ground
from matcher.errors import NotFoundError
from matcher.store.database import Database
from matcher.store.revisions import forget_before, numbering
from matcher.store.schema import erasures, tombstones

_COLUMNS: Final = tuple(Erasure.__dataclass_fields__)
_PEOPLE: Final = tombstones.c.kind == "profile"


class Erasures:
    """The erasures of people that were done, and what the archives still owe."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Erasure]:
        """Return the proofs of all erasures, oldest first."""
        query = select(erasures).order_by(erasures.c.at, erasures.c.revision)
        with self._database.read() as connection:
            return [_erasure(row) for row in connection.execute(query)]

    def find(self, digest: str) -> Erasure:
        """Return the proof with a digest, which the holder of a receipt can compute.

        Raises
        ------
        NotFoundError
            If there is none.
        """
        with self._database.read() as connection:
            query = select(erasures).where(erasures.c.digest == digest)
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFoundError("erasure", digest)
        return _erasure(row)

    def waiting(self) -> dict[str, int]:
        """Return who was erased and may still be in archives: ids with their revisions."""
        query = select(tombstones.c.id, tombstones.c.revision).where(_PEOPLE)
        with self._database.read() as connection:
            return {row.id: row.revision for row in connection.execute(query)}

    def archives_cleared(self, revision: int, now: datetime) -> int:
        """Forget who was erased up to a revision, now that no archive holds them.

        Readers that have not looked since start anew: see `Repository.changed_since`.

        Returns
        -------
        int
            How many proofs are complete now.
        """
        settled = and_(erasures.c.revision <= revision, erasures.c.archived_at.is_(None))
        with self._database.write() as connection, numbering(connection) as numbers:
            gone = delete(tombstones).where(_PEOPLE, tombstones.c.revision <= revision)
            if connection.execute(gone).rowcount:
                forget_before(connection, revision)
                next(numbers)  # whoever reads sees that something has happened
            return connection.execute(
                update(erasures).where(settled).values(archived_at=now)
            ).rowcount

    def purge(self, before: datetime) -> int:
        """Erase proofs older than a moment; return how many."""
        with self._database.write() as connection:
            return connection.execute(delete(erasures).where(erasures.c.at < before)).rowcount


def prove(
    connection: Connection,
    *,
    at: datetime,
    by: str,
    ground: Ground,
    revision: int,
    counts: Mapping[str, int],
    digest: str,
) -> Erasure:
    """Write down that somebody was erased, without who it was."""
    proof = Erasure(
        id=f"erasure-{uuid4().hex[:12]}",
        at=at,
        by=by,
        ground=ground,
        revision=revision,
        counts=dict(counts),
        digest=digest,
    )
    connection.execute(insert(erasures).values({n: getattr(proof, n) for n in _COLUMNS}))
    return proof


def _erasure(row: Row[Any]) -> Erasure:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return Erasure(**{**values, "ground": Ground(row.ground)})
