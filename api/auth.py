"""Who is calling: API keys, asked for before anything of a request is read."""

from __future__ import annotations

from typing import Final

from fastapi.security import HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access import OPEN, Caller
from api.errors import AuthenticationError, answer
from api.state import Services
from matcher.errors import MatcherError

_OPEN_PATHS: Final = frozenset(OPEN.values())

#: Only documents the scheme; `Authentication` does the work.
bearer = HTTPBearer(
    auto_error=False,
    scheme_name="API key",
    description="The secret that `matcher key create` printed, as in `Authorization: Bearer …`.",
)


class Authentication:
    """Lets a request through only if its path is open to all or its key is valid.

    It stands before routing and before the body is read: an address that somebody adds
    tomorrow needs a key as well. Identity providers will enter here, as another way to a
    `Caller`.

    Parameters
    ----------
    app
        What comes after.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with 401, or pass the request on with its caller."""
        if scope["type"] == "http" and scope["path"] not in _OPEN_PATHS:
            request = Request(scope)
            try:
                request.state.caller = await run_in_threadpool(_identify, request)
            except MatcherError as error:
                await (await answer(request, error))(scope, receive, send)
                return
            send = _not_kept(send)
        await self._app(scope, receive, send)


def _not_kept(send: Send) -> Send:
    """Tell browsers and proxies to keep no copy of what only this caller may see."""

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Cache-Control"] = "no-store"
        await send(message)

    return marked


def _identify(request: Request) -> Caller:
    services: Services = request.state.services
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.casefold() != "bearer" or not secret.strip():
        raise AuthenticationError(
            "The request carries no key.", remedy="Send the header Authorization: Bearer <secret>."
        )
    # Asked anew each time, so that a revoked key is refused from the next request on.
    key = services.store.keys.find(secret.strip())
    if key is None:
        raise AuthenticationError(
            "The key is unknown or revoked.", remedy="Ask the operator for a new one."
        )
    return Caller(key.id, key.role, key.municipalities)
