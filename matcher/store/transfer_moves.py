"""One client of a transfer, as a row and in the domain's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from matcher.domain.casework.item import Channel


class MoveState(StrEnum):
    """What became of a client of a plan.

    One who is held back has moved house since, or has left the area's target group as far as
    one knows. Who is erased disappears from the plan.
    """

    PLANNED = "planned"
    DONE = "done"
    HELD_BACK = "held_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMove:
    """One client of a plan.

    Parameters
    ----------
    profile_id, municipality, unit, coach, team, channel, stage, on
        As planned.
    state, reason
        What became of it, and why if it was held back.
    held
        What the client had when moving: entry ids of the case file with their versions.
    search
        First day of the job search in force when moving; None if there was none.
    """

    profile_id: str
    municipality: str
    unit: str
    coach: str
    team: str
    channel: Channel
    stage: int
    on: date
    state: MoveState = MoveState.PLANNED
    reason: str = ""
    held: Mapping[str, int] = field(default_factory=dict)
    search: date | None = None


def row_of_move(plan_id: str, move: StoredMove) -> dict[str, Any]:
    """Return the row of a move that is planned."""
    return {
        "plan_id": plan_id,
        "profile_id": move.profile_id,
        "stage": move.stage,
        "on": move.on,
        "municipality": move.municipality,
        "unit": move.unit,
        "coach": move.coach,
        "team": move.team,
        "channel": move.channel,
        "state": move.state,
        "reason": move.reason,
        "held": {},
        "search": None,
        "done_at": None,
    }


def move_of_row(row: Row[Any]) -> StoredMove:
    """Return the move of a row."""
    return StoredMove(
        profile_id=row.profile_id,
        municipality=row.municipality,
        unit=row.unit,
        coach=row.coach,
        team=row.team,
        channel=Channel(row.channel),
        stage=row.stage,
        on=row.on,
        state=MoveState(row.state),
        reason=row.reason,
        held=row.held,
        search=row.search,
    )
