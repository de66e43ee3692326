"""The clients of a coach, and the front page of each."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.access import ROLES
from api.deps import CallerDep, Id, ServicesDep, TrailDep
from api.scope import readable_profile
from api.web.page import PageDep
from api.web.views.front import front_of
from api.web.views.mapping import to_ask
from api.web.views.portfolio import MAPPED, SHOWN, PortfolioAsked, portfolio
from api.web.views.tables import TABLES
from matcher.casework.mapping import is_thin

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
        "may_add": caller.role in ROLES["add_client"],
    }
    return page.show("clients/list.html", context)


# After `/clients/new`, which is nobody's id.
front = APIRouter(include_in_schema=False)


@front.get("/clients/{id}")
def show_client(id: Id, page: PageDep, services: ServicesDep, caller: CallerDep) -> Response:
    """Show what a coach needs of a client first: what is due, to be asked, new, and was said."""
    profile = readable_profile(id, services, caller)
    context = {
        "id": id,
        "front": front_of(profile, services, caller, page.lang),
        "thin": is_thin(profile),
        "unknown": [(MAPPED[part], section) for part, section in to_ask(profile)],
        **TABLES,
    }
    return page.show("clients/front.html", context)
