"""What is logged of a request: who, which operation, how it ended; nothing about a person.

Paths hold ids of persons and query strings may hold anything, so neither is written: the
route's pattern stands for both. An unforeseen error is logged as the places it passed
through, without its message, which may quote a record.
"""

from __future__ import annotations

import logging
import time
import traceback
from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import answer
from matcher.errors import MatcherError

ACCESS: Final = logging.getLogger("api.access")
FAILURES: Final = logging.getLogger("api.failures")


class RequestLog:
    """Writes one line a request, and turns what nobody foresaw into a problem document.

    Parameters
    ----------
    app
        The whole service.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and log how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, _plainly(send))
            return
        started = time.perf_counter()
        statuses: list[int] = []

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 - the last stop before the caller
            FAILURES.error("%s at %s", type(error).__name__, _places(error))
            if not statuses:
                request = Request(scope)
                await (await answer(request, error))(scope, receive, watched)
        _log(scope, statuses, time.perf_counter() - started)


def _plainly(send: Send) -> Send:
    """Shorten what the server prints if the start fails for a reason that was foreseen."""

    async def shorten(message: Message) -> None:
        last = message.get("message", "").strip().rpartition("\n")[2]
        foreseen = last.startswith(MatcherError.__module__)
        failed = message["type"] == "lifespan.startup.failed"
        await send({**message, "message": last} if failed and foreseen else message)

    return shorten


def _log(scope: Scope, statuses: list[int], seconds: float) -> None:
    route = getattr(scope.get("route"), "path", "-")
    identity = getattr(Request(scope).state, "identity", None)
    who = f"{identity.grant.role}:{identity.id}" if identity else "-"
    status = statuses[0] if statuses else 0
    ACCESS.info("%s %s %d %.0f ms %s", scope["method"], route, status, seconds * 1000, who)


def _places(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return " > ".join(f"{frame.name}:{frame.lineno}" for frame in frames[-8:])
