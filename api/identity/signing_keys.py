"""The public keys of an identity provider: kept for a while, read anew when they rotate."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from matcher.errors import NotReadyError

_LOG = logging.getLogger("api.identity")
#: A token with a key that nobody knows, or a provider that is down, causes no more than one
#: request in so long.
PAUSE: Final = timedelta(seconds=30)
#: Kinds of keys that sign in the algorithms we accept; never a shared secret.
_KINDS: Final = frozenset({"RSA", "EC"})


@dataclass(frozen=True, slots=True)
class _Read:
    """Keys, and when they were read."""

    keys: KeySet
    at: datetime


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
        self._clock = clock
        self._fresh = fresh
        self._stale = stale
        self._lock = Lock()
        self._read: _Read | None = None
        self._tried: datetime | None = None

    def with_key(self, kid: str | None) -> KeySet:
        """Return the keys, read anew if they are old or the one that is asked for is not known.

        Raises
        ------
        NotReadyError
            If they cannot be read, and those at hand are older than allowed or there are none.
        """
        with self._lock:
            now, read = self._clock(), self._read
            is_wanting = read is None or now - read.at > self._fresh or not _has(read.keys, kid)
            if is_wanting and (self._tried is None or now - self._tried >= PAUSE):
                self._tried = now
                self._read = self._anew(now) or read
            read = self._read
        if read is None or now - read.at > self._stale:
            raise NotReadyError(
                "The identity provider's keys cannot be read.", remedy="Try again in a while."
            )
        return read.keys

    def _anew(self, now: datetime) -> _Read | None:
        try:
            told = self._fetch()
            usable = [key for key in told["keys"] if key.get("kty") in _KINDS]
            return _Read(KeySet.import_key_set({"keys": usable}), now)
        except (JoseError, NotReadyError, LookupError, TypeError, ValueError) as error:
            _LOG.warning("The keys of an identity provider cannot be read: %s", error)
            return None


def _has(keys: KeySet, kid: str | None) -> bool:
    return kid is None or any(key.kid == kid for key in keys)
