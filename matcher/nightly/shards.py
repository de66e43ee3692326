"""Shards: some people's lists of a night, made alike by whichever process gets them.

A shard says all that a worker needs beside what it has open. It names people by id only:
what is known of them is read from the store by whoever makes their lists, and passes
through no scheduler.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from matcher.domain.offer import OfferKind
from matcher.match.decisions.record import NIGHT_K
from matcher.match.learning.in_use import ranker_named
from matcher.match.matcher import Matcher
from matcher.match.written import Writer, Written
from matcher.store.lists import ListEntry
from matcher.store.store import Store
from matcher.store.versions import Moment

#: The entries of each profile's list, best first within each kind of offer.
Rows = Mapping[str, tuple[ListEntry, ...]]


@dataclass(frozen=True, slots=True)
class Shard:
    """Whose lists are to be made, for which day, and with what.

    Parameters
    ----------
    profile_ids
        Whose lists.
    on
        The day that they are for.
    snapshot
        Name of the snapshot to search.
    previous
        Name of the one whose lists they follow, to tell what is new; None if there is none.
    ranker
        Revision of the weights: a night ranks by the same ones to its end.
    moment
        State of the store that the night goes by to its end, whatever is written meanwhile.
    strand
        Of which strand it is (`matcher.nightly.strands`); the lists do not depend on it.
    """

    profile_ids: tuple[str, ...]
    on: date
    snapshot: str
    previous: str | None
    ranker: str
    moment: Moment
    strand: int


class MatchShards(Protocol):
    """Makes the lists of each shard, shard after shard in the same order."""

    def __call__(self, shards: Iterable[Shard], /) -> Iterator[Rows]:
        """Yield the rows of each shard."""


@dataclass(frozen=True, slots=True)
class ShardMatcher:
    """Makes the lists of shards.

    Parameters
    ----------
    store
        Has the profiles, as they were at the moment that the shards name, and the lists before.
    matcher
        Searches the snapshot that they name, with the changes up to that moment.
    writer
        Writes the matches, and keeps what it has written for later shards.
    """

    store: Store
    matcher: Matcher
    writer: Writer = field(default_factory=Writer)

    def rows(self, shard: Shard) -> Rows:
        """Return the lists of a shard; who has been erased since it was cut is left out."""
        profiles = self.store.profiles.get_many(shard.profile_ids)
        ids = [id for id in shard.profile_ids if id in profiles]
        before = self.store.lists.offer_ids(ids, shard.previous) if shard.previous else {}
        ranker = ranker_named(self.store, shard.ranker)
        people = [profiles[id] for id in ids]
        made = self.matcher.written(
            people, self.writer, k=NIGHT_K, on=shard.on, ranker=ranker, heard=shard.moment.heard
        )
        return {id: _entries(one, before.get(id)) for id, one in zip(ids, made, strict=True)}


def _entries(
    lists: Mapping[OfferKind, Sequence[Written]], before: Collection[tuple[OfferKind, str]] | None
) -> tuple[ListEntry, ...]:
    """Without a list before, nothing is called new: all of it is."""
    return tuple(
        ListEntry(
            kind,
            match.offer_id,
            match.rank,
            match.score,
            match.band,
            before is not None and (kind, match.offer_id) not in before,
            match.payload,
        )
        for kind, matches in lists.items()
        for match in matches
    )
