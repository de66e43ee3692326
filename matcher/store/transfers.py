"""Transfers of clients: plans, and what became of each client, one transaction a batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select

from matcher.errors import NotFoundError
from matcher.store.database import Database, parts
from matcher.store.schema import case_entries, profiles, transfer_moves, transfers
from matcher.store.transfer_moves import MoveState, StoredMove, move_of_row, row_of_move
from matcher.store.transfer_writes import settle_moves
from matcher.store.writes import hold_people

_BATCH: Final = 1000


class Transfers:
    """The transfers of clients."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, area: str, moves: Sequence[StoredMove], now: datetime) -> str:
        """Store a plan without those who were erased while it was made; return its id."""
        id = f"transfer-{now:%Y%m%d}-{uuid4().hex[:8]}"
        with self._database.write() as connection:
            there = hold_people(connection, [move.profile_id for move in moves])
            rows = [row_of_move(id, move) for move in moves if move.profile_id in there]
            connection.execute(insert(transfers).values(id=id, area=area, made_at=now))
            if rows:
                connection.execute(insert(transfer_moves), rows)
        return id

    def latest(self) -> str:
        """Return the id of the newest plan.

        Raises
        ------
        NotFoundError
            If there is none.
        """
        newest = select(transfers.c.id).order_by(transfers.c.made_at.desc(), transfers.c.id)
        with self._database.read() as connection:
            id: str | None = connection.scalar(newest.limit(1))
        if id is None:
            raise NotFoundError("transfer", "", remedy="Make one with `matcher transfer plan`.")
        return id

    def area(self, plan_id: str) -> str:
        """Return the name of the area that a plan is for.

        Raises
        ------
        NotFoundError
            If there is no such plan.
        """
        with self._database.read() as connection:
            area: str | None = connection.scalar(
                select(transfers.c.area).where(transfers.c.id == plan_id)
            )
        if area is None:
            raise NotFoundError("transfer", plan_id)
        return area

    def moves(self, plan_id: str) -> list[StoredMove]:
        """Return all clients of a plan by stage and id."""
        query = select(transfer_moves).where(transfer_moves.c.plan_id == plan_id)
        ordered = query.order_by(transfer_moves.c.stage, transfer_moves.c.profile_id)
        with self._database.read() as connection:
            return [move_of_row(row) for row in connection.execute(ordered)]

    def due(self, plan_id: str, on: date) -> Iterator[list[StoredMove]]:
        """Yield who is to move by a day and has not, batch by batch.

        The caller settles each batch before the next one is read.
        """
        query = (
            select(transfer_moves)
            .where(
                transfer_moves.c.plan_id == plan_id,
                transfer_moves.c.state == MoveState.PLANNED,
                transfer_moves.c.on <= on,
            )
            .order_by(transfer_moves.c.stage, transfer_moves.c.profile_id)
            .limit(_BATCH)
        )
        while True:
            with self._database.read() as connection:
                batch = [move_of_row(row) for row in connection.execute(query)]
            if not batch:
                return
            yield batch

    def settle(self, plan_id: str, moves: Sequence[StoredMove], by: str, now: datetime) -> None:
        """Carry out the moves of a batch, all or nothing.

        Who is still planned is moved: the old coach's assignment ends on the day before,
        the new one begins, the transfer is noted and a notice waits to be sent. Who is held
        back stays where they are; who has been erased meanwhile is passed over. A coach who
        begins on the day or later stays.

        Parameters
        ----------
        plan_id
            Which plan.
        moves
            Planned ones and ones to be held back, as `due` gave them.
        by, now
            Who does it, and when.
        """
        with self._database.write() as connection:
            settle_moves(connection, plan_id, moves, by, now)

    def missing(self, plan_id: str) -> dict[str, list[str]]:
        """Return which entries that clients had when moving are no longer there, by client.

        Erased people are left out: their case files are meant to be gone.
        """
        lost: dict[str, list[str]] = {}
        moved = [move for move in self.moves(plan_id) if move.state is MoveState.DONE]
        with self._database.read() as connection:
            for part in parts(moved):
                people = [move.profile_id for move in part]
                there = set(
                    connection.scalars(select(profiles.c.id).where(profiles.c.id.in_(people)))
                )
                found = _entry_ids(connection, people)
                for move in part:
                    gone = sorted(set(move.held) - found)
                    if gone and move.profile_id in there:
                        lost[move.profile_id] = gone
        return lost


def forget_moves(connection: Connection, profile_id: str) -> None:
    """Erase a client from all plans."""
    connection.execute(delete(transfer_moves).where(transfer_moves.c.profile_id == profile_id))


def _entry_ids(connection: Connection, people: Sequence[str]) -> set[str]:
    query = select(case_entries.c.id).where(
        case_entries.c.current, case_entries.c.profile_id.in_(people)
    )
    return set(connection.scalars(query))
