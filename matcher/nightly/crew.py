"""Several processes beside this one that work on the shards of a night."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Final, Generic, Self, TypeVar

from matcher.errors import NotReadyError

#: So many times processes may die before a night gives up.
LOSSES: Final = 3
#: New objects before the youngest are looked through, and rounds before older ones are.
_SELDOM: Final = 50_000, 20, 50
_Shard = TypeVar("_Shard")
_Result = TypeVar("_Result")


def collect_seldom() -> None:
    """Let this process look for cycles of objects seldom: what a night makes stays.

    Looking through all of it as often as Python does by itself took a fifth of the time that
    lists take. Objects that are in no cycle go at once, as ever.
    """
    gc.set_threshold(*_SELDOM)


def few_here(
    here: Callable[[Iterable[_Shard]], Iterator[_Result]],
    there: Callable[[Iterable[_Shard]], Iterator[_Result]],
    few: int,
    size: Callable[[_Shard], int],
) -> Callable[[Iterable[_Shard]], Iterator[_Result]]:
    """Have few shards worked on here: processes take longer to begin than little work takes.

    Parameters
    ----------
    here, there
        Work on shards in this process, and in others; with the same results.
    few
        Up to so much work is done here.
    size
        How much a shard is.
    """

    def results(shards: Iterable[_Shard]) -> Iterator[_Result]:
        left, first, found = iter(shards), list[_Shard](), 0
        for shard in left:
            first.append(shard)
            found += size(shard)
            if found > few:
                return there(chain(first, left))
        return here(first)

    return results


class Processes:
    """Processes of a night: begun when there is work, and kept until they are let go.

    Parameters
    ----------
    workers
        How many; the shards are the same however many there are.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.let_go()

    def work(
        self, work: Callable[[_Shard], _Result]
    ) -> Callable[[Iterable[_Shard]], Iterator[_Result]]:
        """Have shards worked on; results come back in their order.

        Parameters
        ----------
        work
            Is sent to every process with each shard.

        Raises
        ------
        NotReadyError
            If processes die again and again; one that does is replaced, and its shards are
            worked on anew.
        """

        def results(shards: Iterable[_Shard]) -> Iterator[_Result]:
            waiting = _Waiting(work, self)
            try:
                for shard in shards:
                    waiting.begin(shard)
                    if len(waiting) > 2 * self._workers:
                        yield waiting.next()
                while len(waiting):
                    yield waiting.next()
            finally:
                if len(waiting):
                    self.let_go()

        return results

    def work_last(
        self, work: Callable[[_Shard], _Result]
    ) -> Callable[[Iterable[_Shard]], Iterator[_Result]]:
        """Have shards worked on as by `work`, then let the processes go."""

        def results(shards: Iterable[_Shard]) -> Iterator[_Result]:
            try:
                yield from self.work(work)(shards)
            finally:
                self.let_go()

        return results

    def submit(self, work: Callable[[_Shard], _Result], shard: _Shard) -> Future[_Result]:
        """Have a shard worked on.

        Raises
        ------
        BrokenProcessPool
            If a process has died.
        """
        if self._pool is None:
            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(self._workers, context, initializer=_begin)
        return self._pool.submit(work, shard)

    def let_go(self) -> None:
        """End the processes, and with them what they keep open; shards that wait are dropped."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


class _Waiting(Generic[_Shard, _Result]):
    """Shards that are worked on, in their order."""

    def __init__(self, work: Callable[[_Shard], _Result], processes: Processes) -> None:
        self._work = work
        self._processes = processes
        self._lost = 0
        self._shards: deque[tuple[_Shard, Future[_Result]]] = deque()

    def __len__(self) -> int:
        return len(self._shards)

    def begin(self, shard: _Shard) -> None:
        try:
            future = self._processes.submit(self._work, shard)
        except BrokenProcessPool as error:
            # Told when it is this shard's turn: those before it broke as well.
            future = Future()
            future.set_exception(error)
        self._shards.append((shard, future))

    def next(self) -> _Result:
        while True:
            try:
                result = self._shards[0][1].result()
            except BrokenProcessPool as error:
                self._replace(error)
            else:
                self._shards.popleft()
                return result

    def _replace(self, error: BrokenProcessPool) -> None:
        self._lost += 1
        if self._lost > LOSSES:
            raise NotReadyError(
                f"Processes of the night died {self._lost} times, perhaps for want of memory.",
                remedy="Run matcher nightly --resume with fewer --workers.",
            ) from error
        self._processes.let_go()
        shards = [shard for shard, _ in self._shards]
        self._shards.clear()
        for shard in shards:
            self.begin(shard)


def _begin() -> None:
    """Begin a process: it ends when the night is killed, and does not wait for work for ever."""
    collect_seldom()
    Thread(target=_end_with_night, daemon=True).start()


def _end_with_night() -> None:
    if (night := parent_process()) is not None:
        night.join()
        os._exit(1)
