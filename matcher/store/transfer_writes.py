"""What a transfer writes: for a batch of clients at once, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, update

from matcher.domain.casework.contacts import Notice
from matcher.domain.casework.item import CaseItem
from matcher.domain.casework.placements import Assignment, Enrolment, Transfer
from matcher.store.caserows import TOPICS, CaseEntry, current, entry, row_of
from matcher.store.database import parts
from matcher.store.schema import case_entries, transfer_moves
from matcher.store.transfer_moves import MoveState, StoredMove
from matcher.store.writes import hold_people


def settle_moves(
    connection: Connection, plan_id: str, moves: Sequence[StoredMove], by: str, now: datetime
) -> None:
    """Carry out the moves of a batch (`matcher.store.transfers.Transfers.settle`)."""
    # Holds the profiles first: erasing deletes the moves of a client only after the client.
    there = hold_people(connection, [move.profile_id for move in moves])
    open_ = _still_planned(connection, plan_id, there)
    settled = [move for move in moves if move.profile_id in open_]
    moving = [move for move in settled if move.state is MoveState.PLANNED]
    held = _held(connection, moving)
    _change_hands(connection, plan_id, moving, by, now)
    done = [replace(move, state=MoveState.DONE, held=held[move.profile_id]) for move in moving]
    staying = [move for move in settled if move.state is not MoveState.PLANNED]
    _mark(connection, plan_id, [*staying, *done], now)


def _still_planned(connection: Connection, plan_id: str, ids: Collection[str]) -> set[str]:
    # Locks the rows: of two runs at the same time, one finds nothing left to do.
    found: set[str] = set()
    for part in parts(sorted(ids)):
        query = select(transfer_moves.c.profile_id).where(
            transfer_moves.c.plan_id == plan_id,
            transfer_moves.c.state == MoveState.PLANNED,
            transfer_moves.c.profile_id.in_(part),
        )
        found.update(connection.scalars(query.with_for_update()))
    return found


def _held(connection: Connection, moves: Sequence[StoredMove]) -> dict[str, dict[str, int]]:
    """Return what must not get lost: appointments, tasks, requests, services not yet over."""
    until, days = case_entries.c.until, {move.profile_id: move.on for move in moves}
    columns = (case_entries.c.profile_id, case_entries.c.id, case_entries.c.version, until)
    service = case_entries.c.topic == TOPICS[Enrolment]
    held: dict[str, dict[str, int]] = {id: {} for id in days}
    for part in parts(list(days)):
        query = select(*columns).where(
            case_entries.c.current,
            case_entries.c.profile_id.in_(part),
            or_(case_entries.c.due.is_not(None), service),
        )
        for profile_id, id, version, end in connection.execute(query):
            if end is None or end >= days[profile_id]:
                held[profile_id][id] = version
    return held


def _change_hands(
    connection: Connection, plan_id: str, moves: Sequence[StoredMove], by: str, now: datetime
) -> None:
    """End the old coaches' assignments, begin the new ones, and note the transfers."""
    old = _assignments(connection, [move.profile_id for move in moves])
    written: list[CaseEntry[CaseItem]] = []
    ended: list[str] = []
    for move in moves:
        stays = False
        for one in old.get(move.profile_id, []):
            if one.item.start >= move.on:
                stays = True
            elif one.item.end is None or one.item.end >= move.on:
                until = replace(one.item, end=move.on - timedelta(days=1), reason=plan_id)
                ended.append(one.id)
                written.append(replace(one, version=one.version + 1, at=now, by=by, item=until))
        coaches = () if stays else (Assignment(coach=move.coach, team=move.team, start=move.on),)
        written += _new_entries(plan_id, move, coaches=coaches, by=by, now=now)
    for part in parts(ended):
        this = and_(case_entries.c.id.in_(part), case_entries.c.current)
        connection.execute(update(case_entries).where(this).values(current=False))
    if written:
        connection.execute(insert(case_entries), [row_of(one) for one in written])


def _assignments(
    connection: Connection, people: Sequence[str]
) -> dict[str, list[CaseEntry[Assignment]]]:
    found: dict[str, list[CaseEntry[Assignment]]] = {}
    for part in parts(people):
        query = current(Assignment).where(case_entries.c.profile_id.in_(part))
        for row in connection.execute(query):
            found.setdefault(row.profile_id, []).append(entry(row, Assignment))
    return found


def _new_entries(
    plan_id: str, move: StoredMove, *, coaches: Sequence[Assignment], by: str, now: datetime
) -> list[CaseEntry[CaseItem]]:
    """Return the entries of one transfer: itself, the notice of it, and the new coach if any."""
    transfer = Transfer(plan=plan_id, stage=move.stage, unit=move.unit, on=move.on)
    noted = CaseEntry(uuid4().hex, 1, move.profile_id, now, by, transfer)
    notice = Notice(entry=noted.id, channel=move.channel)
    return [
        noted,
        *(CaseEntry(uuid4().hex, 1, move.profile_id, now, by, one) for one in (notice, *coaches)),
    ]


def _mark(connection: Connection, plan_id: str, moves: Sequence[StoredMove], now: datetime) -> None:
    if moves:
        this = and_(
            transfer_moves.c.plan_id == plan_id, transfer_moves.c.profile_id == bindparam("key")
        )
        connection.execute(
            update(transfer_moves).where(this).values(done_at=now),
            [
                {
                    "key": one.profile_id,
                    "state": one.state,
                    "reason": one.reason,
                    "held": one.held,
                    "search": one.search,
                }
                for one in moves
            ],
        )
