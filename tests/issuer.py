"""A tiny identity provider for tests and for trying the login by hand; it lets everybody in.

It is no part of the service: nothing in ``api`` or ``matcher`` imports it. By hand::

    .venv/bin/python -m tests.issuer          # serves http://127.0.0.1:9000
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from secrets import token_hex
from typing import Any
from urllib.parse import parse_qs, urlencode

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from matcher.domain.calendar import utc_now

Key = RSAKey | ECKey


def new_key(algorithm: str = "ES256") -> Key:
    """A key with a name, to sign with."""
    kid = token_hex(4)
    if algorithm == "RS256":
        return RSAKey.generate_key(2048, {"alg": algorithm, "use": "sig", "kid": kid})
    return ECKey.generate_key("P-256", {"alg": algorithm, "use": "sig", "kid": kid})


@dataclass
class Issuer:
    """An identity provider.

    Parameters
    ----------
    issuer, audience, client_id
        As in the file of providers.
    users
        Claims of those who may log in, by the code that stands for them.
    keys
        The first one signs; all are published.
    asked
        What was asked for, in order.
    is_down
        Whether it answers nothing but 503.
    ends_sessions
        Whether one can log out at it.
    begun
        Logins that wait for their code to be brought.
    clock
        Returns the time in UTC.
    """

    issuer: str = "https://login.example"
    audience: str = "kohtaanto"
    client_id: str = "kohtaanto-pages"
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    keys: list[Key] = field(default_factory=lambda: [new_key()])
    asked: list[str] = field(default_factory=list)
    is_down: bool = False
    ends_sessions: bool = True
    begun: dict[str, Mapping[str, str]] = field(default_factory=dict)
    clock: Callable[[], datetime] = utc_now

    def token(self, key: Key | None = None, /, **claims: Any) -> str:
        """An access token for this service, or what the claims make of it."""
        now = int(self.clock().timestamp())
        told = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": "aino",
            "jti": token_hex(8),
            "iat": now,
            "exp": now + 300,
            **claims,
        }
        signing = key or self.keys[0]
        header = {"alg": str(signing.alg), "kid": str(signing.kid)}
        kept = {name: value for name, value in told.items() if value is not None}
        return jwt.encode(header, kept, signing, algorithms=[header["alg"]])

    @property
    def app(self) -> Starlette:
        """The provider as it answers."""
        routes = [
            Route("/.well-known/openid-configuration", self._configuration),
            Route("/jwks", self._jwks),
            Route("/authorize", self._authorize),
            Route("/token", self._token, methods=["POST"]),
        ]
        return Starlette(routes=routes)

    async def _configuration(self, request: Request) -> Response:
        paths = {
            "jwks_uri": "jwks",
            "authorization_endpoint": "authorize",
            "token_endpoint": "token",
        }
        if self.ends_sessions:
            paths["end_session_endpoint"] = "logout"
        addresses = {name: f"{self.issuer}/{path}" for name, path in paths.items()}
        return self._answer("configuration", {"issuer": self.issuer, **addresses})

    async def _jwks(self, request: Request) -> Response:
        return self._answer("jwks", dict(KeySet(list(self.keys)).as_dict()))

    async def _authorize(self, request: Request) -> Response:
        """Log the first user in, as a person at the provider's page would."""
        code = next(iter(self.users))
        self.begun[code] = dict(request.query_params)
        query = urlencode({"state": request.query_params["state"], "code": code})
        return RedirectResponse(f"{request.query_params['redirect_uri']}?{query}", 303)

    async def _token(self, request: Request) -> Response:
        form = {
            name: values[0] for name, values in parse_qs((await request.body()).decode()).items()
        }
        begun = self.begun.pop(form["code"], {})
        digest = sha256(form["code_verifier"].encode()).digest()
        challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
        if challenge != begun.get("code_challenge"):
            return JSONResponse({"error": "invalid_grant"}, 400)
        claims = {"aud": self.client_id, "nonce": begun["nonce"], **self.users[form["code"]]}
        return self._answer("token", {"id_token": self.token(**claims)})

    def _answer(self, asked: str, document: dict[str, Any]) -> Response:
        self.asked.append(asked)
        return JSONResponse(document, 503 if self.is_down else 200)


def main() -> None:
    """Serve a provider that lets one coach in, on this machine only."""
    import uvicorn

    coach = {"sub": "aino", "roles": ["coach"], "name": "Aino"}
    issuer = Issuer("http://127.0.0.1:9000", users={"code-of-aino": coach})
    print(issuer.token(**coach))  # noqa: T201 - what to send as a bearer
    uvicorn.run(issuer.app, host="127.0.0.1", port=9000)


if __name__ == "__main__":
    main()
