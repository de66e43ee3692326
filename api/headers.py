"""What every answer tells the browser not to do with it.

References
----------
OWASP Secure Headers Project, and for an API that answers with data the REST Security Cheat
Sheet, section "Security Headers".
"""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
#: Data runs nothing and is framed by nobody.
_DATA: Final = "default-src 'none'; frame-ancestors 'none'"
#: The documentation page starts its own script in the page, and draws icons as data.
_DOCS: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_POLICY: Final = "Content-Security-Policy"
REFERRER: Final = "Referrer-Policy"
#: Half a year, in seconds.
_TLS_ONLY: Final = "max-age=15768000"


class SecurityHeaders:
    """Adds the headers; a page that needs a policy of its own sets it before.

    Parameters
    ----------
    app
        The whole service.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its answer back with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_ALWAYS)
                headers.setdefault(_POLICY, _policy(scope["path"]))
                headers.setdefault(REFERRER, "no-referrer")
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = _TLS_ONLY
            await send(message)

        await self._app(scope, receive, guarded)


def _policy(path: str) -> str:
    return _DOCS if path == "/docs" else _DATA
