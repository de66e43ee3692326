"""Changes of a need together with what hangs on them: consents to it, and how it ended.

All of it is one transaction, so that nobody is ever shown for a need to which they have not
agreed, and that a need is closed with its outcome or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, insert, select

from matcher.domain.answer import NeedOutcome
from matcher.domain.consent import is_same_need
from matcher.domain.offer import CompanyNeed, Offer
from matcher.errors import NotFoundError
from matcher.store import codec
from matcher.store.consents import let_lapse
from matcher.store.database import Database
from matcher.store.records import State, UpsertCounts
from matcher.store.revisions import numbering
from matcher.store.schema import need_outcomes, needs
from matcher.store.writes import check_seen, close_rows, row_of, upsert_rows


class NeedWrites:
    """What changes needs; if one becomes another need, the consents to it lapse."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, need: Offer, now: datetime, by: str) -> UpsertCounts:
        """Store a need, new or not.

        Parameters
        ----------
        need
            What it says from now on.
        now, by
            When it is written, and by whom.

        Raises
        ------
        InputError
            If the id belongs to another source.
        """
        with self._database.write() as connection, numbering(connection) as numbers:
            return _write(connection, need, numbers, now, by)

    def change(self, need: Offer, revision: int, now: datetime, by: str) -> None:
        """Store a new version of a need unless somebody else has done so meanwhile.

        Parameters
        ----------
        need, now, by
            As in `put`.
        revision
            The one that the writer has seen.

        Raises
        ------
        ConflictError
            If it has another revision by now.
        NotFoundError
            If there is none under that id.
        """
        with self._database.write() as connection, numbering(connection) as numbers:
            check_seen(connection, needs, "need", need.id, revision)
            _write(connection, need, numbers, now, by)

    def close(self, outcome: NeedOutcome) -> None:
        """Close a need with how it ended; what somebody has closed already stays as it ended.

        One whose last day has passed meanwhile has not ended somehow yet: this is noted.

        Raises
        ------
        NotFoundError
            If there is none under that id.
        """
        id, now = outcome.need_id, outcome.at
        query = select(needs.c.state).where(needs.c.id == id).with_for_update()
        with self._database.write() as connection, numbering(connection) as numbers:
            state = connection.scalar(query)
            if state is None:
                raise NotFoundError("need", id)
            ended = select(need_outcomes.c.number).where(need_outcomes.c.need_id == id)
            if state == State.CLOSED and connection.execute(ended).first():
                return
            let_lapse(connection, id, now, outcome.by)
            values = {"outcome": outcome.outcome, "at": now, "by": outcome.by}
            connection.execute(insert(need_outcomes).values(need_id=id, **values))
            if state != State.CLOSED:
                close_rows(connection, needs, [id], numbers, now)


def _write(
    connection: Connection, need: Offer, numbers: Iterator[int], now: datetime, by: str
) -> UpsertCounts:
    query = select(needs.c.payload).where(needs.c.id == need.id).with_for_update()
    before = connection.scalar(query)
    if before is not None and not is_same_need(codec.load(CompanyNeed, before), need):
        let_lapse(connection, need.id, now, by)
    return upsert_rows(connection, needs, [row_of(need)], numbers, now)
