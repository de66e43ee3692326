"""Coming in and leaving: by a link and a code, and who one is."""

from __future__ import annotations

from datetime import timedelta
from secrets import token_urlsafe
from typing import Annotated, Final

from fastapi import APIRouter, Body, Request
from starlette.responses import JSONResponse, Response

from api import examples
from api.cookies import SESSION, csrf_token, give_session, take_session
from api.deps import CallerDep, ServicesDep
from api.errors import AuthenticationError
from api.responses import OPEN_PROBLEMS, problems
from api.schemas.sessions import Entry, SessionAnswer
from matcher.domain.access import NAMED_PURPOSES

entrance = APIRouter(prefix="/v1", tags=["access"])
router = APIRouter(prefix="/v1", tags=["access"])
EntryBody = Annotated[Entry, Body(openapi_examples=examples.ENTRIES)]
#: How long a person stays in, in seconds; often at a computer that others use too.
PERSON_SECONDS: Final = 30 * 60
_SECRET_BYTES: Final = 32
_ENTER_PROBLEMS: Final = OPEN_PROBLEMS | {
    status: problems(400)[status] for status in (400, 401, 403, 422)
}


@entrance.post("/enter", response_model=SessionAnswer, responses=_ENTER_PROBLEMS)
def enter(body: EntryBody, request: Request, services: ServicesDep) -> Response:
    """Let a person in by the link and the code that the coach handed over.

    Five wrong codes in a row shut the link. A session that the browser had before ends.
    """
    now = services.clock()
    entered = services.store.links.enter(body.link, body.code.replace(" ", ""), now)
    if entered is None:
        raise AuthenticationError(
            "Link and code do not let anybody in.",
            remedy="Check the code, or ask your coach for a new link.",
        )
    link, grant = entered
    end_session_of(request, services)
    secret = token_urlsafe(_SECRET_BYTES)
    until = now + timedelta(seconds=PERSON_SECONDS)
    services.store.sessions.open(link, grant, secret, now=now, until=until)
    answer = SessionAnswer.of(grant, NAMED_PURPOSES.get(grant.role, ()), csrf_token(secret))
    response = JSONResponse(answer.model_dump(mode="json"), headers={"Cache-Control": "no-store"})
    give_session(response, secret, PERSON_SECONDS)
    return response


@router.get("/session", responses=problems())
def read_session(request: Request, caller: CallerDep) -> SessionAnswer:
    """Tell who is calling, and the token that changes have to carry."""
    secret = request.cookies.get(SESSION) if caller.identity.session else None
    csrf = None if secret is None else csrf_token(secret)
    return SessionAnswer.of(caller.grant, NAMED_PURPOSES.get(caller.role, ()), csrf)


@router.delete("/session", status_code=204, responses=problems())
def end_session(request: Request, services: ServicesDep, caller: CallerDep) -> Response:
    """Leave: the session ends at once. A key or a token stays valid."""
    if caller.identity.session:
        services.store.sessions.revoke(caller.identity.session, services.clock())
    response = Response(status_code=204)
    take_session(response)
    return response


def end_session_of(request: Request, services: ServicesDep) -> None:
    """End the session that a browser brings along to a new one, if it has any."""
    now = services.clock()
    before = services.store.sessions.find(request.cookies.get(SESSION, ""), now)
    if before is not None:
        services.store.sessions.revoke(before.id, now)
