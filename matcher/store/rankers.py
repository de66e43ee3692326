"""The log of decisions about the weights that rank."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Row, bindparam, insert, select

from matcher.domain.ranker import PUT_TO_USE, Decision, RankerEntry
from matcher.errors import NotFoundError
from matcher.store.database import LATEST, Database
from matcher.store.schema import rankers

#: Built once: to build it takes longer than to run it.
_IN_USE: Final = (
    select(rankers)
    .where(
        rankers.c.encoder == bindparam("encoder"),
        rankers.c.decision.in_([decision.value for decision in PUT_TO_USE]),
        rankers.c.number <= bindparam("until"),
    )
    .order_by(rankers.c.number.desc())
    .limit(1)
)


class Rankers:
    """Every decision, in its order; the last one that put weights to use holds.

    Parameters
    ----------
    database
        Where they are.
    until
        Number of the last decision that is heeded.
    """

    def __init__(self, database: Database, until: int = LATEST) -> None:
        self._database = database
        self._until = until

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
        asked = {"encoder": encoder, "until": self._until}
        with self._database.ask() as connection:
            row = connection.execute(_IN_USE, asked).one_or_none()
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
