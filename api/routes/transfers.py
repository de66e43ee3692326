"""Transfers of clients: how far they are; an operator plans and runs them."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import Id, ServicesDep
from api.responses import problems
from api.schemas.transfers import TransferAnswer
from matcher.casework.transfer import balance

router = APIRouter(prefix="/v1/transfers", tags=["cases"])


@router.get("/{id}", responses=problems(404))
def read_transfer(id: Id, services: ServicesDep) -> TransferAnswer:
    """Return the stages of a transfer and its balance; `latest` stands for the newest plan."""
    transfers = services.store.transfers
    plan = transfers.latest() if id == "latest" else id
    area = transfers.area(plan)
    return TransferAnswer.of(plan, area, transfers.moves(plan), balance(services.store, plan))
