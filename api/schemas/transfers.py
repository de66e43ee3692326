"""A transfer of clients: how far it is, and whether anything got lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import BaseModel, Field

from matcher.casework.transfer import Balance
from matcher.domain.casework.item import Channel
from matcher.store.transfer_moves import MoveState, StoredMove


class StageAnswer(BaseModel):
    """One stage."""

    stage: int
    on: date
    units: dict[str, int] = Field(description="Clients by the unit that receives them")
    states: dict[MoveState, int]


class BalanceAnswer(BaseModel):
    """What moved clients had before and have now."""

    is_even: bool = Field(description="Whether nobody has lost anything")
    moved: int
    held_back: int
    kept: int = Field(description="Appointments, tasks, requests and services that came along")
    lost: dict[str, list[str]] = Field(description="Entries that are gone, by client")
    broken: list[str] = Field(description="Clients whose job search of then is not known any more")
    without_coach: list[str]
    notices: dict[Channel, int]


class TransferAnswer(BaseModel):
    """A plan with its stages and its balance."""

    id: str
    area: str
    stages: list[StageAnswer]
    balance: BalanceAnswer

    @classmethod
    def of(
        cls, id: str, area: str, moves: Sequence[StoredMove], balance: Balance
    ) -> TransferAnswer:
        """Return a transfer as it is shown."""
        by_stage: dict[tuple[int, date], list[StoredMove]] = {}
        for move in moves:
            by_stage.setdefault((move.stage, move.on), []).append(move)
        return cls(
            id=id,
            area=area,
            stages=[
                StageAnswer(
                    stage=stage,
                    on=on,
                    units=dict(sorted(Counter(move.unit for move in some).items())),
                    states=dict(sorted(Counter(move.state for move in some).items())),
                )
                for (stage, on), some in sorted(by_stage.items())
            ],
            balance=BalanceAnswer(
                is_even=balance.is_even,
                moved=balance.moved,
                held_back=balance.held_back,
                kept=balance.kept,
                lost=_listed(balance.lost),
                broken=list(balance.broken),
                without_coach=list(balance.without_coach),
                notices=dict(balance.notices),
            ),
        )


def _listed(lost: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {client: list(entries) for client, entries in lost.items()}
