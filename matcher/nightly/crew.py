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
from typing import Any, Final, Generic, Self, TypeVar

from matcher.errors import NotReadyError
from matcher.nightly.strands import STRANDS

#: So many times processes may die before a night gives up.
LOSSES: Final = 3
#: Shards that are given to each process before the first has come back.
_AHEAD: Final = 3
#: So many shards more than another may wait for the process that knows their surroundings.
_BEHIND: Final = 1
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
        self._pools: list[_Pool] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.let_go()

    def work(
        self, work: Callable[[_Shard], _Result], strand: Callable[[_Shard], int] | None = None
    ) -> Callable[[Iterable[_Shard]], Iterator[_Result]]:
        """Have shards worked on; results come back in their order.

        Parameters
        ----------
        work
            Is sent to every process with each shard.
        strand
            Of which strand a shard is (`matcher.nightly.strands`): those of one go to the same
            process as long as it keeps up with the others. Without it any process takes any.

        Raises
        ------
        NotReadyError
            If processes die again and again; one that does is replaced, and its shards are
            worked on anew.
        """

        def results(shards: Iterable[_Shard]) -> Iterator[_Result]:
            waiting = _Waiting(work, strand, self)
            try:
                for shard in shards:
                    waiting.begin(shard)
                    if len(waiting) > _AHEAD * self._workers:
                        yield waiting.next()
                while len(waiting):
                    yield waiting.next()
            finally:
                if len(waiting):
                    self.let_go()

        return results

    def work_last(
        self, work: Callable[[_Shard], _Result], strand: Callable[[_Shard], int] | None = None
    ) -> Callable[[Iterable[_Shard]], Iterator[_Result]]:
        """Have shards worked on as by `work`, then let the processes go."""

        def results(shards: Iterable[_Shard]) -> Iterator[_Result]:
            try:
                yield from self.work(work, strand)(shards)
            finally:
                self.let_go()

        return results

    def submit(
        self, work: Callable[[_Shard], _Result], shard: _Shard, strand: int | None
    ) -> Future[_Result]:
        """Have a shard worked on.

        Raises
        ------
        BrokenProcessPool
            If its process has died.
        """
        if not self._pools:
            self._pools = [_Pool() for _ in range(self._workers)]
        free = min(self._pools, key=lambda pool: pool.waiting)
        if strand is not None:
            own = self._pools[strand * self._workers // STRANDS]
            free = own if own.waiting <= free.waiting + _BEHIND else free
        return free.submit(work, shard)

    def let_go(self) -> None:
        """End the processes, and with them what they keep open; shards that wait are dropped."""
        pools, self._pools = self._pools, []
        for pool in pools:
            pool.end()


class _Pool:
    """One process, and how many shards wait for it."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self._executor = ProcessPoolExecutor(1, context, initializer=_begin)
        self._futures: deque[Future[Any]] = deque()

    @property
    def waiting(self) -> int:
        """Shards that were given to it and are not done."""
        while self._futures and self._futures[0].done():
            self._futures.popleft()
        return len(self._futures)

    def submit(self, work: Callable[[_Shard], _Result], shard: _Shard) -> Future[_Result]:
        future = self._executor.submit(work, shard)
        self._futures.append(future)
        return future

    def end(self) -> None:
        self._executor.shutdown(cancel_futures=True)


class _Waiting(Generic[_Shard, _Result]):
    """Shards that are worked on, in their order."""

    def __init__(
        self,
        work: Callable[[_Shard], _Result],
        strand: Callable[[_Shard], int] | None,
        processes: Processes,
    ) -> None:
        self._work = work
        self._strand = strand
        self._processes = processes
        self._lost = 0
        self._shards: deque[tuple[_Shard, Future[_Result]]] = deque()

    def __len__(self) -> int:
        return len(self._shards)

    def begin(self, shard: _Shard) -> None:
        strand = self._strand(shard) if self._strand else None
        try:
            future = self._processes.submit(self._work, shard, strand)
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
