"""Which trainings open which jobs to a client."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.deps import Id
from api.routes.upskill import read_upskill
from api.schemas.upskill import UpskillAnswer
from api.scope import check_profile
from api.web.desk import Desk, DeskDep
from api.web.page import PageDep
from api.web.views.gains import COLUMNS, HEIGHT, WIDTH, columns, gains
from api.web.views.tables import TABLES
from matcher.errors import NotFoundError

router = APIRouter(prefix="/clients/{id}", include_in_schema=False)


@router.get("/upskill")
def show_upskill(id: Id, page: PageDep, desk: DeskDep) -> Response:
    """Show what each training opens, before and after."""
    found = _advised(id, desk)
    context = {
        "id": id,
        "found": found,
        "gains": gains(found.trainings) if found else (),
        "columns": list(zip(COLUMNS, columns(), strict=True)),
        "width": WIDTH,
        "height": HEIGHT,
        **TABLES,
    }
    return page.show("upskill/trainings.html", context)


def _advised(id: str, desk: Desk) -> UpskillAnswer | None:
    """Return what is advised; None if only the night can find it, and has not."""
    check_profile(desk.caller, id, desk.services)
    try:
        return read_upskill(
            id,
            services=desk.services,
            index=desk.index,
            caller=desk.caller,
            trail=desk.trail,
            lang=desk.lang,
        )
    except NotFoundError:
        return None
