"""Who makes the lists of the night: this process, or several beside it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from multiprocessing import get_context

from matcher.config import Settings
from matcher.domain.calendar import utc_now
from matcher.domain.profile import Profile
from matcher.encode.encoder import load_encoder
from matcher.encode.records import RecordEncoder
from matcher.match.service import service_over
from matcher.nightly.journal import Clock
from matcher.nightly.lists import Lists, MatchBatches
from matcher.store.store import Store

#: Makes the lists of profiles for a day.
MatchDay = Callable[[Sequence[Profile], date], Sequence[Lists]]
#: Hashable, and such that it can be sent to another process.
OpenMatcher = Callable[[], MatchDay]


def match_here(
    settings: Settings, store: Store, records: RecordEncoder, clock: Clock
) -> MatchBatches:
    """Match in this process, with what is published when the first list is made."""

    def match(batches: Iterable[Sequence[Profile]], on: date) -> Iterator[Sequence[Lists]]:
        matcher = service_over(store, records, settings, clock).matcher
        for batch in batches:
            yield matcher.match(batch, on=on)

    return match


def match_in_workers(open_matcher: OpenMatcher, workers: int) -> MatchBatches:
    """Match in several processes; batches come back in their order.

    Parameters
    ----------
    open_matcher
        Is sent to every process and called there once; what it opens is closed by the
        end of the process.
    workers
        How many processes; the batches are the same however many there are.
    """

    def match(batches: Iterable[Sequence[Profile]], on: date) -> Iterator[Sequence[Lists]]:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            waiting: deque[Future[Sequence[Lists]]] = deque()
            for batch in batches:
                waiting.append(pool.submit(_match_batch, open_matcher, batch, on))
                if len(waiting) > 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    return match


@dataclass(frozen=True, slots=True)
class ServiceMatcher:
    """Opens store, encoder and published snapshot from the settings."""

    settings: Settings

    def __call__(self) -> MatchDay:
        """Return the function that makes the lists of profiles for a day."""
        settings = self.settings
        store = Store.open(settings.url)
        records = RecordEncoder(load_encoder(settings.encoder), store.concepts.labels)
        matcher = service_over(store, records, settings, utc_now).matcher
        return lambda profiles, on: matcher.match(profiles, on=on)


def _match_batch(open_matcher: OpenMatcher, batch: Sequence[Profile], on: date) -> Sequence[Lists]:
    return _opened(open_matcher)(batch, on)


@cache
def _opened(open_matcher: OpenMatcher) -> MatchDay:
    return open_matcher()
