"""The clients of a coach."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.deps import After, CallerDep, ServicesDep, TrailDep
from api.routes.profiles import list_profiles
from api.web.page import PageDep

router = APIRouter(include_in_schema=False)


@router.get("/clients")
def show_clients(
    page: PageDep, services: ServicesDep, caller: CallerDep, trail: TrailDep, after: After = ""
) -> Response:
    """Show the clients whom the caller sees."""
    found = list_profiles(services, caller, trail, after)
    return page.show("clients/list.html", {"clients": found.items, "next": found.next})
