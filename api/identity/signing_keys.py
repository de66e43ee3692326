"""The public keys of an identity provider: kept for a while, read anew when they rotate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from api.identity.told import Told
from matcher.errors import NotReadyError

#: Kinds of keys that sign in the algorithms we accept; never a shared secret.
_KINDS: Final = frozenset({"RSA", "EC"})


class SigningKeys:
    """The keys of one provider; may be shared by threads.

    Parameters
    ----------
    fetch
        Reads the key set; raises `NotReadyError` if it cannot.
    clock
        Returns the time.
    fresh, stale
        When keys are read again, and how long they are used if that fails.
    """

    def __init__(
        self,
        fetch: Callable[[], KeySetSerialization],
        clock: Callable[[], datetime],
        *,
        fresh: timedelta,
        stale: timedelta,
    ) -> None:
        self._fetch = fetch
        self._told = Told(self._read, clock, fresh=fresh, stale=stale)

    def with_key(self, kid: str | None) -> KeySet:
        """Return the keys, read anew if they are old or the one that is asked for is not known.

        Raises
        ------
        NotReadyError
            If they cannot be read, and those at hand are older than allowed or there are none.
        """
        return self._told.latest(lambda keys: _has(keys, kid))

    def _read(self) -> KeySet:
        try:
            told = self._fetch()
            usable = [key for key in told["keys"] if key.get("kty") in _KINDS]
            return KeySet.import_key_set({"keys": usable})
        except (JoseError, LookupError, TypeError, ValueError) as error:
            raise NotReadyError(
                "The identity provider's keys cannot be read.", remedy="Try again in a while."
            ) from error


def _has(keys: KeySet, kid: str | None) -> bool:
    return kid is None or any(key.kid == kid for key in keys)
