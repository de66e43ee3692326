"""Who is calling: keys, tokens and sessions, asked for before anything of a request is read."""

from __future__ import annotations

from typing import Final

from anyio import CapacityLimiter, to_thread
from fastapi.security import HTTPBearer
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access import CONFLICT, OPEN, Caller, Identity
from api.cookies import SESSION
from api.errors import AuthenticationError, answer
from api.identity.tokens import is_token
from api.state import Services
from matcher.errors import MatcherError

#: Callers that are looked up at once, and those whom identity providers vouch for.
_THREADS: Final = 2
_TOKEN_THREADS: Final = 2
_OPEN_PATHS: Final = frozenset(OPEN.values())
_OPEN_FOLDER: Final = "/static/"

#: Only documents the scheme; `Authentication` does the work.
bearer = HTTPBearer(
    auto_error=False,
    scheme_name="API key",
    description="The secret that `matcher key create` printed, as in `Authorization: Bearer …`; "
    "or an access token of an identity provider.",
)


class Authentication:
    """Lets a request through only if its path is open to all or somebody known sent it.

    It stands before routing and before the body is read: an address that somebody adds
    tomorrow needs a key as well.

    Parameters
    ----------
    app
        What comes after.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        # Of their own: who only wants to know where its key stands does not wait for lists.
        self._threads = CapacityLimiter(_THREADS)
        # And who waits for an identity provider that hangs holds up nobody else.
        self._token_threads = CapacityLimiter(_TOKEN_THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with 401 or 403, or pass the request on with who sent it."""
        if scope["type"] == "http" and not _is_open(scope["path"]):
            request = Request(scope)
            by_token = is_token(request.headers.get("Authorization", ""))
            threads = self._token_threads if by_token else self._threads
            try:
                request.state.identity = await to_thread.run_sync(
                    _identify, request, limiter=threads
                )
            except MatcherError as error:
                await (await answer(request, error))(scope, receive, send)
                return
            send = _marked(request, send)
        await self._app(scope, receive, send)


def _is_open(path: str) -> bool:
    return path in _OPEN_PATHS or path.startswith(_OPEN_FOLDER)


def _marked(request: Request, send: Send) -> Send:
    """Tell browsers and proxies to keep no copy, and the caller of a conflict of interest."""

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Cache-Control"] = "no-store"
            caller: Caller | None = getattr(request.state, "caller", None)
            if caller is not None and caller.conflict:
                headers[CONFLICT] = "same-organisation"
        await send(message)

    return marked


def _identify(request: Request) -> Identity:
    # Asked anew each time, so that what is revoked is refused from the next request on.
    header = request.headers.get("Authorization")
    if header is None and SESSION in request.cookies:
        return _from_session(request)
    scheme, _, secret = (header or "").partition(" ")
    if scheme.casefold() != "bearer" or not secret.strip():
        raise AuthenticationError(
            "The request carries no key.", remedy="Send the header Authorization: Bearer <secret>."
        )
    secret = secret.strip()
    return _from_token(request, secret) if is_token(secret) else _from_key(request, secret)


def _from_key(request: Request, secret: str) -> Identity:
    services: Services = request.state.services
    key = services.store.keys.find(secret)
    if key is None:
        raise AuthenticationError(
            "The key is unknown or revoked.", remedy="Ask the operator for a new one."
        )
    return Identity(key.id, key.grant)


def _from_token(request: Request, token: str) -> Identity:
    services: Services = request.state.services
    return services.doors.identify(token, services.store.revocations)


def _from_session(request: Request) -> Identity:
    services: Services = request.state.services
    secret = request.cookies[SESSION]
    session = services.store.sessions.find(secret, services.clock())
    if session is None:
        raise AuthenticationError("The session has ended.", remedy="Come in again.")
    return Identity(session.caller, session.grant, session.id)
