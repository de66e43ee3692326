"""Who makes the lists of the night: this process, or several beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from threading import Lock
from typing import Final

from matcher.config import Settings
from matcher.domain.calendar import utc_now
from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.encode.encoder import load_encoder
from matcher.encode.records import RecordEncoder
from matcher.match.service import service_over
from matcher.nightly.crew import Processes
from matcher.nightly.journal import Clock
from matcher.nightly.shards import MatchShards, Rows, Shard, ShardMatcher
from matcher.store.store import Store
from matcher.store.versions import Moment

#: Opens what makes lists with the snapshot of a name, as of a moment. Hashable, and such that
#: it can be sent to another process.
OpenMatcher = Callable[[str, Moment], ShardMatcher]

#: A worker that has several threads opens a snapshot once.
_OPENING: Final = Lock()


def match_here(
    settings: Settings, store: Store, records: RecordEncoder, clock: Clock
) -> MatchShards:
    """Match in this process."""

    @lru_cache(maxsize=1)
    def opened(snapshot: str, moment: Moment) -> ShardMatcher:
        return shard_matcher(store.at(moment), records, settings, clock, snapshot)

    def match(shards: Iterable[Shard]) -> Iterator[Rows]:
        for shard in shards:
            yield opened(shard.snapshot, shard.moment).rows(shard)
        opened.cache_clear()

    return match


def shard_matcher(
    store: Store, records: RecordEncoder, settings: Settings, clock: Clock, snapshot: str
) -> ShardMatcher:
    """Open what makes lists with a snapshot: with fewer candidates, and every offer at hand.

    Parameters
    ----------
    store
        As it was at the moment that the lists are made from.
    records, settings, clock
        Of the installation.
    snapshot
        Name of the snapshot.
    """
    nightly = settings.model_copy(update={"retrieve": settings.retrieve_nightly})
    service = service_over(store, records, nightly, clock, snapshot)
    # Each block of people meets most offers again.
    for kind in OfferKind:
        service.matcher.book.make_room(service.live.corpus(RecordKind.of_offer(kind)).size)
    return ShardMatcher(store, service.matcher)


def match_in_workers(open_matcher: OpenMatcher, processes: Processes) -> MatchShards:
    """Match in several processes; shards come back in their order.

    Parameters
    ----------
    open_matcher
        Is sent to every process and called there once a snapshot; what it opens is closed
        by the end of the process.
    processes
        Are let go afterwards: what they have opened is large.

    Raises
    ------
    NotReadyError
        If processes die again and again; one that does is replaced, and its shards are
        made anew.
    """
    work = partial(match_shard, open_matcher)
    return processes.work_last(work, lambda shard: shard.strand)


@dataclass(frozen=True, slots=True)
class ServiceMatcher:
    """Opens store, encoder and a snapshot from the settings."""

    settings: Settings

    def __call__(self, snapshot: str, moment: Moment) -> ShardMatcher:
        """Return what makes lists with that snapshot, as of that moment."""
        settings = self.settings
        store = Store.open(settings.url)
        records = RecordEncoder(load_encoder(settings.encoder), store.concepts.labels)
        return shard_matcher(store.at(moment), records, settings, utc_now, snapshot)


def match_shard(open_matcher: OpenMatcher, shard: Shard) -> Rows:
    """Make the lists of a shard in a worker, which keeps open what it has opened for them."""
    with _OPENING:
        opened = _opened(open_matcher, shard.snapshot, shard.moment)
    return opened.rows(shard)


@lru_cache(maxsize=1)
def _opened(open_matcher: OpenMatcher, snapshot: str, moment: Moment) -> ShardMatcher:
    return open_matcher(snapshot, moment)
