"""Cookies of sessions, and the token that shows a request to come from our own page."""

from __future__ import annotations

from hashlib import sha256
from hmac import compare_digest, new
from typing import Final
from urllib.parse import quote, unquote

from starlette.responses import Response

#: The prefix makes browsers insist on Secure, on the path / and on no other host.
SESSION: Final = "__Host-kohtaanto"
#: While somebody is at an identity provider: what only this browser knows, and where to go then.
LOGIN: Final = "__Host-kohtaanto-login"
#: Header of requests that change something.
CSRF: Final = "X-CSRF-Token"


def give_session(response: Response, secret: str, seconds: int) -> None:
    """Let a browser keep a session, out of reach of scripts and of other sites' requests.

    ``Lax``, not ``Strict``: coming back from the identity provider begins at another site.
    """
    response.set_cookie(
        SESSION, secret, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax"
    )


def take_session(response: Response) -> None:
    """Let a browser forget its session."""
    response.delete_cookie(SESSION, path="/", secure=True, httponly=True, samesite="lax")


def give_login(response: Response, browser: str, target: str, seconds: int) -> None:
    """Let a browser keep what it brings back from an identity provider."""
    response.set_cookie(
        LOGIN,
        f"{browser}.{quote(target, safe='')}",
        max_age=seconds,
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )


def read_login(cookie: str) -> tuple[str, str]:
    """Return what `give_login` wrote; two empty texts for anything else."""
    browser, _, target = cookie.partition(".")
    return browser, unquote(target)


def take_login(response: Response) -> None:
    """Let a browser forget a login that has ended."""
    response.delete_cookie(LOGIN, path="/", secure=True, httponly=True, samesite="lax")


def csrf_token(secret: str) -> str:
    """Return the token of a session, which another site can neither read nor compute."""
    return new(secret.encode(), b"csrf", sha256).hexdigest()


def is_csrf_token(token: str, secret: str) -> bool:
    """Tell whether a token is that of a session, in a time that does not tell how close."""
    return compare_digest(token.encode(), csrf_token(secret).encode())
