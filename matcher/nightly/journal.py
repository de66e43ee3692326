"""One night at a time, each step written down, so that a killed night can be taken up."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter

from matcher.errors import MatcherError
from matcher.store.runs import Run, StepState
from matcher.store.store import Store

KIND: Final = "nightly"
BEAT_EVERY: Final = timedelta(seconds=10)
STALE_AFTER: Final = timedelta(minutes=15)

Clock = Callable[[], datetime]
T = TypeVar("T")


class Start(StrEnum):
    """Whether to begin a night, or to take up one of the same day that did not finish."""

    FRESH = "fresh"
    RESUME = "resume"


class NightState(StrEnum):
    """How a night stands, or ended."""

    RUNNING = "running"
    FAILED = "failed"
    REFUSED = "refused"
    PUBLISHED = "published"
    ABANDONED = "abandoned"
    REHEARSED = "rehearsed"


_UNFINISHED: Final = frozenset({NightState.RUNNING, NightState.FAILED, NightState.REFUSED})


@contextmanager
def night_lock(store: Store, clock: Clock) -> Iterator[Callable[[], None]]:
    """Hold the lock of the night; yields a function that tells that the night is alive.

    Raises
    ------
    StoreError
        If another night holds it: who, where and since when.
    """
    holder = f"night {secrets.token_hex(4)}"
    last = clock()
    store.runs.acquire(KIND, holder, last, STALE_AFTER)

    def beat() -> None:
        nonlocal last
        now = clock()
        if now - last >= BEAT_EVERY:
            store.runs.heartbeat(KIND, holder, now)
            last = now

    try:
        yield beat
    finally:
        store.runs.release(KIND, holder)


class Journal:
    """The journal of one night.

    Parameters
    ----------
    store
        Keeps it.
    clock
        Tells the time.
    run
        The night, with what was written so far.
    """

    def __init__(self, store: Store, clock: Clock, run: Run) -> None:
        self._store = store
        self._clock = clock
        self._run = run

    @classmethod
    def open(cls, store: Store, clock: Clock, start: Start) -> Journal:
        """Begin a night, or take up the last one if that is wanted and possible.

        Only the holder of the lock may call this: any other night that seems to run is dead.
        """
        last, now = store.runs.latest(KIND), clock()
        if last is not None and last.state in _UNFINISHED:
            if start is Start.RESUME and last.started_at.date() == now.date():
                return cls(store, clock, last)
            store.runs.finish(last.id, NightState.ABANDONED, last.report, now)
        return cls(store, clock, store.runs.get(store.runs.start(KIND, now)))

    @property
    def run_id(self) -> str:
        """Id of the night."""
        return self._run.id

    @property
    def started_at(self) -> datetime:
        """When the night began; a night that was taken up keeps its beginning."""
        return self._run.started_at

    def step(
        self,
        name: str,
        result: type[T],
        work: Callable[[], T],
        complete: Callable[[T], bool] = lambda _: True,
    ) -> T:
        """Do a step and write it down, or return what it gave when it was done before.

        Parameters
        ----------
        name
            Of the step.
        result
            A dataclass: what the step gives, kept in the journal.
        work
            Does the step; must be harmless to repeat.
        complete
            Whether the step is done with that result, asked again when the night is taken
            up; else it is repeated then.
        """
        adapter = TypeAdapter(result)
        known = self._last(name, "done")
        if known is not None and complete(before := adapter.validate_python(known)):
            return before
        self.note(name, {})
        try:
            given = work()
        except MatcherError as error:
            self._store.runs.step(self.run_id, name, "failed", {"error": str(error)}, self._now())
            self.finish(NightState.FAILED, {"step": name, "error": str(error)})
            raise
        state: StepState = "done" if complete(given) else "failed"
        detail = adapter.dump_python(given, mode="json")
        self._store.runs.step(self.run_id, name, state, detail, self._now())
        return given

    def note(self, name: str, detail: Mapping[str, Any]) -> None:
        """Write down how far a step has come."""
        self._store.runs.step(self.run_id, name, "started", detail, self._now())

    def noted(self, name: str) -> Mapping[str, Any]:
        """Return what was last noted of a step before this process; empty if nothing was."""
        return self._last(name, "started") or {}

    def finish(self, state: NightState, report: Mapping[str, Any]) -> None:
        """Close the night."""
        self._store.runs.finish(self.run_id, state, report, self._now())

    def _last(self, name: str, state: str) -> Mapping[str, Any] | None:
        found = [
            step.detail
            for step in self._run.steps
            if step.name == name and step.state == state and (step.detail or state == "done")
        ]
        return found[-1] if found else None

    def _now(self) -> datetime:
        return self._clock()
