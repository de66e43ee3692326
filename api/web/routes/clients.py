"""The clients of a coach."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.access import ROLES
from api.deps import CallerDep, ServicesDep, TrailDep
from api.web.page import PageDep
from api.web.views.portfolio import DUE, SHOWN, PortfolioAsked, portfolio

router = APIRouter(include_in_schema=False)


@router.get("/clients")
def show_clients(
    asked: Annotated[PortfolioAsked, Query()],
    page: PageDep,
    services: ServicesDep,
    caller: CallerDep,
    trail: TrailDep,
) -> Response:
    """Show the clients whom the caller sees, what is due first before all."""
    found = portfolio(asked, services, caller, trail, page.lang)
    context = {
        "asked": asked,
        "found": found,
        "choices": SHOWN,
        "named": bool(caller.grant.name),
        "topics": DUE,
        "may_add": caller.role in ROLES["add_client"],
    }
    return page.show("clients/list.html", context)
