"""Tokens of identity providers: signature, issuer, audience and times, or nothing."""

from __future__ import annotations

import json
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import httpx2
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jws import JWSRegistry
from joserfc.util import urlsafe_b64decode

from api.errors import AuthenticationError
from api.identity.providers import Provider
from api.identity.remote import Remote
from api.identity.signing_keys import SigningKeys

#: A token has three parts; an API key has none of these.
_DOTS: Final = 2
_LONGEST: Final = 16_000
_REFUSED: Final = "The token is not valid for this service."
_REMEDY: Final = "Log in again."


class Verifier:
    """Reads the tokens of one provider.

    Parameters
    ----------
    provider
        Which one.
    client
        Asks it for its keys.
    clock
        Returns the time in UTC.
    """

    def __init__(
        self, provider: Provider, client: httpx2.Client, clock: Callable[[], datetime]
    ) -> None:
        self.provider = provider
        self.remote = Remote(provider, client, clock)
        self._clock = clock
        self._keys = SigningKeys(
            self.remote.keys,
            clock,
            fresh=timedelta(minutes=provider.fresh_minutes),
            stale=timedelta(minutes=provider.stale_minutes),
        )

    def claims(self, token: str, audience: str) -> Mapping[str, Any]:
        """Return what a token says, if all of it holds now.

        Raises
        ------
        AuthenticationError
            If signature, issuer, audience or a time is not as it should be.
        NotReadyError
            If the provider's keys cannot be read.
        """
        header, _ = _peek(token)
        kid = header.get("kid")
        keys = self._keys.with_key(kid if isinstance(kid, str) else None)
        algorithms = self.provider.algorithms
        try:
            # Which algorithms count is ours to say, never the token's: no "none", no HS256
            # over a public key.
            registry = JWSRegistry(algorithms=algorithms, strict_check_header=False)
            claims = jwt.decode(token, keys, algorithms=algorithms, registry=registry).claims
            self._registry(audience).validate(claims)
        except (JoseError, ValueError) as error:
            raise AuthenticationError(_REFUSED, remedy=_REMEDY) from error
        return claims

    def _registry(self, audience: str) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            now=int(self._clock().timestamp()),
            leeway=self.provider.skew_seconds,
            iss={"essential": True, "value": self.provider.issuer},
            aud={"essential": True, "value": audience},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )


class Verifiers:
    """The providers of an installation.

    Parameters
    ----------
    verifiers
        One for each.
    """

    def __init__(self, verifiers: Sequence[Verifier]) -> None:
        self._by_issuer = {each.provider.issuer: each for each in verifiers}

    def of(self, token: str) -> Verifier:
        """Return who can say whether a token is valid.

        Raises
        ------
        AuthenticationError
            If its issuer is not known here, or it is no token at all.
        """
        issuer = _peek(token)[1].get("iss")
        found = self._by_issuer.get(issuer) if isinstance(issuer, str) else None
        if found is None:
            raise AuthenticationError(_REFUSED, remedy=_REMEDY)
        return found

    @property
    def pages(self) -> list[str]:
        """Names of the providers that have a login for pages."""
        return [each.provider.name for each in self._by_issuer.values() if each.provider.client_id]

    def named(self, name: str) -> Verifier | None:
        """Return a provider by its name; None if there is none."""
        return next((each for each in self._by_issuer.values() if each.provider.name == name), None)


def is_token(secret: str) -> bool:
    """Tell whether a bearer's secret is a token and not an API key."""
    return secret.count(".") == _DOTS


def _peek(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return header and claims as they are written, before anybody knows whether they hold."""
    if len(token) > _LONGEST or not is_token(token):
        raise AuthenticationError(_REFUSED, remedy=_REMEDY)
    try:
        header, claims, _ = token.split(".")
        parts = [json.loads(urlsafe_b64decode(part.encode())) for part in (header, claims)]
    except (Base64Error, ValueError, RecursionError) as error:
        raise AuthenticationError(_REFUSED, remedy=_REMEDY) from error
    if not all(isinstance(part, dict) for part in parts):
        raise AuthenticationError(_REFUSED, remedy=_REMEDY)
    return parts[0], parts[1]
