"""How a client comes in to the own pages: a link and a code, handed over two ways."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from api.access import Caller
from api.deps import CallerDep, Id, ServicesDep
from api.routes.staff import create_link, end_links, list_links
from api.schemas.sessions import MadeLink, NewLink
from api.state import Services
from api.web.forms import CHOOSE, Form, FormDep
from api.web.page import Page, PageDep
from matcher.i18n.message import client_msg, msg

router = APIRouter(prefix="/clients/{id}", include_in_schema=False)
#: How many days a link may let in; the first is proposed.
DAYS: Final = (30, 7, 90)
_ENDED: Final = msg("The link lets nobody in any more.")
#: What the client reads on paper.
_PAPER: Final = {
    "title": client_msg("Your own page"),
    "where": client_msg("Open this address on your phone or computer:"),
    "code": client_msg("Then type the code that your coach gives you."),
    "until": client_msg("The link works until {day}."),
}


@router.get("/link")
def show_link(id: Id, page: PageDep, services: ServicesDep, caller: CallerDep) -> Response:
    """Show the links that were made for a client, and offer to make one."""
    return _shown(id, page, services, caller, Form.of({"days": str(DAYS[0])}))


@router.post("/link")
def make_link(
    id: Id, page: PageDep, form: FormDep, services: ServicesDep, caller: CallerDep
) -> Response:
    """Make a link and a code, which are shown this once; those before end at once."""
    days = {str(each): each for each in DAYS}.get(form.text("days"))
    if days is None:
        return _shown(id, page, services, caller, form.wrong({"days": CHOOSE}), status=422)
    made = create_link(id, NewLink(days=days), services, caller)
    return _shown(id, page, services, caller, form, made=made)


@router.post("/link/end")
def end_link(id: Id, page: PageDep, services: ServicesDep, caller: CallerDep) -> Response:
    """Let nobody in by the client's links any more; who is in is out."""
    end_links(id, services, caller)
    return page.go(f"/clients/{id}/link", done=page.words(_ENDED))


def _shown(
    id: str,
    page: Page,
    services: Services,
    caller: Caller,
    form: Form,
    *,
    made: MadeLink | None = None,
    status: int = 200,
) -> Response:
    links = list_links(id, services, caller)
    now = services.clock()
    context = {
        "id": id,
        "form": form,
        "days": DAYS,
        "made": made,
        "address": f"{page.request.base_url}own/enter?link={made.link}" if made else "",
        "holding": [one for one in links if not one.is_shut and one.expires_at > now],
        "texts": _PAPER,
    }
    return page.show("clients/link.html", context, status)
