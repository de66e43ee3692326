"""A transfer of clients: how far it is, and whether anything got lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
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
    not_shown: int = Field(
        description="Clients who belong in these lists, and whom only others may see"
    )
    notices: dict[Channel, int]

    @classmethod
    def of(cls, balance: Balance, seen: Collection[str]) -> BalanceAnswer:
        """Return a balance with the ids of those only whom the reader may see."""
        concerned = {*balance.lost, *balance.broken, *balance.without_coach}
        return cls(
            is_even=balance.is_even,
            moved=balance.moved,
            held_back=balance.held_back,
            kept=balance.kept,
            lost={id: list(entries) for id, entries in balance.lost.items() if id in seen},
            broken=[id for id in balance.broken if id in seen],
            without_coach=[id for id in balance.without_coach if id in seen],
            not_shown=len(concerned.difference(seen)),
            notices=dict(balance.notices),
        )


class TransferAnswer(BaseModel):
    """A plan with its stages and its balance."""

    id: str
    area: str
    stages: list[StageAnswer]
    balance: BalanceAnswer

    @classmethod
    def of(
        cls,
        id: str,
        area: str,
        moves: Sequence[StoredMove],
        balance: Balance,
        seen: Collection[str],
    ) -> TransferAnswer:
        """Return a transfer as it is shown to somebody who may see some of the people."""
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
            balance=BalanceAnswer.of(balance, seen),
        )
