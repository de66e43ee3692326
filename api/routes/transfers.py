"""Transfers of clients: how far they are; an operator plans and runs them."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import CallerDep, Id, ServicesDep, TrailDep
from api.responses import problems
from api.schemas.transfers import TransferAnswer
from matcher.casework.transfer import balance

router = APIRouter(prefix="/v1/transfers", tags=["cases"])


@router.get("/{id}", responses=problems(404))
def read_transfer(
    id: Id, services: ServicesDep, caller: CallerDep, trail: TrailDep
) -> TransferAnswer:
    """Return the stages of a transfer and its balance; `latest` stands for the newest plan.

    Of protected persons only those are told of by id for whom the caller is named.
    """
    transfers = services.store.transfers
    plan = transfers.latest() if id == "latest" else id
    area = transfers.area(plan)
    found = balance(services.store, plan)
    people = sorted({*found.lost, *found.broken, *found.without_coach})
    seen = services.store.people.among(people, caller.reach(services.today()))
    trail.saw(sorted(seen))
    return TransferAnswer.of(plan, area, transfers.moves(plan), found, seen)
