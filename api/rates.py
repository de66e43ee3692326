"""How often one caller may ask.

Counted by each process for itself: with several, a caller may ask as often at each.
"""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import problem

#: Attempts to come in that one address has in a minute.
_ATTEMPTS = 10


class Attempts:
    """Counts attempts to come in, so that nobody tries out keys."""

    def __init__(self) -> None:
        self._item = RateLimitItemPerMinute(_ATTEMPTS)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def allow(self, address: str) -> bool:
        """Count an attempt from an address; tell whether it may be made."""
        return self._limiter.hit(self._item, address)


class RateLimit:
    """Refuses a caller who has asked too often in the last minute.

    Parameters
    ----------
    app
        What comes after; it is given requests whose caller is known, or that are open to all,
        which are not counted.
    per_minute
        How many requests a caller has.
    """

    def __init__(self, app: ASGIApp, per_minute: int) -> None:
        self._app = app
        self._item = RateLimitItemPerMinute(per_minute)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with 429 and when to come back, or pass the request on."""
        if scope["type"] == "http":
            request = Request(scope)
            caller = getattr(request.state, "identity", None)
            if caller is not None and not self._limiter.hit(self._item, caller.id):
                await self._refusal(request, caller.id)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _refusal(self, request: Request, caller: str) -> ASGIApp:
        resets_at, _ = self._limiter.get_window_stats(self._item, caller)
        seconds = max(1, math.ceil(resets_at - time.time()))
        detail = f"More than {self._item.amount:,} requests in a minute. Ask again in a while."
        return problem(request, 429, detail, headers={"Retry-After": str(seconds)})
