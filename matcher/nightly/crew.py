"""Several processes beside this one that work on the shards of a night."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Final, Generic, TypeVar

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


def work_in_processes(
    work: Callable[[_Shard], _Result], workers: int
) -> Callable[[Iterable[_Shard]], Iterator[_Result]]:
    """Have shards worked on in several processes; results come back in their order.

    Parameters
    ----------
    work
        Is sent to every process with each shard.
    workers
        How many processes; the shards are the same however many there are.

    Raises
    ------
    NotReadyError
        If processes die again and again; one that does is replaced, and its shards are
        worked on anew.
    """

    def results(shards: Iterable[_Shard]) -> Iterator[_Result]:
        crew = _Crew(work, workers)
        try:
            for shard in shards:
                crew.begin(shard)
                if crew.waiting > 2 * workers:
                    yield crew.next()
            while crew.waiting:
                yield crew.next()
        finally:
            crew.dismiss()

    return results


class _Crew(Generic[_Shard, _Result]):
    """Processes with shards to work on, in their order."""

    def __init__(self, work: Callable[[_Shard], _Result], workers: int) -> None:
        self._work = work
        self._workers = workers
        self._lost = 0
        self._shards: deque[tuple[_Shard, Future[_Result]]] = deque()
        self._pool = self._new_pool()

    @property
    def waiting(self) -> int:
        return len(self._shards)

    def begin(self, shard: _Shard) -> None:
        try:
            future = self._pool.submit(self._work, shard)
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

    def dismiss(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _replace(self, error: BrokenProcessPool) -> None:
        self._lost += 1
        if self._lost > LOSSES:
            raise NotReadyError(
                f"Processes of the night died {self._lost} times, perhaps for want of memory.",
                remedy="Run matcher nightly --resume with fewer --workers.",
            ) from error
        self.dismiss()
        self._pool = self._new_pool()
        shards = [shard for shard, _ in self._shards]
        self._shards.clear()
        for shard in shards:
            self.begin(shard)

    def _new_pool(self) -> ProcessPoolExecutor:
        context = get_context("spawn")
        return ProcessPoolExecutor(self._workers, context, initializer=collect_seldom)
