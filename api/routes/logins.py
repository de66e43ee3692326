"""Logins of pages at an identity provider: there and back, and in with a new session."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from api.cookies import LOGIN, give_login, give_session, read_login, take_login
from api.deps import ServicesDep
from api.entry import STAFF_SECONDS, open_session
from api.errors import AuthenticationError
from api.identity.login import PATIENCE, begin, finish, local_path
from api.responses import OPEN_PROBLEMS, Responses, problems
from api.state import Services

router = APIRouter(prefix="/v1/login", tags=["access"])
_THERE: Final[Responses] = {303: {"description": "The browser goes on from here"}}
_PROBLEMS: Final[Responses] = (
    OPEN_PROBLEMS
    | {status: problems(400, 404)[status] for status in (400, 401, 403, 404, 422, 429)}
    | _THERE
)
ProviderName = Annotated[
    str, Query(description="Name of the identity provider", pattern=r"^[a-z0-9]{1,40}$")
]
Target = Annotated[str, Query(description="Path of this service to go to then", max_length=500)]
Brought = Annotated[str, Query(min_length=1, max_length=4000, pattern=r"^[\x20-\x7e]+$")]


@router.get("", status_code=303, response_class=Response, responses=_PROBLEMS)
async def begin_login(services: ServicesDep, provider: ProviderName, to: Target = "/") -> Response:
    """Send a browser to an identity provider."""
    return await services.doors.aside(_begun, services, provider, to)


@router.get("/callback", status_code=303, response_class=Response, responses=_PROBLEMS)
async def finish_login(
    request: Request, services: ServicesDep, state: Brought, code: Brought
) -> Response:
    """Let in whom an identity provider sends back, in a new session.

    A session that the browser had before ends.
    """
    return await services.doors.aside(_finished, request, services, state, code)


def _begun(services: Services, provider: str, to: str) -> Response:
    verifier = services.doors.of(provider)
    now = services.clock()
    begun = begin(verifier, services.doors.back, now)
    services.store.logins.begin(begun.login, now)
    response = RedirectResponse(begun.address, 303, headers={"Cache-Control": "no-store"})
    give_login(response, begun.browser, local_path(to), int(PATIENCE.total_seconds()))
    return response


def _finished(request: Request, services: Services, state: str, code: str) -> Response:
    now = services.clock()
    browser, target = read_login(request.cookies.get(LOGIN, ""))
    login = services.store.logins.end(state, browser, now)
    if login is None:
        raise AuthenticationError(
            "This login was not begun here, has come back already, or took too long.",
            remedy="Begin again.",
        )
    verifier = services.doors.of(login.issuer)
    claims = finish(verifier, login, code, services.doors.back)
    caller = verifier.provider.caller(claims)
    grant = verifier.provider.grant(claims)
    if services.store.revocations.any_of([caller]):
        raise AuthenticationError("Your access was revoked.", remedy="Ask the operator.")
    secret = open_session(request, services, caller, grant, STAFF_SECONDS)
    response = RedirectResponse(local_path(target), 303, headers={"Cache-Control": "no-store"})
    give_session(response, secret, STAFF_SECONDS)
    take_login(response)
    return response
