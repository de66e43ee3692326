"""The log of decisions about the weights that rank."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Row, func, insert, select

from matcher.domain.ranker import PUT_TO_USE, Decision, RankerEntry
from matcher.errors import NotFoundError
from matcher.store.database import Database
from matcher.store.schema import rankers


class Rankers:
    """Every decision, in its order; the last one that put weights to use holds.

    Parameters
    ----------
    database
        Where they are.
    until
        Number of the last decision that is heeded; None for all that come.
    """

    def __init__(self, database: Database, until: int | None = None) -> None:
        self._database = database
        self._until = until

    def ranked(self) -> int:
        """Return the number of the last decision, 0 if there was none."""
        with self._database.read() as connection:
            return connection.scalar(select(func.max(rankers.c.number))) or 0

    def add(self, entry: RankerEntry) -> None:
        """Write a decision down."""
        values = {
            "revision": entry.revision,
            "encoder": entry.encoder,
            "weights": dict(entry.weights),
            "decision": entry.decision.value,
            "figures": dict(entry.figures),
            "at": entry.at,
            "by": entry.by,
        }
        with self._database.write() as connection:
            connection.execute(insert(rankers).values(values))

    def all(self) -> Iterator[RankerEntry]:
        """Yield all decisions, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(select(rankers).order_by(rankers.c.number)).all()
        for row in rows:
            yield _entry(row)

    def in_use(self, encoder: str) -> RankerEntry | None:
        """Return the decision that holds for an encoder; None if none was ever made."""
        used = [decision.value for decision in PUT_TO_USE]
        query = select(rankers).where(rankers.c.encoder == encoder, rankers.c.decision.in_(used))
        if self._until is not None:
            query = query.where(rankers.c.number <= self._until)
        with self._database.read() as connection:
            last = query.order_by(rankers.c.number.desc()).limit(1)
            row = connection.execute(last).one_or_none()
        return None if row is None else _entry(row)

    def get(self, revision: str) -> RankerEntry:
        """Return the last decision about some weights.

        Raises
        ------
        NotFoundError
            If there was none.
        """
        query = select(rankers).where(rankers.c.revision == revision)
        with self._database.read() as connection:
            last = query.order_by(rankers.c.number.desc()).limit(1)
            row = connection.execute(last).one_or_none()
        if row is None:
            raise NotFoundError("ranker", revision, remedy="See `matcher rankers list`.")
        return _entry(row)


def _entry(row: Row[tuple[object, ...]]) -> RankerEntry:
    return RankerEntry(
        row.revision,
        row.encoder,
        row.weights,
        Decision(row.decision),
        row.figures,
        row.at,
        row.by,
    )
