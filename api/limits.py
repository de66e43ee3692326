"""How much a request may carry, and how long it may take to arrive."""

from __future__ import annotations

from typing import Final

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem

MAX_BODY: Final = 1_000_000
#: Enough for `MAX_BODY` over a bad mobile connection.
BODY_SECONDS: Final = 20.0
#: What is still to come of the body is not read.
_CLOSE: Final = {"Connection": "close"}


class BodyLimit:
    """Refuses bodies of more than `MAX_BODY` bytes, told or not told beforehand.

    One that has not arrived after `BODY_SECONDS` is refused too, so that slow callers hold
    nothing but their own connection, and that not for long.

    Parameters
    ----------
    app
        What comes after; it is given the body in one piece.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with 413 or 408, or pass the request on; forget a caller who has left."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            with anyio.fail_after(BODY_SECONDS):
                body = None if told_length(request) > MAX_BODY else await read_body(receive)
        except ClientDisconnect:
            return
        except TimeoutError:
            detail = f"The body did not arrive within {BODY_SECONDS:.0f} seconds. Send it again."
            await problem(request, 408, detail, headers=_CLOSE)(scope, receive, send)
            return
        if body is None:
            detail = f"The body has more than {MAX_BODY:,} bytes. Send fewer records at a time."
            await problem(request, 413, detail)(scope, receive, send)
            return
        await self._app(scope, _replayed(body, receive), send)


def told_length(request: Request) -> int:
    """Return how many bytes of body a request says that it carries; 0 if it does not say."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


async def read_body(receive: Receive) -> bytes | None:
    """Return the whole body, or None as soon as it is too long.

    Raises
    ------
    ClientDisconnect
        If the caller leaves before all has arrived: half a body is none.
    """
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += bytes(message.get("body", b""))
        if len(body) > MAX_BODY:
            return None
        if not message.get("more_body", False):
            return body


def _replayed(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay
