"""One night at a time, each step written down, so that a killed night can be taken up."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter

from matcher.domain.calendar import finnish_day
from matcher.errors import MatcherError
from matcher.store.runs import Run, Step, StepState
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


class NightLock:
    """The lock of the night, held.

    Parameters
    ----------
    store
        Keeps it.
    clock
        Tells the time.
    holder
        Who has taken it.
    """

    def __init__(self, store: Store, clock: Clock, holder: str) -> None:
        self._store = store
        self._clock = clock
        self._holder = holder
        self._last = clock()

    def beat(self) -> None:
        """Tell that the night is alive, if it is time to."""
        if self._clock() - self._last >= BEAT_EVERY:
            self.confirm()

    def confirm(self) -> None:
        """Tell that the night is alive, before it does what only the holder may do.

        Raises
        ------
        StoreError
            If another night has taken the lock.
        """
        self._last = self._clock()
        self._store.runs.heartbeat(KIND, self._holder, self._last)


@contextmanager
def night_lock(store: Store, clock: Clock) -> Iterator[NightLock]:
    """Hold the lock of the night.

    Raises
    ------
    StoreError
        If another night holds it: who, where and since when.
    """
    holder = f"night {secrets.token_hex(4)}"
    store.runs.acquire(KIND, holder, clock(), STALE_AFTER)
    try:
        yield NightLock(store, clock, holder)
    finally:
        store.runs.release(KIND, holder)


def is_over(store: Store, clock: Clock) -> bool:
    """Return whether a night of today was published, so that there is none to take up."""
    last = store.runs.latest(KIND)
    today = finnish_day(clock())
    return (
        last is not None
        and last.state == NightState.PUBLISHED
        and finnish_day(last.started_at) == today
    )


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
        self._steps = _standing(run.steps)

    @classmethod
    def open(cls, store: Store, clock: Clock, start: Start) -> Journal:
        """Begin a night, or take up the last one if that is wanted and possible.

        Only the holder of the lock may call this: any other night that seems to run is dead.
        """
        last, now = store.runs.latest(KIND), clock()
        if last is not None and last.state in _UNFINISHED:
            if start is Start.RESUME and finnish_day(last.started_at) == finnish_day(now):
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

        The steps after one that is done again are done again as well.

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
        self._steps = _before_again(self._steps, name)
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

    def failed(self, name: str) -> bool:
        """Return whether a step failed, or gave nothing complete, before this process."""
        return self._last(name, "failed") is not None

    def finish(self, state: NightState, report: Mapping[str, Any]) -> None:
        """Close the night."""
        self._store.runs.finish(self.run_id, state, report, self._now())

    def _last(self, name: str, state: str) -> Mapping[str, Any] | None:
        found = [
            step.detail
            for step in self._steps
            if step.name == name and step.state == state and (step.detail or state == "done")
        ]
        return found[-1] if found else None

    def _now(self) -> datetime:
        return self._clock()


def _standing(steps: Sequence[Step]) -> list[Step]:
    """Leave out what was done with the outcome of a step that was done again later."""
    standing: list[Step] = []
    for step in steps:
        # A step begins without details; with them it only notes how far it has come.
        if step.state == "started" and not step.detail:
            standing = _before_again(standing, step.name)
        standing.append(step)
    return standing


def _before_again(steps: Sequence[Step], name: str) -> list[Step]:
    """Leave out the steps after one that is about to be done again."""
    names = list(dict.fromkeys(step.name for step in steps))
    later = set(names[names.index(name) + 1 :]) if name in names else set()
    return [step for step in steps if step.name not in later]
