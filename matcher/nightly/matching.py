"""Who makes the lists of the night: this process, or several beside it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from datetime import UTC, date, datetime
from functools import cache
from multiprocessing import get_context

from matcher.config import Settings
from matcher.domain.profile import Profile
from matcher.encode.records import RecordEncoder
from matcher.index.live import Live
from matcher.match.matcher import Matcher
from matcher.match.service import open_service
from matcher.nightly.journal import Clock
from matcher.nightly.lists import Lists, MatchBatches
from matcher.store.store import Store


def match_here(
    settings: Settings, store: Store, records: RecordEncoder, clock: Clock
) -> MatchBatches:
    """Match in this process, with what is published when the first list is made."""

    def match(batches: Iterable[Sequence[Profile]], on: date) -> Iterator[Sequence[Lists]]:
        live = Live(settings.snapshots, store, records, clock)
        matcher = Matcher(live, store, records, settings.retrieve)
        for batch in batches:
            yield matcher.match(batch, on=on)

    return match


def match_in_workers(settings: Settings, workers: int) -> MatchBatches:
    """Match in several processes, each with its own view of store, encoder and snapshot.

    Batches come back in their order, and are the same batches however many work on them.
    """

    def match(batches: Iterable[Sequence[Profile]], on: date) -> Iterator[Sequence[Lists]]:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            waiting: deque[Future[Sequence[Lists]]] = deque()
            for batch in batches:
                waiting.append(pool.submit(_match_batch, settings, batch, on))
                if len(waiting) > 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    return match


def _match_batch(settings: Settings, batch: Sequence[Profile], on: date) -> Sequence[Lists]:
    return _matcher(settings).match(batch, on=on)


@cache
def _matcher(settings: Settings) -> Matcher:
    """Open once in each worker process; its end closes everything."""
    return ExitStack().enter_context(open_service(settings, _now)).matcher


def _now() -> datetime:
    return datetime.now(UTC)
