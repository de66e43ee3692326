"""The train-up of every active client: which trainings open offers, most first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from itertools import tee
from threading import Lock
from typing import Final, Protocol

from matcher.config import Settings
from matcher.domain.calendar import utc_now
from matcher.domain.decision import Basis
from matcher.domain.upskill import BriefTrainUp
from matcher.encode.encoder import load_encoder
from matcher.encode.records import RecordEncoder
from matcher.match.decisions.record import train_up_records
from matcher.match.learning.in_use import ranker_named
from matcher.match.service import service_over
from matcher.match.upskill.advice import Upskiller
from matcher.nightly.crew import Processes
from matcher.nightly.journal import Clock
from matcher.nightly.unchanged import Origins
from matcher.store.store import Store
from matcher.store.train_ups import Recorded, StoredTrainUps
from matcher.store.versions import Moment

#: So many trainings are kept for each person.
KEPT: Final = 10
#: Train-ups are made and stored in shards of this many people.
PEOPLE_AT_ONCE: Final = 128

#: A worker that has several threads opens a snapshot once.
_OPENING: Final = Lock()
#: What each person of a shard is advised.
Advice = Mapping[str, tuple[BriefTrainUp, ...]]


@dataclass(frozen=True, slots=True)
class AdviceShard:
    """Who is to be advised, for which day, with what snapshot and weights, and as of when."""

    profile_ids: tuple[str, ...]
    on: date
    snapshot: str
    ranker: str
    moment: Moment


class AdviseShards(Protocol):
    """Advises each shard, shard after shard in the same order."""

    def __call__(self, shards: Iterable[AdviceShard], /) -> Iterator[Advice]:
        """Yield the advice of each shard."""


@dataclass(frozen=True, slots=True)
class TrainUpTotals:
    """What the train-ups hold, all together.

    Parameters
    ----------
    profiles
        How many people were looked at.
    helped
        To how many of them some training opens an offer.
    trainings
        How many trainings are advised.
    taken_over
        Of how many people it is what the night before advised: nothing that it hangs on has
        changed.
    """

    profiles: int = 0
    helped: int = 0
    trainings: int = 0
    taken_over: int = 0

    def plus(self, advice: Advice, taken_over: int) -> TrainUpTotals:
        """Return the totals after some more people, with advice taken over for so many."""
        counts = [len(trainings) for trainings in advice.values()]
        return TrainUpTotals(
            self.profiles + len(counts),
            self.helped + sum(count > 0 for count in counts),
            self.trainings + sum(counts),
            self.taken_over + taken_over,
        )


@dataclass(frozen=True, slots=True)
class TrainUpsOf:
    """Which train-ups are made.

    Parameters
    ----------
    snapshot, previous
        With which snapshot they are served, and the one that was served before; None if there
        was none.
    on
        The day that they are for.
    made_at
        When the night began.
    ranker
        Revision of the weights.
    basis
        With what they are made.
    revision
        Of the store, that the snapshot shows.
    moment
        State of the store that they are made from, whatever is written meanwhile.
    """

    snapshot: str
    previous: str | None
    on: date
    made_at: datetime
    ranker: str
    basis: Basis
    revision: int
    moment: Moment


@dataclass(frozen=True, slots=True)
class ShardAdviser:
    """Advises shards.

    Parameters
    ----------
    store
        Has the profiles, as they were at the moment that the shards name.
    upskiller
        Searches the snapshot that they name, with the changes up to that moment.
    """

    store: Store
    upskiller: Upskiller

    def advice(self, shard: AdviceShard) -> Advice:
        """Return the advice of a shard; who has been erased since it was cut is left out."""
        profiles = self.store.profiles.get_many(shard.profile_ids)
        ids = [id for id in shard.profile_ids if id in profiles]
        made = self.upskiller.briefly(
            [profiles[id] for id in ids],
            k=KEPT,
            on=shard.on,
            ranker=ranker_named(self.store, shard.ranker),
        )
        return dict(zip(ids, made, strict=True))


#: Opens what advises with the snapshot of a name, as of a moment. Hashable, and such that it
#: can be sent to another process.
OpenAdviser = Callable[[str, Moment], ShardAdviser]


def make_train_ups(store: Store, advise: AdviseShards, of: TrainUpsOf) -> Iterator[TrainUpTotals]:
    """Make and store the train-ups of all active profiles.

    Those that would come out as the night before are taken over.

    Parameters
    ----------
    store
        Holds profiles and train-ups.
    advise
        Makes them.
    of
        Which. Who has one of that snapshot is passed over.

    Yields
    ------
    TrainUpTotals
        Of what was made and taken over, after each shard that was stored.
    """
    # How employers reply moves the order of lists, and nothing that is advised.
    then = store.at(of.moment)
    origins = Origins.of(then, of.basis, of.on, of.revision, heard=0)
    totals = TrainUpTotals()
    asked, kept = tee(_parts_left(store, of, origins))
    found = advise(part.shard for part in asked if part.shard.profile_ids)
    for part in kept:
        advice = next(found) if part.shard.profile_ids else {}
        # What was erased while advice was given may not be in it: its origin is not known.
        after = origins.by_profile(then, list(advice)) if advice else {}
        sure = {id: at for id, at in after.items() if at == part.origins.get(id)}
        same = store.train_ups.find_many(part.same, of.previous) if of.previous else []
        told = {one.profile_id: one.trainings for one in same} | dict(advice)
        known = {one.profile_id: one.origin for one in same} | sure
        records = train_up_records(then, sorted(told), of.basis)
        _store(store, of, told, (known, records))
        totals = totals.plus(told, len(same))
        yield totals


@dataclass(frozen=True, slots=True)
class _Part:
    """Some people: whose train-ups can be taken over, and whose are to be made.

    Parameters
    ----------
    same
        Whose are taken over.
    shard
        The others.
    origins
        What theirs are made from.
    """

    same: tuple[str, ...]
    shard: AdviceShard
    origins: Mapping[str, str]


def _parts_left(store: Store, of: TrainUpsOf, origins: Origins) -> Iterator[_Part]:
    then = store.at(of.moment)
    for ids in store.profiles.open_ids(of.on, PEOPLE_AT_ONCE):
        left = sorted(set(ids) - store.train_ups.made(ids, of.snapshot))
        if left:
            now = origins.by_profile(then, left)
            same = store.train_ups.of_origin(of.previous, now) if of.previous else set()
            others = tuple(id for id in left if id not in same)
            shard = AdviceShard(others, of.on, of.snapshot, of.ranker, of.moment)
            theirs = {id: now[id] for id in others if id in now}
            yield _Part(tuple(sorted(same)), shard, theirs)


def _store(
    store: Store,
    of: TrainUpsOf,
    told: Advice,
    known: tuple[Mapping[str, str | None], Mapping[str, Recorded]],
) -> None:
    """Store advice, with what is known of its origin and of what it was made from."""
    origins, records = known
    store.train_ups.replace_many(
        [
            StoredTrainUps(
                id, of.snapshot, of.ranker, of.made_at, trainings, records.get(id), origins.get(id)
            )
            for id, trainings in told.items()
        ]
    )


def advise_here(
    settings: Settings, store: Store, records: RecordEncoder, clock: Clock
) -> AdviseShards:
    """Advise in this process."""

    @lru_cache(maxsize=1)
    def opened(snapshot: str, moment: Moment) -> ShardAdviser:
        return shard_adviser(store.at(moment), records, settings, clock, snapshot)

    def advise(shards: Iterable[AdviceShard]) -> Iterator[Advice]:
        for shard in shards:
            yield opened(shard.snapshot, shard.moment).advice(shard)
        opened.cache_clear()

    return advise


def shard_adviser(
    store: Store, records: RecordEncoder, settings: Settings, clock: Clock, snapshot: str
) -> ShardAdviser:
    """Open what advises with a snapshot.

    Parameters
    ----------
    store
        As it was at the moment that the advice is made from.
    records, settings, clock
        Of the installation.
    snapshot
        Name of the snapshot.
    """
    service = service_over(store, records, settings, clock, snapshot)
    return ShardAdviser(store, service.upskiller)


def advise_in_workers(open_adviser: OpenAdviser, processes: Processes) -> AdviseShards:
    """Advise in several processes; shards come back in their order.

    Parameters
    ----------
    open_adviser
        Is sent to every process and called there once; what it opens is closed by the end of
        the process.
    processes
        Are let go afterwards: what they have opened is large.

    Raises
    ------
    NotReadyError
        If processes die again and again; one that does is replaced, and its shards are
        made anew.
    """
    return processes.work_last(partial(advise_shard, open_adviser))


@dataclass(frozen=True, slots=True)
class ServiceAdviser:
    """Opens store, encoder and a snapshot from the settings."""

    settings: Settings

    def __call__(self, snapshot: str, moment: Moment) -> ShardAdviser:
        """Return what advises with that snapshot, as of that moment."""
        settings = self.settings
        store = Store.open(settings.url)
        records = RecordEncoder(load_encoder(settings.encoder), store.concepts.labels)
        return shard_adviser(store.at(moment), records, settings, utc_now, snapshot)


def advise_shard(open_adviser: OpenAdviser, shard: AdviceShard) -> Advice:
    """Advise a shard in a worker, which keeps open what it has opened for them."""
    with _OPENING:
        opened = _opened(open_adviser, shard.snapshot, shard.moment)
    return opened.advice(shard)


@lru_cache(maxsize=1)
def _opened(open_adviser: OpenAdviser, snapshot: str, moment: Moment) -> ShardAdviser:
    return open_adviser(snapshot, moment)
