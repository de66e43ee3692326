"""What an identity provider tells of itself: kept for a while, asked for anew in one flight.

A provider that hangs holds up nobody for longer than `PATIENCE`, and only one thread of its own.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Lock, Thread
from typing import Final, Generic, TypeVar

from matcher.errors import NotReadyError

T = TypeVar("T")
_LOG = logging.getLogger("api.identity")
#: A token with a key that nobody knows, or a provider that is down, causes no more than one
#: request in so long.
PAUSE: Final = timedelta(seconds=30)
#: Seconds that all who want the same answer wait for it, from when it was asked for: with
#: `PAUSE`, a provider that hangs costs its users at most two seconds of thirty.
PATIENCE: Final = 2.0


@dataclass(frozen=True, slots=True)
class _Answer(Generic[T]):
    """What was told, and when it was asked for."""

    what: T
    at: datetime


@dataclass(frozen=True, slots=True)
class _Flight:
    """A question under way."""

    over: Event = field(default_factory=Event)
    until: float = field(default_factory=lambda: time.monotonic() + PATIENCE)

    def wait(self) -> None:
        """Return when it is over, or has taken too long; the answer may come later."""
        self.over.wait(max(0.0, self.until - time.monotonic()))


class Told(Generic[T]):
    """One thing that a provider tells; may be shared by threads.

    Parameters
    ----------
    ask
        Asks for it; raises `NotReadyError` if there is no usable answer.
    clock
        Returns the time.
    fresh, stale
        When it is asked for again, and how long it is used if that fails.
    """

    def __init__(
        self,
        ask: Callable[[], T],
        clock: Callable[[], datetime],
        *,
        fresh: timedelta,
        stale: timedelta,
    ) -> None:
        self._ask = ask
        self._clock = clock
        self._fresh = fresh
        self._stale = stale
        self._lock = Lock()
        self._answer: _Answer[T] | None = None
        self._flight: _Flight | None = None
        self._tried: datetime | None = None

    def latest(self, is_enough: Callable[[T], bool]) -> T:
        """Return what was told last, asked for anew if it is old or not enough.

        Raises
        ------
        NotReadyError
            If there is no answer, or none that is young enough.
        """
        flight = self._flight_for(is_enough)
        if flight is not None:
            flight.wait()
        answer = self._answer
        if answer is None or self._clock() - answer.at > self._stale:
            raise NotReadyError(
                "The identity provider does not answer.", remedy="Try again in a while."
            )
        return answer.what

    def _flight_for(self, is_enough: Callable[[T], bool]) -> _Flight | None:
        """Return what is to be waited for; whoever comes first after a pause sends it off."""
        with self._lock:
            now, answer = self._clock(), self._answer
            if answer and now - answer.at <= self._fresh and is_enough(answer.what):
                return None
            if self._tried is None or now - self._tried >= PAUSE:
                self._tried, self._flight = now, _Flight()
                Thread(target=self._send, args=(now, self._flight), daemon=True).start()
            return self._flight

    def _send(self, now: datetime, flight: _Flight) -> None:
        try:
            self._answer = _Answer(self._ask(), now)
        except NotReadyError as error:
            _LOG.warning("An identity provider cannot be asked: %s", error)
        finally:
            flight.over.set()
