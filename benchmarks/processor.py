"""How much processor time a process has used when, with all that it has begun."""

from __future__ import annotations

from bisect import bisect_left
from contextlib import suppress
from datetime import UTC, datetime
from threading import Event, Thread
from types import TracebackType
from typing import Final

import psutil

#: Seconds between two looks.
_EVERY: Final = 0.2


class ProcessorClock:
    """Looks again and again at what a process and its children have used, until it is left.

    Parameters
    ----------
    pid
        Of the process.
    """

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._moments: list[datetime] = []
        self._used: list[float] = []
        self._ended = Event()
        self._thread = Thread(target=self._watch)

    def __enter__(self) -> ProcessorClock:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def at(self, moment: datetime) -> float:
        """Return the seconds used up to a moment, as of the first look after it."""
        place = bisect_left(self._moments, moment)
        return self._used[min(place, len(self._used) - 1)] if self._used else 0.0

    def _watch(self) -> None:
        while not self._ended.wait(_EVERY):
            with suppress(psutil.Error):
                used = _used(self._process)
                # What a child has used is its parent's only once the parent has seen its end.
                self._used.append(max([used, *self._used[-1:]]))
                self._moments.append(datetime.now(UTC))


def _used(process: psutil.Process) -> float:
    times = process.cpu_times()
    total = times.user + times.system + times.children_user + times.children_system
    for child in process.children(recursive=True):
        with suppress(psutil.Error):
            of_child = child.cpu_times()
            total += of_child.user + of_child.system
    return float(total)
