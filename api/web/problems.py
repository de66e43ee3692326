"""Errors on the way to a page are pages too, in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.cookies import SESSION
from api.errors import MEDIA_TYPE
from api.web.page import TARGET_LENGTH, Page, page_of
from api.web.unsent import Taken, is_kept
from matcher.i18n.message import ClientMessage, client_msg

#: What programs call; it answers them in their own way.
_FOR_PROGRAMS: Final = ("/v1/", "/health/", "/docs", "/openapi.json")
#: Among them, where browsers come past on the way to an identity provider and back.
_LOGIN: Final = "/v1/login"
#: Kept from the answer that the page takes the place of.
_KEPT: Final = ("Retry-After", "Allow")

_UNUSABLE: Final = (
    client_msg("Something in the address or the form cannot be used"),
    client_msg("Go back, check what you wrote and send it again."),
)
#: What went wrong and what to do now, by status.
SAID: Final[Mapping[int, tuple[ClientMessage, ClientMessage]]] = {
    400: _UNUSABLE,
    403: (
        client_msg("You may not do this"),
        client_msg("Your role does not let you in here. Go back, or sign in as somebody else."),
    ),
    404: (
        client_msg("This page is not here"),
        client_msg("It may have been removed, or it is not for you. Check the address."),
    ),
    405: (
        client_msg("This page is not here"),
        client_msg("It may have been removed, or it is not for you. Check the address."),
    ),
    408: (
        client_msg("The connection was too slow"),
        client_msg("What you sent did not arrive in time. Send it again."),
    ),
    409: (
        client_msg("Somebody else has changed this"),
        client_msg("Open the page again to see what has changed, and make your change there."),
    ),
    413: (
        client_msg("This is too much at a time"),
        client_msg("Make the text or the file smaller and send it again."),
    ),
    422: _UNUSABLE,
    429: (
        client_msg("Too many requests"),
        client_msg("Wait a minute and try again."),
    ),
    503: (
        client_msg("The service cannot do this right now"),
        client_msg("It is usually back in a moment. Nothing that you saved is lost. Try again."),
    ),
}
_STALE: Final = (
    client_msg("This page is out of date"),
    client_msg(
        "You have signed in again since it was opened, perhaps in another tab. Nothing was "
        "changed. Open the page again and repeat what you did."
    ),
)
_OTHER: Final = (
    client_msg("Something went wrong"),
    client_msg("The fault is ours, and it was noted. Try again."),
)


class ProblemPages:
    """Shows people a page where programs get a problem document.

    Parameters
    ----------
    app
        What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; put a page in the place of a problem."""
        if scope["type"] != "http" or not is_for_people(Request(scope)):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        taken = Taken(request, receive) if is_kept(request) else None
        replaced = False

        async def shown(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                headers, status = Headers(scope=message), message["status"]
                replaced = headers.get("Content-Type", "") == MEDIA_TYPE
                if replaced:
                    kept = None if taken is None else await _kept(page_of(request), status, taken)
                    page = kept or problem_page(request, status, headers)
                    await page(scope, receive, send)
            if not replaced:
                await send(message)

        await self._app(scope, receive if taken is None else taken.receive, shown)


def is_for_people(request: Request) -> bool:
    """Tell whether somebody looks at the answer."""
    path = request.url.path
    if path.startswith(_FOR_PROGRAMS) and not path.startswith(_LOGIN):
        return False
    return "text/html" in request.headers.get("Accept", "") or "HX-Request" in request.headers


def problem_page(request: Request, status: int, headers: Headers) -> Response:
    """Return the page that says what went wrong; the way to the login for who is not in."""
    page = page_of(request)
    if status == 401:
        return _to_login(page)
    is_stale = getattr(request.state, "stale_form", False)
    title, advice = _STALE if is_stale else SAID.get(status, _OTHER)
    shown = page.show("problem.html", {"title": title, "advice": advice, "status": status}, status)
    for name in _KEPT:
        if name in headers:
            shown.headers[name] = headers[name]
    return shown


async def _kept(page: Page, status: int, taken: Taken) -> Response | None:
    """Return the page that keeps what was typed into a form; None if there is nothing to keep."""
    is_stale = getattr(page.request.state, "stale_form", False)
    unsent = await taken.unsent(page.place) if status == 401 or is_stale else None
    if unsent is None:
        return None
    if page.reader is None:
        context = {"unsent": unsent, "is_person": _is_own(unsent.to)}
        shown = page.show("unsent/kept.html", context)
    elif unsent.is_of(page.reader):
        shown = page.show("unsent/send.html", {"unsent": unsent})
    else:
        return None
    # A script that asked for a part of the page gets all of it.
    shown.headers["HX-Retarget"], shown.headers["HX-Reswap"] = "body", "innerHTML"
    return shown


def _is_own(path: str) -> bool:
    """Tell whether a page is a person's own."""
    return path == "/own" or path.startswith("/own/")


def _to_login(page: Page) -> Response:
    where, no_store = _login_of(page), {"Cache-Control": "no-store"}
    if "HX-Request" in page.request.headers:
        # A redirect would be followed inside the page.
        return Response(status_code=200, headers={**no_store, "HX-Redirect": where})
    return RedirectResponse(where, 303, headers=no_store)


def _login_of(page: Page) -> str:
    """Return where whoever is not in comes in, and how the way leads back."""
    path = page.request.url.path
    place = page.place if len(page.place) <= TARGET_LENGTH else "/"
    if _is_own(path):
        # A person comes back to the first page: what opens the link is not known any more.
        return "/own/enter?ended=yes"
    if path.startswith(_LOGIN):
        query = {"to": "/", "ended": "failed"}
    elif SESSION not in page.request.cookies:
        query = {"to": place}
    else:
        # What could not be kept is lost: who comes back sees the page that the form was on.
        is_form = page.request.method != "GET"
        query = {"to": place, "ended": "unsaved" if is_form else "yes"}
    return f"/login?{urlencode(query)}"
