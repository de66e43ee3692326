"""What is asked of an identity provider over the network: configuration, keys, tokens."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import httpx2
from joserfc.jwk import KeySetSerialization

from api.identity.providers import Provider, over_tls
from api.identity.told import Told
from matcher.errors import NotReadyError

#: Opens what asks identity providers.
Outgoing = Callable[[], httpx2.Client]
#: Seconds for every step of a request, and for all of an answer.
_SECONDS: Final = 5.0
TIMEOUT: Final = httpx2.Timeout(_SECONDS)
#: More than any provider has to say.
_MAX_BYTES: Final = 1_000_000


def outgoing() -> httpx2.Client:
    """Return what asks identity providers: in seconds or not at all, and nobody else."""
    return httpx2.Client(timeout=TIMEOUT, follow_redirects=False)


class Remote:
    """One identity provider as it answers.

    Parameters
    ----------
    provider
        Which one.
    client
        Sends requests; follows no redirects.
    clock
        Returns the time in UTC.
    """

    def __init__(
        self, provider: Provider, client: httpx2.Client, clock: Callable[[], datetime]
    ) -> None:
        self._provider = provider
        self._client = client
        self._configuration = Told(
            self._read_configuration,
            clock,
            fresh=timedelta(minutes=provider.fresh_minutes),
            stale=timedelta(minutes=provider.stale_minutes),
        )

    def keys(self) -> KeySetSerialization:
        """Return the key set.

        Raises
        ------
        NotReadyError
            If the provider does not answer as it should.
        """
        found: Any = self._document("GET", self.endpoint("jwks_uri"))
        keys: KeySetSerialization = found
        return keys

    def endpoint(self, name: str) -> str:
        """Return an address of the provider's configuration, as ``"token_endpoint"``.

        Raises
        ------
        NotReadyError
            If the provider does not answer as it should, or speaks for another issuer.
        """
        address = self.endpoint_if_any(name)
        if address is None:
            raise _unusable(self._provider)
        return address

    def endpoint_if_any(self, name: str) -> str | None:
        """Return an address of the provider's configuration; None if it names none.

        Raises
        ------
        NotReadyError
            If the provider does not answer as it should, or speaks for another issuer.
        """
        address = self._configuration.latest(lambda _: True).get(name)
        if not isinstance(address, str):
            return None
        try:
            return over_tls(address)
        except ValueError as error:
            raise _unusable(self._provider) from error

    def exchange(self, form: Mapping[str, str]) -> dict[str, Any]:
        """Return what the provider gives for the code of a login.

        Raises
        ------
        NotReadyError
            If the provider does not answer as it should.
        """
        secret = self._provider.client_secret_file
        sent = dict(form)
        if secret is not None:
            sent["client_secret"] = secret.read_text("utf-8").strip()
        return self._document("POST", self.endpoint("token_endpoint"), sent)

    def _read_configuration(self) -> Mapping[str, Any]:
        where = f"{self._provider.issuer.rstrip('/')}/.well-known/openid-configuration"
        told = self._document("GET", where)
        if told.get("issuer") != self._provider.issuer:
            raise _unusable(self._provider)
        return told

    def _document(
        self, method: str, address: str, form: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        try:
            with self._client.stream(method, address, data=form) as response:
                if response.status_code != 200:
                    raise _unusable(self._provider)
                document = json.loads(_body(response))
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, RecursionError) as error:
            raise _unusable(self._provider) from error
        if not isinstance(document, dict):
            raise _unusable(self._provider)
        return document


def _body(response: httpx2.Response) -> bytes:
    """Return what is answered.

    Raises
    ------
    ValueError
        If it is too much, or takes too long: a client's timeout counts anew with each byte.
    """
    until, body = time.monotonic() + _SECONDS, b""
    for part in response.iter_bytes():
        body += part
        if len(body) > _MAX_BYTES or time.monotonic() > until:
            raise ValueError("The answer has no end.")
    return body


def _unusable(provider: Provider) -> NotReadyError:
    return NotReadyError(
        f"The identity provider {provider.name} does not answer as it should.",
        remedy="Try again in a while.",
    )
