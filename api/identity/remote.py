"""What is asked of an identity provider over the network: configuration, keys, tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import httpx2
from joserfc.jwk import KeySetSerialization

from api.identity.providers import Provider, over_tls
from matcher.errors import NotReadyError

#: Opens what asks identity providers.
Outgoing = Callable[[], httpx2.Client]
TIMEOUT: Final = httpx2.Timeout(5.0)
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
    """

    def __init__(self, provider: Provider, client: httpx2.Client) -> None:
        self._provider = provider
        self._client = client

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
        where = f"{self._provider.issuer.rstrip('/')}/.well-known/openid-configuration"
        told = self._document("GET", where)
        address = told.get(name)
        if told.get("issuer") != self._provider.issuer or not isinstance(address, str):
            raise _unusable(self._provider)
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

    def _document(
        self, method: str, address: str, form: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        try:
            response = self._client.request(method, address, data=form)
            if response.status_code != 200 or len(response.content) > _MAX_BYTES:
                raise _unusable(self._provider)
            document = response.json()
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            raise _unusable(self._provider) from error
        if not isinstance(document, dict):
            raise _unusable(self._provider)
        return document


def _unusable(provider: Provider) -> NotReadyError:
    return NotReadyError(
        f"The identity provider {provider.name} does not answer as it should.",
        remedy="Try again in a while.",
    )
