"""Coming in and leaving: the session that a login, a link or a typed key opens."""

from __future__ import annotations

from datetime import timedelta
from secrets import token_urlsafe
from typing import Final

from starlette.requests import Request

from api.access import Caller
from api.cookies import SESSION
from api.state import Services
from matcher.domain.access import Grant

#: How long a session of staff lasts, in seconds: a working day.
STAFF_SECONDS: Final = 8 * 60 * 60
#: How long a person stays in, in seconds; often at a computer that others use too.
PERSON_SECONDS: Final = 30 * 60
_SECRET_BYTES: Final = 32


def open_session(
    request: Request, services: Services, caller: str, grant: Grant, seconds: int
) -> str:
    """Open a session, and end the one that the browser had before.

    Returns
    -------
    str
        The secret, for the cookie.
    """
    now = services.clock()
    before = services.store.sessions.find(request.cookies.get(SESSION, ""), now)
    if before is not None:
        services.store.sessions.revoke(before.id, now)
    secret = token_urlsafe(_SECRET_BYTES)
    until = now + timedelta(seconds=seconds)
    services.store.sessions.open(caller, grant, secret, now=now, until=until)
    return secret


def leave(caller: Caller, services: Services) -> None:
    """End the session of a caller at once; a key or a token stays valid.

    The cookie is for the answer to take (`take_session`), and where to log out at the identity
    provider is told by `Doors.farewell`.
    """
    if caller.identity.session:
        services.store.sessions.revoke(caller.identity.session, services.clock())
