"""The identity providers of a running service, and who their tokens say is calling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import httpx2

from api.access import Identity
from api.errors import AuthenticationError
from api.identity.providers import Providers
from api.identity.tokens import Verifier, Verifiers
from matcher.errors import NotFoundError
from matcher.store.sessions import Revocations

_CALLBACK: Final = "/v1/login/callback"


@dataclass(frozen=True, slots=True)
class Doors:
    """What lets users of identity providers in.

    Parameters
    ----------
    verifiers
        Of the tokens of all providers.
    back
        Address to which providers send browsers back.
    """

    verifiers: Verifiers
    back: str

    def identify(self, token: str, revocations: Revocations) -> Identity:
        """Return who a token says is calling.

        Raises
        ------
        AuthenticationError
            If it is not valid, or was revoked, or all of its subject were.
        ForbiddenError
            If it gives no role here.
        NotReadyError
            If the provider's keys cannot be read.
        """
        verifier = self.verifiers.of(token)
        provider = verifier.provider
        claims = verifier.claims(token, provider.audience)
        caller, id = provider.caller(claims), provider.token(claims)
        if revocations.any_of([caller] if id is None else [caller, id]):
            raise AuthenticationError("The token was revoked.", remedy="Ask the operator.")
        return Identity(caller, provider.grant(claims))

    @property
    def names(self) -> list[str]:
        """The providers at which pages log in."""
        return self.verifiers.pages

    def of(self, name: str) -> Verifier:
        """Return the provider at which pages log in.

        Raises
        ------
        NotFoundError
            If there is none of that name, or it has no pages' login.
        """
        found = self.verifiers.named(name)
        if found is None or not found.provider.client_id:
            raise NotFoundError("identity provider", name)
        return found


def open_doors(
    providers: Providers | None, client: httpx2.Client, clock: Callable[[], datetime]
) -> Doors:
    """Return what lets the users of some providers in; of none, nobody."""
    if providers is None:
        return Doors(Verifiers([]), "")
    verifiers = [Verifier(each, client, clock) for each in providers.provider]
    return Doors(Verifiers(verifiers), providers.url.rstrip("/") + _CALLBACK)
