"""Logins at an identity provider: authorization code with PKCE, bound to one browser."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from api.errors import AuthenticationError
from api.identity.tokens import Verifier
from matcher.store.logins import Login
from matcher.store.secrets import hashed

#: How long somebody may take at the identity provider.
PATIENCE: Final = timedelta(minutes=10)
_BYTES: Final = 32
_FAILED: Final = "The login did not come to an end."
_REMEDY: Final = "Begin again."


@dataclass(frozen=True, slots=True)
class Begun:
    """A login that has begun.

    Parameters
    ----------
    address
        Where the browser goes.
    browser
        What only this browser knows; it brings it back.
    login
        What is stored until then.
    """

    address: str
    browser: str
    login: Login


def begin(verifier: Verifier, back: str, now: datetime) -> Begun:
    """Return a new login.

    Parameters
    ----------
    verifier
        Of the provider.
    back
        Address to which the provider sends the browser back.
    now
        When it begins.

    Raises
    ------
    NotReadyError
        If the provider does not answer as it should.

    References
    ----------
    RFC 7636 (PKCE); OpenID Connect Core 1.0, section 3.1.
    """
    state, browser, nonce, secret = (token_urlsafe(_BYTES) for _ in range(4))
    query = {
        "response_type": "code",
        "client_id": verifier.provider.client_id,
        "redirect_uri": back,
        "scope": "openid",
        "state": state,
        "nonce": nonce,
        "code_challenge": _challenge(secret),
        "code_challenge_method": "S256",
    }
    login = Login(
        state_hash=hashed(state),
        browser_hash=hashed(browser),
        issuer=verifier.provider.name,
        nonce=nonce,
        verifier=secret,
        expires_at=now + PATIENCE,
    )
    where = verifier.remote.endpoint("authorization_endpoint")
    return Begun(_with_query(where, query), browser, login)


def finish(verifier: Verifier, login: Login, code: str, back: str) -> Mapping[str, Any]:
    """Return what the provider says of who has logged in.

    Parameters
    ----------
    verifier
        Of the provider.
    login
        What was stored when it began.
    code
        What the browser brought back.
    back
        As in `begin`.

    Raises
    ------
    AuthenticationError
        If the provider gives no token for the code, or one of another login.
    NotReadyError
        If it does not answer as it should.
    """
    provider = verifier.provider
    given = verifier.remote.exchange(
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": provider.client_id,
            "code_verifier": login.verifier,
        }
    )
    token = given.get("id_token")
    if not isinstance(token, str):
        raise AuthenticationError(_FAILED, remedy=_REMEDY)
    claims = verifier.claims(token, provider.client_id)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not compare_digest(nonce.encode(), login.nonce.encode()):
        raise AuthenticationError(_FAILED, remedy=_REMEDY)
    return claims


def farewell(verifier: Verifier) -> str | None:
    """Return where a browser ends its session at the provider; None if there is no such place.

    The token of the login is not sent along, since it is not kept: a provider may ask the user
    whether to log out.

    Raises
    ------
    NotReadyError
        If the provider does not answer as it should.

    References
    ----------
    OpenID Connect RP-Initiated Logout 1.0, section 2.
    """
    where = verifier.remote.endpoint_if_any("end_session_endpoint")
    if where is None:
        return None
    query = {"client_id": verifier.provider.client_id}
    if verifier.provider.left_url is not None:
        query["post_logout_redirect_uri"] = verifier.provider.left_url
    return _with_query(where, query)


def local_path(target: str) -> str:
    """Return a path of this service to go to after a login; anything else becomes its root."""
    is_local = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if is_local and target.isascii() and target.isprintable() else "/"


def _with_query(where: str, query: Mapping[str, str]) -> str:
    joint = "&" if urlsplit(where).query else "?"
    return f"{where}{joint}{urlencode(query)}"


def _challenge(secret: str) -> str:
    return urlsafe_b64encode(sha256(secret.encode()).digest()).rstrip(b"=").decode()
