"""How much a request may carry."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem

MAX_BODY: Final = 1_000_000


class BodyLimit:
    """Refuses bodies of more than `MAX_BODY` bytes, told or not told beforehand.

    Parameters
    ----------
    app
        What comes after; it is given the body in one piece.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with 413, or pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        body = None if _told(request) > MAX_BODY else await _read(receive)
        if body is None:
            detail = f"The body has more than {MAX_BODY:,} bytes. Send fewer records at a time."
            await problem(request, 413, detail)(scope, receive, send)
            return
        await self._app(scope, _replayed(body, receive), send)


def _told(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


async def _read(receive: Receive) -> bytes | None:
    """Return the whole body, or None as soon as it is too long."""
    body = b""
    while True:
        message = await receive()
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
