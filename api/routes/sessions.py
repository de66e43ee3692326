"""Coming in and leaving: by a link and a code, and who one is."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Body, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api import examples
from api.cookies import SESSION, csrf_token, give_session, take_session
from api.deps import CallerDep, ServicesDep
from api.entry import PERSON_SECONDS, leave, open_session
from api.errors import AuthenticationError
from api.responses import OPEN_PROBLEMS, problems
from api.schemas.sessions import Entry, Left, SessionAnswer
from matcher.domain.access import NAMED_PURPOSES

entrance = APIRouter(prefix="/v1", tags=["access"])
router = APIRouter(prefix="/v1", tags=["access"])
EntryBody = Annotated[Entry, Body(openapi_examples=examples.ENTRIES)]
_ENTER_PROBLEMS: Final = OPEN_PROBLEMS | {
    status: problems(400)[status] for status in (400, 401, 403, 422, 429)
}


@entrance.post("/enter", response_model=SessionAnswer, responses=_ENTER_PROBLEMS)
def enter(body: EntryBody, request: Request, services: ServicesDep) -> Response:
    """Let a person in by the link and the code that the coach handed over.

    Five wrong codes in a row shut the link. A session that the browser had before ends.
    """
    code = body.code.replace(" ", "")
    entered = services.store.links.enter(body.link, code, services.clock())
    if entered is None:
        raise AuthenticationError(
            "Link and code do not let anybody in.",
            remedy="Check the code, or ask your coach for a new link.",
        )
    link, grant = entered
    secret = open_session(request, services, link, grant, PERSON_SECONDS)
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


@router.delete("/session", response_model=Left, responses=problems())
async def end_session(services: ServicesDep, caller: CallerDep) -> Response:
    """Leave: the session ends at once. A key or a token stays valid.

    Who came in at an identity provider is told where to log out there, too.
    """
    await run_in_threadpool(leave, caller, services)
    doors = services.doors
    in_session = caller.identity.session
    farewell = await doors.aside(doors.farewell, caller.id) if in_session else None
    response = JSONResponse(Left(farewell=farewell).model_dump())
    take_session(response)
    return response
