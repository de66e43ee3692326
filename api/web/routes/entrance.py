"""Coming in with a key or at an identity provider, leaving, and the language."""

from __future__ import annotations

from typing import Annotated, Final, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.cookies import give_session, take_session
from api.deps import CallerDep, ServicesDep
from api.entry import STAFF_SECONDS, leave, open_session
from api.identity.login import local_path
from api.rates import address
from api.web.forms import MISSING, Form, FormDep, check_same_site
from api.web.languages import remember
from api.web.navigation import tabs_of
from api.web.page import TARGET_LENGTH, Page, PageDep
from matcher.domain.access import Role
from matcher.i18n.message import client_msg, msg
from matcher.i18n.tongue import Tongue

router = APIRouter(include_in_schema=False)
#: How one comes to the login: the session ended, with a change that was not saved, or the
#: identity provider let nobody in.
Ended = Literal["", "yes", "unsaved", "failed"]
Target = Annotated[str, Query(max_length=TARGET_LENGTH)]
#: The identity provider of who has just left.
Left = Annotated[str, Query(max_length=100)]
_SameSite = Depends(check_same_site)
_UNKNOWN: Final = msg("This key lets nobody in. Check it, or ask for a new one.")
_WAIT: Final = msg("Too many attempts. Wait a minute and try again.")
_LEFT: Final = client_msg("You have signed out.")
_MAX_KEY: Final = 200


@router.get("/")
def show_home(page: PageDep, caller: CallerDep) -> Response:
    """Send everybody to their own first page."""
    tabs = tabs_of(caller.role)
    return page.go(tabs[0].path) if tabs else page.show("home.html")


@router.get("/login")
def show_login(
    page: PageDep, services: ServicesDep, to: Target = "/", ended: Ended = "", left: Left = ""
) -> Response:
    """Show how one comes in, and to who has just left where to log out as well."""
    return _login(page, services, Form.of({"to": local_path(to)}), ended=ended, left=left)


@router.post("/login", dependencies=[_SameSite])
def sign_in(page: PageDep, form: FormDep, request: Request, services: ServicesDep) -> Response:
    """Open a session for who types a valid key."""
    secret, to = form.text("key"), local_path(form.text("to") or "/")
    # Nothing else that was sent is shown again.
    again = Form.of({"to": to})
    if not services.attempts.allow(address(request)):
        return _login(page, services, again.wrong({"key": _WAIT}), status=429)
    key = services.store.keys.find(secret) if 0 < len(secret) <= _MAX_KEY else None
    if key is None:
        error = _UNKNOWN if secret else MISSING
        return _login(page, services, again.wrong({"key": error}), status=422)
    opened = open_session(request, services, key.id, key.grant, STAFF_SECONDS)
    response = page.go(to)
    give_session(response, opened, STAFF_SECONDS)
    return response


@router.post("/logout")
def sign_out(page: PageDep, caller: CallerDep, services: ServicesDep) -> Response:
    """End the session."""
    leave(caller, services)
    response = page.go(_exit(caller, services), done=page.said(_LEFT))
    take_session(response)
    return response


@router.post("/language", dependencies=[_SameSite])
def choose_language(page: PageDep, form: FormDep) -> Response:
    """Remember the language of the reader, and go back to the page."""
    response = page.go(local_path(form.text("to") or "/"))
    chosen = form.text("language")
    if chosen in list(Tongue):
        remember(response, Tongue(chosen))
    return response


def _exit(caller: CallerDep, services: ServicesDep) -> str:
    """Return where whoever leaves comes to.

    A form may not lead to another site, so that the way to the provider is a link. The page
    is told whose it is, not where: nobody else can make it lead anywhere.
    """
    if caller.role is Role.PERSON:
        return "/own/enter"
    if services.doors.farewell(caller.id) is None:
        return "/login"
    return f"/login?{urlencode({'left': caller.id.partition(':')[0]})}"


def _login(
    page: Page,
    services: ServicesDep,
    form: Form,
    *,
    status: int = 200,
    ended: Ended = "",
    left: str = "",
) -> Response:
    context = {
        "form": form,
        "ended": ended,
        "left": left,
        "farewell": services.doors.farewell(left) if left else None,
        "providers": services.doors.names,
    }
    return page.show("login.html", context, status)
