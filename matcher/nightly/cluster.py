"""Lists and train-ups on a Dask cluster: the same shards, on whichever machines there are.

Each worker opens the store, the encoder and the snapshot by the settings of its own
environment, so that no password and nothing about a person passes the scheduler: it sees ids,
and what is made of them comes straight from the workers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from matcher.config import load_settings
from matcher.errors import InputError, NotReadyError
from matcher.nightly.advising import (
    AdviseShards,
    OpenAdviser,
    ServiceAdviser,
    ShardAdviser,
    advise_shard,
)
from matcher.nightly.matching import OpenMatcher, ServiceMatcher, match_shard
from matcher.nightly.shards import MatchShards, ShardMatcher
from matcher.store.versions import Moment

#: A shard is made again so often if the worker that has it dies.
RETRIES: Final = 3
#: Seconds in which a scheduler must answer.
_ANSWERS_WITHIN: Final = 20
#: Shards that wait for each worker: it has the next one at hand, and memory stays bounded.
_AHEAD: Final = 2
_Shard = TypeVar("_Shard")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class EnvironmentMatcher:
    """Opens store, encoder and a snapshot from the settings of the worker's environment."""

    def __call__(self, snapshot: str, moment: Moment) -> ShardMatcher:
        """Return what makes lists with that snapshot, as of that moment."""
        return ServiceMatcher(load_settings())(snapshot, moment)


@dataclass(frozen=True, slots=True)
class EnvironmentAdviser:
    """Opens store, encoder and a snapshot from the settings of the worker's environment."""

    def __call__(self, snapshot: str, moment: Moment) -> ShardAdviser:
        """Return what advises with that snapshot, as of that moment."""
        return ServiceAdviser(load_settings())(snapshot, moment)


def match_on_cluster(open_matcher: OpenMatcher, address: str) -> MatchShards:
    """Match on the workers of a Dask scheduler; shards come back in their order.

    Parameters
    ----------
    open_matcher
        Is sent to the workers and called there once a snapshot.
    address
        As for `work_on_cluster`, which also tells what is raised.
    """
    return work_on_cluster(partial(match_shard, open_matcher), address)


def advise_on_cluster(open_adviser: OpenAdviser, address: str) -> AdviseShards:
    """Advise on the workers of a Dask scheduler; shards come back in their order.

    Parameters
    ----------
    open_adviser
        Is sent to the workers and called there once a snapshot.
    address
        As for `work_on_cluster`, which also tells what is raised.
    """
    return work_on_cluster(partial(advise_shard, open_adviser), address)


def work_on_cluster(
    work: Callable[[_Shard], _Result], address: str
) -> Callable[[Iterable[_Shard]], Iterator[_Result]]:
    """Have shards worked on by the workers of a Dask scheduler; results come in their order.

    Parameters
    ----------
    work
        Is sent to the workers with each shard.
    address
        Of the scheduler, as in ``tcp://10.0.0.1:8786``.

    Raises
    ------
    InputError
        If the extra ``cluster`` is not installed, or no scheduler answers there.
    NotReadyError
        If a shard ended several workers one after the other, or there are none.
    """

    def results(shards: Iterable[_Shard]) -> Iterator[_Result]:
        try:
            from distributed import Client, Future, KilledWorker
        except ImportError as error:
            raise InputError(
                "--cluster needs Dask, which is not installed.",
                remedy="Run pip install 'kohtaanto[cluster]'.",
            ) from error
        try:
            client = Client(  # type: ignore[no-untyped-call]  # Dask's own signature has no types
                address,
                timeout=_ANSWERS_WITHIN,
                set_as_default=False,
                direct_to_workers=True,
            )
        except (OSError, TimeoutError, ValueError) as error:
            raise InputError(
                f"No Dask scheduler answers at {address}.",
                remedy="Start one with `dask scheduler`, or correct --cluster.",
            ) from error
        with client:
            workers = len(client.scheduler_info(n_workers=-1)["workers"])
            if not workers:
                raise NotReadyError(
                    f"The scheduler at {address} has no workers.",
                    remedy=f"Start some with `dask worker {address} --nthreads 1`.",
                )
            waiting: deque[Future[_Result]] = deque()
            try:
                for shard in shards:
                    waiting.append(client.submit(work, shard, pure=False, retries=RETRIES))
                    if len(waiting) > _AHEAD * workers:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            except KilledWorker as error:
                raise NotReadyError(
                    "Several workers of the cluster died over the same people.",
                    remedy="Give workers more memory, then run matcher nightly --resume.",
                ) from error

    return results
