"""How often one caller may ask, and how often one address may try to come in.

Counted by each process for itself: with several, a caller may ask as often at each.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network, ip_address
from threading import Lock
from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access import OPEN
from api.errors import problem

#: Where somebody tries to come in whom nobody knows yet.
ENTRANCES: Final = frozenset(OPEN[name] for name in ("enter", "begin_login", "finish_login"))
#: Who has one IPv6 address has all of its network (RFC 6177).
_NETWORK_BITS: Final = 64
_MINUTE: Final = 60.0


class Attempts:
    """Counts attempts of each of many in the last minute; those that it refuses do not count.

    Safe across threads. It keeps the moments of one minute and no more. `limits` 5.8, which is
    made for this, forgets old ones in a thread that it starts a hundred times a second, and the
    loop that serves everybody waits for each start.

    Parameters
    ----------
    per_minute
        How many each has.
    clock
        Returns seconds that never go back.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._made: dict[str, deque[float]] = {}
        self._swept = clock()
        self._lock = Lock()

    def allow(self, who: str) -> bool:
        """Count an attempt; tell whether it may be made."""
        with self._lock:
            now = self._clock()
            if now - self._swept >= _MINUTE:
                self._sweep(now)
            made = self._made.setdefault(who, deque())
            _forget(made, now)
            if len(made) >= self.per_minute:
                return False
            made.append(now)
            return True

    def seconds(self, who: str) -> int:
        """Return after how many seconds somebody who was refused may try again."""
        with self._lock:
            made, now = self._made.get(who), self._clock()
            return max(1, math.ceil(made[0] + _MINUTE - now)) if made else 1

    def _sweep(self, now: float) -> None:
        """Forget who has not tried for a minute."""
        self._made = {who: made for who, made in self._made.items() if made[-1] > now - _MINUTE}
        self._swept = now


def _forget(made: deque[float], now: float) -> None:
    while made and made[0] <= now - _MINUTE:
        made.popleft()


class RateLimit:
    """Refuses a caller who has asked too often in the last minute, and an address that tries to.

    Parameters
    ----------
    app
        What comes after; it is given requests whose caller is known, or that are open to all.
        Of those only attempts to come in are counted.
    per_minute
        How many requests a caller has.
    entries_per_minute
        How many attempts to come in an address has.
    """

    def __init__(self, app: ASGIApp, per_minute: int, entries_per_minute: int) -> None:
        self._app = app
        self._requests = Attempts(per_minute)
        self._entries = Attempts(entries_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with 429 and when to come back, or pass the request on."""
        refusal = self._refusal(Request(scope)) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, request: Request) -> ASGIApp | None:
        caller = getattr(request.state, "identity", None)
        if caller is not None:
            return _unless_allowed(request, self._requests, caller.id)
        if request.url.path in ENTRANCES:
            return _unless_allowed(request, self._entries, address(request))
        return None


def address(request: Request) -> str:
    """Return the address that a request came from, of IPv6 its network; empty if unknown.

    It is the one that the server tells: behind a proxy the last one that it was told by a proxy
    that the server trusts (``FORWARDED_ALLOW_IPS``), never one that a caller made up.
    """
    host = request.client.host if request.client else ""
    try:
        parsed = ip_address(host)
    except ValueError:
        return host
    if isinstance(parsed, IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped or IPv6Network((int(parsed), _NETWORK_BITS), strict=False))
    return host


def _unless_allowed(request: Request, attempts: Attempts, who: str) -> ASGIApp | None:
    if attempts.allow(who):
        return None
    detail = f"More than {attempts.per_minute:,} requests in a minute. Ask again in a while."
    headers = {"Retry-After": str(attempts.seconds(who))}
    return problem(request, 429, detail, headers=headers)
