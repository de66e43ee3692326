"""Going on with a form that was refused because the session had ended."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.deps import CallerDep
from api.web.forms import FormDep, check_same_site
from api.web.page import PageDep
from api.web.unsent import FIELD, PATH, Unsent
from matcher.i18n.message import client_msg

router = APIRouter(include_in_schema=False)
_SameSite = Depends(check_same_site)
_IN: Final = (
    client_msg("You have signed in"),
    client_msg("Close this tab, and go on in the one with what you had written."),
)
_UNUSABLE: Final = (
    client_msg("Nothing is left to save"),
    client_msg("What was written here cannot be used, or somebody else wrote it. Begin again."),
)


@router.get(PATH)
def show_signed_in(page: PageDep, caller: CallerDep) -> Response:
    """Tell who has signed in beside a refused form to go back to it."""
    return page.show("problem.html", {"title": _IN[0], "advice": _IN[1]})


@router.post(PATH, dependencies=[_SameSite])
def show_unsent(page: PageDep, caller: CallerDep, form: FormDep) -> Response:
    """Show a refused form to who had filled it in, ready to be sent again; nothing is changed."""
    unsent = Unsent.read(form.text(FIELD))
    if unsent is None or not unsent.is_of(caller.identity):
        return page.show("problem.html", {"title": _UNUSABLE[0], "advice": _UNUSABLE[1]}, 422)
    return page.show("unsent/send.html", {"unsent": unsent})
