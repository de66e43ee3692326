"""Monthly indicators, small groups hidden."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.access import Caller
from api.deps import CallerDep, ServicesDep
from api.responses import problems
from api.schemas.indicators import GroupFigures, MonthAnswer
from api.state import Services
from matcher.casework.client_month import Month
from matcher.casework.indicators import GroupRow, clients_of, indicators

router = APIRouter(prefix="/v1/indicators", tags=["cases"])
MonthName = Annotated[
    str, Path(description="As in 2026-10", pattern=r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$")
]


@router.get("/{month}", responses=problems())
def read_indicators(month: MonthName, services: ServicesDep, caller: CallerDep) -> MonthAnswer:
    """Return the figures of a month by municipality, age, language and length of the search."""
    year, number = map(int, month.split("-"))
    rows = rows_of(Month.of(year, number), services, caller)
    return MonthAnswer(month=month, groups=[GroupFigures.of(row) for row in rows])


def rows_of(month: Month, services: Services, caller: Caller) -> list[GroupRow]:
    """Return the figures of a month about the people whom the caller may count."""
    return indicators(list(clients_of(services.store, month, caller.scope)))
