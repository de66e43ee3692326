"""The identity providers of a running service, and who their tokens say is calling."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final, ParamSpec, TypeVar

import httpx2
from anyio import CapacityLimiter, to_thread

from api.access import Identity
from api.errors import AuthenticationError
from api.identity.login import farewell
from api.identity.providers import Providers
from api.identity.tokens import Verifier, Verifiers
from matcher.errors import NotFoundError, NotReadyError
from matcher.store.sessions import Revocations

_CALLBACK: Final = "/v1/login/callback"
#: Browsers that are on their way to or from a provider at once.
_THREADS: Final = 4
_LOG = logging.getLogger("api.identity")
A = ParamSpec("A")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Doors:
    """What lets users of identity providers in.

    Parameters
    ----------
    verifiers
        Of the tokens of all providers.
    back
        Address to which providers send browsers back.
    threads
        What waits for a provider: of their own, so that nobody else waits for one that hangs.
    """

    verifiers: Verifiers
    back: str
    threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_THREADS))

    async def aside(self, call: Callable[A, T], *args: A.args, **kwargs: A.kwargs) -> T:
        """Call what may wait for a provider in a thread of those set aside for it."""
        return await to_thread.run_sync(partial(call, *args, **kwargs), limiter=self.threads)

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

    def farewell(self, caller: str) -> str | None:
        """Return where a browser goes to end a user's session at the provider as well.

        None for who did not come in at one, or if it offers no such address or cannot be asked
        now: to leave here depends on nobody else.

        Parameters
        ----------
        caller
            Whose session has ended here.
        """
        verifier = self.verifiers.named(caller.partition(":")[0])
        if verifier is None:
            return None
        try:
            return farewell(verifier)
        except NotReadyError as error:
            _LOG.warning("Somebody is logged out here only: %s", error)
            return None


def open_doors(
    providers: Providers | None, client: httpx2.Client, clock: Callable[[], datetime]
) -> Doors:
    """Return what lets the users of some providers in; of none, nobody."""
    if providers is None:
        return Doors(Verifiers([]), "")
    verifiers = [Verifier(each, client, clock) for each in providers.provider]
    return Doors(Verifiers(verifiers), providers.url.rstrip("/") + _CALLBACK)
